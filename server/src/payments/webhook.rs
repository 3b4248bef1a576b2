//! The inbox: a message is verified against its raw body, kept under the provider's id for it, and acted on, all in
//! one transaction. A copy finds its id taken. What is refused leaves the id free, so that a true copy still counts.

use super::provider::Message;
use super::row::{InboxWrite, RefusalWrite};
use super::service::PaymentService;
use super::transition::apply;
use crate::db::time::to_micros;
use crate::fault::{Fault, is_retryable};
use crate::on;
use app::payments::model::{Notice, PaymentMethod, Refusal};
use sha2::{Digest as _, Sha256};

/// The longest id of a message that is kept with a refusal.
const MAX_ID: usize = 128;
/// Tries when transactions collide.
const TRIES: u32 = 5;

/// Takes a message.
///
/// # Errors
/// Ours; the provider sends the message again then.
pub async fn receive(
    service: &PaymentService,
    provider: &str,
    notice: &Notice,
) -> Result<Result<(), Refusal>, Fault> {
    let Some(provider) = service.providers.find(provider) else {
        return Ok(Err(Refusal::UnknownProvider));
    };
    let taken = match provider.read(notice, service.platform.clock.now()) {
        Ok(message) => take_with_retries(service, provider.method(), &message, notice).await?,
        Err(refusal) => Err(refusal),
    };
    if let Err(refusal) = taken
        && refusal != Refusal::UnknownProvider
    {
        tracing::warn!(provider = provider.method().name(), reason = refusal.name(), "a webhook was refused");
        record(service, provider.method(), refusal, notice).await?;
    }
    Ok(taken)
}

async fn take_with_retries(
    service: &PaymentService,
    method: PaymentMethod,
    message: &Message,
    notice: &Notice,
) -> Result<Result<(), Refusal>, Fault> {
    let mut tries = 0;
    loop {
        tries += 1;
        match take(service, method, message, notice).await {
            Err(Fault::Database(error)) if is_retryable(&error) && tries < TRIES => {}
            other => return other,
        }
    }
}

async fn take(
    service: &PaymentService,
    method: PaymentMethod,
    message: &Message,
    notice: &Notice,
) -> Result<Result<(), Refusal>, Fault> {
    let at = service.platform.clock.now();
    let row = InboxWrite {
        id: service.platform.entropy.uuid_v7(at),
        provider: method.name(),
        event_id: &message.event_id,
        kind: &message.kind,
        session: &message.seen.session,
        raw_body: &notice.body,
        now: to_micros(at),
    };
    let mut tx = service.database.write().await?;
    if !on!(tx, payments::insert_message(&row))? {
        return Ok(Ok(()));
    }
    match apply(&mut tx, &service.platform, method, &message.seen).await? {
        Err(refusal) => return Ok(Err(refusal)),
        Ok(true) => on!(tx, payments::mark_message(row.id))?,
        Ok(false) => {}
    }
    tx.commit().await?;
    Ok(Ok(()))
}

/// Keeps a refused message for whoever looks into it: whole when the provider had signed it, else its hash.
async fn record(
    service: &PaymentService,
    method: PaymentMethod,
    refusal: Refusal,
    notice: &Notice,
) -> sqlx::Result<()> {
    let at = service.platform.clock.now();
    let row = RefusalWrite {
        id: service.platform.entropy.uuid_v7(at),
        provider: method.name(),
        reason: refusal.name(),
        event_id: notice.header("webhook-id").chars().take(MAX_ID).collect(),
        body_hash: Sha256::digest(&notice.body).to_vec(),
        raw_body: refusal.was_signed().then_some(notice.body.as_slice()),
        now: to_micros(at),
    };
    let mut tx = service.database.write().await?;
    on!(tx, payments::insert_refusal(&row))?;
    tx.commit().await
}
