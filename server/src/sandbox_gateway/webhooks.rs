//! The queue of webhooks: what is due when, a few at a time, repeated with a back-off until the shop answers 2xx.

use super::event::{DeliveryRecord, Dispatch};
use super::magic::{COPIES, Delivery, LATE_UNITS, STALE_SECONDS};
use super::signing::SigningKey;
use super::store::Store;
use crate::platform::clock::Clock;
use axum::body::Body;
use axum::http::{Request, header::CONTENT_TYPE};
use hyper_util::client::legacy::{Client, connect::HttpConnector};
use hyper_util::rt::TokioExecutor;
use std::cmp::{Ordering, Reverse};
use std::collections::BinaryHeap;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::Duration;
use tokio::sync::{Notify, watch};
use tokio::task::JoinSet;
use tokio::time::Instant;

/// Delay units between one try and the next. After the last the webhook is given up; it can still be redelivered.
pub const BACK_OFF_UNITS: [u32; 6] = [5, 15, 60, 300, 900, 3600];
/// How long a shop may take to answer.
pub const ANSWER_TIMEOUT: Duration = Duration::from_secs(5);
/// Webhooks on their way at the same moment.
const MAX_IN_FLIGHT: usize = 32;
/// Webhooks that wait. More are dropped with a warning.
const MAX_WAITING: usize = 50_000;
/// The key of a forged webhook.
const FORGERS_KEY: &str = "not-the-key-of-this-sandbox";

/// One webhook to be sent at a certain time.
struct Job {
    due: Instant,
    /// Keeps the order of jobs that are due at the same moment.
    number: u64,
    dispatch: Dispatch,
    tries: usize,
    /// Repeated until the shop answers 2xx.
    repeats: bool,
}

impl Job {
    const fn rank(&self) -> (Instant, u64) {
        (self.due, self.number)
    }
}

impl PartialEq for Job {
    fn eq(&self, other: &Self) -> bool {
        self.rank() == other.rank()
    }
}
impl Eq for Job {}
impl PartialOrd for Job {
    fn partial_cmp(&self, other: &Self) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}
impl Ord for Job {
    fn cmp(&self, other: &Self) -> Ordering {
        self.rank().cmp(&other.rank())
    }
}

#[derive(Default)]
struct Waiting {
    jobs: BinaryHeap<Reverse<Job>>,
    numbered: u64,
}

/// The webhooks that wait to be sent.
pub(super) struct Queue {
    /// The delay unit.
    unit: Duration,
    waiting: Mutex<Waiting>,
    woken: Notify,
}

impl Queue {
    pub(super) fn new(unit: Duration) -> Self {
        Self { unit, waiting: Mutex::default(), woken: Notify::new() }
    }

    /// Queues a webhook in the way that its delivery says.
    pub(super) fn send(&self, dispatch: Dispatch) {
        let honest = dispatch.delivery.is_honest();
        match dispatch.delivery {
            Delivery::Lost => {}
            Delivery::Late => self.push(LATE_UNITS, dispatch, 0, honest),
            Delivery::Duplicate => {
                for copy in 0..COPIES {
                    self.push(0, dispatch.clone(), 0, copy == 0);
                }
            }
            Delivery::Prompt | Delivery::Reordered => self.push(0, dispatch, 0, honest),
            Delivery::WrongAmount | Delivery::WrongCurrency => self.push(0, dispatch, 0, honest),
            Delivery::Forged | Delivery::Stale => self.push(0, dispatch, 0, honest),
        }
    }

    fn push(&self, units: u32, dispatch: Dispatch, tries: usize, repeats: bool) {
        let due = Instant::now() + self.unit.saturating_mul(units);
        let mut waiting = self.lock();
        if waiting.jobs.len() >= MAX_WAITING {
            tracing::warn!(event = dispatch.event.id, "too many webhooks wait; this one is dropped");
            return;
        }
        waiting.numbered += 1;
        let number = waiting.numbered;
        waiting.jobs.push(Reverse(Job { due, number, dispatch, tries, repeats }));
        drop(waiting);
        self.woken.notify_one();
    }

    /// Takes the next job if it is due.
    fn take_due(&self) -> Option<Job> {
        let mut waiting = self.lock();
        waiting.jobs.peek().filter(|job| job.0.due <= Instant::now())?;
        waiting.jobs.pop().map(|job| job.0)
    }

    /// When the next job is due.
    fn next_due(&self) -> Option<Instant> {
        self.lock().jobs.peek().map(|job| job.0.due)
    }

    /// After a try: repeats it if need be, then lets those go that waited for it.
    fn settle(&self, mut job: Job, answered: bool) {
        let afterwards = std::mem::take(&mut job.dispatch.afterwards);
        if !answered && job.repeats {
            match BACK_OFF_UNITS.get(job.tries) {
                Some(units) => self.push(*units, job.dispatch, job.tries + 1, true),
                None => tracing::warn!(event = job.dispatch.event.id, "webhook given up"),
            }
        }
        for dispatch in afterwards {
            self.push(0, dispatch, 0, true);
        }
    }

    fn lock(&self) -> MutexGuard<'_, Waiting> {
        self.waiting.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// Signs webhooks and carries them to the shop.
pub(super) struct Courier {
    pub(super) queue: Arc<Queue>,
    pub(super) store: Arc<Store>,
    pub(super) key: SigningKey,
    pub(super) clock: Arc<dyn Clock>,
    pub(super) client: Client<HttpConnector, Body>,
}

impl Courier {
    /// A client that speaks plain HTTP/1.1 and follows no redirect.
    pub(super) fn client() -> Client<HttpConnector, Body> {
        Client::builder(TokioExecutor::new()).build_http()
    }

    /// Sends what is due until `stopped`, then lets those on their way arrive. What still waits is forgotten,
    /// as the sessions are.
    pub(super) async fn run(self: Arc<Self>, mut stopped: watch::Receiver<bool>) {
        let mut flying = JoinSet::new();
        while !*stopped.borrow() {
            while flying.len() < MAX_IN_FLIGHT
                && let Some(job) = self.queue.take_due()
            {
                flying.spawn(self.clone().carry(job));
            }
            let next = self.queue.next_due();
            let full = flying.len() >= MAX_IN_FLIGHT;
            tokio::select! {
                changed = stopped.changed() => if changed.is_err() { break },
                () = self.queue.woken.notified() => {}
                Some(_) = flying.join_next() => {}
                () = sleep_until(next), if !full => {}
            }
        }
        while flying.join_next().await.is_some() {}
    }

    async fn carry(self: Arc<Self>, job: Job) {
        let dispatch = &job.dispatch;
        let http_status = self.post(dispatch).await;
        tracing::info!(
            session = dispatch.session_id,
            event = dispatch.event.id,
            mode = ?dispatch.delivery,
            attempt = job.tries + 1,
            status = http_status,
            "webhook sent"
        );
        let record = DeliveryRecord { at: self.clock.now(), mode: dispatch.delivery, http_status };
        self.store.remember(&dispatch.session_id, &dispatch.event.id, record);
        let answered = http_status.is_some_and(|status| (200..300).contains(&status));
        self.queue.settle(job, answered);
    }

    /// Posts one webhook. `None`: no answer in time.
    async fn post(&self, dispatch: &Dispatch) -> Option<u16> {
        let request = self.signed(dispatch).ok()?;
        let answer = tokio::time::timeout(ANSWER_TIMEOUT, self.client.request(request)).await;
        answer.ok()?.ok().map(|response| response.status().as_u16())
    }

    fn signed(&self, dispatch: &Dispatch) -> axum::http::Result<Request<Body>> {
        let age = if dispatch.delivery == Delivery::Stale { STALE_SECONDS } else { 0 };
        let timestamp = (self.clock.now().unix_timestamp() - age).to_string();
        let body = dispatch.event.told(dispatch.delivery);
        let signature = match dispatch.delivery {
            Delivery::Forged => SigningKey::new(FORGERS_KEY).sign(&dispatch.event.id, &timestamp, &body),
            _ => self.key.sign(&dispatch.event.id, &timestamp, &body),
        };
        Request::post(dispatch.url.as_str())
            .header(CONTENT_TYPE, "application/json")
            .header("webhook-id", &dispatch.event.id)
            .header("webhook-timestamp", timestamp)
            .header("webhook-signature", signature)
            .body(Body::from(body))
    }
}

/// Sleeps until then, or for ever when nothing waits.
async fn sleep_until(due: Option<Instant>) {
    match due {
        Some(due) => tokio::time::sleep_until(due).await,
        None => std::future::pending().await,
    }
}
