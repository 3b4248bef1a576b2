//! Cancelling and expiring: the session is closed at the provider first, so that nobody can pay for an order that
//! is about to end; then, in one transaction, the order, its payment and its stock follow.

use super::row::{PaymentRow, Step};
use super::service::PaymentService;
use super::transition::note;
use super::{CANCELLED, COMPLETED, EXPIRED, OPEN, refund};
use crate::db::Tx;
use crate::fault::Fault;
use crate::inventory::ledger;
use crate::jobs::outbox::{Event, emit};
use crate::on;
use crate::orders::row::OrderRow;
use crate::orders::{ORDER_CANCELLED, statuses};
use app::orders::model::{FulfillmentStatus, OrderEventKind, OrderStatus};
use app::payments::model::{AttemptState, PaymentMethod};
use uuid::Uuid;

/// Looks that are taken before an order that changes all the time is left alone.
const LOOKS: usize = 3;

/// Why an order ends.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Why {
    /// The shopper does not want it any more.
    Cancelled,
    /// It was not paid in time.
    Expired,
}

impl Why {
    const fn attempt(self) -> AttemptState {
        match self {
            Self::Cancelled => AttemptState::Cancelled,
            Self::Expired => AttemptState::Expired,
        }
    }

    const fn intent(self) -> &'static str {
        match self {
            Self::Cancelled => CANCELLED,
            Self::Expired => EXPIRED,
        }
    }

    const fn event(self) -> OrderEventKind {
        match self {
            Self::Cancelled => OrderEventKind::Cancelled,
            Self::Expired => OrderEventKind::Expired,
        }
    }
}

/// Ends an order. Gives `false` when it has ended already, or must not end in this way (it was sent, it was paid in
/// the last moment, its time is not over).
///
/// # Errors
/// The database's error, or `PaymentUnavailable` when the provider cannot be asked to close the payment.
pub async fn run(service: &PaymentService, order_id: Uuid, why: Why) -> Result<bool, Fault> {
    for _ in 0..LOOKS {
        let payment = service.current(order_id).await?;
        // A payment in the last moment makes an expired order a paid one; a cancelled one is paid back.
        if !service.close(&payment).await? && why == Why::Expired {
            return Ok(false);
        }
        if let Some(is_ended) = end(service, &payment, why).await? {
            return Ok(is_ended);
        }
    }
    Ok(false)
}

/// The transaction. `None`: somebody has begun another try meanwhile, look again.
async fn end(service: &PaymentService, closed: &PaymentRow, why: Why) -> Result<Option<bool>, Fault> {
    let mut tx = service.database.write().await?;
    on!(tx, dialect::lock_order(closed.order_id))?;
    let order = on!(tx, orders::find(closed.order_id))?;
    let payment = on!(tx, payments::find_current(closed.order_id))?;
    let (Some(order), Some(payment)) = (order, payment) else {
        return Err(Fault::Broken("an order without a payment"));
    };
    if payment.attempt_id != closed.attempt_id || payment.session != closed.session {
        return Ok(None);
    }
    if !may_end(&order, &payment, why, service.now()) {
        return Ok(Some(false));
    }
    write(service, &mut tx, (&order, &payment), why).await?;
    tx.commit().await?;
    Ok(Some(true))
}

fn may_end(order: &OrderRow, payment: &PaymentRow, why: Why, now: i64) -> bool {
    let stands = order.status == OrderStatus::Placed.name()
        && order.fulfillment_status == FulfillmentStatus::Unfulfilled.name();
    // Cash was given at the door: the goods have left.
    let is_delivered =
        payment.intent_status == COMPLETED && payment.method == PaymentMethod::CashOnDelivery.name();
    match why {
        Why::Cancelled => stands && !is_delivered,
        Why::Expired => stands && payment.intent_status == OPEN && payment.is_overdue(now),
    }
}

async fn write(
    service: &PaymentService,
    tx: &mut Tx,
    (order, payment): (&OrderRow, &PaymentRow),
    why: Why,
) -> Result<(), Fault> {
    let (now, platform) = (service.now(), &service.platform);
    if payment.state().is_open() {
        let step = Step {
            attempt_id: payment.attempt_id,
            from: payment.state(),
            to: why.attempt(),
            failure: payment.failure.as_deref(),
            sequence: None,
            now,
        };
        on!(tx, payments::move_attempt(&step))?;
    }
    on!(tx, payments::end_intent(payment.intent_id, why.intent(), now))?;
    on!(tx, orders::cancel(order.id, now))?;
    ledger::release_order(tx, platform, order.id).await?;
    note(tx, platform, order.id, why.event()).await?;
    refund::request_all(tx, platform, order.id, "cancelled").await?;
    statuses::store(tx, order.id).await?;
    let subject = order.id.to_string();
    let event = Event { topic: ORDER_CANCELLED, subject: &subject, payload: serde_json::Value::Null };
    Ok(emit(tx, platform, event).await?)
}
