//! What a list is narrowed to, each with a link that takes it away.

use super::super::model::{Change, Facets, ListRequest};
use crate::i18n::{fmt, search as t};
use crate::kernel::{Currency, Locale, Money};
use crate::ui::icon::{Icon, IconName};
use leptos::prelude::*;

/// Links that take filters away; nothing when none is set.
#[component]
pub fn Chosen(
    /// The language.
    locale: Locale,
    /// The currency of prices.
    currency: Currency,
    /// The list.
    request: ListRequest,
    /// For the labels of values.
    facets: Facets,
    /// The page's path.
    path: String,
) -> impl IntoView {
    let address = |request: &ListRequest| super::facets::address(&path, request, currency);
    let links: Vec<_> = chosen(locale, currency, &request, &facets)
        .into_iter()
        .map(|(label, next)| {
            view! {
                <li>
                    <a
                        class="chip chip-chosen"
                        rel="nofollow"
                        href=address(&next)
                        aria-label=t::remove_filter(locale, &label)
                    >
                        {label.clone()}
                        <Icon name=IconName::Close />
                    </a>
                </li>
            }
        })
        .collect();
    (!links.is_empty()).then(|| {
        view! {
            <nav class="chosen" aria-label=t::chosen(locale)>
                <ul>
                    {links} <li>
                        <a class="chosen-clear" href=address(&request.with(Change::Everything))>
                            {t::clear_filters(locale)}
                        </a>
                    </li>
                </ul>
            </nav>
        }
    })
}

/// Every filter with its label and the list without it.
fn chosen(
    locale: Locale,
    currency: Currency,
    request: &ListRequest,
    facets: &Facets,
) -> Vec<(String, ListRequest)> {
    let mut list: Vec<(String, ListRequest)> = Vec::new();
    for (group, value) in &request.filters.values {
        let known = facets.groups.iter().find(|facet| facet.group == *group);
        let known = known.and_then(|facet| facet.values.iter().find(|known| known.key == *value));
        let label = known.map_or_else(|| value.clone(), |known| known.label.clone());
        list.push((label, request.with(Change::Toggle(group, value))));
    }
    let money = |minor| fmt::money(locale, Money::new(minor, currency));
    let price = match (request.filters.least, request.filters.most) {
        (Some(low), Some(high)) => Some(t::price_range(locale, money(low), money(high))),
        (Some(low), None) => Some(t::price_from(locale, money(low))),
        (None, Some(high)) => Some(t::price_to(locale, money(high))),
        (None, None) => None,
    };
    list.extend(price.map(|label| (label, request.with(Change::AnyPrice))));
    if request.filters.in_stock {
        list.push((t::in_stock(locale).to_owned(), request.with(Change::InStock)));
    }
    if request.filters.on_offer {
        list.push((t::on_offer(locale).to_owned(), request.with(Change::OnOffer)));
    }
    list
}
