//! Databases and an application for tests.
//!
//! Every test gets its own SQLite file or its own PostgreSQL schema. `cargo xtask test` starts a PostgreSQL and
//! sets `JISHI_TEST_POSTGRES_URL`; without it the tests fail instead of skipping half of their work.
#![expect(dead_code, reason = "each test binary uses its own part of the support code")]

pub(crate) mod fake;

use app::catalog::model::View;
use app::kernel::{Currency, GuestToken, Locale};
use server::db::Database;
use server::platform::{Platform, TestParts};
use std::path::PathBuf;
use std::sync::atomic::{AtomicU64, Ordering};

/// Which database a test runs on.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Backend {
    /// A file of its own.
    Sqlite,
    /// A schema of its own.
    Postgres,
}

/// Runs a test body on both databases.
macro_rules! on_both {
    ($($(#[$meta:meta])* async fn $name:ident($world:ident) $body:block)*) => {
        mod sqlite {
            use super::*;
            $($(#[$meta])* #[tokio::test(flavor = "multi_thread", worker_threads = 2)]
            async fn $name() { let $world = $crate::support::World::new($crate::support::Backend::Sqlite).await; $body })*
        }
        mod postgres {
            use super::*;
            $($(#[$meta])* #[tokio::test(flavor = "multi_thread", worker_threads = 2)]
            async fn $name() { let $world = $crate::support::World::new($crate::support::Backend::Postgres).await; $body })*
        }
    };
}

/// Chinese prices in renminbi.
pub(crate) const ZH: View = View { locale: Locale::Zh, currency: Currency::Cny };

/// A migrated database with a fixed platform.
pub(crate) struct World {
    /// Which database.
    pub(crate) backend: Backend,
    /// The database.
    pub(crate) database: Database,
    /// Clock, randomness, mail and files of the test.
    pub(crate) platform: Platform,
    /// Handles to the clock and the sent mails.
    pub(crate) parts: TestParts,
    /// How to open the database again.
    pub(crate) url: String,
    folder: PathBuf,
}

static NEXT: AtomicU64 = AtomicU64::new(1);

impl World {
    /// A fresh, migrated database.
    pub(crate) async fn new(backend: Backend) -> Self {
        let world = Self::unmigrated(backend).await;
        world.database.migrate().await.unwrap();
        world
    }

    /// A fresh, empty database.
    pub(crate) async fn unmigrated(backend: Backend) -> Self {
        let turn = NEXT.fetch_add(1, Ordering::Relaxed);
        let name = format!("jishi_test_{}_{turn}", std::process::id());
        let folder = std::env::temp_dir().join(&name);
        std::fs::create_dir_all(&folder).unwrap();
        let url = match backend {
            Backend::Sqlite => format!("sqlite:{}/jishi.db", folder.display()),
            Backend::Postgres => postgres_schema(&name).await,
        };
        let (platform, parts) = Platform::with_test_parts();
        let database = Database::open(&url, &[]).await.unwrap();
        Self { backend, database, platform, parts, url, folder }
    }

    /// A folder that goes with the test.
    pub(crate) fn folder(&self) -> &std::path::Path {
        &self.folder
    }

    /// The demo catalogue inside.
    pub(crate) async fn with_demo(&self) -> &Self {
        server::catalog::import::import_demo(&self.database, &self.platform).await.unwrap();
        self
    }

    /// A new guest.
    pub(crate) fn guest(&self) -> GuestToken {
        GuestToken::new(self.platform.entropy.bytes())
    }
}

impl Drop for World {
    fn drop(&mut self) {
        let _ = std::fs::remove_dir_all(&self.folder);
    }
}

/// Makes a schema; gives a URL whose connections live in it.
async fn postgres_schema(name: &str) -> String {
    #[expect(clippy::disallowed_methods, reason = "the test runner tells the server's address this way")]
    let base = std::env::var("JISHI_TEST_POSTGRES_URL")
        .expect("run the tests with `cargo xtask test`, or set JISHI_TEST_POSTGRES_URL");
    let admin = sqlx::PgPool::connect(&base).await.unwrap();
    sqlx::query(sqlx::AssertSqlSafe(format!("CREATE SCHEMA {name}"))).execute(&admin).await.unwrap();
    admin.close().await;
    let joiner = if base.contains('?') { '&' } else { '?' };
    format!("{base}{joiner}options=-c%20search_path%3D{name}")
}
