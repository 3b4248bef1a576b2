//! The cart as shown, and the commands that change it.

use crate::catalog::model::Picture;
use crate::checkout::discount::Discount;
use crate::error::{AppError, ErrorCode, FieldErrors};
use crate::id;
use crate::kernel::{Money, Quantity, Sku};
use serde::{Deserialize, Serialize};

id!(/// A cart's internal id.
    CartId);

/// At most this many different variants are in one cart.
pub const MAX_LINES: usize = 500;

/// Put units of a variant into the cart, on top of those already there.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct AddToCart {
    /// Which variant.
    pub sku: Sku,
    /// How many more.
    pub quantity: Quantity,
}

/// Set the units of a line; zero removes it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct UpdateLine {
    /// Which variant.
    pub sku: Sku,
    /// How many from now on; `None` removes the line.
    pub quantity: Option<Quantity>,
}

fn sku(text: &str) -> Result<Sku, ErrorCode> {
    if text.trim().is_empty() {
        Err(ErrorCode::Required)
    } else {
        Sku::parse(text).ok_or(ErrorCode::SkuUnknown)
    }
}

impl AddToCart {
    /// Reads the form fields `variant_sku` and `quantity`.
    ///
    /// # Errors
    /// [`AppError::Invalid`] naming each wrong field.
    pub fn parse(variant_sku: &str, quantity: &str) -> Result<Self, AppError> {
        let mut errors = FieldErrors::default();
        let sku = errors.take("variant_sku", sku(variant_sku));
        let quantity = errors.take("quantity", Quantity::parse(quantity));
        match (sku, quantity) {
            (Some(sku), Some(quantity)) => Ok(Self { sku, quantity }),
            _ => Err(AppError::Invalid(errors)),
        }
    }
}

impl UpdateLine {
    /// Reads the form fields `variant_sku` and `quantity` (`0` removes).
    ///
    /// # Errors
    /// [`AppError::Invalid`] naming each wrong field.
    pub fn parse(variant_sku: &str, quantity: &str) -> Result<Self, AppError> {
        let mut errors = FieldErrors::default();
        let sku = errors.take("variant_sku", sku(variant_sku));
        let is_zero = !quantity.trim().is_empty() && quantity.trim().bytes().all(|byte| byte == b'0');
        let quantity =
            if is_zero { Some(None) } else { errors.take("quantity", Quantity::parse(quantity)).map(Some) };
        match (sku, quantity) {
            (Some(sku), Some(quantity)) => Ok(Self { sku, quantity }),
            _ => Err(AppError::Invalid(errors)),
        }
    }

    /// Reads the form field `variant_sku` of a removal.
    ///
    /// # Errors
    /// [`AppError::Invalid`] when it is no SKU.
    pub fn parse_removal(variant_sku: &str) -> Result<Self, AppError> {
        parse_sku(variant_sku).map(|sku| Self { sku, quantity: None })
    }
}

/// Reads the form field `variant_sku` of a line that is put aside, taken back or forgotten.
///
/// # Errors
/// [`AppError::Invalid`] when it is no SKU.
pub fn parse_sku(variant_sku: &str) -> Result<Sku, AppError> {
    sku(variant_sku).map_err(|code| AppError::field("variant_sku", code))
}

/// The cart as a page or an island shows it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct CartView {
    /// Lines in the order in which they were added.
    pub lines: Vec<CartLine>,
    /// Units in all.
    pub count: u32,
    /// What is taken off the lines that can be bought.
    pub discounts: Vec<Discount>,
    /// The same above the sum, as HTML; empty when nothing is.
    pub discounts_html: String,
    /// Sum of the lines that can be bought, discounts taken off.
    pub subtotal: Money,
    /// The sum, formatted in the request's language.
    pub subtotal_text: String,
    /// True when every line can be bought as it is.
    pub is_ready: bool,
    /// Everything that is to be looked at before buying, in the order of the lines.
    pub problems: Vec<CartProblem>,
    /// What was put aside for later. It counts in nothing above.
    pub saved: Vec<CartLine>,
}

/// What is to be looked at about a line.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct CartProblem {
    /// Stock keeping unit of the line.
    pub sku: String,
    /// Title of the product.
    pub title: String,
    /// What is the matter.
    pub code: ProblemKind,
    /// Units that could be bought now.
    pub available: i64,
}

/// What can be the matter with a line.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum ProblemKind {
    /// None are left, or it is no longer sold.
    SoldOut,
    /// Fewer are left than are wanted.
    NotEnoughStock,
    /// It is not sold in the chosen currency.
    NoPrice,
    /// It can be bought, at another price than when it was put in.
    PriceChanged,
}

impl ProblemKind {
    /// The code of a refusal; `None` for what does not keep anybody from buying.
    #[must_use]
    pub const fn refusal(self) -> Option<ErrorCode> {
        match self {
            Self::SoldOut => Some(ErrorCode::SoldOut),
            Self::NotEnoughStock => Some(ErrorCode::NotEnoughStock),
            Self::NoPrice => Some(ErrorCode::NoPrice),
            Self::PriceChanged => None,
        }
    }
}

/// Something similar that can be bought instead.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Alternative {
    /// URL key of the product.
    pub slug: String,
    /// Title of the product.
    pub title: String,
    /// Its lowest price.
    pub price: Money,
    /// The same, formatted.
    pub price_text: String,
}

/// One variant in the cart.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct CartLine {
    /// Stock keeping unit: the line's key.
    pub sku: String,
    /// URL key of the product.
    pub slug: String,
    /// Title of the product.
    pub title: String,
    /// Chosen options, for example "Celadon · Large".
    pub options: String,
    /// Picture of the variant.
    pub picture: Option<Picture>,
    /// Units.
    pub quantity: u32,
    /// Units that could be bought now.
    pub available: i64,
    /// Price of one unit.
    pub unit_price: Money,
    /// Price of the line.
    pub total: Money,
    /// Price of one unit, formatted.
    pub unit_price_text: String,
    /// Price of the line, formatted.
    pub total_text: String,
    /// Why the line cannot be bought as it is.
    pub problem: Option<ErrorCode>,
    /// Price of one unit when it was put in, if it is another one now (in the same currency).
    pub price_before: Option<Money>,
    /// For a line that is sold out: what is similar and can be bought.
    pub alternatives: Vec<Alternative>,
}

impl CartLine {
    /// What is to be looked at, the gravest first.
    #[must_use]
    pub fn kind_of_problem(&self) -> Option<ProblemKind> {
        match self.problem {
            Some(ErrorCode::NotEnoughStock) => Some(ProblemKind::NotEnoughStock),
            Some(ErrorCode::NoPrice) => Some(ProblemKind::NoPrice),
            Some(_) => Some(ProblemKind::SoldOut),
            None => self.price_before.map(|_| ProblemKind::PriceChanged),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_form_is_read_with_one_unit_by_default() {
        let command = AddToCart::parse("JS-TK01", "").unwrap();
        assert_eq!((command.sku.as_str(), command.quantity.get()), ("JS-TK01", 1));
    }

    #[test]
    fn every_wrong_field_is_named() {
        let AppError::Invalid(errors) = AddToCart::parse("", "-3").unwrap_err() else {
            panic!("not a field error")
        };
        assert_eq!(errors.of("variant_sku"), Some(ErrorCode::Required));
        assert_eq!(errors.of("quantity"), Some(ErrorCode::QuantityInvalid));
    }

    #[test]
    fn zero_removes_a_line() {
        assert_eq!(UpdateLine::parse("JS-TK01", "0").unwrap().quantity, None);
        assert!(UpdateLine::parse("JS-TK01", "x").is_err());
    }
}
