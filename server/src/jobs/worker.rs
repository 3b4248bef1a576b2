//! The worker: turns events into jobs and runs them, one at a time, until it is told to stop.

use super::bus::Notice;
use super::row::{JobRow, NewJob, OutboxRow};
use crate::db::Database;
use crate::db::time::to_micros;
use crate::on;
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
/// A claimed job belongs to its worker this long; after a crash another one takes it then.
const LEASE: time::Duration = time::Duration::minutes(2);
/// Tries before a job is given up: with the back-off below that is about a day.
const MAX_ATTEMPTS: i64 = 12;
/// The first wait after a failure; it doubles each time up to [`BACKOFF_MAX`].
const BACKOFF: time::Duration = time::Duration::seconds(5);
/// The longest wait between two tries.
const BACKOFF_MAX: time::Duration = time::Duration::hours(6);
/// Finished jobs and their events are kept this long.
const KEEP: time::Duration = time::Duration::days(30);
/// How often finished jobs are removed.
const SWEEP_EVERY: time::Duration = time::Duration::hours(6);
/// Without a sign of life for this long the worker counts as dead.
const ALIVE: time::Duration = time::Duration::minutes(3);
/// Events turned into jobs in one transaction.
const BATCH: i64 = 100;

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
    pub fn start(
        database: Database,
        platform: Platform,
        base_url: &str,
        shutdown: watch::Receiver<bool>,
    ) -> Self {
        let handlers = crate::boot::services::handlers(&database, &platform, base_url);
        Self::start_with(database, platform, handlers, shutdown)
    }

    /// Starts the worker with the given handlers.
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
        match runner.step().await {
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

/// Dispatching and running, without the waiting.
pub struct Runner {
    /// Where events and jobs are.
    pub database: Database,
    /// Clock and ids.
    pub platform: Platform,
    /// Every slice's handlers.
    pub handlers: Vec<Arc<dyn Handler>>,
}

impl Runner {
    /// Works until nothing is due. For tests and for commands that end.
    ///
    /// # Errors
    /// The database's error.
    pub async fn run_until_idle(&self) -> sqlx::Result<()> {
        while self.step().await? {}
        Ok(())
    }

    /// Turns waiting events into jobs and runs one due job. Gives whether there was something to do.
    async fn step(&self) -> sqlx::Result<bool> {
        // A look by a reader first: an idle shop must not take the writer's place every few seconds.
        let now = to_micros(self.platform.clock.now());
        let mut conn = self.database.read_latest().await?;
        let has_work = on!(conn, jobs::has_work(now))?;
        drop(conn);
        if !has_work {
            return Ok(false);
        }
        let dispatched = self.dispatch().await?;
        let ran = self.run_one().await?;
        Ok(dispatched || ran)
    }

    async fn dispatch(&self) -> sqlx::Result<bool> {
        let now = self.platform.clock.now();
        let mut tx = self.database.write().await?;
        let events = on!(tx, dialect::waiting_events(BATCH))?;
        for event in &events {
            for job in self.jobs_of(event, now) {
                on!(tx, jobs::insert_job(&job, to_micros(now)))?;
            }
            on!(tx, jobs::mark_dispatched(event.id, to_micros(now)))?;
        }
        tx.commit().await?;
        self.tell_of(&events);
        Ok(!events.is_empty())
    }

    /// SQLite has no notices between processes: what a command beside this one has done is heard of here.
    fn tell_of(&self, events: &[OutboxRow]) {
        if self.database.listen_pool().is_some() {
            return;
        }
        for event in events {
            let notice = Notice { topic: event.topic.clone(), subject: event.subject.clone() };
            self.database.bus().publish_here(notice);
        }
    }

    fn jobs_of(&self, event: &OutboxRow, now: OffsetDateTime) -> Vec<NewJob> {
        let wanted = self.handlers.iter().filter(|handler| handler.topics().contains(&event.topic.as_str()));
        wanted
            .map(|handler| NewJob {
                id: self.platform.entropy.uuid_v7(now),
                kind: handler.kind(),
                dedupe_key: format!("{}:{}", handler.kind(), event.id),
                payload: serde_json::json!({ "subject": event.subject }),
                run_at: to_micros(now),
            })
            .collect()
    }

    async fn run_one(&self) -> sqlx::Result<bool> {
        let now = self.platform.clock.now();
        let mut tx = self.database.write().await?;
        let claimed = on!(tx, dialect::claim_job(to_micros(now), to_micros(now + LEASE)))?;
        tx.commit().await?;
        let Some(job) = claimed else { return Ok(false) };
        let result = self.handle(&job).await;
        self.settle(&job, result).await?;
        Ok(true)
    }

    async fn handle(&self, job: &JobRow) -> Result<(), JobError> {
        let Some(handler) = self.handlers.iter().find(|handler| handler.kind() == job.kind) else {
            return Err(JobError::Later("no handler of this kind in this version".to_owned()));
        };
        let subject = job.payload.get("subject").and_then(serde_json::Value::as_str).unwrap_or_default();
        handler.run(subject).await
    }

    async fn settle(&self, job: &JobRow, result: Result<(), JobError>) -> sqlx::Result<()> {
        let now = self.platform.clock.now();
        let mut tx = self.database.write().await?;
        match result {
            Ok(()) => on!(tx, jobs::finish_job(job.id, to_micros(now)))?,
            Err(JobError::Later(error)) if job.attempts < MAX_ATTEMPTS => {
                tracing::warn!(
                    kind = job.kind,
                    attempts = job.attempts,
                    error,
                    "a job failed; it will be tried again"
                );
                on!(tx, jobs::retry_job(job.id, &error, to_micros(now + backoff(job.attempts))))?;
            }
            Err(error) => {
                tracing::error!(kind = job.kind, attempts = job.attempts, %error, "a job was given up");
                on!(tx, jobs::bury_job(job.id, &error.to_string(), to_micros(now)))?;
            }
        }
        tx.commit().await
    }

    /// Removes what finished long ago.
    ///
    /// # Errors
    /// The database's error.
    pub async fn sweep(&self) -> sqlx::Result<u64> {
        let before = to_micros(self.platform.clock.now() - KEEP);
        let mut tx = self.database.write().await?;
        let removed = on!(tx, jobs::sweep(before))?;
        tx.commit().await?;
        Ok(removed)
    }
}

/// How long to wait after that many tries.
fn backoff(attempts: i64) -> time::Duration {
    let doublings = u32::try_from(attempts.saturating_sub(1)).unwrap_or(0).min(20);
    (BACKOFF * 2_i32.saturating_pow(doublings)).min(BACKOFF_MAX)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_wait_doubles_up_to_a_limit() {
        assert_eq!(backoff(1), time::Duration::seconds(5));
        assert_eq!(backoff(2), time::Duration::seconds(10));
        assert_eq!(backoff(100), BACKOFF_MAX);
    }
}
