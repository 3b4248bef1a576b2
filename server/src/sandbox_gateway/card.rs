//! The card form. What is typed lives for one request: only the row of the magic table and the last four digits go on.

use super::magic::Magic;
use app::kernel::Locale;
use serde::Deserialize;
use time::OffsetDateTime;

/// Longest input of any field that is looked at.
const MAX_FIELD: usize = 40;

/// The fields as typed. Not `Debug`, so they cannot end up in a log.
#[derive(Deserialize, Default)]
#[serde(default)]
pub(super) struct CardForm {
    pub(super) number: String,
    pub(super) expiry: String,
    pub(super) cvc: String,
}

/// A sandbox card.
pub(super) struct Card {
    pub(super) magic: &'static Magic,
    pub(super) last4: String,
}

/// A field of the form that is wrong.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum CardError {
    /// Not one of the sandbox's numbers.
    Number,
    /// Not `MM/YY`.
    Expiry,
    /// The month is over.
    Expired,
    /// Not three or four digits.
    Cvc,
}

impl CardForm {
    /// The card, or every field that is wrong.
    pub(super) fn parse(&self, now: OffsetDateTime) -> Result<Card, Vec<CardError>> {
        let number = digits(&self.number);
        let magic = number.as_deref().and_then(Magic::of_card);
        let expiry = expiry(&self.expiry, now);
        let cvc_fits = digits(&self.cvc).is_some_and(|cvc| matches!(cvc.len(), 3 | 4));
        if let (Some(magic), Ok(()), true) = (magic, expiry, cvc_fits) {
            return Ok(Card { magic, last4: magic.card.chars().skip(12).collect() });
        }
        let wrong_number = magic.is_none().then_some(CardError::Number);
        let wrong_cvc = (!cvc_fits).then_some(CardError::Cvc);
        Err([wrong_number, expiry.err(), wrong_cvc].into_iter().flatten().collect())
    }
}

/// The digits of a field, full-width ones too; spaces and hyphens between them are nothing. `None`: something else is in it.
pub(super) fn digits(text: &str) -> Option<String> {
    if text.len() > MAX_FIELD * 3 {
        return None;
    }
    text.chars()
        .map(half_width)
        .filter(|character| !matches!(character, ' ' | '-' | '\u{3000}'))
        .map(|character| character.is_ascii_digit().then_some(character))
        .collect()
}

/// `４２` → `42`: what a Chinese keyboard may give.
fn half_width(character: char) -> char {
    match character {
        '\u{ff10}'..='\u{ff19}' | '\u{ff0f}' => {
            char::from_u32(u32::from(character) - 0xfee0).unwrap_or(character)
        }
        other => other,
    }
}

fn expiry(text: &str, now: OffsetDateTime) -> Result<(), CardError> {
    let text: String = text.trim().chars().take(MAX_FIELD).map(half_width).collect();
    let (month, year) = text.split_once('/').ok_or(CardError::Expiry)?;
    let number = |part: &str| digits(part).filter(|digits| digits.len() == 2)?.parse::<u8>().ok();
    let month = number(month).filter(|month| (1..=12).contains(month)).ok_or(CardError::Expiry)?;
    let year = 2000 + i32::from(number(year).ok_or(CardError::Expiry)?);
    let over = (year, month) < (now.year(), u8::from(now.month()));
    if over { Err(CardError::Expired) } else { Ok(()) }
}

/// `4242 4242 4242 4242`
pub(super) fn grouped(number: &str) -> String {
    let characters: Vec<char> = number.chars().collect();
    let groups = characters.chunks(4).map(|group| group.iter().collect::<String>());
    groups.collect::<Vec<_>>().join(" ")
}

impl CardError {
    /// The field that the error belongs to.
    pub(super) const fn field(self) -> &'static str {
        match self {
            Self::Number => "number",
            Self::Expiry | Self::Expired => "expiry",
            Self::Cvc => "cvc",
        }
    }

    /// What is wrong and what to do, in the payer's language.
    pub(super) const fn message(self, locale: Locale) -> &'static str {
        match self {
            Self::Number => super::texts::error_number(locale),
            Self::Expiry => super::texts::error_expiry(locale),
            Self::Expired => super::texts::error_expired(locale),
            Self::Cvc => super::texts::error_cvc(locale),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use time::Duration;

    fn form(number: &str, expiry: &str, cvc: &str) -> CardForm {
        CardForm { number: number.into(), expiry: expiry.into(), cvc: cvc.into() }
    }

    /// November 2026.
    fn now() -> OffsetDateTime {
        OffsetDateTime::UNIX_EPOCH + Duration::seconds(1_795_420_800)
    }

    #[test]
    fn a_sandbox_card_is_read_however_it_is_spaced() {
        for number in
            ["4242424242424242", "4242 4242 4242 4242", "4242-4242-4242-4242", "４２４２ 4242 4242 4242"]
        {
            let card = form(number, "11/26", "123").parse(now());
            assert_eq!(card.map(|card| card.last4).ok().as_deref(), Some("4242"), "{number}");
        }
        assert!(form("4242424242424242", " 1２ ／ 30 ", "1234").parse(now()).is_ok());
    }

    #[test]
    fn a_number_outside_of_the_sandbox_is_refused() {
        for number in ["", "4111111111111111", "424242424242424", "42424242424242422", "4242x", "４"] {
            assert_eq!(
                form(number, "12/30", "123").parse(now()).err(),
                Some(vec![CardError::Number]),
                "{number}"
            );
        }
    }

    #[test]
    fn every_wrong_field_is_named() {
        let errors = |expiry: &str, cvc: &str| {
            form("4242424242424242", expiry, cvc).parse(now()).err().unwrap_or_default()
        };
        for expiry in ["", "1230", "13/30", "00/30", "1/30", "12/2030", "a/b", "/"] {
            assert_eq!(errors(expiry, "123"), [CardError::Expiry], "{expiry}");
        }
        assert_eq!(errors("10/26", "123"), [CardError::Expired]);
        assert_eq!(errors("10/26", "12"), [CardError::Expired, CardError::Cvc]);
        assert_eq!(form("", "", "12345").parse(now()).err().map(|errors| errors.len()), Some(3));
    }

    #[test]
    fn numbers_are_shown_in_groups_of_four() {
        assert_eq!(grouped("4000002760003184"), "4000 0027 6000 3184");
    }
}
