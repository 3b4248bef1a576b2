//! Suggestions as the options of a list box: the part that the island puts below the search field.

use super::super::model::{SuggestedProduct, Suggestions, encode};
use super::marked;
use crate::i18n::search as t;
use crate::kernel::Locale;
use crate::routes::href;
use crate::ui::icon::{Icon, IconName};
use crate::ui::price::Price;
use leptos::prelude::*;

/// The options and how many there are. Their ids are `prefix-0`, `prefix-1` and so on.
#[must_use]
pub fn fragment(locale: Locale, prefix: &str, suggestions: &Suggestions) -> (String, u32) {
    let mut options = Options { locale, prefix, count: 0 };
    let search = |text: &str| format!("{}?q={}", href::search(locale), encode(text));
    let queries: Vec<AnyView> = suggestions
        .queries
        .iter()
        .map(|text| options.plain(search(text), text.clone(), IconName::Search))
        .collect();
    let categories: Vec<AnyView> = suggestions
        .categories
        .iter()
        .map(|link| options.plain(href::category(locale, &link.slug), link.name.clone(), IconName::Grid))
        .collect();
    let products: Vec<AnyView> =
        suggestions.products.iter().map(|product| options.product(product)).collect();
    let hidden = suggestions.hits > suggestions.products.len() as u64;
    let all = hidden.then(|| {
        options.plain(search(&suggestions.text), t::see_all(locale, suggestions.hits), IconName::Right)
    });
    let count = options.count;
    let html = view! {
        {group(t::suggested_queries(locale), queries)}
        {group(t::suggested_categories(locale), categories)}
        {group(t::suggested_products(locale), products)}
        {all}
    };
    (html.to_html(), count)
}

fn group(name: &'static str, options: Vec<AnyView>) -> AnyView {
    if options.is_empty() {
        return ().into_any();
    }
    view! {
        <div class="suggest-group" role="group" aria-label=name>
            <p class="suggest-name" aria-hidden="true">
                {name}
            </p>
            {options}
        </div>
    }
    .into_any()
}

struct Options<'a> {
    locale: Locale,
    prefix: &'a str,
    count: u32,
}

impl Options<'_> {
    fn id(&mut self) -> String {
        let id = format!("{}-{}", self.prefix, self.count);
        self.count += 1;
        id
    }

    fn plain(&mut self, href: String, text: String, icon: IconName) -> AnyView {
        let id = self.id();
        view! {
            <a class="suggest-item" role="option" aria-selected="false" tabindex="-1" id=id href=href>
                <Icon name=icon />
                <span class="suggest-title">{text}</span>
            </a>
        }
        .into_any()
    }

    fn product(&mut self, product: &SuggestedProduct) -> AnyView {
        let id = self.id();
        let href = href::product(self.locale, &product.slug);
        let picture = product.picture.clone().map(|src| {
            view! {
                <img
                    class="suggest-picture"
                    src=src
                    alt=""
                    width="48"
                    height="48"
                    loading="lazy"
                    decoding="async"
                />
            }
        });
        view! {
            <a class="suggest-item" role="option" aria-selected="false" tabindex="-1" id=id href=href>
                {picture}
                <span class="suggest-title">{marked(&product.title, &product.marks)}</span>
                <span class="suggest-price">
                    <Price locale=self.locale money=product.price compare_at=None is_from=product.is_from />
                </span>
            </a>
        }
        .into_any()
    }
}
