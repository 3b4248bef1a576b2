//! What pages, endpoints and the webhooks' route ask of payments.

use super::model::{Notice, PaymentMethod, Reader, Refusal};
use crate::error::AppError;
use crate::kernel::PublicId;
use async_trait::async_trait;

/// Paying orders.
#[async_trait]
pub trait Payments: Send + Sync {
    /// The methods that this shop is set up for, in the order of the form.
    fn offered(&self) -> Vec<PaymentMethod>;

    /// Origins (`https://pay.example`) of the pay pages that a form may lead to.
    fn pay_origins(&self) -> Vec<String>;

    /// Where to go in order to pay an order by a method: the provider's page, or the order's own.
    /// [`AppError::Conflict`] with `PaymentExpired` or `StateChanged` when there is nothing to pay any more,
    /// `PaymentUnavailable` when the provider cannot be reached; nothing is lost then.
    async fn pay(&self, reader: &Reader, id: &PublicId, method: PaymentMethod) -> Result<String, AppError>;

    /// Asks the provider how an unpaid order stands: for a payer who comes back. Silence when it does not answer.
    async fn refresh(&self, reader: &Reader, id: &PublicId) -> Result<(), AppError>;

    /// Calls an order off before it is sent; what was paid goes back.
    async fn cancel(&self, reader: &Reader, id: &PublicId) -> Result<(), AppError>;

    /// Takes a provider's message. A copy of one that came before is fine and does nothing.
    ///
    /// The outer error is ours (the provider tries again), the inner one the message's.
    async fn receive(&self, provider: &str, notice: &Notice) -> Result<Result<(), Refusal>, AppError>;
}
