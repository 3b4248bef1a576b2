//! The one way in which money goes back: decided on in a transaction, made by a job, booked when the provider agrees.
//! All refunds of a try together never exceed what it brought.

use super::provider::{ProviderError, Providers};
use super::row::{EntryWrite, RefundRow, RefundWrite};
use super::transition::{add_task, note};
use super::{REFUND_REQUESTED, REFUNDED};
use crate::db::time::to_micros;
use crate::db::{Database, Tx};
use crate::jobs::outbox::{Event, emit};
use crate::jobs::{Handler, JobError};
use crate::on;
use crate::orders::statuses;
use crate::platform::Platform;
use app::orders::model::OrderEventKind;
use async_trait::async_trait;
use uuid::Uuid;

/// Money that is to go back.
#[derive(Debug, Clone)]
pub struct RefundWish {
    /// Of which order.
    pub order_id: Uuid,
    /// Which try brought it.
    pub attempt_id: Uuid,
    /// Minor units, more than none.
    pub amount_minor: i64,
    /// Why, in a word.
    pub reason: &'static str,
    /// What makes it; two refunds with one cause are one.
    pub cause: String,
}

/// Decides on a refund; the job follows. Gives whether it is new: one with its cause came before, or it would be
/// more than the try brought. The caller holds the order's lock.
///
/// # Errors
/// The database's error.
pub async fn request(tx: &mut Tx, platform: &Platform, wish: RefundWish) -> sqlx::Result<bool> {
    if on!(tx, payments::has_refund(&wish.cause))? {
        return Ok(false);
    }
    let balances = on!(tx, payments::list_balances(wish.order_id))?;
    let left = balances.iter().find(|balance| balance.attempt_id == wish.attempt_id);
    let left = left.map_or(0, |balance| balance.captured_minor - balance.refunds_minor);
    if wish.amount_minor <= 0 || wish.amount_minor > left {
        tracing::warn!(order = %wish.order_id, "a refund of more than there is was refused");
        return Ok(false);
    }
    let at = platform.clock.now();
    let row = RefundWrite {
        id: platform.entropy.uuid_v7(at),
        order_id: wish.order_id,
        attempt_id: wish.attempt_id,
        amount_minor: wish.amount_minor,
        reason: wish.reason,
        cause: wish.cause,
        now: to_micros(at),
    };
    if !on!(tx, payments::insert_refund(&row))? {
        return Ok(false);
    }
    note(tx, platform, wish.order_id, OrderEventKind::RefundStarted).await?;
    let subject = row.id.to_string();
    let event = Event { topic: REFUND_REQUESTED, subject: &subject, payload: serde_json::Value::Null };
    emit(tx, platform, event).await?;
    Ok(true)
}

/// Sends back everything that an order's tries have brought and that is not on its way back already.
///
/// # Errors
/// The database's error.
pub async fn request_all(
    tx: &mut Tx,
    platform: &Platform,
    order_id: Uuid,
    reason: &'static str,
) -> sqlx::Result<()> {
    for balance in on!(tx, payments::list_balances(order_id))? {
        let amount_minor = balance.captured_minor - balance.refunds_minor;
        if amount_minor > 0 {
            let cause = format!("{reason}:{}", balance.attempt_id);
            let attempt_id = balance.attempt_id;
            request(tx, platform, RefundWish { order_id, attempt_id, amount_minor, reason, cause }).await?;
        }
    }
    Ok(())
}

/// Makes the refunds that were decided on.
pub struct RefundJob {
    /// Where they are.
    pub database: Database,
    /// Clock and ids.
    pub platform: Platform,
    /// Who makes them.
    pub providers: Providers,
}

impl RefundJob {
    /// Notes that the money went back; once, whoever says it.
    async fn finish(&self, refund: &RefundRow, provider_ref: &str) -> sqlx::Result<()> {
        let at = self.platform.clock.now();
        let now = to_micros(at);
        let mut tx = self.database.write().await?;
        on!(tx, dialect::lock_order(refund.order_id))?;
        if !on!(tx, payments::finish_refund(refund.id, provider_ref, now))? {
            return Ok(());
        }
        let entry = EntryWrite {
            id: self.platform.entropy.uuid_v7(at),
            attempt_id: refund.attempt_id,
            kind: "refund",
            amount_minor: refund.amount_minor,
            cause: format!("refund:{}", refund.id),
            at: now,
        };
        on!(tx, payments::insert_entry(&entry))?;
        on!(tx, orders::add_refund(refund.order_id, refund.amount_minor, now))?;
        statuses::store(&mut tx, refund.order_id).await?;
        note(&mut tx, &self.platform, refund.order_id, OrderEventKind::Refunded).await?;
        let subject = refund.id.to_string();
        let event = Event { topic: REFUNDED, subject: &subject, payload: serde_json::Value::Null };
        emit(&mut tx, &self.platform, event).await?;
        tx.commit().await
    }

    async fn ask_a_person(&self, refund: &RefundRow, error: ProviderError) -> sqlx::Result<()> {
        let mut tx = self.database.write().await?;
        let detail = format!("refund {} of {} minor units: {error}", refund.id, refund.amount_minor);
        let cause = format!("refund:{}", refund.id);
        add_task(&mut tx, &self.platform, ("refund_by_hand", Some(refund.order_id)), detail, cause).await?;
        tx.commit().await
    }
}

#[async_trait]
impl Handler for RefundJob {
    fn kind(&self) -> &'static str {
        "payments.refund"
    }

    fn topics(&self) -> &'static [&'static str] {
        &[REFUND_REQUESTED]
    }

    async fn run(&self, subject: &str) -> Result<(), JobError> {
        let id =
            Uuid::parse_str(subject).map_err(|_| JobError::Never("the event names no refund".to_owned()))?;
        let mut conn = self.database.read_latest().await?;
        let refund: Option<RefundRow> = on!(conn, payments::find_refund(id))?;
        drop(conn);
        let refund = refund.ok_or_else(|| JobError::Never("the refund does not exist".to_owned()))?;
        if refund.status == super::COMPLETED {
            return Ok(());
        }
        let provider = self.providers.find(&refund.method);
        let session = refund.session.as_deref().unwrap_or_default();
        let made = match provider {
            Some(provider) => provider.refund(session, refund.amount_minor, refund.id).await,
            None => Err(ProviderError::ByHand),
        };
        match made {
            Ok(provider_ref) => Ok(self.finish(&refund, &provider_ref).await?),
            Err(error @ ProviderError::Unavailable) => Err(JobError::Later(error.to_string())),
            Err(error) => Ok(self.ask_a_person(&refund, error).await?),
        }
    }
}
