//! The worker: runs what is due until it is told to stop. How, is in [`super::runner`].

pub use super::runner::Runner;

use crate::db::Database;
use crate::db::time::to_micros;
use crate::platform::Platform;
use async_trait::async_trait;
use std::sync::Arc;
use std::sync::atomic::{AtomicI64, Ordering};
use std::time::Duration;
use time::OffsetDateTime;
use tokio::sync::watch;
use tokio::task::JoinHandle;

/// Without a notice the worker looks this often: a page shows within a second what another process has changed.
const IDLE: Duration = Duration::from_millis(600);
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
    /// Jobs of one lane run in the order of their events, whatever their kinds.
    fn lane(&self) -> &'static str {
        self.kind()
    }
    /// Does it. `subject` is the event's.
    async fn run(&self, subject: &str) -> Result<(), JobError>;
}

/// The running worker.
pub struct Worker {
    task: JoinHandle<()>,
    last_sign: Arc<AtomicI64>,
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
        let last_sign = Arc::new(AtomicI64::new(to_micros(platform.clock.now())));
        let runner = Runner { database, platform, handlers };
        let task = tokio::spawn(run(runner, last_sign.clone(), shutdown));
        Self { task, last_sign }
    }

    /// Whether the worker has shown a sign of life lately.
    #[must_use]
    pub fn is_alive(&self, now: OffsetDateTime) -> bool {
        let silence = to_micros(now).saturating_sub(self.last_sign.load(Ordering::Relaxed));
        !self.task.is_finished() && i128::from(silence) < ALIVE.whole_microseconds()
    }

    /// Waits for the end after `shutdown` was told.
    pub async fn join(self) {
        if self.task.await.is_err() {
            tracing::error!("the worker ended with a panic");
        }
    }
}

/// The loop: work while there is work, then wait for a notice or a while.
async fn run(runner: Runner, last_sign: Arc<AtomicI64>, mut shutdown: watch::Receiver<bool>) {
    let relay = start_relay(&runner.database);
    let mut notices = runner.database.bus().subscribe();
    let mut next_sweep = runner.platform.clock.now() + SWEEP_EVERY;
    while !*shutdown.borrow() {
        let now = runner.platform.clock.now();
        last_sign.store(to_micros(now), Ordering::Relaxed);
        if now >= next_sweep {
            next_sweep = now + SWEEP_EVERY;
            if let Err(error) = runner.sweep().await {
                tracing::warn!(%error, "finished jobs could not be removed");
            }
        }
        match runner.step(&|| *shutdown.borrow()).await {
            Ok(true) => continue,
            Ok(false) => {}
            Err(error) => tracing::warn!(%error, "the worker cannot reach the database; trying again"),
        }
        tokio::select! {
            _ = shutdown.changed() => {}
            _ = notices.recv() => {}
            () = tokio::time::sleep(IDLE) => {}
        }
    }
    if let Some(relay) = relay {
        relay.abort();
    }
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
