//! The search page: a form, its hits, and help when there are none.

use crate::catalog::model::CategoryLink;
use crate::i18n::search as t;
use crate::kernel::Locale;
use crate::routes::href;
use crate::search::model::{Filters, List, ListRequest, Understood, encode};
use crate::search::view::Results;
use crate::ui::header::SearchForm;
use crate::ui::layout::Layout;
use crate::ui::meta::PageMeta;
use crate::ui::page::{self, Frame};
use leptos::prelude::*;

/// `/{l}/search?q=…`
#[component]
pub fn SearchPage() -> impl IntoView {
    let asked = super::asked(None);
    page::render(
        move |cx| async move {
            let request = asked?;
            // Nothing asked for is no list of everything: the page asks what is looked for.
            let is_asked = !request.text.is_empty() || request.filters != Filters::default();
            let list =
                if is_asked { Some(cx.services.search.list(cx.view(), &request).await?) } else { None };
            Ok((request, list))
        },
        move |frame, (request, list)| view! { <Search frame request list /> },
    )
}

#[component]
fn Search(frame: Frame, request: ListRequest, list: Option<List>) -> impl IntoView {
    let (locale, currency) = (frame.cx.locale, frame.cx.currency);
    let title = match request.text.as_str() {
        "" => t::title(locale).to_owned(),
        text => t::title_for(locale, text),
    };
    let heading = heading(locale, &request, list.as_ref());
    let note = list.as_ref().and_then(|list| note(locale, &request, list));
    let categories = frame.categories.clone();
    let text = request.text.clone();
    let has_filters = request.filters != Filters::default();
    // The page itself may be found; what people have looked for on it is not ours to be found by.
    let meta = PageMeta {
        title,
        description: t::description(locale).to_owned(),
        path: "/search".to_owned(),
        is_indexed: text.is_empty() && !has_filters,
        ..PageMeta::default()
    };
    let shown = match list {
        Some(list) if list.products.total > 0 || has_filters => {
            view! { <Results locale currency request list path=href::search(locale) /> }.into_any()
        }
        list => {
            let popular = list.map(|list| list.popular).unwrap_or_default();
            view! { <Help locale is_asked=!text.is_empty() popular categories /> }.into_any()
        }
    };
    view! {
        <Layout frame meta>
            <header class="search-head">
                <h1>{heading}</h1>
                <SearchForm locale id="page-q" is_page=true text />
                {note.map(|note| view! { <p class="search-note">{note}</p> })}
            </header>
            {shown}
        </Layout>
    }
    .into_any()
}

/// The page's heading tells how many were found.
fn heading(locale: Locale, request: &ListRequest, list: Option<&List>) -> String {
    let Some(list) = list else { return t::start(locale).to_owned() };
    match (request.text.as_str(), list.products.total, &list.understood) {
        ("", total, _) => t::all_found(locale, total),
        (text, 0, _) => t::nothing_title(locale, text),
        (text, _, Understood::Near) => t::near_title(locale, text),
        (_, total, Understood::As(text)) => t::found(locale, total, text),
        (text, total, Understood::AsWritten) => t::found(locale, total, text),
    }
}

/// Says when something else than what was written is shown.
fn note(locale: Locale, request: &ListRequest, list: &List) -> Option<String> {
    let Understood::As(text) = &list.understood else { return None };
    let separator = if locale == Locale::En { " " } else { "" };
    let parts = [t::not_as_written(locale, &request.text), t::understood_as(locale, text)];
    (list.products.total > 0).then(|| parts.join(separator))
}

/// The way on when there is nothing to show: other words, or the categories.
#[component]
fn Help(
    locale: Locale,
    is_asked: bool,
    popular: Vec<String>,
    categories: Vec<CategoryLink>,
) -> impl IntoView {
    let ideas = ideas(locale, popular);
    let search = |idea: String| (format!("{}?q={}", href::search(locale), encode(&idea)), idea);
    let ideas: Vec<_> = ideas.into_iter().map(search).map(chip).collect();
    let links: Vec<_> =
        categories.into_iter().map(|link| chip((href::category(locale, &link.slug), link.name))).collect();
    let text = if is_asked { t::nothing_text(locale) } else { t::hint(locale) };
    view! {
        <p class="search-hint">{text}</p>
        <section class="chips" aria-labelledby="ideas-title">
            <h2 class="chips-title" id="ideas-title">
                {t::ideas(locale)}
            </h2>
            <ul>{ideas}</ul>
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

/// What others look for, filled up with what every shop of this kind has.
fn ideas(locale: Locale, popular: Vec<String>) -> Vec<String> {
    let own = [
        t::idea_teapot(locale),
        t::idea_lamp(locale),
        t::idea_bowl(locale),
        t::idea_notebook(locale),
        t::idea_honey(locale),
    ];
    let own = own.into_iter().filter(|idea| !popular.iter().any(|text| text == idea)).map(str::to_owned);
    let own: Vec<String> = own.collect();
    popular.into_iter().chain(own).take(5).collect()
}

fn chip((address, text): (String, String)) -> impl IntoView {
    view! {
        <li>
            <a class="chip" href=address>
                {text}
            </a>
        </li>
    }
}
