//! Numbers, money and dates in the shop's languages. Server side; islands use the browser's `Intl` or ready texts.

use crate::kernel::{Currency, Locale, Money};
use time::{Month, OffsetDateTime, UtcOffset, Weekday};

/// `¥428.00`, `CN¥428.00` (in English), `$62.00`, `US$62.00` (in Chinese), with thousands separators.
#[must_use]
pub fn money(locale: Locale, money: Money) -> String {
    let sign = if money.minor < 0 { "−" } else { "" };
    format!("{sign}{}{}", symbol(locale, money.currency), plain_amount(money))
}

fn symbol(locale: Locale, currency: Currency) -> &'static str {
    match (currency, locale) {
        (Currency::Cny, Locale::Zh) => "¥",
        (Currency::Cny, Locale::En) => "CN¥",
        (Currency::Usd, Locale::En) => "$",
        (Currency::Usd, Locale::Zh) => "US$",
        (Currency::Jpy, _) => "JP¥",
        (Currency::Kwd, _) => "KWD ",
    }
}

/// The absolute amount with separators: `1,234.50`.
fn plain_amount(money: Money) -> String {
    let exponent = money.currency.exponent();
    let unit = 10_u64.pow(exponent);
    let minor = money.minor.unsigned_abs();
    let whole = grouped(minor / unit);
    if exponent == 0 { whole } else { format!("{whole}.{:0width$}", minor % unit, width = exponent as usize) }
}

/// `1234567` → `1,234,567`.
#[must_use]
pub fn grouped(number: u64) -> String {
    let digits = number.to_string();
    let mut out = String::with_capacity(digits.len() + digits.len() / 3);
    for (index, digit) in digits.chars().enumerate() {
        if index > 0 && (digits.len() - index).is_multiple_of(3) {
            out.push(',');
        }
        out.push(digit);
    }
    out
}

/// The machine form for structured data: `428.00`.
#[must_use]
pub fn decimal(money: Money) -> String {
    plain_amount(money).replace(',', "")
}

/// The shop's zone (China has one, without daylight saving).
pub const SHOP_OFFSET_HOURS: i8 = 8;

/// A time in the shop's zone.
fn local(at: OffsetDateTime) -> OffsetDateTime {
    UtcOffset::from_hms(SHOP_OFFSET_HOURS, 0, 0).map_or(at, |offset| at.to_offset(offset))
}

/// `2026年11月26日 14:05` / `26 Nov 2026, 14:05` (China time).
#[must_use]
pub fn date_time(locale: Locale, at: OffsetDateTime) -> String {
    let at = local(at);
    let (hour, minute) = (at.hour(), at.minute());
    match locale {
        Locale::Zh => {
            format!("{}年{}月{}日 {hour:02}:{minute:02}", at.year(), u8::from(at.month()), at.day())
        }
        Locale::En => format!("{} {} {}, {hour:02}:{minute:02}", at.day(), month(at.month()), at.year()),
    }
}

/// `11月26日 周四` / `Thu 26 Nov` (China time).
#[must_use]
pub fn short_date(locale: Locale, at: OffsetDateTime) -> String {
    let at = local(at);
    match locale {
        Locale::Zh => format!("{}月{}日 {}", u8::from(at.month()), at.day(), weekday(locale, at.weekday())),
        Locale::En => format!("{} {} {}", weekday(locale, at.weekday()), at.day(), month(at.month())),
    }
}

/// A day counted from 1970-01-01 in the shop's zone, as [`short_date`] writes it.
#[must_use]
pub fn day(locale: Locale, days: i64) -> String {
    let noon = days.saturating_mul(86_400).saturating_add(43_200 - i64::from(SHOP_OFFSET_HOURS) * 3_600);
    OffsetDateTime::from_unix_timestamp(noon).map_or_else(|_| String::new(), |at| short_date(locale, at))
}

fn month(month: Month) -> &'static str {
    match month {
        Month::January => "Jan",
        Month::February => "Feb",
        Month::March => "Mar",
        Month::April => "Apr",
        Month::May => "May",
        Month::June => "Jun",
        Month::July => "Jul",
        Month::August => "Aug",
        Month::September => "Sep",
        Month::October => "Oct",
        Month::November => "Nov",
        Month::December => "Dec",
    }
}

fn weekday(locale: Locale, day: Weekday) -> &'static str {
    let (zh, en) = match day {
        Weekday::Monday => ("周一", "Mon"),
        Weekday::Tuesday => ("周二", "Tue"),
        Weekday::Wednesday => ("周三", "Wed"),
        Weekday::Thursday => ("周四", "Thu"),
        Weekday::Friday => ("周五", "Fri"),
        Weekday::Saturday => ("周六", "Sat"),
        Weekday::Sunday => ("周日", "Sun"),
    };
    match locale {
        Locale::Zh => zh,
        Locale::En => en,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn prices_have_their_sign_separators_and_decimals() {
        assert_eq!(money(Locale::Zh, Money::new(42_800, Currency::Cny)), "¥428.00");
        assert_eq!(money(Locale::En, Money::new(123_456_789, Currency::Usd)), "$1,234,567.89");
        assert_eq!(money(Locale::Zh, Money::new(5, Currency::Usd)), "US$0.05");
        assert_eq!(money(Locale::En, Money::new(-1500, Currency::Jpy)), "−JP¥1,500");
        assert_eq!(money(Locale::En, Money::new(1500, Currency::Kwd)), "KWD 1.500");
    }

    #[test]
    fn structured_data_has_no_separators() {
        assert_eq!(decimal(Money::new(123_456, Currency::Cny)), "1234.56");
    }

    #[test]
    fn times_are_told_in_china_time() {
        let at = OffsetDateTime::from_unix_timestamp(1_795_680_300).unwrap();
        assert_eq!(date_time(Locale::En, at), "26 Nov 2026, 16:05");
        assert_eq!(date_time(Locale::Zh, at), "2026年11月26日 16:05");
        assert_eq!(short_date(Locale::En, at), "Thu 26 Nov");
    }
}
