//! Writing events in the transaction that causes them.

use super::bus::Notice;
use super::row::NewEvent;
use crate::db::Tx;
use crate::db::time::to_micros;
use crate::on;
use crate::platform::Platform;

/// An event: what happened to what.
#[derive(Debug, Clone)]
pub struct Event<'a> {
    /// What kind of thing, for example `order.placed`.
    pub topic: &'static str,
    /// To what: an internal id.
    pub subject: &'a str,
    /// More about it. No personal data: handlers read that from the database.
    pub payload: serde_json::Value,
}

/// Writes an event; its jobs run after the commit.
///
/// # Errors
/// The database's error.
pub async fn emit(tx: &mut Tx, platform: &Platform, event: Event<'_>) -> sqlx::Result<()> {
    let now = platform.clock.now();
    let row = NewEvent {
        id: platform.entropy.uuid_v7(now),
        topic: event.topic,
        subject: event.subject,
        payload: &event.payload,
        created_at: to_micros(now),
    };
    let notice = Notice { topic: event.topic.to_owned(), subject: event.subject.to_owned() };
    on!(tx, dialect::insert_event(&row, &notice.encode()))?;
    tx.tell_after_commit(notice);
    Ok(())
}
