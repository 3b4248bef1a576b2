//! The cart's endpoints as islands call them.

use super::islands::line::LineFacts;
use crate::error::ErrorCode;
use crate::ui::fetch::{Answer, Refusal, get, post};

/// What islands need of a cart.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CartAnswer {
    /// Units in all.
    pub count: u32,
    /// Sum of what can be bought, in minor units.
    pub subtotal_minor: i64,
    /// The same, formatted.
    pub subtotal_text: String,
    /// What is taken off above it, as HTML.
    pub discounts_html: String,
    /// True when every line can be bought as it is.
    pub is_ready: bool,
    /// The lines.
    pub lines: Vec<LineFacts>,
}

fn small(number: i64) -> u32 {
    u32::try_from(number).unwrap_or(0)
}

fn line(answer: &Answer) -> LineFacts {
    LineFacts {
        sku: answer.text("sku"),
        title: answer.text("title"),
        quantity: small(answer.number("quantity")),
        available: answer.number("available"),
        unit_price: answer.text("unit_price_text"),
        total: answer.text("total_text"),
        problem: ErrorCode::from_name(&answer.text("problem")),
    }
}

fn cart(answer: Result<Answer, Refusal>) -> Result<CartAnswer, ErrorCode> {
    let answer = answer.map_err(|refusal| refusal.code)?;
    Ok(CartAnswer {
        count: small(answer.number("count")),
        subtotal_minor: answer.object("subtotal").number("minor"),
        subtotal_text: answer.text("subtotal_text"),
        discounts_html: answer.text("discounts_html"),
        is_ready: answer.flag("is_ready"),
        lines: answer.list("lines").iter().map(line).collect(),
    })
}

/// `GET /api/cart`: how many units are in this browser's cart.
///
/// # Errors
/// What to say.
pub async fn count() -> Result<u32, ErrorCode> {
    get("/api/cart").await.map(|answer| small(answer.number("count"))).map_err(|refusal| refusal.code)
}

/// `POST /api/cart/add`; gives the units in the cart from now on.
///
/// # Errors
/// What to say.
pub async fn add(sku: &str, quantity: &str) -> Result<u32, ErrorCode> {
    let answer = post("/api/cart/add", &[("variant_sku", sku), ("quantity", quantity)]).await;
    answer.map(|answer| small(answer.number("count"))).map_err(|refusal| refusal.code)
}

/// `POST /api/cart/add`; gives the whole cart.
///
/// # Errors
/// What to say.
pub async fn put_back(sku: &str, quantity: &str) -> Result<CartAnswer, ErrorCode> {
    cart(post("/api/cart/add", &[("variant_sku", sku), ("quantity", quantity)]).await)
}

/// `POST /api/cart/update`.
///
/// # Errors
/// What to say.
pub async fn update(sku: &str, quantity: &str) -> Result<CartAnswer, ErrorCode> {
    cart(post("/api/cart/update", &[("variant_sku", sku), ("quantity", quantity)]).await)
}

/// `POST /api/cart/remove`.
///
/// # Errors
/// What to say.
pub async fn remove(sku: &str) -> Result<CartAnswer, ErrorCode> {
    cart(post("/api/cart/remove", &[("variant_sku", sku)]).await)
}
