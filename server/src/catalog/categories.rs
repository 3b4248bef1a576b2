//! The categories, kept in memory under the edition of the catalogue: every page shows their tree, and it hardly ever
//! changes.

use super::row::CategoryRow;
use crate::db::{Conn, Database};
use crate::fault::Fault;
use crate::on;
use std::sync::{Arc, Mutex, PoisonError};
use std::time::{Duration, Instant};

/// They are read anew after this time even when nothing has happened: a replica may have been behind.
const LASTS: Duration = Duration::from_secs(60);

/// The categories as they were read last.
#[derive(Debug, Default)]
pub struct KeptCategories {
    held: Mutex<Option<Held>>,
}

#[derive(Debug, Clone)]
struct Held {
    edition: u64,
    since: Instant,
    rows: Arc<[CategoryRow]>,
}

impl KeptCategories {
    /// Every category in its order, on a connection of its own if they must be read.
    ///
    /// # Errors
    /// When the database cannot be read.
    pub async fn get(&self, database: &Database) -> Result<Arc<[CategoryRow]>, Fault> {
        match self.find(database.bus().edition().number()) {
            Some(rows) => Ok(rows),
            None => self.get_on(database, &mut database.read().await?).await,
        }
    }

    /// The same where a connection is at hand.
    ///
    /// # Errors
    /// When the database cannot be read.
    pub async fn get_on(&self, database: &Database, conn: &mut Conn) -> Result<Arc<[CategoryRow]>, Fault> {
        // The edition first: what changes while we read belongs to a later one.
        let edition = database.bus().edition().number();
        if let Some(rows) = self.find(edition) {
            return Ok(rows);
        }
        let rows: Arc<[CategoryRow]> = on!(conn, catalog::list_categories())?.into();
        let held = Held { edition, since: Instant::now(), rows: rows.clone() };
        *self.held.lock().unwrap_or_else(PoisonError::into_inner) = Some(held);
        Ok(rows)
    }

    fn find(&self, edition: u64) -> Option<Arc<[CategoryRow]>> {
        let held = self.held.lock().unwrap_or_else(PoisonError::into_inner);
        let held = held.as_ref().filter(|held| held.edition == edition && held.since.elapsed() < LASTS)?;
        Some(held.rows.clone())
    }
}
