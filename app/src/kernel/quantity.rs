//! How many units a shopper asks for.

use crate::error::ErrorCode;
use serde::{Deserialize, Serialize};

/// A number of units in one cart line: 1 to [`Quantity::MAX`].
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Quantity(u32);

impl Quantity {
    /// The most units of one variant in one cart.
    pub const MAX: u32 = 99;
    /// One unit.
    pub const ONE: Self = Self(1);

    /// A quantity within the limits. `None` outside of them.
    #[must_use]
    pub fn new(units: u32) -> Option<Self> {
        (1..=Self::MAX).contains(&units).then_some(Self(units))
    }

    /// Reads a form field (full-width digits are understood). Empty means one unit.
    ///
    /// # Errors
    /// [`ErrorCode::QuantityInvalid`] for anything but digits and zero, [`ErrorCode::QuantityTooLarge`] above the limit.
    pub fn parse(text: &str) -> Result<Self, ErrorCode> {
        let digits = super::contact::to_half_width(text.trim());
        if digits.is_empty() {
            return Ok(Self::ONE);
        }
        if !digits.bytes().all(|byte| byte.is_ascii_digit()) {
            return Err(ErrorCode::QuantityInvalid);
        }
        match digits.trim_start_matches('0').parse::<u32>() {
            Ok(units) => Self::new(units).ok_or(ErrorCode::QuantityTooLarge),
            Err(_) if digits.bytes().all(|byte| byte == b'0') => Err(ErrorCode::QuantityInvalid),
            Err(_) => Err(ErrorCode::QuantityTooLarge),
        }
    }

    /// Units.
    #[must_use]
    pub const fn get(self) -> u32 {
        self.0
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn digits_within_the_limit_are_taken() {
        assert_eq!(Quantity::parse("3").map(Quantity::get), Ok(3));
        assert_eq!(Quantity::parse(" ０３ ").map(Quantity::get), Ok(3));
        assert_eq!(Quantity::parse("").map(Quantity::get), Ok(1));
    }

    #[test]
    fn rubbish_is_named() {
        for text in ["-1", "1.5", "abc", "0", "000", "1e2", "２x"] {
            assert_eq!(Quantity::parse(text), Err(ErrorCode::QuantityInvalid), "{text}");
        }
        for text in ["100", "99999999999999999999999"] {
            assert_eq!(Quantity::parse(text), Err(ErrorCode::QuantityTooLarge), "{text}");
        }
    }
}
