//! Statements that only SQLite understands, or that only PostgreSQL needs. The other folder has the mirror.

use super::Connection;
use crate::discounts::row::{OrderDiscountRow, PartRow};
use crate::jobs::row::{JobRow, NewEvent, OutboxRow};
use sqlx::QueryBuilder;
use sqlx::types::Json;

/// A trivial question.
pub async fn ping(c: &mut Connection) -> sqlx::Result<()> {
    sqlx::query("SELECT 1").execute(c).await.map(drop)
}

/// Whether any migration was ever run.
pub async fn has_migrations(c: &mut Connection) -> sqlx::Result<bool> {
    let table = sqlx::query("SELECT 1 FROM sqlite_master WHERE type = 'table' AND name = '_sqlx_migrations'");
    table.fetch_optional(c).await.map(|row| row.is_some())
}

/// Versions of the migrations that were run.
pub async fn applied_migrations(c: &mut Connection) -> sqlx::Result<Vec<i64>> {
    sqlx::query_scalar("SELECT version FROM _sqlx_migrations WHERE success").fetch_all(c).await
}

/// What the database itself finds broken.
pub async fn integrity(c: &mut Connection) -> sqlx::Result<Vec<String>> {
    let mut problems: Vec<String> = sqlx::query_scalar("PRAGMA integrity_check").fetch_all(&mut *c).await?;
    problems.retain(|line| line != "ok");
    let orphans = sqlx::query("PRAGMA foreign_key_check").fetch_all(c).await?;
    if !orphans.is_empty() {
        problems.push(format!("{} rows point at nothing", orphans.len()));
    }
    Ok(problems)
}

/// Tables and columns, for comparing both schemas: `(table, column, may be null)`.
pub async fn columns(c: &mut Connection) -> sqlx::Result<Vec<(String, String, bool)>> {
    sqlx::query_as(
        "SELECT t.name, i.name, i.\"notnull\" = 0 FROM sqlite_master t JOIN pragma_table_info(t.name) i \
         WHERE t.type = 'table' AND t.name NOT LIKE 'sqlite_%' AND t.name <> '_sqlx_migrations' ORDER BY 1, 2",
    )
    .fetch_all(c)
    .await
}

/// Locks the stock levels that a cart needs, in a fixed order. SQLite has one writer: nothing to lock.
pub async fn lock_stock_of_cart(_: &mut Connection, _cart_id: uuid::Uuid) -> sqlx::Result<()> {
    Ok(())
}

/// Locks an order. SQLite has one writer: nothing to lock.
pub async fn lock_order(_: &mut Connection, _order_id: uuid::Uuid) -> sqlx::Result<()> {
    Ok(())
}

/// Writes what was taken off an order, and which line bears how much of it. There is at least one of both.
pub async fn insert_discounts(
    c: &mut Connection,
    rows: &[OrderDiscountRow],
    parts: &[PartRow],
) -> sqlx::Result<()> {
    let mut query = QueryBuilder::<super::Db>::new(
        "INSERT INTO order_discount (id, order_id, position, line_id, origin, code, label, amount_minor) ",
    );
    query.push_values(rows, |mut values, row| {
        values.push_bind(row.id).push_bind(row.order_id).push_bind(row.position).push_bind(row.line_id);
        values.push_bind(row.origin.clone()).push_bind(row.code.clone());
        values.push_bind(row.label.clone()).push_bind(row.amount_minor);
    });
    query.build().execute(&mut *c).await?;
    let mut query = QueryBuilder::<super::Db>::new(
        "INSERT INTO order_discount_part (discount_id, line_id, amount_minor) ",
    );
    query.push_values(parts, |mut values, part| {
        values.push_bind(part.discount_id).push_bind(part.line_id).push_bind(part.amount_minor);
    });
    query.build().execute(c).await.map(drop)
}

/// Writes an event. SQLite has no other nodes to tell.
pub async fn insert_event(c: &mut Connection, event: &NewEvent<'_>, _notice: &str) -> sqlx::Result<()> {
    sqlx::query("INSERT INTO outbox (id, topic, subject, payload, created_at) VALUES ($1, $2, $3, $4, $5)")
        .bind(event.id)
        .bind(event.topic)
        .bind(event.subject)
        .bind(Json(event.payload))
        .bind(event.created_at)
        .execute(c)
        .await
        .map(drop)
}

/// The next events that no job was made for.
pub async fn waiting_events(c: &mut Connection, limit: i64) -> sqlx::Result<Vec<OutboxRow>> {
    sqlx::query_as("SELECT id, topic, subject, payload, created_at FROM outbox WHERE dispatched_at IS NULL ORDER BY id LIMIT $1")
        .bind(limit)
        .fetch_all(c)
        .await
}

/// Takes due jobs until `lease_until`, at most `limit`, in no order of their own.
pub async fn claim_jobs(
    c: &mut Connection,
    limit: i64,
    now: i64,
    lease_until: i64,
) -> sqlx::Result<Vec<JobRow>> {
    sqlx::query_as(
        "UPDATE job SET locked_until = $1, attempts = attempts + 1 WHERE id IN ( \
             SELECT id FROM job WHERE status = 'ready' AND run_at <= $2 AND (locked_until IS NULL OR locked_until <= $2) \
             ORDER BY run_at, id LIMIT $3) \
         RETURNING id, kind, payload, attempts, run_at",
    )
    .bind(lease_until)
    .bind(now)
    .bind(limit)
    .fetch_all(c)
    .await
}
