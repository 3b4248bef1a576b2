//! What is offered at the checkout, and what an order remembers of it.

use super::arrival::Arrival;
use crate::kernel::{Localized, Money};
use serde::{Deserialize, Serialize};

/// A way to travel, as it was said to the shopper. Kept with the order.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Delivery {
    /// The method, for programs.
    pub code: String,
    /// Its name.
    pub name: Localized,
    /// When it arrives.
    pub arrival: Arrival,
}

/// A way that the shopper can choose.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct DeliveryChoice {
    /// The way.
    pub delivery: Delivery,
    /// A sentence about it.
    pub about: Localized,
    /// What it costs for these goods.
    pub price: Money,
    /// Whether it is the chosen one; one is, unless there is none.
    pub is_chosen: bool,
}
