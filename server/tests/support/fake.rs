//! A payment provider inside of the test: it says what the test wants, and remembers what it was asked.

use app::payments::model::{Decline, Notice, PaymentMethod, Refusal};
use async_trait::async_trait;
use server::payments::provider::{
    Closing, DEFAULT_HOLD, Message, NewSession, Observation, PaymentProvider, ProviderError, Providers,
    Standing, Started,
};
use std::sync::{Arc, Mutex};
use time::OffsetDateTime;
use uuid::Uuid;

/// What the provider has seen and does.
#[derive(Default)]
pub(crate) struct State {
    /// It does not answer.
    pub(crate) is_down: bool,
    /// It says that closing came too late.
    pub(crate) is_paid: bool,
    /// What it was asked to collect.
    pub(crate) wishes: Vec<NewSession>,
    /// How often it was asked how a session stands, whether it answered or not.
    pub(crate) questions: usize,
    /// Sessions that it was asked to close.
    pub(crate) closed: Vec<String>,
    /// `(session, amount, key)` of refunds.
    pub(crate) refunds: Vec<(String, i64, Uuid)>,
}

/// The provider.
#[derive(Clone, Default)]
pub(crate) struct Fake(pub(crate) Arc<Mutex<State>>);

impl Fake {
    /// A shop with this provider.
    pub(crate) fn providers(&self) -> Providers {
        Providers::new("http://shop.test", DEFAULT_HOLD, vec![Arc::new(self.clone())])
    }

    /// What it says about the only session.
    pub(crate) fn told(&self, standing: Standing, sequence: Option<i64>) -> Observation {
        let state = self.0.lock().unwrap();
        let wish = state.wishes.last().unwrap();
        Observation {
            session: session_of(wish.key),
            reference: wish.reference.clone(),
            amount_minor: wish.amount.minor,
            currency: wish.amount.currency.code().to_owned(),
            captured_minor: if standing == Standing::Paid { wish.amount.minor } else { 0 },
            standing,
            sequence,
        }
    }

    fn up(&self) -> Result<std::sync::MutexGuard<'_, State>, ProviderError> {
        let state = self.0.lock().unwrap();
        if state.is_down { Err(ProviderError::Unavailable) } else { Ok(state) }
    }
}

fn session_of(key: Uuid) -> String {
    format!("fake_{}", key.simple())
}

#[async_trait]
impl PaymentProvider for Fake {
    fn method(&self) -> PaymentMethod {
        PaymentMethod::Sandbox
    }

    fn pay_origin(&self) -> Option<String> {
        None
    }

    async fn start(&self, wish: &NewSession) -> Result<Started, ProviderError> {
        let mut state = self.up()?;
        if !state.wishes.iter().any(|known| known.key == wish.key) {
            state.wishes.push(wish.clone());
        }
        let session = session_of(wish.key);
        Ok(Started::Hosted { pay_url: format!("http://pay.test/{session}"), session })
    }

    async fn query(&self, _session: &str) -> Result<Observation, ProviderError> {
        self.0.lock().unwrap().questions += 1;
        let is_paid = self.up()?.is_paid;
        Ok(self.told(if is_paid { Standing::Paid } else { Standing::Open }, None))
    }

    async fn close(&self, session: &str) -> Result<Closing, ProviderError> {
        let mut state = self.up()?;
        state.closed.push(session.to_owned());
        Ok(if state.is_paid { Closing::AlreadyPaid } else { Closing::Closed })
    }

    async fn refund(&self, session: &str, amount_minor: i64, key: Uuid) -> Result<String, ProviderError> {
        self.up()?.refunds.push((session.to_owned(), amount_minor, key));
        Ok("fake_refund".to_owned())
    }

    fn read(&self, notice: &Notice, _now: OffsetDateTime) -> Result<Message, Refusal> {
        let event_id = notice.header("webhook-id").to_owned();
        let standing = match notice.body.as_slice() {
            b"paid" => Standing::Paid,
            b"open" => Standing::Open,
            b"declined" => Standing::Declined(Decline::InsufficientFunds),
            _ => return Err(Refusal::Forged),
        };
        Ok(Message { event_id, kind: "test".to_owned(), seen: self.told(standing, Some(1)) })
    }
}

/// A message of the provider.
pub(crate) fn notice(id: &str, body: &str) -> Notice {
    Notice { headers: vec![("webhook-id".to_owned(), id.to_owned())], body: body.into() }
}
