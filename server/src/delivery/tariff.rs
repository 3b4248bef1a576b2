//! What a parcel costs, as the trade has it: a price for the first grams, another one for every further step, nothing
//! for goods of a certain worth. Pure.

/// A method's price in a zone and a currency.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Tariff {
    /// Grams that the first price is for.
    pub first_g: i64,
    /// The first price in minor units.
    pub first_minor: i64,
    /// Grams of every further step, begun ones included.
    pub step_g: i64,
    /// A step's price in minor units.
    pub step_minor: i64,
    /// Heavier parcels do not travel this way.
    pub most_g: Option<i64>,
    /// Free for goods of this worth, in minor units, whatever they weigh.
    pub free_from_minor: Option<i64>,
}

impl Tariff {
    /// The price of a parcel in minor units. `None` when it is too heavy, or when the price would not fit.
    #[must_use]
    pub fn price(&self, grams: i64, subtotal_minor: i64) -> Option<i64> {
        if self.most_g.is_some_and(|most| grams > most) {
            return None;
        }
        if self.missing(subtotal_minor) == Some(0) {
            return Some(0);
        }
        let beyond = grams.saturating_sub(self.first_g).max(0);
        let steps = beyond.checked_add(self.step_g.max(1) - 1)? / self.step_g.max(1);
        self.first_minor.checked_add(steps.checked_mul(self.step_minor)?)
    }

    /// What goods of this worth miss until delivery is free. `None` when it never is.
    #[must_use]
    pub fn missing(&self, subtotal_minor: i64) -> Option<i64> {
        self.free_from_minor.map(|from| from.saturating_sub(subtotal_minor).max(0))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    const PARCEL: Tariff = Tariff {
        first_g: 1_000,
        first_minor: 1_200,
        step_g: 500,
        step_minor: 300,
        most_g: Some(30_000),
        free_from_minor: Some(19_900),
    };

    #[test]
    fn the_first_kilogram_has_a_price_and_every_begun_half_another() {
        for (grams, expected) in [
            (0, Some(1_200)),
            (1_000, Some(1_200)),
            (1_001, Some(1_500)),
            (1_500, Some(1_500)),
            (1_501, Some(1_800)),
            (30_000, Some(1_200 + 58 * 300)),
            (30_001, None),
        ] {
            assert_eq!(PARCEL.price(grams, 100), expected, "{grams} g");
        }
    }

    #[test]
    fn goods_of_enough_worth_travel_for_nothing_unless_they_are_too_heavy() {
        assert_eq!((PARCEL.price(9_000, 19_900), PARCEL.missing(19_900)), (Some(0), Some(0)));
        assert_eq!((PARCEL.price(500, 19_899), PARCEL.missing(19_899)), (Some(1_200), Some(1)));
        assert_eq!(PARCEL.price(30_001, 50_000), None);
        let never = Tariff { free_from_minor: None, ..PARCEL };
        assert_eq!((never.price(500, i64::MAX), never.missing(0)), (Some(1_200), None));
    }

    proptest! {
        #[test]
        fn a_heavier_parcel_never_costs_less(one in 0_i64..1_000_000, other in 0_i64..1_000_000, worth in 0_i64..30_000) {
            let tariff = Tariff { most_g: None, ..PARCEL };
            let (light, heavy) = (one.min(other), one.max(other));
            prop_assert!(tariff.price(light, worth) <= tariff.price(heavy, worth));
        }

        #[test]
        fn any_row_is_priced_or_refused(
            first_g in any::<i64>(), first_minor in any::<i64>(), step_g in any::<i64>(), step_minor in any::<i64>(),
            grams in any::<i64>(), worth in any::<i64>(),
        ) {
            let _ = Tariff { first_g, first_minor, step_g, step_minor, most_g: None, free_from_minor: None }.price(grams, worth);
        }
    }
}
