//! SQL of discounts. What is written with an order is in the dialects: on PostgreSQL it is one statement.

use super::{Connection, Db};
use crate::discounts::row::{DiscountRow, DiscountWrite, OrderDiscountRow, PartRow};
use sqlx::QueryBuilder;
use uuid::Uuid;

/// What a cart has in a currency at this time, in the order in which it is taken off. The checkout's recalculation reads
/// the same with its rates.
pub async fn list(
    c: &mut Connection,
    cart_id: Uuid,
    currency: &str,
    now: i64,
) -> sqlx::Result<Vec<DiscountRow>> {
    sqlx::query_as(
        "SELECT origin, code, variant_id, label, amount_minor FROM cart_discount WHERE cart_id = $1 AND currency = $2 \
         AND (ends_at IS NULL OR ends_at > $3) ORDER BY origin, position",
    )
    .bind(cart_id)
    .bind(currency)
    .bind(now)
    .fetch_all(c)
    .await
}

/// Takes everything of an origin away from a cart.
pub async fn remove(c: &mut Connection, cart_id: Uuid, origin: &str) -> sqlx::Result<()> {
    sqlx::query("DELETE FROM cart_discount WHERE cart_id = $1 AND origin = $2")
        .bind(cart_id)
        .bind(origin)
        .execute(c)
        .await
        .map(drop)
}

/// Gives discounts to carts.
pub async fn insert(c: &mut Connection, rows: &[DiscountWrite]) -> sqlx::Result<()> {
    if rows.is_empty() {
        return Ok(());
    }
    let mut query = QueryBuilder::<Db>::new(
        "INSERT INTO cart_discount (cart_id, origin, position, code, variant_id, label, amount_minor, currency, ends_at) ",
    );
    query.push_values(rows, |mut values, write| {
        let row = &write.row;
        values.push_bind(write.cart_id).push_bind(row.origin.clone()).push_bind(write.position);
        values.push_bind(row.code.clone()).push_bind(row.variant_id).push_bind(row.label.clone());
        values.push_bind(row.amount_minor).push_bind(write.currency).push_bind(write.ends_at);
    });
    query.build().execute(c).await.map(drop)
}

/// What was taken off an order, in its order.
pub async fn list_of_order(c: &mut Connection, order_id: Uuid) -> sqlx::Result<Vec<OrderDiscountRow>> {
    sqlx::query_as(
        "SELECT id, order_id, position, line_id, origin, code, label, amount_minor FROM order_discount \
         WHERE order_id = $1 ORDER BY position",
    )
    .bind(order_id)
    .fetch_all(c)
    .await
}

/// Which line of an order bears how much of which discount, by discount and line.
pub async fn list_parts(c: &mut Connection, order_id: Uuid) -> sqlx::Result<Vec<PartRow>> {
    sqlx::query_as(
        "SELECT p.discount_id, p.line_id, p.amount_minor FROM order_discount_part p JOIN order_discount d ON d.id = p.discount_id \
         JOIN order_line l ON l.id = p.line_id WHERE d.order_id = $1 ORDER BY d.position, l.position",
    )
    .bind(order_id)
    .fetch_all(c)
    .await
}
