//! When a product will arrive, before an address is asked for: a rule of working days, told as two dates.

use crate::kernel::Currency;
use time::{Duration, OffsetDateTime, UtcOffset, Weekday};

/// The shop's zone.
const SHOP_OFFSET_HOURS: i8 = 8;
/// Orders before this hour leave on the same working day.
const LAST_HOUR: u8 = 16;

/// The first and the last day on which a parcel will arrive.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Promise {
    /// At the earliest.
    pub first: OffsetDateTime,
    /// At the latest.
    pub last: OffsetDateTime,
}

impl Promise {
    /// For an order placed now. The currency tells the destination until there is an address: renminbi is paid
    /// within China, other currencies abroad.
    #[must_use]
    pub fn at(now: OffsetDateTime, currency: Currency) -> Self {
        let leaves = leaves(now);
        let (least, most) = match currency {
            Currency::Cny => (2, 4),
            _ => (6, 10),
        };
        let after = |days| leaves.saturating_add(Duration::days(days));
        Self { first: after(least), last: after(most) }
    }
}

/// The working day on which an order leaves: every day but Sunday.
fn leaves(now: OffsetDateTime) -> OffsetDateTime {
    let local = UtcOffset::from_hms(SHOP_OFFSET_HOURS, 0, 0).map_or(now, |offset| now.to_offset(offset));
    let is_late = local.hour() >= LAST_HOUR;
    let day = if is_late { local.saturating_add(Duration::DAY) } else { local };
    if day.weekday() == Weekday::Sunday { day.saturating_add(Duration::DAY) } else { day }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Monday 23 November 2026, 00:00 in China, and some hours.
    fn monday(hours: i64) -> OffsetDateTime {
        OffsetDateTime::from_unix_timestamp(1_795_363_200 + hours * 3600).unwrap()
    }

    fn days(hours: i64, currency: Currency) -> (u8, u8) {
        let promise = Promise::at(monday(hours), currency);
        (promise.first.day(), promise.last.day())
    }

    #[test]
    fn an_order_before_the_last_hour_leaves_the_same_day() {
        assert_eq!(days(9, Currency::Cny), (25, 27));
        assert_eq!(days(15, Currency::Cny), (25, 27));
        assert_eq!(days(16, Currency::Cny), (26, 28));
    }

    #[test]
    fn nothing_leaves_on_a_sunday() {
        let saturday = 5 * 24;
        assert_eq!(days(saturday + 10, Currency::Cny), (30, 2));
        assert_eq!(days(saturday + 17, Currency::Cny), (2, 4));
        assert_eq!(days(saturday + 24 + 3, Currency::Cny), (2, 4));
    }

    #[test]
    fn abroad_takes_longer() {
        assert_eq!(days(9, Currency::Usd), (29, 3));
    }
}
