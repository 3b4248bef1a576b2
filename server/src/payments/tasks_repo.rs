//! SQL of what a person has to look at.

use super::Connection;
use crate::payments::row::{TaskRow, TaskWrite};
use uuid::Uuid;

/// Writes something for a person to look at, once per cause.
pub async fn insert(c: &mut Connection, row: &TaskWrite) -> sqlx::Result<()> {
    sqlx::query(
        "INSERT INTO task (id, kind, order_id, detail, cause, created_at) VALUES ($1, $2, $3, $4, $5, $6) ON CONFLICT (cause) DO NOTHING",
    )
    .bind(row.id)
    .bind(row.kind)
    .bind(row.order_id)
    .bind(&row.detail)
    .bind(&row.cause)
    .bind(row.now)
    .execute(c)
    .await
    .map(drop)
}

/// What is not done yet, oldest first.
pub async fn list_open(c: &mut Connection, limit: i64) -> sqlx::Result<Vec<TaskRow>> {
    sqlx::query_as(
        "SELECT t.id, t.kind, o.number AS order_number, t.detail, t.created_at, t.done_at FROM task t \
         LEFT JOIN orders o ON o.id = t.order_id WHERE t.done_at IS NULL ORDER BY t.created_at, t.id LIMIT $1",
    )
    .bind(limit)
    .fetch_all(c)
    .await
}

/// How much is not done yet.
pub async fn count_open(c: &mut Connection) -> sqlx::Result<i64> {
    sqlx::query_scalar("SELECT COUNT(*) FROM task WHERE done_at IS NULL").fetch_one(c).await
}

/// One of them, done or not.
pub async fn find(c: &mut Connection, id: Uuid) -> sqlx::Result<Option<TaskRow>> {
    sqlx::query_as(
        "SELECT t.id, t.kind, o.number AS order_number, t.detail, t.created_at, t.done_at FROM task t \
         LEFT JOIN orders o ON o.id = t.order_id WHERE t.id = $1",
    )
    .bind(id)
    .fetch_optional(c)
    .await
}

/// Notes that it was done; gives `false` when it is done already, or does not exist.
pub async fn finish(c: &mut Connection, id: Uuid, now: i64) -> sqlx::Result<bool> {
    let done = sqlx::query("UPDATE task SET done_at = $2 WHERE id = $1 AND done_at IS NULL")
        .bind(id)
        .bind(now)
        .execute(c)
        .await?;
    Ok(done.rows_affected() == 1)
}
