//! What follows from an import and from an order: neighbours and sales are worked out anew.

use super::neighbours::{Neighbours, Traits, of_all};
use super::row::TraitRow;
use crate::catalog::import::CATALOG_IMPORTED;
use crate::db::Database;
use crate::db::time::to_micros;
use crate::jobs::{Handler, JobError};
use crate::on;
use crate::orders::{ORDER_CANCELLED, ORDER_PLACED};
use crate::platform::Platform;
use async_trait::async_trait;
use uuid::Uuid;

/// Products read at a time.
const READ: i64 = 500;
/// Products written in one transaction, so that orders never wait long for the writer.
const WRITTEN: usize = 100;

/// Works out the neighbours of every product after an import.
pub struct FindNeighbours {
    /// Where products are.
    pub database: Database,
    /// The clock decides what is published.
    pub platform: Platform,
}

#[async_trait]
impl Handler for FindNeighbours {
    fn kind(&self) -> &'static str {
        "catalog.neighbours"
    }

    fn topics(&self) -> &'static [&'static str] {
        &[CATALOG_IMPORTED]
    }

    async fn run(&self, _subject: &str) -> Result<(), JobError> {
        let products = self.read().await?;
        let found = tokio::task::spawn_blocking(move || of_all(products)).await;
        let found = found.map_err(|error| JobError::Later(error.to_string()))?;
        for part in found.chunks(WRITTEN) {
            self.write(part).await?;
        }
        Ok(())
    }
}

impl FindNeighbours {
    async fn read(&self) -> sqlx::Result<Vec<Traits>> {
        let now = to_micros(self.platform.clock.now());
        let mut conn = self.database.read_latest().await?;
        let (mut all, mut after) = (Vec::new(), String::new());
        loop {
            let rows = on!(conn, storefront::list_traits(&after, now, READ))?;
            let Some(last) = rows.last() else { return Ok(all) };
            after.clone_from(&last.slug);
            all.extend(rows.into_iter().filter_map(traits));
        }
    }

    async fn write(&self, part: &[Neighbours]) -> sqlx::Result<()> {
        let mut tx = self.database.write().await?;
        for found in part {
            on!(tx, storefront::replace_neighbours(found.product, "similar", &found.similar))?;
            on!(tx, storefront::replace_neighbours(found.product, "match", &found.matches))?;
        }
        tx.commit().await
    }
}

/// A product without a price stands beside nothing.
fn traits(row: TraitRow) -> Option<Traits> {
    let tags = row.content.0.tags.into_iter().map(|tag| if tag.en.is_empty() { tag.zh } else { tag.en });
    Some(Traits {
        id: row.id,
        category: row.category_id,
        shelf: row.parent_id.unwrap_or(row.category_id),
        tags: tags.collect(),
        price: row.price?,
    })
}

/// Counts an order among the sales of its products when it is placed, and no longer when it is cancelled. Running it
/// again changes nothing: the order itself remembers whether it counts.
pub struct CountSales {
    /// Where orders are.
    pub database: Database,
}

impl CountSales {
    /// Counts orders in one transaction: in a busy shop there is one about each of them.
    async fn count(&self, orders: &[&str]) -> Result<(), JobError> {
        let mut tx = self.database.write().await?;
        for order in orders {
            let order =
                Uuid::parse_str(order).map_err(|_| JobError::Never("the event names no order".to_owned()))?;
            if on!(tx, storefront::mark_counted(order, true))? {
                on!(tx, storefront::add_sales(order))?;
            } else if on!(tx, storefront::mark_counted(order, false))? {
                on!(tx, storefront::take_back_sales(order))?;
            }
        }
        tx.commit().await?;
        Ok(())
    }
}

#[async_trait]
impl Handler for CountSales {
    fn kind(&self) -> &'static str {
        "catalog.sales"
    }

    fn topics(&self) -> &'static [&'static str] {
        &[ORDER_PLACED, ORDER_CANCELLED]
    }

    async fn run(&self, subject: &str) -> Result<(), JobError> {
        self.count(&[subject]).await
    }

    async fn run_together(&self, subjects: &[&str]) -> Option<Result<(), JobError>> {
        Some(self.count(subjects).await)
    }
}
