//! The cart's port over the database.

use super::load::{Asked, CartRows, load_discounted};
use super::row::{CartRow, LineWrite, OfferRow};
use super::{guest_hash, view};
use crate::db::time::to_micros;
use crate::db::{Database, Tx};
use crate::fault::Fault;
use crate::on;
use crate::platform::Platform;
use app::cart::bulk::{BulkAnswer, BulkItem, SharedItem};
use app::cart::model::{AddToCart, CartView, MAX_LINES, UpdateLine};
use app::cart::port::Carts;
use app::catalog::model::View;
use app::kernel::{GuestToken, Quantity, Sku};
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
    pub(super) async fn show(&self, guest: Option<&GuestToken>, view: View) -> Result<CartView, Fault> {
        let Some(token) = guest else { return Ok(view::cart(&CartRows::default(), view)) };
        let mut conn = self.database.read_fresh(guest).await?;
        let guest_hash = guest_hash(token);
        let cart = on!(conn, cart::find_latest(&guest_hash))?.filter(is_active);
        let now = to_micros(self.platform.clock.now());
        let (cart_id, currency) = (cart.map(|cart| cart.id), view.currency);
        let asked = Asked { guest_hash: &guest_hash, cart_id, currency, now };
        Ok(view::cart(&load_discounted(&mut conn, asked).await?, view))
    }

    /// Opens a transaction on the guest's cart.
    pub(super) async fn open(&self, guest: &GuestToken) -> Result<OpenCart, Fault> {
        let now = self.platform.clock.now();
        let guest_hash = guest_hash(guest);
        let mut tx = self.database.write().await?;
        let id =
            on!(tx, cart::ensure_active(self.platform.entropy.uuid_v7(now), &guest_hash, to_micros(now)))?;
        Ok(OpenCart { tx, id, guest_hash, now: to_micros(now) })
    }

    /// Sets a line to so many units as follow from those that are in the cart.
    async fn set_units(
        &self,
        guest: &GuestToken,
        view: View,
        sku: &Sku,
        units: impl FnOnce(i64) -> i64,
    ) -> Result<CartView, Fault> {
        let mut cart = self.open(guest).await?;
        let offer = cart.offer(view, sku).await?;
        cart.set_line(view, &offer, units(offer.in_cart)).await?;
        cart.finish(view).await
    }

    async fn update_units(
        &self,
        guest: &GuestToken,
        view: View,
        command: &UpdateLine,
    ) -> Result<CartView, Fault> {
        let Some(quantity) = command.quantity else { return self.remove(guest, view, &command.sku).await };
        self.set_units(guest, view, &command.sku, |_| i64::from(quantity.get())).await
    }

    /// Removes a line. Who has no cart does not get one by it.
    async fn remove(&self, guest: &GuestToken, view: View, sku: &Sku) -> Result<CartView, Fault> {
        let mut conn = self.database.read_fresh(Some(guest)).await?;
        let found = on!(conn, cart::find_latest(&guest_hash(guest)))?.filter(is_active);
        drop(conn);
        if found.is_none() {
            return self.show(Some(guest), view).await;
        }
        let mut cart = self.open(guest).await?;
        on!(cart.tx, cart::remove_line(cart.id, sku.as_str()))?;
        cart.finish(view).await
    }
}

/// A guest's cart that nobody else can change until the transaction ends.
pub(super) struct OpenCart {
    pub(super) tx: Tx,
    pub(super) id: Uuid,
    pub(super) guest_hash: Vec<u8>,
    pub(super) now: i64,
}

impl OpenCart {
    /// The variant that is asked for, if it is on sale.
    pub(super) async fn offer(&mut self, view: View, sku: &Sku) -> Result<OfferRow, Fault> {
        let offer = on!(self.tx, cart::find_offer(self.id, sku.as_str(), view.currency.code(), self.now))?;
        Ok(offer.ok_or(AppError::NotFound)?)
    }

    /// Sets a line after every check; a refusal undoes the transaction by dropping it.
    async fn set_line(&mut self, view: View, offer: &OfferRow, quantity: i64) -> Result<(), Fault> {
        if let Some(code) = refusal(offer, quantity) {
            return Err(Fault::conflict(code));
        }
        let line = self.line(view, offer, quantity);
        on!(self.tx, cart::upsert_lines(&[line]))?;
        Ok(())
    }

    /// A line at the present price.
    pub(super) fn line(&self, view: View, offer: &OfferRow, quantity: i64) -> LineWrite {
        LineWrite {
            cart_id: self.id,
            variant_id: offer.variant_id,
            quantity,
            added_minor: offer.amount_minor.unwrap_or(0),
            added_currency: view.currency.code().to_owned(),
            now: self.now,
        }
    }

    /// Commits; gives the cart as it is now.
    pub(super) async fn finish(mut self, view: View) -> Result<CartView, Fault> {
        let (guest_hash, now) = (&self.guest_hash, self.now);
        let asked = Asked { guest_hash, cart_id: Some(self.id), currency: view.currency, now };
        let rows = load_discounted(&mut self.tx, asked).await?;
        self.tx.commit().await?;
        Ok(view::cart(&rows, view))
    }
}

/// Why a line cannot have that many units.
pub(super) fn refusal(offer: &OfferRow, quantity: i64) -> Option<ErrorCode> {
    let is_full = offer.in_cart == 0 && usize::try_from(offer.lines).unwrap_or(MAX_LINES) >= MAX_LINES;
    match offer.amount_minor {
        None => Some(ErrorCode::NoPrice),
        _ if offer.available <= 0 => Some(ErrorCode::SoldOut),
        _ if is_full => Some(ErrorCode::CartFull),
        _ if quantity > i64::from(Quantity::MAX) => Some(ErrorCode::QuantityTooLarge),
        _ if quantity > offer.available => Some(ErrorCode::NotEnoughStock),
        _ => None,
    }
}

fn is_active(cart: &CartRow) -> bool {
    cart.status == "active"
}

#[async_trait]
impl Carts for CartService {
    async fn view(&self, guest: Option<&GuestToken>, view: View) -> Result<CartView, AppError> {
        Ok(self.show(guest, view).await?)
    }

    async fn add(&self, guest: &GuestToken, view: View, command: &AddToCart) -> Result<CartView, AppError> {
        let more = i64::from(command.quantity.get());
        Ok(self.set_units(guest, view, &command.sku, |in_cart| in_cart + more).await?)
    }

    async fn buy(&self, guest: &GuestToken, view: View, command: &AddToCart) -> Result<CartView, AppError> {
        // Who presses "Buy now" twice, or comes back and presses it again, wants it once.
        let wanted = i64::from(command.quantity.get());
        Ok(self.set_units(guest, view, &command.sku, |in_cart| in_cart.max(wanted)).await?)
    }

    async fn update(
        &self,
        guest: &GuestToken,
        view: View,
        command: &UpdateLine,
    ) -> Result<CartView, AppError> {
        Ok(self.update_units(guest, view, command).await?)
    }

    async fn save(&self, guest: &GuestToken, view: View, sku: &Sku) -> Result<CartView, AppError> {
        Ok(self.put_aside(guest, view, sku).await?)
    }

    async fn restore(&self, guest: &GuestToken, view: View, sku: &Sku) -> Result<CartView, AppError> {
        Ok(self.take_back(guest, view, sku).await?)
    }

    async fn forget(&self, guest: &GuestToken, view: View, sku: &Sku) -> Result<CartView, AppError> {
        Ok(self.drop_saved(guest, view, sku).await?)
    }

    async fn add_many(
        &self,
        guest: &GuestToken,
        view: View,
        items: &[BulkItem],
    ) -> Result<BulkAnswer, AppError> {
        Ok(self.add_list(guest, view, items).await?)
    }

    async fn shared(&self, view: View, items: &[BulkItem]) -> Result<Vec<SharedItem>, AppError> {
        Ok(self.look_up(view, items).await?)
    }
}
