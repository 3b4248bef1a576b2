//! SQL of delivery and tax rates.

use super::Connection;
use crate::checkout::row::{RateRow, RatesOf};

/// All at once, and what is taken off the cart with them: at least one row, whatever is missing.
pub async fn list_rates(c: &mut Connection, of: RatesOf<'_>) -> sqlx::Result<Vec<RateRow>> {
    sqlx::query_as(
        "SELECT s.amount_minor, s.free_from_minor, x.ppm AS added_ppm, x.is_on_delivery, t.tax_class, t.ppm, \
         d.origin, d.code, d.variant_id, d.label, d.amount_minor AS discount_minor FROM (SELECT 1 AS one) base \
         LEFT JOIN shipping_rate s ON s.currency = $1 LEFT JOIN sales_tax_rate x ON x.country = $2 AND x.region = $3 \
         LEFT JOIN tax_rate t ON t.country = $2 \
         LEFT JOIN cart_discount d ON d.cart_id = $4 AND d.currency = $1 AND (d.ends_at IS NULL OR d.ends_at > $5) \
         ORDER BY t.tax_class, d.origin, d.position",
    )
    .bind(of.currency)
    .bind(of.country)
    .bind(of.region)
    .bind(of.cart_id)
    .bind(of.now)
    .fetch_all(c)
    .await
}
