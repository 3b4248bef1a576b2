//! What happens after a transaction: events, jobs and notices.
//!
//! 1. A service writes an event to the [`outbox`] in the transaction that causes it.
//! 2. The [`worker`] turns each event into one job per handler that wants its topic.
//! 3. Jobs are claimed with a lease, many at a time, run in lanes, tried again with back-off, and end as `done` or
//!    `dead` (see `jishi check`).
//! 4. The [`bus`] tells this process (and, on PostgreSQL, every node) that something happened; it may lose
//!    a notice, so whoever listens also looks from time to time.
//!
//! Handlers must be idempotent: after a crash a job runs again.

pub mod bus;
pub mod edition;
pub mod outbox;
pub mod rounds;
pub mod row;
pub mod runner;
pub mod worker;

pub use worker::{Handler, JobError, Worker};
