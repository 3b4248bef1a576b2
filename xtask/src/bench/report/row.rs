//! One measurement: a scenario on a server with so many visitors.

use crate::bench::load::Measured;
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
