//! Fragments of the order page.

pub mod bill;
mod next;
pub mod pay;

use super::model::{FulfillmentStatus, OrderEventKind, OrderLine, OrderPage, OrderStatus};
use crate::checkout::model::Address;
use crate::checkout::view::summary::TotalsTable;
use crate::checkout::wishes::Wishes;
use crate::error::ErrorCode;
use crate::i18n::{checkout, fmt, orders as t, wishes};
use crate::kernel::Locale;
use crate::routes::href;
use crate::ui::icon::{Icon, IconName};
use crate::ui::notice::Notice;
use crate::ui::picture::{Fit, Pic};
use leptos::prelude::*;
use next::next_step;
use pay::{CancelPanel, PayPanel, once_more};
use time::{Duration, OffsetDateTime};

/// How long the page thanks instead of only informing.
const FRESH_FOR: Duration = Duration::minutes(10);

/// The page below its header.
#[component]
pub fn OrderContent(
    /// The language.
    locale: Locale,
    /// The order.
    order: OrderPage,
    /// The request's time.
    now: OffsetDateTime,
    /// The secret of the mail's link, when the page was opened by it.
    #[prop(optional)]
    key: String,
    /// What went wrong with the form that led here.
    #[prop(optional_no_strip)]
    problem: Option<ErrorCode>,
) -> impl IntoView {
    let next = next_step(locale, &order);
    let OrderPage { lines, totals, discounts, events, .. } = order.clone();
    let again = once_more(locale, &order);
    let bill = href::order_bill(locale, order.public_id.as_str(), &key);
    view! {
        <article class="order" id="order">
            <Heading locale order=order.clone() now />
            {problem.map(|code| view! { <Notice locale code /> })}
            <p class="order-next">{next}</p>
            {again}
            <PayPanel locale order=order.clone() key=key.clone() now />
            <Statuses locale order=order.clone() />
            <div class="order-columns">
                <div class="order-main">
                    <section class="order-part" aria-labelledby="order-lines">
                        <h2 class="order-subtitle" id="order-lines">
                            {t::lines(locale)}
                        </h2>
                        <Lines locale lines />
                        <TotalsTable locale totals discounts />
                        <p class="order-bill">
                            <a href=bill>{wishes::bill_open(locale)}</a>
                        </p>
                    </section>
                </div>
                <div class="order-side">
                    <Timeline locale events />
                    <Delivery locale order=order.clone() />
                    <CancelPanel locale order key />
                </div>
            </div>
            <p class="order-onward">
                <a class="button" href=href::home(locale)>
                    {t::continue_shopping(locale)}
                </a>
            </p>
        </article>
    }
}

/// Thanks right after placing, the number later.
#[component]
fn Heading(locale: Locale, order: OrderPage, now: OffsetDateTime) -> impl IntoView {
    let is_fresh = order.status == OrderStatus::Placed && now - order.placed_at < FRESH_FOR;
    let placed = t::placed_on(locale, fmt::date_time(locale, order.placed_at));
    view! {
        <header class="order-head">
            {if is_fresh {
                view! {
                    <h1 class="order-title">
                        <Icon name=IconName::Check />
                        {t::thanks(locale)}
                    </h1>
                    <p class="order-number">{t::number(locale)} " " <strong>{order.number}</strong></p>
                    <p class="order-mail">{t::mail_sent(locale, order.email)}</p>
                }
                    .into_any()
            } else {
                view! { <h1 class="order-title">{t::title(locale, order.number)}</h1> }.into_any()
            }} <p class="order-time">
                <time datetime=machine_time(order.placed_at)>{placed}</time>
            </p>
        </header>
    }
}

/// The three statuses in words.
#[component]
fn Statuses(locale: Locale, order: OrderPage) -> impl IntoView {
    let row = |label: &'static str, value: &'static str| {
        view! {
            <div class="order-status">
                <dt>{label}</dt>
                <dd>{value}</dd>
            </div>
        }
    };
    let is_waiting = order.offer.is_some() && order.fulfillment_status == FulfillmentStatus::Unfulfilled;
    let sending = if is_waiting {
        t::after_payment(locale)
    } else {
        t::fulfillment_status(locale, order.fulfillment_status)
    };
    view! {
        <dl class="order-statuses">
            {row(t::status(locale), t::order_status(locale, order.status))}
            {row(t::payment(locale), t::payment_status(locale, order.payment_status))}
            {row(t::delivery(locale), sending)}
        </dl>
    }
}

/// What was bought.
#[component]
fn Lines(locale: Locale, lines: Vec<OrderLine>) -> impl IntoView {
    let lines = lines.into_iter().map(|line| {
        let (unit, whole) = (fmt::money(locale, line.unit_price), fmt::money(locale, line.whole()));
        view! {
            <li class="summary-line">
                <span class="summary-picture">
                    {line.picture.map(|picture| view! { <Pic picture fit=Fit::Thumb is_decorative=true /> })}
                </span>
                <span class="summary-text">
                    <a class="summary-article" href=href::product(locale, &line.slug)>
                        {line.title}
                    </a>
                    <span class="summary-options">
                        {line.options} " "
                        <span class="summary-times">{unit} " " {checkout::times(locale, line.quantity)}</span>
                    </span>
                </span>
                <span class="summary-amount">{whole}</span>
            </li>
        }
    });
    view! {
        <ul class="summary-lines order-lines" role="list">
            {lines.collect_view()}
        </ul>
    }
}

/// What happened, oldest first.
#[component]
fn Timeline(locale: Locale, events: Vec<(OrderEventKind, OffsetDateTime)>) -> impl IntoView {
    let events = events.into_iter().map(|(kind, at)| {
        view! {
            <li class="timeline-event">
                <span class="timeline-what">{t::event(locale, kind)}</span>
                <time class="timeline-when" datetime=machine_time(at)>
                    {fmt::date_time(locale, at)}
                </time>
            </li>
        }
    });
    view! {
        <section class="order-part" aria-labelledby="order-timeline">
            <h2 class="order-subtitle" id="order-timeline">
                {t::timeline(locale)}
            </h2>
            <ol class="timeline" role="list">
                {events.collect_view()}
            </ol>
            <p class="order-hint">{t::china_time(locale)}</p>
        </section>
    }
}

/// Where it goes, who is told, how it is paid.
#[component]
fn Delivery(locale: Locale, order: OrderPage) -> impl IntoView {
    let (method, method_hint) = checkout::payment_method(locale, order.payment_method);
    let lines = address_lines(locale, &order.address);
    let phone = order.address.phone.as_str().to_owned();
    let is_expected = order.status != OrderStatus::Cancelled
        && order.offer.is_none()
        && order.fulfillment_status == FulfillmentStatus::Unfulfilled;
    view! {
        <section class="order-part" aria-labelledby="order-address">
            <h2 class="order-subtitle" id="order-address">
                {t::address(locale)}
            </h2>
            <address class="order-address">
                {lines
                    .into_iter()
                    .map(|line| view! { <span class="order-address-line">{line}</span> })
                    .collect_view()}
            </address>
            {(!order.note.is_empty())
                .then(|| {
                    view! {
                        <p class="order-note">
                            <strong>{t::note(locale)}</strong>
                            <span>{order.note}</span>
                        </p>
                    }
                })}
        </section>
        {order.delivery.map(|delivery| view! { <Travels locale delivery is_expected /> })}
        {wished(locale, &order.wishes)}
        <section class="order-part" aria-labelledby="order-contact">
            <h2 class="order-subtitle" id="order-contact">
                {t::contact(locale)}
            </h2>
            <p>{order.email}</p>
            <p>{phone}</p>
        </section>
        <section class="order-part" aria-labelledby="order-payment">
            <h2 class="order-subtitle" id="order-payment">
                {t::payment(locale)}
            </h2>
            <p>{method}</p>
            <p class="order-hint">{method_hint}</p>
        </section>
    }
}

/// How the parcel travels, and when it is expected as long as it is on its way to be sent.
#[component]
fn Travels(locale: Locale, delivery: crate::delivery::model::Delivery, is_expected: bool) -> impl IntoView {
    let arrival = is_expected.then(|| checkout::arrival(locale, delivery.arrival));
    view! {
        <section class="order-part" aria-labelledby="order-delivery">
            <h2 class="order-subtitle" id="order-delivery">
                {checkout::method(locale)}
            </h2>
            <p>{delivery.name.get(locale).to_owned()}</p>
            {arrival.map(|text| view! { <p class="order-hint">{text}</p> })}
        </section>
    }
}

/// Gift wrap and invoice, when there are such wishes.
fn wished(locale: Locale, wishes: &Wishes) -> Option<impl IntoView + use<>> {
    let lines: Vec<_> = wish_lines(locale, wishes).into_iter().map(|line| view! { <p>{line}</p> }).collect();
    (!lines.is_empty()).then(|| {
        view! {
            <section class="order-part" aria-labelledby="order-wishes">
                <h2 class="order-subtitle" id="order-wishes">
                    {wishes::wishes(locale)}
                </h2>
                {lines}
            </section>
        }
    })
}

/// Gift wrap and invoice in words, a line each. Also for letters.
#[must_use]
pub fn wish_lines(locale: Locale, wishes: &Wishes) -> Vec<String> {
    let gift = wishes.gift.iter().flat_map(|message| {
        let card = (!message.is_empty()).then(|| wishes::gift_card(locale, message));
        [wishes::gift_wanted(locale).to_owned()].into_iter().chain(card)
    });
    let invoice = wishes.invoice.iter().flat_map(|wish| wishes::invoice_lines(locale, wish));
    gift.chain(invoice).collect()
}

/// An address as it is written in its country: from the large to the small in China, the other way round elsewhere.
fn address_lines(locale: Locale, address: &Address) -> Vec<String> {
    use crate::kernel::CountryCode;
    let country = checkout::country_name(locale, address.country).to_owned();
    let Address { name, region, city, district, line1, postcode, .. } = address;
    let joined = |parts: &[&String], between: &str| {
        let parts: Vec<&str> =
            parts.iter().map(|part| part.as_str()).filter(|part| !part.is_empty()).collect();
        parts.join(between)
    };
    let lines = if address.country == CountryCode::CN {
        vec![name.clone(), country, joined(&[region, city, district], " "), line1.clone(), postcode.clone()]
    } else {
        vec![name.clone(), line1.clone(), joined(&[&joined(&[city, region], ", "), postcode], " "), country]
    };
    lines.into_iter().filter(|line| !line.is_empty()).collect()
}

/// RFC 3339 in UTC, for `time[datetime]`.
fn machine_time(at: OffsetDateTime) -> String {
    let at = at.to_offset(time::UtcOffset::UTC);
    format!(
        "{:04}-{:02}-{:02}T{:02}:{:02}:{:02}Z",
        at.year(),
        u8::from(at.month()),
        at.day(),
        at.hour(),
        at.minute(),
        at.second()
    )
}

#[cfg(test)]
#[cfg(feature = "ssr")]
mod tests;
