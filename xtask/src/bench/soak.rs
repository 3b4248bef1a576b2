//! Soak: mixed visitors for many minutes, looked at every half minute. Memory must stay flat and below the aim, errors
//! absent, the slowest hundredth and the cost of a request stable, and what follows from orders (mails, sales) must keep up
//! with them. The rate is not judged: it is the machine's pace divided by that cost.

use super::aims::MOST_MEMORY_KB;
use super::engine::Engine;
use super::report::{Figure, Row};
use super::scenario::Scenario;
use super::server::Server;
use super::{DURABILITY, load, machine, middle};
use crate::postgres::Postgres;
use crate::report::{headline, note};
use crate::workspace::Workspace;
use anyhow::{Context, Result, ensure};
use std::fmt::Write as _;
use std::fs;
use std::path::PathBuf;
use std::time::Duration;

const WINDOW: Duration = Duration::from_secs(30);
/// Visitors at the same time.
const VISITORS: u64 = 8;
/// Memory may grow by so much (per mille) between the first third and the last.
const GROWTH: u64 = 1100;
/// The slowest hundredth may become so much slower (per mille). Half minutes of one load differ by a quarter.
const SLOWER: u64 = 1500;
/// A request may cost so much more of the processor's time (per mille).
const COSTLIER: u64 = 1250;
/// Jobs that may wait at the end: what some seconds of orders bring.
const WAITING: u64 = 2_000;

/// What was seen in one half minute.
struct Window {
    row: Row,
    memory_kb: u64,
    /// Events and jobs that wait.
    waiting: u64,
}

/// Lets visitors come for so many minutes and writes `bench/soak.md`, or a file of that name and the engine's.
///
/// # Errors
/// When an answer was wrong, or something grew that must not.
pub(super) async fn soak(workspace: &Workspace, engine: Engine, minutes: u32) -> Result<()> {
    let database = engine.start()?;
    let url = database.as_ref().map(Postgres::url);
    let mut shop = Server::shop(workspace, engine.name(), url, &[])?;
    shop.wait_for("/en").await?;
    shop.stock_up(workspace)?;
    shop.wait_until("/en/search?q=tea", "/en/p/").await?;
    shop.settle().await?;
    load::run(&shop, Scenario::Mix, VISITORS, WINDOW).await?;
    let mut windows = Vec::new();
    for window in 1..=minutes * 2 {
        headline(&format!("soak: half minute {window} of {}", minutes * 2));
        let measured = load::run(&shop, Scenario::Mix, VISITORS, WINDOW).await?;
        let (memory_kb, waiting) = (shop.memory_kb(), waiting(&shop).await?);
        note(&format!("{}, {}, {waiting} jobs wait", measured.line(), Figure::memory(memory_kb).text()));
        let row = Row::new(shop.name(), Scenario::Mix.name(), VISITORS, &measured);
        windows.push(Window { row, memory_kb, waiting });
    }
    let file = write(workspace, engine, &windows)?;
    shop.command(workspace, &["check"]).context("the books do not add up after the soak")?;
    judge(&windows).with_context(|| format!("see {}", file.display()))?;
    headline(&format!(
        "memory, times, costs and jobs stayed as they were, no answer was wrong: {}",
        file.display()
    ));
    Ok(())
}

fn write(workspace: &Workspace, engine: Engine, windows: &[Window]) -> Result<PathBuf> {
    let file = super::folder(workspace)?.join(match engine {
        Engine::Sqlite => "soak.md",
        Engine::Postgres => "soak-postgresql.md",
    });
    fs::write(&file, table(workspace, engine, windows)).with_context(|| file.display().to_string())?;
    Ok(file)
}

/// Events and jobs that wait for the worker.
async fn waiting(shop: &Server) -> Result<u64> {
    let text = String::from_utf8(shop.body_of("/metrics").await?)?;
    Ok(gauge(&text, "event_waiting") + gauge(&text, "ready"))
}

/// The gauge of jobs with a status; none is 0.
fn gauge(text: &str, status: &str) -> u64 {
    let name = format!("jobs{{status=\"{status}\"}} ");
    let value = text.lines().find_map(|line| line.strip_prefix(&name));
    value.and_then(|value| value.trim().parse().ok()).unwrap_or(0)
}

/// Compares the first third with the last, and memory with what is aimed at.
fn judge(windows: &[Window]) -> Result<()> {
    ensure!(windows.iter().all(|window| window.row.errors == 0), "some answers were wrong");
    let (early, late) = thirds(windows, |window| window.memory_kb);
    ensure!(late * 1000 <= early * GROWTH, "memory grew from {early} kB to {late} kB");
    let most = Figure::memory(windows.iter().map(|window| window.memory_kb).max().unwrap_or(0));
    ensure!(most.value <= MOST_MEMORY_KB, "memory reached {}", most.text());
    let (early, late) = thirds(windows, |window| window.row.cpu);
    ensure!(late * 1000 <= early * COSTLIER, "the cost of a request went from {early} to {late} µs of CPU");
    let (early, late) = thirds(windows, |window| window.row.p99);
    ensure!(late * 1000 <= early * SLOWER, "the slowest hundredth went from {early} to {late} µs");
    let left = windows.last().map_or(0, |window| window.waiting);
    ensure!(left <= WAITING, "{left} jobs wait: they do not keep up with the orders");
    Ok(())
}

/// The middle of a figure in the first third and in the last.
fn thirds(windows: &[Window], figure: impl Fn(&Window) -> u64) -> (u64, u64) {
    let figures: Vec<u64> = windows.iter().map(figure).collect();
    let third = figures.len().div_ceil(3);
    let middle = |part: &[u64]| middle(part.iter().copied()).unwrap_or(0);
    let (first, rest) = figures.split_at(third.min(figures.len()));
    (middle(first), middle(rest.get(rest.len().saturating_sub(third)..).unwrap_or_default()))
}

fn table(workspace: &Workspace, engine: Engine, windows: &[Window]) -> String {
    let mut text = format!(
        "# Soak\n\nWritten by `cargo xtask bench --soak`: {VISITORS} visitors who look around, search, fill carts and \
         buy, one line for each half minute.\n\n- database: {}\n- durability: {DURABILITY}\n",
        engine.name()
    );
    for (name, value) in machine::describe(workspace) {
        let _ = writeln!(text, "- {name}: {value}");
    }
    text.push_str(
        "\n| per second | p50 µs | p99 µs | CPU µs each | errors | memory | jobs waiting |\n\
         |--:|--:|--:|--:|--:|--:|--:|\n",
    );
    for Window { row, memory_kb, waiting } in windows {
        let _ = writeln!(text, "| {} | {} | {waiting} |", row.in_short(), Figure::memory(*memory_kb).text());
    }
    text
}

#[cfg(test)]
mod tests {
    use super::*;

    fn window(p99: u64, memory_kb: u64, waiting: u64) -> Window {
        Window { row: Row { p99, cpu: 400, ..Row::default() }, memory_kb, waiting }
    }

    #[test]
    fn the_middle_of_the_first_third_is_compared_with_that_of_the_last() {
        let memory = [1, 5, 2, 9, 9, 3, 4, 3, 2].map(|kb| window(0, kb, 0));
        assert_eq!(thirds(&memory, |window| window.memory_kb), (2, 3));
        assert_eq!(thirds(&[window(0, 7, 0), window(0, 8, 0)], |window| window.memory_kb), (7, 8));
        assert_eq!(thirds(&[], |window| window.memory_kb), (0, 0));
    }

    #[test]
    fn a_soak_fails_when_memory_grows_answers_slow_down_or_jobs_pile_up() {
        let verdict =
            |last| judge(&[window(40, 100, 5), window(40, 100, 5), last]).map_err(|error| error.to_string());
        assert_eq!(verdict(window(60, 110, 2_000)), Ok(()));
        assert!(verdict(window(40, 111, 5)).unwrap_err().contains("memory grew"));
        assert!(verdict(window(61, 100, 5)).unwrap_err().contains("slowest"));
        assert!(verdict(window(40, 100, 2_001)).unwrap_err().contains("keep up"));
        let wrong = |row: Row| Window { row: Row { errors: 1, ..row }, ..window(40, 100, 5) };
        assert!(verdict(wrong(Row::default())).unwrap_err().contains("wrong"));
    }

    #[test]
    fn a_soak_fails_when_a_request_costs_a_quarter_more_at_its_end() {
        let verdict = |cpu| {
            let mut windows = [window(40, 100, 5), window(40, 100, 5), window(40, 100, 5)];
            windows[2].row.cpu = cpu;
            judge(&windows).map_err(|error| error.to_string())
        };
        assert_eq!(verdict(500), Ok(()));
        assert!(verdict(501).unwrap_err().contains("from 400 to 501 µs of CPU"));
    }

    #[test]
    fn a_soak_fails_when_memory_was_beyond_the_aim_at_any_time() {
        let most = 200 * 1024;
        let verdict = |middle| judge(&[window(40, most, 5), window(40, middle, 5), window(40, most, 5)]);
        assert!(verdict(most).is_ok());
        assert!(verdict(most + 1024).unwrap_err().to_string().contains("memory reached 201.0 MB"));
    }

    #[test]
    fn a_line_tells_what_a_request_costs() {
        let row = Row { rate: 1_605, p50: 1_158, p99: 50_944, cpu: 930, ..Row::default() };
        assert_eq!(row.in_short(), "1605 | 1158 | 50944 | 930 | 0");
    }

    #[test]
    fn waiting_jobs_are_read_off_the_metrics() {
        let text = "# TYPE jobs gauge\njobs{status=\"dead\"} 3\njobs{status=\"ready\"} 45\n";
        assert_eq!((gauge(text, "ready"), gauge(text, "event_waiting")), (45, 0));
    }
}
