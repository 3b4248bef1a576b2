//! The product page: pictures, the choice of a variant, buying it, everything there is to know about it.

mod buy;
mod details;
mod gallery;
mod picker;
mod schema;

use crate::ErrorCode;
use crate::catalog::model::{ProductPage as Content, VariantView};
use crate::catalog::view::{Crumbs, SeenHere};
use crate::delivery::arrival::Arrival;
use crate::ui::layout::Layout;
use crate::ui::meta::{JsonLd, PageMeta};
use crate::ui::notice::{self, Notice};
use crate::ui::page::{self, Frame};
use crate::ui::picture::{Fit, Preload};
use crate::ui::query;
use leptos::prelude::*;

/// What the page's query asks for, as `(option key, value key)`.
type Asked = Vec<(String, String)>;

/// `/{l}/p/{slug}?<option>=<value>`
#[component]
pub fn ProductPage() -> impl IntoView {
    let slug = query::slug();
    let asked = query::pairs();
    let problem = notice::from_query();
    page::render(
        |cx| async move { cx.services.catalog.product(cx.view(), &slug?).await },
        move |frame, content| {
            let chosen = choose(&content, &asked);
            view! { <Product frame content chosen problem /> }
        },
    )
}

/// The variant that the query asks for.
fn choose(content: &Content, asked: &Asked) -> Option<VariantView> {
    let value = |key: &str| {
        let pair = asked.iter().find(|(name, _)| name == key);
        pair.map(|(_, value)| value.clone())
    };
    content.chosen(value).cloned()
}

#[component]
fn Product(
    frame: Frame,
    content: Content,
    chosen: Option<VariantView>,
    problem: Option<ErrorCode>,
) -> impl IntoView {
    let locale = frame.cx.locale;
    let data = schema::graph(&frame.cx, &content);
    let meta = meta(&content);
    let crumbs = content.crumbs.clone();
    let title = content.title.clone();
    let chosen = chosen.as_ref();
    let shots = gallery::shots(&content, chosen);
    let first = shots.first().filter(|shot| !shot.is_video).map(|shot| shot.picture.clone());
    let gallery = gallery::gallery(locale, shots);
    let picker = picker::picker(locale, &content, chosen);
    let arrival = content.delivery.map(|days| Arrival::of(frame.cx.now, days));
    let buy = buy::buy(locale, title.clone(), chosen, (picker, arrival));
    let head = head(&content);
    let beside = details::beside(locale, content.matches.clone(), content.similar.clone());
    let slug = content.slug.clone();
    let details = details::details(locale, content, chosen);
    view! {
        {first.map(|picture| view! { <Preload picture fit=Fit::Gallery /> })}
        <Layout frame meta>
            <Crumbs locale crumbs here=title />
            {problem.map(|code| view! { <Notice locale code /> })}
            <div class="product">{gallery} <div class="product-side">{head} {buy}</div></div>
            {details}
            {beside}
            <SeenHere locale slug />
            <JsonLd data />
        </Layout>
    }
    .into_any()
}

/// Brand, title, one line.
fn head(content: &Content) -> AnyView {
    view! {
        <header class="product-head">
            <p class="product-brand">{content.brand.clone()}</p>
            <h1 class="product-title">{content.title.clone()}</h1>
            <p class="product-subtitle">{content.subtitle.clone()}</p>
        </header>
    }
    .into_any()
}

/// Every variant has the product's one canonical address.
fn meta(content: &Content) -> PageMeta {
    let picture = content.media.iter().find(|media| !media.is_video);
    PageMeta {
        title: content.title.clone(),
        description: content.subtitle.clone(),
        path: format!("/p/{}", content.slug),
        is_indexed: true,
        image: picture.map(|media| media.picture.shared()),
        kind: "product",
    }
}

#[cfg(test)]
mod tests;
