//! What is taken off, as it is shown: in the cart, at the checkout, on an order.

use crate::kernel::{Localized, Money};
use serde::{Deserialize, Serialize};

/// Something that is taken off all articles, or off one.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Discount {
    /// What it is, for programs.
    pub code: String,
    /// Its name.
    pub label: Localized,
    /// Title of the article that it is for; empty for all of them.
    pub article: String,
    /// What is taken off: more than nothing.
    pub amount: Money,
}

impl Discount {
    /// The amount as it stands in a list of sums: with its sign.
    #[must_use]
    pub const fn minus(&self) -> Money {
        Money::new(-self.amount.minor, self.amount.currency)
    }
}
