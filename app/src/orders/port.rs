//! What pages ask of orders.

use super::model::{OrderPage, WaitingOrder};
use crate::error::AppError;
use crate::kernel::{GuestToken, Locale, PublicId};
use async_trait::async_trait;

/// Placed orders.
#[async_trait]
pub trait Orders: Send + Sync {
    /// The order, if this guest placed it or `key` is the secret of its confirmation mail.
    /// [`AppError::NotFound`] otherwise: whether it exists is not told.
    async fn page(
        &self,
        guest: Option<&GuestToken>,
        key: Option<&str>,
        id: &PublicId,
        locale: Locale,
    ) -> Result<OrderPage, AppError>;
    /// The order that this guest placed last, if it can still be paid.
    async fn waiting(&self, guest: Option<&GuestToken>) -> Result<Option<WaitingOrder>, AppError>;
}
