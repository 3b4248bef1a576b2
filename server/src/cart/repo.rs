//! SQL of carts.

use super::{Connection, Db};
use crate::cart::row::{AlternativeRow, CartRow, LineRow, LineWrite, OfferRow, SavedRow};
use app::checkout::model::Draft;
use sqlx::QueryBuilder;
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

/// A line with everything that showing it needs, from a table `l` of lines: `$2` is the currency, `$3` the time.
macro_rules! lines_of {
    ($table:literal, $rest:literal) => {
        concat!(
            "SELECT l.variant_id, v.product_id, v.sku, p.slug, p.content, v.options, v.pictures, p.tax_class, l.quantity, v.weight_g, \
             (v.is_active AND p.published_at IS NOT NULL AND p.published_at <= $3) AS is_sold, vp.amount_minor, \
             CAST(COALESCE((SELECT SUM(s.on_hand - s.allocated) FROM stock_level s WHERE s.variant_id = v.id), 0) AS BIGINT) AS available, \
             l.added_minor, l.added_currency FROM ",
            $table,
            " l JOIN variant v ON v.id = l.variant_id JOIN product p ON p.id = v.product_id \
             LEFT JOIN variant_price vp ON vp.variant_id = v.id AND vp.currency = $2 ",
            $rest
        )
    };
}

/// Lines of a cart with prices in a currency, in the order in which they were added.
pub async fn list_lines(
    c: &mut Connection,
    cart_id: Uuid,
    currency: &str,
    now: i64,
) -> sqlx::Result<Vec<LineRow>> {
    sqlx::query_as(lines_of!("cart_line", "WHERE l.cart_id = $1 ORDER BY l.added_at, v.sku"))
        .bind(cart_id)
        .bind(currency)
        .bind(now)
        .fetch_all(c)
        .await
}

/// What a guest has put aside, the latest first.
pub async fn list_saved(
    c: &mut Connection,
    guest_hash: &[u8],
    currency: &str,
    now: i64,
) -> sqlx::Result<Vec<LineRow>> {
    sqlx::query_as(lines_of!("saved_line", "WHERE l.guest_hash = $1 ORDER BY l.saved_at DESC, v.sku"))
        .bind(guest_hash)
        .bind(currency)
        .bind(now)
        .fetch_all(c)
        .await
}

fn push_skus(query: &mut QueryBuilder<Db>, skus: &[&str]) {
    let mut list = query.separated(", ");
    for sku in skus {
        list.push_bind((*sku).to_owned());
    }
    query.push(")");
}

/// Articles on sale by their numbers, as if one unit of each was in a cart. In no particular order.
pub async fn list_articles(
    c: &mut Connection,
    skus: &[&str],
    currency: &str,
    now: i64,
) -> sqlx::Result<Vec<LineRow>> {
    if skus.is_empty() {
        return Ok(Vec::new());
    }
    let mut query = QueryBuilder::<Db>::new(
        "SELECT v.id AS variant_id, v.product_id, v.sku, p.slug, p.content, v.options, v.pictures, p.tax_class, \
         CAST(1 AS BIGINT) AS quantity, v.weight_g, v.is_active AS is_sold, vp.amount_minor, \
         CAST(COALESCE((SELECT SUM(s.on_hand - s.allocated) FROM stock_level s WHERE s.variant_id = v.id), 0) AS BIGINT) AS available, \
         CAST(0 AS BIGINT) AS added_minor, '' AS added_currency FROM variant v JOIN product p ON p.id = v.product_id \
         LEFT JOIN variant_price vp ON vp.variant_id = v.id AND vp.currency = ",
    );
    query.push_bind(currency.to_owned()).push(" WHERE v.is_active AND p.published_at <= ").push_bind(now);
    query.push(" AND v.sku IN (");
    push_skus(&mut query, skus);
    query.build_query_as().fetch_all(c).await
}

/// A variant that is on sale, with what the cart has of it.
pub async fn find_offer(
    c: &mut Connection,
    cart_id: Uuid,
    sku: &str,
    currency: &str,
    now: i64,
) -> sqlx::Result<Option<OfferRow>> {
    Ok(list_offers(c, cart_id, &[sku], currency, now).await?.pop())
}

/// Variants that are on sale, with what the cart has of them. In no particular order.
pub async fn list_offers(
    c: &mut Connection,
    cart_id: Uuid,
    skus: &[&str],
    currency: &str,
    now: i64,
) -> sqlx::Result<Vec<OfferRow>> {
    if skus.is_empty() {
        return Ok(Vec::new());
    }
    let mut query = QueryBuilder::<Db>::new(
        "SELECT v.id AS variant_id, v.sku, vp.amount_minor, \
         CAST(COALESCE((SELECT SUM(s.on_hand - s.allocated) FROM stock_level s WHERE s.variant_id = v.id), 0) AS BIGINT) AS available, \
         COALESCE(l.quantity, 0) AS in_cart, (SELECT COUNT(*) FROM cart_line n WHERE n.cart_id = ",
    );
    query.push_bind(cart_id);
    query.push(") AS lines FROM variant v JOIN product p ON p.id = v.product_id LEFT JOIN cart_line l ON l.variant_id = v.id AND l.cart_id = ");
    query.push_bind(cart_id);
    query.push(" LEFT JOIN variant_price vp ON vp.variant_id = v.id AND vp.currency = ");
    query.push_bind(currency.to_owned()).push(" WHERE v.is_active AND p.published_at <= ").push_bind(now);
    query.push(" AND v.sku IN (");
    push_skus(&mut query, skus);
    query.build_query_as().fetch_all(c).await
}

/// Sets lines. Whoever sets one has seen its present price.
pub async fn upsert_lines(c: &mut Connection, rows: &[LineWrite]) -> sqlx::Result<()> {
    if rows.is_empty() {
        return Ok(());
    }
    let mut query = QueryBuilder::<Db>::new(
        "INSERT INTO cart_line (cart_id, variant_id, quantity, added_minor, added_currency, added_at) ",
    );
    query.push_values(rows, |mut values, row| {
        values.push_bind(row.cart_id).push_bind(row.variant_id).push_bind(row.quantity);
        values.push_bind(row.added_minor).push_bind(row.added_currency.clone()).push_bind(row.now);
    });
    query.push(
        " ON CONFLICT (cart_id, variant_id) DO UPDATE SET quantity = excluded.quantity, added_minor = excluded.added_minor, \
         added_currency = excluded.added_currency",
    );
    query.build().execute(c).await.map(drop)
}

/// Puts a line of a cart aside, on top of what was there already; gives `false` when the cart has no such line.
pub async fn save_line(
    c: &mut Connection,
    cart_id: Uuid,
    guest_hash: &[u8],
    sku: &str,
    now: i64,
) -> sqlx::Result<bool> {
    let done = sqlx::query(
        "INSERT INTO saved_line (guest_hash, variant_id, quantity, added_minor, added_currency, saved_at) \
         SELECT $1, l.variant_id, l.quantity, l.added_minor, l.added_currency, $4 FROM cart_line l JOIN variant v ON v.id = l.variant_id \
         WHERE l.cart_id = $2 AND v.sku = $3 ON CONFLICT (guest_hash, variant_id) DO UPDATE SET \
         quantity = CASE WHEN saved_line.quantity + excluded.quantity > 99 THEN 99 ELSE saved_line.quantity + excluded.quantity END, \
         added_minor = excluded.added_minor, added_currency = excluded.added_currency, saved_at = excluded.saved_at",
    )
    .bind(guest_hash)
    .bind(cart_id)
    .bind(sku)
    .bind(now)
    .execute(c)
    .await?;
    Ok(done.rows_affected() == 1)
}

/// How much a guest has put aside.
pub async fn count_saved(c: &mut Connection, guest_hash: &[u8]) -> sqlx::Result<i64> {
    sqlx::query_scalar("SELECT COUNT(*) FROM saved_line WHERE guest_hash = $1")
        .bind(guest_hash)
        .fetch_one(c)
        .await
}

/// An article that was put aside.
pub async fn find_saved(c: &mut Connection, guest_hash: &[u8], sku: &str) -> sqlx::Result<Option<SavedRow>> {
    sqlx::query_as(
        "SELECT l.variant_id, l.quantity, l.added_minor, l.added_currency FROM saved_line l \
         JOIN variant v ON v.id = l.variant_id WHERE l.guest_hash = $1 AND v.sku = $2",
    )
    .bind(guest_hash)
    .bind(sku)
    .fetch_optional(c)
    .await
}

/// Leaves that many units put aside; none removes the line.
pub async fn keep_saved(
    c: &mut Connection,
    guest_hash: &[u8],
    variant_id: Uuid,
    quantity: i64,
) -> sqlx::Result<()> {
    let query = if quantity > 0 {
        sqlx::query("UPDATE saved_line SET quantity = $3 WHERE guest_hash = $1 AND variant_id = $2")
    } else {
        sqlx::query("DELETE FROM saved_line WHERE guest_hash = $1 AND variant_id = $2 AND $3 <= 0")
    };
    query.bind(guest_hash).bind(variant_id).bind(quantity).execute(c).await.map(drop)
}

/// What is similar to products, the nearest first; with a price where it can be bought now.
pub async fn list_alternatives(
    c: &mut Connection,
    products: &[Uuid],
    currency: &str,
    now: i64,
) -> sqlx::Result<Vec<AlternativeRow>> {
    if products.is_empty() {
        return Ok(Vec::new());
    }
    let mut query = QueryBuilder::<Db>::new(
        "SELECT n.product_id, p.slug, p.content, (SELECT MIN(vp.amount_minor) FROM variant v \
         JOIN variant_price vp ON vp.variant_id = v.id JOIN stock_level s ON s.variant_id = v.id \
         WHERE v.product_id = p.id AND v.is_active AND s.on_hand > s.allocated AND vp.currency = ",
    );
    query.push_bind(currency.to_owned());
    query.push(
        ") AS amount_minor FROM product_neighbour n JOIN product p ON p.id = n.neighbour_id \
         WHERE n.kind = 'similar' AND p.published_at <= ",
    );
    query.push_bind(now).push(" AND n.product_id IN (");
    let mut list = query.separated(", ");
    for product in products {
        list.push_bind(*product);
    }
    query.push(") ORDER BY n.product_id, n.position");
    query.build_query_as().fetch_all(c).await
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
pub async fn update_draft(c: &mut Connection, cart_id: Uuid, draft: &Draft, now: i64) -> sqlx::Result<()> {
    sqlx::query("UPDATE cart SET draft = $2, updated_at = $3 WHERE id = $1 AND status = 'active'")
        .bind(cart_id)
        .bind(Json(draft))
        .bind(now)
        .execute(c)
        .await
        .map(drop)
}

/// Ends the guest's active cart and gives its id; `None` when there is none, or when somebody else has just ended it.
/// From here to the commit the cart is locked.
pub async fn complete(c: &mut Connection, guest_hash: &[u8], now: i64) -> sqlx::Result<Option<Uuid>> {
    sqlx::query_scalar(
        "UPDATE cart SET status = 'completed', draft = NULL, updated_at = $2 WHERE guest_hash = $1 AND status = 'active' RETURNING id",
    )
    .bind(guest_hash)
    .bind(now)
    .fetch_optional(c)
    .await
}

/// The cart that the guest has completed last.
pub async fn find_completed(c: &mut Connection, guest_hash: &[u8]) -> sqlx::Result<Option<Uuid>> {
    sqlx::query_scalar(
        "SELECT id FROM cart WHERE guest_hash = $1 AND status = 'completed' ORDER BY created_at DESC, id DESC LIMIT 1",
    )
    .bind(guest_hash)
    .fetch_optional(c)
    .await
}

/// The guest's active cart, locked until the transaction ends.
pub async fn lock_active(c: &mut Connection, guest_hash: &[u8], now: i64) -> sqlx::Result<Option<Uuid>> {
    sqlx::query_scalar(
        "UPDATE cart SET updated_at = $2 WHERE guest_hash = $1 AND status = 'active' RETURNING id",
    )
    .bind(guest_hash)
    .bind(now)
    .fetch_optional(c)
    .await
}
