//! Where a parcel goes, and what postcodes look like.

use crate::error::ErrorCode;
use crate::kernel::{CountryCode, Phone};
use serde::{Deserialize, Serialize};

/// Where a parcel goes.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Address {
    /// Recipient.
    pub name: String,
    /// Recipient's phone.
    pub phone: Phone,
    /// Country.
    pub country: CountryCode,
    /// Province or state.
    pub region: String,
    /// City.
    pub city: String,
    /// District; empty outside China.
    pub district: String,
    /// Street, building, room.
    pub line1: String,
    /// Postcode; may be empty in China.
    pub postcode: String,
}

/// Postcodes by country; China's may be left out.
pub(super) fn postcode(country: Option<CountryCode>, raw: &str) -> Result<String, ErrorCode> {
    let code = crate::kernel::contact::to_half_width(raw.trim()).to_ascii_uppercase();
    let digits = |count: usize| code.len() == count && code.bytes().all(|byte| byte.is_ascii_digit());
    let fits = match country {
        Some(CountryCode::CN) => code.is_empty() || digits(6),
        Some(CountryCode::SG) => digits(6),
        Some(CountryCode::AU) => digits(4),
        Some(CountryCode::US) => digits(5) || is_zip_plus_four(&code),
        Some(CountryCode::GB | CountryCode::CA) => is_letters_and_digits(&code),
        None => code.len() <= 12,
    };
    match fits {
        true => Ok(code),
        false if code.is_empty() => Err(ErrorCode::Required),
        false => Err(ErrorCode::PostcodeInvalid),
    }
}

fn is_zip_plus_four(code: &str) -> bool {
    code.split_once('-').is_some_and(|(five, four)| {
        five.len() == 5
            && four.len() == 4
            && five.bytes().chain(four.bytes()).all(|byte| byte.is_ascii_digit())
    })
}

fn is_letters_and_digits(code: &str) -> bool {
    (5..=8).contains(&code.len())
        && code.bytes().all(|byte| byte.is_ascii_alphanumeric() || byte == b' ')
        && code.bytes().any(|byte| byte.is_ascii_digit())
}
