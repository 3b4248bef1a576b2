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
            let meta = PageMeta {
                description: t::description(locale).to_owned(),
                path: "/cart".to_owned(),
                ..PageMeta::hidden(t::title(locale))
            };
            view! {
                <Layout frame meta>
                    <CartContent locale page=content problem />
                </Layout>
            }
        },
    )
}
