//! SQL of the catalogue.

use super::{Connection, Db};
use crate::catalog::card::CardRow;
use crate::catalog::import_file::Publication;
use crate::catalog::row::{
    CategoryRow, CategoryWrite, ListRequest, PriceWrite, ProductRow, ProductWrite, VariantRow, VariantWrite,
};
use crate::db::time::to_micros;
use sqlx::QueryBuilder;
use sqlx::types::Json;
use uuid::Uuid;

/// Every category in its order.
pub async fn list_categories(c: &mut Connection) -> sqlx::Result<Vec<CategoryRow>> {
    sqlx::query_as("SELECT id, slug, parent_id, name, banner FROM category ORDER BY position, slug")
        .fetch_all(c)
        .await
}

/// A published product by its key.
pub async fn find_product(c: &mut Connection, slug: &str, now: i64) -> sqlx::Result<Option<ProductRow>> {
    sqlx::query_as("SELECT id, slug, category_id, content, shelf_life_days FROM product WHERE slug = $1 AND published_at <= $2")
        .bind(slug)
        .bind(now)
        .fetch_optional(c)
        .await
}

/// Pushes the columns of a [`CardRow`] of the product `p`: one row and one statement for everything a card shows.
pub(super) fn push_card(query: &mut QueryBuilder<Db>, currency: &'static str) {
    query.push(
        "p.id, p.slug, p.content, (SELECT string_agg(CAST(vp.amount_minor AS TEXT) || ' ' || \
         CAST(COALESCE(vp.compare_at_minor, 0) AS TEXT) || ' ' || CAST(v.position AS TEXT) || ' ' || \
         CASE WHEN EXISTS (SELECT 1 FROM stock_level s WHERE s.variant_id = v.id AND s.on_hand > s.allocated) \
         THEN '1' ELSE '0' END, ',') FROM variant v JOIN variant_price vp ON vp.variant_id = v.id \
         WHERE v.product_id = p.id AND v.is_active AND vp.currency = '",
    );
    query.push(currency).push("') AS offers");
}

/// Begins a statement that selects cards of the products `p`.
pub(super) fn select_cards(currency: &'static str) -> QueryBuilder<Db> {
    let mut query = QueryBuilder::new("SELECT ");
    push_card(&mut query, currency);
    query.push(" FROM product p");
    query
}

/// Conditions of a list.
fn push_conditions(query: &mut QueryBuilder<Db>, request: &ListRequest<'_>) {
    query.push(" WHERE p.published_at <= ").push_bind(request.now);
    query.push(" AND EXISTS (SELECT 1 FROM variant v JOIN variant_price vp ON vp.variant_id = v.id WHERE v.product_id = p.id AND v.is_active AND vp.currency = ");
    query.push_bind(request.currency);
    if request.is_offer {
        query.push(" AND vp.compare_at_minor > vp.amount_minor");
    }
    query.push(")");
    if let Some(categories) = request.categories {
        query.push(" AND p.category_id IN (");
        let mut list = query.separated(", ");
        for category in categories {
            list.push_bind(*category);
        }
        // An empty list must find nothing, not be a syntax error.
        if categories.is_empty() {
            list.push("NULL");
        }
        query.push(")");
    }
}

/// Published products, the latest first.
pub async fn list_products(c: &mut Connection, request: &ListRequest<'_>) -> sqlx::Result<Vec<CardRow>> {
    let mut query = select_cards(request.currency);
    push_conditions(&mut query, request);
    query.push(" ORDER BY p.launch_date DESC, p.slug LIMIT ").push_bind(request.limit);
    query.build_query_as().fetch_all(c).await
}

/// Published products by their ids, in any order.
pub async fn list_products_of(
    c: &mut Connection,
    products: &[Uuid],
    currency: &'static str,
    now: i64,
) -> sqlx::Result<Vec<CardRow>> {
    if products.is_empty() {
        return Ok(Vec::new());
    }
    let mut query = select_cards(currency);
    query.push(" WHERE p.published_at <= ").push_bind(now).push(" AND p.id IN (");
    let mut list = query.separated(", ");
    for product in products {
        list.push_bind(*product);
    }
    query.push(")");
    query.build_query_as().fetch_all(c).await
}

/// Active variants of a product, with their price in a currency and, for reduced ones, the lowest price of the 30 days
/// before the present one.
pub async fn list_variants(
    c: &mut Connection,
    product_id: Uuid,
    currency: &str,
) -> sqlx::Result<Vec<VariantRow>> {
    sqlx::query_as(
        "SELECT v.product_id, v.sku, v.options, v.pictures, v.barcode, vp.amount_minor, vp.compare_at_minor, \
         CAST(COALESCE((SELECT SUM(s.on_hand - s.allocated) FROM stock_level s WHERE s.variant_id = v.id), 0) AS BIGINT) AS available, \
         CASE WHEN vp.compare_at_minor > vp.amount_minor THEN (SELECT MIN(h.amount_minor) FROM price_history h, \
         (SELECT MAX(b.recorded_at) AS began FROM price_history b WHERE b.variant_id = v.id AND b.currency = $2) n \
         WHERE h.variant_id = v.id AND h.currency = $2 AND h.recorded_at < n.began AND h.recorded_at >= COALESCE( \
         (SELECT MAX(e.recorded_at) FROM price_history e WHERE e.variant_id = v.id AND e.currency = $2 \
         AND e.recorded_at <= n.began - 2592000000000), 0)) END AS lowest_minor \
         FROM variant v JOIN variant_price vp ON vp.variant_id = v.id \
         WHERE v.is_active AND vp.currency = $2 AND v.product_id = $1 ORDER BY v.position, v.sku",
    )
    .bind(product_id)
    .bind(currency)
    .fetch_all(c)
    .await
}

/// Keys and days of change of everything published.
pub async fn list_for_sitemap(c: &mut Connection, now: i64) -> sqlx::Result<Vec<(String, i64)>> {
    sqlx::query_as("SELECT slug, updated_at FROM product WHERE published_at <= $1 ORDER BY slug")
        .bind(now)
        .fetch_all(c)
        .await
}

/// How many products there are, published or not.
pub async fn count_all(c: &mut Connection) -> sqlx::Result<i64> {
    sqlx::query_scalar("SELECT COUNT(*) FROM product").fetch_one(c).await
}

/// Writes a category by its key; gives its id.
pub async fn upsert_category(c: &mut Connection, row: &CategoryWrite) -> sqlx::Result<Uuid> {
    sqlx::query_scalar(
        "INSERT INTO category (id, slug, parent_id, position, name, banner) VALUES ($1, $2, $3, $4, $5, $6) \
         ON CONFLICT (slug) DO UPDATE SET parent_id = excluded.parent_id, position = excluded.position, \
         name = excluded.name, banner = excluded.banner RETURNING id",
    )
    .bind(row.id)
    .bind(&row.slug)
    .bind(row.parent_id)
    .bind(row.position)
    .bind(Json(&row.name))
    .bind(row.banner.as_ref().map(Json))
    .fetch_one(c)
    .await
}

/// Writes a product by its key; gives its id.
pub async fn upsert_product(c: &mut Connection, row: &ProductWrite) -> sqlx::Result<Uuid> {
    let (published_at, mode) = match row.publication {
        Publication::Kept => (Some(row.now), "keep"),
        Publication::Shown => (Some(row.now), "show"),
        Publication::Hidden => (None, "set"),
        Publication::From(moment) => (Some(to_micros(moment)), "set"),
    };
    sqlx::query_scalar(
        "INSERT INTO product (id, slug, category_id, content, tax_class, shelf_life_days, launch_date, \
         published_at, created_at, updated_at) VALUES ($1, $2, $3, $4, $5, $6, $7, $9, $8, $8) \
         ON CONFLICT (slug) DO UPDATE SET category_id = excluded.category_id, content = excluded.content, \
         tax_class = excluded.tax_class, shelf_life_days = excluded.shelf_life_days, \
         launch_date = excluded.launch_date, updated_at = excluded.updated_at, \
         published_at = CASE CAST($10 AS TEXT) WHEN 'keep' THEN product.published_at \
         WHEN 'show' THEN COALESCE(product.published_at, excluded.published_at) ELSE excluded.published_at END RETURNING id",
    )
    .bind(row.id)
    .bind(&row.slug)
    .bind(row.category_id)
    .bind(Json(&row.content))
    .bind(&row.tax_class)
    .bind(row.shelf_life_days)
    .bind(row.launch_date)
    .bind(row.now)
    .bind(published_at)
    .bind(mode)
    .fetch_one(c)
    .await
}

/// Takes all variants of a product off sale; the import puts those it knows back.
pub async fn deactivate_variants(c: &mut Connection, product_id: Uuid) -> sqlx::Result<()> {
    sqlx::query("UPDATE variant SET is_active = $2 WHERE product_id = $1")
        .bind(product_id)
        .bind(false)
        .execute(c)
        .await
        .map(drop)
}

/// Writes a variant by its SKU; gives its id. `None` when the SKU belongs to another product.
pub async fn upsert_variant(c: &mut Connection, row: &VariantWrite) -> sqlx::Result<Option<Uuid>> {
    let [length, width, height] = row.dimensions_mm;
    sqlx::query_scalar(
        "INSERT INTO variant (id, product_id, sku, position, options, pictures, barcode, weight_g, length_mm, width_mm, height_mm, is_active) \
         VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12) \
         ON CONFLICT (sku) DO UPDATE SET position = excluded.position, options = excluded.options, pictures = excluded.pictures, \
         barcode = excluded.barcode, weight_g = excluded.weight_g, length_mm = excluded.length_mm, width_mm = excluded.width_mm, \
         height_mm = excluded.height_mm, is_active = excluded.is_active WHERE variant.product_id = excluded.product_id RETURNING id",
    )
    .bind(row.id)
    .bind(row.product_id)
    .bind(&row.sku)
    .bind(row.position)
    .bind(Json(&row.options))
    .bind(Json(&row.pictures))
    .bind(&row.barcode)
    .bind(row.weight_g)
    .bind(length)
    .bind(width)
    .bind(height)
    .bind(true)
    .fetch_optional(c)
    .await
}

/// The present price of a variant.
pub async fn find_price(c: &mut Connection, variant_id: Uuid, currency: &str) -> sqlx::Result<Option<i64>> {
    sqlx::query_scalar("SELECT amount_minor FROM variant_price WHERE variant_id = $1 AND currency = $2")
        .bind(variant_id)
        .bind(currency)
        .fetch_optional(c)
        .await
}

/// Writes a price.
pub async fn upsert_price(c: &mut Connection, row: &PriceWrite) -> sqlx::Result<()> {
    sqlx::query(
        "INSERT INTO variant_price (variant_id, currency, amount_minor, compare_at_minor, cost_minor) VALUES ($1, $2, $3, $4, $5) \
         ON CONFLICT (variant_id, currency) DO UPDATE SET amount_minor = excluded.amount_minor, \
         compare_at_minor = excluded.compare_at_minor, cost_minor = excluded.cost_minor",
    )
    .bind(row.variant_id)
    .bind(row.currency)
    .bind(row.amount_minor)
    .bind(row.compare_at_minor)
    .bind(row.cost_minor)
    .execute(c)
    .await
    .map(drop)
}

/// Remembers a price from now on.
pub async fn insert_price_history(
    c: &mut Connection,
    id: Uuid,
    row: &PriceWrite,
    now: i64,
) -> sqlx::Result<()> {
    sqlx::query("INSERT INTO price_history (id, variant_id, currency, amount_minor, recorded_at) VALUES ($1, $2, $3, $4, $5)")
        .bind(id)
        .bind(row.variant_id)
        .bind(row.currency)
        .bind(row.amount_minor)
        .bind(now)
        .execute(c)
        .await
        .map(drop)
}

/// Prices that a variant has had, oldest first: `(minor units, microseconds)`.
pub async fn list_price_history(
    c: &mut Connection,
    variant_id: Uuid,
    currency: &str,
) -> sqlx::Result<Vec<(i64, i64)>> {
    sqlx::query_as("SELECT amount_minor, recorded_at FROM price_history WHERE variant_id = $1 AND currency = $2 ORDER BY recorded_at, id")
        .bind(variant_id)
        .bind(currency)
        .fetch_all(c)
        .await
}

/// Writes a setting.
pub async fn upsert_setting(c: &mut Connection, name: &str, value: &serde_json::Value) -> sqlx::Result<()> {
    sqlx::query("INSERT INTO shop_setting (name, value) VALUES ($1, $2) ON CONFLICT (name) DO UPDATE SET value = excluded.value")
        .bind(name)
        .bind(Json(value))
        .execute(c)
        .await
        .map(drop)
}

/// Reads a setting.
pub async fn find_setting(c: &mut Connection, name: &str) -> sqlx::Result<Option<Json<serde_json::Value>>> {
    sqlx::query_scalar("SELECT value FROM shop_setting WHERE name = $1").bind(name).fetch_optional(c).await
}
