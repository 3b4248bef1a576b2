//! The sums of an order: tax once per line, delivery taxed at the standard rate, totals as sums of stored lines.

use super::row::{ShippingRow, TaxRow};
use crate::cart::row::LineRow;
use crate::fault::Fault;
use app::checkout::model::Totals;
use app::kernel::{Currency, Money, RatePpm};

/// A line's sums in minor units.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct LineSum {
    /// Price of one unit.
    pub unit_minor: i64,
    /// Price of the line.
    pub total_minor: i64,
    /// The rate of its tax class.
    pub tax_ppm: i64,
    /// Tax contained in the line's price.
    pub tax_minor: i64,
}

/// Every sum of an order.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Calculation {
    /// One per line, in their order.
    pub lines: Vec<LineSum>,
    /// The order's.
    pub totals: Totals,
}

fn rate(rates: &[TaxRow], class: &str) -> RatePpm {
    let row = rates.iter().find(|row| row.tax_class == class);
    row.and_then(|row| RatePpm::new(row.ppm)).unwrap_or(RatePpm::ZERO)
}

/// Calculates an order of these lines.
///
/// # Errors
/// [`Fault::Broken`] when a line has no price or a sum does not fit.
pub fn calculate(
    lines: &[LineRow],
    shipping: Option<ShippingRow>,
    rates: &[TaxRow],
    currency: Currency,
) -> Result<Calculation, Fault> {
    const TOO_LARGE: Fault = Fault::Broken("a sum does not fit");
    let mut sums = Vec::with_capacity(lines.len());
    let mut subtotal = 0_i64;
    for line in lines {
        let sum = line_sum(line, rates)?;
        subtotal = subtotal.checked_add(sum.total_minor).ok_or(TOO_LARGE)?;
        sums.push(sum);
    }
    let (delivery, missing) = delivery(subtotal, shipping, lines.is_empty());
    let tax =
        sums.iter().map(|sum| sum.tax_minor).sum::<i64>() + rate(rates, "standard").within_gross(delivery);
    let money = |minor| Money::new(minor, currency);
    let totals = Totals {
        subtotal: money(subtotal),
        shipping: money(delivery),
        tax_included: money(tax),
        total: money(subtotal.checked_add(delivery).ok_or(TOO_LARGE)?),
        missing_for_free_shipping: missing.map(money),
    };
    Ok(Calculation { lines: sums, totals })
}

fn line_sum(line: &LineRow, rates: &[TaxRow]) -> Result<LineSum, Fault> {
    let unit_minor = line.amount_minor.ok_or(Fault::Broken("a line has no price"))?;
    let total_minor = unit_minor.checked_mul(line.quantity).ok_or(Fault::Broken("a sum does not fit"))?;
    let rate = rate(rates, &line.tax_class);
    Ok(LineSum { unit_minor, total_minor, tax_ppm: rate.ppm(), tax_minor: rate.within_gross(total_minor) })
}

/// What delivery costs, and what is missing until it is free.
fn delivery(subtotal: i64, shipping: Option<ShippingRow>, is_empty: bool) -> (i64, Option<i64>) {
    match shipping {
        Some(rate) if !is_empty => match rate.free_from_minor {
            Some(free_from) if subtotal >= free_from => (0, None),
            Some(free_from) => (rate.amount_minor, Some(free_from - subtotal)),
            None => (rate.amount_minor, None),
        },
        _ => (0, None),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::catalog::row::ProductDoc;
    use app::kernel::Localized;
    use proptest::prelude::*;
    use sqlx::types::Json;

    fn line(amount_minor: i64, quantity: i64, tax_class: &str) -> LineRow {
        let text = Localized::default;
        let content = ProductDoc {
            title: text(),
            subtitle: text(),
            description: text(),
            brand: text(),
            specs: vec![],
            options: vec![],
            media: vec![],
            care: text(),
            faq: vec![],
            tags: vec![],
            origin: text(),
        };
        LineRow {
            variant_id: uuid::Uuid::nil(),
            product_id: uuid::Uuid::nil(),
            sku: "A".into(),
            slug: "a".into(),
            content: Json(content),
            options: Json([].into()),
            pictures: Json(vec![]),
            tax_class: tax_class.into(),
            quantity,
            is_sold: true,
            amount_minor: Some(amount_minor),
            available: 99,
            added_minor: amount_minor,
            added_currency: "CNY".into(),
        }
    }

    fn china() -> Vec<TaxRow> {
        [("standard", 130_000), ("reduced", 90_000)]
            .map(|(class, ppm)| TaxRow { tax_class: class.into(), ppm })
            .into()
    }

    const RATE: ShippingRow = ShippingRow { amount_minor: 1200, free_from_minor: Some(19_900) };

    #[test]
    fn china_prices_contain_thirteen_and_nine_percent() {
        let lines = [line(11_300, 1, "standard"), line(10_900, 1, "reduced")];
        let result = calculate(&lines, Some(RATE), &china(), Currency::Cny).unwrap();
        assert_eq!(result.lines.iter().map(|sum| sum.tax_minor).collect::<Vec<_>>(), [1300, 900]);
        assert_eq!(
            (result.totals.total.minor, result.totals.shipping.minor, result.totals.tax_included.minor),
            (22_200, 0, 2200)
        );
    }

    #[test]
    fn below_the_limit_delivery_costs_and_the_distance_is_told() {
        let totals =
            calculate(&[line(10_000, 1, "standard")], Some(RATE), &china(), Currency::Cny).unwrap().totals;
        assert_eq!(totals.total.minor, 11_200);
        assert_eq!(totals.missing_for_free_shipping, Some(Money::new(9_900, Currency::Cny)));
    }

    #[test]
    fn a_sum_that_does_not_fit_is_refused() {
        assert!(calculate(&[line(i64::MAX, 2, "standard")], None, &[], Currency::Cny).is_err());
    }

    proptest! {
        #[test]
        fn the_total_is_the_sum_of_its_parts_and_nothing_is_negative(prices in prop::collection::vec((0_i64..1_000_000, 1_i64..99), 1..50)) {
            let lines: Vec<LineRow> = prices.iter().map(|(price, quantity)| line(*price, *quantity, "standard")).collect();
            let result = calculate(&lines, Some(RATE), &china(), Currency::Cny).unwrap();
            let goods: i64 = result.lines.iter().map(|sum| sum.total_minor).sum();
            prop_assert_eq!(result.totals.total.minor, goods + result.totals.shipping.minor);
            prop_assert!(result.lines.iter().all(|sum| sum.tax_minor >= 0 && sum.tax_minor <= sum.total_minor));
        }
    }
}
