//! SQL of delivery. The ways that an order can go are read with its other rates, by `checkout::list_rates`.

use super::Connection;

/// How many days the usual way takes to most of a country, for prices of a currency: `(at least, at most)`.
pub async fn usual_days(
    c: &mut Connection,
    country: &str,
    currency: &str,
) -> sqlx::Result<Option<(i64, i64)>> {
    sqlx::query_as(
        "SELECT r.days_from, r.days_to FROM delivery_place p JOIN delivery_rate r ON r.zone_code = p.zone_code \
         JOIN delivery_method m ON m.code = r.method_code AND m.is_active \
         WHERE p.country = $1 AND p.region = '' AND r.currency = $2 ORDER BY m.position LIMIT 1",
    )
    .bind(country)
    .bind(currency)
    .fetch_optional(c)
    .await
}
