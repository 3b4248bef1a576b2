//! `jishi collect`: the courier has brought the cash of an order.

use crate::db::time::to_micros;
use crate::db::{Database, Tx};
use crate::jobs::outbox::{Event, emit};
use crate::on;
use crate::orders::ORDER_PAID;
use crate::orders::row::OrderRow;
use crate::payments::row::{ChargeWrite, PaymentRow};
use crate::platform::Platform;
use anyhow::{Context as _, bail};
use app::i18n::fmt;
use app::kernel::{Currency, Locale, Money};
use app::orders::model::{OrderEventKind, OrderFacts};
use app::payments::model::PaymentState;
use uuid::Uuid;

/// Notes that the cash of an order was received. Saying it twice is refused, so nothing is counted twice.
///
/// # Errors
/// When there is no such order, or no cash of it is due.
pub async fn collect(database: &Database, platform: &Platform, order_number: &str) -> anyhow::Result<String> {
    let mut tx = database.write().await?;
    let order = on!(tx, orders::find_by_number(order_number))?
        .with_context(|| format!("there is no order {order_number}"))?;
    let payments = on!(tx, payments::list_by_order(order.id))?;
    let due = payments.iter().find(|payment| payment.status == PaymentState::Due.name());
    let Some(payment) = due else { bail!("no cash of order {order_number} is due") };
    if !charge(&mut tx, platform, &order, payment).await? {
        bail!("no cash of order {order_number} is due");
    }
    tx.commit().await?;
    let currency = Currency::from_code(&payment.currency).context("the payment's currency is not known")?;
    Ok(format!(
        "order {order_number}: {} received",
        fmt::money(Locale::En, Money::new(payment.amount_minor, currency))
    ))
}

/// Moves a payment to received, with its ledger entry, the order's sums, statuses, timeline and event.
/// Gives `false` when somebody else was first.
async fn charge(
    tx: &mut Tx,
    platform: &Platform,
    order: &OrderRow,
    payment: &PaymentRow,
) -> sqlx::Result<bool> {
    let at = platform.clock.now();
    let (now, id) = (to_micros(at), || platform.entropy.uuid_v7(at));
    if !on!(tx, payments::transition(payment.id, PaymentState::Due, PaymentState::Succeeded, now))? {
        return Ok(false);
    }
    let charge = ChargeWrite {
        id: id(),
        payment_id: payment.id,
        amount_minor: payment.amount_minor,
        cause: format!("collect:{}", payment.id),
        at: now,
    };
    on!(tx, payments::insert_charge(&charge))?;
    on!(tx, orders::add_charge(order.id, payment.amount_minor, now))?;
    store_statuses(tx, order.id).await?;
    on!(tx, orders::insert_event(id(), order.id, OrderEventKind::Paid.name(), now))?;
    emit(
        tx,
        platform,
        Event { topic: ORDER_PAID, subject: &order.id.to_string(), payload: serde_json::json!({}) },
    )
    .await?;
    Ok(true)
}

/// Derives an order's statuses from its facts and stores them.
async fn store_statuses(tx: &mut Tx, order_id: Uuid) -> sqlx::Result<()> {
    let facts = on!(tx, orders::facts(order_id))?;
    let statuses = OrderFacts {
        is_cancelled: facts.is_cancelled,
        total_minor: facts.total_minor,
        pending_minor: facts.pending_minor,
        charged_minor: facts.charged_minor,
        refunded_minor: facts.refunded_minor,
        ordered_units: facts.ordered_units,
        shipped_units: 0,
    }
    .derive();
    on!(tx, orders::update_statuses(order_id, statuses))
}
