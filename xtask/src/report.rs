//! What the person at the terminal sees of a chore: headlines, timings, the table at the end, failures.

use anyhow::{Context, Result};
use std::time::{Duration, Instant};

/// Says what begins now.
pub(crate) fn headline(text: &str) {
    eprintln!("\n── {text}");
}

/// Says something worth knowing inside a step.
pub(crate) fn note(text: &str) {
    eprintln!("   {text}");
}

/// Runs something slow that has to be done once, and says how long it took.
pub(crate) fn timed<T>(text: &str, work: impl FnOnce() -> Result<T>) -> Result<T> {
    headline(text);
    let start = Instant::now();
    let result = work()?;
    note(&format!("done in {}", seconds(start.elapsed())));
    Ok(result)
}

/// Prints an error: what was being done first, the cause last.
pub(crate) fn failure(error: &anyhow::Error) {
    eprintln!("\nfailed: {error}");
    for cause in error.chain().skip(1) {
        eprintln!("  because {}", cause.to_string().replace('\n', "\n    "));
    }
}

/// The steps of a longer chore. The first failure ends it.
#[derive(Default)]
pub(crate) struct Steps {
    done: Vec<(String, Duration)>,
}

impl Steps {
    /// Runs one step; `remedy` is what a person should do when it fails.
    pub(crate) fn step<T>(
        &mut self,
        name: &str,
        remedy: &str,
        work: impl FnOnce() -> Result<T>,
    ) -> Result<T> {
        headline(name);
        let start = Instant::now();
        let result = work();
        self.done.push((name.to_owned(), start.elapsed()));
        if result.is_err() {
            println!("\n{}\n{} passed, 1 failed", self.table(true), self.done.len() - 1);
        }
        result.with_context(|| format!("{name}\n  what to do: {remedy}"))
    }

    /// Prints the table after the last step.
    pub(crate) fn finish(&self) {
        println!("\n{}\n{} passed, 0 failed", self.table(false), self.done.len());
    }

    fn table(&self, last_failed: bool) -> String {
        let total = self.done.iter().map(|(_, took)| *took).sum();
        let failed = self.done.len().checked_sub(1).filter(|_| last_failed);
        let rows = self.done.iter().enumerate().map(|(row, (name, took))| {
            let mark = if Some(row) == failed { "FAILED" } else { "ok" };
            format!("{mark:<7} {:>9}  {name}", seconds(*took))
        });
        rows.chain([format!("{:<7} {:>9}", "total", seconds(total))]).collect::<Vec<_>>().join("\n")
    }
}

/// A duration as a person reads it: tenths below a minute, minutes above.
pub(crate) fn seconds(time: Duration) -> String {
    let tenths = time.as_millis() / 100;
    match tenths / 600 {
        0 => format!("{}.{} s", tenths / 10, tenths % 10),
        minutes => format!("{minutes} m {:02} s", (tenths % 600) / 10),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn durations_read_naturally() {
        assert_eq!(seconds(Duration::from_millis(40)), "0.0 s");
        assert_eq!(seconds(Duration::from_millis(12_340)), "12.3 s");
        assert_eq!(seconds(Duration::from_secs(125)), "2 m 05 s");
    }

    #[test]
    fn the_table_marks_the_step_that_failed() {
        let done = vec![("format".to_owned(), Duration::ZERO), ("clippy".to_owned(), Duration::ZERO)];
        let table = Steps { done }.table(true);
        assert!(table.contains("ok") && table.contains("FAILED      0.0 s  clippy"), "{table}");
    }

    #[test]
    fn a_failed_step_says_what_to_do() {
        let fail = || -> Result<()> { anyhow::bail!("not formatted") };
        let error = Steps::default().step("format", "run cargo fmt", fail).unwrap_err();
        assert!(error.to_string().contains("run cargo fmt"));
    }
}
