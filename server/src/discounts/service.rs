//! Granting discounts to carts. Promotions, service desks and whoever comes later go through here.

use super::row::{DiscountRow, DiscountWrite};
use crate::cart::guest_hash;
use crate::db::Database;
use crate::db::time::to_micros;
use crate::fault::Fault;
use crate::on;
use crate::platform::Platform;
use app::kernel::{GuestToken, Localized, Money, Sku};
use app::{AppError, ErrorCode};
use sqlx::types::Json;
use time::OffsetDateTime;
use uuid::Uuid;

/// Most discounts that one origin gives to a cart.
pub const MOST: usize = 20;

/// A discount to give.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Grant {
    /// What it is, in the origin's words: a promotion's key, a coupon's code.
    pub code: String,
    /// Its name for people.
    pub label: Localized,
    /// How much is taken off, at most. It counts when the cart is bought in this currency.
    pub amount: Money,
    /// The article whose line it is for; `None` for the whole cart.
    pub sku: Option<Sku>,
    /// Until when it counts. Evaluated when it is read.
    pub ends_at: Option<OffsetDateTime>,
}

/// Grants discounts.
pub struct Discounts {
    /// Where carts are.
    pub database: Database,
    /// The clock.
    pub platform: Platform,
}

impl Discounts {
    /// Gives the guest's active cart exactly these discounts of this origin; none takes all of them away. Those of other
    /// origins stay. An order that is being placed either has them, or they come too late.
    ///
    /// # Errors
    /// [`ErrorCode::FormUnreadable`] for a grant without name, code or amount or for too many, [`ErrorCode::SkuUnknown`]
    /// for an article that is not known, [`ErrorCode::CartEmpty`] when there is no active cart.
    pub async fn set(&self, guest: &GuestToken, origin: &str, grants: &[Grant]) -> Result<(), Fault> {
        if origin.is_empty() || grants.len() > MOST || !grants.iter().all(is_sound) {
            return Err(Fault::conflict(ErrorCode::FormUnreadable));
        }
        let now = to_micros(self.platform.clock.now());
        let mut tx = self.database.write().await?;
        let cart = on!(tx, cart::lock_active(&guest_hash(guest), now))?;
        let cart_id = cart.ok_or(Fault::conflict(ErrorCode::CartEmpty))?;
        let mut rows = Vec::with_capacity(grants.len());
        for (grant, position) in grants.iter().zip(0..) {
            let variant_id = match &grant.sku {
                Some(sku) => Some(on!(tx, inventory::find_variant(sku.as_str()))?.ok_or_else(unknown)?),
                None => None,
            };
            rows.push(write((cart_id, origin, position), grant, variant_id));
        }
        on!(tx, discounts::remove(cart_id, origin))?;
        on!(tx, discounts::insert(&rows))?;
        Ok(tx.commit().await?)
    }
}

fn is_sound(grant: &Grant) -> bool {
    grant.amount.minor > 0 && !grant.code.is_empty() && !grant.label.is_empty()
}

fn unknown() -> Fault {
    AppError::field("sku", ErrorCode::SkuUnknown).into()
}

fn write(
    (cart_id, origin, position): (Uuid, &str, i64),
    grant: &Grant,
    variant_id: Option<Uuid>,
) -> DiscountWrite {
    let row = DiscountRow {
        origin: origin.to_owned(),
        code: grant.code.clone(),
        variant_id,
        label: Json(grant.label.clone()),
        amount_minor: grant.amount.minor,
    };
    DiscountWrite {
        cart_id,
        position,
        row,
        currency: grant.amount.currency.code(),
        ends_at: grant.ends_at.map(to_micros),
    }
}
