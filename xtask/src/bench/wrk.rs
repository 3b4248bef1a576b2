//! wrk, a client that costs less than a page does. Our own visitors can everything (cookies, forms, carts), which takes
//! them longer for a request than a static file server takes for its answer: beside that one, wrk asks.

use super::report::Row;
use super::server::Server;
use crate::{process::Program, setup};
use anyhow::{Context, Result};
use std::path::PathBuf;
use std::time::Duration;

/// Where it is installed.
pub(super) fn find() -> Option<PathBuf> {
    setup::find_program("wrk")
}

/// Lets wrk ask for one page on so many connections, with one thread, for a time of whole seconds.
pub(super) fn run(
    wrk: &PathBuf,
    server: &Server,
    (path, scenario): (&str, &str),
    connections: u64,
    time: Duration,
) -> Result<Row> {
    let cpu = server.cpu_time()?;
    let (seconds, url) = (time.as_secs().max(1), format!("http://{}{path}", server.address()));
    let words = ["-t1", &format!("-c{connections}"), &format!("-d{seconds}s"), "--latency"];
    let told = Program::new(wrk).args(words).args(["-H", "Accept: text/html", &url]).read()?;
    let cpu = server.cpu_time()?.saturating_sub(cpu);
    let told =
        Told::parse(&told).with_context(|| format!("wrk told something else than expected:\n{told}"))?;
    Ok(Row {
        server: server.name().to_owned(),
        scenario: scenario.to_owned(),
        connections,
        rate: told.rate,
        p50: told.p50,
        p99: told.p99,
        cpu: u64::try_from(cpu.as_micros()).unwrap_or(u64::MAX) / told.requests.max(1),
        errors: told.errors,
    })
}

/// What wrk says at its end; times in microseconds.
#[derive(Debug, PartialEq, Eq)]
struct Told {
    requests: u64,
    rate: u64,
    p50: u64,
    p99: u64,
    errors: u64,
}

impl Told {
    fn parse(text: &str) -> Option<Self> {
        let after = |name: &str| text.lines().find_map(|line| line.trim().strip_prefix(name)).map(str::trim);
        let requests = text.lines().find_map(|line| line.trim().split_once(" requests in "))?.0;
        let rate = after("Requests/sec:")?.split('.').next()?;
        let refused = after("Non-2xx or 3xx responses:").map_or(Some(0), |count| count.parse().ok())?;
        // "connect 0, read 3, write 0, timeout 0"
        let broken = after("Socket errors:").map(|errors| {
            errors
                .split(|letter: char| !letter.is_ascii_digit())
                .filter_map(|number| number.parse::<u64>().ok())
        });
        Some(Self {
            requests: requests.parse().ok()?,
            rate: rate.parse().ok()?,
            p50: micros(after("50%")?)?,
            p99: micros(after("99%")?)?,
            errors: refused + broken.map_or(0, Iterator::sum),
        })
    }
}

/// `104.00us`, `1.02ms`, `1.50s`.
fn micros(text: &str) -> Option<u64> {
    let (number, unit) = text.split_at(text.find(|letter: char| letter.is_ascii_alphabetic())?);
    let factor = match unit {
        "us" => 1,
        "ms" => 1_000,
        "s" => 1_000_000,
        _ => return None,
    };
    let (whole, hundredths) = number.split_once('.')?;
    let hundredths: u64 = format!("{hundredths:0<2}").parse().ok()?;
    Some(whole.parse::<u64>().ok()? * factor + hundredths * factor / 100)
}

#[cfg(test)]
mod tests {
    use super::*;

    const TEXT: &str = "Running 1s test @ http://127.0.0.1:1/en
  1 threads and 8 connections
  Thread Stats   Avg      Stdev     Max   +/- Stdev
    Latency   171.16us  288.80us   6.32ms   93.50%
  Latency Distribution
     50%   90.00us
     75%  150.00us
     99%    1.42ms
  61440 requests in 1.00s, 1.97GB read
Requests/sec:  61398.77
Transfer/sec:      1.97GB
";

    #[test]
    fn rate_times_and_number_are_read_off_what_wrk_says() {
        let told = Told { requests: 61_440, rate: 61_398, p50: 90, p99: 1_420, errors: 0 };
        assert_eq!(Told::parse(TEXT), Some(told));
        assert_eq!(Told::parse("unable to connect"), None);
    }

    #[test]
    fn refused_and_broken_requests_are_errors() {
        let text = format!(
            "{TEXT}  Socket errors: connect 1, read 2, write 0, timeout 4\n  Non-2xx or 3xx responses: 30\n"
        );
        assert_eq!(Told::parse(&text).map(|told| told.errors), Some(37));
    }

    #[test]
    fn times_are_told_in_three_units() {
        assert_eq!(["104.00us", "1.02ms", "1.50s"].map(micros), [Some(104), Some(1_020), Some(1_500_000)]);
        assert_eq!(["7", "7.0m", "us"].map(micros), [None, None, None]);
    }
}
