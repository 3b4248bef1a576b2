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

    /// The demo catalogue and so many copies of each of its products inside. Gives the numbers of all articles in stock.
    #[expect(clippy::indexing_slicing, reason = "the demo's own file")]
    pub(crate) async fn with_copies(&self, copies: usize) -> Vec<String> {
        let demo = std::path::Path::new(concat!(env!("CARGO_MANIFEST_DIR"), "/../demo"));
        let text = std::fs::read_to_string(demo.join("catalog.json")).unwrap();
        let mut file: serde_json::Value = serde_json::from_str(&text).unwrap();
        let (mut products, mut skus) = (file["products"].take().as_array().unwrap().clone(), Vec::new());
        let originals = products.clone();
        for copy in 1..=copies {
            for mut product in originals.clone() {
                product["slug"] = format!("{}-{copy}", product["slug"].as_str().unwrap()).into();
                for variant in product["variants"].as_array_mut().unwrap() {
                    variant["sku"] = format!("{}-{copy}", variant["sku"].as_str().unwrap()).into();
                    variant["barcode"] = serde_json::Value::Null;
                }
                products.push(product);
            }
        }
        for variant in products.iter_mut().flat_map(|product| product["variants"].as_array_mut().unwrap()) {
            if variant["stock"].as_i64().is_some_and(|stock| stock > 3) {
                skus.push(variant["sku"].as_str().unwrap().to_owned());
            }
        }
        file["products"] = products.into();
        std::fs::write(self.folder.join("catalog.json"), file.to_string()).unwrap();
        std::os::unix::fs::symlink(demo.join("media"), self.folder.join("media")).unwrap();
        server::catalog::import::import_folder(&self.database, &self.platform, &self.folder).await.unwrap();
        skus
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

/// The demo catalogue, changed, in the test's folder.
pub(crate) fn write_catalog(world: &World, change: impl FnOnce(&mut serde_json::Value)) {
    let demo = concat!(env!("CARGO_MANIFEST_DIR"), "/../demo");
    let mut file = serde_json::from_slice(&std::fs::read(format!("{demo}/catalog.json")).unwrap()).unwrap();
    change(&mut file);
    std::fs::write(world.folder().join("catalog.json"), file.to_string()).unwrap();
    let media = world.folder().join("media");
    if !media.exists() {
        std::os::unix::fs::symlink(format!("{demo}/media"), media).unwrap();
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
