//! SQL of what surrounds products in the shop window: pictures, neighbours, sales, moved addresses.

use super::catalog::{push_card, select_cards};
use super::{Connection, Db};
use crate::catalog::card::CardRow;
use crate::catalog::storefront::row::{
    ContentRow, DocumentRow, ExportRow, FeedRow, NeighbourRow, SkuRow, TraitRow,
};
use sqlx::QueryBuilder;
use sqlx::types::Json;
use uuid::Uuid;

/// True for a product `p` that can be bought now.
pub(super) const IN_STOCK: &str = "EXISTS (SELECT 1 FROM variant v JOIN stock_level s ON s.variant_id = v.id \
     WHERE v.product_id = p.id AND v.is_active AND s.on_hand > s.allocated)";

/// Notes a picture whose forms are to be made; a known one stays as it is.
pub async fn note_picture(c: &mut Connection, file: &str, now: i64) -> sqlx::Result<()> {
    sqlx::query("INSERT INTO picture (file, noted_at) VALUES ($1, $2) ON CONFLICT (file) DO NOTHING")
        .bind(file)
        .bind(now)
        .execute(c)
        .await
        .map(drop)
}

/// Pictures whose forms are not made yet, in the order in which they came.
pub async fn list_waiting_pictures(c: &mut Connection, limit: i64) -> sqlx::Result<Vec<String>> {
    sqlx::query_scalar("SELECT file FROM picture WHERE made_at IS NULL ORDER BY noted_at, file LIMIT $1")
        .bind(limit)
        .fetch_all(c)
        .await
}

/// How many pictures wait.
pub async fn count_waiting_pictures(c: &mut Connection) -> sqlx::Result<i64> {
    sqlx::query_scalar("SELECT COUNT(*) FROM picture WHERE made_at IS NULL").fetch_one(c).await
}

/// How many pictures there are.
pub async fn count_pictures(c: &mut Connection) -> sqlx::Result<i64> {
    sqlx::query_scalar("SELECT COUNT(*) FROM picture").fetch_one(c).await
}

/// Ends the work on a picture, with what has kept it from being done.
pub async fn finish_picture(
    c: &mut Connection,
    file: &str,
    problem: Option<&str>,
    now: i64,
) -> sqlx::Result<()> {
    sqlx::query("UPDATE picture SET made_at = $2, problem = $3 WHERE file = $1")
        .bind(file)
        .bind(now)
        .bind(problem)
        .execute(c)
        .await
        .map(drop)
}

/// Texts and pictures of products in the order of their keys, behind `after`.
pub async fn list_contents(c: &mut Connection, after: &str, limit: i64) -> sqlx::Result<Vec<ContentRow>> {
    sqlx::query_as("SELECT slug, content FROM product WHERE slug > $1 ORDER BY slug LIMIT $2")
        .bind(after)
        .bind(limit)
        .fetch_all(c)
        .await
}

/// What makes products neighbours, of everything published, in the order of their keys, behind `after`.
pub async fn list_traits(
    c: &mut Connection,
    after: &str,
    now: i64,
    limit: i64,
) -> sqlx::Result<Vec<TraitRow>> {
    sqlx::query_as(
        "SELECT p.id, p.slug, p.category_id, g.parent_id, p.content, (SELECT MIN(vp.amount_minor) FROM variant v \
         JOIN variant_price vp ON vp.variant_id = v.id WHERE v.product_id = p.id AND v.is_active AND vp.currency = 'CNY') AS price \
         FROM product p JOIN category g ON g.id = p.category_id WHERE p.slug > $1 AND p.published_at <= $2 ORDER BY p.slug LIMIT $3",
    )
    .bind(after)
    .bind(now)
    .bind(limit)
    .fetch_all(c)
    .await
}

/// Puts other neighbours of a kind in the place of the old ones.
pub async fn replace_neighbours(
    c: &mut Connection,
    product_id: Uuid,
    kind: &str,
    neighbours: &[Uuid],
) -> sqlx::Result<()> {
    sqlx::query("DELETE FROM product_neighbour WHERE product_id = $1 AND kind = $2")
        .bind(product_id)
        .bind(kind)
        .execute(&mut *c)
        .await?;
    if neighbours.is_empty() {
        return Ok(());
    }
    let mut query =
        QueryBuilder::<Db>::new("INSERT INTO product_neighbour (product_id, kind, position, neighbour_id) ");
    query.push_values(neighbours.iter().zip(0_i64..), |mut row, (neighbour, position)| {
        row.push_bind(product_id).push_bind(kind.to_owned()).push_bind(position).push_bind(*neighbour);
    });
    query.build().execute(c).await.map(drop)
}

/// Neighbours of both kinds that can be bought now, the nearest first within their kind, `limit` of each.
pub async fn list_neighbours(
    c: &mut Connection,
    product_id: Uuid,
    currency: &'static str,
    now: i64,
    limit: i64,
) -> sqlx::Result<Vec<NeighbourRow>> {
    let mut query = QueryBuilder::<Db>::new("SELECT * FROM (");
    for (kind, before) in [("similar", ""), ("match", " UNION ALL ")] {
        query.push(before).push("SELECT * FROM (SELECT n.kind, n.position, ");
        push_card(&mut query, currency);
        query
            .push(" FROM product_neighbour n JOIN product p ON p.id = n.neighbour_id WHERE n.product_id = ")
            .push_bind(product_id);
        query.push(" AND n.kind = ").push_bind(kind);
        query.push(" AND p.published_at <= ").push_bind(now).push(" AND ").push(IN_STOCK);
        query.push(" ORDER BY n.position LIMIT ").push_bind(limit).push(") AS one_kind");
    }
    query.push(") AS both_kinds ORDER BY kind, position");
    query.build_query_as().fetch_all(c).await
}

/// Notes that an order counts among the sales, or no longer. Gives `false`, and changes nothing, when that is noted
/// already or the order's status says otherwise.
pub async fn mark_counted(c: &mut Connection, order_id: Uuid, is_counted: bool) -> sqlx::Result<bool> {
    let done = sqlx::query(
        "UPDATE orders SET is_counted = $2 WHERE id = $1 AND is_counted <> $2 AND (status = 'placed') = $2",
    )
    .bind(order_id)
    .bind(is_counted)
    .execute(c)
    .await?;
    Ok(done.rows_affected() == 1)
}

/// Adds an order's units to the sales of its products.
pub async fn add_sales(c: &mut Connection, order_id: Uuid) -> sqlx::Result<()> {
    for statement in [
        "INSERT INTO product_sales_day (product_id, day, units) \
         SELECT v.product_id, o.placed_at / 86400000000, CAST(SUM(l.quantity) AS BIGINT) FROM order_line l \
         JOIN orders o ON o.id = l.order_id JOIN variant v ON v.id = l.variant_id WHERE l.order_id = $1 \
         GROUP BY v.product_id, o.placed_at / 86400000000 \
         ON CONFLICT (product_id, day) DO UPDATE SET units = product_sales_day.units + excluded.units",
        "INSERT INTO product_sales (product_id, units) SELECT v.product_id, CAST(SUM(l.quantity) AS BIGINT) \
         FROM order_line l JOIN variant v ON v.id = l.variant_id WHERE l.order_id = $1 GROUP BY v.product_id \
         ON CONFLICT (product_id) DO UPDATE SET units = product_sales.units + excluded.units",
    ] {
        sqlx::query(statement).bind(order_id).execute(&mut *c).await?;
    }
    Ok(())
}

/// Takes an order's units back from the sales of its products.
pub async fn take_back_sales(c: &mut Connection, order_id: Uuid) -> sqlx::Result<()> {
    for statement in [
        "UPDATE product_sales_day SET units = units - (SELECT CAST(SUM(l.quantity) AS BIGINT) FROM order_line l \
         JOIN variant v ON v.id = l.variant_id WHERE l.order_id = $1 AND v.product_id = product_sales_day.product_id) \
         WHERE day = (SELECT placed_at / 86400000000 FROM orders WHERE id = $1) AND product_id IN \
         (SELECT v.product_id FROM order_line l JOIN variant v ON v.id = l.variant_id WHERE l.order_id = $1)",
        "UPDATE product_sales SET units = units - (SELECT CAST(SUM(l.quantity) AS BIGINT) FROM order_line l \
         JOIN variant v ON v.id = l.variant_id WHERE l.order_id = $1 AND v.product_id = product_sales.product_id) \
         WHERE product_id IN \
         (SELECT v.product_id FROM order_line l JOIN variant v ON v.id = l.variant_id WHERE l.order_id = $1)",
    ] {
        sqlx::query(statement).bind(order_id).execute(&mut *c).await?;
    }
    Ok(())
}

/// What sells best among what can be bought now.
pub async fn list_most_bought(
    c: &mut Connection,
    currency: &'static str,
    now: i64,
    limit: i64,
) -> sqlx::Result<Vec<CardRow>> {
    let mut query = select_cards(currency);
    query.push(" JOIN product_sales b ON b.product_id = p.id WHERE b.units > 0 AND p.published_at <= ");
    query.push_bind(now).push(" AND ").push(IN_STOCK);
    query.push(" ORDER BY b.units DESC, b.product_id LIMIT ").push_bind(limit);
    query.build_query_as().fetch_all(c).await
}

/// Published products by their keys, in no particular order.
pub async fn list_by_slugs(
    c: &mut Connection,
    slugs: &[String],
    currency: &'static str,
    now: i64,
) -> sqlx::Result<Vec<CardRow>> {
    if slugs.is_empty() {
        return Ok(Vec::new());
    }
    let mut query = select_cards(currency);
    query.push(" WHERE p.published_at <= ").push_bind(now).push(" AND p.slug IN (");
    let mut list = query.separated(", ");
    for slug in slugs {
        list.push_bind(slug.clone());
    }
    query.push(")");
    query.build_query_as().fetch_all(c).await
}

/// Where a product that had this key is now.
pub async fn find_moved(c: &mut Connection, old_slug: &str, now: i64) -> sqlx::Result<Option<String>> {
    sqlx::query_scalar(
        "SELECT p.slug FROM product_moved m JOIN product p ON p.id = m.product_id \
         WHERE m.old_slug = $1 AND p.published_at <= $2",
    )
    .bind(old_slug)
    .bind(now)
    .fetch_optional(c)
    .await
}

/// The product that articles belong to, as `(SKU, product, key)`.
pub async fn list_owners(c: &mut Connection, skus: &[&str]) -> sqlx::Result<Vec<SkuRow>> {
    if skus.is_empty() {
        return Ok(Vec::new());
    }
    let mut query = QueryBuilder::<Db>::new(
        "SELECT v.sku, p.id AS product_id, p.slug FROM variant v JOIN product p ON p.id = v.product_id WHERE v.sku IN (",
    );
    let mut list = query.separated(", ");
    for sku in skus {
        list.push_bind((*sku).to_owned());
    }
    query.push(")");
    query.build_query_as().fetch_all(c).await
}

/// Gives a product another key; its old address leads to it from now on.
pub async fn rename_product(
    c: &mut Connection,
    product_id: Uuid,
    old_slug: &str,
    new_slug: &str,
    now: i64,
) -> sqlx::Result<()> {
    sqlx::query("DELETE FROM product_moved WHERE old_slug = $1").bind(new_slug).execute(&mut *c).await?;
    sqlx::query("UPDATE product SET slug = $2 WHERE id = $1")
        .bind(product_id)
        .bind(new_slug)
        .execute(&mut *c)
        .await?;
    sqlx::query(
        "INSERT INTO product_moved (old_slug, product_id, moved_at) VALUES ($1, $2, $3) \
         ON CONFLICT (old_slug) DO UPDATE SET product_id = excluded.product_id, moved_at = excluded.moved_at",
    )
    .bind(old_slug)
    .bind(product_id)
    .bind(now)
    .execute(c)
    .await
    .map(drop)
}

/// Everything on sale in a currency, an article a row, in the order of products' keys, behind `after`.
pub async fn list_feed(
    c: &mut Connection,
    currency: &str,
    after: &str,
    now: i64,
    limit: i64,
) -> sqlx::Result<Vec<FeedRow>> {
    sqlx::query_as(
        "SELECT p.slug, p.content, g.name AS category, v.sku, v.options, v.pictures, v.barcode, v.weight_g, \
         vp.amount_minor, vp.compare_at_minor, CAST(COALESCE((SELECT SUM(s.on_hand - s.allocated) FROM stock_level s \
         WHERE s.variant_id = v.id), 0) AS BIGINT) AS available \
         FROM (SELECT id, slug, content, category_id FROM product WHERE slug > $2 AND published_at <= $3 ORDER BY slug LIMIT $4) p \
         JOIN category g ON g.id = p.category_id JOIN variant v ON v.product_id = p.id \
         JOIN variant_price vp ON vp.variant_id = v.id WHERE v.is_active AND vp.currency = $1 ORDER BY p.slug, v.position, v.sku",
    )
    .bind(currency)
    .bind(after)
    .bind(now)
    .bind(limit)
    .fetch_all(c)
    .await
}

/// The first pictures of published products for the sitemap, behind `after`: `(key, change, content)`.
pub async fn list_sitemap(
    c: &mut Connection,
    after: &str,
    now: i64,
    limit: i64,
) -> sqlx::Result<Vec<(String, i64, Json<crate::catalog::row::ProductDoc>)>> {
    sqlx::query_as(
        "SELECT slug, updated_at, content FROM product WHERE published_at <= $1 AND slug > $2 ORDER BY slug LIMIT $3",
    )
    .bind(now)
    .bind(after)
    .bind(limit)
    .fetch_all(c)
    .await
}

/// What a product's row holds, published or not.
pub async fn find_document(c: &mut Connection, slug: &str) -> sqlx::Result<Option<DocumentRow>> {
    sqlx::query_as("SELECT content, tax_class, shelf_life_days, launch_date FROM product WHERE slug = $1")
        .bind(slug)
        .fetch_optional(c)
        .await
}

/// Everything of products behind `after`, an article a row, with its prices in both currencies.
pub async fn list_export(c: &mut Connection, after: &str, limit: i64) -> sqlx::Result<Vec<ExportRow>> {
    sqlx::query_as(
        "SELECT p.slug, p.content, p.tax_class, p.shelf_life_days, p.launch_date, p.published_at, g.slug AS category, \
         v.sku, v.options, v.pictures, v.barcode, v.weight_g, v.length_mm, v.width_mm, v.height_mm, \
         y.amount_minor AS cny_price, y.compare_at_minor AS cny_former, y.cost_minor AS cny_cost, \
         d.amount_minor AS usd_price, d.compare_at_minor AS usd_former, d.cost_minor AS usd_cost, \
         CAST(COALESCE((SELECT SUM(s.on_hand - s.allocated) FROM stock_level s WHERE s.variant_id = v.id), 0) AS BIGINT) AS available \
         FROM (SELECT * FROM product WHERE slug > $1 ORDER BY slug LIMIT $2) p \
         JOIN category g ON g.id = p.category_id JOIN variant v ON v.product_id = p.id \
         LEFT JOIN variant_price y ON y.variant_id = v.id AND y.currency = 'CNY' \
         LEFT JOIN variant_price d ON d.variant_id = v.id AND d.currency = 'USD' \
         WHERE v.is_active ORDER BY p.slug, v.position, v.sku",
    )
    .bind(after)
    .bind(limit)
    .fetch_all(c)
    .await
}
