//! The cart page.

use super::view::CartContent;
use crate::i18n::cart as t;
use crate::ui::layout::Layout;
use crate::ui::meta::PageMeta;
use crate::ui::{notice, page};
use leptos::prelude::*;

/// `/{l}/cart`. The checkout's sums are loaded with it, so that the way to free delivery can be shown.
#[component]
pub fn CartPage() -> impl IntoView {
    let problem = notice::from_query();
    page::render(
        |cx| async move { cx.services.checkout.page(cx.guest.as_ref(), cx.view()).await },
        move |frame, content| {
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
                    <CartContent locale page=content problem />
                </Layout>
            }
        },
    )
}
