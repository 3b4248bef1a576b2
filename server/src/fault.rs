//! What goes wrong inside of a service, and how little of it the outside learns.

use app::{AppError, ErrorCode};

/// A service's error: something to tell the caller, or something of ours.
#[derive(Debug, thiserror::Error)]
pub enum Fault {
    /// The caller is told.
    #[error(transparent)]
    Told(#[from] AppError),
    /// The database failed.
    #[error(transparent)]
    Database(#[from] sqlx::Error),
    /// A stored value or a sum that cannot be.
    #[error("{0}")]
    Broken(&'static str),
    /// Something in the memory of this process is not there yet.
    #[error("{0:#}")]
    NotReady(anyhow::Error),
}

impl Fault {
    /// A conflict with a code.
    #[must_use]
    pub const fn conflict(code: ErrorCode) -> Self {
        Self::Told(AppError::Conflict(code))
    }
}

impl From<Fault> for AppError {
    /// Logs what the outside must not see. The request's id is in the log line's span and is shown to the caller.
    fn from(fault: Fault) -> Self {
        match fault {
            Fault::Told(error) => error,
            Fault::Database(error) if is_overload(&error) => {
                tracing::warn!(%error, "the database has no connection to spare");
                Self::Unavailable
            }
            Fault::Database(error) => {
                tracing::error!(%error, "the database failed");
                Self::Internal(String::new())
            }
            Fault::NotReady(error) => {
                tracing::error!(%error, "this node is not ready");
                Self::Unavailable
            }
            Fault::Broken(what) => {
                tracing::error!(what, "a stored value cannot be");
                Self::Internal(String::new())
            }
        }
    }
}

/// Errors that go away by themselves.
fn is_overload(error: &sqlx::Error) -> bool {
    matches!(error, sqlx::Error::PoolTimedOut | sqlx::Error::PoolClosed | sqlx::Error::Io(_))
}

/// Whether a transaction lost against another one and should be tried again:
/// PostgreSQL 40001 and 40P01, SQLite's BUSY.
#[must_use]
pub fn is_retryable(error: &sqlx::Error) -> bool {
    let sqlx::Error::Database(inner) = error else { return false };
    inner.code().is_some_and(|code| matches!(code.as_ref(), "40001" | "40P01" | "5" | "517"))
}
