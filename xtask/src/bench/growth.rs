//! Growth: the same pages over catalogues of growing size. Every page is made anew, so that the catalogue is what is
//! measured and not the memory of pages. All shops run at the same time and take turns, so that a machine whose pace
//! changes over the minutes changes it for all of them.

use super::engine::Engine;
use super::report::{Figure, Report, Row};
use super::scenario::{Page, Scenario};
use super::server::Server;
use super::{Plan, load, measure, warm_up};
use crate::postgres::Postgres;
use crate::report::{headline, note};
use crate::{generate_catalog, workspace::Workspace};
use anyhow::{Context, Result};
use std::time::Instant;

/// A product that every generated catalogue has: the first one is always the same.
const CATEGORY: &str = "/en/c/tea-kitchen";
/// What may take longer in a larger catalogue.
pub(super) const PAGES: [Page; 6] =
    [Page::Category, Page::Product, Page::Search, Page::Suggest, Page::SearchNew, Page::SuggestNew];

/// Turns of each shop, and which part of the usual time each takes.
const TURNS: u32 = 5;
const TURN: u32 = 4;

/// A shop with a generated catalogue.
struct Shop {
    server: Server,
    size: u32,
    /// Held as long as the shop runs.
    _database: Option<Postgres>,
}

/// Measures catalogues of these sizes, and compares the largest with the smallest.
pub(super) async fn catalogues(
    workspace: &Workspace,
    engine: Engine,
    sizes: &[u32],
    plan: Plan,
    report: &mut Report,
) -> Result<()> {
    let mut shops = Vec::with_capacity(sizes.len());
    for size in sizes {
        shops.push(Shop::open(workspace, engine, *size, report).await?);
    }
    for page in PAGES {
        for connections in plan.connections {
            in_turns(&shops, Scenario::Page(page), *connections, plan, report).await?;
        }
    }
    for shop in &shops {
        measure(&shop.server, Scenario::LargeCart, plan, report).await?;
        let memory = Figure::memory(shop.server.most_memory_kb());
        report.figure(&format!("most memory, {}", catalogue(engine, shop.size)), memory);
    }
    if let (Some(small), Some(large)) = (sizes.first(), sizes.last()) {
        compare(engine, (*small, *large), plan, report);
    }
    Ok(())
}

/// Every shop answers for a short while, [`TURNS`] times: a machine's slow moment then lies in the figures of all of them.
async fn in_turns(
    shops: &[Shop],
    scenario: Scenario,
    connections: u64,
    plan: Plan,
    report: &mut Report,
) -> Result<()> {
    headline(&format!("catalogues in turns: {}, {connections} at once", scenario.name()));
    let mut all = Vec::with_capacity(shops.len());
    for shop in shops {
        warm_up(&shop.server, scenario, connections, plan).await?;
        all.push(load::Measured::default());
    }
    for _ in 0..TURNS {
        for (shop, sum) in shops.iter().zip(&mut all) {
            let turn = load::run(&shop.server, scenario, connections, plan.time / TURN).await?;
            *sum = std::mem::take(sum).and(turn);
        }
    }
    for (shop, measured) in shops.iter().zip(&all) {
        note(&format!("{}: {}", shop.server.name(), measured.line()));
        report.row(Row::new(shop.server.name(), scenario.name(), connections, measured));
    }
    Ok(())
}

fn compare(engine: Engine, (small, large): (u32, u32), plan: Plan, report: &mut Report) {
    for page in PAGES {
        for connections in plan.connections {
            let name = Scenario::Page(page).name();
            report.compare_times(
                &format!("{name}, {connections} at once, {} against {small}", catalogue(engine, large)),
                (&server_name(engine, large), name, *connections),
                (&server_name(engine, small), name, *connections),
            );
        }
    }
}

fn catalogue(engine: Engine, size: u32) -> String {
    format!("{}, {size} products", engine.name())
}

/// What the shop with such a catalogue is called.
pub(super) fn server_name(engine: Engine, size: u32) -> String {
    format!("{}, every page made anew", catalogue(engine, size))
}

impl Shop {
    /// Starts a shop and fills it; tells how long that took.
    async fn open(workspace: &Workspace, engine: Engine, size: u32, report: &mut Report) -> Result<Self> {
        let folder = generate_catalog::generate(workspace, size, None)?;
        let database = engine.start()?;
        let url = database.as_ref().map(Postgres::url);
        let more = ["--no-demo=true", "--page-cache-mb", "0"];
        let mut server = Server::shop(workspace, &server_name(engine, size), url, &more)?;
        server.wait_for("/healthz").await?;
        let of = catalogue(engine, size);
        let begun = Instant::now();
        server
            .command(workspace, &["import", &folder.display().to_string()])
            .context("the generated catalogue could not be imported")?;
        report.figure(&format!("importing, {of}"), Figure::time(begun.elapsed()));
        server.restart()?;
        let start = server.wait_for("/en").await?;
        report.figure(&format!("start to the first page, {of}"), Figure::time(start));
        let found = server.wait_until(Page::Search.path(), "/en/p/").await?;
        report.figure(&format!("start to the first search, {of}"), Figure::time(found));
        server.wait_until(CATEGORY, "/en/p/").await?;
        server.settle().await?;
        report.figure(&format!("memory idle, {of}"), Figure::memory(server.memory_kb()));
        let listed = String::from_utf8_lossy(&server.body_of(CATEGORY).await?).into_owned();
        server.product = first_product(&listed).context("the category has no product")?;
        Ok(Self { server, size, _database: database })
    }
}

/// The first link to a product in a page.
fn first_product(page: &str) -> Option<String> {
    let from = page.get(page.find("\"/en/p/")? + 1..)?;
    let end = from.find(['"', '?', '#'])?;
    from.get(..end).map(str::to_owned)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_first_product_of_a_page_is_a_link_without_its_query() {
        let page = r#"<a href="/en/c/tea"></a><a href="/en/p/kettle-0?style=cream">x</a>"#;
        assert_eq!(first_product(page).as_deref(), Some("/en/p/kettle-0"));
        assert_eq!(first_product("<p>nothing</p>"), None);
    }
}
