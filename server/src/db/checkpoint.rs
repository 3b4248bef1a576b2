//! Checkpoints of SQLite's write-ahead log, beside the writers.
//!
//! SQLite itself copies the log into the file in the middle of some commit, and everybody who waits for the writer
//! waits for the disk then: that is the slowest hundredth of a busy shop. Here most of it is copied by a connection of
//! its own while others go on writing. Only what was written meanwhile has to be copied with the writer held, when the
//! log is to begin from its start again.

use sqlx::SqlitePool;
use sqlx::sqlite::{SqliteConnectOptions, SqlitePoolOptions};
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};
use std::time::Duration;
use tokio::task::AbortHandle;

/// How often is looked whether there was much to write.
const LOOK: Duration = Duration::from_millis(200);
/// Transactions between two checkpoints; fewer are left to SQLite.
const MANY: u64 = 50;
/// How long writers are held for readers of the old log; then it is tried again at the next look.
const PATIENCE: Duration = Duration::from_millis(20);
/// Pages in the log from which on it begins from its start again (16 MB).
const LONG: i64 = 4_000;
/// Pages from which on SQLite helps itself, in the middle of a commit (64 MB).
pub(super) const LONGEST: &str = "16000";

/// Copies the log while the database is open.
#[derive(Debug)]
pub(super) struct Checkpoints {
    written: Arc<AtomicU64>,
    task: AbortHandle,
}

impl Checkpoints {
    /// Begins to look after a database, all of whose writers wait for the one connection of `writer`.
    pub(super) fn begin(options: SqliteConnectOptions, writer: SqlitePool) -> Self {
        let options = options.busy_timeout(PATIENCE);
        let copier = SqlitePoolOptions::new().max_connections(1).connect_lazy_with(options);
        let written = Arc::new(AtomicU64::new(0));
        let task = tokio::spawn(keep(copier, writer, written.clone())).abort_handle();
        Self { written, task }
    }

    /// Notes that something is about to be written.
    pub(super) fn note(&self) {
        self.written.fetch_add(1, Ordering::Relaxed);
    }

    /// Stops looking after it.
    pub(super) fn end(&self) {
        self.task.abort();
    }
}

impl Drop for Checkpoints {
    fn drop(&mut self) {
        self.end();
    }
}

async fn keep(copier: SqlitePool, writer: SqlitePool, written: Arc<AtomicU64>) {
    let mut copied = 0;
    loop {
        tokio::time::sleep(LOOK).await;
        let now = written.load(Ordering::Relaxed);
        if now < copied + MANY {
            continue;
        }
        copied = now;
        if let Err(error) = checkpoint(&copier, &writer).await {
            tracing::warn!(%error, "the log of the database could not be copied; SQLite does it itself");
        }
    }
}

/// Copies what can be copied without holding anybody up, and if the log is long, the rest as well.
///
/// For the rest the writer is taken like anybody takes it, in its turn: SQLite would only try for its lock again and
/// again, and among many writers it may never get it, so that the log grew without end.
async fn checkpoint(copier: &SqlitePool, writer: &SqlitePool) -> sqlx::Result<()> {
    let (_, pages, _): (i64, i64, i64) =
        sqlx::query_as("PRAGMA wal_checkpoint(PASSIVE)").fetch_one(copier).await?;
    if pages > LONG {
        let held = writer.acquire().await?;
        let _: (i64, i64, i64) = sqlx::query_as("PRAGMA wal_checkpoint(RESTART)").fetch_one(copier).await?;
        drop(held);
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::db::{Database, Handle, Pools};
    use std::path::{Path, PathBuf};

    /// A new database, and the folder that it has to itself.
    async fn open(name: &str) -> (Database, PathBuf) {
        let folder = std::env::temp_dir().join(format!("jishi-checkpoint-{name}-{}", std::process::id()));
        let url = format!("sqlite:{}", folder.join("jishi.db").display());
        let database = Database::open(&url, &[]).await.unwrap();
        write(&database, "CREATE TABLE noted (text TEXT)").await;
        (database, folder)
    }

    async fn write(database: &Database, statement: &'static str) {
        let mut tx = database.write().await.unwrap();
        let Handle::Sqlite(conn) = tx.handle() else { panic!("not SQLite") };
        sqlx::query(statement).execute(conn).await.unwrap();
        tx.commit().await.unwrap();
    }

    /// Writes about 30 pages so often, each time in a transaction of its own.
    async fn write_much(database: &Database, times: u32) {
        for _ in 0..times {
            write(database, "INSERT INTO noted VALUES (hex(randomblob(60000)))").await;
        }
    }

    fn size(folder: &Path) -> u64 {
        std::fs::metadata(folder.join("jishi.db")).unwrap().len()
    }

    #[tokio::test]
    async fn what_is_written_reaches_the_file_without_a_writer_who_copies_it() {
        let (database, folder) = open("file").await;
        write_much(&database, 100).await;
        for _ in 0..100 {
            if size(&folder) > 5_000_000 {
                break;
            }
            tokio::time::sleep(LOOK / 2).await;
        }
        // The last of them may be too few for a checkpoint.
        assert!(size(&folder) > 5_000_000, "12 MB were written, the file has {}", size(&folder));
        database.close().await;
        std::fs::remove_dir_all(folder).unwrap();
    }

    #[tokio::test(flavor = "multi_thread", worker_threads = 2)]
    async fn a_long_log_begins_from_its_start_again_while_others_write() {
        let (database, folder) = open("log").await;
        let Pools::Sqlite { checkpoints, write: writer, .. } = &*database.pools else { panic!("not SQLite") };
        checkpoints.end();
        let copier =
            SqlitePool::connect(&format!("sqlite:{}", folder.join("jishi.db").display())).await.unwrap();
        let other = tokio::spawn({
            let database = database.clone();
            async move {
                for _ in 0..500 {
                    write(&database, "INSERT INTO noted VALUES ('few')").await;
                }
            }
        });
        for _ in 0..8 {
            write_much(&database, 150).await;
            checkpoint(&copier, writer).await.unwrap();
        }
        other.await.unwrap();
        let log = std::fs::metadata(folder.join("jishi.db-wal")).unwrap().len();
        assert!(log < 50_000_000, "150 MB were written, and the log has {log} bytes");
        let count: i64 = sqlx::query_scalar("SELECT COUNT(*) FROM noted").fetch_one(&copier).await.unwrap();
        assert_eq!(count, 1_700);
        copier.close().await;
        database.close().await;
        std::fs::remove_dir_all(folder).unwrap();
    }
}
