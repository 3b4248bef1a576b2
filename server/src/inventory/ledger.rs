//! The only writer of stock: each function changes a counter together with its movement.

use super::row::{MovementWrite, StockRow, WarehouseWrite};
use crate::db::Tx;
use crate::db::time::to_micros;
use crate::on;
use crate::platform::Platform;
use app::kernel::Localized;
use sqlx::types::Json;
use uuid::Uuid;

/// The code of the warehouse that goods are received at.
pub const MAIN_WAREHOUSE: &str = "main";

/// Units that arrived.
#[derive(Debug, Clone)]
pub struct Receipt {
    /// Which variant.
    pub variant_id: Uuid,
    /// How many; zero makes the counters but no movement.
    pub quantity: i64,
    /// What made it: a second receipt with this cause does nothing.
    pub cause: String,
}

/// A corrected count.
#[derive(Debug, Clone)]
pub struct Adjustment {
    /// Which variant.
    pub variant_id: Uuid,
    /// How many there are in truth.
    pub counted: i64,
    /// Why, for people.
    pub reason: String,
}

/// The counters of a variant at the main warehouse.
///
/// # Errors
/// The database's error.
pub async fn level(tx: &mut Tx, platform: &Platform, variant_id: Uuid) -> sqlx::Result<StockRow> {
    let now = platform.clock.now();
    let name = Json(Localized { zh: "主仓".to_owned(), en: "Main warehouse".to_owned() });
    let row = WarehouseWrite { id: platform.entropy.uuid_v7(now), code: MAIN_WAREHOUSE, name };
    let warehouse = on!(tx, inventory::ensure_warehouse(&row))?;
    on!(tx, inventory::ensure_level(platform.entropy.uuid_v7(now), warehouse, variant_id))
}

/// Receives units; gives whether they are new.
///
/// # Errors
/// The database's error.
pub async fn receive(tx: &mut Tx, platform: &Platform, receipt: &Receipt) -> sqlx::Result<bool> {
    let level = level(tx, platform, receipt.variant_id).await?;
    if receipt.quantity == 0 {
        return Ok(false);
    }
    let movement = movement(platform, &level, "received", receipt.quantity, receipt.cause.clone());
    if on!(tx, inventory::insert_movements(&[movement]))? == 0 {
        return Ok(false);
    }
    on!(tx, inventory::change_on_hand(level.id, receipt.quantity))
}

/// Sets what is on hand. Gives `None` when fewer than the promised units would be left, else the change.
///
/// # Errors
/// The database's error.
pub async fn adjust(tx: &mut Tx, platform: &Platform, adjustment: &Adjustment) -> sqlx::Result<Option<i64>> {
    let level = level(tx, platform, adjustment.variant_id).await?;
    let change = adjustment.counted - level.on_hand;
    if change == 0 {
        return Ok(Some(0));
    }
    let id = platform.entropy.uuid_v7(platform.clock.now());
    let mut row = movement(platform, &level, "adjusted", change, format!("adjust:{id}"));
    row.reason = Some(adjustment.reason.clone());
    if !on!(tx, inventory::change_on_hand(level.id, change))? {
        return Ok(None);
    }
    on!(tx, inventory::insert_movements(&[row]))?;
    Ok(Some(change))
}

/// Takes back what was promised to an order; doing so twice is doing so once.
///
/// # Errors
/// The database's error.
pub async fn release_order(tx: &mut Tx, platform: &Platform, order_id: Uuid) -> sqlx::Result<()> {
    for (level_id, quantity) in on!(tx, inventory::list_promises(MAIN_WAREHOUSE, order_id))? {
        let cause = format!("release:{order_id}:{level_id}");
        let row = movement_of(platform, level_id, "released", quantity, cause);
        if on!(tx, inventory::insert_movements(&[row]))? == 1 {
            on!(tx, inventory::release(level_id, quantity))?;
        }
    }
    Ok(())
}

/// A movement of a counter pair.
#[must_use]
pub fn movement(
    platform: &Platform,
    level: &StockRow,
    kind: &'static str,
    quantity: i64,
    cause: String,
) -> MovementWrite {
    movement_of(platform, level.id, kind, quantity, cause)
}

fn movement_of(
    platform: &Platform,
    stock_level_id: Uuid,
    kind: &'static str,
    quantity: i64,
    cause: String,
) -> MovementWrite {
    let now = platform.clock.now();
    MovementWrite {
        id: platform.entropy.uuid_v7(now),
        stock_level_id,
        kind,
        quantity,
        cause,
        reason: None,
        at: to_micros(now),
    }
}
