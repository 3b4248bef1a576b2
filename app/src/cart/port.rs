//! What pages and endpoints ask of carts.

use super::model::{AddToCart, CartView, UpdateLine};
use crate::catalog::model::View;
use crate::error::AppError;
use crate::kernel::GuestToken;
use async_trait::async_trait;

/// Guests' carts.
#[async_trait]
pub trait Carts: Send + Sync {
    /// The guest's cart; empty when there is none.
    async fn view(&self, guest: Option<&GuestToken>, view: View) -> Result<CartView, AppError>;
    /// Adds units. [`AppError::NotFound`] for an unknown variant; [`AppError::Conflict`] with `SoldOut`,
    /// `NotEnoughStock`, `CartFull` or `NoPrice` when it cannot be; nothing has changed then.
    async fn add(&self, guest: &GuestToken, view: View, command: &AddToCart) -> Result<CartView, AppError>;
    /// Sets or removes a line. Removing a line that is not there is no error.
    async fn update(
        &self,
        guest: &GuestToken,
        view: View,
        command: &UpdateLine,
    ) -> Result<CartView, AppError>;
}
