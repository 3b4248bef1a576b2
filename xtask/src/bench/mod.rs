//! `cargo xtask bench`: one report in one run on one machine, so that every figure the README claims can be repeated.
//!
//! Belongs here: what is measured, in which order. Figures are integers (microseconds, per mille); ratios compare what
//! ran side by side minutes apart, never with another machine's past.

mod bound;
mod growth;
mod large_cart;
mod lighthouse;
mod load;
mod machine;
mod many_orders;
mod nginx;
mod report;
mod scenario;
mod server;
mod soak;
mod visitor;
mod wasm;
mod weight;

use crate::{
    postgres::Postgres,
    report::{headline, note},
    run, site,
    workspace::Workspace,
};
use anyhow::{Context, Result};
use growth::Engine;
use report::{Report, Row};
use scenario::{Page, Scenario};
use server::Server;
use std::{fs, time::Duration};

/// How much is measured.
#[derive(Debug, Clone, Copy)]
struct Plan {
    /// Connections at the same time, one measurement each.
    connections: &'static [u64],
    /// Sizes of the generated catalogues.
    products: &'static [u32],
    /// Numbers of orders that a shop has sold already.
    orders: &'static [u32],
    /// Time for each measurement.
    time: Duration,
}

const FULL: Plan = Plan {
    connections: &[1, 8, 64],
    products: &[1_000, 10_000, 100_000],
    orders: &[1_000, 100_000, 1_000_000],
    time: Duration::from_secs(5),
};
const QUICK: Plan = Plan {
    connections: &[8],
    products: &[1_000, 10_000],
    orders: &[1_000, 10_000],
    time: Duration::from_secs(1),
};
/// Buyers at the same time.
const BUYERS: u64 = 8;
/// Names of the servers under load.
const KEPT: &str = "sqlite, pages kept";
const ANEW: &str = "sqlite, every page made anew";
const NGINX: &str = "nginx";
/// How a browser is started here; those of the journeys.
const BROWSER_FLAGS: [&str; 7] = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
];

/// Mixed visitors for so many minutes: see [`mod@soak`].
pub(crate) fn soak(workspace: &Workspace, minutes: u32) -> Result<()> {
    site::site(workspace)?;
    run::build(workspace, false)?;
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build()?;
    runtime.block_on(soak::soak(workspace, minutes))
}

/// What Lighthouse says of the shop's pages: see [`mod@lighthouse`].
pub(crate) fn lighthouse(workspace: &Workspace) -> Result<()> {
    site::site(workspace)?;
    run::build(workspace, false)?;
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build()?;
    runtime.block_on(lighthouse::tell(workspace))
}

/// Measures and writes `bench/report.md` and `bench/report.json`; the former report stays in `bench/old/`.
pub(crate) fn bench(workspace: &Workspace, quick: bool) -> Result<()> {
    site::site(workspace)?;
    run::build(workspace, false)?;
    let plan = if quick { QUICK } else { FULL };
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build()?;
    let mut report = Report::new(machine::describe(workspace));
    if !quick {
        wasm::tell(workspace, &mut report)?;
    }
    runtime.block_on(async {
        sqlite(workspace, plan, &mut report).await?;
        static_files(workspace, plan, &mut report).await?;
        postgres(workspace, plan, &mut report).await?;
        many_orders::orders(workspace, plan, &mut report).await?;
        growth::catalogues(workspace, Engine::Sqlite, plan.products, plan, &mut report).await
    })?;
    write(workspace, &report, quick.then_some("quick"))
}

/// Catalogues of these sizes on both databases, and nothing else; writes `bench/growth.md`.
pub(crate) fn growth(workspace: &Workspace, sizes: &[u32]) -> Result<()> {
    site::site(workspace)?;
    run::build(workspace, false)?;
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build()?;
    let mut report = Report::new(machine::describe(workspace));
    runtime.block_on(async {
        for engine in [Engine::Sqlite, Engine::Postgres] {
            growth::catalogues(workspace, engine, sizes, FULL, &mut report).await?;
        }
        anyhow::Ok(())
    })?;
    write(workspace, &report, Some("growth"))
}

fn write(workspace: &Workspace, report: &Report, beside: Option<&str>) -> Result<()> {
    let folder = workspace.root().join("bench");
    fs::create_dir_all(&folder).with_context(|| format!("cannot make {}", folder.display()))?;
    let (file, regressions) = report.write(&folder, beside)?;
    headline(&format!("the report is in {}", file.display()));
    for regression in regressions {
        note(&format!("worse than before: {regression}"));
    }
    Ok(())
}

async fn sqlite(workspace: &Workspace, plan: Plan, report: &mut Report) -> Result<()> {
    let mut server = Server::shop(workspace, KEPT, None, &[])?;
    let first = server.wait_for("/en").await?;
    report.fact("start to the first page, importing the demo", &format!("{} ms", first.as_millis()));
    server.stock_up(workspace)?;
    server.settle().await?;
    server.restart()?;
    let again = server.wait_for("/en").await?;
    report.fact("start to the first page, existing database", &format!("{} ms", again.as_millis()));
    report.fact("memory idle", &kilobytes(server.memory_kb()));
    weight::tell(&server, scenario::PRODUCT, report).await?;
    for page in Page::ALL {
        measure(&server, Scenario::Page(page), plan, report).await?;
    }
    for scenario in [Scenario::AddToCart, Scenario::Checkout] {
        measure(&server, scenario, plan, report).await?;
    }
    report.fact("most memory under the load", &kilobytes(server.most_memory_kb()));
    report.fact("memory after the load", &kilobytes(server.memory_kb()));
    drop(server);
    let mut uncached = Server::shop(workspace, ANEW, None, &["--page-cache-mb", "0"])?;
    uncached.wait_for("/en").await?;
    uncached.settle().await?;
    report.fact("most memory while pictures are made", &kilobytes(uncached.most_memory_kb()));
    uncached.restart()?;
    uncached.wait_for("/en").await?;
    for page in Page::ALL {
        measure(&uncached, Scenario::Page(page), plan, report).await?;
    }
    report.fact("most memory under the load, no pages kept", &kilobytes(uncached.most_memory_kb()));
    Ok(())
}

async fn postgres(workspace: &Workspace, plan: Plan, report: &mut Report) -> Result<()> {
    let database = Postgres::start()?;
    let mut server = Server::shop(workspace, "postgresql, pages kept", Some(database.url()), &[])?;
    server.wait_for("/en").await?;
    server.stock_up(workspace)?;
    server.settle().await?;
    for scenario in
        [Scenario::Page(Page::Product), Scenario::Page(Page::Search), Scenario::AddToCart, Scenario::Checkout]
    {
        measure(&server, scenario, plan, report).await?;
    }
    Ok(())
}

/// A static file server with the very same bytes, for the scale.
async fn static_files(workspace: &Workspace, plan: Plan, report: &mut Report) -> Result<()> {
    let mut shop = Server::shop(workspace, "sqlite, for its page", None, &[])?;
    shop.wait_for("/en").await?;
    let page = shop.body_of(scenario::PRODUCT).await?;
    drop(shop);
    let Some(mut nginx) = nginx::serving(&page)? else {
        note("nginx is not installed (apt-get install nginx-light): the comparison is left out");
        return Ok(());
    };
    nginx.wait_for(nginx::PAGE).await?;
    measure(&nginx, Scenario::StaticFile, plan, report).await?;
    for connections in plan.connections {
        report.compare_rates(
            &format!("kept product page against nginx, same bytes, {connections} at once"),
            (KEPT, Scenario::Page(Page::Product).name(), *connections),
            (NGINX, Scenario::StaticFile.name(), *connections),
        );
    }
    Ok(())
}

async fn measure(server: &Server, scenario: Scenario, plan: Plan, report: &mut Report) -> Result<()> {
    let connections = match scenario {
        Scenario::LargeCart => &[1],
        buying if buying.buys() => &[BUYERS],
        _ => plan.connections,
    };
    for connections in connections {
        measure_at(server, scenario, *connections, plan, report).await?;
    }
    Ok(())
}

async fn measure_at(
    server: &Server,
    scenario: Scenario,
    connections: u64,
    plan: Plan,
    report: &mut Report,
) -> Result<()> {
    headline(&format!("{}: {}, {connections} at once", server.name(), scenario.name()));
    // The first visits fill caches and pools; they are not counted.
    load::run(server, scenario, connections, plan.time / 5).await?;
    let measured = load::run(server, scenario, connections, plan.time).await?;
    note(&measured.line());
    report.row(Row::new(server.name(), scenario.name(), connections, &measured));
    Ok(())
}

fn kilobytes(kilobytes: u64) -> String {
    format!("{}.{} MB", kilobytes / 1024, kilobytes % 1024 * 10 / 1024)
}
