//! SQL of the search: reading what the index is made from, and counting what was looked for.

use super::{Connection, Db};
use crate::search::row::{CategoryRow, EventRow, OfferRow, QueryRow, SourceRow, TallyWrite};
use sqlx::QueryBuilder;
use time::Date;
use uuid::Uuid;

const SOURCE: &str = "SELECT id, category_id, content, launch_date, published_at, updated_at FROM product WHERE published_at IS NOT NULL";

/// The next products after `after`, by id.
pub async fn list_sources_after(c: &mut Connection, after: Uuid, limit: i64) -> sqlx::Result<Vec<SourceRow>> {
    QueryBuilder::<Db>::new(SOURCE)
        .push(" AND id > ")
        .push_bind(after)
        .push(" ORDER BY id LIMIT ")
        .push_bind(limit)
        .build_query_as()
        .fetch_all(c)
        .await
}

/// Products by their ids; those that are not published are missing.
pub async fn list_sources(c: &mut Connection, ids: &[Uuid]) -> sqlx::Result<Vec<SourceRow>> {
    if ids.is_empty() {
        return Ok(Vec::new());
    }
    let mut query = QueryBuilder::<Db>::new(SOURCE);
    push_ids(query.push(" AND id IN ("), ids);
    query.build_query_as().fetch_all(c).await
}

fn push_ids(query: &mut QueryBuilder<Db>, ids: &[Uuid]) {
    let mut list = query.separated(", ");
    for id in ids {
        list.push_bind(*id);
    }
    query.push(")");
}

/// Active variants of products, a row per price, in the order that a product lists them.
pub async fn list_offers(c: &mut Connection, products: &[Uuid]) -> sqlx::Result<Vec<OfferRow>> {
    if products.is_empty() {
        return Ok(Vec::new());
    }
    let mut query = QueryBuilder::<Db>::new(
        "SELECT v.product_id, v.id, v.sku, v.barcode, v.options, vp.currency, vp.amount_minor, vp.compare_at_minor, \
         CAST(COALESCE((SELECT SUM(s.on_hand - s.allocated) FROM stock_level s WHERE s.variant_id = v.id), 0) AS BIGINT) AS available \
         FROM variant v JOIN variant_price vp ON vp.variant_id = v.id WHERE v.is_active AND v.product_id IN (",
    );
    push_ids(&mut query, products);
    query.push(" ORDER BY v.product_id, v.position, v.sku, vp.currency");
    query.build_query_as().fetch_all(c).await
}

/// Units sold per product since a day (days since 1970, UTC); of all products when `products` is `None`.
pub async fn list_sold(
    c: &mut Connection,
    products: Option<&[Uuid]>,
    since: i64,
) -> sqlx::Result<Vec<(Uuid, i64)>> {
    let mut query = QueryBuilder::<Db>::new(
        "SELECT product_id, CAST(SUM(units) AS BIGINT) FROM product_sales_day WHERE day >= ",
    );
    query.push_bind(since);
    match products {
        Some([]) => return Ok(Vec::new()),
        Some(products) => push_ids(query.push(" AND product_id IN ("), products),
        None => {}
    }
    query.push(" GROUP BY product_id");
    query.build_query_as().fetch_all(c).await
}

/// Every published product with the time of its last change.
pub async fn list_versions(c: &mut Connection) -> sqlx::Result<Vec<(Uuid, i64)>> {
    sqlx::query_as("SELECT id, updated_at FROM product WHERE published_at IS NOT NULL").fetch_all(c).await
}

/// Every category in its order.
pub async fn list_categories(c: &mut Connection) -> sqlx::Result<Vec<CategoryRow>> {
    sqlx::query_as("SELECT id, slug, parent_id, name FROM category ORDER BY position, slug")
        .fetch_all(c)
        .await
}

/// The next events with an id after `after`.
pub async fn list_events_after(c: &mut Connection, after: Uuid, limit: i64) -> sqlx::Result<Vec<EventRow>> {
    sqlx::query_as("SELECT id, topic, subject FROM outbox WHERE id > $1 ORDER BY id LIMIT $2")
        .bind(after)
        .bind(limit)
        .fetch_all(c)
        .await
}

/// The products of an order.
pub async fn list_products_of_order(c: &mut Connection, order: Uuid) -> sqlx::Result<Vec<Uuid>> {
    sqlx::query_scalar("SELECT DISTINCT v.product_id FROM order_line l JOIN variant v ON v.id = l.variant_id WHERE l.order_id = $1")
        .bind(order)
        .fetch_all(c)
        .await
}

/// The product of a variant.
pub async fn find_product_of_variant(c: &mut Connection, variant: Uuid) -> sqlx::Result<Option<Uuid>> {
    sqlx::query_scalar("SELECT product_id FROM variant WHERE id = $1").bind(variant).fetch_optional(c).await
}

/// Weights that differ from the defaults.
pub async fn list_weights(c: &mut Connection) -> sqlx::Result<Vec<(String, i64)>> {
    sqlx::query_as("SELECT name, value FROM search_weight ORDER BY name").fetch_all(c).await
}

/// Adds to the tally of a day.
pub async fn add_tally(c: &mut Connection, row: &TallyWrite) -> sqlx::Result<()> {
    sqlx::query(
        "INSERT INTO search_query_day (day, locale, text, searches, hits, clicks, rank_sum) VALUES ($1, $2, $3, $4, $5, $6, $7) \
         ON CONFLICT (day, locale, text) DO UPDATE SET searches = search_query_day.searches + excluded.searches, \
         hits = CASE WHEN excluded.searches > 0 THEN excluded.hits ELSE search_query_day.hits END, \
         clicks = search_query_day.clicks + excluded.clicks, rank_sum = search_query_day.rank_sum + excluded.rank_sum",
    )
    .bind(row.day)
    .bind(row.locale)
    .bind(&row.text)
    .bind(row.searches)
    .bind(row.hits)
    .bind(row.clicks)
    .bind(row.rank_sum)
    .execute(c)
    .await
    .map(drop)
}

/// What was looked for since a day, most often first.
pub async fn list_queries(c: &mut Connection, since: Date, limit: i64) -> sqlx::Result<Vec<QueryRow>> {
    list_tallies(c, since, "", limit).await
}

/// What was looked for since a day and not found, most often first.
pub async fn list_empty_queries(c: &mut Connection, since: Date, limit: i64) -> sqlx::Result<Vec<QueryRow>> {
    list_tallies(c, since, " HAVING MAX(hits) = 0 AND SUM(searches) > 0", limit).await
}

async fn list_tallies(
    c: &mut Connection,
    since: Date,
    having: &'static str,
    limit: i64,
) -> sqlx::Result<Vec<QueryRow>> {
    QueryBuilder::<Db>::new(
        "SELECT locale, text, CAST(SUM(searches) AS BIGINT) AS searches, MAX(hits) AS hits, \
         CAST(SUM(clicks) AS BIGINT) AS clicks, CAST(SUM(rank_sum) AS BIGINT) AS rank_sum FROM search_query_day WHERE day >= ",
    )
    .push_bind(since)
    .push(" GROUP BY locale, text")
    .push(having)
    .push(" ORDER BY SUM(searches) DESC, SUM(clicks) DESC, text, locale LIMIT ")
    .push_bind(limit)
    .build_query_as()
    .fetch_all(c)
    .await
}

/// Forgets days before `before`, and earlier than `rare_before` what was looked for only once on a day.
pub async fn sweep_tallies(c: &mut Connection, before: Date, rare_before: Date) -> sqlx::Result<u64> {
    let done = sqlx::query("DELETE FROM search_query_day WHERE day < $1 OR (day < $2 AND searches <= 1)")
        .bind(before)
        .bind(rare_before)
        .execute(c)
        .await?;
    Ok(done.rows_affected())
}
