//! SQL of delivery and tax rates.

use super::Connection;
use crate::checkout::row::{RateRow, RatesOf};

/// All at once, and what is taken off the cart with them: at least one row, whatever is missing.
pub async fn list_rates(c: &mut Connection, of: RatesOf<'_>) -> sqlx::Result<Vec<RateRow>> {
    sqlx::query_as(
        "SELECT w.way, w.way_name, w.about, w.days_from, w.days_to, w.first_g, w.first_minor, w.step_g, w.step_minor, \
         w.most_g, w.free_from_minor, x.ppm AS added_ppm, x.is_on_delivery, t.tax_class, t.ppm, \
         d.origin, d.code, d.variant_id, d.label, d.amount_minor AS discount_minor FROM (SELECT 1 AS one) base \
         LEFT JOIN (SELECT m.position, m.code AS way, m.name AS way_name, m.about, r.days_from, r.days_to, r.first_g, \
             r.first_minor, r.step_g, r.step_minor, r.most_g, r.free_from_minor FROM delivery_place p \
             JOIN delivery_rate r ON r.zone_code = p.zone_code AND r.currency = $1 \
             JOIN delivery_method m ON m.code = r.method_code AND m.is_active \
             WHERE p.country = $2 AND p.region = (SELECT MAX(q.region) FROM delivery_place q \
                 WHERE q.country = $2 AND q.region IN ('', $6))) w ON 1 = 1 \
         LEFT JOIN sales_tax_rate x ON x.country = $2 AND x.region = $3 LEFT JOIN tax_rate t ON t.country = $2 \
         LEFT JOIN cart_discount d ON d.cart_id = $4 AND d.currency = $1 AND (d.ends_at IS NULL OR d.ends_at > $5) \
         ORDER BY w.position, t.tax_class, d.origin, d.position",
    )
    .bind(of.currency)
    .bind(of.country)
    .bind(of.taxed_region)
    .bind(of.cart_id)
    .bind(of.now)
    .bind(of.region)
    .fetch_all(c)
    .await
}
