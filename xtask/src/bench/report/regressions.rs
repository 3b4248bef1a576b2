//! What has become worse since the report before. Every figure changes a little by chance, small ones by a larger part of
//! themselves: it is named only when it is worse by a share and by an amount.

use super::{
    Report, Row,
    figure::{Figure, Unit},
};
use serde_json::Value;

/// How much worse a figure may be.
struct Tolerance {
    /// So many thousandths of what it was.
    per_mille: u64,
    /// So much beyond what it was.
    amount: u64,
}

/// A rate this far below the former one (per mille) is named.
const RATE: u64 = 800;
/// The slowest hundredth of five seconds, in microseconds: one pause of the machine moves it.
const SLOWEST: Tolerance = Tolerance { per_mille: 1_500, amount: 500 };
/// In kilobytes; the allocator keeps a little more or less.
const MEMORY: Tolerance = Tolerance { per_mille: 1_150, amount: 4 * 1024 };
/// In milliseconds; happens once, so a busy disk is all of it.
const TIME: Tolerance = Tolerance { per_mille: 1_500, amount: 30 };
/// In bytes. What is sent is the same each time; the numbers in it (prices, stock) have more digits or fewer.
const WEIGHT: Tolerance = Tolerance { per_mille: 1_010, amount: 200 };

impl Tolerance {
    const fn is_exceeded(&self, now: u64, before: u64) -> bool {
        now.saturating_mul(1_000) > before.saturating_mul(self.per_mille)
            && now > before.saturating_add(self.amount)
    }
}

/// Everything in a report that is worse than in the former one, which is given as its JSON.
pub(super) fn between(report: &Report, former: &str) -> Vec<String> {
    let former: Value = serde_json::from_str(former).unwrap_or_default();
    let figures = report.facts.iter().filter_map(|fact| Some((fact.name.as_str(), fact.figure?)));
    let figures = figures.filter_map(|(name, figure)| worse_figure(name, figure, &former));
    report.rows.iter().flat_map(|row| worse_row(row, &former)).chain(figures).collect()
}

fn worse_row(row: &Row, former: &Value) -> Vec<String> {
    let key = row.key();
    let before = former.get("rows").and_then(Value::as_array).into_iter().flatten();
    let before = before.into_iter().find(|known| known.get("key").and_then(Value::as_str) == Some(&key));
    let number = |name: &str| before?.get(name)?.as_u64();
    let mut worse = Vec::new();
    if let Some(rate) = number("rate_per_second").filter(|rate| row.rate * 1_000 < rate * RATE) {
        worse.push(format!("{key}: {}/s, was {rate}/s", row.rate));
    }
    if let Some(p99) = number("p99_micros").filter(|p99| SLOWEST.is_exceeded(row.p99, *p99)) {
        worse.push(format!("{key}: p99 {} µs, was {p99} µs", row.p99));
    }
    worse
}

fn worse_figure(name: &str, now: Figure, former: &Value) -> Option<String> {
    let before = former.get("figures")?.get(name)?.as_u64()?;
    let tolerance = match now.unit {
        Unit::Kilobytes => MEMORY,
        Unit::Millis => TIME,
        Unit::Bytes => WEIGHT,
    };
    let was = Figure { value: before, ..now };
    tolerance.is_exceeded(now.value, before).then(|| format!("{name}: {}, was {}", now.text(), was.text()))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn row(rate: u64, p99: u64) -> Report {
        let mut report = Report::new(vec![]);
        report.row(Row {
            server: "sqlite".into(),
            scenario: "home".into(),
            connections: 8,
            rate,
            p99,
            ..Row::default()
        });
        report
    }

    fn figure(figure: Figure) -> Report {
        let mut report = Report::new(vec![]);
        report.figure("it", figure);
        report
    }

    fn worse(now: &Report, before: &Report) -> Vec<String> {
        between(now, &before.to_json().to_string())
    }

    #[test]
    fn a_rate_that_fell_by_more_than_a_fifth_is_named() {
        assert!(worse(&row(800, 0), &row(1000, 0)).is_empty());
        assert_eq!(worse(&row(799, 0), &row(1000, 0)), ["sqlite: home, 8 at once: 799/s, was 1000/s"]);
        assert!(between(&row(1, 9_999), "rubbish").is_empty());
    }

    #[test]
    fn a_slowest_hundredth_that_grew_by_half_is_named_unless_it_is_a_trifle() {
        assert!(worse(&row(1, 3_000), &row(1, 2_000)).is_empty());
        assert_eq!(
            worse(&row(1, 3_001), &row(1, 2_000)),
            ["sqlite: home, 8 at once: p99 3001 µs, was 2000 µs"]
        );
        assert!(worse(&row(1, 700), &row(1, 300)).is_empty());
    }

    #[test]
    fn memory_starts_and_weight_are_compared_each_by_its_own_measure() {
        let verdict = |now, before| worse(&figure(now), &figure(before));
        let memory = |megabytes: u64| Figure::memory(megabytes * 1024);
        assert!(verdict(memory(115), memory(100)).is_empty());
        assert_eq!(verdict(memory(116), memory(100)), ["it: 116.0 MB, was 100.0 MB"]);
        assert!(verdict(memory(14), memory(10)).is_empty());
        let time = |millis| Figure { value: millis, unit: Unit::Millis };
        assert!(verdict(time(66), time(36)).is_empty());
        assert_eq!(verdict(time(67), time(36)), ["it: 67 ms, was 36 ms"]);
        let weight = Figure::weight;
        assert!(verdict(weight(6_570), weight(6_370)).is_empty());
        assert_eq!(verdict(weight(6_571), weight(6_370)), ["it: 6571 bytes, was 6370 bytes"]);
        assert!(
            verdict(weight(1), weight(2)).is_empty() && verdict(weight(101_000), weight(100_000)).is_empty()
        );
    }

    #[test]
    fn what_the_former_report_did_not_measure_is_not_compared() {
        assert!(worse(&figure(Figure::weight(9_999)), &row(1, 1)).is_empty());
        assert!(worse(&row(1, 9_999), &figure(Figure::weight(1))).is_empty());
    }
}
