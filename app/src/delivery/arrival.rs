//! When a parcel arrives: it leaves on a working day, and then so many days go by.

use crate::i18n::fmt::SHOP_OFFSET_HOURS;
use serde::{Deserialize, Serialize};
use time::OffsetDateTime;

/// Orders before this hour, in the shop's zone, leave on the same working day.
const LAST_HOUR: i64 = 16;
/// Seconds of an hour.
const HOUR: i64 = 3_600;
/// Seconds of a day.
const DAY: i64 = 24 * HOUR;
/// 1970-01-01 was a Thursday: three days later it was Sunday, on which nothing leaves.
const SUNDAY: i64 = 3;

/// How many days a parcel is on its way.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Days {
    /// At least.
    pub from: i64,
    /// At most.
    pub to: i64,
}

/// The days on which a parcel is expected, counted from 1970-01-01 in the shop's zone.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct Arrival {
    /// The earliest.
    pub first_day: i64,
    /// The latest.
    pub last_day: i64,
}

impl Arrival {
    /// For an order of this time.
    #[must_use]
    pub const fn of(ordered: OffsetDateTime, days: Days) -> Self {
        let leaves = leaves(ordered);
        Self { first_day: leaves.saturating_add(days.from), last_day: leaves.saturating_add(days.to) }
    }
}

/// The working day on which an order leaves: every day but Sunday.
const fn leaves(ordered: OffsetDateTime) -> i64 {
    let local = ordered.unix_timestamp().saturating_add(SHOP_OFFSET_HOURS as i64 * HOUR);
    let is_late = local.rem_euclid(DAY) >= LAST_HOUR * HOUR;
    let day = local.div_euclid(DAY) + is_late as i64;
    if day.rem_euclid(7) == SUNDAY { day + 1 } else { day }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::i18n::fmt;
    use crate::kernel::Locale;

    /// The days of arrival of an order that came in so many hours after Monday 23 November 2026, 00:00 in China.
    fn days(hours: i64) -> (String, String) {
        let at = OffsetDateTime::from_unix_timestamp(1_795_363_200 + hours * HOUR).unwrap();
        let Arrival { first_day, last_day } = Arrival::of(at, Days { from: 2, to: 4 });
        (fmt::day(Locale::En, first_day), fmt::day(Locale::En, last_day))
    }

    fn pair(first: &str, last: &str) -> (String, String) {
        (first.to_owned(), last.to_owned())
    }

    #[test]
    fn an_order_before_the_last_hour_leaves_the_same_day() {
        assert_eq!(days(0), pair("Wed 25 Nov", "Fri 27 Nov"));
        assert_eq!(days(15), pair("Wed 25 Nov", "Fri 27 Nov"));
        assert_eq!(days(16), pair("Thu 26 Nov", "Sat 28 Nov"));
    }

    #[test]
    fn nothing_leaves_on_a_sunday() {
        let saturday = 5 * 24;
        assert_eq!(days(saturday + 10), pair("Mon 30 Nov", "Wed 2 Dec"));
        assert_eq!(days(saturday + 17), pair("Wed 2 Dec", "Fri 4 Dec"));
        assert_eq!(days(saturday + 24 + 3), pair("Wed 2 Dec", "Fri 4 Dec"));
    }
}
