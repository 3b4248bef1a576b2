//! SQL of delivery and tax rates.

use super::Connection;
use crate::checkout::row::RateRow;

/// All at once: at least one row, whatever is missing. The region is a state's code, or empty.
pub async fn list_rates(
    c: &mut Connection,
    currency: &str,
    country: &str,
    region: &str,
) -> sqlx::Result<Vec<RateRow>> {
    sqlx::query_as(
        "SELECT s.amount_minor, s.free_from_minor, x.ppm AS added_ppm, x.is_on_delivery, t.tax_class, t.ppm FROM (SELECT 1 AS one) base \
         LEFT JOIN shipping_rate s ON s.currency = $1 LEFT JOIN sales_tax_rate x ON x.country = $2 AND x.region = $3 \
         LEFT JOIN tax_rate t ON t.country = $2 ORDER BY t.tax_class",
    )
    .bind(currency)
    .bind(country)
    .bind(region)
    .fetch_all(c)
    .await
}
