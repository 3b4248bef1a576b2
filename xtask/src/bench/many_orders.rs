//! Growth: checkouts in a shop that has sold much already. The orders of its past are copies of one that was really
//! placed, with everything that belongs to it, written with SQLite's own shell.

use super::report::Report;
use super::scenario::Scenario;
use super::server::Server;
use super::{BUYERS, Plan, kilobytes, load, measure};
use crate::process::Program;
use crate::report::note;
use crate::workspace::Workspace;
use anyhow::{Context, Result, ensure};
use std::path::Path;
use std::time::{Duration, Instant};

/// SQLite's shell.
const SHELL: &str = "sqlite3";
/// The id of a copy, the same in every table: sixteen bytes that sort before the ids of today, which begin with the time.
const ID: &str = "CAST(char(1) || printf('made-up%08d', i) AS BLOB)";
/// Time in which the orders to be copied are placed.
const FIRST: Duration = Duration::from_millis(500);

/// A table with the row to copy and what is another value in each copy.
struct Copied {
    table: &'static str,
    /// Which row; the latest of them.
    which: &'static str,
    /// Columns with the expression of their value.
    own: &'static [(&'static str, &'static str)],
}

const TABLES: [Copied; 9] = [
    Copied { table: "cart", which: "status = 'completed'", own: &[("id", ID), ("guest_hash", ID)] },
    Copied {
        table: "orders",
        which: "is_counted",
        own: &[
            ("id", ID),
            ("cart_id", ID),
            ("guest_hash", ID),
            ("public_id", "printf('or_%022d', i)"),
            ("number", "printf('M%d', i)"),
        ],
    },
    Copied { table: "order_line", which: "TRUE", own: &[("id", ID), ("order_id", ID)] },
    Copied { table: "order_event", which: "TRUE", own: &[("id", ID), ("order_id", ID)] },
    Copied { table: "payment_intent", which: "TRUE", own: &[("id", ID), ("order_id", ID)] },
    Copied { table: "payment_attempt", which: "TRUE", own: &[("id", ID), ("intent_id", ID)] },
    Copied {
        table: "stock_movement",
        which: "kind = 'allocated'",
        own: &[("id", ID), ("cause", "printf('order:made-up-%08d', i)")],
    },
    Copied { table: "outbox", which: "dispatched_at IS NOT NULL", own: &[("id", ID)] },
    Copied {
        table: "job",
        which: "status = 'done'",
        own: &[("id", ID), ("dedupe_key", "printf('made-up-%08d', i)")],
    },
];

/// Measures checkouts after so many orders, and compares the most with the fewest.
pub(super) async fn orders(workspace: &Workspace, plan: Plan, report: &mut Report) -> Result<()> {
    if Program::new(SHELL).arg("--version").read().is_err() {
        note("sqlite3 is not installed (apt-get install sqlite3): growth with orders is left out");
        return Ok(());
    }
    let mut shop = Server::shop(workspace, "sqlite", None, &[])?;
    shop.wait_for("/en").await?;
    shop.stock_up(workspace)?;
    shop.settle().await?;
    load::run(&shop, Scenario::Checkout, 1, FIRST).await?;
    shop.settle().await?;
    let mut written = 0;
    for size in plan.orders {
        let begun = Instant::now();
        shop.change_data(|database| copy(database, written, *size))?;
        written = *size;
        report.fact(&format!("writing up to {size} orders"), &format!("{} ms", begun.elapsed().as_millis()));
        shop.call(&server_name(*size));
        shop.wait_for("/en").await?;
        shop.settle().await?;
        measure(&shop, Scenario::Checkout, plan, report).await?;
        report.fact(&format!("memory, {size} orders"), &kilobytes(shop.memory_kb()));
    }
    compare(plan, report);
    Ok(())
}

fn compare(plan: Plan, report: &mut Report) {
    let (Some(few), Some(many)) = (plan.orders.first(), plan.orders.last()) else { return };
    let checkout = Scenario::Checkout.name();
    report.compare_times(
        &format!("{checkout}, {BUYERS} at once, after {many} orders against {few}"),
        (&server_name(*many), checkout, BUYERS),
        (&server_name(*few), checkout, BUYERS),
    );
}

fn server_name(orders: u32) -> String {
    format!("sqlite, {orders} orders")
}

/// Writes the copies with the numbers `from` (without) to `to` (with).
fn copy(database: &Path, from: u32, to: u32) -> Result<()> {
    let shell = |sql: &str| Program::new(SHELL).arg(database.display().to_string()).arg(sql).read();
    let mut script = "PRAGMA synchronous = OFF; PRAGMA cache_size = -400000; BEGIN;".to_owned();
    for copied in &TABLES {
        let columns = shell(&format!("SELECT name FROM pragma_table_info('{}')", copied.table))?;
        let columns: Vec<&str> = columns.split_whitespace().collect();
        ensure!(!columns.is_empty(), "there is no table {}", copied.table);
        script.push_str(&copied.sql(&columns, from, to));
    }
    script.push_str("COMMIT; SELECT COUNT(*) FROM orders; PRAGMA wal_checkpoint(TRUNCATE);");
    let told = shell(&script).context("the orders could not be copied")?;
    let count: u32 =
        told.split_whitespace().next().unwrap_or_default().parse().context("no number of orders")?;
    ensure!(count > to, "only {count} orders were written");
    Ok(())
}

impl Copied {
    fn sql(&self, columns: &[&str], from: u32, to: u32) -> String {
        let own = |column: &str| self.own.iter().find(|(name, _)| *name == column).map(|(_, value)| *value);
        let values: Vec<&str> = columns.iter().map(|column| own(column).unwrap_or(column)).collect();
        format!(
            "WITH RECURSIVE made (i) AS (SELECT {first} UNION ALL SELECT i + 1 FROM made WHERE i < {to}) \
             INSERT INTO {table} ({columns}) SELECT {values} FROM made, \
             (SELECT * FROM {table} WHERE {which} ORDER BY rowid DESC LIMIT 1);",
            first = from + 1,
            table = self.table,
            columns = columns.join(", "),
            values = values.join(", "),
            which = self.which,
        )
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_copy_takes_over_every_column_but_its_own() {
        let sql = TABLES[7].sql(&["id", "topic", "payload"], 1_000, 5_000);
        assert!(sql.contains("SELECT 1001 UNION ALL SELECT i + 1 FROM made WHERE i < 5000"), "{sql}");
        assert!(sql.contains("INSERT INTO outbox (id, topic, payload)"), "{sql}");
        assert!(sql.contains(&format!("SELECT {ID}, topic, payload FROM made")), "{sql}");
    }
}
