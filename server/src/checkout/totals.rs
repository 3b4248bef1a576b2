//! The sums of an order from the rows of its lines and rates.

use super::row::Rates;
pub use super::sums::LineSum;
use super::sums::{Item, Tax, goods, sum_up};
use crate::cart::row::LineRow;
use crate::delivery::offer::{Way, chosen, ways};
use crate::discounts::apply::{self, Applied};
use crate::fault::Fault;
use crate::places::abroad::state;
use app::checkout::model::Totals;
use app::kernel::{CountryCode, Currency, Money, RatePpm};

/// Every sum of an order.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Calculation {
    /// One per line, in their order.
    pub lines: Vec<LineSum>,
    /// What is taken off, as far as it comes to something.
    pub discounts: Vec<Applied>,
    /// The ways that the parcel can go.
    pub ways: Vec<Way>,
    /// The order's.
    pub totals: Totals,
}

/// The code of the state whose tax is added. Prices in dollars are without tax; others hold the tax of their country.
#[must_use]
pub fn taxed_region(country: CountryCode, region: &str, currency: Currency) -> &'static str {
    let is_added = country == CountryCode::US && currency == Currency::Usd;
    state(country, region).filter(|_| is_added).map_or("", |(code, _, _)| code)
}

fn rate(rates: &Rates, class: &str) -> RatePpm {
    let row = rates.tax.iter().find(|row| row.tax_class == class);
    row.and_then(|row| RatePpm::new(row.ppm)).unwrap_or(RatePpm::ZERO)
}

/// Calculates an order of these lines that goes the wanted way, else the first one that it can go.
///
/// # Errors
/// [`Fault::Broken`] when a line has no price or a sum does not fit.
pub fn calculate(
    lines: &[LineRow],
    rates: &Rates,
    wanted: &str,
    currency: Currency,
) -> Result<Calculation, Fault> {
    let items: Result<Vec<Item>, Fault> = lines.iter().map(|line| item(line, rates)).collect();
    let items = items?;
    let cuts = apply::cuts(&rates.discounts, &lines.iter().collect::<Vec<_>>());
    let subtotal = goods(&items, &cuts)?;
    let ways = ways(&rates.delivery, grams(lines), subtotal);
    let way = chosen(&ways, wanted).filter(|_| !lines.is_empty());
    let delivery = way.map_or(0, |way| way.minor);
    let missing = way.and_then(|way| way.rate.tariff.missing(subtotal)).filter(|missing| *missing > 0);
    let added =
        rates.added.and_then(|added| Some(Tax::Added(RatePpm::new(added.ppm)?, added.is_on_delivery)));
    let sums = sum_up(&items, &cuts, delivery, added.unwrap_or(Tax::Included(rate(rates, "standard"))))?;
    let money = |minor| Money::new(minor, currency);
    let totals = Totals {
        subtotal: money(sums.subtotal),
        discount: money(sums.discount),
        shipping: money(sums.delivery),
        tax_included: money(sums.tax_included),
        tax_added: money(sums.tax_added),
        total: money(sums.total),
        missing_for_free_shipping: missing.map(money),
    };
    let discounts = apply::applied(&rates.discounts, &cuts, sums.cuts);
    Ok(Calculation { lines: sums.lines, discounts, ways, totals })
}

fn item(line: &LineRow, rates: &Rates) -> Result<Item, Fault> {
    let unit_minor = line.amount_minor.ok_or(Fault::Broken("a line has no price"))?;
    Ok(Item { unit_minor, quantity: line.quantity, rate: rate(rates, &line.tax_class) })
}

/// What the goods weigh.
fn grams(lines: &[LineRow]) -> i64 {
    let each = lines.iter().map(|line| line.weight_g.saturating_mul(line.quantity));
    each.fold(0, i64::saturating_add)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::catalog::row::ProductDoc;
    use crate::checkout::row::{AddedTaxRow, TaxRow};
    use crate::delivery::offer::Rate;
    use crate::delivery::tariff::Tariff;
    use crate::discounts::row::DiscountRow;
    use app::delivery::arrival::Days;
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
            weight_g: 400,
            is_sold: true,
            amount_minor: Some(amount_minor),
            available: 99,
            added_minor: amount_minor,
            added_currency: "CNY".into(),
        }
    }

    fn china(delivery: Vec<Rate>) -> Rates {
        let tax = [("standard", 130_000), ("reduced", 90_000)];
        Rates {
            delivery,
            tax: tax.map(|(class, ppm)| TaxRow { tax_class: class.into(), ppm }).into(),
            added: None,
            discounts: Vec::new(),
        }
    }

    /// A parcel of up to a kilogram, and of every further one.
    fn post(first_minor: i64, step_minor: i64, free_from: i64) -> Vec<Rate> {
        let tariff = Tariff {
            first_g: 1_000,
            first_minor,
            step_g: 1_000,
            step_minor,
            most_g: Some(500_000),
            free_from_minor: Some(free_from),
        };
        let text = Localized::default();
        let (name, about) = (text.clone(), text);
        vec![Rate { code: "post".into(), name, about, days: Days { from: 1, to: 3 }, tariff }]
    }

    fn usual() -> Vec<Rate> {
        post(1_200, 0, 19_900)
    }

    #[test]
    fn china_prices_contain_thirteen_and_nine_percent() {
        let lines = [line(11_300, 1, "standard"), line(10_900, 1, "reduced")];
        let result = calculate(&lines, &china(usual()), "", Currency::Cny).unwrap();
        assert_eq!(result.lines.iter().map(|sum| sum.tax_minor).collect::<Vec<_>>(), [1300, 900]);
        assert_eq!(
            (result.totals.total.minor, result.totals.shipping.minor, result.totals.tax_included.minor),
            (22_200, 0, 2200)
        );
    }

    #[test]
    fn below_the_limit_delivery_costs_and_the_distance_is_told() {
        let totals =
            calculate(&[line(10_000, 1, "standard")], &china(usual()), "", Currency::Cny).unwrap().totals;
        assert_eq!(totals.total.minor, 11_200);
        assert_eq!(totals.missing_for_free_shipping, Some(Money::new(9_900, Currency::Cny)));
    }

    #[test]
    fn delivery_costs_what_all_the_goods_weigh_together_by_the_way_that_is_wanted() {
        let mut rates = china(post(1_200, 300, 19_900));
        rates.delivery.push(Rate { code: "air".into(), ..post(5_000, 1_000, i64::MAX).remove(0) });
        let lines = [line(1_000, 3, "standard"), line(500, 1, "reduced")];
        let cost = |wanted| calculate(&lines, &rates, wanted, Currency::Cny).unwrap().totals;
        assert_eq!((cost("").shipping.minor, cost("air").shipping.minor), (1_500, 6_000), "1.6 kg");
        assert_eq!((cost("post").total.minor, cost("gone").total.minor), (5_000, 5_000));
        let heavy = [line(100_000, 1_300, "standard")];
        let none = calculate(&heavy, &rates, "", Currency::Cny).unwrap();
        assert_eq!((none.ways.len(), none.totals.shipping.minor), (0, 0), "half a ton goes no way");
        assert_eq!(none.totals.missing_for_free_shipping, None);
    }

    #[test]
    fn a_discount_comes_off_before_delivery_is_priced_and_the_tax_is_that_of_what_is_paid() {
        let mut other = line(10_900, 1, "reduced");
        other.variant_id = uuid::Uuid::max();
        let lines = [line(11_300, 1, "standard"), other];
        let grant = |variant_id, amount_minor| DiscountRow {
            origin: "test".into(),
            code: "x".into(),
            variant_id,
            label: Json(Localized { zh: "减".into(), en: "Off".into() }),
            amount_minor,
        };
        let of_line = grant(Some(uuid::Uuid::max()), 1_090);
        let (of_all, of_nothing) = (grant(None, 2_111), grant(Some(uuid::Uuid::from_u128(7)), 500));
        let rates = Rates { discounts: vec![of_all, of_nothing, of_line], ..china(usual()) };
        let result = calculate(&lines, &rates, "", Currency::Cny).unwrap();
        let told: Vec<_> = result.discounts.iter().map(|one| (one.line, one.sum.parts.clone())).collect();
        assert_eq!(told, [(None, vec![1_130, 981]), (Some(1), vec![0, 1_090])]);
        assert_eq!(result.lines.iter().map(|sum| sum.tax_minor).collect::<Vec<_>>(), [1_170, 729]);
        let totals = result.totals;
        assert_eq!(
            (totals.discount.minor, totals.subtotal.minor, totals.total.minor),
            (3_201, 18_999, 20_199)
        );
        assert_eq!(totals.missing_for_free_shipping.map(|money| money.minor), Some(901));
    }

    #[test]
    fn a_sum_that_does_not_fit_is_refused() {
        assert!(calculate(&[line(i64::MAX, 2, "standard")], &china(Vec::new()), "", Currency::Cny).is_err());
    }

    #[test]
    fn a_state_s_tax_is_added_instead_of_being_contained() {
        let added = Some(AddedTaxRow { ppm: 72_500, is_on_delivery: false });
        let rates = Rates { added, ..china(post(900, 0, 8_900)) };
        let totals = calculate(&[line(2_800, 1, "standard")], &rates, "", Currency::Usd).unwrap().totals;
        assert_eq!((totals.tax_included.minor, totals.tax_added.minor, totals.total.minor), (0, 203, 3_903));
    }

    #[test]
    fn only_dollars_to_the_united_states_are_taxed_by_state() {
        assert_eq!(taxed_region(CountryCode::US, "California", Currency::Usd), "CA");
        assert_eq!(taxed_region(CountryCode::US, "ca", Currency::Usd), "CA");
        assert_eq!(taxed_region(CountryCode::US, "Zhejiang", Currency::Usd), "");
        assert_eq!(taxed_region(CountryCode::US, "California", Currency::Cny), "");
        assert_eq!(taxed_region(CountryCode::CA, "Ontario", Currency::Usd), "");
    }

    proptest! {
        #[test]
        fn the_total_is_the_sum_of_its_parts_and_nothing_is_negative(prices in prop::collection::vec((0_i64..1_000_000, 1_i64..99), 1..50)) {
            let lines: Vec<LineRow> = prices.iter().map(|(price, quantity)| line(*price, *quantity, "standard")).collect();
            let result = calculate(&lines, &china(usual()), "", Currency::Cny).unwrap();
            let goods: i64 = result.lines.iter().map(|sum| sum.total_minor).sum();
            prop_assert_eq!(result.totals.total.minor, goods + result.totals.shipping.minor);
            prop_assert!(result.lines.iter().all(|sum| sum.tax_minor >= 0 && sum.tax_minor <= sum.total_minor));
        }
    }
}
