//! The order beside the form: what is bought and what it costs. Folded on a phone.

use crate::cart::model::{CartLine, CartView};
use crate::checkout::discount::Discount;
use crate::checkout::model::Totals;
use crate::i18n::{cart, checkout as t, fmt};
use crate::kernel::{Currency, Locale, Money};
use crate::routes::href;
use crate::ui::picture::{Fit, Pic};
use leptos::prelude::*;

/// Lines and sums.
#[component]
pub fn Summary(
    /// The language.
    locale: Locale,
    /// The cart.
    cart: CartView,
    /// Its sums, and what is taken off in them.
    sums: (Totals, Vec<Discount>),
    /// Whether there is a way to send it.
    is_sendable: bool,
    /// Unfolded from the start, because there is something new in it.
    is_open: bool,
) -> impl IntoView {
    let (totals, discounts) = sums;
    let lines = cart.lines.into_iter().map(|line| view! { <SummaryLine locale line /> }).collect_view();
    view! {
        <details class="summary checkout-summary" open=is_open>
            <summary class="checkout-summary-bar">
                <span>{t::summary(locale)} " · " {t::units(locale, cart.count)}</span>
                <span class="checkout-summary-total">{fmt::money(locale, totals.total)}</span>
            </summary>
            <h2 class="summary-title">{t::summary(locale)}</h2>
            <ul class="summary-lines" role="list">
                {lines}
            </ul>
            <TotalsTable locale totals discounts is_unsendable=!is_sendable />
            {(totals.total.currency == Currency::Usd)
                .then(|| view! { <p class="summary-hint">{t::sales_tax_note(locale)}</p> })}
            {totals
                .missing_for_free_shipping
                .map(|missing| {
                    view! {
                        <p class="summary-hint">{t::shipping_missing(locale, fmt::money(locale, missing))}</p>
                    }
                })}
            <a class="summary-link" href=href::cart(locale)>
                {t::edit_cart(locale)}
            </a>
        </details>
    }
}

#[component]
fn SummaryLine(locale: Locale, line: CartLine) -> impl IntoView {
    let problem = line.problem.map(|code| cart::line_problem(locale, code, line.available));
    view! {
        <li class="summary-line">
            <span class="summary-picture">
                {line.picture.map(|picture| view! { <Pic picture fit=Fit::Thumb is_decorative=true /> })}
            </span>
            <span class="summary-text">
                <span class="summary-article">{line.title}</span>
                <span class="summary-options">
                    {line.options} " " <span class="summary-times">{t::times(locale, line.quantity)}</span>
                </span>
                {problem.map(|text| view! { <span class="summary-problem">{text}</span> })}
            </span>
            <span class="summary-amount">{line.total_text}</span>
        </li>
    }
}

/// Goods, delivery, total with the tax in it. Also on the order's page.
#[component]
pub fn TotalsTable(
    /// The language.
    locale: Locale,
    /// The sums.
    totals: Totals,
    /// What is taken off in them.
    discounts: Vec<Discount>,
    /// Nothing goes there: what delivery costs cannot be said.
    #[prop(optional)]
    is_unsendable: bool,
) -> impl IntoView {
    let shipping = match totals.shipping.minor {
        _ if is_unsendable => t::unsendable(locale).to_owned(),
        0 => t::free(locale).to_owned(),
        _ => fmt::money(locale, totals.shipping),
    };
    let has_tax = totals.tax_included.minor > 0;
    view! {
        <dl class="summary-totals">
            {taken_off(locale, &totals, &discounts)}
            {row(t::subtotal(locale).to_owned(), fmt::money(locale, totals.subtotal))}
            {row(t::shipping(locale).to_owned(), shipping)}
            {(totals.tax_added.minor > 0)
                .then(|| row(t::sales_tax(locale).to_owned(), fmt::money(locale, totals.tax_added)))}
            <div class="summary-row summary-total">
                <dt>{t::total(locale)}</dt>
                <dd>
                    <strong class="summary-sum">{fmt::money(locale, totals.total)}</strong>
                    {has_tax.then(|| tax(locale, totals.tax_included))}
                </dd>
            </div>
        </dl>
    }
}

fn row(label: String, amount: String) -> AnyView {
    view! {
        <div class="summary-row">
            <dt>{label}</dt>
            <dd>{amount}</dd>
        </div>
    }
    .into_any()
}

/// What the goods cost before, and what is taken off; nothing when nothing is.
fn taken_off(locale: Locale, totals: &Totals, discounts: &[Discount]) -> Vec<AnyView> {
    if discounts.is_empty() {
        return Vec::new();
    }
    let before = totals.subtotal.plus(totals.discount).unwrap_or(totals.subtotal);
    let whole = row(t::goods(locale).to_owned(), fmt::money(locale, before));
    let each = discounts
        .iter()
        .map(|discount| row(t::discount_name(locale, discount), fmt::money(locale, discount.minus())));
    [whole].into_iter().chain(each).collect()
}

fn tax(locale: Locale, amount: Money) -> impl IntoView {
    view! { <span class="summary-tax">{t::tax_included(locale, fmt::money(locale, amount))}</span> }
}
