//! What pages and endpoints ask of the checkout.

use super::early::EarlyWishes;
use super::model::{CheckoutPage, Draft, PlaceOrder, Placed};
use crate::catalog::model::View;
use crate::error::AppError;
use crate::kernel::GuestToken;
use async_trait::async_trait;

/// From a cart to an order.
#[async_trait]
pub trait Checkout: Send + Sync {
    /// The page's content; an empty cart is no error.
    async fn page(&self, guest: Option<&GuestToken>, view: View) -> Result<CheckoutPage, AppError>;
    /// Keeps what was typed with the cart.
    async fn save_draft(&self, guest: &GuestToken, draft: &Draft) -> Result<(), AppError>;
    /// Keeps wishes with the cart, which is made when there is none; whatever else was typed stays.
    async fn save_wishes(&self, guest: &GuestToken, wishes: &EarlyWishes) -> Result<(), AppError>;
    /// Keeps what was typed, after taking the pasted address apart when that is asked for; gives the page as it is then.
    async fn fill(
        &self,
        guest: &GuestToken,
        view: View,
        draft: &Draft,
        is_split: bool,
    ) -> Result<CheckoutPage, AppError>;
    /// Places the order of the guest's cart, once: a repeated or parallel call gets the same order.
    /// [`AppError::Conflict`] with `CartEmpty`, `SoldOut`, `NotEnoughStock`, `NoPrice` or `TotalChanged`; nothing has happened then.
    async fn place(&self, guest: &GuestToken, view: View, command: &PlaceOrder) -> Result<Placed, AppError>;
}
