//! The kept product page beside a static file server that has the very same bytes. Both run and take turns, so that a
//! machine whose pace changes changes it for both.

use super::engine::Engine;
use super::report::{Report, Row};
use super::scenario::{self, Page, Scenario};
use super::server::Server;
use super::{NGINX, Plan, load, nginx, wrk};
use crate::report::{headline, note};
use anyhow::Result;
use std::{path::PathBuf, time::Duration};

/// Turns of each; the middle one counts.
const TURNS: usize = 3;
/// What the shop is called in this comparison.
pub(super) const SHOP: &str = "sqlite, pages kept, beside nginx";
/// The page of the comparison.
const PAGE: Scenario = Scenario::Page(Page::Product);

/// Measures both with each number of connections and says which part of nginx's rate the shop reaches.
pub(super) async fn compare(shop: &mut Server, plan: Plan, report: &mut Report) -> Result<()> {
    let page = shop.body_of(scenario::PRODUCT).await?;
    let Some(mut nginx) = nginx::serving(&page)? else {
        note("nginx is not installed (apt-get install nginx-light): the comparison is left out");
        return Ok(());
    };
    nginx.wait_for(nginx::PAGE).await?;
    let client = Client(wrk::find());
    report.fact("client beside nginx", client.name());
    shop.call(SHOP);
    for connections in plan.connections {
        headline(&format!("kept product page and nginx in turns, {connections} at once"));
        let (mut ours, mut theirs) = (Vec::new(), Vec::new());
        for _ in 0..TURNS {
            ours.push(client.ask(shop, PAGE, *connections, plan.time).await?);
            theirs.push(client.ask(&nginx, Scenario::StaticFile, *connections, plan.time).await?);
        }
        for row in [Row::middle(&ours), Row::middle(&theirs)].into_iter().flatten() {
            note(&format!("{}: {}/s, p99 {} µs, {} µs of CPU each", row.server, row.rate, row.p99, row.cpu));
            report.row(row);
        }
        report.compare_rates(
            &format!("kept product page against nginx, same bytes, {connections} at once"),
            (SHOP, PAGE.name(), *connections),
            (NGINX, Scenario::StaticFile.name(), *connections),
        );
    }
    shop.call(&Engine::Sqlite.kept());
    Ok(())
}

/// Who asks: wrk where it is installed, or else our own visitors.
struct Client(Option<PathBuf>);

impl Client {
    const fn name(&self) -> &'static str {
        match self.0 {
            Some(_) => "wrk, one thread",
            None => "our own visitors, who are slower than nginx (apt-get install wrk)",
        }
    }

    async fn ask(
        &self,
        server: &Server,
        scenario: Scenario,
        connections: u64,
        time: Duration,
    ) -> Result<Row> {
        let path = if scenario == PAGE { scenario::PRODUCT } else { nginx::PAGE };
        match &self.0 {
            Some(wrk) => wrk::run(wrk, server, (path, scenario.name()), connections, time),
            None => {
                let measured = load::run(server, scenario, connections, time).await?;
                Ok(Row::new(server.name(), scenario.name(), connections, &measured))
            }
        }
    }
}
