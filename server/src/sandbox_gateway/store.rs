//! The sessions, in memory. Bounded: a full store forgets its oldest finished session first and refuses a new one
//! when none is finished. What has run out of time is expired before anybody sees it.

use super::event::{DeliveryRecord, Stamp};
use super::model::NewSession;
use super::session::Session;
use std::collections::{HashMap, VecDeque};
use std::sync::{Mutex, MutexGuard, PoisonError};
use time::OffsetDateTime;

/// Sessions that are kept.
pub const MAX_SESSIONS: usize = 10_000;

/// Why a session was not made.
#[derive(Debug, PartialEq, Eq)]
pub(super) enum CreateRefusal {
    /// The same key came with another body.
    KeyReused,
    /// Every kept session is still unfinished.
    Full,
}

/// All sessions of this process.
pub(super) struct Store {
    capacity: usize,
    inner: Mutex<Inner>,
}

#[derive(Default)]
struct Inner {
    sessions: HashMap<String, Session>,
    by_key: HashMap<String, String>,
    /// Ids, oldest first.
    order: VecDeque<String>,
}

/// The ids of a session that may come to be.
pub(super) struct NewIds {
    pub(super) session: String,
    pub(super) stamp: Stamp,
}

impl Store {
    pub(super) fn new(capacity: usize) -> Self {
        Self { capacity, inner: Mutex::default() }
    }

    /// Makes a session, or finds the one that the same key made before (then `false`). Answers its id.
    pub(super) fn create(
        &self,
        new: NewSession,
        key: &str,
        ids: NewIds,
    ) -> Result<(String, bool), CreateRefusal> {
        let mut inner = self.lock();
        if let Some(known) = inner.by_key.get(key).and_then(|id| inner.sessions.get(id)) {
            let same = known.order == new;
            return if same { Ok((known.id.clone(), false)) } else { Err(CreateRefusal::KeyReused) };
        }
        if inner.sessions.len() >= self.capacity && !inner.forget_oldest_finished(ids.stamp.now) {
            return Err(CreateRefusal::Full);
        }
        let session = Session::new(ids.session, key.to_owned(), new, ids.stamp);
        let id = session.id.clone();
        inner.by_key.insert(key.to_owned(), id.clone());
        inner.order.push_back(id.clone());
        inner.sessions.insert(id.clone(), session);
        Ok((id, true))
    }

    /// Looks at a session, or changes it, with nobody else in between. `None`: there is none with this id.
    /// The stamp is for its expiry, should that be due.
    pub(super) fn with<T>(&self, id: &str, expiry: Stamp, work: impl FnOnce(&mut Session) -> T) -> Option<T> {
        let mut inner = self.lock();
        let session = inner.sessions.get_mut(id)?;
        if session.is_overdue(expiry.now) {
            session.expire(expiry);
        }
        Some(work(session))
    }

    /// Remembers that a webhook was sent.
    pub(super) fn remember(&self, session: &str, event: &str, record: DeliveryRecord) {
        let mut inner = self.lock();
        let events = inner.sessions.get_mut(session).map(|session| &mut session.events);
        if let Some(event) = events.and_then(|events| events.iter_mut().find(|known| known.id == event)) {
            event.remember(record);
        }
    }

    fn lock(&self) -> MutexGuard<'_, Inner> {
        self.inner.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Inner {
    fn forget_oldest_finished(&mut self, now: OffsetDateTime) -> bool {
        let finished = |session: &Session| session.status.is_terminal() || session.is_overdue(now);
        let place = self.order.iter().position(|id| self.sessions.get(id).is_none_or(finished));
        let Some(id) = place.and_then(|place| self.order.remove(place)) else {
            return false;
        };
        if let Some(session) = self.sessions.remove(&id) {
            self.by_key.remove(&session.idempotency_key);
        }
        true
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::sandbox_gateway::model::Status;
    use app::kernel::{Currency, Locale, Money};
    use time::Duration;

    fn stamp(seconds: i64) -> Stamp {
        Stamp { now: OffsetDateTime::UNIX_EPOCH + Duration::seconds(seconds), event_id: "evt".into() }
    }

    fn create(store: &Store, key: &str, minor: i64, seconds: i64) -> Result<(String, bool), CreateRefusal> {
        let new = NewSession {
            reference: "J-1".into(),
            merchant_name: "Jishi".into(),
            amount: Money::new(minor, Currency::Cny),
            return_url: "http://127.0.0.1/back".parse().unwrap(),
            webhook_url: "http://127.0.0.1/hook".parse().unwrap(),
            locale: Locale::En,
            expires_in_seconds: 60,
        };
        store.create(new, key, NewIds { session: format!("ps_{key}"), stamp: stamp(seconds) })
    }

    #[test]
    fn one_key_makes_one_session() {
        let store = Store::new(5);
        assert_eq!(create(&store, "a", 1, 0), Ok(("ps_a".into(), true)));
        assert_eq!(create(&store, "a", 1, 9), Ok(("ps_a".into(), false)));
        assert_eq!(create(&store, "a", 2, 9), Err(CreateRefusal::KeyReused));
    }

    #[test]
    fn a_full_store_forgets_finished_sessions_only() {
        let store = Store::new(2);
        create(&store, "a", 1, 0).unwrap();
        create(&store, "b", 1, 30).unwrap();
        assert_eq!(create(&store, "c", 1, 59), Err(CreateRefusal::Full));
        assert_eq!(create(&store, "c", 1, 60), Ok(("ps_c".into(), true)), "the first is over by now");
        assert!(store.with("ps_a", stamp(60), |_| ()).is_none());
        assert!(store.with("ps_b", stamp(60), |_| ()).is_some());
        assert_eq!(create(&store, "a", 7, 61), Err(CreateRefusal::Full));
    }

    #[test]
    fn an_expiry_takes_effect_when_the_session_is_read() {
        let store = Store::new(1);
        create(&store, "a", 1, 0).unwrap();
        let status = |seconds| store.with("ps_a", stamp(seconds), |session| session.status);
        assert_eq!(status(59), Some(Status::Open));
        assert_eq!(status(60), Some(Status::Expired));
    }
}
