//! SQL of orders.

use super::{Connection, Db};
use crate::orders::row::{FactsRow, OrderLineRow, OrderRow, OrderWrite};
use app::orders::model::{FulfillmentStatus, OrderStatus, PaymentStatus};
use sqlx::QueryBuilder;
use sqlx::types::Json;
use uuid::Uuid;

/// The next value of a sequence; it is locked until the transaction ends, so there are no gaps after an undo.
pub async fn next_number(c: &mut Connection, name: &str, first: i64) -> sqlx::Result<i64> {
    sqlx::query_scalar(
        "INSERT INTO number_sequence (name, value) VALUES ($1, $2) \
         ON CONFLICT (name) DO UPDATE SET value = number_sequence.value + 1 RETURNING value",
    )
    .bind(name)
    .bind(first)
    .fetch_one(c)
    .await
}

/// Writes an order.
pub async fn insert(c: &mut Connection, row: &OrderWrite) -> sqlx::Result<()> {
    sqlx::query(
        "INSERT INTO orders (id, public_id, number, cart_id, guest_hash, status, payment_status, fulfillment_status, locale, currency, \
         subtotal_minor, shipping_minor, tax_minor, total_minor, charged_minor, refunded_minor, email, address, note, payment_method, \
         placed_at, updated_at, wishes, tax_added_minor, discount_minor, delivery) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, 0, 0, $15, $16, $17, $18, $19, $19, $20, $21, $22, $23)",
    )
    .bind(row.id)
    .bind(&row.public_id)
    .bind(&row.number)
    .bind(row.cart_id)
    .bind(&row.guest_hash)
    .bind(row.status)
    .bind(row.payment_status)
    .bind(row.fulfillment_status)
    .bind(row.locale)
    .bind(row.currency)
    .bind(row.subtotal_minor)
    .bind(row.shipping_minor)
    .bind(row.tax_minor)
    .bind(row.total_minor)
    .bind(&row.email)
    .bind(Json(&row.address))
    .bind(&row.note)
    .bind(row.payment_method)
    .bind(row.now)
    .bind(Json(&row.wishes))
    .bind(row.tax_added_minor)
    .bind(row.discount_minor)
    .bind(&row.delivery)
    .execute(c)
    .await
    .map(drop)
}

/// Writes an order's lines.
pub async fn insert_lines(c: &mut Connection, rows: &[OrderLineRow]) -> sqlx::Result<()> {
    let mut query = QueryBuilder::<Db>::new(
        "INSERT INTO order_line (id, order_id, position, variant_id, sku, slug, title, options, picture, quantity, unit_minor, total_minor, \
         tax_class, tax_ppm, tax_minor, discount_minor) ",
    );
    query.push_values(rows, |mut values, row| {
        values.push_bind(row.id).push_bind(row.order_id).push_bind(row.position).push_bind(row.variant_id);
        values
            .push_bind(row.sku.clone())
            .push_bind(row.slug.clone())
            .push_bind(row.title.clone())
            .push_bind(row.options.clone());
        values
            .push_bind(row.picture.clone())
            .push_bind(row.quantity)
            .push_bind(row.unit_minor)
            .push_bind(row.total_minor);
        values.push_bind(row.tax_class.clone()).push_bind(row.tax_ppm).push_bind(row.tax_minor);
        values.push_bind(row.discount_minor);
    });
    query.build().execute(c).await.map(drop)
}

/// Writes what happened to an order.
pub async fn insert_event(
    c: &mut Connection,
    id: Uuid,
    order_id: Uuid,
    kind: &str,
    now: i64,
) -> sqlx::Result<()> {
    sqlx::query("INSERT INTO order_event (id, order_id, kind, at) VALUES ($1, $2, $3, $4)")
        .bind(id)
        .bind(order_id)
        .bind(kind)
        .bind(now)
        .execute(c)
        .await
        .map(drop)
}

const COLUMNS: &str = "SELECT id, public_id, number, guest_hash, status, payment_status, fulfillment_status, locale, currency, subtotal_minor, \
    shipping_minor, tax_minor, total_minor, charged_minor, refunded_minor, email, address, note, payment_method, placed_at, wishes, tax_added_minor, discount_minor, delivery FROM orders";

/// One order by a condition on `$1`. The condition is one of this file's constants.
fn one(condition: &'static str) -> QueryBuilder<Db> {
    let mut query = QueryBuilder::<Db>::new(COLUMNS);
    query.push(condition);
    query
}

/// An order by its public id.
pub async fn find_by_public_id(c: &mut Connection, public_id: &str) -> sqlx::Result<Option<OrderRow>> {
    one(" WHERE public_id = ").push_bind(public_id).build_query_as().fetch_optional(c).await
}

/// An order by its internal id.
pub async fn find(c: &mut Connection, id: Uuid) -> sqlx::Result<Option<OrderRow>> {
    one(" WHERE id = ").push_bind(id).build_query_as().fetch_optional(c).await
}

/// An order by its number for people.
pub async fn find_by_number(c: &mut Connection, number: &str) -> sqlx::Result<Option<OrderRow>> {
    one(" WHERE number = ").push_bind(number).build_query_as().fetch_optional(c).await
}

/// The order that a cart became.
pub async fn find_by_cart(c: &mut Connection, cart_id: Uuid) -> sqlx::Result<Option<OrderRow>> {
    one(" WHERE cart_id = ").push_bind(cart_id).build_query_as().fetch_optional(c).await
}

/// The order that a guest has placed last.
pub async fn find_latest_of(c: &mut Connection, guest_hash: &[u8]) -> sqlx::Result<Option<OrderRow>> {
    let query = &mut one(" WHERE guest_hash = ");
    query.push_bind(guest_hash.to_vec()).push(" ORDER BY placed_at DESC, id DESC LIMIT 1");
    query.build_query_as().fetch_optional(c).await
}

/// An order's lines in their order.
pub async fn list_lines(c: &mut Connection, order_id: Uuid) -> sqlx::Result<Vec<OrderLineRow>> {
    sqlx::query_as(
        "SELECT id, order_id, position, variant_id, sku, slug, title, options, picture, quantity, unit_minor, total_minor, tax_class, tax_ppm, \
         tax_minor, discount_minor FROM order_line WHERE order_id = $1 ORDER BY position",
    )
    .bind(order_id)
    .fetch_all(c)
    .await
}

/// What happened to an order, oldest first: `(kind, microseconds)`.
pub async fn list_events(c: &mut Connection, order_id: Uuid) -> sqlx::Result<Vec<(String, i64)>> {
    sqlx::query_as("SELECT kind, at FROM order_event WHERE order_id = $1 ORDER BY at, id")
        .bind(order_id)
        .fetch_all(c)
        .await
}

/// The facts from which the statuses follow.
pub async fn facts(c: &mut Connection, order_id: Uuid) -> sqlx::Result<FactsRow> {
    sqlx::query_as(
        "SELECT (o.status = 'cancelled') AS is_cancelled, o.total_minor, o.charged_minor, o.refunded_minor, \
         CAST(COALESCE((SELECT SUM(i.amount_minor) FROM payment_intent i JOIN payment_attempt a ON a.intent_id = i.id WHERE i.order_id = o.id \
             AND a.method = 'cash_on_delivery' AND a.status = 'pending'), 0) AS BIGINT) AS pending_minor, \
         CAST(COALESCE((SELECT SUM(l.quantity) FROM order_line l WHERE l.order_id = o.id), 0) AS BIGINT) AS ordered_units \
         FROM orders o WHERE o.id = $1",
    )
    .bind(order_id)
    .fetch_one(c)
    .await
}

/// Adds received money.
pub async fn add_charge(c: &mut Connection, order_id: Uuid, minor: i64, now: i64) -> sqlx::Result<()> {
    sqlx::query("UPDATE orders SET charged_minor = charged_minor + $2, updated_at = $3 WHERE id = $1")
        .bind(order_id)
        .bind(minor)
        .bind(now)
        .execute(c)
        .await
        .map(drop)
}

/// Adds money that went back.
pub async fn add_refund(c: &mut Connection, order_id: Uuid, minor: i64, now: i64) -> sqlx::Result<()> {
    sqlx::query("UPDATE orders SET refunded_minor = refunded_minor + $2, updated_at = $3 WHERE id = $1")
        .bind(order_id)
        .bind(minor)
        .bind(now)
        .execute(c)
        .await
        .map(drop)
}

/// Stores the method by which the order is paid now.
pub async fn set_method(c: &mut Connection, order_id: Uuid, method: &str) -> sqlx::Result<()> {
    sqlx::query("UPDATE orders SET payment_method = $2 WHERE id = $1")
        .bind(order_id)
        .bind(method)
        .execute(c)
        .await
        .map(drop)
}

/// Calls an order off; gives `false` when it does not stand any more.
pub async fn cancel(c: &mut Connection, order_id: Uuid, now: i64) -> sqlx::Result<bool> {
    let done = sqlx::query(
        "UPDATE orders SET status = 'cancelled', updated_at = $2 WHERE id = $1 AND status = 'placed'",
    )
    .bind(order_id)
    .bind(now)
    .execute(c)
    .await?;
    Ok(done.rows_affected() == 1)
}

/// Stores the derived statuses.
pub async fn update_statuses(
    c: &mut Connection,
    order_id: Uuid,
    statuses: (OrderStatus, PaymentStatus, FulfillmentStatus),
) -> sqlx::Result<()> {
    sqlx::query("UPDATE orders SET status = $2, payment_status = $3, fulfillment_status = $4 WHERE id = $1")
        .bind(order_id)
        .bind(statuses.0.name())
        .bind(statuses.1.name())
        .bind(statuses.2.name())
        .execute(c)
        .await
        .map(drop)
}

/// Orders whose stored sums differ from their lines: their numbers.
pub async fn list_broken_sums(c: &mut Connection) -> sqlx::Result<Vec<String>> {
    sqlx::query_scalar(
        "SELECT o.number FROM orders o WHERE o.subtotal_minor + o.shipping_minor + o.tax_added_minor <> o.total_minor \
         OR o.subtotal_minor <> (SELECT SUM(l.total_minor) FROM order_line l WHERE l.order_id = o.id) \
         OR EXISTS (SELECT 1 FROM order_line l WHERE l.order_id = o.id AND (l.unit_minor * l.quantity - l.discount_minor <> l.total_minor \
             OR l.discount_minor <> COALESCE((SELECT SUM(p.amount_minor) FROM order_discount_part p WHERE p.line_id = l.id), 0))) \
         OR EXISTS (SELECT 1 FROM order_discount d WHERE d.order_id = o.id AND d.amount_minor <> \
             COALESCE((SELECT SUM(p.amount_minor) FROM order_discount_part p WHERE p.discount_id = d.id), 0)) \
         OR o.discount_minor <> COALESCE((SELECT SUM(d.amount_minor) FROM order_discount d WHERE d.order_id = o.id), 0) \
         OR o.charged_minor <> COALESCE((SELECT SUM(e.amount_minor) FROM payment_intent i JOIN payment_attempt a ON a.intent_id = i.id \
             JOIN payment_entry e ON e.attempt_id = a.id WHERE i.order_id = o.id AND e.kind = 'charge'), 0) \
         OR o.refunded_minor <> COALESCE((SELECT SUM(e.amount_minor) FROM payment_intent i JOIN payment_attempt a ON a.intent_id = i.id \
             JOIN payment_entry e ON e.attempt_id = a.id WHERE i.order_id = o.id AND e.kind = 'refund'), 0) ORDER BY o.number",
    )
    .fetch_all(c)
    .await
}
