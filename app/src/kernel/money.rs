//! Money as integer minor units with its currency, tax rates in parts per million.
//! No floats: rounding happens once per line (half up), parts of a sum come from the largest remainder.

use serde::{Deserialize, Serialize};

/// A currency that a document can be in.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "UPPERCASE")]
pub enum Currency {
    /// Renminbi.
    Cny,
    /// US dollar.
    Usd,
    /// Japanese yen (no minor unit).
    Jpy,
    /// Kuwaiti dinar (three decimal places).
    Kwd,
}

impl Currency {
    /// Currencies that a shopper can choose.
    pub const OFFERED: [Currency; 2] = [Currency::Cny, Currency::Usd];

    /// ISO 4217 code.
    #[must_use]
    pub const fn code(self) -> &'static str {
        match self {
            Self::Cny => "CNY",
            Self::Usd => "USD",
            Self::Jpy => "JPY",
            Self::Kwd => "KWD",
        }
    }

    /// Decimal places of the minor unit (ISO 4217).
    #[must_use]
    pub const fn exponent(self) -> u32 {
        match self {
            Self::Cny | Self::Usd => 2,
            Self::Jpy => 0,
            Self::Kwd => 3,
        }
    }

    /// Reads an ISO 4217 code, in capitals.
    #[must_use]
    pub fn from_code(code: &str) -> Option<Self> {
        [Self::Cny, Self::Usd, Self::Jpy, Self::Kwd].into_iter().find(|currency| currency.code() == code)
    }
}

/// An amount in minor units of a currency (¥1.50 is `minor: 150`). May be negative (a correction).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct Money {
    /// Minor units, for example fen or cents.
    pub minor: i64,
    /// The currency of the amount.
    pub currency: Currency,
}

impl Money {
    /// An amount of `minor` units.
    #[must_use]
    pub const fn new(minor: i64, currency: Currency) -> Self {
        Self { minor, currency }
    }

    /// Nothing, in `currency`.
    #[must_use]
    pub const fn zero(currency: Currency) -> Self {
        Self::new(0, currency)
    }

    /// The amount times a count. `None` when it does not fit.
    #[must_use]
    pub fn times(self, count: i64) -> Option<Self> {
        Some(Self::new(self.minor.checked_mul(count)?, self.currency))
    }

    /// The sum. `None` when the currencies differ or it does not fit.
    #[must_use]
    pub fn plus(self, other: Self) -> Option<Self> {
        if self.currency != other.currency {
            return None;
        }
        Some(Self::new(self.minor.checked_add(other.minor)?, self.currency))
    }
}

/// A rate in parts per million: 13 % is 130 000.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(transparent)]
pub struct RatePpm(i64);

const MILLION: i128 = 1_000_000;

impl RatePpm {
    /// No tax.
    pub const ZERO: Self = Self(0);

    /// A rate between 0 and 1 000 000 (100 %). `None` outside of it.
    #[must_use]
    pub fn new(ppm: i64) -> Option<Self> {
        (0..=1_000_000).contains(&ppm).then_some(Self(ppm))
    }

    /// Parts per million.
    #[must_use]
    pub const fn ppm(self) -> i64 {
        self.0
    }

    /// The tax to add to a net amount, in minor units, rounded half up.
    #[must_use]
    pub fn on_net(self, net_minor: i64) -> i64 {
        round_half_up(i128::from(net_minor) * i128::from(self.0), MILLION)
    }

    /// The tax contained in a gross amount, in minor units, rounded half up.
    #[must_use]
    pub fn within_gross(self, gross_minor: i64) -> i64 {
        round_half_up(i128::from(gross_minor) * i128::from(self.0), MILLION + i128::from(self.0))
    }
}

/// `numerator / denominator` rounded half away from zero. `denominator` is positive.
fn round_half_up(numerator: i128, denominator: i128) -> i64 {
    let doubled = numerator.abs() * 2 + denominator;
    let quotient = doubled / (denominator * 2) * numerator.signum();
    i64::try_from(quotient).unwrap_or(if quotient < 0 { i64::MIN } else { i64::MAX })
}

/// Divides `total_minor` in proportion to `weights` so that the parts sum to it exactly
/// (largest remainder; ties go to the earlier part). With no positive weight the first part takes all.
#[must_use]
pub fn prorate(total_minor: i64, weights: &[i64]) -> Vec<i64> {
    let weights: Vec<i128> = weights.iter().map(|weight| i128::from((*weight).max(0))).collect();
    let sum: i128 = weights.iter().sum();
    if sum == 0 {
        return weights
            .iter()
            .enumerate()
            .map(|(index, _)| if index == 0 { total_minor } else { 0 })
            .collect();
    }
    let total = i128::from(total_minor);
    let mut parts: Vec<(usize, i128, i128)> = weights
        .iter()
        .enumerate()
        .map(|(index, weight)| (index, (total * weight).div_euclid(sum), (total * weight).rem_euclid(sum)))
        .collect();
    let mut missing = total - parts.iter().map(|part| part.1).sum::<i128>();
    parts.sort_by_key(|(index, _, remainder)| (std::cmp::Reverse(*remainder), *index));
    for part in &mut parts {
        if missing > 0 {
            part.1 += 1;
            missing -= 1;
        }
    }
    parts.sort_by_key(|part| part.0);
    parts.into_iter().map(|part| i64::try_from(part.1).unwrap_or(0)).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn rate(ppm: i64) -> RatePpm {
        RatePpm::new(ppm).unwrap()
    }

    #[test]
    fn golden_net_prices_of_the_field_round_half_up() {
        assert_eq!(rate(100_000).on_net(4595), 460);
        assert_eq!(rate(100_000).on_net(4594), 459);
        assert_eq!(rate(230_000).on_net(10 * 1010), 2323);
    }

    #[test]
    fn included_tax_is_what_makes_the_net_plus_tax_the_gross() {
        assert_eq!(rate(130_000).within_gross(11_300), 1_300);
        assert_eq!(rate(200_000).within_gross(3823), 637);
    }

    #[test]
    fn amounts_of_different_currencies_do_not_add() {
        assert_eq!(Money::new(1, Currency::Cny).plus(Money::new(1, Currency::Usd)), None);
    }

    #[test]
    fn a_sum_that_does_not_fit_is_refused() {
        assert_eq!(Money::new(i64::MAX, Currency::Cny).times(2), None);
    }

    proptest! {
        #[test]
        fn parts_sum_to_the_total(total in -1_000_000_i64..1_000_000, weights in prop::collection::vec(0_i64..10_000, 1..40)) {
            prop_assert_eq!(prorate(total, &weights).iter().sum::<i64>(), total);
        }

        #[test]
        fn no_part_of_a_positive_total_is_negative(total in 0_i64..1_000_000, weights in prop::collection::vec(0_i64..10_000, 1..40)) {
            prop_assert!(prorate(total, &weights).iter().all(|part| *part >= 0));
        }

        #[test]
        fn each_part_is_its_share_rounded_down_or_up(total in 0_i64..1_000_000_000, weights in prop::collection::vec(0_i64..1_000_000, 1..40)) {
            let sum: i128 = weights.iter().map(|weight| i128::from(*weight)).sum();
            prop_assume!(sum > 0);
            for (part, weight) in prorate(total, &weights).into_iter().zip(&weights) {
                // |part - total × weight / sum| < 1, without a fraction.
                let off = i128::from(part) * sum - i128::from(total) * i128::from(*weight);
                prop_assert!(off.abs() < sum, "{} of {} for {:?}", part, total, weights);
                prop_assert!(*weight > 0 || part == 0, "no weight, no part");
            }
        }

        #[test]
        fn a_tax_is_the_nearest_unit_and_a_half_goes_up(minor in 0_i64..10_000_000_000, ppm in 0_i64..=1_000_000) {
            // Twice the error, in parts of a unit: a half that went up is +1 whole part, one that went down would be -1.
            let error = |tax: i64, exact: i128, parts: i128| 2 * (i128::from(tax) * parts - exact);
            let exact = i128::from(minor) * i128::from(ppm);
            let on_net = error(rate(ppm).on_net(minor), exact, MILLION);
            prop_assert!(-MILLION < on_net && on_net <= MILLION, "{}", on_net);
            let whole = MILLION + i128::from(ppm);
            let within = error(rate(ppm).within_gross(minor), exact, whole);
            prop_assert!(-whole < within && within <= whole, "{}", within);
        }

        #[test]
        fn what_is_given_back_is_rounded_as_it_was_taken(minor in 0_i64..10_000_000_000, ppm in 0_i64..=1_000_000) {
            prop_assert_eq!(rate(ppm).on_net(-minor), -rate(ppm).on_net(minor));
            prop_assert_eq!(rate(ppm).within_gross(-minor), -rate(ppm).within_gross(minor));
        }

        #[test]
        fn a_sum_of_one_currency_is_the_sum_of_its_units_and_of_two_is_none(
            one in any::<i32>(), other in any::<i32>(), first in 0_usize..4, second in 0_usize..4,
        ) {
            let currencies = [Currency::Cny, Currency::Usd, Currency::Jpy, Currency::Kwd];
            let money = |minor: i32, index: usize| Money::new(i64::from(minor), currencies[index]);
            let sum = money(one, first).plus(money(other, second));
            let expected = Money::new(i64::from(one) + i64::from(other), currencies[first]);
            prop_assert_eq!(sum, (first == second).then_some(expected));
        }

        #[test]
        fn included_tax_never_exceeds_the_gross(gross in 0_i64..1_000_000_000, ppm in 0_i64..=1_000_000) {
            let tax = rate(ppm).within_gross(gross);
            prop_assert!((0..=gross).contains(&tax));
        }
    }
}
