//! Rows of discounts.

use app::kernel::Localized;
use sqlx::types::Json;
use uuid::Uuid;

/// A discount that a cart has in a currency.
#[derive(Debug, Clone, PartialEq, Eq, sqlx::FromRow)]
pub struct DiscountRow {
    /// Who grants it.
    pub origin: String,
    /// What is granted, in the origin's words.
    pub code: String,
    /// The article whose line it is for; `None` for the whole cart.
    pub variant_id: Option<Uuid>,
    /// Its name for people.
    pub label: Json<Localized>,
    /// Minor units to take off, at most.
    pub amount_minor: i64,
}

/// A discount to be written.
#[derive(Debug, Clone)]
pub struct DiscountWrite {
    /// Which cart.
    pub cart_id: Uuid,
    /// Where it stands among its origin's.
    pub position: i64,
    /// What it is.
    pub row: DiscountRow,
    /// Its currency.
    pub currency: &'static str,
    /// Until when it counts, in microseconds.
    pub ends_at: Option<i64>,
}

/// What was taken off an order, read or to be written.
#[derive(Debug, Clone, PartialEq, Eq, sqlx::FromRow)]
#[expect(missing_docs, reason = "the fields are the columns, described in the migration")]
pub struct OrderDiscountRow {
    pub id: Uuid,
    pub order_id: Uuid,
    pub position: i64,
    pub line_id: Option<Uuid>,
    pub origin: String,
    pub code: String,
    pub label: Json<Localized>,
    pub amount_minor: i64,
}

/// How much of an order's discount a line bears, read or to be written.
#[derive(Debug, Clone, Copy, PartialEq, Eq, sqlx::FromRow)]
#[expect(missing_docs, reason = "the fields are the columns, described in the migration")]
pub struct PartRow {
    pub discount_id: Uuid,
    pub line_id: Uuid,
    pub amount_minor: i64,
}
