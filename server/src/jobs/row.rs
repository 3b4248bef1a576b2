//! Rows of the outbox and the jobs table.

use sqlx::types::Json;
use uuid::Uuid;

/// An event that was committed with its cause.
#[derive(Debug, Clone, sqlx::FromRow)]
pub struct OutboxRow {
    /// Ordered by time.
    pub id: Uuid,
    /// What kind of thing happened.
    pub topic: String,
    /// To what: an internal id.
    pub subject: String,
    /// More about it.
    pub payload: Json<serde_json::Value>,
    /// Microseconds.
    pub created_at: i64,
}

/// An event to be written.
#[derive(Debug, Clone)]
pub struct NewEvent<'a> {
    /// Ordered by time.
    pub id: Uuid,
    /// What kind of thing happened.
    pub topic: &'static str,
    /// To what: an internal id.
    pub subject: &'a str,
    /// More about it.
    pub payload: &'a serde_json::Value,
    /// Microseconds.
    pub created_at: i64,
}

/// A job that was claimed.
#[derive(Debug, Clone, sqlx::FromRow)]
pub struct JobRow {
    /// Its id.
    pub id: Uuid,
    /// Which handler runs it.
    pub kind: String,
    /// For the handler.
    pub payload: Json<serde_json::Value>,
    /// Tries so far, this one included.
    pub attempts: i64,
    /// Due since; microseconds.
    pub run_at: i64,
}

impl JobRow {
    /// What the event was about.
    #[must_use]
    pub fn subject(&self) -> &str {
        self.payload.get("subject").and_then(serde_json::Value::as_str).unwrap_or_default()
    }
}

/// A job to be.
#[derive(Debug, Clone)]
pub struct NewJob {
    /// Its id.
    pub id: Uuid,
    /// Which handler runs it.
    pub kind: &'static str,
    /// Two jobs with one key are one job.
    pub dedupe_key: String,
    /// For the handler.
    pub payload: serde_json::Value,
    /// Not before; microseconds.
    pub run_at: i64,
}
