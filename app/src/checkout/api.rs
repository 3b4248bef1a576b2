//! The checkout's endpoint.

use super::model::{CheckoutForm, Placed};
use crate::error::AppError;
use leptos::server;
use leptos::server_fn::codec::{Json, PostUrl};

/// `POST /api/checkout/place`: keeps what was typed, then places the order.
#[server(prefix = "/api", endpoint = "checkout/place", input = PostUrl, output = Json)]
pub async fn place_order(
    /// The form as typed.
    #[server(flatten)]
    form: CheckoutForm,
) -> Result<Placed, AppError> {
    let cx = crate::RequestCx::current();
    let guest = cx.guest_or_new();
    let result = async {
        cx.services.checkout.save_draft(&guest, &form).await?;
        cx.services.checkout.place(&guest, cx.view(), &form.parse()?).await
    };
    cx.answer(result.await, |placed| placed.url.clone())
}
