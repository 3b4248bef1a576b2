//! Payment methods and the states of a payment.

use crate::error::ErrorCode;
use crate::id;
use serde::{Deserialize, Serialize};

id!(/// A payment's internal id.
    PaymentId);

/// A way to pay.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum PaymentMethod {
    /// Cash to the courier.
    CashOnDelivery,
}

impl PaymentMethod {
    /// Every method, in the order of the form.
    pub const ALL: [PaymentMethod; 1] = [Self::CashOnDelivery];

    /// The name in forms and in the database.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::CashOnDelivery => "cash_on_delivery",
        }
    }

    /// Reads a form field.
    ///
    /// # Errors
    /// [`ErrorCode::PaymentMethodUnknown`] for anything that is not offered.
    pub fn parse(text: &str) -> Result<Self, ErrorCode> {
        Self::ALL.into_iter().find(|method| method.name() == text).ok_or(ErrorCode::PaymentMethodUnknown)
    }
}

/// Where a payment stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum PaymentState {
    /// Cash is to be collected at the door.
    Due,
    /// The money is ours.
    Succeeded,
    /// It will not come.
    Cancelled,
}

impl PaymentState {
    /// The name in the database.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Due => "due",
            Self::Succeeded => "succeeded",
            Self::Cancelled => "cancelled",
        }
    }

    /// Reads the name in the database.
    #[must_use]
    pub fn from_name(name: &str) -> Option<Self> {
        [Self::Due, Self::Succeeded, Self::Cancelled].into_iter().find(|state| state.name() == name)
    }
}
