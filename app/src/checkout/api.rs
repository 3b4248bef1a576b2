//! The checkout's endpoint.

use super::model::{CheckoutForm, Placed};
use super::wishes::WishesForm;
use crate::error::AppError;
use leptos::server;
use leptos::server_fn::codec::{Json, PostUrl};

/// `POST /api/checkout/place`: places the order, or keeps what was typed and says why not.
#[server(prefix = "/api", endpoint = "checkout/place", input = PostUrl, output = Json)]
pub async fn place_order(
    /// The form as typed.
    #[server(flatten)]
    form: CheckoutForm,
    /// The wishes among it.
    #[server(flatten)]
    wishes: WishesForm,
) -> Result<Placed, AppError> {
    let cx = crate::RequestCx::current();
    let guest = cx.guest_or_new();
    let draft = super::model::Draft { form, wishes };
    let mut result = async { cx.services.checkout.place(&guest, cx.view(), &draft.parse()?).await }.await;
    if result.is_err() {
        result = cx.services.checkout.save_draft(&guest, &draft).await.and(result);
    }
    cx.answer(result, |placed| placed.url.clone())
}
