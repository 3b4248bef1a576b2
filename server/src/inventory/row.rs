//! Rows of the stock tables.

use app::kernel::Localized;
use sqlx::types::Json;
use uuid::Uuid;

/// A warehouse to be.
#[derive(Debug, Clone)]
pub struct WarehouseWrite {
    /// Its id.
    pub id: Uuid,
    /// Its code.
    pub code: &'static str,
    /// Its name.
    pub name: Json<Localized>,
}

/// The two counters of a variant in a warehouse.
#[derive(Debug, Clone, PartialEq, Eq, sqlx::FromRow)]
pub struct StockRow {
    /// Its id.
    pub id: Uuid,
    /// Which variant.
    pub variant_id: Uuid,
    /// Units in the warehouse.
    pub on_hand: i64,
    /// Units promised to orders.
    pub allocated: i64,
}

/// A movement to be written.
#[derive(Debug, Clone)]
pub struct MovementWrite {
    /// Its id.
    pub id: Uuid,
    /// Which counter pair.
    pub stock_level_id: Uuid,
    /// `received`, `allocated`, `shipped`, `released` or `adjusted`.
    pub kind: &'static str,
    /// Units; negative only for `adjusted`.
    pub quantity: i64,
    /// What made it; two movements with one cause are one.
    pub cause: String,
    /// Why, for people.
    pub reason: Option<String>,
    /// Microseconds.
    pub at: i64,
}

/// A counter pair beside the sums of its movements.
#[derive(Debug, Clone, sqlx::FromRow)]
pub struct Discrepancy {
    /// Stock keeping unit.
    pub sku: String,
    /// The counter.
    pub on_hand: i64,
    /// What the movements say.
    pub ledger_on_hand: i64,
    /// The counter.
    pub allocated: i64,
    /// What the movements say.
    pub ledger_allocated: i64,
}
