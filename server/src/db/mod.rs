//! The databases: pools, transactions and the macro that runs one repo function on either.
//!
//! Each `repo.rs` is compiled twice, as `db::sqlite::<slice>` and `db::postgres::<slice>`; [`on!`](crate::on) picks one.
//! Row structs live in each slice's `row.rs`, outside of the twice-compiled file.

pub mod backup;
mod checkpoint;
pub mod open;
pub mod postgres;
pub mod schema;
pub mod sqlite;
pub mod time;

pub use backup::restore;
pub use schema::SchemaState;

use crate::jobs::bus::{Bus, Notice};
use anyhow::Context as _;
use app::kernel::GuestToken;
use checkpoint::Checkpoints;
use sqlx::pool::PoolConnection;
use sqlx::{PgConnection, PgPool, Postgres, Sqlite, SqliteConnection, SqlitePool, Transaction};
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::Duration;

/// Longer than the longest pause (100 ms) between two looks of SQLite's busy handler.
const OTHERS_TURN: Duration = Duration::from_millis(120);

/// Runs a repo function on the database that a [`Conn`] or [`Tx`] belongs to:
/// `on!(tx, orders::find(id))`. Gives the function's `sqlx::Result`.
#[macro_export]
macro_rules! on {
    ($conn:expr, $module:ident :: $function:ident ( $($argument:expr),* $(,)? )) => {
        match $conn.handle() {
            $crate::db::Handle::Sqlite(conn) => $crate::db::sqlite::$module::$function(conn, $($argument),*).await,
            $crate::db::Handle::Postgres(conn) => $crate::db::postgres::$module::$function(conn, $($argument),*).await,
        }
    };
}

/// The shop's database. Cheap to clone.
#[derive(Clone)]
pub struct Database {
    pools: Arc<Pools>,
    bus: Bus,
}

enum Pools {
    Sqlite { write: SqlitePool, read: SqlitePool, checkpoints: Checkpoints },
    Postgres { write: PgPool, replicas: Vec<PgPool>, next: AtomicUsize },
}

/// How full a pool is; all replicas count as one.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct PoolFigures {
    /// `write` or `read`.
    pub name: &'static str,
    /// Open connections.
    pub size: u32,
    /// Those that nobody uses.
    pub idle: usize,
}

/// A connection of either kind, as repo functions take it.
pub enum Handle<'c> {
    /// SQLite.
    Sqlite(&'c mut SqliteConnection),
    /// PostgreSQL.
    Postgres(&'c mut PgConnection),
}

/// A connection for reading.
pub enum Conn {
    /// SQLite.
    Sqlite(PoolConnection<Sqlite>),
    /// PostgreSQL.
    Postgres(PoolConnection<Postgres>),
}

impl Conn {
    /// For [`on!`](crate::on).
    pub fn handle(&mut self) -> Handle<'_> {
        match self {
            Self::Sqlite(conn) => Handle::Sqlite(conn),
            Self::Postgres(conn) => Handle::Postgres(conn),
        }
    }
}

/// What [`on!`](crate::on) works on, for functions that are called with either.
pub trait Connected: Send {
    /// The connection itself.
    fn handle(&mut self) -> Handle<'_>;
}

impl Connected for Conn {
    fn handle(&mut self) -> Handle<'_> {
        Self::handle(self)
    }
}

impl Connected for Tx {
    fn handle(&mut self) -> Handle<'_> {
        Self::handle(self)
    }
}

enum TxKind {
    Sqlite(Transaction<'static, Sqlite>),
    Postgres(Transaction<'static, Postgres>),
}

/// A writing transaction. Dropping it undoes everything.
pub struct Tx {
    kind: TxKind,
    bus: Bus,
    notices: Vec<Notice>,
}

impl Tx {
    /// For [`on!`](crate::on).
    pub fn handle(&mut self) -> Handle<'_> {
        match &mut self.kind {
            TxKind::Sqlite(tx) => Handle::Sqlite(tx),
            TxKind::Postgres(tx) => Handle::Postgres(tx),
        }
    }

    /// Notes something to tell the bus once the transaction is committed.
    pub fn tell_after_commit(&mut self, notice: Notice) {
        self.notices.push(notice);
    }

    /// Makes it so, then tells the bus.
    ///
    /// # Errors
    /// The database's error; nothing has changed then.
    pub async fn commit(self) -> sqlx::Result<()> {
        match self.kind {
            TxKind::Sqlite(tx) => tx.commit().await?,
            TxKind::Postgres(tx) => tx.commit().await?,
        }
        for notice in self.notices {
            self.bus.publish_here(notice);
        }
        Ok(())
    }
}

impl Database {
    /// A transaction for writing. On SQLite it is the only writer from its first moment.
    ///
    /// # Errors
    /// When no connection can be had in time.
    pub async fn write(&self) -> sqlx::Result<Tx> {
        let kind = match &*self.pools {
            Pools::Sqlite { write, checkpoints, .. } => {
                let tx = write.begin_with("BEGIN IMMEDIATE").await?;
                checkpoints.note();
                TxKind::Sqlite(tx)
            }
            Pools::Postgres { write, .. } => TxKind::Postgres(write.begin().await?),
        };
        Ok(Tx { kind, bus: self.bus.clone(), notices: Vec::new() })
    }

    /// Between two transactions of a long piece of work: lets another process write that waits to. SQLite does not
    /// queue them: who waits looks again every now and then, at the latest after a tenth of a second.
    pub async fn let_others_write(&self) {
        if let Pools::Sqlite { .. } = &*self.pools {
            tokio::time::sleep(OTHERS_TURN).await;
        }
    }

    /// A connection for reading what may be a moment old (a replica, when there is one).
    ///
    /// # Errors
    /// When no connection can be had in time.
    pub async fn read(&self) -> sqlx::Result<Conn> {
        match &*self.pools {
            Pools::Sqlite { read, .. } => Ok(Conn::Sqlite(read.acquire().await?)),
            Pools::Postgres { write, replicas, next } => {
                let turn = next.fetch_add(1, Ordering::Relaxed).checked_rem(replicas.len()).unwrap_or(0);
                Ok(Conn::Postgres(replicas.get(turn).unwrap_or(write).acquire().await?))
            }
        }
    }

    /// A connection for reading what this guest may just have written: the primary, unless there is no guest.
    ///
    /// # Errors
    /// When no connection can be had in time.
    pub async fn read_fresh(&self, guest: Option<&GuestToken>) -> sqlx::Result<Conn> {
        match (&*self.pools, guest) {
            (Pools::Postgres { write, .. }, Some(_)) => Ok(Conn::Postgres(write.acquire().await?)),
            _ => self.read().await,
        }
    }

    /// Notices about committed events, from this process and, on PostgreSQL, from every node.
    #[must_use]
    pub const fn bus(&self) -> &Bus {
        &self.bus
    }

    /// The primary's pool, for `LISTEN`. `None` on SQLite.
    #[must_use]
    pub fn listen_pool(&self) -> Option<&PgPool> {
        match &*self.pools {
            Pools::Sqlite { .. } => None,
            Pools::Postgres { write, .. } => Some(write),
        }
    }

    /// Asks every pool a trivial question.
    ///
    /// # Errors
    /// When one does not answer.
    pub async fn ping(&self) -> anyhow::Result<()> {
        let mut conn = self.read_latest().await.context("the database does not answer")?;
        on!(conn, dialect::ping()).context("the database does not answer")
    }

    /// What the pools hold at this moment.
    #[must_use]
    pub fn pools(&self) -> Vec<PoolFigures> {
        let figures = |name, size: u32, idle: usize| PoolFigures { name, size, idle };
        match &*self.pools {
            Pools::Sqlite { write, read, .. } => vec![
                figures("write", write.size(), write.num_idle()),
                figures("read", read.size(), read.num_idle()),
            ],
            Pools::Postgres { write, replicas, .. } => {
                let (size, idle) = replicas
                    .iter()
                    .fold((0, 0), |(size, idle), pool| (size + pool.size(), idle + pool.num_idle()));
                vec![figures("write", write.size(), write.num_idle()), figures("read", size, idle)]
            }
        }
    }

    /// A connection for reading everything that is committed: the primary.
    ///
    /// # Errors
    /// When no connection can be had in time.
    pub async fn read_latest(&self) -> sqlx::Result<Conn> {
        match &*self.pools {
            Pools::Postgres { write, .. } => Ok(Conn::Postgres(write.acquire().await?)),
            Pools::Sqlite { .. } => self.read().await,
        }
    }

    /// Closes all connections, after the running statements.
    pub async fn close(&self) {
        match &*self.pools {
            Pools::Sqlite { write, read, checkpoints } => {
                checkpoints.end();
                read.close().await;
                write.close().await;
            }
            Pools::Postgres { write, replicas, .. } => {
                for replica in replicas {
                    replica.close().await;
                }
                write.close().await;
            }
        }
    }
}
