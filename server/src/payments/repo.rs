//! SQL of payments.

use super::Connection;
use crate::payments::row::{ChargeWrite, PaymentRow};
use app::payments::model::PaymentState;
use uuid::Uuid;

/// Writes a payment.
pub async fn insert(c: &mut Connection, row: &PaymentRow, now: i64) -> sqlx::Result<()> {
    sqlx::query(
        "INSERT INTO payment (id, order_id, method, status, amount_minor, currency, created_at, updated_at) \
         VALUES ($1, $2, $3, $4, $5, $6, $7, $7)",
    )
    .bind(row.id)
    .bind(row.order_id)
    .bind(&row.method)
    .bind(&row.status)
    .bind(row.amount_minor)
    .bind(&row.currency)
    .bind(now)
    .execute(c)
    .await
    .map(drop)
}

/// An order's payments, oldest first.
pub async fn list_by_order(c: &mut Connection, order_id: Uuid) -> sqlx::Result<Vec<PaymentRow>> {
    sqlx::query_as("SELECT id, order_id, method, status, amount_minor, currency FROM payment WHERE order_id = $1 ORDER BY created_at, id")
        .bind(order_id)
        .fetch_all(c)
        .await
}

/// Moves a payment from one state to the next; gives `false` when it was not in the first.
pub async fn transition(
    c: &mut Connection,
    id: Uuid,
    from: PaymentState,
    to: PaymentState,
    now: i64,
) -> sqlx::Result<bool> {
    let done = sqlx::query("UPDATE payment SET status = $3, updated_at = $4 WHERE id = $1 AND status = $2")
        .bind(id)
        .bind(from.name())
        .bind(to.name())
        .bind(now)
        .execute(c)
        .await?;
    Ok(done.rows_affected() == 1)
}

/// Writes received money to the ledger.
pub async fn insert_charge(c: &mut Connection, row: &ChargeWrite) -> sqlx::Result<()> {
    sqlx::query("INSERT INTO payment_event (id, payment_id, kind, amount_minor, cause, at) VALUES ($1, $2, 'charge', $3, $4, $5)")
        .bind(row.id)
        .bind(row.payment_id)
        .bind(row.amount_minor)
        .bind(&row.cause)
        .bind(row.at)
        .execute(c)
        .await
        .map(drop)
}
