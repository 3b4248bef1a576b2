//! What is done from time to time: asking providers that said nothing, ending orders whose time to pay is over,
//! forgetting old refusals. Every step is conditional, so several nodes may do it at once.

use super::call_off::{self, Why};
use super::row::PaymentRow;
use super::service::{Look, PaymentService};
use crate::db::time::to_micros;
use crate::fault::Fault;
use crate::jobs::rounds::Round;
use crate::on;
use app::{AppError, ErrorCode};
use async_trait::async_trait;
use std::time::Duration;

/// Seconds to wait before each question about a try that says nothing by itself.
const WAITS: [i64; 7] = [15, 60, 300, 900, 3600, 21_600, 86_400];
/// Tries and orders that one round takes care of.
const BATCH: i64 = 50;
/// Refused messages are kept this long.
const KEEP: time::Duration = time::Duration::days(30);
const MICROS: i64 = 1_000_000;

/// The wait before the first question, in microseconds.
pub(super) const fn first_wait() -> i64 {
    15 * MICROS
}

/// The round of payments.
pub struct PaymentRound(pub PaymentService);

#[async_trait]
impl Round for PaymentRound {
    fn name(&self) -> &'static str {
        "payments"
    }

    fn every(&self) -> Duration {
        Duration::from_secs(5)
    }

    async fn run(&self) -> Result<(), AppError> {
        self.expire().await?;
        self.ask().await?;
        Ok(self.forget().await?)
    }
}

impl PaymentRound {
    /// Ends orders whose time is over. A provider that cannot be reached keeps its orders for the next round.
    async fn expire(&self) -> Result<(), Fault> {
        let service = &self.0;
        let mut conn = service.database.read_latest().await?;
        let overdue = on!(conn, payments::list_overdue(service.now(), BATCH))?;
        drop(conn);
        for order_id in overdue {
            quiet(call_off::run(service, order_id, Why::Expired).await.map(drop))?;
        }
        Ok(())
    }

    /// Asks about tries that are due.
    async fn ask(&self) -> Result<(), Fault> {
        let service = &self.0;
        let mut conn = service.database.read_latest().await?;
        let due: Vec<PaymentRow> = on!(conn, payments::list_to_ask(service.now(), BATCH))?;
        drop(conn);
        for payment in due {
            if self.claim(&payment).await? {
                quiet(service.look(&payment).await.map(|look| note_gone(&payment, &look)))?;
            }
        }
        Ok(())
    }

    async fn claim(&self, payment: &PaymentRow) -> Result<bool, Fault> {
        let service = &self.0;
        let wait = usize::try_from(payment.syncs).ok().and_then(|syncs| WAITS.get(syncs + 1));
        let next = wait.map(|seconds| service.now() + seconds * MICROS);
        let mut tx = service.database.write().await?;
        let is_ours = on!(tx, payments::claim_to_ask(payment, next))?;
        tx.commit().await?;
        Ok(is_ours)
    }

    async fn forget(&self) -> Result<(), Fault> {
        let service = &self.0;
        let before = to_micros(service.platform.clock.now() - KEEP);
        let mut conn = service.database.read_latest().await?;
        let has_old = on!(conn, payments::has_old_refusals(before))?;
        drop(conn);
        if has_old {
            let mut tx = service.database.write().await?;
            on!(tx, payments::sweep_refusals(before))?;
            tx.commit().await?;
        }
        Ok(())
    }
}

fn note_gone(payment: &PaymentRow, look: &Look) {
    if matches!(look, Look::Gone) {
        tracing::warn!(attempt = %payment.attempt_id, "the provider does not know a payment of ours");
    }
}

/// A provider that cannot be reached is no fault of the round.
fn quiet(result: Result<(), Fault>) -> Result<(), Fault> {
    match result {
        Err(Fault::Told(AppError::Conflict(ErrorCode::PaymentUnavailable))) => Ok(()),
        other => other,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_first_wait_is_that_of_the_table() {
        assert_eq!(first_wait(), WAITS[0] * MICROS);
        assert!(WAITS.windows(2).all(|pair| pair[0] < pair[1]));
    }
}
