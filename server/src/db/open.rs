//! Opening the pools from a URL. Errors never repeat the URL: it may hold a password.

use super::checkpoint::{self, Checkpoints};
use super::{Database, Pools};
use crate::jobs::bus::Bus;
use anyhow::{Context as _, anyhow, bail};
use sqlx::PgPool;
use sqlx::postgres::{PgConnectOptions, PgPoolOptions};
use sqlx::sqlite::{SqliteConnectOptions, SqliteJournalMode, SqlitePoolOptions, SqliteSynchronous};
use std::path::{Path, PathBuf};
use std::str::FromStr as _;
use std::sync::Arc;
use std::sync::atomic::AtomicUsize;
use std::time::Duration;

/// Readers of a SQLite file: a page does one query at a time, so a few per core suffice.
const SQLITE_READERS: u32 = 4;
/// Connections to each PostgreSQL server.
const POSTGRES_CONNECTIONS: u32 = 16;
/// Memory for the pages of a file, of the writer and of each reader; only a large shop fills it (SQLite: negative is
/// KiB). The writer's holds the indexes that every order touches.
const SQLITE_WRITER_CACHE: &str = "-16384";
const SQLITE_READER_CACHE: &str = "-6144";
/// How long a request waits for a connection before it fails.
const ACQUIRE: Duration = Duration::from_secs(5);
/// How long SQLite waits for another process's lock.
const BUSY: Duration = Duration::from_secs(5);

impl Database {
    /// Connects to `sqlite:path`, `postgres://…`; `read_urls` are PostgreSQL replicas.
    ///
    /// # Errors
    /// When the URL is of no known kind, or the database cannot be reached within seconds.
    pub async fn open(url: &str, read_urls: &[String]) -> anyhow::Result<Self> {
        let pools = match sqlite_path(url) {
            Some(_) if !read_urls.is_empty() => bail!("read URLs need a PostgreSQL database"),
            Some(path) => open_sqlite(&path).await?,
            None if is_postgres(url) => open_postgres(url, read_urls).await?,
            None => bail!("the database URL must begin with sqlite: or postgres://"),
        };
        Ok(Self { pools: Arc::new(pools), bus: Bus::new() })
    }
}

/// The file of a `sqlite:` URL.
#[must_use]
pub fn sqlite_path(url: &str) -> Option<PathBuf> {
    let path = url.strip_prefix("sqlite:")?;
    Some(PathBuf::from(path.strip_prefix("//").unwrap_or(path)))
}

fn is_postgres(url: &str) -> bool {
    url.starts_with("postgres://") || url.starts_with("postgresql://")
}

async fn open_sqlite(path: &Path) -> anyhow::Result<Pools> {
    if path.as_os_str().is_empty() || path.as_os_str() == ":memory:" {
        bail!("the SQLite database must be a file");
    }
    if let Some(folder) = path.parent() {
        std::fs::create_dir_all(folder)
            .with_context(|| format!("cannot create the folder {}", folder.display()))?;
    }
    let options = SqliteConnectOptions::new()
        .filename(path)
        .create_if_missing(true)
        .journal_mode(SqliteJournalMode::Wal)
        .synchronous(SqliteSynchronous::Normal)
        .foreign_keys(true)
        .busy_timeout(BUSY)
        .pragma("cache_size", SQLITE_WRITER_CACHE)
        .pragma("wal_autocheckpoint", checkpoint::LONGEST)
        // Never: what it counts in a small shop would be taken for true until the next start, however much it grows.
        .optimize_on_close(false, None);
    // A connection to a file cannot go stale: asking it before each use would cost every page a statement.
    let pool = || SqlitePoolOptions::new().acquire_timeout(ACQUIRE).test_before_acquire(false);
    let write = pool().max_connections(1).min_connections(1).connect_with(options.clone()).await;
    let write = write.with_context(|| format!("cannot open the SQLite database {}", path.display()))?;
    let checkpoints = Checkpoints::begin(options.clone(), write.clone());
    let reading = options.pragma("cache_size", SQLITE_READER_CACHE).pragma("query_only", "ON");
    let read = pool().max_connections(SQLITE_READERS).connect_lazy_with(reading);
    Ok(Pools::Sqlite { write, read, checkpoints })
}

async fn open_postgres(url: &str, read_urls: &[String]) -> anyhow::Result<Pools> {
    let write = connect_postgres(url).await.context("cannot reach the PostgreSQL primary")?;
    let mut replicas = Vec::with_capacity(read_urls.len());
    for (index, url) in read_urls.iter().enumerate() {
        replicas.push(
            connect_postgres(url)
                .await
                .with_context(|| format!("cannot reach PostgreSQL replica {}", index + 1))?,
        );
    }
    Ok(Pools::Postgres { write, replicas, next: AtomicUsize::new(0) })
}

async fn connect_postgres(url: &str) -> anyhow::Result<PgPool> {
    let options = PgConnectOptions::from_str(url).map_err(|_| anyhow!("the URL cannot be read"))?;
    let options = match options.get_application_name() {
        Some(_) => options,
        None => options.application_name("jishi"),
    };
    let pool = PgPoolOptions::new().max_connections(POSTGRES_CONNECTIONS).acquire_timeout(ACQUIRE);
    pool.connect_with(options).await.map_err(|error| anyhow!(reason(&error)))
}

/// What went wrong, without anything from the URL.
fn reason(error: &sqlx::Error) -> String {
    match error {
        sqlx::Error::Database(inner) => inner.message().to_owned(),
        sqlx::Error::Io(inner) => inner.to_string(),
        sqlx::Error::PoolTimedOut => "no answer in time".to_owned(),
        _ => "the connection failed".to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::db::Handle;

    #[test]
    fn both_forms_of_a_sqlite_url_name_the_file() {
        assert_eq!(sqlite_path("sqlite:data/jishi.db"), Some(PathBuf::from("data/jishi.db")));
        assert_eq!(sqlite_path("sqlite:///var/jishi.db"), Some(PathBuf::from("/var/jishi.db")));
        assert_eq!(sqlite_path("postgres://x"), None);
    }

    #[tokio::test]
    async fn a_shop_that_was_closed_when_it_was_small_finds_its_rows_by_index_all_the_same() {
        let folder = std::env::temp_dir().join(format!("jishi-plans-{}", std::process::id()));
        let url = format!("sqlite:{}", folder.join("jishi.db").display());
        let database = Database::open(&url, &[]).await.unwrap();
        let mut tx = database.write().await.unwrap();
        let Handle::Sqlite(conn) = tx.handle() else { panic!("not SQLite") };
        for statement in [
            "CREATE TABLE queue (id INTEGER PRIMARY KEY, due INTEGER)",
            "CREATE INDEX queue_due ON queue (due)",
            "INSERT INTO queue (due) VALUES (1)",
        ] {
            sqlx::query(statement).execute(&mut *conn).await.unwrap();
        }
        sqlx::query("SELECT id FROM queue WHERE due <= $1").bind(5).fetch_all(&mut *conn).await.unwrap();
        tx.commit().await.unwrap();
        database.close().await;
        let database = Database::open(&url, &[]).await.unwrap();
        let mut tx = database.write().await.unwrap();
        let Handle::Sqlite(conn) = tx.handle() else { panic!("not SQLite") };
        let plan: (i64, i64, i64, String) =
            sqlx::query_as("EXPLAIN QUERY PLAN SELECT id FROM queue WHERE due <= 5")
                .fetch_one(conn)
                .await
                .unwrap();
        drop(tx);
        database.close().await;
        std::fs::remove_dir_all(folder).unwrap();
        assert!(plan.3.contains("queue_due"), "{}", plan.3);
    }

    #[tokio::test]
    async fn an_unreachable_database_is_told_without_its_password() {
        let url = "postgres://jishi:topsecret@127.0.0.1:1/jishi";
        let Err(error) = Database::open(url, &[]).await else { panic!("connected to nothing") };
        assert!(!format!("{error:#}").contains("topsecret"), "{error:#}");
    }
}
