//! The port that payment providers implement, and the providers that a shop is set up with.

use app::kernel::{Locale, Money};
use app::payments::model::{Decline, Notice, PaymentMethod, Refusal};
use async_trait::async_trait;
use std::sync::Arc;
use time::{Duration, OffsetDateTime};
use uuid::Uuid;

/// How long goods are reserved for an unpaid order, unless the shop says otherwise.
pub const DEFAULT_HOLD: Duration = Duration::minutes(30);

/// What a provider is asked to collect.
#[derive(Debug, Clone)]
pub struct NewSession {
    /// The same key is the same session, however often it is asked for.
    pub key: Uuid,
    /// The order's number.
    pub reference: String,
    /// How much.
    pub amount: Money,
    /// The payer's language.
    pub locale: Locale,
    /// Where the payer goes afterwards.
    pub return_url: String,
    /// How long it can be paid.
    pub life: Duration,
}

/// How paying goes on.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Started {
    /// Nothing to do now: the courier collects.
    AtTheDoor,
    /// On a page of the provider.
    Hosted {
        /// The provider's name for it.
        session: String,
        /// The page.
        pay_url: String,
    },
}

/// Where a session stands at the provider.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Standing {
    /// It waits for the payer.
    Open,
    /// It wants something more of the payer.
    RequiresAction,
    /// The last try was declined; it can be tried again.
    Declined(Decline),
    /// The money is captured.
    Paid,
    /// It was closed and can never be paid.
    Closed,
    /// Its time is over and it can never be paid.
    Expired,
}

/// What a provider says about a session, by whatever way.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Observation {
    /// The provider's name for it.
    pub session: String,
    /// The order's number, as the provider has it.
    pub reference: String,
    /// How much, in minor units.
    pub amount_minor: i64,
    /// Of which currency.
    pub currency: String,
    /// How much is captured, in minor units.
    pub captured_minor: i64,
    /// Where it stands.
    pub standing: Standing,
    /// The provider's count of its news; `None` for the truth of this moment.
    pub sequence: Option<i64>,
}

/// A message that was verified.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Message {
    /// Two messages with one id are one.
    pub event_id: String,
    /// What it is about, in the provider's words.
    pub kind: String,
    /// What it says.
    pub seen: Observation,
}

/// How closing a session ended.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Closing {
    /// It can never be paid any more.
    Closed,
    /// Too late: it is paid.
    AlreadyPaid,
}

/// Why a provider did not do it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum ProviderError {
    /// It cannot be reached, or is not well. Try again.
    #[error("the payment provider cannot be reached")]
    Unavailable,
    /// It knows no such session.
    #[error("the payment provider does not know this payment")]
    Unknown,
    /// It refuses, or its answer does not fit what was asked.
    #[error("the payment provider refuses: {0}")]
    Refused(&'static str),
    /// A person has to do it.
    #[error("this payment method is settled by hand")]
    ByHand,
}

/// A payment provider. Calls may be repeated: the same call twice is the same as once.
#[async_trait]
pub trait PaymentProvider: Send + Sync {
    /// The method that it stands for; its name is also that of its webhooks' address.
    fn method(&self) -> PaymentMethod;

    /// The origin of its pay pages, if it has some.
    fn pay_origin(&self) -> Option<String>;

    /// Begins a payment.
    async fn start(&self, wish: &NewSession) -> Result<Started, ProviderError>;

    /// How a session stands: the truth.
    async fn query(&self, session: &str) -> Result<Observation, ProviderError>;

    /// Makes sure that a session can never be paid any more.
    async fn close(&self, session: &str) -> Result<Closing, ProviderError>;

    /// Sends money back; gives the provider's name for it. The same key is the same refund.
    async fn refund(&self, session: &str, amount_minor: i64, key: Uuid) -> Result<String, ProviderError>;

    /// Verifies a message against its raw body, then reads it.
    ///
    /// # Errors
    /// Why it is not to be believed.
    fn read(&self, notice: &Notice, now: OffsetDateTime) -> Result<Message, Refusal>;
}

/// The providers of a shop, and what it tells them. Cheap to clone.
#[derive(Clone)]
pub struct Providers {
    list: Arc<[Arc<dyn PaymentProvider>]>,
    /// Scheme and authority of the shop, for the way back.
    pub base_url: Arc<str>,
    /// How long goods are reserved for an unpaid order.
    pub hold: Duration,
}

impl Providers {
    /// A shop with these providers; cash on delivery is always one of them, and the last.
    #[must_use]
    pub fn new(base_url: &str, hold: Duration, online: Vec<Arc<dyn PaymentProvider>>) -> Self {
        let cash: Arc<dyn PaymentProvider> = Arc::new(super::cash::CashOnDelivery);
        let list = online.into_iter().chain([cash]).collect();
        Self { list, base_url: base_url.into(), hold }
    }

    /// A shop that is only paid at the door.
    #[must_use]
    pub fn cash_only() -> Self {
        Self::new("", DEFAULT_HOLD, Vec::new())
    }

    /// The methods on offer.
    #[must_use]
    pub fn methods(&self) -> Vec<PaymentMethod> {
        let offered: Vec<_> = self.list.iter().map(|provider| provider.method()).collect();
        PaymentMethod::ALL.into_iter().filter(|method| offered.contains(method)).collect()
    }

    /// Origins of the pay pages.
    #[must_use]
    pub fn pay_origins(&self) -> Vec<String> {
        self.list.iter().filter_map(|provider| provider.pay_origin()).collect()
    }

    /// The provider of a method, by the method's name.
    #[must_use]
    pub fn find(&self, name: &str) -> Option<&Arc<dyn PaymentProvider>> {
        self.list.iter().find(|provider| provider.method().name() == name)
    }
}
