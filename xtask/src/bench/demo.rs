//! The shop with the demo catalogue, on both databases.

use super::engine::Engine;
use super::report::{Figure, Report};
use super::scenario::{self, Page, Scenario};
use super::server::Server;
use super::{Plan, beside_nginx, measure, phone, weight};
use crate::workspace::Workspace;
use anyhow::Result;

/// Facts that something is aimed at for.
pub(super) const FIRST_START: &str = "start to the first page, importing the demo";
pub(super) const START: &str = "start to the first page, existing database";
pub(super) const IDLE: &str = "memory idle";
pub(super) const WITH_PICTURES: &str = "most memory while pictures are made";
pub(super) const LOADED: &str = "most memory under the load";
pub(super) const LOADED_ANEW: &str = "most memory under the load, no pages kept";

/// Every page made anew, then the shop as it is, with buyers. One shop for all: making its pictures takes a minute.
pub(super) async fn shop(
    workspace: &Workspace,
    engine: Engine,
    plan: Plan,
    report: &mut Report,
) -> Result<()> {
    let database = engine.start()?;
    let url = database.as_ref().map(|database| database.url());
    let mut shop = Server::shop(workspace, engine.name(), url, &[])?;
    let first = shop.wait_for("/en").await?;
    report.figure(&engine.fact(FIRST_START), Figure::time(first));
    shop.stock_up(workspace)?;
    let most = Figure::memory(shop.settle().await?);
    report.figure(&engine.fact(WITH_PICTURES), most);
    shop.restart_as(&engine.anew(), &["--page-cache-mb", "0"])?;
    shop.wait_for("/en").await?;
    for page in Page::ALL {
        measure(&shop, Scenario::Page(page), plan, report).await?;
    }
    report.figure(&engine.fact(LOADED_ANEW), Figure::memory(shop.most_memory_kb()));
    shop.restart_as(&engine.kept(), &[])?;
    as_it_is(workspace, engine, &mut shop, report).await?;
    for scenario in Page::ALL.map(Scenario::Page).into_iter().chain([Scenario::AddToCart, Scenario::Checkout])
    {
        measure(&shop, scenario, plan, report).await?;
    }
    report.figure(&engine.fact(LOADED), Figure::memory(shop.most_memory_kb()));
    report.figure(&engine.fact("memory after the load"), Figure::memory(shop.memory_kb()));
    match engine {
        Engine::Sqlite => beside_nginx::compare(&mut shop, plan, report).await,
        Engine::Postgres => Ok(()),
    }
}

/// What a shop shows before anybody has come.
async fn as_it_is(
    workspace: &Workspace,
    engine: Engine,
    shop: &mut Server,
    report: &mut Report,
) -> Result<()> {
    let start = shop.wait_for("/en").await?;
    report.figure(&engine.fact(START), Figure::time(start));
    // The index of the search and more is made behind the first page.
    shop.settle().await?;
    report.figure(&engine.fact(IDLE), Figure::memory(shop.memory_kb()));
    if engine == Engine::Sqlite {
        weight::tell(shop, scenario::PRODUCT, report).await?;
        phone::tell(workspace, shop, scenario::PRODUCT, report)?;
    }
    Ok(())
}
