//! A cart as a link: what such a link offers, and the link of this cart.

use crate::cart::bulk::{SharedItem, UNREADABLE};
use crate::error::ErrorCode;
use crate::i18n::cart as t;
use crate::kernel::Locale;
use crate::routes::href;
use crate::ui::button::{SubmitButton, Weight};
use leptos::prelude::*;

/// What the page's address offers. Looking adds nothing: that takes the form.
#[component]
pub fn SharedOffer(
    /// The language.
    locale: Locale,
    /// What it names.
    items: Vec<SharedItem>,
) -> impl IntoView {
    let buyable: Vec<String> = items
        .iter()
        .filter(|item| item.problem.is_none())
        .filter_map(|item| item.line.as_ref())
        .map(|line| format!("{}:{}", line.sku, line.quantity))
        .collect();
    let title = match items.len() {
        1 => t::shared_title_one(locale).to_owned(),
        count => t::shared_title(locale, count),
    };
    let list: Vec<_> = items.into_iter().map(|item| entry(locale, item)).collect();
    view! {
        <section class="cart-shared" aria-labelledby="cart-shared">
            <h2 id="cart-shared">{title}</h2>
            <ul class="shared-lines" role="list">
                {list}
            </ul>
            {if buyable.is_empty() {
                view! { <p>{t::shared_none(locale)}</p> }.into_any()
            } else {
                form(locale, &buyable).into_any()
            }}
        </section>
    }
}

fn form(locale: Locale, buyable: &[String]) -> impl IntoView + use<> {
    let label = match buyable.len() {
        1 => t::shared_add_one(locale).to_owned(),
        count => t::shared_add(locale, count),
    };
    view! {
        <form class="shared-form" method="post" action="/api/cart/add-many">
            <input type="hidden" name="items" value=buyable.join(",") />
            <p class="cart-hint">{t::shared_note(locale)}</p>
            <SubmitButton weight=Weight::Main>{label}</SubmitButton>
        </form>
    }
}

fn entry(locale: Locale, item: SharedItem) -> impl IntoView {
    let problem = |code: ErrorCode, available| {
        let text = t::line_problem(locale, code, available);
        view! { <span class="saved-problem">{text}</span> }
    };
    match item.line {
        Some(line) => {
            let options = (!line.options.is_empty()).then(|| format!(" · {}", line.options));
            view! {
                <li class="shared-line">
                    <span>
                        <a href=href::product(locale, &line.slug)>{line.title}</a>
                        <span class="cart-line-options">
                            {options}" · "{t::saved_units(locale, line.quantity)}
                        </span>
                    </span>
                    {match item.problem {
                        Some(code) => problem(code, line.available).into_any(),
                        None => view! { <span class="cart-line-total">{line.total_text}</span> }.into_any(),
                    }}
                </li>
            }
            .into_any()
        }
        None => {
            let why = item.problem.unwrap_or(ErrorCode::SkuUnknown).text(locale);
            view! {
                <li class="shared-line">
                    <span>{name(locale, item.sku)}</span>
                    <span class="saved-problem">{why}</span>
                </li>
            }
            .into_any()
        }
    }
}

/// An article number as a person can read it.
pub(super) fn name(locale: Locale, sku: String) -> String {
    if sku == UNREADABLE { t::unknown_article(locale).to_owned() } else { sku }
}

/// The link of this cart, to be copied.
#[component]
pub fn ShareLink(
    /// The language.
    locale: Locale,
    /// `SKU:2,SKU2:1`.
    items: String,
    /// Scheme and authority of the shop.
    base_url: String,
) -> impl IntoView {
    let path = href::cart_of(locale, &items);
    let url = format!("{base_url}{path}");
    view! {
        <details class="cart-tool">
            <summary>{t::share(locale)}</summary>
            <p class="cart-hint">{t::share_note(locale)}</p>
            <p class="cart-link">
                <a href=path aria-label=t::share_link(locale)>
                    {url}
                </a>
            </p>
        </details>
    }
}
