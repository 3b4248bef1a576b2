//! A list with its filters, its order and its pages: what the search page and the category pages have in common.

use super::super::model::{Change, List, ListRequest, Sort};
use super::facets::address;
use super::{Chosen, Filters};
use crate::catalog::view::Grid;
use crate::i18n::{catalog, search as t};
use crate::kernel::{Currency, Locale};
use crate::ui::empty::EmptyState;
use crate::ui::pager::{Pager, PagerState};
use crate::ui::picture::{Fit, Preload};
use leptos::prelude::*;

/// Products whose pictures are on a phone's first screen.
const EAGER: usize = 2;

/// Filters beside products.
#[component]
pub fn Results(
    /// The language.
    locale: Locale,
    /// The currency of prices.
    currency: Currency,
    /// What was asked for.
    request: ListRequest,
    /// What was found.
    list: List,
    /// The page's path.
    path: String,
    /// A picture across the page stands above: that one comes first, not those of the products.
    #[prop(optional)]
    is_below_picture: bool,
) -> impl IntoView {
    let List { products, marks, facets, .. } = list;
    let first_picture = products.items.first().and_then(|card| card.picture.clone());
    let preload = first_picture.filter(|_| !is_below_picture);
    let eager = if is_below_picture { 0 } else { EAGER };
    let state = PagerState {
        base: address(&path, &request, currency),
        number: products.number,
        pages: products.pages(),
    };
    // For counting which results are followed; the count is nobody's.
    let text = (!request.text.is_empty()).then(|| request.text.clone());
    let first = request.page.offset(ListRequest::PER_PAGE);
    let shown = if products.items.is_empty() {
        let (title, text) = (t::nothing_filtered_title(locale), t::nothing_filtered_text(locale));
        view! { <EmptyState title text /> }.into_any()
    } else {
        view! {
            <SortLinks locale currency request=request.clone() path=path.clone() />
            <h2 class="hidden">{catalog::products(locale)}</h2>
            <Grid locale cards=products.items marks eager />
            <Pager locale state />
        }
        .into_any()
    };
    view! {
        {preload.map(|picture| view! { <Preload picture fit=Fit::Card /> })}
        <div class="results">
            <div class="results-side">
                <Filters locale currency request=request.clone() facets=facets.clone() path=path.clone() />
            </div>
            <div class="results-main" data-found=text data-first=first>
                <Chosen locale currency request facets path />
                {shown}
            </div>
        </div>
    }
    .into_any()
}

/// Links that put a list into another order.
#[component]
pub fn SortLinks(
    /// The language.
    locale: Locale,
    /// The currency of prices.
    currency: Currency,
    /// The list.
    request: ListRequest,
    /// The page's path.
    path: String,
) -> impl IntoView {
    let link = |sort: Sort| {
        let href = address(&path, &request.with(Change::Sort(sort)), currency);
        let current = (sort == request.sort).then_some("true");
        let rel = (sort != Sort::default()).then_some("nofollow");
        view! {
            <li>
                <a href=href rel=rel aria-current=current>
                    {sort_name(locale, sort)}
                </a>
            </li>
        }
    };
    let links: Vec<_> = Sort::ALL.into_iter().map(link).collect();
    view! {
        <nav class="sort" aria-label=t::sort_label(locale)>
            <ul>{links}</ul>
        </nav>
    }
}

/// An order's name.
const fn sort_name(locale: Locale, sort: Sort) -> &'static str {
    match sort {
        Sort::Relevance => t::sort_relevance(locale),
        Sort::Sales => t::sort_sales(locale),
        Sort::Newest => t::sort_newest(locale),
        Sort::PriceUp => t::sort_price_up(locale),
        Sort::PriceDown => t::sort_price_down(locale),
    }
}
