//! SQL of payments.

use super::{Connection, Db};
use crate::payments::row::{
    AttemptWrite, Balance, EntryWrite, InboxWrite, IntentWrite, PaymentRow, RefundRow, RefundWrite,
    RefusalWrite, SessionWrite, Step,
};
use sqlx::QueryBuilder;
use uuid::Uuid;

/// Writes what an order asks for.
pub async fn insert_intent(c: &mut Connection, row: &IntentWrite) -> sqlx::Result<()> {
    sqlx::query(
        "INSERT INTO payment_intent (id, order_id, status, amount_minor, currency, expires_at, created_at, updated_at) \
         VALUES ($1, $2, 'open', $3, $4, $5, $6, $6)",
    )
    .bind(row.id)
    .bind(row.order_id)
    .bind(row.amount_minor)
    .bind(row.currency)
    .bind(row.expires_at)
    .bind(row.now)
    .execute(c)
    .await
    .map(drop)
}

/// Writes a try to pay.
pub async fn insert_attempt(c: &mut Connection, row: &AttemptWrite) -> sqlx::Result<()> {
    sqlx::query(
        "INSERT INTO payment_attempt (id, intent_id, method, status, return_url, sequence, syncs, created_at, updated_at) \
         VALUES ($1, $2, $3, 'pending', $4, 0, 0, $5, $5)",
    )
    .bind(row.id)
    .bind(row.intent_id)
    .bind(row.method.name())
    .bind(&row.return_url)
    .bind(row.now)
    .execute(c)
    .await
    .map(drop)
}

const COLUMNS: &str = "SELECT i.id AS intent_id, i.order_id, i.status AS intent_status, i.amount_minor, i.currency, i.expires_at, \
    a.id AS attempt_id, a.method, a.status, a.session, a.pay_url, a.return_url, a.failure, a.sequence, a.sync_at, a.syncs, a.created_at \
    FROM payment_intent i JOIN payment_attempt a ON a.intent_id = i.id";

/// Tries to pay by a condition on `$1`. The condition is one of this file's constants.
fn some(condition: &'static str) -> QueryBuilder<Db> {
    let mut query = QueryBuilder::<Db>::new(COLUMNS);
    query.push(condition);
    query
}

/// The newest try to pay an order.
pub async fn find_current(c: &mut Connection, order_id: Uuid) -> sqlx::Result<Option<PaymentRow>> {
    some(" WHERE i.order_id = ")
        .push_bind(order_id)
        .push(" ORDER BY a.created_at DESC, a.id DESC LIMIT 1")
        .build_query_as()
        .fetch_optional(c)
        .await
}

/// A try to pay.
pub async fn find_attempt(c: &mut Connection, attempt_id: Uuid) -> sqlx::Result<Option<PaymentRow>> {
    some(" WHERE a.id = ").push_bind(attempt_id).build_query_as().fetch_optional(c).await
}

/// A try to pay, by the provider's name for it.
pub async fn find_by_session(
    c: &mut Connection,
    method: &str,
    session: &str,
) -> sqlx::Result<Option<PaymentRow>> {
    some(" WHERE a.session = ")
        .push_bind(session)
        .push(" AND a.method = ")
        .push_bind(method)
        .build_query_as()
        .fetch_optional(c)
        .await
}

/// Notes where a try can be paid; gives `false` when that was known already, or it is over.
pub async fn open_session(c: &mut Connection, row: &SessionWrite<'_>) -> sqlx::Result<bool> {
    let done = sqlx::query(
        "UPDATE payment_attempt SET session = $2, pay_url = $3, status = 'processing', sync_at = $4, updated_at = $5 \
         WHERE id = $1 AND status = 'pending' AND session IS NULL",
    )
    .bind(row.attempt_id)
    .bind(row.session)
    .bind(row.pay_url)
    .bind(row.sync_at)
    .bind(row.now)
    .execute(c)
    .await?;
    Ok(done.rows_affected() == 1)
}

/// Moves a try on; gives `false` when it was not where it should be. What is over is not asked for again.
pub async fn move_attempt(c: &mut Connection, step: &Step<'_>) -> sqlx::Result<bool> {
    let done = sqlx::query(
        "UPDATE payment_attempt SET status = $3, failure = $4, sequence = COALESCE($5, sequence), updated_at = $6, \
         sync_at = CASE WHEN $7 THEN sync_at ELSE NULL END WHERE id = $1 AND status = $2",
    )
    .bind(step.attempt_id)
    .bind(step.from.name())
    .bind(step.to.name())
    .bind(step.failure)
    .bind(step.sequence)
    .bind(step.now)
    .bind(step.to.is_open())
    .execute(c)
    .await?;
    Ok(done.rows_affected() == 1)
}

/// Gives up every other open try of an intent.
pub async fn cancel_others(
    c: &mut Connection,
    intent_id: Uuid,
    attempt_id: Uuid,
    now: i64,
) -> sqlx::Result<()> {
    sqlx::query(
        "UPDATE payment_attempt SET status = 'cancelled', sync_at = NULL, updated_at = $3 WHERE intent_id = $1 AND id <> $2 \
         AND status IN ('pending', 'processing', 'requires_action', 'failed')",
    )
    .bind(intent_id)
    .bind(attempt_id)
    .bind(now)
    .execute(c)
    .await
    .map(drop)
}

/// Ends an open intent; gives `false` when it has ended already.
pub async fn end_intent(c: &mut Connection, id: Uuid, status: &str, now: i64) -> sqlx::Result<bool> {
    let done = sqlx::query(
        "UPDATE payment_intent SET status = $2, updated_at = $3 WHERE id = $1 AND status = 'open'",
    )
    .bind(id)
    .bind(status)
    .bind(now)
    .execute(c)
    .await?;
    Ok(done.rows_affected() == 1)
}

/// Lets an intent wait as long as it takes: its goods are paid at the door.
pub async fn clear_deadline(c: &mut Connection, id: Uuid, now: i64) -> sqlx::Result<()> {
    sqlx::query("UPDATE payment_intent SET expires_at = NULL, updated_at = $2 WHERE id = $1")
        .bind(id)
        .bind(now)
        .execute(c)
        .await
        .map(drop)
}

/// Orders whose time to pay is over.
pub async fn list_overdue(c: &mut Connection, now: i64, limit: i64) -> sqlx::Result<Vec<Uuid>> {
    sqlx::query_scalar(
        "SELECT order_id FROM payment_intent WHERE status = 'open' AND expires_at <= $1 ORDER BY expires_at LIMIT $2",
    )
    .bind(now)
    .bind(limit)
    .fetch_all(c)
    .await
}

/// Tries whose provider should be asked.
pub async fn list_to_ask(c: &mut Connection, now: i64, limit: i64) -> sqlx::Result<Vec<PaymentRow>> {
    some(" WHERE a.sync_at <= ")
        .push_bind(now)
        .push(" ORDER BY a.sync_at LIMIT ")
        .push_bind(limit)
        .build_query_as()
        .fetch_all(c)
        .await
}

/// Takes a try in hand for asking, and says when to ask next; gives `false` when another node was first.
pub async fn claim_to_ask(c: &mut Connection, row: &PaymentRow, next: Option<i64>) -> sqlx::Result<bool> {
    let done = sqlx::query(
        "UPDATE payment_attempt SET sync_at = $3, syncs = syncs + 1 WHERE id = $1 AND syncs = $2 AND sync_at IS NOT NULL",
    )
    .bind(row.attempt_id)
    .bind(row.syncs)
    .bind(next)
    .execute(c)
    .await?;
    Ok(done.rows_affected() == 1)
}

/// Writes money that came or went.
pub async fn insert_entry(c: &mut Connection, row: &EntryWrite) -> sqlx::Result<()> {
    sqlx::query("INSERT INTO payment_entry (id, attempt_id, kind, amount_minor, cause, at) VALUES ($1, $2, $3, $4, $5, $6)")
        .bind(row.id)
        .bind(row.attempt_id)
        .bind(row.kind)
        .bind(row.amount_minor)
        .bind(&row.cause)
        .bind(row.at)
        .execute(c)
        .await
        .map(drop)
}

/// What each try of an order has brought and given back.
pub async fn list_balances(c: &mut Connection, order_id: Uuid) -> sqlx::Result<Vec<Balance>> {
    sqlx::query_as(
        "SELECT a.id AS attempt_id, \
         CAST(COALESCE((SELECT SUM(e.amount_minor) FROM payment_entry e WHERE e.attempt_id = a.id AND e.kind = 'charge'), 0) AS BIGINT) AS captured_minor, \
         CAST(COALESCE((SELECT SUM(r.amount_minor) FROM payment_refund r WHERE r.attempt_id = a.id), 0) AS BIGINT) AS refunds_minor \
         FROM payment_attempt a JOIN payment_intent i ON i.id = a.intent_id WHERE i.order_id = $1 ORDER BY a.created_at, a.id",
    )
    .bind(order_id)
    .fetch_all(c)
    .await
}

/// Writes a refund unless one with its cause exists; gives whether it is new.
pub async fn insert_refund(c: &mut Connection, row: &RefundWrite) -> sqlx::Result<bool> {
    let done = sqlx::query(
        "INSERT INTO payment_refund (id, order_id, attempt_id, amount_minor, status, reason, cause, created_at, updated_at) \
         VALUES ($1, $2, $3, $4, 'pending', $5, $6, $7, $7) ON CONFLICT (cause) DO NOTHING",
    )
    .bind(row.id)
    .bind(row.order_id)
    .bind(row.attempt_id)
    .bind(row.amount_minor)
    .bind(row.reason)
    .bind(&row.cause)
    .bind(row.now)
    .execute(c)
    .await?;
    Ok(done.rows_affected() == 1)
}

/// A refund with the try that brought the money.
pub async fn find_refund(c: &mut Connection, id: Uuid) -> sqlx::Result<Option<RefundRow>> {
    sqlx::query_as(
        "SELECT r.id, r.order_id, r.attempt_id, r.amount_minor, r.status, r.reason, i.currency, a.method, a.session \
         FROM payment_refund r JOIN payment_attempt a ON a.id = r.attempt_id JOIN payment_intent i ON i.id = a.intent_id WHERE r.id = $1",
    )
    .bind(id)
    .fetch_optional(c)
    .await
}

/// Whether a refund with this cause was decided on before.
pub async fn has_refund(c: &mut Connection, cause: &str) -> sqlx::Result<bool> {
    sqlx::query_scalar("SELECT EXISTS (SELECT 1 FROM payment_refund WHERE cause = $1)")
        .bind(cause)
        .fetch_one(c)
        .await
}

/// Notes that a refund was made; gives `false` when that is known already.
pub async fn finish_refund(c: &mut Connection, id: Uuid, provider_ref: &str, now: i64) -> sqlx::Result<bool> {
    let done = sqlx::query(
        "UPDATE payment_refund SET status = 'completed', provider_ref = $2, updated_at = $3 WHERE id = $1 AND status = 'pending'",
    )
    .bind(id)
    .bind(provider_ref)
    .bind(now)
    .execute(c)
    .await?;
    Ok(done.rows_affected() == 1)
}

/// Writes a message of a provider; gives `false` when its id came before.
pub async fn insert_message(c: &mut Connection, row: &InboxWrite<'_>) -> sqlx::Result<bool> {
    let done = sqlx::query(
        "INSERT INTO webhook_inbox (id, provider, event_id, kind, session, raw_body, result, received_at) \
         VALUES ($1, $2, $3, $4, $5, $6, 'nothing', $7) ON CONFLICT (provider, event_id) DO NOTHING",
    )
    .bind(row.id)
    .bind(row.provider)
    .bind(row.event_id)
    .bind(row.kind)
    .bind(row.session)
    .bind(row.raw_body)
    .bind(row.now)
    .execute(c)
    .await?;
    Ok(done.rows_affected() == 1)
}

/// Notes that a message has changed something.
pub async fn mark_message(c: &mut Connection, id: Uuid) -> sqlx::Result<()> {
    sqlx::query("UPDATE webhook_inbox SET result = 'applied' WHERE id = $1")
        .bind(id)
        .execute(c)
        .await
        .map(drop)
}

/// Writes a message that is not believed.
pub async fn insert_refusal(c: &mut Connection, row: &RefusalWrite<'_>) -> sqlx::Result<()> {
    sqlx::query(
        "INSERT INTO webhook_refusal (id, provider, reason, event_id, body_hash, raw_body, at) VALUES ($1, $2, $3, $4, $5, $6, $7)",
    )
    .bind(row.id)
    .bind(row.provider)
    .bind(row.reason)
    .bind(&row.event_id)
    .bind(&row.body_hash)
    .bind(row.raw_body)
    .bind(row.now)
    .execute(c)
    .await
    .map(drop)
}

/// Messages by what became of them: `(result or reason, how many)`.
pub async fn count_messages(c: &mut Connection) -> sqlx::Result<Vec<(String, i64)>> {
    sqlx::query_as(
        "SELECT result, COUNT(*) FROM webhook_inbox GROUP BY result UNION ALL \
         SELECT reason, COUNT(*) FROM webhook_refusal GROUP BY reason ORDER BY 1",
    )
    .fetch_all(c)
    .await
}

/// Removes refused messages from before `before`.
pub async fn sweep_refusals(c: &mut Connection, before: i64) -> sqlx::Result<u64> {
    let done = sqlx::query("DELETE FROM webhook_refusal WHERE at < $1").bind(before).execute(c).await?;
    Ok(done.rows_affected())
}

/// Orders whose payment does not agree with them, with what is wrong: `(number, what)`.
pub async fn list_discrepancies(c: &mut Connection) -> sqlx::Result<Vec<(String, String)>> {
    sqlx::query_as(
        "SELECT o.number, 'it has no payment' FROM orders o WHERE NOT EXISTS (SELECT 1 FROM payment_intent i WHERE i.order_id = o.id) \
         UNION ALL SELECT o.number, 'its payment is of another amount' FROM orders o JOIN payment_intent i ON i.order_id = o.id \
             WHERE i.amount_minor <> o.total_minor OR i.currency <> o.currency \
         UNION ALL SELECT o.number, 'it stands, but its payment was given up' FROM orders o JOIN payment_intent i ON i.order_id = o.id \
             WHERE o.status = 'placed' AND i.status IN ('cancelled', 'expired') \
         UNION ALL SELECT o.number, 'it was called off, but can still be paid' FROM orders o JOIN payment_intent i ON i.order_id = o.id \
             WHERE o.status = 'cancelled' AND i.status = 'open' \
         UNION ALL SELECT o.number, 'its payment is complete, but the money is missing' FROM orders o JOIN payment_intent i ON i.order_id = o.id \
             WHERE i.status = 'completed' AND o.charged_minor < o.total_minor \
         UNION ALL SELECT o.number, 'it was called off, and its money was neither sent back nor is about to be' FROM orders o \
             WHERE o.status = 'cancelled' AND o.charged_minor > COALESCE((SELECT SUM(r.amount_minor) FROM payment_refund r WHERE r.order_id = o.id), 0) \
         UNION ALL SELECT o.number, 'more was sent back than came in' FROM orders o WHERE o.refunded_minor > o.charged_minor \
         UNION ALL SELECT o.number, 'a try is complete without money in the ledger' FROM orders o JOIN payment_intent i ON i.order_id = o.id \
             JOIN payment_attempt a ON a.intent_id = i.id WHERE a.status = 'completed' \
             AND NOT EXISTS (SELECT 1 FROM payment_entry e WHERE e.attempt_id = a.id AND e.kind = 'charge') \
         ORDER BY 1, 2",
    )
    .fetch_all(c)
    .await
}

/// Whether refused messages from before `before` are there.
pub async fn has_old_refusals(c: &mut Connection, before: i64) -> sqlx::Result<bool> {
    sqlx::query_scalar("SELECT EXISTS (SELECT 1 FROM webhook_refusal WHERE at < $1)")
        .bind(before)
        .fetch_one(c)
        .await
}
