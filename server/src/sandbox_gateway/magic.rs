//! Magic amounts and magic cards: the one table of what the sandbox can be asked to do.
//! `docs/sandbox-gateway.md` shows the same table; a test compares the two.

use app::kernel::Locale;
use serde::Serialize;

/// Why a try was declined.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum DeclineReason {
    /// The account does not hold enough.
    InsufficientFunds,
    /// The bank says no and gives no reason.
    Declined,
    /// The one-time code was wrong too often, or the payer gave up.
    ChallengeFailed,
}

/// How the webhook about a success travels.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Delivery {
    /// At once, once, true.
    Prompt,
    /// After [`LATE_UNITS`] delay units.
    Late,
    /// [`COPIES`] times at the same moment, with one id.
    Duplicate,
    /// Never.
    Lost,
    /// The first try is declined and its webhook held back until after that of the next event.
    Reordered,
    /// Says one minor unit more than was paid.
    WrongAmount,
    /// Says another currency than was paid.
    WrongCurrency,
    /// Signed with another key.
    Forged,
    /// Correctly signed, [`STALE_SECONDS`] old.
    Stale,
}

impl Delivery {
    /// A dishonest webhook is sent once; an honest one is repeated until the shop answers 2xx.
    #[must_use]
    pub const fn is_honest(self) -> bool {
        match self {
            Self::Prompt | Self::Late | Self::Duplicate | Self::Lost | Self::Reordered => true,
            Self::WrongAmount | Self::WrongCurrency | Self::Forged | Self::Stale => false,
        }
    }
}

/// Delay units that a late webhook waits.
pub const LATE_UNITS: u32 = 20;
/// How often a duplicate webhook is sent.
pub const COPIES: usize = 3;
/// How old a stale webhook says it is.
pub const STALE_SECONDS: i64 = 3600;
/// The one-time code that passes every challenge.
pub const ONE_TIME_CODE: &str = "123456";

/// What a row of the table does.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Effect {
    /// The try is declined.
    Decline(DeclineReason),
    /// The payer has to enter [`ONE_TIME_CODE`].
    Challenge,
    /// The try succeeds, and its webhook travels in this way.
    Succeed(Delivery),
}

/// One row: an amount's last two digits and a card number that have the same effect.
#[derive(Debug, Clone, Copy)]
pub struct Magic {
    /// The last two digits of the amount in minor units. `None`: every ending that has no row.
    pub ending: Option<i64>,
    /// The card number.
    pub card: &'static str,
    /// What happens.
    pub effect: Effect,
    /// What happens, in Chinese.
    pub zh: &'static str,
    /// What happens, in English.
    pub en: &'static str,
}

const fn row(ending: i64, card: &'static str, effect: Effect, zh: &'static str, en: &'static str) -> Magic {
    Magic { ending: Some(ending), card, effect, zh, en }
}

/// The row without magic.
const PLAIN: Magic = Magic {
    ending: None,
    card: "4242424242424242",
    effect: Effect::Succeed(Delivery::Prompt),
    zh: "支付成功",
    en: "Payment succeeds",
};

/// The whole table. The endings keep clear of those that prices like (00, 50, 80, 88, 90, 95, 99).
#[rustfmt::skip]
pub const TABLE: [Magic; 12] = [
    PLAIN,
    row(1, "4000000000009995", Effect::Decline(DeclineReason::InsufficientFunds), "拒付：余额不足", "Declined: insufficient funds"),
    row(2, "4000000000000002", Effect::Decline(DeclineReason::Declined), "拒付：银行未说明原因", "Declined: no reason given"),
    row(3, "4000002760003184", Effect::Challenge, "需要输入验证码 123456", "One-time code 123456 required"),
    row(4, "4000000000000044", Effect::Succeed(Delivery::Late), "成功，通知迟到", "Succeeds, webhook late"),
    row(5, "4000000000000051", Effect::Succeed(Delivery::Duplicate), "成功，通知重复三次", "Succeeds, webhook three times"),
    row(6, "4000000000000069", Effect::Succeed(Delivery::Lost), "成功，通知丢失", "Succeeds, webhook lost"),
    row(7, "4000000000000077", Effect::Succeed(Delivery::Reordered), "首次拒付，再试成功，两条通知次序颠倒", "First try declined, next succeeds, webhooks in reverse order"),
    row(8, "4000000000000085", Effect::Succeed(Delivery::WrongAmount), "成功，通知中的金额有误", "Succeeds, webhook with a wrong amount"),
    row(9, "4000000000000093", Effect::Succeed(Delivery::WrongCurrency), "成功，通知中的币种有误", "Succeeds, webhook with a wrong currency"),
    row(11, "4000000000000119", Effect::Succeed(Delivery::Forged), "成功，通知的签名是伪造的", "Succeeds, webhook with a forged signature"),
    row(12, "4000000000000127", Effect::Succeed(Delivery::Stale), "成功，通知的时间戳已过期", "Succeeds, webhook with a stale time stamp"),
];

impl Magic {
    /// What happens, in the payer's language.
    #[must_use]
    pub const fn describe(&self, locale: Locale) -> &'static str {
        match locale {
            Locale::Zh => self.zh,
            Locale::En => self.en,
        }
    }

    /// The row of an amount.
    #[must_use]
    pub fn of_amount(amount_minor: i64) -> &'static Self {
        let ending = Some(amount_minor.rem_euclid(100));
        TABLE.iter().find(|row| row.ending == ending).unwrap_or(&PLAIN)
    }

    /// The row of a card number. `None`: not a sandbox card.
    #[must_use]
    pub fn of_card(digits: &str) -> Option<&'static Self> {
        TABLE.iter().find(|row| row.card == digits)
    }

    /// True for a row that changes the plain course of things.
    #[must_use]
    pub const fn is_magic(&self) -> bool {
        self.ending.is_some()
    }

    /// The effect of paying `amount_minor` with a card (or, without one, by scanning): a magic card wins.
    #[must_use]
    pub fn effect(amount_minor: i64, card: Option<&Self>) -> Effect {
        card.filter(|card| card.is_magic()).unwrap_or_else(|| Self::of_amount(amount_minor)).effect
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::collections::HashSet;

    /// ISO/IEC 7812: the check digit of a card number.
    fn passes_luhn(number: &str) -> bool {
        let sum: u32 = number
            .bytes()
            .rev()
            .enumerate()
            .map(|(index, byte)| {
                let digit = u32::from(byte - b'0') * if index % 2 == 1 { 2 } else { 1 };
                if digit > 9 { digit - 9 } else { digit }
            })
            .sum();
        sum.is_multiple_of(10)
    }

    #[test]
    fn every_row_has_its_own_ending_and_a_well_formed_card() {
        assert_eq!(TABLE.iter().map(|row| row.ending).collect::<HashSet<_>>().len(), TABLE.len());
        assert_eq!(TABLE.iter().map(|row| row.card).collect::<HashSet<_>>().len(), TABLE.len());
        assert!(TABLE.iter().all(|row| row.card.len() == 16 && passes_luhn(row.card)));
    }

    #[test]
    fn everyday_price_endings_are_not_magic() {
        for ending in [0, 10, 20, 50, 80, 88, 90, 95, 98, 99] {
            assert!(!Magic::of_amount(12_300 + ending).is_magic(), "{ending}");
        }
    }

    #[test]
    fn a_magic_card_wins_over_a_magic_amount_and_a_plain_card_does_not() {
        let lost = Magic::of_card("4000000000000069");
        let plain = Magic::of_card("4242424242424242");
        assert_eq!(Magic::effect(1001, lost), Effect::Succeed(Delivery::Lost));
        let declined = Effect::Decline(DeclineReason::InsufficientFunds);
        assert_eq!(Magic::effect(1001, plain), declined);
        assert_eq!(Magic::effect(1001, None), declined);
        assert_eq!(Magic::effect(1000, plain), Effect::Succeed(Delivery::Prompt));
    }

    #[test]
    fn the_documentation_shows_this_table() {
        let document = include_str!("../../../docs/sandbox-gateway.md");
        for row in TABLE {
            let ending = row.ending.map_or("other".to_owned(), |ending| format!("{ending:02}"));
            let line = format!("| {ending} | `{}` | {} | {} |", row.card, row.en, row.zh);
            assert!(document.contains(&line), "missing: {line}");
        }
    }
}
