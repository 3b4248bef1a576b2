//! The ways that a parcel can go, what each costs, and when it arrives. Pure.

use super::tariff::Tariff;
use app::checkout::delivery::{Arrival, Delivery, DeliveryChoice};
use app::i18n::fmt::SHOP_OFFSET_HOURS;
use app::kernel::{Currency, Localized, Money};
use time::OffsetDateTime;

/// Orders that come in before this hour, in the shop's time zone, leave on the same day.
const LAST_HOUR: u8 = 16;
/// Seconds of a day.
const DAY: i64 = 86_400;

/// A method that goes to a zone, at a price in one currency.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Rate {
    /// The method, for programs.
    pub code: String,
    /// Its name.
    pub name: Localized,
    /// A sentence about it.
    pub about: Localized,
    /// Days on the way: at least.
    pub days_from: i64,
    /// At most.
    pub days_to: i64,
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
        let leaves = leaves(ordered);
        let arrival = Arrival {
            first_day: leaves.saturating_add(self.days_from),
            last_day: leaves.saturating_add(self.days_to),
        };
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

/// The day on which an order of this time leaves.
fn leaves(ordered: OffsetDateTime) -> i64 {
    let local = ordered.unix_timestamp().saturating_add(i64::from(SHOP_OFFSET_HOURS) * 3_600);
    let is_late = local.rem_euclid(DAY) >= i64::from(LAST_HOUR) * 3_600;
    local.div_euclid(DAY) + i64::from(is_late)
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Midnight of a Monday in UTC: 2026-11-23.
    const MONDAY: i64 = 1_795_392_000;

    fn at(seconds: i64) -> OffsetDateTime {
        OffsetDateTime::from_unix_timestamp(MONDAY + seconds).unwrap()
    }

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
        Rate { code: code.into(), name: text(code), about: text(""), days_from: 1, days_to: 3, tariff }
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
            let choices = choices(&ways, wanted, Currency::Cny, at(0));
            let marked: Vec<_> = choices.iter().filter(|choice| choice.is_chosen).collect();
            assert_eq!(marked.len(), 1);
            assert_eq!(marked[0].delivery.code, expected);
        }
        assert_eq!(chosen(&[], "post"), None);
    }

    #[test]
    fn an_order_of_the_afternoon_leaves_on_the_next_day() {
        let day = |seconds| rate("post", 0, None).delivery(at(seconds)).arrival;
        let monday = MONDAY / DAY;
        let before = day(8 * 3_600 - 1);
        assert_eq!((before.first_day, before.last_day), (monday + 1, monday + 3), "15:59 in China");
        assert_eq!(day(8 * 3_600).first_day, monday + 2, "16:00 in China");
        assert_eq!(day(-7 * 3_600).first_day, monday + 1, "an hour past midnight in China");
    }
}
