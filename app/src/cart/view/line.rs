//! One line of the cart. What it is, what has changed about it and what can be bought instead are the server's;
//! the rest is the island's.

use crate::cart::islands::line::{CartLineRow, LineFacts};
use crate::cart::model::{Alternative, CartLine};
use crate::i18n::cart as t;
use crate::kernel::Locale;
use crate::routes::href;
use crate::ui::picture::{Fit, Pic};
use leptos::prelude::*;

/// Id of a line.
pub(super) fn line_id(sku: &str) -> String {
    ["line-", sku].concat()
}

/// One line.
#[component]
pub fn LineItem(
    /// The language.
    locale: Locale,
    /// The line.
    line: CartLine,
) -> impl IntoView {
    let facts = LineFacts::from(&line);
    let link = href::product(locale, &line.slug);
    let changed = price_change(locale, &line);
    let aside = put_aside(locale, &line);
    view! {
        <li class="cart-line" id=line_id(&line.sku)>
            <CartLineRow locale facts>
                <a class="cart-line-picture" href=link.clone() tabindex="-1" aria-hidden="true">
                    {line.picture.map(|picture| view! { <Pic picture fit=Fit::Thumb is_decorative=true /> })}
                </a>
                <div class="cart-line-text">
                    <a class="cart-line-title" href=link>
                        {line.title}
                    </a>
                    {(!line.options.is_empty())
                        .then(|| view! { <p class="cart-line-options">{line.options}</p> })}
                    {changed}
                    {instead(locale, line.alternatives)}
                    {aside}
                </div>
            </CartLineRow>
        </li>
    }
}

/// The price of then and now. Setting the line, even to the same units, says that the new one was seen.
fn price_change(locale: Locale, line: &CartLine) -> Option<impl IntoView + use<>> {
    let before = line.price_before.filter(|_| line.problem.is_none())?;
    let text = t::price_change(locale, before, line.unit_price);
    let label = t::price_seen_of(locale, &line.title);
    let (sku, quantity) = (line.sku.clone(), line.quantity);
    Some(view! {
        <form class="cart-line-price" method="post" action="/api/cart/update">
            <input type="hidden" name="variant_sku" value=sku />
            <input type="hidden" name="quantity" value=quantity />
            <span>{text}</span>
            <button class="link-button" type="submit" aria-label=label>
                {t::price_seen(locale)}
            </button>
        </form>
    })
}

fn put_aside(locale: Locale, line: &CartLine) -> impl IntoView + use<> {
    let label = t::save_title(locale, &line.title);
    view! {
        <form class="cart-line-save" method="post" action="/api/cart/save">
            <input type="hidden" name="variant_sku" value=line.sku.clone() />
            <button class="link-button" type="submit" aria-label=label>
                {t::save(locale)}
            </button>
        </form>
    }
}

fn instead(locale: Locale, alternatives: Vec<Alternative>) -> Option<impl IntoView + use<>> {
    let items = alternatives.into_iter().map(|found| {
        view! {
            <li>
                <a href=href::product(locale, &found.slug)>{found.title}</a>
                " "
                <span class="cart-line-options">{found.price_text}</span>
            </li>
        }
    });
    let items: Vec<_> = items.collect();
    (!items.is_empty()).then(|| {
        view! {
            <div class="cart-line-instead">
                <p>{t::instead(locale)}</p>
                <ul role="list">{items}</ul>
            </div>
        }
    })
}
