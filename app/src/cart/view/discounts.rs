//! What is taken off a cart, above its sum. The same HTML comes with every answer, for pages that are open.

use crate::checkout::discount::Discount;
use crate::i18n::{checkout as t, fmt};
use crate::kernel::{Locale, Money};
use leptos::prelude::*;

/// What the goods cost before, and what is taken off, a row each; empty when nothing is.
#[must_use]
pub fn discounts_html(locale: Locale, before: Money, discounts: &[Discount]) -> String {
    if discounts.is_empty() {
        return String::new();
    }
    let whole = row(t::goods(locale).to_owned(), fmt::money(locale, before));
    let each = discounts
        .iter()
        .map(|discount| row(t::discount_name(locale, discount), fmt::money(locale, discount.minus())));
    let rows: Vec<_> = [whole].into_iter().chain(each).collect();
    rows.to_html()
}

fn row(label: String, amount: String) -> impl IntoView {
    view! {
        <p class="summary-row">
            <span>{label}</span>
            <span class="summary-cut">{amount}</span>
        </p>
    }
}
