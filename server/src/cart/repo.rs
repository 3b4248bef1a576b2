//! SQL of carts.

use super::Connection;
use crate::cart::row::{CartRow, LineRow, LineWrite, OfferRow};
use app::checkout::model::CheckoutForm;
use sqlx::types::Json;
use uuid::Uuid;

/// The guest's active cart, else the one completed last.
pub async fn find_latest(c: &mut Connection, guest_hash: &[u8]) -> sqlx::Result<Option<CartRow>> {
    sqlx::query_as("SELECT id, status, draft FROM cart WHERE guest_hash = $1 ORDER BY (status = 'active') DESC, created_at DESC, id DESC LIMIT 1")
        .bind(guest_hash)
        .fetch_optional(c)
        .await
}

/// The guest's active cart, made when there is none; it is locked until the transaction ends.
pub async fn ensure_active(c: &mut Connection, id: Uuid, guest_hash: &[u8], now: i64) -> sqlx::Result<Uuid> {
    sqlx::query_scalar(
        "INSERT INTO cart (id, guest_hash, status, created_at, updated_at) VALUES ($1, $2, 'active', $3, $3) \
         ON CONFLICT (guest_hash) WHERE status = 'active' DO UPDATE SET updated_at = excluded.updated_at RETURNING id",
    )
    .bind(id)
    .bind(guest_hash)
    .bind(now)
    .fetch_one(c)
    .await
}

/// Lines of a cart with prices in a currency, in the order in which they were added.
pub async fn list_lines(
    c: &mut Connection,
    cart_id: Uuid,
    currency: &str,
    now: i64,
) -> sqlx::Result<Vec<LineRow>> {
    sqlx::query_as(
        "SELECT l.variant_id, v.sku, p.slug, p.content, v.options, v.pictures, p.tax_class, l.quantity, \
         (v.is_active AND p.published_at IS NOT NULL AND p.published_at <= $3) AS is_sold, vp.amount_minor, \
         CAST(COALESCE((SELECT SUM(s.on_hand - s.allocated) FROM stock_level s WHERE s.variant_id = v.id), 0) AS BIGINT) AS available \
         FROM cart_line l JOIN variant v ON v.id = l.variant_id JOIN product p ON p.id = v.product_id \
         LEFT JOIN variant_price vp ON vp.variant_id = v.id AND vp.currency = $2 \
         WHERE l.cart_id = $1 ORDER BY l.added_at, v.sku",
    )
    .bind(cart_id)
    .bind(currency)
    .bind(now)
    .fetch_all(c)
    .await
}

/// A variant that is on sale, with what the cart has of it.
pub async fn find_offer(
    c: &mut Connection,
    cart_id: Uuid,
    sku: &str,
    currency: &str,
    now: i64,
) -> sqlx::Result<Option<OfferRow>> {
    sqlx::query_as(
        "SELECT v.id AS variant_id, vp.amount_minor, \
         CAST(COALESCE((SELECT SUM(s.on_hand - s.allocated) FROM stock_level s WHERE s.variant_id = v.id), 0) AS BIGINT) AS available, \
         COALESCE((SELECT l.quantity FROM cart_line l WHERE l.cart_id = $1 AND l.variant_id = v.id), 0) AS in_cart, \
         (SELECT COUNT(*) FROM cart_line l WHERE l.cart_id = $1) AS lines \
         FROM variant v JOIN product p ON p.id = v.product_id \
         LEFT JOIN variant_price vp ON vp.variant_id = v.id AND vp.currency = $3 \
         WHERE v.sku = $2 AND v.is_active AND p.published_at <= $4",
    )
    .bind(cart_id)
    .bind(sku)
    .bind(currency)
    .bind(now)
    .fetch_optional(c)
    .await
}

/// Sets a line.
pub async fn upsert_line(c: &mut Connection, row: &LineWrite) -> sqlx::Result<()> {
    sqlx::query(
        "INSERT INTO cart_line (cart_id, variant_id, quantity, added_minor, added_currency, added_at) VALUES ($1, $2, $3, $4, $5, $6) \
         ON CONFLICT (cart_id, variant_id) DO UPDATE SET quantity = excluded.quantity",
    )
    .bind(row.cart_id)
    .bind(row.variant_id)
    .bind(row.quantity)
    .bind(row.added_minor)
    .bind(row.added_currency)
    .bind(row.now)
    .execute(c)
    .await
    .map(drop)
}

/// Removes a line. No line is no error.
pub async fn remove_line(c: &mut Connection, cart_id: Uuid, sku: &str) -> sqlx::Result<()> {
    sqlx::query(
        "DELETE FROM cart_line WHERE cart_id = $1 AND variant_id = (SELECT id FROM variant WHERE sku = $2)",
    )
    .bind(cart_id)
    .bind(sku)
    .execute(c)
    .await
    .map(drop)
}

/// Keeps what was typed at the checkout.
pub async fn update_draft(
    c: &mut Connection,
    cart_id: Uuid,
    draft: &CheckoutForm,
    now: i64,
) -> sqlx::Result<()> {
    sqlx::query("UPDATE cart SET draft = $2, updated_at = $3 WHERE id = $1 AND status = 'active'")
        .bind(cart_id)
        .bind(Json(draft))
        .bind(now)
        .execute(c)
        .await
        .map(drop)
}

/// Ends an active cart; gives `false` when somebody else has done so. From here to the commit the cart is locked.
pub async fn complete(c: &mut Connection, cart_id: Uuid, now: i64) -> sqlx::Result<bool> {
    let done = sqlx::query("UPDATE cart SET status = 'completed', draft = NULL, updated_at = $2 WHERE id = $1 AND status = 'active'")
        .bind(cart_id)
        .bind(now)
        .execute(c)
        .await?;
    Ok(done.rows_affected() == 1)
}
