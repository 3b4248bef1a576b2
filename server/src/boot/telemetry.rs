//! Log lines on stderr and figures for `/metrics`. Neither holds personal data.

use super::settings::{LogFormat, Settings};
use metrics_exporter_prometheus::{Matcher, PrometheusBuilder, PrometheusHandle};
use std::io::IsTerminal;
use std::sync::OnceLock;
use std::time::Duration;
use tracing_subscriber::EnvFilter;

/// Bounds of the latency histogram, in seconds.
const LATENCY: [f64; 12] = [0.001, 0.002, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1.0, 5.0, 20.0];

/// Starts writing log lines.
pub fn start(settings: &Settings) {
    let filter = EnvFilter::try_new(&settings.log).unwrap_or_else(|_| EnvFilter::new("info"));
    let lines = tracing_subscriber::fmt()
        .with_env_filter(filter)
        .with_writer(std::io::stderr)
        .with_ansi(std::io::stderr().is_terminal());
    // A second start (tests) keeps the first one.
    let _ = match settings.log_format {
        LogFormat::Text => lines.try_init(),
        LogFormat::Json => lines.json().flatten_event(true).try_init(),
    };
}

/// The figures of this process; the first call begins to count.
pub fn metrics() -> &'static PrometheusHandle {
    static HANDLE: OnceLock<PrometheusHandle> = OnceLock::new();
    HANDLE.get_or_init(|| {
        let duration = Matcher::Full("http_request_duration_seconds".to_owned());
        let builder = PrometheusBuilder::new();
        let builder =
            builder.set_buckets_for_metric(duration, &LATENCY).unwrap_or_else(|_| PrometheusBuilder::new());
        let recorder = builder.build_recorder();
        let handle = recorder.handle();
        // Another recorder can only be there in a test that installs its own.
        let _ = metrics::set_global_recorder(recorder);
        describe();
        handle
    })
}

fn describe() {
    metrics::describe_counter!("http_requests_total", "Requests by method, route pattern and status");
    metrics::describe_histogram!(
        "http_request_duration_seconds",
        "Time until the head of the answer, by route pattern"
    );
    metrics::describe_gauge!("jishi_ready", "1 when the part is there, as in /readyz");
    metrics::describe_gauge!("db_connections", "Connections to the database by pool, idle or busy");
    metrics::describe_gauge!(
        "jobs",
        "Events that wait for dispatch, jobs that are ready, jobs that were given up"
    );
    metrics::describe_counter!(
        "kept_pages_total",
        "Answers from finished pages: found, or made for this request"
    );
    metrics::describe_gauge!("kept_pages", "Finished pages in memory");
    metrics::describe_gauge!("kept_pages_kilobytes", "Memory that they take, about");
    metrics::describe_gauge!("http_requests_in_flight", "Requests that are being worked on");
}

/// Keeps the figures small: what was recorded is folded into its buckets from time to time.
pub async fn keep_small() {
    let mut tick = tokio::time::interval(Duration::from_secs(5));
    loop {
        tick.tick().await;
        metrics().run_upkeep();
    }
}
