//! SQL of the outbox and the jobs table.

use super::Connection;
use crate::jobs::row::NewJob;
use sqlx::QueryBuilder;
use sqlx::types::Json;
use uuid::Uuid;

/// Whether an event waits to be handed to its jobs.
pub async fn has_events(c: &mut Connection) -> sqlx::Result<bool> {
    sqlx::query_scalar("SELECT EXISTS (SELECT 1 FROM outbox WHERE dispatched_at IS NULL)").fetch_one(c).await
}

/// Whether a job is due.
pub async fn has_due_jobs(c: &mut Connection, now: i64) -> sqlx::Result<bool> {
    sqlx::query_scalar(
        "SELECT EXISTS (SELECT 1 FROM job \
         WHERE status = 'ready' AND run_at <= $1 AND (locked_until IS NULL OR locked_until <= $1))",
    )
    .bind(now)
    .fetch_one(c)
    .await
}

/// Marks events as handed to their jobs. There is at least one.
pub async fn mark_dispatched(c: &mut Connection, ids: &[Uuid], now: i64) -> sqlx::Result<()> {
    let mut query = QueryBuilder::<super::Db>::new("UPDATE outbox SET dispatched_at = ");
    query.push_bind(now).push(" WHERE dispatched_at IS NULL AND ");
    push_ids(&mut query, ids);
    query.build().execute(c).await.map(drop)
}

/// Writes jobs, but none whose key exists. Gives how many are new. There is at least one.
pub async fn insert_jobs(c: &mut Connection, jobs: &[NewJob], now: i64) -> sqlx::Result<u64> {
    let mut query = QueryBuilder::<super::Db>::new(
        "INSERT INTO job (id, kind, dedupe_key, payload, status, run_at, attempts, created_at) ",
    );
    query.push_values(jobs, |mut values, job| {
        values.push_bind(job.id).push_bind(job.kind).push_bind(job.dedupe_key.clone());
        values.push_bind(Json(job.payload.clone())).push("'ready'");
        values.push_bind(job.run_at).push("0").push_bind(now);
    });
    query.push(" ON CONFLICT (dedupe_key) DO NOTHING");
    query.build().execute(c).await.map(|done| done.rows_affected())
}

/// Ends jobs as done. There is at least one.
pub async fn finish_jobs(c: &mut Connection, ids: &[Uuid], now: i64) -> sqlx::Result<()> {
    let mut query = QueryBuilder::<super::Db>::new(
        "UPDATE job SET status = 'done', locked_until = NULL, last_error = NULL, finished_at = ",
    );
    query.push_bind(now).push(" WHERE ");
    push_ids(&mut query, ids);
    query.build().execute(c).await.map(drop)
}

/// Gives back claimed jobs that were not begun, without counting a try. There is at least one.
pub async fn put_back_jobs(c: &mut Connection, ids: &[Uuid]) -> sqlx::Result<()> {
    let mut query = QueryBuilder::<super::Db>::new(
        "UPDATE job SET locked_until = NULL, attempts = attempts - 1 WHERE status = 'ready' AND ",
    );
    push_ids(&mut query, ids);
    query.build().execute(c).await.map(drop)
}

fn push_ids(query: &mut QueryBuilder<super::Db>, ids: &[Uuid]) {
    let mut list = query.push("id IN (").separated(", ");
    for id in ids {
        list.push_bind(*id);
    }
    query.push(")");
}

/// Puts a failed job back until `run_at`.
pub async fn retry_job(c: &mut Connection, id: Uuid, error: &str, run_at: i64) -> sqlx::Result<()> {
    sqlx::query(
        "UPDATE job SET locked_until = NULL, last_error = $2, run_at = $3 WHERE id = $1 AND status = 'ready'",
    )
    .bind(id)
    .bind(error)
    .bind(run_at)
    .execute(c)
    .await
    .map(drop)
}

/// Gives a job up.
pub async fn bury_job(c: &mut Connection, id: Uuid, error: &str, now: i64) -> sqlx::Result<()> {
    sqlx::query("UPDATE job SET status = 'dead', locked_until = NULL, last_error = $2, finished_at = $3 WHERE id = $1")
        .bind(id)
        .bind(error)
        .bind(now)
        .execute(c)
        .await
        .map(drop)
}

/// Jobs that were given up: `(kind, last error)`, newest first.
pub async fn list_dead(c: &mut Connection, limit: i64) -> sqlx::Result<Vec<(String, String)>> {
    sqlx::query_as("SELECT kind, COALESCE(last_error, '') FROM job WHERE status = 'dead' ORDER BY finished_at DESC LIMIT $1")
        .bind(limit)
        .fetch_all(c)
        .await
}

/// How many jobs have a status.
pub async fn count_jobs(c: &mut Connection, status: &str) -> sqlx::Result<i64> {
    sqlx::query_scalar("SELECT COUNT(*) FROM job WHERE status = $1").bind(status).fetch_one(c).await
}

/// How many events wait to be handed to their jobs.
pub async fn count_waiting_events(c: &mut Connection) -> sqlx::Result<i64> {
    sqlx::query_scalar("SELECT COUNT(*) FROM outbox WHERE dispatched_at IS NULL").fetch_one(c).await
}

/// Removes finished jobs and dispatched events from before `before`. Dead jobs stay for a person to look at.
pub async fn sweep(c: &mut Connection, before: i64) -> sqlx::Result<u64> {
    let jobs = sqlx::query("DELETE FROM job WHERE status = 'done' AND finished_at < $1")
        .bind(before)
        .execute(&mut *c)
        .await?;
    let events = sqlx::query("DELETE FROM outbox WHERE dispatched_at < $1").bind(before).execute(c).await?;
    Ok(jobs.rows_affected() + events.rows_affected())
}

/// Reads a secret of the shop.
pub async fn find_secret(c: &mut Connection, name: &str) -> sqlx::Result<Option<Vec<u8>>> {
    sqlx::query_scalar("SELECT value FROM secret WHERE name = $1").bind(name).fetch_optional(c).await
}

/// Stores a secret unless there is one already.
pub async fn insert_secret(c: &mut Connection, name: &str, value: &[u8], now: i64) -> sqlx::Result<()> {
    sqlx::query(
        "INSERT INTO secret (name, value, created_at) VALUES ($1, $2, $3) ON CONFLICT (name) DO NOTHING",
    )
    .bind(name)
    .bind(value)
    .bind(now)
    .execute(c)
    .await
    .map(drop)
}
