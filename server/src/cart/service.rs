//! The cart's port over the database.

use super::row::{CartRow, LineRow, LineWrite, OfferRow};
use super::{guest_hash, view};
use crate::db::time::to_micros;
use crate::db::{Database, Tx};
use crate::fault::Fault;
use crate::on;
use crate::platform::Platform;
use app::cart::model::{AddToCart, CartView, MAX_LINES, UpdateLine};
use app::cart::port::Carts;
use app::catalog::model::View;
use app::kernel::{GuestToken, Quantity};
use app::{AppError, ErrorCode};
use async_trait::async_trait;
use uuid::Uuid;

/// Guests' carts.
pub struct CartService {
    /// Where they are.
    pub database: Database,
    /// Clock and ids.
    pub platform: Platform,
}

impl CartService {
    async fn show(&self, guest: Option<&GuestToken>, view: View) -> Result<CartView, Fault> {
        let Some(token) = guest else { return Ok(view::cart(&[], view)) };
        let mut conn = self.database.read_fresh(guest).await?;
        let cart = on!(conn, cart::find_latest(&guest_hash(token)))?.filter(is_active);
        let Some(cart) = cart else { return Ok(view::cart(&[], view)) };
        let now = to_micros(self.platform.clock.now());
        let lines = on!(conn, cart::list_lines(cart.id, view.currency.code(), now))?;
        Ok(view::cart(&lines, view))
    }

    /// Opens a transaction on the guest's cart.
    async fn open(&self, guest: &GuestToken) -> Result<(Tx, Uuid, i64), Fault> {
        let now = self.platform.clock.now();
        let mut tx = self.database.write().await?;
        let id = on!(tx, cart::ensure_active(self.platform.entropy.uuid_v7(now), &guest_hash(guest), to_micros(now)))?;
        Ok((tx, id, to_micros(now)))
    }

    async fn add_units(&self, guest: &GuestToken, view: View, command: &AddToCart) -> Result<CartView, Fault> {
        let (mut tx, cart_id, now) = self.open(guest).await?;
        let offer = on!(tx, cart::find_offer(cart_id, command.sku.as_str(), view.currency.code(), now))?.ok_or(AppError::NotFound)?;
        let quantity = offer.in_cart + i64::from(command.quantity.get());
        set_line(&mut tx, cart_id, view, &offer, quantity, now).await?;
        let lines = on!(tx, cart::list_lines(cart_id, view.currency.code(), now))?;
        tx.commit().await?;
        Ok(view::cart(&lines, view))
    }

    async fn update_units(&self, guest: &GuestToken, view: View, command: &UpdateLine) -> Result<CartView, Fault> {
        let (mut tx, cart_id, now) = self.open(guest).await?;
        let sku = command.sku.as_str();
        match command.quantity {
            None => on!(tx, cart::remove_line(cart_id, sku))?,
            Some(quantity) => {
                let offer = on!(tx, cart::find_offer(cart_id, sku, view.currency.code(), now))?.ok_or(AppError::NotFound)?;
                set_line(&mut tx, cart_id, view, &offer, i64::from(quantity.get()), now).await?;
            }
        }
        let lines: Vec<LineRow> = on!(tx, cart::list_lines(cart_id, view.currency.code(), now))?;
        tx.commit().await?;
        Ok(view::cart(&lines, view))
    }
}

fn is_active(cart: &CartRow) -> bool {
    cart.status == "active"
}

/// Sets a line after every check; a refusal undoes the transaction by dropping it.
async fn set_line(tx: &mut Tx, cart_id: Uuid, view: View, offer: &OfferRow, quantity: i64, now: i64) -> Result<(), Fault> {
    let is_full = offer.in_cart == 0 && usize::try_from(offer.lines).unwrap_or(MAX_LINES) >= MAX_LINES;
    let refusal = match offer.amount_minor {
        None => Some(ErrorCode::NoPrice),
        _ if offer.available <= 0 => Some(ErrorCode::SoldOut),
        _ if is_full => Some(ErrorCode::CartFull),
        _ if quantity > i64::from(Quantity::MAX) => Some(ErrorCode::QuantityTooLarge),
        _ if quantity > offer.available => Some(ErrorCode::NotEnoughStock),
        _ => None,
    };
    if let Some(code) = refusal {
        return Err(Fault::conflict(code));
    }
    let added_minor = offer.amount_minor.unwrap_or(0);
    let line = LineWrite { cart_id, variant_id: offer.variant_id, quantity, added_minor, added_currency: view.currency.code(), now };
    on!(tx, cart::upsert_line(&line))?;
    Ok(())
}

#[async_trait]
impl Carts for CartService {
    async fn view(&self, guest: Option<&GuestToken>, view: View) -> Result<CartView, AppError> {
        Ok(self.show(guest, view).await?)
    }

    async fn add(&self, guest: &GuestToken, view: View, command: &AddToCart) -> Result<CartView, AppError> {
        Ok(self.add_units(guest, view, command).await?)
    }

    async fn update(&self, guest: &GuestToken, view: View, command: &UpdateLine) -> Result<CartView, AppError> {
        Ok(self.update_units(guest, view, command).await?)
    }
}
