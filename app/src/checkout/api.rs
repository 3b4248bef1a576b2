//! The checkout's endpoints.

use super::early::EarlyWishes;
use super::model::{CheckoutForm, Filled, Placed};
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
    /// A pasted address that was not taken apart.
    #[server(default)]
    paste: String,
    /// Names of places that are meant, although they were doubted before.
    #[server(default)]
    sure: String,
) -> Result<Placed, AppError> {
    let cx = crate::RequestCx::current();
    let guest = cx.guest_or_new();
    let draft = super::model::Draft { form, wishes, paste, sure };
    let mut result = async { cx.services.checkout.place(&guest, cx.view(), &draft.parse()?).await }.await;
    if result.is_err() {
        result = cx.services.checkout.save_draft(&guest, &draft).await.and(result);
    }
    cx.answer(result, |placed| placed.url.clone())
}

/// `POST /api/checkout/fill`: keeps what is typed, takes a pasted address apart when `split` is set, and tells what follows
/// from it: names of places to choose from, and the sums for this destination.
#[server(prefix = "/api", endpoint = "checkout/fill", input = PostUrl, output = Json)]
pub async fn fill_in(
    /// The form as typed.
    #[server(flatten)]
    form: CheckoutForm,
    /// The wishes among it.
    #[server(flatten)]
    wishes: WishesForm,
    /// An address in one piece.
    #[server(default)]
    paste: String,
    /// Anything when it is to be taken apart.
    #[server(default)]
    split: String,
) -> Result<Filled, AppError> {
    let cx = crate::RequestCx::current();
    let draft = super::model::Draft { form, wishes, paste, sure: String::new() };
    let page = cx.services.checkout.fill(&cx.guest_or_new(), cx.view(), &draft, !split.is_empty()).await;
    let page = page.map(|page| super::view::filled(cx.locale, page));
    cx.answer(page, |_| [&crate::routes::href::checkout(cx.locale), "#field-name"].concat())
}

/// `POST /api/cart/wishes`: keeps wishes that are told in the cart, for the checkout. What is too long is kept as well, and
/// said. Who has no cart gets none by it.
#[server(prefix = "/api", endpoint = "cart/wishes", input = PostUrl, output = Json)]
pub async fn save_wishes(
    /// The fields as typed.
    #[server(flatten)]
    wishes: EarlyWishes,
) -> Result<EarlyWishes, AppError> {
    let cx = crate::RequestCx::current();
    let result = match &cx.guest {
        Some(guest) => cx.services.checkout.save_wishes(guest, &wishes).await,
        None => Err(AppError::Conflict(crate::ErrorCode::CartEmpty)),
    };
    let errors = wishes.errors();
    let result = result.and(if errors.is_empty() { Ok(wishes) } else { Err(AppError::Invalid(errors)) });
    cx.answer(result, |_| [&crate::routes::href::cart(cx.locale), "?wishes=kept#cart-wishes"].concat())
}
