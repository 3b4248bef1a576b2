//! Fragments of the cart page.

use super::islands::CartLines;
use super::islands::line::{CartLineRow, LineFacts};
use super::islands::totals::{CartTotals, Shipping};
use super::model::CartLine;
use crate::checkout::model::CheckoutPage;
use crate::error::ErrorCode;
use crate::i18n::cart as t;
use crate::kernel::Locale;
use crate::routes::href;
use crate::ui::button::{ButtonLink, Weight};
use crate::ui::empty::EmptyState;
use crate::ui::notice::Notice;
use crate::ui::picture::{Fit, Pic};
use leptos::prelude::*;

/// The page below its header: the lines with their sum, or what to do with an empty cart.
#[component]
pub fn CartContent(
    /// The language.
    locale: Locale,
    /// Cart and sums.
    page: CheckoutPage,
    /// What went wrong with the form that led here.
    problem: Option<ErrorCode>,
) -> impl IntoView {
    let notice = problem.map(|code| view! { <Notice locale code /> });
    let content = if page.cart.lines.is_empty() {
        view! { <EmptyCart locale /> }.into_any()
    } else {
        view! { <FilledCart locale page /> }.into_any()
    };
    view! {
        <div class="cart">
            <h1 class="cart-title">{t::title(locale)}</h1>
            {notice}
            {content}
        </div>
    }
}

#[component]
fn EmptyCart(locale: Locale) -> impl IntoView {
    view! {
        <EmptyState title=t::empty_title(locale) text=t::empty_text(locale)>
            <ButtonLink href=href::home(locale) weight=Weight::Main>
                {t::empty_action(locale)}
            </ButtonLink>
        </EmptyState>
    }
}

#[component]
fn FilledCart(locale: Locale, page: CheckoutPage) -> impl IntoView {
    let shipping = Shipping::of(&page.totals);
    let cart = page.cart.clone();
    let lines = page.cart.lines.into_iter().map(|line| view! { <LineItem locale line /> }).collect_view();
    view! {
        <CartLines locale>
            <section class="cart-list" aria-labelledby="cart-lines">
                <h2 class="hidden" id="cart-lines">
                    {t::lines(locale)}
                </h2>
                <ul class="cart-lines" role="list">
                    {lines}
                </ul>
            </section>
            <section class="summary cart-summary" aria-labelledby="cart-summary">
                <h2 class="summary-title" id="cart-summary">
                    {t::summary(locale)}
                </h2>
                <CartTotals locale cart shipping />
                <a class="summary-link" href=href::home(locale)>
                    {t::continue_shopping(locale)}
                </a>
            </section>
        </CartLines>
    }
}

/// One line. Picture and title are the server's; the rest is the island's.
#[component]
fn LineItem(locale: Locale, line: CartLine) -> impl IntoView {
    let facts = LineFacts::from(&line);
    let link = href::product(locale, &line.slug);
    view! {
        <li class="cart-line">
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
                </div>
            </CartLineRow>
        </li>
    }
}

#[cfg(test)]
#[cfg(feature = "ssr")]
mod tests;
