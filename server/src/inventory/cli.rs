//! `jishi stock`: looking at a variant's stock and correcting its count.

use super::ledger::{self, Adjustment};
use crate::db::Database;
use crate::jobs::outbox::{Event, emit};
use crate::on;
use crate::platform::Platform;
use anyhow::{Context as _, bail};

/// Topic of the event after a count was corrected; its subject is the variant's id.
pub const STOCK_ADJUSTED: &str = "stock.adjusted";

/// The stock of a variant, for people.
///
/// # Errors
/// When there is no such SKU.
pub async fn show(database: &Database, sku: &str) -> anyhow::Result<String> {
    let mut conn = database.read_latest().await?;
    let known = on!(conn, inventory::find_variant(sku))?;
    known.with_context(|| format!("there is no variant {sku}"))?;
    let levels = on!(conn, inventory::list_levels_of_sku(sku))?;
    let (on_hand, allocated) =
        levels.iter().fold((0, 0), |sums, level| (sums.0 + level.on_hand, sums.1 + level.allocated));
    Ok(format!(
        "{sku}: {on_hand} on hand, {allocated} promised to orders, {} can be bought",
        on_hand - allocated
    ))
}

/// Sets what is on hand at the main warehouse, with a reason for the ledger.
///
/// # Errors
/// When there is no such SKU, the reason is empty, or more is promised than would be left.
pub async fn set(
    database: &Database,
    platform: &Platform,
    sku: &str,
    units: i64,
    reason: &str,
) -> anyhow::Result<String> {
    if reason.trim().is_empty() {
        bail!("say why with --reason: the ledger keeps it");
    }
    if units < 0 {
        bail!("the number of units cannot be negative");
    }
    let mut tx = database.write().await?;
    let variant_id =
        on!(tx, inventory::find_variant(sku))?.with_context(|| format!("there is no variant {sku}"))?;
    let adjustment = Adjustment { variant_id, counted: units, reason: reason.trim().to_owned() };
    let Some(change) = ledger::adjust(&mut tx, platform, &adjustment).await? else {
        bail!("more units of {sku} are promised to orders than that; release or ship them first");
    };
    let event =
        Event { topic: STOCK_ADJUSTED, subject: &variant_id.to_string(), payload: serde_json::json!({}) };
    emit(&mut tx, platform, event).await?;
    tx.commit().await?;
    Ok(format!("{sku}: {units} on hand ({change:+})"))
}
