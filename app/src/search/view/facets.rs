//! The filters: links for values, a form for the price. A column on large screens, a sheet on phones, both without
//! any script: the sheet is the browser's own popover.

use super::super::model::{Change, Facet, FacetValue, Facets, ListRequest, price_text};
use crate::i18n::search as t;
use crate::kernel::{Currency, Locale};
use crate::ui::button::Weight;
use crate::ui::icon::{Icon, IconName};
use leptos::prelude::*;

/// Values that are always shown; the others are one tap away.
const SHOWN: usize = 6;
/// The sheet's id.
const SHEET: &str = "filters";

/// The list's address.
pub(super) fn address(path: &str, request: &ListRequest, currency: Currency) -> String {
    match request.query(currency) {
        query if query.is_empty() => path.to_owned(),
        query => format!("{path}?{query}"),
    }
}

/// What every part of the filters needs to know.
#[derive(Clone)]
struct Context {
    locale: Locale,
    currency: Currency,
    request: ListRequest,
    path: String,
}

impl Context {
    fn href(&self, change: Change<'_>) -> String {
        address(&self.path, &self.request.with(change), self.currency)
    }
}

/// Every way to narrow a list.
#[component]
pub fn Filters(
    /// The language.
    locale: Locale,
    /// The currency of prices.
    currency: Currency,
    /// The list.
    request: ListRequest,
    /// What can be chosen.
    facets: Facets,
    /// The page's path.
    path: String,
) -> impl IntoView {
    let label = match request.filters.count() {
        0 => t::filters(locale).to_owned(),
        count => t::filters_chosen(locale, count),
    };
    let context = Context { locale, currency, request, path };
    let Facets { groups, prices, in_stock, on_offer } = facets;
    let bounds = prices.map(|(low, high)| (low.minor, high.minor));
    let groups: Vec<_> = groups.into_iter().map(|facet| group(&context, facet)).collect();
    view! {
        <button class="filters-open" type="button" popovertarget=SHEET>
            {label}
        </button>
        <section class="filters" id=SHEET popover="auto" aria-labelledby="filters-title">
            <div class="filters-head">
                <h2 class="filters-title" id="filters-title">
                    {t::filters(locale)}
                </h2>
                <button class="filters-close" type="button" popovertarget=SHEET popovertargetaction="hide">
                    {t::close_filters(locale)}
                </button>
            </div>
            <ul class="facet-values">
                {switch(
                    &context,
                    Change::InStock,
                    t::in_stock(locale),
                    in_stock,
                    context.request.filters.in_stock,
                )}
                {switch(
                    &context,
                    Change::OnOffer,
                    t::on_offer(locale),
                    on_offer,
                    context.request.filters.on_offer,
                )}
            </ul>
            {price_form(&context, bounds)}
            {groups}
        </section>
    }
}

/// A filter that is on or off.
fn switch(context: &Context, change: Change<'_>, label: &'static str, count: u64, is_on: bool) -> AnyView {
    if count == 0 && !is_on {
        return ().into_any();
    }
    choice(context.href(change), label.to_owned(), count, is_on, context.locale)
}

/// A value as a link that chooses it or leaves it out.
fn choice(href: String, label: String, count: u64, is_chosen: bool, locale: Locale) -> AnyView {
    let current = is_chosen.then_some("true");
    view! {
        <li>
            <a class="facet-value" rel="nofollow" href=href aria-current=current>
                <span class="facet-box">{is_chosen.then(|| view! { <Icon name=IconName::Check /> })}</span>
                <span class="facet-label">{label}</span>
                " "
                <span class="facet-count">
                    <span aria-hidden="true">{count}</span>
                    <span class="hidden">{t::units(locale, count)}</span>
                </span>
            </a>
        </li>
    }
    .into_any()
}

fn group(context: &Context, facet: Facet) -> AnyView {
    let locale = context.locale;
    let group = facet.group;
    let link = |value: FacetValue| {
        let href = context.href(Change::Toggle(&group, &value.key));
        choice(href, value.label, u64::from(value.count), value.is_chosen, locale)
    };
    let mut values = facet.values;
    // What is chosen is never hidden.
    let split = values.iter().rposition(|value| value.is_chosen).map_or(SHOWN, |last| SHOWN.max(last + 1));
    let rest = if values.len() > split + 1 { values.split_off(split) } else { Vec::new() };
    let first: Vec<_> = values.into_iter().map(link).collect();
    let rest: Vec<_> = rest.into_iter().map(link).collect();
    let more = (!rest.is_empty()).then(|| {
        view! {
            <details class="facet-more">
                <summary>{t::more_values(locale, &facet.name)}</summary>
                <ul class="facet-values">{rest}</ul>
            </details>
        }
    });
    let id = format!("facet-{group}");
    let heading = id.clone();
    view! {
        <section class="facet" aria-labelledby=id>
            <h3 class="facet-name" id=heading>
                {facet.name}
            </h3>
            <ul class="facet-values">{first}</ul>
            {more}
        </section>
    }
    .into_any()
}

/// Least and highest price as a form; everything else of the list goes along hidden.
fn price_form(context: &Context, bounds: Option<(i64, i64)>) -> AnyView {
    let Context { locale, currency, request, path } = context;
    let (locale, currency) = (*locale, *currency);
    let Some((low, high)) = bounds.filter(|(low, high)| low < high || request.filters.least.is_some()) else {
        return ().into_any();
    };
    let text = |minor: Option<i64>| minor.map(|minor| price_text(minor, currency)).unwrap_or_default();
    let kept: Vec<_> = request
        .with(Change::AnyPrice)
        .pairs(currency)
        .into_iter()
        .map(|(name, value)| view! { <input type="hidden" name=name value=value /> })
        .collect();
    let field = |name: &'static str, label: String, minor: Option<i64>, bound: i64| {
        view! {
            <input
                class="facet-price"
                type="text"
                inputmode="decimal"
                autocomplete="off"
                maxlength="13"
                name=name
                aria-label=label
                value=text(minor)
                placeholder=price_text(bound, currency)
            />
        }
    };
    view! {
        <form class="facet facet-prices" method="get" action=path.clone()>
            <h3 class="facet-name">{t::price(locale)}</h3>
            {kept}
            <div class="facet-range">
                {field("min", t::price_least(locale, currency.code()), request.filters.least, low)}
                <span aria-hidden="true">"–"</span>
                {field("max", t::price_most(locale, currency.code()), request.filters.most, high)}
                <button class=Weight::Quiet.class() type="submit">
                    {t::price_apply(locale)}
                </button>
            </div>
        </form>
    }
    .into_any()
}
