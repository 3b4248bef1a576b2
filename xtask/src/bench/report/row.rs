//! One measurement: a scenario on a server with so many visitors.

use crate::bench::load::Measured;
use crate::bench::middle;
use serde_json::{Value, json};

/// What tells one measurement from another: server, scenario, connections.
pub(in crate::bench) type Key<'a> = (&'a str, &'a str, u64);

/// Times are in microseconds.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(in crate::bench) struct Row {
    pub(in crate::bench) server: String,
    pub(in crate::bench) scenario: String,
    pub(in crate::bench) connections: u64,
    /// Successes a second.
    pub(in crate::bench) rate: u64,
    pub(in crate::bench) p50: u64,
    /// The slowest hundredth.
    pub(in crate::bench) p99: u64,
    /// The server's processor time for each success.
    pub(in crate::bench) cpu: u64,
    pub(in crate::bench) errors: u64,
}

impl Row {
    pub(in crate::bench) fn new(server: &str, scenario: &str, connections: u64, measured: &Measured) -> Self {
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

    /// The middle of several measurements of the same, figure by figure; all their errors.
    pub(in crate::bench) fn middle(rows: &[Self]) -> Option<Self> {
        let middle = |figure: fn(&Self) -> u64| middle(rows.iter().map(figure));
        Some(Self {
            rate: middle(|row| row.rate)?,
            p50: middle(|row| row.p50)?,
            p99: middle(|row| row.p99)?,
            cpu: middle(|row| row.cpu)?,
            errors: rows.iter().map(|row| row.errors).sum(),
            ..rows.first()?.clone()
        })
    }

    pub(super) fn key(&self) -> String {
        key_of((&self.server, &self.scenario, self.connections))
    }

    /// Rate, times, costs and errors as cells of a table.
    pub(in crate::bench) fn in_short(&self) -> String {
        format!("{} | {} | {} | {} | {}", self.rate, self.p50, self.p99, self.cpu, self.errors)
    }

    pub(super) fn to_json(&self) -> Value {
        json!({
            "key": self.key(), "rate_per_second": self.rate, "p50_micros": self.p50, "p99_micros": self.p99,
            "cpu_micros": self.cpu, "errors": self.errors,
        })
    }
}

pub(super) fn key_of((server, scenario, connections): Key<'_>) -> String {
    format!("{server}: {scenario}, {connections} at once")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_middle_of_measurements_is_taken_figure_by_figure_and_no_error_is_forgotten() {
        let row = |rate, p99, errors| Row { rate, p99, errors, server: "shop".into(), ..Row::default() };
        let middle = Row::middle(&[row(9, 30, 1), row(1, 10, 0), row(5, 20, 2)]);
        assert_eq!(middle, Some(row(5, 20, 3)));
        assert_eq!(Row::middle(&[]), None);
    }
}
