//! Soak: mixed visitors for many minutes, looked at every half minute. Memory must stay flat, errors absent, the slowest
//! hundredth stable.

use super::report::Row;
use super::scenario::Scenario;
use super::server::Server;
use super::{kilobytes, load, machine};
use crate::report::{headline, note};
use crate::workspace::Workspace;
use anyhow::{Context, Result, ensure};
use std::fmt::Write as _;
use std::fs;
use std::time::Duration;

const WINDOW: Duration = Duration::from_secs(30);
/// Visitors at the same time.
const VISITORS: u64 = 8;
/// Memory may grow by so much (per mille) between the first third and the last.
const GROWTH: u64 = 1100;

/// Lets visitors come for so many minutes and writes `bench/soak.md`.
///
/// # Errors
/// When an answer was wrong, or memory grew.
pub(super) async fn soak(workspace: &Workspace, minutes: u32) -> Result<()> {
    let mut shop = Server::shop(workspace, "sqlite", None, &[])?;
    shop.wait_for("/en").await?;
    shop.stock_up(workspace)?;
    shop.wait_until("/en/search?q=tea", "/en/p/").await?;
    shop.settle().await?;
    load::run(&shop, Scenario::Mix, VISITORS, WINDOW).await?;
    let (mut rows, mut memory) = (Vec::new(), Vec::new());
    for window in 1..=minutes * 2 {
        headline(&format!("soak: half minute {window} of {}", minutes * 2));
        let measured = load::run(&shop, Scenario::Mix, VISITORS, WINDOW).await?;
        memory.push(shop.memory_kb());
        note(&format!("{}, {}", measured.line(), kilobytes(shop.memory_kb())));
        rows.push(Row::new(shop.name(), Scenario::Mix.name(), VISITORS, &measured));
    }
    let folder = workspace.root().join("bench");
    fs::create_dir_all(&folder)?;
    let file = folder.join("soak.md");
    fs::write(&file, table(workspace, &rows, &memory)).context("bench/soak.md")?;
    shop.command(workspace, &["check"]).context("the books do not add up after the soak")?;
    ensure!(rows.iter().all(Row::is_clean), "some answers were wrong: see {}", file.display());
    let (early, late) = thirds(&memory);
    ensure!(late * 1000 <= early * GROWTH, "memory grew from {early} kB to {late} kB");
    headline(&format!("memory stayed flat, no answer was wrong: {}", file.display()));
    Ok(())
}

/// The most memory in the first third and in the last.
fn thirds(memory: &[u64]) -> (u64, u64) {
    let third = memory.len().div_ceil(3);
    let most = |part: &[u64]| part.iter().copied().max().unwrap_or(0);
    let (first, rest) = memory.split_at(third.min(memory.len()));
    (most(first), most(rest.get(rest.len().saturating_sub(third)..).unwrap_or_default()))
}

fn table(workspace: &Workspace, rows: &[Row], memory: &[u64]) -> String {
    let mut text = format!(
        "# Soak\n\nWritten by `cargo xtask bench --soak`: {VISITORS} visitors who look around, search, fill carts and \
         buy, one line for each half minute.\n\n"
    );
    for (name, value) in machine::describe(workspace) {
        let _ = writeln!(text, "- {name}: {value}");
    }
    text.push_str("\n| per second | p50 µs | p99 µs | errors | memory |\n|--:|--:|--:|--:|--:|\n");
    for (row, memory) in rows.iter().zip(memory) {
        let _ = writeln!(text, "| {} | {} |", row.in_short(), kilobytes(*memory));
    }
    text
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_first_third_is_compared_with_the_last() {
        assert_eq!(thirds(&[1, 5, 2, 9, 9, 3, 4, 3, 2]), (5, 4));
        assert_eq!(thirds(&[7, 8]), (7, 8));
        assert_eq!(thirds(&[]), (0, 0));
    }
}
