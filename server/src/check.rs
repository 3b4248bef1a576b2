//! `jishi check`: proves that the database is sound and that its books agree.

use crate::db::{Conn, Database, SchemaState};
use crate::on;
use clap::ValueEnum;

/// Dead jobs and tasks that are listed.
const LISTED: i64 = 20;

/// What can be looked at by itself.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum Area {
    /// Tables, indexes and references are sound
    Database,
    /// Counters equal the ledger, and what is promised is what was ordered
    Stock,
    /// Totals equal lines and payments; every charge has its order or its refund
    Money,
    /// None given up
    Jobs,
}

impl Area {
    /// Every area.
    pub const ALL: [Self; 4] = [Self::Database, Self::Stock, Self::Money, Self::Jobs];
}

/// What was found.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Report {
    /// What was looked at, with its finding.
    pub lines: Vec<String>,
    /// What is wrong.
    pub problems: Vec<String>,
}

impl Report {
    /// True when nothing is wrong.
    #[must_use]
    pub fn is_healthy(&self) -> bool {
        self.problems.is_empty()
    }

    fn note(&mut self, fine: &str, problems: Vec<String>) {
        if problems.is_empty() {
            self.lines.push(fine.to_owned());
        }
        self.problems.extend(problems);
    }
}

impl std::fmt::Display for Report {
    fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        for line in &self.lines {
            writeln!(formatter, "ok       {line}")?;
        }
        for problem in &self.problems {
            writeln!(formatter, "problem  {problem}")?;
        }
        let verdict = if self.is_healthy() { "everything agrees" } else { "something is wrong" };
        write!(formatter, "{verdict}")
    }
}

/// Looks at everything; changes nothing.
///
/// # Errors
/// When the database does not answer or its schema is not this binary's.
pub async fn run(database: &Database) -> anyhow::Result<Report> {
    run_areas(database, &Area::ALL).await
}

/// Looks at some areas; changes nothing.
///
/// # Errors
/// When the database does not answer or its schema is not this binary's.
pub async fn run_areas(database: &Database, areas: &[Area]) -> anyhow::Result<Report> {
    let mut report = Report { lines: Vec::new(), problems: Vec::new() };
    match database.schema_state().await? {
        SchemaState::Current => report.lines.push("schema: current".to_owned()),
        SchemaState::Behind(missing) => {
            anyhow::bail!("{missing} migrations are missing: run jishi migrate first")
        }
        SchemaState::Ahead => anyhow::bail!("the database is newer than this binary: use the newer jishi"),
    }
    let mut conn = database.read_latest().await?;
    for area in areas {
        match area {
            Area::Database => check_database(&mut conn, &mut report).await?,
            Area::Stock => check_stock(&mut conn, &mut report).await?,
            Area::Money => check_money(&mut conn, &mut report).await?,
            Area::Jobs => check_jobs(&mut conn, &mut report).await?,
        }
    }
    Ok(report)
}

async fn check_database(conn: &mut Conn, report: &mut Report) -> sqlx::Result<()> {
    let problems = on!(conn, dialect::integrity())?;
    report.note("integrity: tables, indexes and references are sound", problems);
    Ok(())
}

async fn check_stock(conn: &mut Conn, report: &mut Report) -> sqlx::Result<()> {
    let discrepancies = on!(conn, inventory::list_discrepancies())?;
    let discrepancies = discrepancies.iter().map(|row| {
        format!(
            "stock of {}: on hand {} but the ledger says {}; allocated {} but the ledger says {}",
            row.sku, row.on_hand, row.ledger_on_hand, row.allocated, row.ledger_allocated
        )
    });
    report.note("stock: counters equal the ledger", discrepancies.collect());
    let promises = on!(conn, inventory::list_broken_promises())?;
    let promises = promises.iter().map(|(sku, promised, ordered)| {
        format!("stock of {sku}: {promised} promised, but {ordered} in orders that stand")
    });
    report.note("stock: what is promised is what was ordered", promises.collect());
    Ok(())
}

async fn check_money(conn: &mut Conn, report: &mut Report) -> sqlx::Result<()> {
    let broken = on!(conn, orders::list_broken_sums())?;
    let broken = broken
        .iter()
        .map(|number| format!("order {number}: its sums do not agree with its lines or payments"));
    report.note("orders: totals equal their lines and payments", broken.collect());
    let payments = on!(conn, payments::list_discrepancies())?;
    let payments = payments.iter().map(|(number, what)| format!("order {number}: {what}"));
    report.note("payments: every charge has its order or its refund", payments.collect());
    let tasks = on!(conn, tasks::list_open(LISTED))?;
    report.lines.extend(tasks.iter().map(|task| format!("to look at: {}: {}", task.kind, task.detail)));
    Ok(())
}

async fn check_jobs(conn: &mut Conn, report: &mut Report) -> sqlx::Result<()> {
    let dead = on!(conn, jobs::list_dead(LISTED))?;
    let waiting = on!(conn, jobs::count_jobs("ready"))?;
    let dead = dead.iter().map(|(kind, error)| format!("job {kind} was given up: {error}"));
    report.note(&format!("jobs: none given up, {waiting} waiting"), dead.collect());
    Ok(())
}
