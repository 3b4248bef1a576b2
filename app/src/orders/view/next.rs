//! What comes next, for every combination of an order's statuses.

use crate::i18n::{fmt, orders as t};
use crate::kernel::{Locale, Money};
use crate::orders::model::{FulfillmentStatus, OrderPage, OrderStatus, PaymentStatus};
use crate::payments::model::{AttemptState, PayOffer};

/// What comes next, in one or two plain sentences.
pub(super) fn next_step(locale: Locale, order: &OrderPage) -> String {
    if order.is_expired {
        return expired(locale, order.payment_status).to_owned();
    }
    if order.status == OrderStatus::Cancelled {
        return cancelled(locale, order.payment_status).to_owned();
    }
    let total = order.totals.total;
    match order.payment_status {
        PaymentStatus::Pending => due(locale, order.fulfillment_status, total),
        PaymentStatus::Paid => paid(locale, order.fulfillment_status).to_owned(),
        PaymentStatus::None => waiting(locale, order.offer.as_ref()).to_owned(),
        PaymentStatus::PartiallyPaid => t::part_paid(locale, fmt::money(locale, total)),
        PaymentStatus::Overpaid => t::overpaid(locale).to_owned(),
        PaymentStatus::PartiallyRefunded => t::partly_refunded(locale).to_owned(),
        PaymentStatus::Refunded => t::refunded(locale).to_owned(),
        PaymentStatus::Voided => t::cancelled_free(locale).to_owned(),
    }
}

/// Nothing was paid yet, and nothing is promised.
fn waiting(locale: Locale, offer: Option<&PayOffer>) -> &'static str {
    match offer.map(|offer| offer.state) {
        Some(AttemptState::RequiresAction) => t::checking(locale),
        Some(_) => t::awaiting(locale),
        None => t::unpaid(locale),
    }
}

/// The time to pay is over.
const fn expired(locale: Locale, payment: PaymentStatus) -> &'static str {
    match payment {
        PaymentStatus::None | PaymentStatus::Pending | PaymentStatus::Voided => t::expired(locale),
        PaymentStatus::Refunded => t::expired_refunded(locale),
        PaymentStatus::PartiallyPaid
        | PaymentStatus::Paid
        | PaymentStatus::Overpaid
        | PaymentStatus::PartiallyRefunded => t::expired_refunding(locale),
    }
}

const fn cancelled(locale: Locale, payment: PaymentStatus) -> &'static str {
    match payment {
        PaymentStatus::None | PaymentStatus::Pending | PaymentStatus::Voided => t::cancelled_free(locale),
        PaymentStatus::Refunded => t::cancelled_refunded(locale),
        PaymentStatus::PartiallyPaid
        | PaymentStatus::Paid
        | PaymentStatus::Overpaid
        | PaymentStatus::PartiallyRefunded => t::cancelled_refunding(locale),
    }
}

/// Cash is to be paid at the door.
fn due(locale: Locale, fulfillment: FulfillmentStatus, total: Money) -> String {
    let amount = fmt::money(locale, total);
    match fulfillment {
        FulfillmentStatus::Partial => t::cash_ready_rest(locale, amount),
        FulfillmentStatus::Fulfilled => t::cash_on_way(locale, amount),
        FulfillmentStatus::Unfulfilled | FulfillmentStatus::Cancelled => t::cash_ready(locale, amount),
    }
}

const fn paid(locale: Locale, fulfillment: FulfillmentStatus) -> &'static str {
    match fulfillment {
        FulfillmentStatus::Partial => t::paid_partly_sent(locale),
        FulfillmentStatus::Fulfilled => t::paid_on_way(locale),
        FulfillmentStatus::Unfulfilled | FulfillmentStatus::Cancelled => t::paid_packing(locale),
    }
}
