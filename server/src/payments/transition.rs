//! The one way in which news of a provider change anything: messages, a payer's return and our own questions
//! all end here. What does not fit is refused; what is known already does nothing.

use super::provider::{Observation, Standing};
use super::refund::{self, RefundWish};
use super::row::{EntryWrite, PaymentRow, Step, TaskWrite};
use super::{COMPLETED, PAYMENT_FAILED};
use crate::db::Tx;
use crate::db::time::to_micros;
use crate::jobs::outbox::{Event, emit};
use crate::on;
use crate::orders::row::OrderRow;
use crate::orders::{ORDER_PAID, statuses};
use crate::platform::Platform;
use app::orders::model::{OrderEventKind, OrderStatus};
use app::payments::model::{AttemptState, PaymentMethod, Refusal};
use uuid::Uuid;

/// Takes news in; gives whether something has changed, or why they are refused.
///
/// # Errors
/// The database's error.
pub async fn apply(
    tx: &mut Tx,
    platform: &Platform,
    method: PaymentMethod,
    seen: &Observation,
) -> sqlx::Result<Result<bool, Refusal>> {
    let Some(known) = on!(tx, payments::find_by_session(method.name(), &seen.session))? else {
        return Ok(Err(Refusal::UnknownPayment));
    };
    on!(tx, dialect::lock_order(known.order_id))?;
    let payment = on!(tx, payments::find_attempt(known.attempt_id))?;
    let order = on!(tx, orders::find(known.order_id))?;
    let (Some(payment), Some(order)) = (payment, order) else {
        return Ok(Err(Refusal::UnknownPayment));
    };
    match mismatch(&payment, &order, seen) {
        Some(refusal) => Ok(Err(refusal)),
        None => Ok(Ok(step(tx, platform, (&payment, &order), seen).await?)),
    }
}

/// What does not fit.
fn mismatch(payment: &PaymentRow, order: &OrderRow, seen: &Observation) -> Option<Refusal> {
    let is_short = seen.standing == Standing::Paid && seen.captured_minor != payment.amount_minor;
    match seen {
        _ if seen.reference != order.number => Some(Refusal::WrongReference),
        _ if seen.currency != payment.currency => Some(Refusal::WrongCurrency),
        _ if seen.amount_minor != payment.amount_minor || is_short => Some(Refusal::WrongAmount),
        _ => None,
    }
}

async fn step(
    tx: &mut Tx,
    platform: &Platform,
    (payment, order): (&PaymentRow, &OrderRow),
    seen: &Observation,
) -> sqlx::Result<bool> {
    let (from, to, failure) = (payment.state(), next(seen.standing), failure(seen.standing));
    // Old news of anything but money are left unread.
    let is_old = seen.sequence.is_some_and(|number| number <= payment.sequence);
    if !from.may_become(to) || (is_old && to != AttemptState::Completed) {
        return Ok(false);
    }
    let now = to_micros(platform.clock.now());
    let move_on = Step { attempt_id: payment.attempt_id, from, to, failure, sequence: seen.sequence, now };
    if !on!(tx, payments::move_attempt(&move_on))? {
        return Ok(false);
    }
    match to {
        AttemptState::Completed => take_money(tx, platform, payment, order).await?,
        AttemptState::Failed => note_failure(tx, platform, payment).await?,
        _ => {}
    }
    Ok(true)
}

const fn next(standing: Standing) -> AttemptState {
    match standing {
        Standing::Open => AttemptState::Processing,
        Standing::RequiresAction => AttemptState::RequiresAction,
        Standing::Declined(_) => AttemptState::Failed,
        Standing::Paid => AttemptState::Completed,
        Standing::Closed => AttemptState::Cancelled,
        Standing::Expired => AttemptState::Expired,
    }
}

const fn failure(standing: Standing) -> Option<&'static str> {
    match standing {
        Standing::Declined(reason) => Some(reason.name()),
        _ => None,
    }
}

async fn note_failure(tx: &mut Tx, platform: &Platform, payment: &PaymentRow) -> sqlx::Result<()> {
    note(tx, platform, payment.order_id, OrderEventKind::PaymentFailed).await?;
    let subject = payment.attempt_id.to_string();
    emit(tx, platform, Event { topic: PAYMENT_FAILED, subject: &subject, payload: serde_json::Value::Null })
        .await
}

/// Books money that has arrived for a try which was just completed. If its order waits for it, the order is paid;
/// otherwise it came too late or twice, and goes back.
///
/// # Errors
/// The database's error.
pub async fn take_money(
    tx: &mut Tx,
    platform: &Platform,
    payment: &PaymentRow,
    order: &OrderRow,
) -> sqlx::Result<()> {
    let at = platform.clock.now();
    let (now, attempt_id) = (to_micros(at), payment.attempt_id);
    let entry = EntryWrite {
        id: platform.entropy.uuid_v7(at),
        attempt_id,
        kind: "charge",
        amount_minor: payment.amount_minor,
        cause: format!("charge:{attempt_id}"),
        at: now,
    };
    on!(tx, payments::insert_entry(&entry))?;
    on!(tx, orders::add_charge(order.id, payment.amount_minor, now))?;
    let stands = order.status == OrderStatus::Placed.name();
    if stands && on!(tx, payments::end_intent(payment.intent_id, COMPLETED, now))? {
        on!(tx, payments::cancel_others(payment.intent_id, attempt_id, now))?;
        on!(tx, orders::set_method(order.id, &payment.method))?;
        note(tx, platform, order.id, OrderEventKind::Paid).await?;
        let subject = order.id.to_string();
        let event = Event { topic: ORDER_PAID, subject: &subject, payload: serde_json::Value::Null };
        emit(tx, platform, event).await?;
    } else {
        send_back(tx, platform, payment, order).await?;
    }
    statuses::store(tx, order.id).await
}

/// Money that nobody waits for.
async fn send_back(
    tx: &mut Tx,
    platform: &Platform,
    payment: &PaymentRow,
    order: &OrderRow,
) -> sqlx::Result<()> {
    note(tx, platform, order.id, OrderEventKind::PaidLate).await?;
    let cause = format!("late:{}", payment.attempt_id);
    let wish = RefundWish {
        order_id: order.id,
        attempt_id: payment.attempt_id,
        amount_minor: payment.amount_minor,
        reason: "late",
        cause: cause.clone(),
    };
    refund::request(tx, platform, wish).await?;
    let detail =
        format!("order {}: money arrived when nothing was to be paid; it is sent back", order.number);
    add_task(tx, platform, ("paid_late", Some(order.id)), detail, cause).await
}

/// Writes an event of an order's timeline.
pub(super) async fn note(
    tx: &mut Tx,
    platform: &Platform,
    order_id: Uuid,
    kind: OrderEventKind,
) -> sqlx::Result<()> {
    let at = platform.clock.now();
    on!(tx, orders::insert_event(platform.entropy.uuid_v7(at), order_id, kind.name(), to_micros(at)))
}

/// Asks a person to look at something, once per cause.
pub(super) async fn add_task(
    tx: &mut Tx,
    platform: &Platform,
    (kind, order_id): (&'static str, Option<Uuid>),
    detail: String,
    cause: String,
) -> sqlx::Result<()> {
    let at = platform.clock.now();
    let task =
        TaskWrite { id: platform.entropy.uuid_v7(at), kind, order_id, detail, cause, now: to_micros(at) };
    on!(tx, tasks::insert(&task))
}
