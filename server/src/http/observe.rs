//! One id, one log line and a few figures per request. No address, no query, no header reaches the log.

use super::AppState;
use super::facts::Facts;
use axum::extract::{MatchedPath, Request, State};
use axum::middleware::Next;
use axum::response::Response;
use http::{HeaderName, HeaderValue, Method};
use metrics::{Gauge, counter, gauge, histogram};
use std::time::{Duration, Instant};
use tracing::Instrument;

const REQUEST_ID: HeaderName = HeaderName::from_static("x-request-id");

/// Machines that ask every few seconds would fill the log.
const WATCHERS: [&str; 3] = ["/healthz", "/readyz", "/metrics"];

/// Makes the request's facts, counts it and writes its line when the answer's head is ready.
pub(super) async fn layer(State(state): State<AppState>, request: Request, next: Next) -> Response {
    let (mut parts, body) = request.into_parts();
    let facts = Facts::read(&state, &parts);
    let (id, method) = (facts.id.clone(), method_name(&parts.method));
    let route = parts.extensions.get::<MatchedPath>().cloned();
    parts.extensions.insert(facts);
    let _in_flight = InFlight::begin();
    let start = Instant::now();
    let span = tracing::info_span!("request", id = &*id);
    let mut response = next.run(Request::from_parts(parts, body)).instrument(span).await;
    let line = Line { method, route: route.as_ref().map_or("(other)", MatchedPath::as_str), id: &id };
    line.write(response.status().as_u16(), start.elapsed());
    if let Ok(value) = HeaderValue::try_from(&*id) {
        response.headers_mut().insert(REQUEST_ID, value);
    }
    response
}

/// What is said about a request. The route is its pattern, never the path itself.
struct Line<'a> {
    method: &'static str,
    route: &'a str,
    id: &'a str,
}

impl Line<'_> {
    fn write(&self, status: u16, elapsed: Duration) {
        let (method, route, id) = (self.method, self.route, self.id);
        let ms = u64::try_from(elapsed.as_millis()).unwrap_or(u64::MAX);
        if status >= 500 {
            tracing::error!(target: "jishi::http", method, route, status, ms, id, "request");
        } else if WATCHERS.contains(&route) {
            tracing::debug!(target: "jishi::http", method, route, status, ms, id, "request");
        } else {
            tracing::info!(target: "jishi::http", method, route, status, ms, id, "request");
        }
        let status = status.to_string();
        let requests = counter!("http_requests_total", "method" => method, "route" => route.to_owned(), "status" => status);
        requests.increment(1);
        histogram!("http_request_duration_seconds", "route" => route.to_owned())
            .record(elapsed.as_secs_f64());
    }
}

/// A method's name; strangers' inventions count as one, so that they cannot fill the memory with labels.
fn method_name(method: &Method) -> &'static str {
    match *method {
        Method::GET => "GET",
        Method::HEAD => "HEAD",
        Method::POST => "POST",
        Method::PUT => "PUT",
        Method::PATCH => "PATCH",
        Method::DELETE => "DELETE",
        Method::OPTIONS => "OPTIONS",
        _ => "other",
    }
}

/// Counts requests that are being worked on, also those whose caller goes away.
struct InFlight(Gauge);

impl InFlight {
    fn begin() -> Self {
        let gauge = gauge!("http_requests_in_flight");
        gauge.increment(1);
        Self(gauge)
    }
}

impl Drop for InFlight {
    fn drop(&mut self) {
        self.0.decrement(1);
    }
}
