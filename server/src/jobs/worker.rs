//! The worker: runs what is due until it is told to stop. How, is in [`super::runner`].

pub use super::runner::Runner;

use super::runner::EVENTS;
use crate::db::Database;
use crate::db::time::to_micros;
use crate::platform::Platform;
use async_trait::async_trait;
use std::sync::Arc;
use std::sync::atomic::{AtomicI64, Ordering};
use std::time::Duration;
use time::OffsetDateTime;
use tokio::join;
use tokio::sync::{Notify, watch};
use tokio::task::JoinHandle;

/// Without a notice the worker looks this often: a page shows within a second what another process has changed.
const IDLE: Duration = Duration::from_millis(600);
/// Between two rounds of dispatching: what comes meanwhile goes in one transaction.
const GATHER: Duration = Duration::from_millis(250);
/// How often finished jobs are removed.
const SWEEP_EVERY: time::Duration = time::Duration::hours(6);
/// Without a sign of life for this long the worker counts as dead.
const ALIVE: time::Duration = time::Duration::minutes(3);

/// Why a job failed. The text is kept with the job, so it must not hold personal data.
#[derive(Debug, thiserror::Error)]
pub enum JobError {
    /// Try again later.
    #[error("{0}")]
    Later(String),
    /// No try will help.
    #[error("{0}")]
    Never(String),
}

impl From<sqlx::Error> for JobError {
    fn from(error: sqlx::Error) -> Self {
        Self::Later(error.to_string())
    }
}

/// Work that follows events of one or more topics. Must be idempotent.
#[async_trait]
pub trait Handler: Send + Sync {
    /// The name in the jobs table; never change it.
    fn kind(&self) -> &'static str;
    /// Topics whose events make a job.
    fn topics(&self) -> &'static [&'static str];
    /// Jobs of one lane run one after the other, in the order of their events; lanes run beside each other.
    fn lane(&self) -> &'static str {
        self.kind()
    }
    /// Does it. `subject` is the event's.
    async fn run(&self, subject: &str) -> Result<(), JobError>;
    /// Does many at once, all or none, in their order; `None` when it can only do one by one. After an error each is
    /// tried alone, so that one that cannot be done does not hold up the others.
    async fn run_together(&self, _subjects: &[&str]) -> Option<Result<(), JobError>> {
        None
    }
}

/// When each part of the worker was seen alive last, in microseconds since 1970.
#[derive(Debug)]
struct Signs {
    dispatching: AtomicI64,
    running: AtomicI64,
}

impl Signs {
    fn oldest(&self) -> i64 {
        self.dispatching.load(Ordering::Relaxed).min(self.running.load(Ordering::Relaxed))
    }
}

/// The running worker.
pub struct Worker {
    task: JoinHandle<()>,
    signs: Arc<Signs>,
}

impl Worker {
    /// Starts the worker with every slice's handlers; it stops between two jobs once `shutdown` is true.
    #[must_use]
    pub fn start_with(
        database: Database,
        platform: Platform,
        handlers: Vec<Arc<dyn Handler>>,
        shutdown: watch::Receiver<bool>,
    ) -> Self {
        let now = || AtomicI64::new(to_micros(platform.clock.now()));
        let signs = Arc::new(Signs { dispatching: now(), running: now() });
        let runner = Runner { database, platform, handlers };
        let task = tokio::spawn(run(runner, signs.clone(), shutdown));
        Self { task, signs }
    }

    /// Whether the worker has shown a sign of life lately.
    #[must_use]
    pub fn is_alive(&self, now: OffsetDateTime) -> bool {
        let silence = to_micros(now).saturating_sub(self.signs.oldest());
        !self.task.is_finished() && i128::from(silence) < ALIVE.whole_microseconds()
    }

    /// Waits for the end after `shutdown` was told.
    pub async fn join(self) {
        if self.task.await.is_err() {
            tracing::error!("the worker ended with a panic");
        }
    }
}

/// Dispatches beside running: a slow mail server must not keep this process from hearing what another one has changed.
async fn run(runner: Runner, signs: Arc<Signs>, shutdown: watch::Receiver<bool>) {
    let relay = start_relay(&runner.database);
    let dispatched = Notify::new();
    let dispatching = keep_dispatching(&runner, &signs.dispatching, &dispatched, shutdown.clone());
    let running = keep_running(&runner, &signs.running, &dispatched, shutdown);
    join!(dispatching, running);
    if let Some(relay) = relay {
        relay.abort();
    }
}

/// Turns events into jobs while there are any, then waits for a notice or a while.
async fn keep_dispatching(
    runner: &Runner,
    sign: &AtomicI64,
    dispatched: &Notify,
    mut shutdown: watch::Receiver<bool>,
) {
    let mut notices = runner.database.bus().subscribe();
    while !*shutdown.borrow() {
        sign.store(to_micros(runner.platform.clock.now()), Ordering::Relaxed);
        let count = told(runner.dispatch_waiting().await);
        if count > 0 {
            dispatched.notify_one();
            if count < EVENTS {
                tokio::time::sleep(GATHER).await;
            }
            continue;
        }
        tokio::select! {
            _ = shutdown.changed() => {}
            _ = notices.recv() => {}
            () = tokio::time::sleep(IDLE) => {}
        }
    }
}

/// Runs jobs while any are due, then waits for new ones or a while.
async fn keep_running(
    runner: &Runner,
    sign: &AtomicI64,
    dispatched: &Notify,
    mut shutdown: watch::Receiver<bool>,
) {
    let mut next_sweep = runner.platform.clock.now() + SWEEP_EVERY;
    let stop = shutdown.clone();
    while !*shutdown.borrow() {
        let now = runner.platform.clock.now();
        sign.store(to_micros(now), Ordering::Relaxed);
        if now >= next_sweep {
            next_sweep = now + SWEEP_EVERY;
            if let Err(error) = runner.sweep().await {
                tracing::warn!(%error, "finished jobs could not be removed");
            }
        }
        if told(runner.run_waiting(&|| *stop.borrow()).await) {
            continue;
        }
        tokio::select! {
            _ = shutdown.changed() => {}
            () = dispatched.notified() => {}
            () = tokio::time::sleep(IDLE) => {}
        }
    }
}

/// What a round has done; nothing when the database cannot be reached.
fn told<T: Default>(round: sqlx::Result<T>) -> T {
    round.unwrap_or_else(|error| {
        tracing::warn!(%error, "the worker cannot reach the database; trying again");
        T::default()
    })
}

/// On PostgreSQL: passes on what other nodes commit, for ever.
fn start_relay(database: &Database) -> Option<JoinHandle<()>> {
    let pool = database.listen_pool()?.clone();
    let bus = database.bus().clone();
    Some(tokio::spawn(async move {
        loop {
            if let Err(error) = bus.relay(&pool).await {
                tracing::warn!(%error, "the listener for other nodes was lost; trying again");
            }
            tokio::time::sleep(IDLE).await;
        }
    }))
}
