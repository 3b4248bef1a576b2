//! The report: Markdown for people, JSON for the comparison with the one before.

mod figure;
mod markdown;
mod regressions;
mod row;

pub(super) use figure::Figure;
pub(super) use row::{Key, Row};

use anyhow::{Context, Result};
use row::key_of;
use serde_json::{Map, Value, json};
use std::{
    fs,
    path::{Path, PathBuf},
};

/// Something that is told once.
#[derive(Debug)]
struct Fact {
    name: String,
    text: String,
    /// What the next report is compared with.
    figure: Option<Figure>,
}

/// How much of everything a report holds.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Extent {
    Whole,
    Part,
}

/// Everything that was measured in one run.
#[derive(Debug)]
pub(super) struct Report {
    machine: Vec<(&'static str, String)>,
    facts: Vec<Fact>,
    rows: Vec<Row>,
}

impl Report {
    pub(super) fn new(machine: Vec<(&'static str, String)>) -> Self {
        Self { machine, facts: Vec::new(), rows: Vec::new() }
    }

    /// Something to know, which is compared with nothing.
    pub(super) fn fact(&mut self, name: &str, text: &str) {
        self.facts.push(Fact { name: name.to_owned(), text: text.to_owned(), figure: None });
    }

    /// A figure that must not become worse without being noticed.
    pub(super) fn figure(&mut self, name: &str, figure: Figure) {
        self.figure_with(name, figure, &figure.text());
    }

    /// The same with more to say about it.
    pub(super) fn figure_with(&mut self, name: &str, figure: Figure, text: &str) {
        self.facts.push(Fact { name: name.to_owned(), text: text.to_owned(), figure: Some(figure) });
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

    pub(super) fn find(&self, key: Key<'_>) -> Option<&Row> {
        let key = key_of(key);
        self.rows.iter().find(|row| row.key() == key)
    }

    /// The figure of this name.
    pub(super) fn value(&self, name: &str) -> Option<u64> {
        let fact = self.facts.iter().find(|fact| fact.name == name)?;
        Some(fact.figure?.value)
    }

    /// Writes both forms; the former report moves to `old/`. Gives where it is and what has become worse since then.
    /// A run of only a part is written `beside` it and compared, and takes nothing's place.
    pub(super) fn write(&self, folder: &Path, beside: Option<&str>) -> Result<(PathBuf, Vec<String>)> {
        let (json, markdown) = (folder.join("report.json"), folder.join("report.md"));
        let former = fs::read_to_string(&json).ok();
        let worse = former.as_deref().map(|text| regressions::between(self, text)).unwrap_or_default();
        if let Some(name) = beside {
            let file = folder.join(name).with_extension("md");
            fs::write(&file, markdown::of(self, &worse, Extent::Part))?;
            return Ok((file, worse));
        }
        if let Some(former) = former {
            let old = folder.join("old");
            fs::create_dir_all(&old)?;
            fs::write(old.join(format!("{}.json", commit_of(&former))), former)?;
        }
        fs::write(&json, serde_json::to_string_pretty(&self.to_json())? + "\n").context("report.json")?;
        fs::write(&markdown, markdown::of(self, &worse, Extent::Whole)).context("report.md")?;
        Ok((markdown, worse))
    }

    fn to_json(&self) -> Value {
        let machine = self.machine.iter().map(|(name, value)| ((*name).to_owned(), json!(value)));
        let facts = self.facts.iter().map(|fact| (fact.name.clone(), json!(fact.text)));
        let figures =
            self.facts.iter().filter_map(|fact| Some((fact.name.clone(), json!(fact.figure?.value))));
        json!({
            "machine": Map::from_iter(machine),
            "facts": Map::from_iter(facts),
            "figures": Map::from_iter(figures),
            "rows": self.rows.iter().map(Row::to_json).collect::<Vec<_>>(),
        })
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
        let (server, scenario) = ("sqlite".into(), "home".into());
        let row = Row { server, scenario, connections: 8, rate, p50: 1, p99: 2, cpu: 3, errors: 0 };
        Report { machine: vec![("commit", "abc".into())], facts: vec![], rows: vec![row] }
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
        let told: Vec<_> = report.facts.iter().map(|fact| (fact.name.as_str(), fact.text.as_str())).collect();
        assert_eq!(told, [("part", "0.40×"), ("times", "2.00× at p50, 1.50× at p99")]);
        assert_eq!(ratio(1, 0), "–");
    }

    #[test]
    fn a_figure_is_kept_as_a_number_and_told_as_a_text() {
        let mut report = report(1);
        report.figure_with("page", Figure::weight(9), "9 bytes, all of them small");
        report.fact("part", "0.40×");
        assert_eq!((report.value("page"), report.value("part"), report.value("none")), (Some(9), None, None));
        let json = report.to_json();
        assert_eq!(json.pointer("/figures"), Some(&json!({ "page": 9 })));
        assert_eq!(json.pointer("/facts/page"), Some(&json!("9 bytes, all of them small")));
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
