//! `jishi collect`: the courier has brought the cash of an order.

use super::row::{PaymentRow, Step};
use super::transition::take_money;
use crate::db::Database;
use crate::db::time::to_micros;
use crate::on;
use crate::platform::Platform;
use anyhow::{Context as _, bail};
use app::i18n::fmt;
use app::kernel::{Currency, Locale, Money};
use app::payments::model::{AttemptState, PaymentMethod};

/// Notes that the cash of an order was received. Saying it twice is refused, so nothing is counted twice.
///
/// # Errors
/// When there is no such order, or no cash of it is due.
pub async fn collect(database: &Database, platform: &Platform, order_number: &str) -> anyhow::Result<String> {
    let mut tx = database.write().await?;
    let order = on!(tx, orders::find_by_number(order_number))?
        .with_context(|| format!("there is no order {order_number}"))?;
    on!(tx, dialect::lock_order(order.id))?;
    let payment = on!(tx, payments::find_current(order.id))?.filter(is_due);
    let Some(payment) = payment else { bail!("no cash of order {order_number} is due") };
    let step = Step {
        attempt_id: payment.attempt_id,
        from: AttemptState::Pending,
        to: AttemptState::Completed,
        failure: None,
        sequence: None,
        now: to_micros(platform.clock.now()),
    };
    if !on!(tx, payments::move_attempt(&step))? {
        bail!("no cash of order {order_number} is due");
    }
    take_money(&mut tx, platform, &payment, &order).await?;
    tx.commit().await?;
    let currency = Currency::from_code(&payment.currency).context("the payment's currency is not known")?;
    Ok(format!(
        "order {order_number}: {} received",
        fmt::money(Locale::En, Money::new(payment.amount_minor, currency))
    ))
}

fn is_due(payment: &PaymentRow) -> bool {
    payment.method == PaymentMethod::CashOnDelivery.name() && payment.state() == AttemptState::Pending
}
