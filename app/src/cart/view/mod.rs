//! Fragments of the cart page.

#[cfg(feature = "ssr")]
pub mod discounts;
pub mod line;
pub mod list;
pub mod problems;
pub mod saved;
pub mod shared;
pub mod wishes;

use super::bulk::{BulkNotice, SharedItem};
use super::islands::CartLines;
use super::islands::totals::{CartTotals, Shipping};
use crate::checkout::early::EarlyWishes;
use crate::checkout::model::CheckoutPage;
use crate::error::{ErrorCode, FieldErrors};
use crate::i18n::{cart as t, fmt};
use crate::kernel::Locale;
use crate::orders::model::WaitingOrder;
use crate::routes::href;
use crate::ui::button::{ButtonLink, Weight};
use crate::ui::empty::EmptyState;
use crate::ui::notice::Notice;
use leptos::prelude::*;
use line::LineItem;
use list::{AddByNumber, ListNotice};
use problems::ProblemList;
use saved::SavedLines;
use shared::{ShareLink, SharedOffer};
use wishes::{Told, WishesBox};

/// What stands around the cart itself.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Around {
    /// What the page's address offers to add.
    pub shared: Vec<SharedItem>,
    /// What became of a list that was sent.
    pub outcome: Option<BulkNotice>,
    /// The guest's last order, when it still waits for its payment.
    pub waiting: Option<WaitingOrder>,
    /// Scheme and authority of the shop, for a link to pass on.
    pub base_url: String,
    /// Wishes have just been kept.
    pub has_kept_wishes: bool,
}

/// The page below its header: the lines with their sum, or what to do with an empty cart.
#[component]
pub fn CartContent(
    /// The language.
    locale: Locale,
    /// Cart and sums.
    page: CheckoutPage,
    /// What stands around it.
    #[prop(optional)]
    around: Around,
    /// What went wrong with the form that led here.
    problem: Option<ErrorCode>,
) -> impl IntoView {
    let Around { shared, outcome, waiting, base_url, has_kept_wishes: is_kept } = around;
    let wishes = EarlyWishes::of(&page);
    let errors = if problem == Some(ErrorCode::TooLong) { wishes.errors() } else { FieldErrors::default() };
    let told = Told { wishes, errors, is_kept };
    let saved = page.cart.saved.clone();
    let content = if page.cart.lines.is_empty() {
        view! { <EmptyCart locale waiting /> }.into_any()
    } else {
        view! { <FilledCart locale page base_url told /> }.into_any()
    };
    view! {
        <div class="cart">
            <h1 class="cart-title">{t::title(locale)}</h1>
            {problem.map(|code| view! { <Notice locale code /> })}
            {outcome.map(|outcome| view! { <ListNotice locale outcome /> })}
            {(!shared.is_empty()).then(|| view! { <SharedOffer locale items=shared /> })}
            {content}
            {(!saved.is_empty()).then(|| view! { <SavedLines locale lines=saved /> })}
            <AddByNumber locale />
        </div>
    }
}

#[component]
fn EmptyCart(locale: Locale, waiting: Option<WaitingOrder>) -> impl IntoView {
    view! {
        {waiting.map(|order| view! { <Waiting locale order /> })}
        <EmptyState title=t::empty_title(locale) text=t::empty_text(locale)>
            <ButtonLink href=href::home(locale) weight=Weight::Main>
                {t::empty_action(locale)}
            </ButtonLink>
        </EmptyState>
    }
}

/// The guest's last order still waits for its payment. Also at the checkout, where the browser's back button leads to from
/// the provider's page.
#[component]
pub fn Waiting(
    /// The language.
    locale: Locale,
    /// The order.
    order: WaitingOrder,
) -> impl IntoView {
    let until = t::waiting_until(locale, fmt::date_time(locale, order.pay_by));
    view! {
        <div class="cart-waiting">
            <p>
                <strong>{t::waiting(locale, order.number)}</strong>
                " "
                {until}
            </p>
            <ButtonLink href=href::order(
                locale,
                order.public_id.as_str(),
            )>{t::waiting_pay(locale)}</ButtonLink>
        </div>
    }
}

#[component]
fn FilledCart(locale: Locale, page: CheckoutPage, base_url: String, told: Told) -> impl IntoView {
    let is_sendable = !page.deliveries.is_empty();
    let shipping = if is_sendable { Shipping::of(&page.totals) } else { Shipping::Later };
    let cart = page.cart.clone();
    let problems = page.cart.problems;
    let link = super::bulk::link_items(&page.cart.lines);
    let lines = page.cart.lines.into_iter().map(|line| view! { <LineItem locale line /> }).collect_view();
    view! {
        <ProblemList locale problems />
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
        <WishesBox locale told />
        {link.map(|items| view! { <ShareLink locale items base_url /> })}
    }
}

#[cfg(test)]
#[cfg(feature = "ssr")]
mod tests;
