//! The one index of a process: made on first use, brought up to date by [`super::follow`].

use super::engine::Index;
use super::engine::product::{Category, Product};
use super::engine::weights::Weights;
use super::source;
use crate::db::Database;
use crate::db::time::to_micros;
use crate::on;
use crate::platform::Platform;
use std::collections::HashMap;
use std::sync::{PoisonError, RwLock, RwLockReadGuard, RwLockWriteGuard};
use tokio::sync::Mutex;
use uuid::Uuid;

/// Products read at once while the index is made.
const BATCH: i64 = 200;
/// Sales of this time count for the order of lists.
const SALES: time::Duration = time::Duration::days(90);

/// The index, and what it is made from.
pub struct Holder {
    pub(super) database: Database,
    pub(super) platform: Platform,
    index: RwLock<Option<Index>>,
    /// Whoever changes the index holds this one, so that making and following never meet.
    pub(super) work: Mutex<super::follow::Cursor>,
}

impl Holder {
    /// A holder without an index yet.
    #[must_use]
    pub fn new(database: Database, platform: Platform) -> Self {
        Self { database, platform, index: RwLock::new(None), work: Mutex::default() }
    }

    /// Gives the index to `read`. `None` while there is none.
    pub fn with<T>(&self, read: impl FnOnce(&Index) -> T) -> Option<T> {
        let guard: RwLockReadGuard<'_, Option<Index>> =
            self.index.read().unwrap_or_else(PoisonError::into_inner);
        guard.as_ref().map(read)
    }

    /// Gives the index to `change`. `None` while there is none.
    pub(super) fn change<T>(&self, change: impl FnOnce(&mut Index) -> T) -> Option<T> {
        let mut guard: RwLockWriteGuard<'_, Option<Index>> =
            self.index.write().unwrap_or_else(PoisonError::into_inner);
        guard.as_mut().map(change)
    }

    pub(super) fn set(&self, mut index: Index) {
        let mut guard = self.index.write().unwrap_or_else(PoisonError::into_inner);
        if let Some(before) = guard.as_ref() {
            index.follow(before);
        }
        *guard = Some(index);
    }

    /// True when there is an index.
    #[must_use]
    pub fn is_ready(&self) -> bool {
        self.index.read().unwrap_or_else(PoisonError::into_inner).is_some()
    }

    pub(super) fn now(&self) -> i64 {
        to_micros(self.platform.clock.now())
    }

    /// The first day whose sales count, in days since 1970.
    pub(super) fn sales_since(&self) -> i64 {
        (self.platform.clock.now() - SALES).unix_timestamp().div_euclid(86_400)
    }

    /// Reads everything and makes a new index from it.
    pub(super) async fn make(&self) -> anyhow::Result<Index> {
        let mut conn = self.database.read_latest().await?;
        let weights = read_weights(on!(conn, search::list_weights())?);
        let categories: Vec<Category> =
            on!(conn, search::list_categories())?.into_iter().map(source::category).collect();
        let sold: HashMap<Uuid, i64> =
            on!(conn, search::list_sold(None, self.sales_since()))?.into_iter().collect();
        let mut builder = Index::builder(categories.clone());
        let mut after = Uuid::nil();
        loop {
            let rows = on!(conn, search::list_sources_after(after, BATCH))?;
            let Some(last) = rows.last() else { break };
            after = last.id;
            let products: Vec<Product> = source::complete(&mut conn, rows, &categories, &sold).await?;
            builder = tokio::task::spawn_blocking(move || {
                products.iter().for_each(|product| builder.add(product));
                builder
            })
            .await?;
        }
        Ok(tokio::task::spawn_blocking(move || builder.finish(weights)).await?)
    }
}

/// The weights with the rows that differ from the defaults; rows that make no sense are told and skipped.
pub(super) fn read_weights(rows: Vec<(String, i64)>) -> Weights {
    let mut weights = Weights::default();
    for (name, value) in rows {
        if !weights.set(&name, value) {
            tracing::warn!(
                name,
                value,
                "this row of search_weight is unknown or out of range; it is not used"
            );
        }
    }
    weights
}
