//! The cart's endpoints: parse → port → answer. Plain forms are sent on to a page, JSON callers get the cart.

use super::bulk::BulkAnswer;
use super::model::CartView;
use crate::error::AppError;
use leptos::server;
use leptos::server_fn::codec::{GetUrl, Json, PostUrl};

/// `POST /api/cart/add`: puts units of a variant into the cart.
#[server(prefix = "/api", endpoint = "cart/add", input = PostUrl, output = Json)]
pub async fn add_to_cart(
    /// Stock keeping unit of the variant.
    #[server(default)]
    variant_sku: String,
    /// Units, as typed.
    #[server(default)]
    quantity: String,
) -> Result<CartView, AppError> {
    let cx = crate::RequestCx::current();
    let result = async {
        let command = super::model::AddToCart::parse(&variant_sku, &quantity)?;
        cx.services.carts.add(&cx.guest_or_new(), cx.view(), &command).await
    };
    cx.answer(result.await, |_| crate::routes::href::cart(cx.locale))
}

/// `POST /api/cart/buy`: makes sure that the units are in the cart, and goes on to the checkout.
#[server(prefix = "/api", endpoint = "cart/buy", input = PostUrl, output = Json)]
pub async fn buy_now(
    /// Stock keeping unit of the variant.
    #[server(default)]
    variant_sku: String,
    /// Units, as typed.
    #[server(default)]
    quantity: String,
) -> Result<CartView, AppError> {
    let cx = crate::RequestCx::current();
    let result = async {
        let command = super::model::AddToCart::parse(&variant_sku, &quantity)?;
        cx.services.carts.buy(&cx.guest_or_new(), cx.view(), &command).await
    };
    cx.answer(result.await, |_| crate::routes::href::checkout(cx.locale))
}

/// `POST /api/cart/update`: sets the units of a line; `0` removes it.
#[server(prefix = "/api", endpoint = "cart/update", input = PostUrl, output = Json)]
pub async fn update_line(
    /// Stock keeping unit of the variant.
    #[server(default)]
    variant_sku: String,
    /// Units, as typed.
    #[server(default)]
    quantity: String,
) -> Result<CartView, AppError> {
    let cx = crate::RequestCx::current();
    let result = async {
        let command = super::model::UpdateLine::parse(&variant_sku, &quantity)?;
        cx.services.carts.update(&cx.guest_or_new(), cx.view(), &command).await
    };
    cx.answer(result.await, |_| crate::routes::href::cart(cx.locale))
}

/// `POST /api/cart/remove`: removes a line.
#[server(prefix = "/api", endpoint = "cart/remove", input = PostUrl, output = Json)]
pub async fn remove_line(
    /// Stock keeping unit of the variant.
    #[server(default)]
    variant_sku: String,
) -> Result<CartView, AppError> {
    let cx = crate::RequestCx::current();
    let result = async {
        let command = super::model::UpdateLine::parse_removal(&variant_sku)?;
        cx.services.carts.update(&cx.guest_or_new(), cx.view(), &command).await
    };
    cx.answer(result.await, |_| crate::routes::href::cart(cx.locale))
}

/// `GET /api/cart`: the cart of this browser.
#[server(prefix = "/api", endpoint = "cart", input = GetUrl, output = Json)]
pub async fn read_cart() -> Result<CartView, AppError> {
    let cx = crate::RequestCx::current();
    cx.services.carts.view(cx.guest.as_ref(), cx.view()).await
}

/// `POST /api/cart/save`: puts a line aside for later.
#[server(prefix = "/api", endpoint = "cart/save", input = PostUrl, output = Json)]
pub async fn save_line(
    /// Stock keeping unit of the variant.
    #[server(default)]
    variant_sku: String,
) -> Result<CartView, AppError> {
    let cx = crate::RequestCx::current();
    let result = async {
        let sku = super::model::parse_sku(&variant_sku)?;
        cx.services.carts.save(&cx.guest_or_new(), cx.view(), &sku).await
    };
    cx.answer(result.await, |_| crate::routes::href::cart(cx.locale))
}

/// `POST /api/cart/restore`: takes back what was put aside, as far as it can be bought.
#[server(prefix = "/api", endpoint = "cart/restore", input = PostUrl, output = Json)]
pub async fn restore_line(
    /// Stock keeping unit of the variant.
    #[server(default)]
    variant_sku: String,
) -> Result<CartView, AppError> {
    let cx = crate::RequestCx::current();
    let result = async {
        let sku = super::model::parse_sku(&variant_sku)?;
        cx.services.carts.restore(&cx.guest_or_new(), cx.view(), &sku).await
    };
    cx.answer(result.await, |_| crate::routes::href::cart(cx.locale))
}

/// `POST /api/cart/forget`: forgets what was put aside.
#[server(prefix = "/api", endpoint = "cart/forget", input = PostUrl, output = Json)]
pub async fn forget_line(
    /// Stock keeping unit of the variant.
    #[server(default)]
    variant_sku: String,
) -> Result<CartView, AppError> {
    let cx = crate::RequestCx::current();
    let result = async {
        let sku = super::model::parse_sku(&variant_sku)?;
        cx.services.carts.forget(&cx.guest_or_new(), cx.view(), &sku).await
    };
    cx.answer(result.await, |_| crate::routes::href::cart(cx.locale))
}

/// `POST /api/cart/add-many`: adds what can be added of a list, and says what could not and why.
#[server(prefix = "/api", endpoint = "cart/add-many", input = PostUrl, output = Json)]
pub async fn add_many(
    /// `SKU:2,SKU2:1`; lines and blanks part articles as well.
    #[server(default)]
    items: String,
    /// The same as pairs: `variant_sku[]=A&quantity[]=2`.
    #[server(default)]
    variant_sku: Vec<String>,
    /// Units of each, as typed.
    #[server(default)]
    quantity: Vec<String>,
) -> Result<BulkAnswer, AppError> {
    let cx = crate::RequestCx::current();
    let result = async {
        let items = super::bulk::parse_form(&items, &variant_sku, &quantity)?;
        cx.services.carts.add_many(&cx.guest_or_new(), cx.view(), &items).await
    };
    cx.answer(result.await, |answer| {
        format!("{}?{}", crate::routes::href::cart(cx.locale), super::bulk::BulkNotice::query(answer))
    })
}
