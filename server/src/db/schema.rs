//! Migrations: embedded pairs of files, run forward only.

use super::{Database, Pools};
use anyhow::Context as _;
use sqlx::migrate::Migrator;
use std::collections::HashSet;

/// SQLite's migrations.
pub static SQLITE: Migrator = sqlx::migrate!("../migrations/sqlite");
/// PostgreSQL's migrations.
pub static POSTGRES: Migrator = sqlx::migrate!("../migrations/postgres");

/// How the database's schema stands to this binary.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum SchemaState {
    /// Exactly what this binary needs.
    Current,
    /// That many migrations are missing.
    Behind(u32),
    /// The database was migrated by a newer binary.
    Ahead,
}

impl Database {
    fn migrator(&self) -> &'static Migrator {
        match &*self.pools {
            Pools::Sqlite { .. } => &SQLITE,
            Pools::Postgres { .. } => &POSTGRES,
        }
    }

    /// Brings the schema up to date; gives how many migrations were run. Safe to call from several nodes at once.
    ///
    /// # Errors
    /// When a migration fails or the database is newer than the binary.
    pub async fn migrate(&self) -> anyhow::Result<u32> {
        let missing = match self.schema_state().await? {
            SchemaState::Current => return Ok(0),
            SchemaState::Ahead => {
                anyhow::bail!("the database is newer than this binary: use the newer jishi")
            }
            SchemaState::Behind(missing) => missing,
        };
        let run = match &*self.pools {
            Pools::Sqlite { write, .. } => self.migrator().run(write).await,
            Pools::Postgres { write, .. } => self.migrator().run(write).await,
        };
        run.context("a migration failed")?;
        Ok(missing)
    }

    /// Compares the applied migrations with those of this binary.
    ///
    /// # Errors
    /// When the database does not answer.
    pub async fn schema_state(&self) -> anyhow::Result<SchemaState> {
        let applied: HashSet<i64> =
            self.applied().await.context("cannot read the schema's version")?.into_iter().collect();
        let known: HashSet<i64> = self.migrator().iter().map(|migration| migration.version).collect();
        if applied.difference(&known).next().is_some() {
            return Ok(SchemaState::Ahead);
        }
        match u32::try_from(known.difference(&applied).count()).unwrap_or(u32::MAX) {
            0 => Ok(SchemaState::Current),
            missing => Ok(SchemaState::Behind(missing)),
        }
    }

    /// Versions of the migrations that were run; none when the table does not exist yet.
    async fn applied(&self) -> sqlx::Result<Vec<i64>> {
        let mut conn = self.read_latest().await?;
        if !crate::on!(conn, dialect::has_migrations())? {
            return Ok(Vec::new());
        }
        crate::on!(conn, dialect::applied_migrations())
    }
}
