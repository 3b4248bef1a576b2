//! The ways that a parcel can go, what each costs, and when it arrives. Pure.

use super::tariff::Tariff;
use app::delivery::arrival::{Arrival, Days};
use app::delivery::model::{Delivery, DeliveryChoice};
use app::kernel::{Currency, Localized, Money};
use time::OffsetDateTime;

/// A method that goes to a zone, at a price in one currency.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Rate {
    /// The method, for programs.
    pub code: String,
    /// Its name.
    pub name: Localized,
    /// A sentence about it.
    pub about: Localized,
    /// How long it is on its way.
    pub days: Days,
    /// What it costs.
    pub tariff: Tariff,
}

/// A way that a parcel can go.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Way {
    /// The method and its price.
    pub rate: Rate,
    /// What it costs for this parcel, in minor units.
    pub minor: i64,
}

/// The ways that a parcel of that weight and worth can go, in the order of the rates.
#[must_use]
pub fn ways(rates: &[Rate], grams: i64, subtotal_minor: i64) -> Vec<Way> {
    let way =
        |rate: &Rate| Some(Way { minor: rate.tariff.price(grams, subtotal_minor)?, rate: rate.clone() });
    rates.iter().filter_map(way).collect()
}

/// The way that is wanted, else the first one.
#[must_use]
pub fn chosen<'a>(ways: &'a [Way], wanted: &str) -> Option<&'a Way> {
    ways.iter().find(|way| way.rate.code == wanted).or_else(|| ways.first())
}

impl Rate {
    /// What an order of this time is told about it.
    #[must_use]
    pub fn delivery(&self, ordered: OffsetDateTime) -> Delivery {
        let arrival = Arrival::of(ordered, self.days);
        Delivery { code: self.code.clone(), name: self.name.clone(), arrival }
    }
}

/// The ways as the checkout offers them.
#[must_use]
pub fn choices(ways: &[Way], wanted: &str, currency: Currency, now: OffsetDateTime) -> Vec<DeliveryChoice> {
    let code = chosen(ways, wanted).map(|way| way.rate.code.as_str());
    let choice = |way: &Way| DeliveryChoice {
        delivery: way.rate.delivery(now),
        about: way.rate.about.clone(),
        price: Money::new(way.minor, currency),
        is_chosen: code == Some(way.rate.code.as_str()),
    };
    ways.iter().map(choice).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn rate(code: &str, first_minor: i64, most_g: Option<i64>) -> Rate {
        let text = |text: &str| Localized { zh: text.into(), en: text.into() };
        let tariff = Tariff {
            first_g: 1_000,
            first_minor,
            step_g: 1_000,
            step_minor: 200,
            most_g,
            free_from_minor: None,
        };
        Rate { code: code.into(), name: text(code), about: text(""), days: Days { from: 1, to: 3 }, tariff }
    }

    #[test]
    fn what_is_too_heavy_for_one_method_goes_by_another() {
        let rates = [rate("post", 500, Some(2_000)), rate("lorry", 3_000, None)];
        let codes = |grams| {
            let ways = ways(&rates, grams, 0);
            ways.iter().map(|way| format!("{} {}", way.rate.code, way.minor)).collect::<Vec<_>>()
        };
        assert_eq!(codes(1_500), ["post 700", "lorry 3200"]);
        assert_eq!(codes(2_001), ["lorry 3400"]);
    }

    #[test]
    fn the_first_way_is_chosen_until_another_one_is() {
        let ways = ways(&[rate("post", 500, None), rate("air", 900, None)], 100, 0);
        for (wanted, expected) in [("", "post"), ("air", "air"), ("gone", "post")] {
            assert_eq!(chosen(&ways, wanted).unwrap().rate.code, expected);
            let choices = choices(&ways, wanted, Currency::Cny, OffsetDateTime::UNIX_EPOCH);
            let marked: Vec<_> = choices.iter().filter(|choice| choice.is_chosen).collect();
            assert_eq!(marked.len(), 1);
            assert_eq!(marked[0].delivery.code, expected);
        }
        assert_eq!(chosen(&[], "post"), None);
    }
}
