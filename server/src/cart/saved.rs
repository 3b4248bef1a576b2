//! What a guest puts aside for later, and takes back.

use super::guest_hash;
use super::row::{LineWrite, OfferRow};
use super::service::{CartService, refusal};
use crate::fault::Fault;
use crate::on;
use app::cart::model::{CartView, MAX_LINES};
use app::catalog::model::View;
use app::kernel::{GuestToken, Quantity, Sku};
use app::{AppError, ErrorCode};

impl CartService {
    /// Moves a line out of the cart. Its price of then goes with it.
    pub(super) async fn put_aside(
        &self,
        guest: &GuestToken,
        view: View,
        sku: &Sku,
    ) -> Result<CartView, Fault> {
        let mut cart = self.open(guest).await?;
        let count = on!(cart.tx, cart::count_saved(&cart.guest_hash))?;
        if usize::try_from(count).unwrap_or(MAX_LINES) >= MAX_LINES {
            return Err(Fault::conflict(ErrorCode::CartFull));
        }
        if !on!(cart.tx, cart::save_line(cart.id, &cart.guest_hash, sku.as_str(), cart.now))? {
            return Err(AppError::NotFound.into());
        }
        on!(cart.tx, cart::remove_line(cart.id, sku.as_str()))?;
        cart.finish(view).await
    }

    /// Takes back what can be bought; what cannot stays where it is.
    pub(super) async fn take_back(
        &self,
        guest: &GuestToken,
        view: View,
        sku: &Sku,
    ) -> Result<CartView, Fault> {
        let mut cart = self.open(guest).await?;
        let saved = on!(cart.tx, cart::find_saved(&cart.guest_hash, sku.as_str()))?;
        let saved = saved.ok_or(AppError::NotFound)?;
        let offer = cart.offer(view, sku).await?;
        let units = saved.quantity.min(room(&offer)).max(1);
        if let Some(code) = refusal(&offer, offer.in_cart + units) {
            return Err(Fault::conflict(code));
        }
        // The price of then: the cart tells when it is another one now.
        let line = LineWrite {
            added_minor: saved.added_minor,
            added_currency: saved.added_currency,
            ..cart.line(view, &offer, offer.in_cart + units)
        };
        on!(cart.tx, cart::upsert_lines(&[line]))?;
        on!(cart.tx, cart::keep_saved(&cart.guest_hash, saved.variant_id, saved.quantity - units))?;
        cart.finish(view).await
    }

    /// Removes what was put aside. Who has nothing there gets no cart by it.
    pub(super) async fn drop_saved(
        &self,
        guest: &GuestToken,
        view: View,
        sku: &Sku,
    ) -> Result<CartView, Fault> {
        let guest_hash = guest_hash(guest);
        let mut tx = self.database.write().await?;
        if let Some(saved) = on!(tx, cart::find_saved(&guest_hash, sku.as_str()))? {
            on!(tx, cart::keep_saved(&guest_hash, saved.variant_id, 0))?;
            tx.commit().await?;
        }
        self.show(Some(guest), view).await
    }
}

/// How many more units the cart can take of an article.
fn room(offer: &OfferRow) -> i64 {
    offer.available.min(i64::from(Quantity::MAX)) - offer.in_cart
}
