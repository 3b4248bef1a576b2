//! Dispatching events and running jobs, without the waiting.
//!
//! Jobs are claimed, and what came of them is written down, many in one transaction: one by one, an order's jobs cost
//! more transactions than the order, and a busy shop falls behind.

use super::bus::Notice;
use super::row::{JobRow, NewJob, OutboxRow};
use super::worker::{Handler, JobError};
use crate::db::time::to_micros;
use crate::db::{Database, Tx};
use crate::on;
use crate::platform::Platform;
use futures::future::join_all;
use std::collections::BTreeMap;
use std::sync::Arc;
use time::OffsetDateTime;
use uuid::Uuid;

/// A claimed job belongs to its worker this long; after a crash another one takes it then.
const LEASE: time::Duration = time::Duration::minutes(2);
/// After this much of the lease a lane begins no other job: one that takes long still ends within it.
const BEGIN_WITHIN: time::Duration = time::Duration::minutes(1);
/// Tries before a job is given up: with the back-off below that is about a day.
const MAX_ATTEMPTS: i64 = 12;
/// The first wait after a failure; it doubles each time up to [`BACKOFF_MAX`].
const BACKOFF: time::Duration = time::Duration::seconds(5);
/// The longest wait between two tries.
const BACKOFF_MAX: time::Duration = time::Duration::hours(6);
/// Finished jobs and their events are kept this long.
const KEEP: time::Duration = time::Duration::days(30);
/// Events turned into jobs in one transaction.
pub(super) const EVENTS: usize = 100;
/// Jobs claimed in one transaction.
const JOBS: i64 = 32;

/// Dispatches and runs.
pub struct Runner {
    /// Where events and jobs are.
    pub database: Database,
    /// Clock and ids.
    pub platform: Platform,
    /// Every slice's handlers.
    pub handlers: Vec<Arc<dyn Handler>>,
}

/// What came of a claimed job. `None`: it was not begun.
type Ended = (JobRow, Option<Result<(), JobError>>);

impl Runner {
    /// Works until nothing is due. For tests and for commands that end.
    ///
    /// # Errors
    /// The database's error.
    pub async fn run_until_idle(&self) -> sqlx::Result<()> {
        while self.step(&|| false).await? {}
        Ok(())
    }

    /// Turns waiting events into jobs and runs due ones, beginning none once `stop` says so. Gives whether there was
    /// something to do.
    ///
    /// # Errors
    /// The database's error.
    pub async fn step(&self, stop: &(dyn Fn() -> bool + Sync)) -> sqlx::Result<bool> {
        let dispatched = self.dispatch_waiting().await?;
        let ran = self.run_waiting(stop).await?;
        Ok(dispatched > 0 || ran)
    }

    /// Turns waiting events into jobs, up to [`EVENTS`]. Gives how many there were.
    ///
    /// # Errors
    /// The database's error.
    pub async fn dispatch_waiting(&self) -> sqlx::Result<usize> {
        // A look by a reader first: an idle shop must not take the writer's place every few seconds.
        let mut conn = self.database.read_latest().await?;
        let events_wait = on!(conn, jobs::has_events())?;
        drop(conn);
        if events_wait { self.dispatch().await } else { Ok(0) }
    }

    /// Runs due jobs, beginning none once `stop` says so. Gives whether there were any.
    ///
    /// # Errors
    /// The database's error.
    pub async fn run_waiting(&self, stop: &(dyn Fn() -> bool + Sync)) -> sqlx::Result<bool> {
        let now = to_micros(self.platform.clock.now());
        let mut conn = self.database.read_latest().await?;
        let jobs_wait = on!(conn, jobs::has_due_jobs(now))?;
        drop(conn);
        Ok(jobs_wait && self.run_due(stop).await?)
    }

    async fn dispatch(&self) -> sqlx::Result<usize> {
        let now = self.platform.clock.now();
        let mut tx = self.database.write().await?;
        let events = on!(tx, dialect::waiting_events(i64::try_from(EVENTS).unwrap_or(i64::MAX)))?;
        let jobs: Vec<NewJob> = events.iter().flat_map(|event| self.jobs_of(event, now)).collect();
        let ids: Vec<Uuid> = events.iter().map(|event| event.id).collect();
        if !jobs.is_empty() {
            on!(tx, jobs::insert_jobs(&jobs, to_micros(now)))?;
        }
        if !ids.is_empty() {
            on!(tx, jobs::mark_dispatched(&ids, to_micros(now)))?;
        }
        tx.commit().await?;
        self.tell_of(&events);
        Ok(events.len())
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

    /// A job is due since its event, so that jobs are claimed in the order of the events.
    fn jobs_of(&self, event: &OutboxRow, now: OffsetDateTime) -> Vec<NewJob> {
        let wanted = self.handlers.iter().filter(|handler| handler.topics().contains(&event.topic.as_str()));
        wanted
            .map(|handler| NewJob {
                id: self.platform.entropy.uuid_v7(now),
                kind: handler.kind(),
                dedupe_key: format!("{}:{}", handler.kind(), event.id),
                payload: serde_json::json!({ "subject": event.subject }),
                run_at: event.created_at.min(to_micros(now)),
            })
            .collect()
    }

    async fn run_due(&self, stop: &(dyn Fn() -> bool + Sync)) -> sqlx::Result<bool> {
        let now = self.platform.clock.now();
        let mut tx = self.database.write().await?;
        let mut claimed = on!(tx, dialect::claim_jobs(JOBS, to_micros(now), to_micros(now + LEASE)))?;
        tx.commit().await?;
        if claimed.is_empty() {
            return Ok(false);
        }
        claimed.sort_by_key(|job| (job.run_at, job.id));
        let is_late = || stop() || self.platform.clock.now() >= now + BEGIN_WITHIN;
        let lanes = self.lanes(claimed).into_values().map(|jobs| self.run_lane(jobs, &is_late));
        let ended: Vec<Ended> = join_all(lanes).await.into_iter().flatten().collect();
        // A stop puts back what it was about to claim again; that is no progress.
        let has_run = ended.iter().any(|(_, result)| result.is_some());
        self.settle(&ended).await?;
        Ok(has_run)
    }

    fn lanes(&self, jobs: Vec<JobRow>) -> BTreeMap<&'static str, Vec<JobRow>> {
        let mut lanes: BTreeMap<&'static str, Vec<JobRow>> = BTreeMap::new();
        for job in jobs {
            let lane = self.handler_of(&job).map_or("", |handler| handler.lane());
            lanes.entry(lane).or_default().push(job);
        }
        lanes
    }

    async fn run_lane(&self, jobs: Vec<JobRow>, is_late: &(dyn Fn() -> bool + Sync)) -> Vec<Ended> {
        let mut ended = Vec::with_capacity(jobs.len());
        for row in jobs.chunk_by(|left, right| left.kind == right.kind) {
            let is_done = row.len() > 1 && !is_late() && self.handle_together(row).await;
            for job in row {
                let result = match is_done {
                    true => Some(Ok(())),
                    false if is_late() => None,
                    false => Some(self.handle(job).await),
                };
                ended.push((job.clone(), result));
            }
        }
        ended
    }

    fn handler_of(&self, job: &JobRow) -> Option<&Arc<dyn Handler>> {
        self.handlers.iter().find(|handler| handler.kind() == job.kind)
    }

    /// Does jobs of one kind at once. Gives `false` when each is to be tried alone.
    async fn handle_together(&self, jobs: &[JobRow]) -> bool {
        let Some(handler) = jobs.first().and_then(|job| self.handler_of(job)) else { return false };
        let subjects: Vec<&str> = jobs.iter().map(JobRow::subject).collect();
        match handler.run_together(&subjects).await {
            None => false,
            Some(Ok(())) => true,
            Some(Err(error)) => {
                tracing::warn!(kind = handler.kind(), count = jobs.len(), %error, "jobs failed together; each is tried alone");
                false
            }
        }
    }

    async fn handle(&self, job: &JobRow) -> Result<(), JobError> {
        let Some(handler) = self.handler_of(job) else {
            return Err(JobError::Later("no handler of this kind in this version".to_owned()));
        };
        handler.run(job.subject()).await
    }

    /// Writes down what came of the jobs, all in one transaction.
    async fn settle(&self, ended: &[Ended]) -> sqlx::Result<()> {
        let now = self.platform.clock.now();
        let (mut done, mut unbegun) = (Vec::new(), Vec::new());
        let mut tx = self.database.write().await?;
        for (job, result) in ended {
            match result {
                None => unbegun.push(job.id),
                Some(Ok(())) => done.push(job.id),
                Some(Err(error)) => fail(&mut tx, job, error, now).await?,
            }
        }
        if !done.is_empty() {
            on!(tx, jobs::finish_jobs(&done, to_micros(now)))?;
        }
        if !unbegun.is_empty() {
            on!(tx, jobs::put_back_jobs(&unbegun))?;
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

/// A failed job waits for its next try, or is given up.
async fn fail(tx: &mut Tx, job: &JobRow, error: &JobError, now: OffsetDateTime) -> sqlx::Result<()> {
    if matches!(error, JobError::Later(_)) && job.attempts < MAX_ATTEMPTS {
        tracing::warn!(kind = job.kind, attempts = job.attempts, %error, "a job failed; it will be tried again");
        return on!(tx, jobs::retry_job(job.id, &error.to_string(), to_micros(now + backoff(job.attempts))));
    }
    tracing::error!(kind = job.kind, attempts = job.attempts, %error, "a job was given up");
    on!(tx, jobs::bury_job(job.id, &error.to_string(), to_micros(now)))
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
