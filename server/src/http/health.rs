//! For machines that watch over this one: `/healthz`, `/readyz`, `/metrics`. No guard stands before them, so that
//! a full shop still answers.

use super::AppState;
use crate::boot::telemetry;
use crate::db::PoolFigures;
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

/// What the parts behind the requests have to do.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Load {
    /// Connections to the database.
    pub pools: Vec<PoolFigures>,
    /// `(state, how many)`: `event_waiting`, `ready`, `dead`. Empty when the database does not answer.
    pub jobs: Vec<(&'static str, i64)>,
}

/// Looks whether this server can do its work.
#[async_trait]
pub trait Readiness: Send + Sync {
    /// Looks now.
    async fn read(&self) -> Readings;
    /// Counts what there is to do, for the figures.
    async fn load(&self) -> Load;
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
    tell(&state.readiness.load().await);
    state.kept.tell();
    let kind = [(CONTENT_TYPE, "text/plain; version=0.0.4; charset=utf-8")];
    (NO_STORE, kind, telemetry::metrics().render()).into_response()
}

fn tell(load: &Load) {
    for pool in &load.pools {
        let idle = u32::try_from(pool.idle).unwrap_or(u32::MAX).min(pool.size);
        metrics::gauge!("db_connections", "pool" => pool.name, "state" => "idle").set(idle);
        metrics::gauge!("db_connections", "pool" => pool.name, "state" => "busy").set(pool.size - idle);
    }
    for (status, count) in &load.jobs {
        // Counts of rows stay far below 2^53, where a gauge would begin to round.
        metrics::gauge!("jobs", "status" => *status).set(i32::try_from(*count).unwrap_or(i32::MAX));
    }
}

const NO_STORE: [(http::HeaderName, &str); 1] = [(CACHE_CONTROL, "no-store")];
