//! Everything that showing a cart needs, in at most three statements however many lines it has.

use super::row::{AlternativeRow, LineRow};
use super::view::problem;
use crate::db::Connected;
use crate::discounts::row::DiscountRow;
use crate::on;
use app::ErrorCode;
use app::kernel::Currency;
use uuid::Uuid;

/// Sold-out products for which something similar is looked up.
const LOOKED_UP: usize = 10;

/// The rows of a cart.
#[derive(Debug, Clone, Default)]
pub struct CartRows {
    /// Its lines.
    pub lines: Vec<LineRow>,
    /// What the guest has put aside.
    pub saved: Vec<LineRow>,
    /// What can be bought instead of what is sold out.
    pub alternatives: Vec<AlternativeRow>,
    /// What is taken off. Read apart: the checkout has it with its rates.
    pub discounts: Vec<DiscountRow>,
}

/// Whose cart is read, and how.
#[derive(Debug, Clone, Copy)]
pub struct Asked<'a> {
    /// The hash of the guest's secret.
    pub guest_hash: &'a [u8],
    /// The active cart, if there is one.
    pub cart_id: Option<Uuid>,
    /// The currency of prices.
    pub currency: Currency,
    /// Microseconds.
    pub now: i64,
}

/// Reads a cart, and what was put aside beside it.
///
/// # Errors
/// The database's error.
pub async fn load(conn: &mut impl Connected, asked: Asked<'_>) -> sqlx::Result<CartRows> {
    let currency = asked.currency.code();
    let lines = match asked.cart_id {
        Some(id) => on!(conn, cart::list_lines(id, currency, asked.now))?,
        None => Vec::new(),
    };
    let saved = on!(conn, cart::list_saved(asked.guest_hash, currency, asked.now))?;
    let mut gone: Vec<Uuid> = lines
        .iter()
        .filter(|line| problem(line) == Some(ErrorCode::SoldOut))
        .map(|line| line.product_id)
        .collect();
    gone.sort_unstable();
    gone.dedup();
    gone.truncate(LOOKED_UP);
    let alternatives = match gone.is_empty() {
        true => Vec::new(),
        false => on!(conn, cart::list_alternatives(&gone, currency, asked.now))?,
    };
    Ok(CartRows { lines, saved, alternatives, discounts: Vec::new() })
}

/// Reads a cart with what is taken off it.
///
/// # Errors
/// The database's error.
pub async fn load_discounted(conn: &mut impl Connected, asked: Asked<'_>) -> sqlx::Result<CartRows> {
    let mut rows = load(conn, asked).await?;
    if let Some(cart_id) = asked.cart_id.filter(|_| !rows.lines.is_empty()) {
        rows.discounts = on!(conn, discounts::list(cart_id, asked.currency.code(), asked.now))?;
    }
    Ok(rows)
}
