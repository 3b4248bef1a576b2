//! What can be done about an order right now, for its page. Times are evaluated here, when the page is read.

use crate::db::time::from_micros;
use crate::payments::row::PaymentRow;
use crate::payments::{COMPLETED, EXPIRED, OPEN};
use app::orders::model::{FulfillmentStatus, OrderPage, OrderStatus};
use app::payments::model::{Decline, PayOffer, PaymentMethod};

/// Adds what can be paid and called off to an order's page.
pub fn add(page: &mut OrderPage, payment: &PaymentRow, methods: Vec<PaymentMethod>, now: i64) {
    let stands = page.status == OrderStatus::Placed;
    let is_waiting = stands && payment.intent_status == OPEN;
    let is_over = is_waiting && payment.is_overdue(now);
    page.is_expired = is_over || payment.intent_status == EXPIRED;
    page.can_cancel = stands && !is_over && is_here(page, payment);
    page.offer = payment.expires_at.filter(|_| is_waiting && !is_over).map(|end| PayOffer {
        current: page.payment_method,
        state: payment.state(),
        decline: payment.failure.as_deref().map(Decline::from_name),
        pay_by: from_micros(end),
        methods,
    });
}

/// The goods have not left yet, as far as is known: cash is given at the door.
fn is_here(page: &OrderPage, payment: &PaymentRow) -> bool {
    let is_delivered =
        payment.intent_status == COMPLETED && page.payment_method == PaymentMethod::CashOnDelivery;
    page.fulfillment_status == FulfillmentStatus::Unfulfilled && !is_delivered
}
