//! Payment methods, the states of a try to pay, and what the order page says about paying.

use crate::error::ErrorCode;
use crate::kernel::GuestToken;
use serde::{Deserialize, Serialize};
use time::OffsetDateTime;

/// A way to pay.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum PaymentMethod {
    /// On the pages of the sandbox gateway, which moves no money.
    Sandbox,
    /// Cash to the courier.
    CashOnDelivery,
}

impl PaymentMethod {
    /// Every method, in the order of the form. A shop offers those that it is set up for.
    pub const ALL: [PaymentMethod; 2] = [Self::Sandbox, Self::CashOnDelivery];

    /// The name in forms, in the database and in the address of its webhooks.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Sandbox => "sandbox",
            Self::CashOnDelivery => "cash_on_delivery",
        }
    }

    /// Reads a form field.
    ///
    /// # Errors
    /// [`ErrorCode::PaymentMethodUnknown`] for anything that is no method.
    pub fn parse(text: &str) -> Result<Self, ErrorCode> {
        Self::ALL.into_iter().find(|method| method.name() == text).ok_or(ErrorCode::PaymentMethodUnknown)
    }
}

/// Where a try to pay stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum AttemptState {
    /// Begun; for cash: to be collected at the door.
    Pending,
    /// The provider waits for the payer.
    Processing,
    /// The provider wants something more of the payer, such as a one-time code.
    RequiresAction,
    /// The provider has the money.
    Completed,
    /// The last try was declined; another one is possible.
    Failed,
    /// It was given up and can no longer be paid.
    Cancelled,
    /// Its time was over.
    Expired,
}

impl AttemptState {
    /// Every state.
    pub const ALL: [Self; 7] = [
        Self::Pending,
        Self::Processing,
        Self::RequiresAction,
        Self::Completed,
        Self::Failed,
        Self::Cancelled,
        Self::Expired,
    ];

    /// The name in the database.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Pending => "pending",
            Self::Processing => "processing",
            Self::RequiresAction => "requires_action",
            Self::Completed => "completed",
            Self::Failed => "failed",
            Self::Cancelled => "cancelled",
            Self::Expired => "expired",
        }
    }

    /// Reads the name in the database.
    #[must_use]
    pub fn from_name(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|state| state.name() == name)
    }

    /// True while it can still be paid.
    #[must_use]
    pub const fn is_open(self) -> bool {
        match self {
            Self::Pending | Self::Processing | Self::RequiresAction | Self::Failed => true,
            Self::Completed | Self::Cancelled | Self::Expired => false,
        }
    }

    /// Whether a provider's news may change this state into `next`. Money that arrives is never ignored, so
    /// every state but the paid one becomes [`Self::Completed`]; what is over never opens again.
    #[must_use]
    pub const fn may_become(self, next: Self) -> bool {
        match (self, next) {
            (Self::Completed, _) => false,
            (_, Self::Completed) => true,
            (Self::Cancelled | Self::Expired, _) => false,
            (Self::Pending | Self::Processing | Self::RequiresAction | Self::Failed, next) => {
                !matches!(next, Self::Pending) && self as u8 != next as u8
            }
        }
    }
}

/// Why a try was declined, as far as a shopper can do something about it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Decline {
    /// The account does not hold enough.
    InsufficientFunds,
    /// The one-time code was wrong, or not entered.
    ChallengeFailed,
    /// The bank says no, whatever its reason.
    Declined,
}

impl Decline {
    /// The name in the database.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::InsufficientFunds => "insufficient_funds",
            Self::ChallengeFailed => "challenge_failed",
            Self::Declined => "declined",
        }
    }

    /// Reads a name; a reason that is not known is a plain decline.
    #[must_use]
    pub fn from_name(name: &str) -> Self {
        [Self::InsufficientFunds, Self::ChallengeFailed]
            .into_iter()
            .find(|reason| reason.name() == name)
            .unwrap_or(Self::Declined)
    }
}

/// What can be done about an order that is not paid yet.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PayOffer {
    /// The method of the current try.
    pub current: PaymentMethod,
    /// Where that try stands.
    pub state: AttemptState,
    /// Why the last try was declined, when it was.
    pub decline: Option<Decline>,
    /// Until when the goods are reserved.
    pub pay_by: OffsetDateTime,
    /// What is offered, in the order of the form.
    pub methods: Vec<PaymentMethod>,
}

/// Who asks for an order: the browser that placed it, or whoever has the link of its mail.
#[derive(Debug, Clone, Default)]
pub struct Reader {
    /// The browser's secret.
    pub guest: Option<GuestToken>,
    /// The secret of the mail's link.
    pub key: Option<String>,
}

/// A provider's message as it came in.
#[derive(Debug, Clone)]
pub struct Notice {
    /// Its headers, with names in small letters.
    pub headers: Vec<(String, String)>,
    /// Its body, byte by byte.
    pub body: Vec<u8>,
}

impl Notice {
    /// A header; empty when it is absent.
    #[must_use]
    pub fn header(&self, name: &str) -> &str {
        self.headers.iter().find(|(known, _)| known == name).map_or("", |(_, value)| value)
    }
}

/// Why a provider's message is not believed. Nothing has changed then, and the refusal is on record.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Refusal {
    /// No such provider sends messages to this shop.
    UnknownProvider,
    /// Its signature does not fit.
    Forged,
    /// It was signed too long ago, or in the future.
    Stale,
    /// It cannot be read.
    Unreadable,
    /// It is about a payment that this shop does not know.
    UnknownPayment,
    /// It names another order.
    WrongReference,
    /// It names another amount.
    WrongAmount,
    /// It names another currency.
    WrongCurrency,
}

impl Refusal {
    /// The name in the database and in the answer.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::UnknownProvider => "unknown_provider",
            Self::Forged => "forged",
            Self::Stale => "stale",
            Self::Unreadable => "unreadable",
            Self::UnknownPayment => "unknown_payment",
            Self::WrongReference => "wrong_reference",
            Self::WrongAmount => "wrong_amount",
            Self::WrongCurrency => "wrong_currency",
        }
    }

    /// The HTTP status of the answer.
    #[must_use]
    pub const fn status(self) -> u16 {
        match self {
            Self::UnknownProvider | Self::UnknownPayment => 404,
            Self::Forged | Self::Stale => 401,
            Self::Unreadable => 400,
            Self::WrongReference | Self::WrongAmount | Self::WrongCurrency => 422,
        }
    }

    /// True when the message was truly the provider's, so that it may be kept whole.
    #[must_use]
    pub const fn was_signed(self) -> bool {
        match self {
            Self::UnknownProvider | Self::Forged | Self::Stale => false,
            Self::Unreadable
            | Self::UnknownPayment
            | Self::WrongReference
            | Self::WrongAmount
            | Self::WrongCurrency => true,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_state_and_method_reads_back_by_its_name() {
        assert!(AttemptState::ALL.iter().all(|state| AttemptState::from_name(state.name()) == Some(*state)));
        assert!(PaymentMethod::ALL.iter().all(|method| PaymentMethod::parse(method.name()) == Ok(*method)));
        assert_eq!(PaymentMethod::parse("iou"), Err(ErrorCode::PaymentMethodUnknown));
    }

    #[test]
    fn money_is_never_ignored_and_what_is_over_never_opens_again() {
        use AttemptState as S;
        for from in S::ALL {
            assert_eq!(from.may_become(S::Completed), from != S::Completed, "{from:?}");
            for next in S::ALL.into_iter().filter(|next| *next != S::Completed) {
                assert!(from.is_open() || !from.may_become(next), "{from:?} {next:?}");
                assert!(!(from == next && from.may_become(next)), "{from:?} {next:?}");
            }
        }
        assert!(S::Failed.may_become(S::Processing) && S::Processing.may_become(S::Failed));
        assert!(!S::Processing.may_become(S::Pending));
    }

    #[test]
    fn an_unknown_reason_is_a_plain_decline() {
        assert_eq!(Decline::from_name("insufficient_funds"), Decline::InsufficientFunds);
        assert_eq!(Decline::from_name("the moon"), Decline::Declined);
    }
}
