//! SQL of collections, of the tags that their rules ask for, and of moved categories and collections.

use super::catalog::select_cards;
use super::storefront::IN_STOCK;
use super::{Connection, Db};
use crate::catalog::card::CardRow;
use crate::catalog::shelves::row::{CollectionRow, CollectionWrite, RuleRequest};
use sqlx::QueryBuilder;
use sqlx::types::Json;
use std::collections::BTreeSet;
use uuid::Uuid;

/// Every collection in its order.
pub async fn list_collections(c: &mut Connection) -> sqlx::Result<Vec<CollectionRow>> {
    sqlx::query_as("SELECT slug, name, summary, rule FROM collection ORDER BY position, slug")
        .fetch_all(c)
        .await
}

/// Writes a collection by its key.
pub async fn upsert_collection(c: &mut Connection, row: CollectionWrite<'_>) -> sqlx::Result<()> {
    sqlx::query(
        "INSERT INTO collection (slug, position, name, summary, rule) VALUES ($1, $2, $3, $4, $5) \
         ON CONFLICT (slug) DO UPDATE SET position = excluded.position, name = excluded.name, \
         summary = excluded.summary, rule = excluded.rule",
    )
    .bind(row.slug)
    .bind(row.position)
    .bind(Json(row.name))
    .bind(Json(row.summary))
    .bind(Json(row.rule))
    .execute(c)
    .await
    .map(drop)
}

/// Removes every collection but these.
pub async fn remove_collections_except(c: &mut Connection, kept: &[&str]) -> sqlx::Result<()> {
    let mut query = QueryBuilder::<Db>::new("DELETE FROM collection WHERE slug NOT IN (''");
    for slug in kept {
        query.push(", ").push_bind((*slug).to_owned());
    }
    query.push(")");
    query.build().execute(c).await.map(drop)
}

/// Pushes texts as a list in parentheses; an empty one finds nothing.
fn push_list(query: &mut QueryBuilder<Db>, texts: &[String]) {
    query.push("(NULL");
    for text in texts {
        query.push(", ").push_bind(text.clone());
    }
    query.push(")");
}

fn push_rule(query: &mut QueryBuilder<Db>, request: &RuleRequest<'_>) {
    query.push(" WHERE p.published_at <= ").push_bind(request.now);
    query.push(" AND EXISTS (SELECT 1 FROM variant v JOIN variant_price vp ON vp.variant_id = v.id WHERE v.product_id = p.id AND v.is_active AND vp.currency = ");
    query.push_bind(request.currency);
    if request.is_offer {
        query.push(" AND vp.compare_at_minor > vp.amount_minor");
    }
    if let Some(most) = request.price_up_to {
        query.push(" AND vp.amount_minor <= ").push_bind(most);
    }
    query.push(")");
    if let Some(day) = request.launched_since {
        query.push(" AND p.launch_date >= ").push_bind(day);
    }
    if request.is_in_stock {
        query.push(" AND ").push(IN_STOCK);
    }
    push_places(query, request);
}

/// Where products stand, and what they are tagged with. A category that was renamed since is found by its old key too.
fn push_places(query: &mut QueryBuilder<Db>, request: &RuleRequest<'_>) {
    if !request.categories.is_empty() {
        query.push(" AND p.category_id IN (SELECT g.id FROM category g JOIN category named ON named.id IN (g.id, g.parent_id) WHERE named.slug IN ");
        push_list(query, request.categories);
        query.push(" OR named.slug IN (SELECT m.new_slug FROM address_moved m WHERE m.kind = 'category' AND m.old_slug IN ");
        push_list(query, request.categories);
        query.push("))");
    }
    if !request.tags.is_empty() {
        query.push(" AND p.id IN (SELECT t.product_id FROM product_tag t WHERE t.tag IN ");
        push_list(query, request.tags);
        query.push(")");
    }
}

/// A page of what a collection's rule picks, the latest first.
pub async fn list_by_rule(c: &mut Connection, request: &RuleRequest<'_>) -> sqlx::Result<Vec<CardRow>> {
    let mut query = select_cards(request.currency);
    push_rule(&mut query, request);
    query.push(" ORDER BY p.launch_date DESC, p.slug LIMIT ").push_bind(request.limit);
    query.push(" OFFSET ").push_bind(request.offset);
    query.build_query_as().fetch_all(c).await
}

/// How many products a collection's rule picks.
pub async fn count_by_rule(c: &mut Connection, request: &RuleRequest<'_>) -> sqlx::Result<i64> {
    let mut query = QueryBuilder::<Db>::new("SELECT COUNT(*) FROM product p");
    push_rule(&mut query, request);
    query.build_query_scalar().fetch_one(c).await
}

/// Puts other labels of tags in the place of a product's old ones.
pub async fn replace_tags(c: &mut Connection, product_id: Uuid, labels: &BTreeSet<&str>) -> sqlx::Result<()> {
    sqlx::query("DELETE FROM product_tag WHERE product_id = $1").bind(product_id).execute(&mut *c).await?;
    if labels.is_empty() {
        return Ok(());
    }
    let mut query = QueryBuilder::<Db>::new("INSERT INTO product_tag (tag, product_id) ");
    query.push_values(labels, |mut row, label| {
        row.push_bind((*label).to_owned()).push_bind(product_id);
    });
    query.build().execute(c).await.map(drop)
}

/// A category's id by its key.
pub async fn find_category(c: &mut Connection, slug: &str) -> sqlx::Result<Option<Uuid>> {
    sqlx::query_scalar("SELECT id FROM category WHERE slug = $1").bind(slug).fetch_optional(c).await
}

/// A category's id by its key, or by one that it had before.
pub async fn find_shelf(c: &mut Connection, slug: &str) -> sqlx::Result<Option<Uuid>> {
    sqlx::query_scalar(
        "SELECT g.id FROM category g LEFT JOIN address_moved m ON m.kind = 'category' AND m.new_slug = g.slug \
         AND m.old_slug = $1 WHERE g.slug = $1 OR m.old_slug = $1 ORDER BY CASE WHEN g.slug = $1 THEN 0 ELSE 1 END LIMIT 1",
    )
    .bind(slug)
    .fetch_optional(c)
    .await
}

/// Gives a category another key, unless that one has a category already.
pub async fn rename_category(c: &mut Connection, old_slug: &str, new_slug: &str) -> sqlx::Result<()> {
    sqlx::query(
        "UPDATE category SET slug = $2 WHERE slug = $1 \
         AND NOT EXISTS (SELECT 1 FROM category known WHERE known.slug = $2)",
    )
    .bind(old_slug)
    .bind(new_slug)
    .execute(c)
    .await
    .map(drop)
}

/// Puts everything of a category that still has its old key into another one. Without such a category nothing happens.
pub async fn join_category(c: &mut Connection, old_slug: &str, into: Uuid, now: i64) -> sqlx::Result<()> {
    let Some(old) = find_category(c, old_slug).await? else { return Ok(()) };
    sqlx::query("UPDATE product SET category_id = $2, updated_at = $3 WHERE category_id = $1")
        .bind(old)
        .bind(into)
        .bind(now)
        .execute(&mut *c)
        .await?;
    sqlx::query("UPDATE category SET parent_id = $2 WHERE parent_id = $1")
        .bind(old)
        .bind(into)
        .execute(&mut *c)
        .await?;
    sqlx::query("DELETE FROM category WHERE id = $1").bind(old).execute(c).await.map(drop)
}

/// Notes that what had the old key has the new one. Every way leads straight to the present key: those that led to the
/// old one are turned, and a key that is in use again leads nowhere else.
pub async fn note_moved(
    c: &mut Connection,
    kind: &str,
    old_slug: &str,
    new_slug: &str,
    now: i64,
) -> sqlx::Result<()> {
    sqlx::query("DELETE FROM address_moved WHERE kind = $1 AND old_slug = $2")
        .bind(kind)
        .bind(new_slug)
        .execute(&mut *c)
        .await?;
    sqlx::query("UPDATE address_moved SET new_slug = $3 WHERE kind = $1 AND new_slug = $2")
        .bind(kind)
        .bind(old_slug)
        .bind(new_slug)
        .execute(&mut *c)
        .await?;
    sqlx::query(
        "INSERT INTO address_moved (kind, old_slug, new_slug, moved_at) VALUES ($1, $2, $3, $4) \
         ON CONFLICT (kind, old_slug) DO UPDATE SET new_slug = excluded.new_slug, moved_at = excluded.moved_at \
         WHERE address_moved.new_slug <> excluded.new_slug",
    )
    .bind(kind)
    .bind(old_slug)
    .bind(new_slug)
    .bind(now)
    .execute(c)
    .await
    .map(drop)
}

/// The present key of a category that had this one before.
pub async fn find_moved_category(c: &mut Connection, old_slug: &str) -> sqlx::Result<Option<String>> {
    sqlx::query_scalar(
        "SELECT g.slug FROM address_moved m JOIN category g ON g.slug = m.new_slug \
         WHERE m.kind = 'category' AND m.old_slug = $1",
    )
    .bind(old_slug)
    .fetch_optional(c)
    .await
}

/// The present key of a collection that had this one before.
pub async fn find_moved_collection(c: &mut Connection, old_slug: &str) -> sqlx::Result<Option<String>> {
    sqlx::query_scalar(
        "SELECT l.slug FROM address_moved m JOIN collection l ON l.slug = m.new_slug \
         WHERE m.kind = 'collection' AND m.old_slug = $1",
    )
    .bind(old_slug)
    .fetch_optional(c)
    .await
}
