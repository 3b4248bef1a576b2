//! What was put aside for later, below the cart.

use crate::cart::model::CartLine;
use crate::i18n::cart as t;
use crate::kernel::Locale;
use crate::routes::href;
use crate::ui::button::Weight;
use crate::ui::picture::{Fit, Pic};
use leptos::prelude::*;

/// The list.
#[component]
pub fn SavedLines(
    /// The language.
    locale: Locale,
    /// What was put aside.
    lines: Vec<CartLine>,
) -> impl IntoView {
    let lines: Vec<_> = lines.into_iter().map(|line| item(locale, line)).collect();
    view! {
        <section class="cart-saved" aria-labelledby="cart-saved">
            <h2 id="cart-saved">{t::saved_title(locale)}</h2>
            <p class="cart-hint">{t::saved_note(locale)}</p>
            <ul class="saved-lines" role="list">
                {lines}
            </ul>
        </section>
    }
}

/// One article. What cannot be bought now says why instead of offering to be put back.
fn item(locale: Locale, line: CartLine) -> impl IntoView {
    let problem = line.problem.map(|code| t::line_problem(locale, code, line.available));
    let blocked = problem.filter(|_| line.available == 0 || line.unit_price.minor == 0);
    let changed = line.price_before.filter(|_| line.problem.is_none());
    let changed = changed.map(|before| t::price_change(locale, before, line.unit_price));
    let details = [line.options, t::saved_units(locale, line.quantity)];
    let details: Vec<String> = details.into_iter().filter(|part| !part.is_empty()).collect();
    let restore = blocked.is_none().then(|| restore(locale, &line.sku, &line.title));
    view! {
        <li class="saved-line">
            <div class="saved-picture">
                {line.picture.map(|picture| view! { <Pic picture fit=Fit::Thumb is_decorative=true /> })}
            </div>
            <div class="saved-text">
                <a class="cart-line-title" href=href::product(locale, &line.slug)>
                    {line.title.clone()}
                </a>
                <p class="cart-line-options">{details.join(" · ")}</p>
                {blocked.map(|text| view! { <p class="saved-problem">{text}</p> })}
                {changed.map(|text| view! { <p class="saved-problem">{text}</p> })}
            </div>
            <p class="cart-line-total">{line.unit_price_text}</p>
            <div class="saved-actions">
                {restore} <form method="post" action="/api/cart/forget">
                    <input type="hidden" name="variant_sku" value=line.sku />
                    <button class="link-button" type="submit" aria-label=t::forget_title(locale, line.title)>
                        {t::forget(locale)}
                    </button>
                </form>
            </div>
        </li>
    }
}

fn restore(locale: Locale, sku: &str, title: &str) -> impl IntoView + use<> {
    let label = t::restore_title(locale, title);
    view! {
        <form method="post" action="/api/cart/restore">
            <input type="hidden" name="variant_sku" value=sku.to_owned() />
            <button class=Weight::Quiet.class() type="submit" aria-label=label>
                {t::restore(locale)}
            </button>
        </form>
    }
}
