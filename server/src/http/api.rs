//! The endpoints' edge: what goes into leptos' server functions and what comes out of them.
//!
//! Leptos sends every caller that accepts HTML back to its `Referer`, with errors packed into the address, and
//! answers every error with 500. Neither is wanted here: our own `RequestCx::answer` decides about redirects, so
//! the two headers are taken away before leptos sees them, and errors get their own status after.

use super::facts::Facts;
use super::problem::Problem;
use super::{AppState, facts};
use app::AppError;
use axum::body::{Body, to_bytes};
use axum::extract::{Request, State};
use axum::middleware::Next;
use axum::response::{IntoResponse, Response};
use http::header::{ACCEPT, CONTENT_LENGTH, CONTENT_TYPE, REFERER};
use http::{HeaderName, StatusCode};

/// How leptos tells its own client about errors; ours looks at the status.
const SERVER_FN_ERROR: HeaderName = HeaderName::from_static("serverfnerror");

/// The largest error that a server function can have written.
const MAX_ERROR: usize = 64 * 1024;

/// An endpoint that does not exist.
pub(super) async fn unknown() -> Problem {
    Problem::App(AppError::NotFound)
}

/// Prepares requests to `/api/` and gives their errors the right status.
pub(super) async fn layer(State(state): State<AppState>, request: Request, next: Next) -> Response {
    let (mut parts, body) = request.into_parts();
    if !parts.uri.path().starts_with("/api/") {
        return next.run(Request::from_parts(parts, body)).await;
    }
    if parts.extensions.get::<Facts>().is_none() {
        let facts = facts::Facts::read(&state, &parts);
        parts.extensions.insert(facts);
    }
    parts.headers.remove(ACCEPT);
    parts.headers.remove(REFERER);
    finish(next.run(Request::from_parts(parts, body)).await).await
}

/// A redirect needs no body; a 500 holds our own error.
async fn finish(response: Response) -> Response {
    let status = response.status();
    if status.is_redirection() {
        let (mut parts, _) = response.into_parts();
        parts.headers.remove(CONTENT_TYPE);
        parts.headers.remove(CONTENT_LENGTH);
        parts.headers.remove(SERVER_FN_ERROR);
        return Response::from_parts(parts, Body::empty());
    }
    if status == StatusCode::INTERNAL_SERVER_ERROR && response.extensions().get::<Problem>().is_none() {
        return with_problem(response).await;
    }
    response
}

async fn with_problem(response: Response) -> Response {
    let (mut parts, body) = response.into_parts();
    let bytes = to_bytes(body, MAX_ERROR).await.unwrap_or_default();
    let problem = read_error(&bytes);
    parts.status = problem.status();
    parts.extensions.insert(problem);
    (parts, Body::empty()).into_response()
}

fn read_error(bytes: &[u8]) -> Problem {
    let error = serde_json::from_slice(bytes).unwrap_or(AppError::Internal(String::new()));
    Problem::App(error)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_error_of_a_server_function_gets_its_own_status() {
        let status = |json: &str| read_error(json.as_bytes()).status().as_u16();
        assert_eq!(status(r#"{"error":"invalid","detail":[]}"#), 422);
        assert_eq!(status(r#"{"error":"rate_limited","detail":7}"#), 429);
        assert_eq!(status(r#"{"error":"conflict","detail":"sold_out"}"#), 409);
        assert_eq!(status("a database text"), 500);
    }
}
