//! What this browser has seen lately. The server keeps no list: the page's script names the products.

use crate::catalog::model::ProductCard;
use crate::catalog::view::Grid;
use crate::i18n::storefront as s;
use crate::kernel::{Locale, Slug};
use crate::ui::layout::Layout;
use crate::ui::meta::PageMeta;
use crate::ui::{page, query};
use leptos::prelude::*;

/// `/{l}/seen?p=teapot,lamp`: a page, of which the script takes the section.
#[component]
pub fn SeenPage() -> impl IntoView {
    let slugs: Vec<Slug> = query::value("p").split(',').filter_map(Slug::parse).take(12).collect();
    page::render(
        move |cx| async move { cx.services.catalog.seen(cx.view(), &slugs).await },
        |frame, cards| {
            let locale = frame.cx.locale;
            view! {
                <Layout frame meta=PageMeta::hidden(s::seen_title(locale))>
                    <h1 class="hidden">{s::seen_title(locale)}</h1>
                    {section(locale, cards)}
                </Layout>
            }
            .into_any()
        },
    )
}

fn section(locale: Locale, cards: Vec<ProductCard>) -> AnyView {
    if cards.is_empty() {
        return view! { <p class="seen-empty">{s::seen_empty(locale)}</p> }.into_any();
    }
    view! {
        <section class="band" id="seen" aria-labelledby="seen-title">
            <header class="band-head">
                <h2 id="seen-title">{s::seen_title(locale)}</h2>
                <p>{s::seen_text(locale)}</p>
            </header>
            <Grid locale cards />
        </section>
    }
    .into_any()
}
