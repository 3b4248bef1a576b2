//! The checkout page.

use super::view::CheckoutContent;
use crate::i18n::checkout as t;
use crate::ui::layout::Layout;
use crate::ui::meta::PageMeta;
use crate::ui::{notice, page};
use leptos::prelude::*;

/// `/{l}/checkout`. With `?problem=<code>` it says what kept the order from being placed.
#[component]
pub fn CheckoutPage() -> impl IntoView {
    let problem = notice::from_query();
    page::render(
        |cx| async move {
            let content = cx.services.checkout.page(cx.guest.as_ref(), cx.view()).await?;
            let waiting = match content.cart.lines.is_empty() {
                true => cx.services.orders.waiting(cx.guest.as_ref()).await?,
                false => None,
            };
            Ok((content, waiting))
        },
        move |frame, (content, waiting)| {
            let locale = frame.cx.locale;
            let meta = PageMeta {
                description: t::description(locale).to_owned(),
                path: "/checkout".to_owned(),
                ..PageMeta::hidden(t::title(locale))
            };
            view! {
                <Layout frame meta>
                    <CheckoutContent locale page=content waiting problem />
                </Layout>
            }
        },
    )
}
