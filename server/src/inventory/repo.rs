//! SQL of the stock tables.

use super::{Connection, Db};
use crate::inventory::row::{Discrepancy, MovementWrite, StockRow, WarehouseWrite};
use sqlx::QueryBuilder;
use uuid::Uuid;

/// The warehouse with a code, made when it is missing; gives its id.
pub async fn ensure_warehouse(c: &mut Connection, row: &WarehouseWrite) -> sqlx::Result<Uuid> {
    // Setting the code to itself makes RETURNING give the existing row's id.
    sqlx::query_scalar(
        "INSERT INTO warehouse (id, code, name) VALUES ($1, $2, $3) ON CONFLICT (code) DO UPDATE SET code = excluded.code RETURNING id",
    )
    .bind(row.id)
    .bind(row.code)
    .bind(&row.name)
    .fetch_one(c)
    .await
}

/// The counters of a variant in a warehouse, made with zeros when missing.
pub async fn ensure_level(
    c: &mut Connection,
    id: Uuid,
    warehouse_id: Uuid,
    variant_id: Uuid,
) -> sqlx::Result<StockRow> {
    sqlx::query_as(
        "INSERT INTO stock_level (id, warehouse_id, variant_id, on_hand, allocated) VALUES ($1, $2, $3, 0, 0) \
         ON CONFLICT (warehouse_id, variant_id) DO UPDATE SET on_hand = stock_level.on_hand \
         RETURNING id, variant_id, on_hand, allocated",
    )
    .bind(id)
    .bind(warehouse_id)
    .bind(variant_id)
    .fetch_one(c)
    .await
}

/// Every counter pair of a SKU.
pub async fn list_levels_of_sku(c: &mut Connection, sku: &str) -> sqlx::Result<Vec<StockRow>> {
    sqlx::query_as(
        "SELECT s.id, s.variant_id, s.on_hand, s.allocated FROM stock_level s JOIN variant v ON v.id = s.variant_id \
         WHERE v.sku = $1 ORDER BY s.id",
    )
    .bind(sku)
    .fetch_all(c)
    .await
}

/// A variant's id by its SKU.
pub async fn find_variant(c: &mut Connection, sku: &str) -> sqlx::Result<Option<Uuid>> {
    sqlx::query_scalar("SELECT id FROM variant WHERE sku = $1").bind(sku).fetch_optional(c).await
}

/// Writes movements, unless one with its cause exists; gives how many are new.
pub async fn insert_movements(c: &mut Connection, rows: &[MovementWrite]) -> sqlx::Result<u64> {
    if rows.is_empty() {
        return Ok(0);
    }
    let mut query = QueryBuilder::<Db>::new(
        "INSERT INTO stock_movement (id, stock_level_id, kind, quantity, cause, reason, at) ",
    );
    query.push_values(rows, |mut row, movement| {
        row.push_bind(movement.id)
            .push_bind(movement.stock_level_id)
            .push_bind(movement.kind)
            .push_bind(movement.quantity)
            .push_bind(movement.cause.clone())
            .push_bind(movement.reason.clone())
            .push_bind(movement.at);
    });
    query.push(" ON CONFLICT (cause) DO NOTHING");
    Ok(query.build().execute(c).await?.rows_affected())
}

/// Changes what is on hand. Gives `false`, and changes nothing, when fewer would be left than are promised.
pub async fn change_on_hand(c: &mut Connection, level_id: Uuid, by: i64) -> sqlx::Result<bool> {
    let done = sqlx::query(
        "UPDATE stock_level SET on_hand = on_hand + $2 WHERE id = $1 AND on_hand + $2 >= allocated",
    )
    .bind(level_id)
    .bind(by)
    .execute(c)
    .await?;
    Ok(done.rows_affected() == 1)
}

/// Promises every line of a cart in one statement; gives the counters that had enough.
/// Lines that had not are missing from the answer: the caller must undo the transaction then.
pub async fn allocate_cart(
    c: &mut Connection,
    warehouse_code: &str,
    cart_id: Uuid,
) -> sqlx::Result<Vec<StockRow>> {
    sqlx::query_as(
        "UPDATE stock_level SET allocated = allocated + (SELECT l.quantity FROM cart_line l WHERE l.cart_id = $1 AND l.variant_id = stock_level.variant_id) \
         WHERE warehouse_id = (SELECT id FROM warehouse WHERE code = $2) \
         AND variant_id IN (SELECT l.variant_id FROM cart_line l WHERE l.cart_id = $1) \
         AND on_hand - allocated >= (SELECT l.quantity FROM cart_line l WHERE l.cart_id = $1 AND l.variant_id = stock_level.variant_id) \
         RETURNING id, variant_id, on_hand, allocated",
    )
    .bind(cart_id)
    .bind(warehouse_code)
    .fetch_all(c)
    .await
}

/// The counters that an order's units were promised from, with the units, in the order in which they are locked.
pub async fn list_promises(
    c: &mut Connection,
    warehouse_code: &str,
    order_id: Uuid,
) -> sqlx::Result<Vec<(Uuid, i64)>> {
    sqlx::query_as(
        "SELECT s.id, CAST(SUM(l.quantity) AS BIGINT) FROM order_line l JOIN stock_level s ON s.variant_id = l.variant_id \
         JOIN warehouse w ON w.id = s.warehouse_id AND w.code = $2 WHERE l.order_id = $1 GROUP BY s.id ORDER BY s.id",
    )
    .bind(order_id)
    .bind(warehouse_code)
    .fetch_all(c)
    .await
}

/// Takes a promise back; gives `false`, and changes nothing, when fewer units are promised.
pub async fn release(c: &mut Connection, level_id: Uuid, quantity: i64) -> sqlx::Result<bool> {
    let done =
        sqlx::query("UPDATE stock_level SET allocated = allocated - $2 WHERE id = $1 AND allocated >= $2")
            .bind(level_id)
            .bind(quantity)
            .execute(c)
            .await?;
    Ok(done.rows_affected() == 1)
}

/// Counters whose promises are not those of the orders that stand: `(sku, promised, ordered)`.
pub async fn list_broken_promises(c: &mut Connection) -> sqlx::Result<Vec<(String, i64, i64)>> {
    sqlx::query_as(
        "SELECT * FROM (SELECT v.sku, CAST(COALESCE((SELECT SUM(s.allocated) FROM stock_level s WHERE s.variant_id = v.id), 0) AS BIGINT) AS promised, \
         CAST(COALESCE((SELECT SUM(l.quantity) FROM order_line l JOIN orders o ON o.id = l.order_id WHERE l.variant_id = v.id \
             AND o.status = 'placed' AND o.fulfillment_status = 'unfulfilled'), 0) AS BIGINT) AS ordered FROM variant v) sums \
         WHERE promised <> ordered ORDER BY sku",
    )
    .fetch_all(c)
    .await
}

/// Counters that differ from the sums of their movements.
pub async fn list_discrepancies(c: &mut Connection) -> sqlx::Result<Vec<Discrepancy>> {
    sqlx::query_as(
        "SELECT * FROM (SELECT v.sku, s.on_hand, s.allocated, \
         CAST(COALESCE(SUM(CASE m.kind WHEN 'received' THEN m.quantity WHEN 'adjusted' THEN m.quantity WHEN 'shipped' THEN -m.quantity ELSE 0 END), 0) AS BIGINT) AS ledger_on_hand, \
         CAST(COALESCE(SUM(CASE m.kind WHEN 'allocated' THEN m.quantity WHEN 'released' THEN -m.quantity WHEN 'shipped' THEN -m.quantity ELSE 0 END), 0) AS BIGINT) AS ledger_allocated \
         FROM stock_level s JOIN variant v ON v.id = s.variant_id LEFT JOIN stock_movement m ON m.stock_level_id = s.id \
         GROUP BY s.id, v.sku, s.on_hand, s.allocated) sums \
         WHERE on_hand <> ledger_on_hand OR allocated <> ledger_allocated ORDER BY sku",
    )
    .fetch_all(c)
    .await
}
