//! The report as people read it.

use super::{Extent, Report, Row};
use crate::bench::aims::{self, Aim};
use std::fmt::Write as _;

/// The whole text. A report of a part keeps silent about aims that are none of its business.
pub(super) fn of(report: &Report, worse: &[String], extent: Extent) -> String {
    let mut text = "# Benchmarks\n\nWritten by `cargo xtask bench`, everything in one run.\n\n".to_owned();
    for (name, value) in &report.machine {
        let _ = writeln!(text, "- {name}: {value}");
    }
    let aims: Vec<Aim> =
        aims::of(report).into_iter().filter(|aim| extent == Extent::Whole || aim.is_measured()).collect();
    if !aims.is_empty() {
        text.push_str("\n| aim | wanted | measured | |\n|---|---|--:|---|\n");
        text.extend(aims.iter().map(|aim| aim.line() + "\n"));
    }
    text.push_str("\n| fact | figure |\n|---|---|\n");
    for fact in &report.facts {
        let _ = writeln!(text, "| {} | {} |", fact.name, fact.text);
    }
    text.push_str("\n| server | what | at once | per second | p50 µs | p99 µs | CPU µs each | errors |\n");
    text.push_str("|---|---|--:|--:|--:|--:|--:|--:|\n");
    for row in &report.rows {
        let Row { server, scenario, connections, .. } = row;
        let _ = writeln!(text, "| {server} | {scenario} | {connections} | {} |", row.in_short());
    }
    if !worse.is_empty() {
        text.push_str("\nWorse than the report before:\n\n");
        text.extend(worse.iter().map(|line| format!("- {line}\n")));
    }
    text
}

#[cfg(test)]
mod tests {
    use super::super::Figure;
    use super::*;

    #[test]
    fn a_whole_report_says_which_aims_were_not_measured_and_a_part_does_not() {
        let mut report = Report::new(vec![("commit", "abc".into())]);
        report.figure("memory idle", Figure::memory(1024));
        let whole = of(&report, &["it is slower".into()], Extent::Whole);
        assert!(whole.contains("- commit: abc\n") && whole.contains("not measured"), "{whole}");
        assert!(
            whole.contains("| memory idle | 1.0 MB |\n") && whole.ends_with("- it is slower\n"),
            "{whole}"
        );
        let part = of(&report, &[], Extent::Part);
        assert!(part.contains("| sqlite, memory idle | at most 60.0 MB | 1.0 MB | reached |"), "{part}");
        assert!(!part.contains("not measured") && !part.contains("Worse"), "{part}");
    }
}
