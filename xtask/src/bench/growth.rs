//! Growth: the same pages over catalogues of growing size. Every page is made anew, so that the catalogue is what is
//! measured and not the memory of pages.

use super::report::Report;
use super::scenario::{Page, Scenario};
use super::server::Server;
use super::{Plan, kilobytes, measure};
use crate::{generate_catalog, workspace::Workspace};
use anyhow::{Context, Result};
use std::time::Instant;

/// A product that every generated catalogue has: the first one is always the same.
const CATEGORY: &str = "/en/c/tea-kitchen";
/// What may take longer in a larger catalogue.
const PAGES: [Page; 6] =
    [Page::Category, Page::Product, Page::Search, Page::Suggest, Page::SearchNew, Page::SuggestNew];

/// Measures catalogues of these sizes, and compares the largest with the smallest.
pub(super) async fn catalogues(
    workspace: &Workspace,
    sizes: &[u32],
    plan: Plan,
    report: &mut Report,
) -> Result<()> {
    for size in sizes {
        catalogue(workspace, *size, plan, report).await?;
    }
    let (Some(small), Some(large)) = (sizes.first(), sizes.last()) else { return Ok(()) };
    for page in PAGES {
        for connections in plan.connections {
            let name = Scenario::Page(page).name();
            report.compare_times(
                &format!("{name}, {connections} at once, {large} products against {small}"),
                (&server_name(*large), name, *connections),
                (&server_name(*small), name, *connections),
            );
        }
    }
    Ok(())
}

async fn catalogue(workspace: &Workspace, size: u32, plan: Plan, report: &mut Report) -> Result<()> {
    let folder = generate_catalog::generate(workspace, size, None)?;
    let more = ["--no-demo=true", "--page-cache-mb", "0"];
    let mut shop = Server::shop(workspace, &server_name(size), None, &more)?;
    shop.wait_for("/healthz").await?;
    let begun = Instant::now();
    shop.command(workspace, &["import", &folder.display().to_string()])
        .context("the generated catalogue could not be imported")?;
    report.fact(&format!("importing {size} products"), &format!("{} ms", begun.elapsed().as_millis()));
    shop.restart()?;
    let start = shop.wait_for("/en").await?;
    report.fact(&format!("start to the first page, {size} products"), &format!("{} ms", start.as_millis()));
    let found = shop.wait_until(Page::Search.path(), "/en/p/").await?;
    report.fact(&format!("start to the first search, {size} products"), &format!("{} ms", found.as_millis()));
    shop.wait_until(CATEGORY, "/en/p/").await?;
    shop.settle().await?;
    report.fact(&format!("memory idle, {size} products"), &kilobytes(shop.memory_kb()));
    let listed = String::from_utf8_lossy(&shop.body_of(CATEGORY).await?).into_owned();
    shop.product = first_product(&listed).context("the category has no product")?;
    for page in PAGES {
        measure(&shop, Scenario::Page(page), plan, report).await?;
    }
    measure(&shop, Scenario::LargeCart, plan, report).await?;
    report.fact(&format!("most memory, {size} products"), &kilobytes(shop.most_memory_kb()));
    Ok(())
}

fn server_name(size: u32) -> String {
    format!("sqlite, {size} products, every page made anew")
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
