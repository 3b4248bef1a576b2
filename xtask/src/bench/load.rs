//! Visitors that do one thing again and again, each on a connection of its own, each waiting for its answer.

use super::{scenario::Scenario, server::Server, visitor::Visitor};
use anyhow::{Context, Result};
use std::time::{Duration, Instant};
use tokio::task::JoinSet;

/// However long the preparations took, it is measured for so long.
const LEAST: Duration = Duration::from_millis(500);

/// What a load has shown.
#[derive(Debug, Default)]
pub(super) struct Measured {
    /// Time of each success in microseconds, sorted.
    micros: Vec<u64>,
    pub(super) errors: usize,
    first_error: Option<String>,
    elapsed: Duration,
    /// Processor time of the server.
    cpu: Duration,
}

/// Lets `connections` visitors do it for a time.
pub(super) async fn run(
    server: &Server,
    scenario: Scenario,
    connections: u64,
    time: Duration,
) -> Result<Measured> {
    let (cpu, start) = (server.cpu_time()?, Instant::now());
    let mut visitors = JoinSet::new();
    for _ in 0..connections {
        visitors.spawn(visit(server.address().to_owned(), server.product.clone(), scenario, start + time));
    }
    let mut all = Measured::default();
    while let Some(one) = visitors.join_next().await {
        let one = one.context("a visitor broke down")?;
        all.micros.extend(one.micros);
        all.errors += one.errors;
        all.first_error = all.first_error.or(one.first_error);
    }
    all.micros.sort_unstable();
    all.elapsed = start.elapsed();
    all.cpu = server.cpu_time()?.saturating_sub(cpu);
    Ok(all)
}

async fn visit(address: String, product: String, scenario: Scenario, end: Instant) -> Measured {
    let mut seen = Measured::default();
    let mut visitor = arrive(&address, scenario).await;
    // What preparing took is not measured.
    let end = end.max(Instant::now() + LEAST);
    while Instant::now() < end {
        let start = Instant::now();
        let done = match &mut visitor {
            Ok(visitor) => {
                visitor.product.clone_from(&product);
                scenario.once(visitor).await
            }
            Err(error) => Err(anyhow::anyhow!("{error:#}")),
        };
        match done {
            Ok(()) => seen.micros.push(start.elapsed().as_micros().try_into().unwrap_or(u64::MAX)),
            Err(error) => {
                seen.errors += 1;
                seen.first_error.get_or_insert_with(|| format!("{error:#}"));
                visitor = arrive(&address, scenario).await;
            }
        }
    }
    seen
}

/// A visitor at the point where the scenario begins.
async fn arrive(address: &str, scenario: Scenario) -> Result<Visitor> {
    let mut visitor = Visitor::connect(address).await?;
    scenario.prepare(&mut visitor).await?;
    Ok(visitor)
}

impl Measured {
    /// Both together: what was measured in turns with something else.
    pub(super) fn and(mut self, other: Self) -> Self {
        self.micros.extend(other.micros);
        self.micros.sort_unstable();
        self.errors += other.errors;
        self.first_error = self.first_error.or(other.first_error);
        self.elapsed += other.elapsed;
        self.cpu += other.cpu;
        self
    }

    /// Successes a second.
    pub(super) fn rate(&self) -> u64 {
        let millis = u64::try_from(self.elapsed.as_millis()).unwrap_or(u64::MAX).max(1);
        (self.micros.len() as u64).saturating_mul(1000) / millis
    }

    /// The time that `per_mille` of the successes stayed below, in microseconds.
    pub(super) fn quantile(&self, per_mille: usize) -> u64 {
        let at = (self.micros.len() * per_mille / 1000).min(self.micros.len().saturating_sub(1));
        self.micros.get(at).copied().unwrap_or(0)
    }

    /// The server's processor time for one of them, in microseconds.
    pub(super) fn cpu_each(&self) -> u64 {
        let cpu = u64::try_from(self.cpu.as_micros()).unwrap_or(u64::MAX);
        cpu / (self.micros.len() as u64).max(1)
    }

    /// In one line, for a person who waits.
    pub(super) fn line(&self) -> String {
        let (rate, p50, p99) = (self.rate(), self.quantile(500), self.quantile(990));
        let errors = match &self.first_error {
            None => String::new(),
            Some(first) => format!(", {} errors, the first: {first}", self.errors),
        };
        format!("{rate}/s, p50 {p50} µs, p99 {p99} µs, {} µs of CPU each{errors}", self.cpu_each())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn quantiles_are_taken_from_the_sorted_times() {
        let measured = Measured { micros: (1..=1000).collect(), ..Measured::default() };
        assert_eq!(
            (measured.quantile(500), measured.quantile(990), measured.quantile(1000)),
            (501, 991, 1000)
        );
        assert_eq!(Measured::default().quantile(990), 0);
    }

    #[test]
    fn rates_and_costs_are_per_success() {
        let (elapsed, cpu) = (Duration::from_secs(2), Duration::from_millis(100));
        let measured = Measured { micros: vec![5; 200], elapsed, cpu, ..Measured::default() };
        assert_eq!((measured.rate(), measured.cpu_each()), (100, 500));
    }

    #[test]
    fn what_was_measured_in_turns_counts_as_one_measurement() {
        let turn = |micros: &[u64]| Measured {
            micros: micros.to_vec(),
            errors: 1,
            elapsed: Duration::from_secs(1),
            cpu: Duration::from_millis(3),
            ..Measured::default()
        };
        let both = turn(&[2, 9]).and(turn(&[1, 3, 4, 5]));
        assert_eq!((both.rate(), both.errors, both.cpu_each()), (3, 2, 1_000));
        assert_eq!((both.quantile(0), both.quantile(1000)), (1, 9));
    }
}
