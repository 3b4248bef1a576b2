//! Cash on delivery: nothing to ask anybody, and a person brings money back.

use super::provider::{Closing, Message, NewSession, Observation, PaymentProvider, ProviderError, Started};
use app::payments::model::{Notice, PaymentMethod, Refusal};
use async_trait::async_trait;
use time::OffsetDateTime;
use uuid::Uuid;

/// The courier collects; `jishi collect` notes it.
pub struct CashOnDelivery;

#[async_trait]
impl PaymentProvider for CashOnDelivery {
    fn method(&self) -> PaymentMethod {
        PaymentMethod::CashOnDelivery
    }

    fn pay_origin(&self) -> Option<String> {
        None
    }

    async fn start(&self, _wish: &NewSession) -> Result<Started, ProviderError> {
        Ok(Started::AtTheDoor)
    }

    async fn query(&self, _session: &str) -> Result<Observation, ProviderError> {
        Err(ProviderError::Unknown)
    }

    async fn close(&self, _session: &str) -> Result<Closing, ProviderError> {
        Ok(Closing::Closed)
    }

    async fn refund(&self, _session: &str, _amount_minor: i64, _key: Uuid) -> Result<String, ProviderError> {
        Err(ProviderError::ByHand)
    }

    fn read(&self, _notice: &Notice, _now: OffsetDateTime) -> Result<Message, Refusal> {
        Err(Refusal::UnknownProvider)
    }
}
