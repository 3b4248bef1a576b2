//! Statements that only PostgreSQL understands or needs. The other folder has the mirror.

use super::Connection;
use crate::discounts::row::{OrderDiscountRow, PartRow};
use crate::jobs::bus::CHANNEL;
use crate::jobs::row::{JobRow, NewEvent, OutboxRow};
use sqlx::QueryBuilder;
use sqlx::types::Json;

/// A trivial question.
pub async fn ping(c: &mut Connection) -> sqlx::Result<()> {
    sqlx::query("SELECT 1").execute(c).await.map(drop)
}

/// Whether any migration was ever run.
pub async fn has_migrations(c: &mut Connection) -> sqlx::Result<bool> {
    sqlx::query_scalar("SELECT to_regclass('_sqlx_migrations') IS NOT NULL").fetch_one(c).await
}

/// Versions of the migrations that were run.
pub async fn applied_migrations(c: &mut Connection) -> sqlx::Result<Vec<i64>> {
    sqlx::query_scalar("SELECT version FROM _sqlx_migrations WHERE success").fetch_all(c).await
}

/// What the database itself finds broken. PostgreSQL keeps its own checksums; foreign keys are always enforced.
pub async fn integrity(_: &mut Connection) -> sqlx::Result<Vec<String>> {
    Ok(Vec::new())
}

/// Tables and columns, for comparing both schemas: `(table, column, may be null)`.
pub async fn columns(c: &mut Connection) -> sqlx::Result<Vec<(String, String, bool)>> {
    sqlx::query_as(
        "SELECT table_name::text, column_name::text, is_nullable = 'YES' FROM information_schema.columns \
         WHERE table_schema = current_schema() AND table_name <> '_sqlx_migrations' ORDER BY 1, 2",
    )
    .fetch_all(c)
    .await
}

/// Locks the stock levels that a cart needs, in a fixed order, so that two carts never wait for each other.
pub async fn lock_stock_of_cart(c: &mut Connection, cart_id: uuid::Uuid) -> sqlx::Result<()> {
    sqlx::query(
        "SELECT s.id FROM stock_level s WHERE s.variant_id IN (SELECT variant_id FROM cart_line WHERE cart_id = $1) \
         ORDER BY s.id FOR UPDATE",
    )
    .bind(cart_id)
    .execute(c)
    .await
    .map(drop)
}

/// Locks an order, so that its payment and its stock are changed by one transaction at a time.
pub async fn lock_order(c: &mut Connection, order_id: uuid::Uuid) -> sqlx::Result<()> {
    sqlx::query("SELECT id FROM orders WHERE id = $1 FOR UPDATE").bind(order_id).execute(c).await.map(drop)
}

/// Writes what was taken off an order, and which line bears how much of it. There is at least one of both. One statement,
/// since placing an order waits for it; references are checked at its end.
pub async fn insert_discounts(
    c: &mut Connection,
    rows: &[OrderDiscountRow],
    parts: &[PartRow],
) -> sqlx::Result<()> {
    let mut query = QueryBuilder::<super::Db>::new(
        "WITH discount AS (INSERT INTO order_discount (id, order_id, position, line_id, origin, code, label, amount_minor) ",
    );
    query.push_values(rows, |mut values, row| {
        values.push_bind(row.id).push_bind(row.order_id).push_bind(row.position).push_bind(row.line_id);
        values.push_bind(row.origin.clone()).push_bind(row.code.clone());
        values.push_bind(row.label.clone()).push_bind(row.amount_minor);
    });
    query.push(") INSERT INTO order_discount_part (discount_id, line_id, amount_minor) ");
    query.push_values(parts, |mut values, part| {
        values.push_bind(part.discount_id).push_bind(part.line_id).push_bind(part.amount_minor);
    });
    query.build().execute(c).await.map(drop)
}

/// Writes an event, and tells every node when the transaction commits: one statement, since placing an order waits for it.
pub async fn insert_event(c: &mut Connection, event: &NewEvent<'_>, notice: &str) -> sqlx::Result<()> {
    sqlx::query(
        "WITH event AS (INSERT INTO outbox (id, topic, subject, payload, created_at) VALUES ($1, $2, $3, $4, $5)) \
         SELECT pg_notify($6, $7)",
    )
    .bind(event.id)
    .bind(event.topic)
    .bind(event.subject)
    .bind(Json(event.payload))
    .bind(event.created_at)
    .bind(CHANNEL)
    .bind(notice)
    .execute(c)
    .await
    .map(drop)
}

/// The next events that no job was made for; events that another node is at are skipped.
pub async fn waiting_events(c: &mut Connection, limit: i64) -> sqlx::Result<Vec<OutboxRow>> {
    sqlx::query_as(
        "SELECT id, topic, subject, payload, created_at FROM outbox WHERE dispatched_at IS NULL ORDER BY id LIMIT $1 \
         FOR UPDATE SKIP LOCKED",
    )
    .bind(limit)
    .fetch_all(c)
    .await
}

/// Takes due jobs until `lease_until`, at most `limit`, in no order of their own; jobs that another node is taking are skipped.
pub async fn claim_jobs(
    c: &mut Connection,
    limit: i64,
    now: i64,
    lease_until: i64,
) -> sqlx::Result<Vec<JobRow>> {
    sqlx::query_as(
        "WITH due AS MATERIALIZED ( \
             SELECT id FROM job WHERE status = 'ready' AND run_at <= $2 AND (locked_until IS NULL OR locked_until <= $2) \
             ORDER BY run_at, id LIMIT $3 FOR UPDATE SKIP LOCKED) \
         UPDATE job SET locked_until = $1, attempts = attempts + 1 FROM due WHERE job.id = due.id \
         RETURNING job.id, kind, payload, attempts, run_at",
    )
    .bind(lease_until)
    .bind(now)
    .bind(limit)
    .fetch_all(c)
    .await
}
