//! The cart page.

use super::bulk::{BulkItem, BulkNotice, parse_form};
use super::view::{Around, CartContent};
use crate::checkout::model::CheckoutPage;
use crate::i18n::cart as t;
use crate::ui::layout::Layout;
use crate::ui::meta::PageMeta;
use crate::ui::{notice, page, query};
use crate::{AppError, RequestCx};
use leptos::prelude::*;

/// `/{l}/cart`. The checkout's sums are loaded with it, so that the way to free delivery can be shown.
/// With `?items=SKU:2,…` it offers those articles; nothing is added before its form is sent.
#[component]
pub fn CartPage() -> impl IntoView {
    let problem = notice::from_query();
    let outcome = BulkNotice::read(&query::value("added"), &query::value("refused"));
    let has_kept_wishes = query::value("wishes") == "kept";
    let named = parse_form(&query::value("items"), &[], &[]).unwrap_or_default();
    page::render(
        move |cx| async move {
            let (content, around) = load(cx, named, outcome).await?;
            Ok((content, Around { has_kept_wishes, ..around }))
        },
        move |frame, (content, around)| {
            let locale = frame.cx.locale;
            // To a search engine it is the same empty cart as to every newcomer.
            let meta = PageMeta {
                title: t::title(locale).to_owned(),
                description: t::description(locale).to_owned(),
                path: "/cart".to_owned(),
                is_indexed: true,
                ..PageMeta::default()
            };
            view! {
                <Layout frame meta>
                    <CartContent locale page=content around problem />
                </Layout>
            }
        },
    )
}

async fn load(
    cx: RequestCx,
    named: Vec<BulkItem>,
    outcome: Option<BulkNotice>,
) -> Result<(CheckoutPage, Around), AppError> {
    let content = cx.services.checkout.page(cx.guest.as_ref(), cx.view()).await?;
    let shared = match named.is_empty() {
        true => Vec::new(),
        false => cx.services.carts.shared(cx.view(), &named).await?,
    };
    let waiting = match content.cart.lines.is_empty() {
        true => cx.services.orders.waiting(cx.guest.as_ref()).await?,
        false => None,
    };
    let base_url = cx.base_url.to_string();
    Ok((content, Around { shared, outcome, waiting, base_url, ..Around::default() }))
}
