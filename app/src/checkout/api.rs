//! The checkout's endpoint.

use super::model::{CheckoutForm, Placed};
use crate::error::AppError;
use leptos::prelude::*;
use leptos::server;
use leptos::server_fn::codec::{Json, PostUrl};

/// `POST /api/checkout/place`: keeps what was typed, then places the order.
#[server(prefix = "/api", endpoint = "checkout/place", input = PostUrl, output = Json)]
pub async fn place_order(#[server(flatten)] form: CheckoutForm) -> Result<Placed, AppError> {
    let cx = crate::RequestCx::current();
    let guest = cx.guest_or_new();
    cx.services.checkout.save_draft(&guest, &form).await?;
    let result = match form.parse() {
        Ok(command) => cx.services.checkout.place(&guest, cx.view(), &command).await,
        Err(error) => Err(error),
    };
    cx.answer(result, |placed| placed.url.clone())
}
