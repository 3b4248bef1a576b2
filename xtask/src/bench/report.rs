//! The report: Markdown for people, JSON for the comparison with the one before.

use super::load::Measured;
use anyhow::{Context, Result};
use serde_json::{Value, json};
use std::{
    fs,
    path::{Path, PathBuf},
};

/// A rate this far below the former one (per mille) is named as a regression.
const TOLERATED: u64 = 800;

/// One measurement.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Row {
    server: String,
    scenario: String,
    connections: u64,
    rate: u64,
    p50: u64,
    p99: u64,
    cpu: u64,
    errors: u64,
}

impl Row {
    pub(super) fn new(server: &str, scenario: &str, connections: u64, measured: &Measured) -> Self {
        Self {
            server: server.to_owned(),
            scenario: scenario.to_owned(),
            connections,
            rate: measured.rate(),
            p50: measured.quantile(500),
            p99: measured.quantile(990),
            cpu: measured.cpu_each(),
            errors: measured.errors as u64,
        }
    }

    fn key(&self) -> String {
        key_of((&self.server, &self.scenario, self.connections))
    }

    /// Whether every answer was right.
    pub(super) const fn is_clean(&self) -> bool {
        self.errors == 0
    }

    /// The slowest hundredth, in microseconds.
    pub(super) const fn slowest(&self) -> u64 {
        self.p99
    }

    /// A clean row of which only the slowest hundredth matters.
    #[cfg(test)]
    pub(super) fn of_times(p99: u64) -> Self {
        let (server, scenario) = (String::new(), String::new());
        Self { server, scenario, connections: 1, rate: 0, p50: 0, p99, cpu: 0, errors: 0 }
    }

    /// Rate, times and errors as cells of a table.
    pub(super) fn in_short(&self) -> String {
        format!("{} | {} | {} | {}", self.rate, self.p50, self.p99, self.errors)
    }

    fn to_json(&self) -> Value {
        json!({
            "key": self.key(), "rate_per_second": self.rate, "p50_micros": self.p50, "p99_micros": self.p99,
            "cpu_micros": self.cpu, "errors": self.errors,
        })
    }
}

/// What tells one measurement from another: server, scenario, connections.
pub(super) type Key<'a> = (&'a str, &'a str, u64);

fn key_of((server, scenario, connections): Key<'_>) -> String {
    format!("{server}: {scenario}, {connections} at once")
}

/// Everything that was measured in one run.
#[derive(Debug)]
pub(super) struct Report {
    machine: Vec<(&'static str, String)>,
    facts: Vec<(String, String)>,
    rows: Vec<Row>,
}

impl Report {
    pub(super) fn new(machine: Vec<(&'static str, String)>) -> Self {
        Self { machine, facts: Vec::new(), rows: Vec::new() }
    }

    pub(super) fn fact(&mut self, name: &str, value: &str) {
        self.facts.push((name.to_owned(), value.to_owned()));
    }

    pub(super) fn row(&mut self, row: Row) {
        self.rows.push(row);
    }

    /// Says how many times longer one measurement takes than another, at the median and for the slowest hundredth.
    pub(super) fn compare_times(&mut self, name: &str, one: Key<'_>, other: Key<'_>) {
        let (Some(one), Some(other)) = (self.find(one), self.find(other)) else { return };
        let text = format!("{}× at p50, {}× at p99", ratio(one.p50, other.p50), ratio(one.p99, other.p99));
        self.fact(name, &text);
    }

    /// Says which part of another's rate one reaches.
    pub(super) fn compare_rates(&mut self, name: &str, one: Key<'_>, other: Key<'_>) {
        let (Some(one), Some(other)) = (self.find(one), self.find(other)) else { return };
        let text = format!("{}×", ratio(one.rate, other.rate));
        self.fact(name, &text);
    }

    fn find(&self, key: Key<'_>) -> Option<&Row> {
        let key = key_of(key);
        self.rows.iter().find(|row| row.key() == key)
    }

    /// Writes both forms; the former report moves to `old/`. Gives where it is and what has become worse since then.
    /// A run of only a part is written `beside` it and compared, and takes nothing's place.
    pub(super) fn write(&self, folder: &Path, beside: Option<&str>) -> Result<(PathBuf, Vec<String>)> {
        let (json, markdown) = (folder.join("report.json"), folder.join("report.md"));
        let former = fs::read_to_string(&json).ok();
        let regressions = former.as_deref().map(|text| self.worse_than(text)).unwrap_or_default();
        if let Some(name) = beside {
            let file = folder.join(name).with_extension("md");
            fs::write(&file, self.to_markdown(&regressions))?;
            return Ok((file, regressions));
        }
        if let Some(former) = former {
            let old = folder.join("old");
            fs::create_dir_all(&old)?;
            fs::write(old.join(format!("{}.json", commit_of(&former))), former)?;
        }
        fs::write(&json, serde_json::to_string_pretty(&self.to_json())? + "\n").context("report.json")?;
        fs::write(&markdown, self.to_markdown(&regressions)).context("report.md")?;
        Ok((markdown, regressions))
    }

    fn worse_than(&self, former: &str) -> Vec<String> {
        let former: Value = serde_json::from_str(former).unwrap_or_default();
        let rates: Vec<(&str, u64)> = former
            .get("rows")
            .and_then(Value::as_array)
            .into_iter()
            .flatten()
            .filter_map(|row| Some((row.get("key")?.as_str()?, row.get("rate_per_second")?.as_u64()?)))
            .collect();
        let worse = self.rows.iter().filter_map(|row| {
            let key = row.key();
            let (_, before) = rates.iter().find(|(known, _)| *known == key)?;
            (row.rate * 1000 < before * TOLERATED).then(|| format!("{key}: {}/s, was {before}/s", row.rate))
        });
        worse.collect()
    }

    fn to_json(&self) -> Value {
        let machine = self.machine.iter().map(|(name, value)| ((*name).to_owned(), json!(value)));
        let facts = self.facts.iter().map(|(name, value)| (name.clone(), json!(value)));
        json!({
            "machine": serde_json::Map::from_iter(machine),
            "facts": serde_json::Map::from_iter(facts),
            "rows": self.rows.iter().map(Row::to_json).collect::<Vec<_>>(),
        })
    }

    fn to_markdown(&self, regressions: &[String]) -> String {
        let mut text =
            "# Benchmarks\n\nWritten by `cargo xtask bench`, everything in one run.\n\n".to_owned();
        for (name, value) in &self.machine {
            text.push_str(&format!("- {name}: {value}\n"));
        }
        text.push_str("\n| fact | figure |\n|---|---|\n");
        for (name, value) in &self.facts {
            text.push_str(&format!("| {name} | {value} |\n"));
        }
        text.push_str(
            "\n| server | what | at once | per second | p50 µs | p99 µs | CPU µs each | errors |\n",
        );
        text.push_str("|---|---|--:|--:|--:|--:|--:|--:|\n");
        for row in &self.rows {
            let Row { server, scenario, connections, rate, p50, p99, cpu, errors } = row;
            text.push_str(&format!(
                "| {server} | {scenario} | {connections} | {rate} | {p50} | {p99} | {cpu} | {errors} |\n"
            ));
        }
        if !regressions.is_empty() {
            text.push_str("\nWorse than the report before:\n\n");
            text.extend(regressions.iter().map(|line| format!("- {line}\n")));
        }
        text
    }
}

/// A quotient with two decimals; nothing when there is nothing to divide by.
fn ratio(one: u64, other: u64) -> String {
    match (one * 100).checked_div(other) {
        Some(hundredths) => format!("{}.{:02}", hundredths / 100, hundredths % 100),
        None => "–".to_owned(),
    }
}

/// The commit that a report was made of, as far as it can stand in a file's name.
fn commit_of(report: &str) -> String {
    let report: Value = serde_json::from_str(report).unwrap_or_default();
    let commit = report.pointer("/machine/commit").and_then(Value::as_str).unwrap_or("unknown");
    commit.chars().filter(char::is_ascii_alphanumeric).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn report(rate: u64) -> Report {
        let row = Row {
            server: "sqlite".into(),
            scenario: "home".into(),
            connections: 8,
            rate,
            p50: 1,
            p99: 2,
            cpu: 3,
            errors: 0,
        };
        Report { machine: vec![("commit", "abc".into())], facts: vec![], rows: vec![row] }
    }

    #[test]
    fn a_rate_that_fell_by_more_than_a_fifth_is_named() {
        let former = report(1000).to_json().to_string();
        assert!(report(801).worse_than(&former).is_empty());
        let worse = report(799).worse_than(&former);
        assert_eq!(worse, ["sqlite: home, 8 at once: 799/s, was 1000/s"]);
        assert!(report(1).worse_than("rubbish").is_empty());
    }

    #[test]
    fn comparisons_are_told_as_facts_of_the_same_run() {
        let mut report = report(40);
        let slow = Row { server: "other".into(), rate: 100, p50: 2, p99: 3, ..report.rows[0].clone() };
        report.row(slow);
        let (one, other) = (("sqlite", "home", 8), ("other", "home", 8));
        report.compare_rates("part", one, other);
        report.compare_times("times", other, one);
        report.compare_times("absent", ("none", "home", 8), one);
        let told: Vec<_> = report.facts.iter().map(|(name, value)| (name.as_str(), value.as_str())).collect();
        assert_eq!(told, [("part", "0.40×"), ("times", "2.00× at p50, 1.50× at p99")]);
        assert_eq!(ratio(1, 0), "–");
    }

    #[test]
    fn the_former_report_is_kept_under_its_commit() {
        let folder = std::env::temp_dir().join(format!("jishi-report-{}", std::process::id()));
        fs::create_dir_all(&folder).unwrap();
        report(1).write(&folder, None).unwrap();
        report(2).write(&folder, None).unwrap();
        report(3).write(&folder, Some("quick")).unwrap();
        let old = fs::read_to_string(folder.join("old/abc.json")).unwrap();
        let new = fs::read_to_string(folder.join("report.md")).unwrap();
        fs::remove_dir_all(&folder).unwrap();
        assert!(old.contains("\"rate_per_second\": 1") && new.contains("| sqlite | home | 8 | 2 |"));
    }
}
