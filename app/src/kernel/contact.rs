//! Contact data: e-mail addresses, phone numbers, countries. Parsed once, then trusted.

use crate::error::ErrorCode;
use serde::{Deserialize, Serialize};

/// Full-width ASCII forms (as Chinese input methods give them) as plain ASCII.
#[must_use]
pub fn to_half_width(text: &str) -> String {
    text.chars()
        .map(|letter| match letter {
            '\u{3000}' => ' ',
            '\u{ff01}'..='\u{ff5e}' => char::from_u32(u32::from(letter) - 0xfee0).unwrap_or(letter),
            other => other,
        })
        .collect()
}

/// An e-mail address that is worth sending to: `local@domain.tld`, at most 254 characters (RFC 5321).
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Email(String);

impl std::fmt::Debug for Email {
    fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        formatter.write_str("Email(…)")
    }
}

impl Email {
    /// Reads a form field.
    ///
    /// # Errors
    /// [`ErrorCode::Required`] when empty, [`ErrorCode::EmailInvalid`] unless it looks like an address.
    pub fn parse(text: &str) -> Result<Self, ErrorCode> {
        let text = to_half_width(text.trim());
        if text.is_empty() {
            return Err(ErrorCode::Required);
        }
        let (local, domain) = text.rsplit_once('@').ok_or(ErrorCode::EmailInvalid)?;
        let local_ok = (1..=64).contains(&local.len())
            && local.split('.').all(|part| !part.is_empty() && part.chars().all(is_local_char));
        let labels: Vec<&str> = domain.split('.').collect();
        let domain_ok = labels.len() >= 2 && labels.iter().all(|label| is_domain_label(label));
        let tld_ok = labels
            .last()
            .is_some_and(|tld| tld.chars().count() >= 2 && !tld.bytes().all(|b| b.is_ascii_digit()));
        if text.len() <= 254 && local_ok && domain_ok && tld_ok {
            Ok(Self(text))
        } else {
            Err(ErrorCode::EmailInvalid)
        }
    }

    /// The address. Never log it.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

fn is_local_char(letter: char) -> bool {
    letter.is_ascii_alphanumeric() || "!#$%&'*+/=?^_`{|}~-".contains(letter)
}

fn is_domain_label(label: &str) -> bool {
    (1..=63).contains(&label.len())
        && !label.starts_with('-')
        && !label.ends_with('-')
        && label.chars().all(|letter| {
            letter.is_ascii_alphanumeric() || letter == '-' || !letter.is_ascii() && letter.is_alphanumeric()
        })
}

/// A phone number in E.164 form. Numbers without a country code are read as mainland-China mobiles.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Phone(String);

impl std::fmt::Debug for Phone {
    fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        formatter.write_str("Phone(…)")
    }
}

impl Phone {
    /// Reads a form field: `138 0013 8000`, `+86 138-0013-8000`, `+1 (415) 555-0100`.
    ///
    /// # Errors
    /// [`ErrorCode::Required`] when empty, [`ErrorCode::PhoneInvalid`] unless it can be a number.
    pub fn parse(text: &str) -> Result<Self, ErrorCode> {
        let text = to_half_width(text.trim());
        if text.is_empty() {
            return Err(ErrorCode::Required);
        }
        if !text.chars().all(|letter| letter.is_ascii_digit() || "+-() .".contains(letter)) {
            return Err(ErrorCode::PhoneInvalid);
        }
        let digits: String = text.chars().filter(char::is_ascii_digit).collect();
        let international = text.starts_with('+') || text.starts_with("00");
        let number =
            if international { digits.trim_start_matches("00").to_owned() } else { national(&digits)? };
        let china = number.strip_prefix("86");
        let plausible = match china {
            Some(national) => is_china_number(national),
            None => (8..=15).contains(&number.len()) && !number.starts_with('0'),
        };
        if plausible { Ok(Self(format!("+{number}"))) } else { Err(ErrorCode::PhoneInvalid) }
    }

    /// E.164 form, for example `+8613800138000`. Never log it.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

/// A number typed without a country code: a China mobile, or a North-American number of ten digits.
fn national(digits: &str) -> Result<String, ErrorCode> {
    match digits.len() {
        11 if digits.starts_with('1') && is_china_number(digits) => Ok(format!("86{digits}")),
        10 if !digits.starts_with(['0', '1']) => Ok(format!("1{digits}")),
        _ => Err(ErrorCode::PhoneInvalid),
    }
}

/// Mainland-China mobile numbers (11 digits, 13…19); landlines have 10 to 11 digits without the leading zero.
fn is_china_number(digits: &str) -> bool {
    let mobile = digits.len() == 11
        && digits.starts_with('1')
        && digits.as_bytes().get(1).is_some_and(|digit| (b'3'..=b'9').contains(digit));
    let landline = (9..=11).contains(&digits.len()) && !digits.starts_with(['0', '1']);
    mobile || landline
}

/// An ISO 3166-1 alpha-2 country that the shop delivers to.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub enum CountryCode {
    /// Mainland China.
    CN,
    /// United States.
    US,
    /// United Kingdom.
    GB,
    /// Singapore.
    SG,
    /// Australia.
    AU,
    /// Canada.
    CA,
}

impl CountryCode {
    /// Every destination, in the order of the form.
    pub const ALL: [CountryCode; 6] = [Self::CN, Self::US, Self::GB, Self::SG, Self::AU, Self::CA];

    /// The two letters.
    #[must_use]
    pub const fn code(self) -> &'static str {
        match self {
            Self::CN => "CN",
            Self::US => "US",
            Self::GB => "GB",
            Self::SG => "SG",
            Self::AU => "AU",
            Self::CA => "CA",
        }
    }

    /// Reads a form field.
    ///
    /// # Errors
    /// [`ErrorCode::Required`] when empty, [`ErrorCode::CountryUnknown`] for a country that is not delivered to.
    pub fn parse(text: &str) -> Result<Self, ErrorCode> {
        let text = text.trim();
        if text.is_empty() {
            return Err(ErrorCode::Required);
        }
        Self::ALL.into_iter().find(|country| country.code() == text).ok_or(ErrorCode::CountryUnknown)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ordinary_addresses_are_taken() {
        for text in ["li.lei@example.com", "a+b@mail.example.co.uk", "ｌｉ＠example.com", "x@例子.中国"]
        {
            assert!(Email::parse(text).is_ok(), "{text}");
        }
    }

    #[test]
    fn what_cannot_receive_mail_is_refused() {
        for text in [
            "plain",
            "@example.com",
            "a@b",
            "a b@example.com",
            "a@-x.com",
            "a..b@example.com",
            "a@1.2.3.4",
            "a@b.c\r\nBcc: x@y.zz",
        ] {
            assert_eq!(Email::parse(text), Err(ErrorCode::EmailInvalid), "{text}");
        }
    }

    #[test]
    fn phone_numbers_become_e164() {
        for (text, expected) in [
            ("138 0013 8000", "+8613800138000"),
            ("１３８００１３８０００", "+8613800138000"),
            ("+86 138-0013-8000", "+8613800138000"),
            ("0086 13800138000", "+8613800138000"),
            ("(415) 555-0100", "+14155550100"),
            ("+44 20 7946 0958", "+442079460958"),
        ] {
            assert_eq!(Phone::parse(text).as_ref().map(Phone::as_str), Ok(expected), "{text}");
        }
    }

    #[test]
    fn impossible_numbers_are_refused() {
        for text in ["123", "12000138000", "+86 123", "abc", "+1", "1380013800000000", "+0123456789"] {
            assert_eq!(Phone::parse(text), Err(ErrorCode::PhoneInvalid), "{text}");
        }
    }

    #[test]
    fn contact_data_is_not_shown_by_debug() {
        let shown = format!("{:?} {:?}", Email::parse("li@example.com"), Phone::parse("13800138000"));
        assert!(!shown.contains("li@") && !shown.contains("138"));
    }
}
