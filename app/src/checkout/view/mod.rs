//! Fragments of the checkout page.

pub mod fields;
pub mod summary;
pub mod wishes;

use super::islands::CheckoutFormBox;
use super::islands::fields::encode;
use super::model::{CheckoutForm, CheckoutPage, Totals};
use crate::cart::view::Waiting;
use crate::cart::view::problems::ProblemList;
use crate::error::{ErrorCode, FieldError, FieldErrors};
use crate::i18n::{checkout as t, fmt};
use crate::kernel::{Currency, Locale, Money};
use crate::orders::model::WaitingOrder;
use crate::routes::href;
use crate::ui::button::{ButtonLink, Weight};
use crate::ui::empty::EmptyState;
use crate::ui::icon::{Icon, IconName};
use fields::{Extras, Fields};
use leptos::prelude::*;
use summary::Summary;
use wishes::{Terms, WishFields};

/// The page below its header: the form beside the order, or what to do with an empty cart.
#[component]
pub fn CheckoutContent(
    /// The language.
    locale: Locale,
    /// Cart, sums, what was typed before.
    page: CheckoutPage,
    /// The guest's last order, when it still waits for its payment.
    #[prop(optional_no_strip)]
    waiting: Option<WaitingOrder>,
    /// What went wrong with the form that led here.
    problem: Option<ErrorCode>,
) -> impl IntoView {
    let content = if page.cart.lines.is_empty() {
        view! { <EmptyCheckout locale waiting /> }.into_any()
    } else {
        view! { <FilledCheckout locale page problem /> }.into_any()
    };
    view! {
        <div class="checkout">
            <h1 class="checkout-title">{t::title(locale)}</h1>
            {content}
        </div>
    }
}

#[component]
fn EmptyCheckout(locale: Locale, waiting: Option<WaitingOrder>) -> impl IntoView {
    view! {
        {waiting.map(|order| view! { <Waiting locale order /> })}
        <EmptyState title=t::empty_title(locale) text=t::empty_text(locale)>
            <ButtonLink href=href::home(locale) weight=Weight::Main>
                {t::empty_action(locale)}
            </ButtonLink>
        </EmptyState>
    }
}

#[component]
fn FilledCheckout(locale: Locale, page: CheckoutPage, problem: Option<ErrorCode>) -> impl IntoView {
    let errors = errors_to_show(&page, problem);
    let message = message(locale, &page, problem.filter(|_| errors.is_empty()));
    let is_blocked = !page.cart.is_ready;
    let place = t::place(locale, fmt::money(locale, page.totals.total));
    let (totals, discounts) = (page.totals, page.discounts);
    let (draft, wishes) = (page.draft, page.wishes);
    let currency = totals.total.currency;
    let is_sendable = !page.deliveries.is_empty();
    let (deliveries, methods, help, paste) = (page.deliveries, page.methods, page.help, page.paste);
    let extras = Extras { currency, deliveries, methods, help, paste };
    let has_news = message.is_some();
    view! {
        {message.map(|text| view! { <Message locale text is_blocked /> })}
        <ProblemList locale problems=page.cart.problems.clone() is_elsewhere=true />
        <div class="checkout-columns">
            <Summary locale cart=page.cart sums=(totals, discounts) is_sendable is_open=has_news />
            <CheckoutFormBox locale errors=encode(&errors) place is_blocked>
                // The Enter key presses the first button of a form: it must be this one, and not one of the address's.
                <button type="submit" hidden disabled=is_blocked></button>
                <p class="checkout-required">{t::required_note(locale)}</p>
                <Fields locale draft errors=errors.clone() extras />
                <WishFields locale wishes errors />
                <Terms locale />
                <Seen total=totals.total />
            </CheckoutFormBox>
        </div>
    }
}

/// What follows from what is typed so far, for a page that is open.
#[cfg(feature = "ssr")]
#[must_use]
pub fn filled(locale: Locale, page: CheckoutPage) -> super::model::Filled {
    let (totals, discounts) = (page.totals, page.discounts);
    let total_text = fmt::money(locale, totals.total);
    super::model::Filled {
        regions: page.help.regions,
        cities: page.help.cities,
        districts: page.help.districts,
        totals: view! { <summary::TotalsTable locale totals discounts is_unsendable=page.deliveries.is_empty() /> }
            .to_html(),
        deliveries: view! { <fields::DeliveryChoices locale choices=page.deliveries /> }.to_html(),
        total_minor: totals.total.minor,
        place: t::place(locale, &total_text),
        total_text,
    }
}

/// What has changed since the shopper looked; read out at once.
#[component]
fn Message(locale: Locale, text: String, is_blocked: bool) -> impl IntoView {
    view! {
        <div class="notice" role="alert">
            <Icon name=IconName::Alert />
            <span>
                {text}
                {is_blocked
                    .then(|| {
                        view! {
                            " "
                            <a href=href::cart(locale)>{t::edit_cart(locale)}</a>
                        }
                    })}
            </span>
        </div>
    }
}

/// The total that the shopper sees: placing refuses a different one.
#[component]
fn Seen(total: Money) -> impl IntoView {
    view! {
        <input type="hidden" name="expected_total" value=total.minor.to_string() />
        <input type="hidden" name="currency" value=total.currency.code() />
    }
}

/// Codes that a field can have. A problem with another code is not about the form.
const fn is_about_a_field(code: ErrorCode) -> bool {
    matches!(
        code,
        ErrorCode::Required
            | ErrorCode::TooLong
            | ErrorCode::EmailInvalid
            | ErrorCode::PhoneInvalid
            | ErrorCode::CountryUnknown
            | ErrorCode::PlaceUnknown
            | ErrorCode::PostcodeInvalid
            | ErrorCode::PaymentMethodUnknown
            | ErrorCode::TaxNumberInvalid
            | ErrorCode::DeliveryUnavailable
    )
}

/// The errors of the form that just came back; none when the page is opened anew.
fn errors_to_show(page: &CheckoutPage, problem: Option<ErrorCode>) -> FieldErrors {
    if !problem.is_some_and(is_about_a_field) {
        return FieldErrors::default();
    }
    let wishes = page.wishes.errors(&page.draft.country);
    let mut errors = page.draft.errors();
    let places = page.help.errors.0.iter().filter(|place| errors.of(&place.field).is_none());
    errors.0.extend(places.cloned().collect::<Vec<_>>());
    if let Some(code) = problem.filter(|code| *code == ErrorCode::DeliveryUnavailable) {
        let before = errors.0.iter().position(|error| error.field == "payment_method");
        let error = FieldError { field: "delivery".to_owned(), code };
        errors.0.insert(before.unwrap_or(errors.0.len()), error);
    }
    FieldErrors(errors.0.into_iter().chain(wishes.0).collect())
}

/// What to tell above the form, apart from its fields.
fn message(locale: Locale, page: &CheckoutPage, problem: Option<ErrorCode>) -> Option<String> {
    match problem {
        Some(ErrorCode::TotalChanged) => Some(total_changed(locale, &page.draft, &page.totals)),
        _ if !page.cart.is_ready && problem.is_none() => Some(t::cart_blocked(locale).to_owned()),
        _ if !page.cart.is_ready => Some(t::stock_changed(locale).to_owned()),
        Some(ErrorCode::SoldOut | ErrorCode::NotEnoughStock | ErrorCode::NoPrice) => {
            Some(t::stock_settled(locale).to_owned())
        }
        Some(code) => Some(code.text(locale).to_owned()),
        None => None,
    }
}

/// The total before and now, if the one before is known.
fn total_changed(locale: Locale, draft: &CheckoutForm, totals: &Totals) -> String {
    let now = fmt::money(locale, totals.total);
    let currency = Currency::from_code(draft.currency.trim());
    let before = currency.zip(draft.expected_total.trim().parse::<i64>().ok());
    match before.map(|(currency, minor)| Money::new(minor, currency)) {
        Some(before) if before != totals.total => t::total_changed(locale, fmt::money(locale, before), now),
        _ => t::total_now(locale, now),
    }
}

#[cfg(test)]
#[cfg(feature = "ssr")]
mod tests;
