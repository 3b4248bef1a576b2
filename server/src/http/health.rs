//! For machines that watch over this one: `/healthz`, `/readyz`, `/metrics`. No guard stands before them, so that
//! a full shop still answers.

use super::AppState;
use crate::boot::telemetry;
use async_trait::async_trait;
use axum::extract::State;
use axum::response::{IntoResponse, Response};
use axum::routing::get;
use axum::{Json, Router};
use http::StatusCode;
use http::header::{CACHE_CONTROL, CONTENT_TYPE};
use serde::Serialize;

/// Whether the parts that a request needs are there.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
pub struct Readings {
    /// The database answers.
    pub database: bool,
    /// Its schema is the one that this program knows.
    pub migrations: bool,
    /// The worker has been at work lately.
    pub jobs: bool,
}

impl Readings {
    /// True when everything is there.
    #[must_use]
    pub const fn is_ready(self) -> bool {
        self.database && self.migrations && self.jobs
    }
}

/// Looks whether this server can do its work.
#[async_trait]
pub trait Readiness: Send + Sync {
    /// Looks now.
    async fn read(&self) -> Readings;
}

/// The routes, to be added outside of the guards.
pub(super) fn routes() -> Router<AppState> {
    Router::new().route("/healthz", get(alive)).route("/readyz", get(ready)).route("/metrics", get(figures))
}

/// The process answers: nothing more is said.
async fn alive() -> Response {
    (NO_STORE, "ok\n").into_response()
}

async fn ready(State(state): State<AppState>) -> Response {
    let readings = state.readiness.read().await;
    let status = if readings.is_ready() { StatusCode::OK } else { StatusCode::SERVICE_UNAVAILABLE };
    let body = serde_json::json!({ "ready": readings.is_ready(), "checks": readings });
    (status, NO_STORE, Json(body)).into_response()
}

async fn figures(State(state): State<AppState>) -> Response {
    let readings = state.readiness.read().await;
    let parts =
        [("database", readings.database), ("migrations", readings.migrations), ("jobs", readings.jobs)];
    for (part, is_there) in parts {
        metrics::gauge!("jishi_ready", "part" => part).set(u8::from(is_there));
    }
    let kind = [(CONTENT_TYPE, "text/plain; version=0.0.4; charset=utf-8")];
    (NO_STORE, kind, telemetry::metrics().render()).into_response()
}

const NO_STORE: [(http::HeaderName, &str); 1] = [(CACHE_CONTROL, "no-store")];
