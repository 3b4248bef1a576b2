//! Growth: checkouts in a shop that has sold much already.

use super::copies::Shell;
use super::engine::Engine;
use super::report::{Figure, Report};
use super::scenario::Scenario;
use super::server::Server;
use super::{BUYERS, Plan, load, measure_at};
use crate::{report::note, workspace::Workspace};
use anyhow::Result;
use std::time::{Duration, Instant};

/// Time in which the orders to be copied are placed.
const FIRST: Duration = Duration::from_millis(500);

/// Measures checkouts after so many orders, and compares the most with the fewest.
pub(super) async fn orders(
    workspace: &Workspace,
    engine: Engine,
    plan: Plan,
    report: &mut Report,
) -> Result<()> {
    let database = engine.start()?;
    let Some(shell) = Shell::find(database.as_ref())? else {
        note(&format!(
            "the shell of {} (sqlite3, psql) is not installed: growth with orders is left out",
            engine.name()
        ));
        return Ok(());
    };
    let url = database.as_ref().map(|database| database.url());
    let mut shop = Server::shop(workspace, engine.name(), url, &[])?;
    shop.wait_for("/en").await?;
    shop.stock_up(workspace)?;
    shop.settle().await?;
    load::run(&shop, Scenario::Checkout, 1, FIRST).await?;
    shop.settle().await?;
    let mut written = 0;
    for size in plan.orders {
        let begun = Instant::now();
        shop.change_data(|file| shell.copy(file, written, *size))?;
        written = *size;
        let orders = format!("{}, {size} orders", engine.name());
        report.figure(&format!("writing, {orders}"), Figure::time(begun.elapsed()));
        shop.call(&orders);
        shop.wait_for("/en").await?;
        shop.settle().await?;
        measure_at(&shop, Scenario::Checkout, BUYERS, plan, report).await?;
        report.figure(&format!("memory, {orders}"), Figure::memory(shop.memory_kb()));
    }
    compare(engine, plan, report);
    Ok(())
}

fn compare(engine: Engine, plan: Plan, report: &mut Report) {
    let (Some(few), Some(many)) = (plan.orders.first(), plan.orders.last()) else { return };
    let (name, checkout) = (engine.name(), Scenario::Checkout.name());
    report.compare_times(
        &format!("{name}, {checkout}, {BUYERS} at once, after {many} orders against {few}"),
        (&format!("{name}, {many} orders"), checkout, BUYERS),
        (&format!("{name}, {few} orders"), checkout, BUYERS),
    );
}
