//! The search page: a form, its hits, and help when there are none.

use super::category::{pager_state, sort_addresses};
use crate::catalog::model::{CategoryLink, Listing, SearchPage as Content, SearchQuery, Sort};
use crate::catalog::view::{Grid, SortLinks};
use crate::error::AppError;
use crate::i18n::catalog as t;
use crate::kernel::Locale;
use crate::routes::href;
use crate::ui::header::SearchForm;
use crate::ui::layout::Layout;
use crate::ui::meta::PageMeta;
use crate::ui::page::{self, Frame};
use crate::ui::pager::Pager;
use crate::ui::query;
use leptos::prelude::*;

/// `/{l}/search?q=&sort=&page=`
#[component]
pub fn SearchPage() -> impl IntoView {
    let asked = SearchQuery::parse(&query::value("q"));
    let listing = Listing::parse(&query::value("sort"), &query::value("page"));
    let sort = listing.map(|listing| listing.sort).unwrap_or_default();
    page::render(
        move |cx| async move {
            let listing = listing.ok_or(AppError::NotFound)?;
            cx.services.catalog.search(cx.view(), &asked, listing).await
        },
        move |frame, content| view! { <Search frame content sort /> },
    )
}

#[component]
fn Search(frame: Frame, content: Content, sort: Sort) -> impl IntoView {
    let locale = frame.cx.locale;
    let title = match content.text.as_str() {
        "" => t::search_title(locale).to_owned(),
        text => t::search_title_for(locale, text),
    };
    let categories = frame.categories.clone();
    view! {
        <Layout frame meta=PageMeta::hidden(title)>
            <header class="search-head">
                <h1>{heading(locale, &content)}</h1>
                <SearchForm locale id="page-q" is_page=true text=content.text.clone() />
            </header>
            <Hits locale content sort categories />
        </Layout>
    }
    .into_any()
}

/// The page's heading tells how many were found.
fn heading(locale: Locale, content: &Content) -> String {
    match (content.text.as_str(), content.products.total) {
        ("", _) => t::search_start(locale).to_owned(),
        (text, 0) => t::search_nothing_title(locale, text),
        (text, total) => t::search_found(locale, total, text),
    }
}

#[component]
fn Hits(locale: Locale, content: Content, sort: Sort, categories: Vec<CategoryLink>) -> impl IntoView {
    if content.products.items.is_empty() {
        return view! { <Help locale is_asked=!content.text.is_empty() categories /> }.into_any();
    }
    let address = format!("{}?q={}", href::search(locale), encode(&content.text));
    let addresses = sort_addresses(&address, '&');
    let state = pager_state(&addresses, sort, &content.products);
    view! {
        <SortLinks locale sort addresses />
        <h2 class="hidden">{t::products(locale)}</h2>
        <Grid locale cards=content.products.items eager=2 />
        <Pager locale state />
    }
    .into_any()
}

/// The way on when there is nothing to show: other words, or the categories.
#[component]
fn Help(locale: Locale, is_asked: bool, categories: Vec<CategoryLink>) -> impl IntoView {
    let ideas = [
        t::idea_teapot(locale),
        t::idea_lamp(locale),
        t::idea_bowl(locale),
        t::idea_notebook(locale),
        t::idea_honey(locale),
    ];
    let ideas = ideas.map(|idea| {
        let address = format!("{}?q={}", href::search(locale), encode(idea));
        view! {
            <li>
                <a class="chip" href=address>
                    {idea}
                </a>
            </li>
        }
    });
    let links: Vec<_> = categories
        .into_iter()
        .map(|link| {
            view! {
                <li>
                    <a class="chip" href=href::category(locale, &link.slug)>
                        {link.name}
                    </a>
                </li>
            }
        })
        .collect();
    let text = if is_asked { t::search_nothing_text(locale) } else { t::search_hint(locale) };
    view! {
        <p class="search-hint">{text}</p>
        <section class="chips" aria-labelledby="ideas-title">
            <h2 class="chips-title" id="ideas-title">
                {t::search_ideas(locale)}
            </h2>
            <ul>{ideas.into_iter().collect::<Vec<_>>()}</ul>
        </section>
        <section class="chips" aria-labelledby="shelves-title">
            <h2 class="chips-title" id="shelves-title">
                {crate::i18n::common::categories(locale)}
            </h2>
            <ul>{links}</ul>
        </section>
    }
    .into_any()
}

/// Percent-encodes a text for a query value (RFC 3986: everything but the unreserved characters).
fn encode(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for byte in text.bytes() {
        match byte {
            b'A'..=b'Z' | b'a'..=b'z' | b'0'..=b'9' | b'-' | b'.' | b'_' | b'~' => out.push(char::from(byte)),
            _ => out.push_str(&format!("%{byte:02X}")),
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_search_text_survives_its_address() {
        assert_eq!(encode("a b&c=茶"), "a%20b%26c%3D%E8%8C%B6");
        assert_eq!(encode("\"><script>"), "%22%3E%3Cscript%3E");
    }
}
