//! `cargo xtask bench`: one report in one run on one machine, so that every figure the README claims can be repeated.
//!
//! Belongs here: what is measured, in which order. Figures are integers (microseconds, per mille); ratios compare what
//! ran side by side minutes apart, never with another machine's past.

mod aims;
mod beside_nginx;
mod bound;
mod copies;
mod demo;
mod engine;
mod growth;
mod large_cart;
mod lighthouse;
mod load;
mod machine;
mod many_orders;
mod nginx;
mod phone;
mod report;
mod scenario;
mod server;
mod soak;
mod visitor;
mod wasm;
mod weight;
mod wrk;

use crate::{
    report::{headline, note},
    run, site,
    workspace::Workspace,
};
use anyhow::{Context, Result};
use engine::Engine;
use report::{Report, Row};
use scenario::Scenario;
use server::Server;
use std::{fs, path::PathBuf, time::Duration};

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
/// Buyers at the same time, where only one number of them is measured.
const BUYERS: u64 = 8;
/// How far what is written is safe, which makes a part of the price of buying.
const DURABILITY: &str = "SQLite: synchronous=normal; PostgreSQL: on the same machine, made for the run, its own defaults (fsync=on)";
/// The report of a run that is not at its end.
const UNFINISHED: &str = "unfinished";
/// What the static file server is called.
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

/// Mixed visitors for so many minutes, on one of the databases: see [`mod@soak`].
pub(crate) fn soak(workspace: &Workspace, minutes: u32, on_postgresql: bool) -> Result<()> {
    site::site(workspace)?;
    run::build(workspace, false)?;
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build()?;
    let engine = if on_postgresql { Engine::Postgres } else { Engine::Sqlite };
    runtime.block_on(soak::soak(workspace, engine, minutes))
}

/// What Lighthouse says of the shop's pages: see [`mod@lighthouse`].
pub(crate) fn lighthouse(workspace: &Workspace) -> Result<()> {
    site::site(workspace)?;
    run::build(workspace, false)?;
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build()?;
    runtime.block_on(lighthouse::tell(workspace))
}

/// Measures and writes `bench/report.md` and `bench/report.json`; the former report stays in `bench/old/`. A run that is
/// cut off leaves what it has measured in `bench/unfinished.md`.
pub(crate) fn bench(workspace: &Workspace, quick: bool) -> Result<()> {
    site::site(workspace)?;
    run::build(workspace, false)?;
    let plan = if quick { QUICK } else { FULL };
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build()?;
    let mut report = Report::new(machine::describe(workspace));
    report.fact("durability", DURABILITY);
    if !quick {
        wasm::tell(workspace, &mut report)?;
    }
    runtime.block_on(async {
        for engine in Engine::ALL {
            demo::shop(workspace, engine, plan, &mut report).await?;
            keep(workspace, &report)?;
        }
        for engine in Engine::ALL {
            many_orders::orders(workspace, engine, plan, &mut report).await?;
            keep(workspace, &report)?;
        }
        for engine in Engine::ALL {
            growth::catalogues(workspace, engine, plan.products, plan, &mut report).await?;
            keep(workspace, &report)?;
        }
        anyhow::Ok(())
    })?;
    fs::remove_file(folder(workspace)?.join(UNFINISHED).with_extension("md"))?;
    write(workspace, &report, quick.then_some("quick"))
}

/// Catalogues of these sizes on both databases, and nothing else; writes `bench/growth.md`.
pub(crate) fn growth(workspace: &Workspace, sizes: &[u32]) -> Result<()> {
    site::site(workspace)?;
    run::build(workspace, false)?;
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build()?;
    let mut report = Report::new(machine::describe(workspace));
    report.fact("durability", DURABILITY);
    runtime.block_on(async {
        for engine in Engine::ALL {
            growth::catalogues(workspace, engine, sizes, FULL, &mut report).await?;
        }
        anyhow::Ok(())
    })?;
    write(workspace, &report, Some("growth"))
}

fn folder(workspace: &Workspace) -> Result<PathBuf> {
    let folder = workspace.root().join("bench");
    fs::create_dir_all(&folder).with_context(|| format!("cannot make {}", folder.display()))?;
    Ok(folder)
}

/// The middle one of several figures; of an even number, the larger of the two in the middle.
fn middle(figures: impl Iterator<Item = u64>) -> Option<u64> {
    let mut all: Vec<u64> = figures.collect();
    all.sort_unstable();
    all.get(all.len() / 2).copied()
}

/// What has been measured so far, for whoever has to stop a run of an hour.
fn keep(workspace: &Workspace, report: &Report) -> Result<()> {
    report.write(&folder(workspace)?, Some(UNFINISHED)).map(drop)
}

fn write(workspace: &Workspace, report: &Report, beside: Option<&str>) -> Result<()> {
    let (file, regressions) = report.write(&folder(workspace)?, beside)?;
    headline(&format!("the report is in {}", file.display()));
    for regression in regressions {
        note(&format!("worse than before: {regression}"));
    }
    Ok(())
}

async fn measure(server: &Server, scenario: Scenario, plan: Plan, report: &mut Report) -> Result<()> {
    let connections = match scenario {
        Scenario::LargeCart => [1].as_slice(),
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
    warm_up(server, scenario, connections, plan).await?;
    let measured = load::run(server, scenario, connections, plan.time).await?;
    note(&measured.line());
    report.row(Row::new(server.name(), scenario.name(), connections, &measured));
    Ok(())
}

/// The first visits fill caches and pools; they are not counted.
async fn warm_up(server: &Server, scenario: Scenario, connections: u64, plan: Plan) -> Result<()> {
    load::run(server, scenario, connections, plan.time / 5).await.map(drop)
}

#[cfg(test)]
mod tests {
    use super::*;

    const MOMENT: Plan =
        Plan { connections: &[2], products: &[], orders: &[10, 30], time: Duration::from_millis(100) };

    #[test]
    #[ignore = "takes minutes, needs a release build and every database: cargo test -p xtask -- --ignored"]
    fn every_part_of_the_report_is_measured_on_both_databases() {
        let workspace = Workspace::find().unwrap();
        let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().unwrap();
        let mut report = Report::new(machine::describe(&workspace));
        runtime.block_on(async {
            for engine in Engine::ALL {
                demo::shop(&workspace, engine, MOMENT, &mut report).await.unwrap();
                many_orders::orders(&workspace, engine, MOMENT, &mut report).await.unwrap();
            }
        });
        for engine in Engine::ALL {
            let checkout = Scenario::Checkout.name();
            let bought = report.find((&format!("{}, 30 orders", engine.name()), checkout, BUYERS)).unwrap();
            assert!(bought.errors == 0 && bought.rate > 0, "{bought:?}");
            assert!(report.value(&engine.fact(demo::LOADED)).unwrap() > 1024);
        }
        assert!(report.value("a phone's first view of the product page, image").unwrap() > 1024);
    }
}
