//! What pages and endpoints ask of carts.

use super::bulk::{BulkAnswer, BulkItem, SharedItem};
use super::model::{AddToCart, CartView, UpdateLine};
use crate::catalog::model::View;
use crate::error::AppError;
use crate::kernel::{GuestToken, Sku};
use async_trait::async_trait;

/// Guests' carts.
#[async_trait]
pub trait Carts: Send + Sync {
    /// The guest's cart; empty when there is none.
    async fn view(&self, guest: Option<&GuestToken>, view: View) -> Result<CartView, AppError>;
    /// Adds units. [`AppError::NotFound`] for an unknown variant; [`AppError::Conflict`] with `SoldOut`,
    /// `NotEnoughStock`, `CartFull` or `NoPrice` when it cannot be; nothing has changed then.
    async fn add(&self, guest: &GuestToken, view: View, command: &AddToCart) -> Result<CartView, AppError>;
    /// Makes sure that at least that many units are in the cart; asking twice adds nothing. Refused as [`Self::add`] is.
    async fn buy(&self, guest: &GuestToken, view: View, command: &AddToCart) -> Result<CartView, AppError>;
    /// Sets or removes a line. Removing a line that is not there is no error.
    async fn update(
        &self,
        guest: &GuestToken,
        view: View,
        command: &UpdateLine,
    ) -> Result<CartView, AppError>;
    /// Puts a line aside: it leaves the cart and is kept below it. [`AppError::NotFound`] when it is not in the cart.
    async fn save(&self, guest: &GuestToken, view: View, sku: &Sku) -> Result<CartView, AppError>;
    /// Takes back as many units as can be bought; the others stay put aside. [`AppError::NotFound`] when it is not
    /// there; [`AppError::Conflict`] as for [`Self::add`] when not even one can be bought.
    async fn restore(&self, guest: &GuestToken, view: View, sku: &Sku) -> Result<CartView, AppError>;
    /// Forgets what was put aside. That it is not there is no error.
    async fn forget(&self, guest: &GuestToken, view: View, sku: &Sku) -> Result<CartView, AppError>;
    /// Adds what can be added, and names what cannot and why.
    async fn add_many(
        &self,
        guest: &GuestToken,
        view: View,
        items: &[BulkItem],
    ) -> Result<BulkAnswer, AppError>;
    /// What a cart's link names, as it could be bought now. Changes nothing.
    async fn shared(&self, view: View, items: &[BulkItem]) -> Result<Vec<SharedItem>, AppError>;
}
