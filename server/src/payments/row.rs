//! Rows of payments.

use uuid::Uuid;

/// Received money to be written to the ledger.
#[derive(Debug, Clone)]
pub struct ChargeWrite {
    /// Its id.
    pub id: Uuid,
    /// Which payment.
    pub payment_id: Uuid,
    /// Minor units.
    pub amount_minor: i64,
    /// What made it; two entries with one cause are one.
    pub cause: String,
    /// Microseconds.
    pub at: i64,
}

/// A payment, read or to be written.
#[derive(Debug, Clone, sqlx::FromRow)]
#[expect(missing_docs, reason = "the fields are the columns, described in the migration")]
pub struct PaymentRow {
    pub id: Uuid,
    pub order_id: Uuid,
    pub method: String,
    pub status: String,
    pub amount_minor: i64,
    pub currency: String,
}
