//! Rows of payments.

use uuid::Uuid;

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
