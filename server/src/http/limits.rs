//! How much of anything is let through: length of addresses and headers, size of forms, time, requests at once.

use super::AppState;
use super::problem::Problem;
use axum::body::{Body, to_bytes};
use axum::extract::{Request, State};
use axum::middleware::Next;
use axum::response::{IntoResponse, Response};
use http::header::CONTENT_LENGTH;
use http::request::Parts;
use std::sync::Arc;
use std::time::Duration;
use tokio::sync::Semaphore;

/// The limits of one server.
#[derive(Debug, Clone)]
pub struct Limits {
    /// The longest address with its query, in bytes.
    pub address: usize,
    /// All header names and values together, in bytes.
    pub headers: usize,
    /// The largest body, in bytes.
    pub body: usize,
    /// How long an answer may take.
    pub time: Duration,
    /// Requests that are worked on at the same moment; more are turned away at once.
    pub at_once: Arc<Semaphore>,
}

impl Default for Limits {
    fn default() -> Self {
        Self {
            address: 8 * 1024,
            headers: 32 * 1024,
            body: 256 * 1024,
            time: Duration::from_secs(20),
            at_once: Arc::new(Semaphore::new(512)),
        }
    }
}

/// Applies the limits. The body is read whole here, so that a form that is too large is told as such.
pub(super) async fn layer(State(state): State<AppState>, request: Request, next: Next) -> Response {
    match guarded(&state.limits, request, next).await {
        Ok(response) => response,
        Err(problem) => problem.into_response(),
    }
}

async fn guarded(limits: &Limits, request: Request, next: Next) -> Result<Response, Problem> {
    let (parts, body) = request.into_parts();
    check_head(limits, &parts)?;
    let _place = limits.at_once.try_acquire().map_err(|_| Problem::Overloaded)?;
    let answer = async {
        let body = read_body(limits, &parts, body).await?;
        Ok(next.run(Request::from_parts(parts, body)).await)
    };
    tokio::time::timeout(limits.time, answer).await.map_err(|_| Problem::TimedOut)?
}

fn check_head(limits: &Limits, parts: &Parts) -> Result<(), Problem> {
    let address = parts.uri.path_and_query().map_or(0, |path| path.as_str().len());
    if address > limits.address {
        return Err(Problem::AddressTooLong);
    }
    let headers: usize = parts.headers.iter().map(|(name, value)| name.as_str().len() + value.len()).sum();
    if headers > limits.headers { Err(Problem::HeadersTooLarge) } else { Ok(()) }
}

async fn read_body(limits: &Limits, parts: &Parts, body: Body) -> Result<Body, Problem> {
    let announced =
        parts.headers.get(CONTENT_LENGTH).and_then(|length| length.to_str().ok()?.parse::<usize>().ok());
    if announced.is_some_and(|length| length > limits.body) {
        return Err(Problem::BodyTooLarge);
    }
    if axum::body::HttpBody::is_end_stream(&body) {
        return Ok(body);
    }
    match to_bytes(body, limits.body).await {
        Ok(bytes) => Ok(Body::from(bytes)),
        Err(error) => Err(unreadable(&error)),
    }
}

/// A body that ends early is the caller's connection; one that does not end is too large.
fn unreadable(error: &axum::Error) -> Problem {
    let mut cause: Option<&dyn std::error::Error> = Some(error);
    while let Some(current) = cause {
        if current.is::<http_body_util::LengthLimitError>() {
            return Problem::BodyTooLarge;
        }
        cause = current.source();
    }
    Problem::App(app::AppError::BadRequest)
}
