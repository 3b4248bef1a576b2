//! What can be done about an order from its page: pay it, pay it in another way, call it off.
//! Plain forms: they work without JavaScript and lead to the provider's page.

use crate::cart::bulk::link_of;
use crate::i18n::{checkout, fmt, orders as t};
use crate::kernel::{Locale, Money};
use crate::orders::model::{OrderPage, OrderStatus};
use crate::payments::model::{AttemptState, PayOffer, PaymentMethod};
use crate::routes::href;
use crate::ui::button::{SubmitButton, Weight};
use crate::ui::icon::{Icon, IconName};
use leptos::prelude::*;
use time::OffsetDateTime;

/// The order that the forms are about, and the secret by which the page was opened.
#[derive(Clone)]
struct Target {
    order: String,
    key: String,
}

impl Target {
    fn fields(&self) -> impl IntoView + use<> {
        let key = (!self.key.is_empty()).then(|| self.key.clone());
        view! {
            <input type="hidden" name="order" value=self.order.clone() />
            {key.map(|key| view! { <input type="hidden" name="key" value=key /> })}
        }
    }
}

/// Why the last try failed, how long the goods are reserved, and the ways to pay. Nothing when there is nothing to pay.
#[component]
pub fn PayPanel(
    /// The language.
    locale: Locale,
    /// The order.
    order: OrderPage,
    /// The secret of the mail's link, when the page was opened by it.
    key: String,
    /// The request's time.
    now: OffsetDateTime,
) -> impl IntoView {
    let target = Target { order: order.public_id.as_str().to_owned(), key };
    let total = order.totals.total;
    order.offer.map(|offer| {
        let others = other_ways(locale, &offer, total, &target);
        let words = words(locale, &offer, total);
        view! {
            <section class="order-pay" aria-labelledby="order-pay">
                <h2 class="order-subtitle" id="order-pay">
                    {t::pay_title(locale)}
                </h2>
                {offer.decline.map(|reason| view! { <Declined text=t::decline(locale, reason) /> })}
                <Reserved locale offer=offer.clone() now />
                <form class="order-pay-main" method="post" action="/api/payments/pay">
                    {target.fields()}
                    <input type="hidden" name="payment_method" value=offer.current.name() />
                    <SubmitButton weight=Weight::Main>{words}</SubmitButton>
                    <p class="order-hint">{checkout::payment_method(locale, offer.current).1}</p>
                </form>
                {others}
            </section>
        }
    })
}

#[component]
fn Declined(text: &'static str) -> impl IntoView {
    view! {
        <p class="notice" role="alert">
            <Icon name=IconName::Alert />
            <span>{text}</span>
        </p>
    }
}

/// Until when the goods are reserved, and how long that still is. The plain script counts down from the seconds that the
/// server says, whatever the browser's clock says, and asks the server for the order when they are over.
#[component]
fn Reserved(locale: Locale, offer: PayOffer, now: OffsetDateTime) -> impl IntoView {
    let seconds = (offer.pay_by - now).whole_seconds();
    let left = match (offer.pay_by - now).whole_minutes() {
        ..1 => t::last_minute(locale).to_owned(),
        minutes => t::time_left(locale, minutes),
    };
    view! {
        <p class="order-reserved">
            {t::pay_by(locale, fmt::date_time(locale, offer.pay_by))} " · "
            <strong
                class="order-left"
                role="timer"
                data-seconds=seconds
                data-words=t::clock_left(locale, "{}")
                data-over=t::time_over(locale)
            >
                {left}
            </strong>
        </p>
    }
}

fn words(locale: Locale, offer: &PayOffer, total: Money) -> String {
    let amount = fmt::money(locale, total);
    if offer.state == AttemptState::Failed {
        t::pay_again(locale, amount)
    } else {
        t::pay_now(locale, amount)
    }
}

/// Every other method as a form of its own.
fn other_ways(locale: Locale, offer: &PayOffer, total: Money, target: &Target) -> impl IntoView + use<> {
    let others: Vec<PaymentMethod> =
        offer.methods.iter().copied().filter(|method| *method != offer.current).collect();
    let forms = others.into_iter().map(|method| {
        let label = match method {
            PaymentMethod::CashOnDelivery => t::pay_cash(locale, fmt::money(locale, total)),
            PaymentMethod::Sandbox => checkout::payment_method(locale, method).0.to_owned(),
        };
        view! {
            <form method="post" action="/api/payments/pay">
                {target.fields()}
                <input type="hidden" name="payment_method" value=method.name() />
                <SubmitButton>{label}</SubmitButton>
            </form>
        }
    });
    let forms: Vec<_> = forms.collect();
    (!forms.is_empty()).then(|| {
        view! {
            <div class="order-pay-others" role="group" aria-label=t::pay_other(locale)>
                {forms}
            </div>
        }
    })
}

/// Calling the order off, behind a second press.
#[component]
pub fn CancelPanel(
    /// The language.
    locale: Locale,
    /// The order.
    order: OrderPage,
    /// The secret of the mail's link, when the page was opened by it.
    key: String,
) -> impl IntoView {
    use crate::orders::model::PaymentStatus;
    let target = Target { order: order.public_id.as_str().to_owned(), key };
    let what = match order.payment_status {
        PaymentStatus::Paid | PaymentStatus::PartiallyPaid | PaymentStatus::Overpaid => {
            t::cancel_paid(locale)
        }
        _ => t::cancel_free(locale),
    };
    order.can_cancel.then(|| {
        view! {
            <details class="order-cancel">
                <summary class="order-cancel-ask">{t::cancel(locale)}</summary>
                <form class="order-cancel-form" method="post" action="/api/orders/cancel">
                    {target.fields()}
                    <p>
                        <strong>{t::cancel_ask(locale)}</strong>
                        " "
                        {what}
                    </p>
                    <SubmitButton>{t::cancel_yes(locale)}</SubmitButton>
                </form>
            </details>
        }
    })
}

/// An order that was called off: its articles can be put into the cart once more.
pub(super) fn once_more(locale: Locale, order: &OrderPage) -> Option<impl IntoView + use<>> {
    let is_over = order.is_expired || order.status == OrderStatus::Cancelled;
    let articles = order.lines.iter().map(|line| (line.sku.as_str(), line.quantity));
    let items = link_of(articles).filter(|_| is_over)?;
    Some(view! {
        <p class="order-again">
            <a class="button" href=href::cart_of(locale, &items)>
                {t::once_more(locale)}
            </a>
        </p>
    })
}
