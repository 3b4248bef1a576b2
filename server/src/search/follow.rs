//! Keeping the index up to date: reading the outbox, and looking at everything from time to time.
//!
//! Notices only wake the follower up; what has changed is read from the outbox, also what other processes wrote.
//! Events are read with an overlap, because a transaction that began earlier may commit later. Nothing has to be
//! remembered over a restart: the index is made anew from the database then.

use super::engine::product::{Category, Product};
use super::holder::{Holder, read_weights};
use super::row::EventRow;
use super::source;
use crate::db::Conn;
use crate::on;
use std::collections::{BTreeSet, HashMap, HashSet};
use uuid::Uuid;

/// Events of this many microseconds before the latest look are read again.
const OVERLAP: i64 = 15_000_000;
/// Events read at once.
const BATCH: i64 = 500;
/// Products read at once.
const PRODUCTS: usize = 200;

/// How far the outbox was read.
#[derive(Debug, Default)]
pub struct Cursor {
    /// Microseconds of the last look.
    looked_at: i64,
    /// Events of the overlap that were worked on.
    seen: HashMap<Uuid, i64>,
}

/// What some events ask for.
#[derive(Debug, Default, PartialEq, Eq)]
struct Wanted {
    /// Compare everything.
    everything: bool,
    orders: BTreeSet<Uuid>,
    variants: BTreeSet<Uuid>,
    products: BTreeSet<Uuid>,
}

impl Wanted {
    /// Notes what an event has changed. Topics of other slices are known by how they begin.
    fn note(&mut self, event: &EventRow) {
        let id = Uuid::parse_str(&event.subject);
        match (event.topic.split('.').next(), id) {
            (Some("order"), Ok(order)) => drop(self.orders.insert(order)),
            (Some("stock"), Ok(variant)) => drop(self.variants.insert(variant)),
            (Some("product"), Ok(product)) => drop(self.products.insert(product)),
            (Some("catalog"), _) => self.everything = true,
            _ => {}
        }
    }
}

impl Holder {
    /// Makes the index unless there is one.
    ///
    /// # Errors
    /// The database's error.
    pub async fn ensure(&self) -> anyhow::Result<()> {
        if self.is_ready() {
            return Ok(());
        }
        let mut cursor = self.work.lock().await;
        if !self.is_ready() {
            self.remake(&mut cursor).await?;
        }
        Ok(())
    }

    async fn remake(&self, cursor: &mut Cursor) -> anyhow::Result<()> {
        let started = self.now();
        let index = self.make().await?;
        tracing::info!(
            products = index.count(),
            kilobytes = index.bytes() / 1024,
            "the search index is made"
        );
        self.set(index);
        *cursor = Cursor { looked_at: started, seen: HashMap::new() };
        Ok(())
    }

    /// Reads what has happened since the last look; gives how many products were read again.
    ///
    /// # Errors
    /// The database's error; the next look begins at the same place.
    pub async fn catch_up(&self) -> anyhow::Result<usize> {
        self.ensure().await?;
        let mut cursor = self.work.lock().await;
        let now = self.now();
        let mut conn = self.database.read_latest().await?;
        let events = unseen_events(&mut conn, &cursor).await?;
        let mut wanted = Wanted::default();
        events.iter().for_each(|event| wanted.note(event));
        let mut count = 0;
        if wanted.everything {
            count += self.compare(&mut conn, &mut cursor).await?;
        }
        count += self.refresh(&mut conn, &wanted).await?;
        drop(conn);
        cursor.seen.extend(events.iter().map(|event| (event.id, now)));
        cursor.seen.retain(|_, at| *at >= now - 2 * OVERLAP);
        cursor.looked_at = cursor.looked_at.max(now);
        if self.with(super::engine::Index::is_worn).unwrap_or_default() {
            self.remake(&mut cursor).await?;
        }
        self.tell(count);
        Ok(count)
    }

    /// Compares everything with the database: also mends what no event told of.
    ///
    /// # Errors
    /// The database's error.
    pub async fn reconcile(&self) -> anyhow::Result<usize> {
        self.ensure().await?;
        let mut cursor = self.work.lock().await;
        let mut conn = self.database.read_latest().await?;
        let weights = read_weights(on!(conn, search::list_weights())?);
        self.change(|index| index.weigh(weights));
        let count = self.compare(&mut conn, &mut cursor).await?;
        self.tell(count);
        Ok(count)
    }

    /// Pages that list products are made anew: those made since the change was told may have shown the old index.
    fn tell(&self, changed: usize) {
        if changed > 0 {
            self.database.bus().edition().turn();
        }
    }

    async fn compare(&self, conn: &mut Conn, cursor: &mut Cursor) -> anyhow::Result<usize> {
        let categories: Vec<Category> =
            on!(conn, search::list_categories())?.into_iter().map(source::category).collect();
        if self.with(|index| index.categories != categories).unwrap_or_default() {
            self.remake(cursor).await?;
            return Ok(self.with(super::engine::Index::count).unwrap_or_default());
        }
        let known = self.with(super::engine::Index::versions).unwrap_or_default();
        let there: HashMap<Uuid, i64> = on!(conn, search::list_versions())?.into_iter().collect();
        let gone: Vec<Uuid> = known.keys().filter(|id| !there.contains_key(id)).copied().collect();
        self.change(|index| index.remove(&gone));
        let changed: Vec<Uuid> =
            there.into_iter().filter(|(id, at)| known.get(id) != Some(at)).map(|(id, _)| id).collect();
        if changed.len() > 1000.max(known.len() / 4) {
            self.remake(cursor).await?;
            return Ok(changed.len());
        }
        self.read_again(conn, &changed).await?;
        Ok(changed.len() + gone.len())
    }

    async fn refresh(&self, conn: &mut Conn, wanted: &Wanted) -> anyhow::Result<usize> {
        let mut products: HashSet<Uuid> = wanted.products.iter().copied().collect();
        for order in &wanted.orders {
            products.extend(on!(conn, search::list_products_of_order(*order))?);
        }
        for variant in &wanted.variants {
            products.extend(on!(conn, search::find_product_of_variant(*variant))?);
        }
        let products: Vec<Uuid> = products.into_iter().collect();
        self.read_again(conn, &products).await?;
        Ok(products.len())
    }

    async fn read_again(&self, conn: &mut Conn, ids: &[Uuid]) -> anyhow::Result<()> {
        let categories = self.with(|index| index.categories.clone()).unwrap_or_default();
        for ids in ids.chunks(PRODUCTS) {
            let sold = on!(conn, search::list_sold(Some(ids), self.sales_since()))?.into_iter().collect();
            let rows = on!(conn, search::list_sources(ids))?;
            let products: Vec<Product> = source::complete(conn, rows, &categories, &sold).await?;
            let there: HashSet<Uuid> = products.iter().map(|product| product.id).collect();
            let gone: Vec<Uuid> = ids.iter().filter(|id| !there.contains(id)).copied().collect();
            self.change(|index| {
                index.remove(&gone);
                index.put(products);
            });
        }
        Ok(())
    }
}

async fn unseen_events(conn: &mut Conn, cursor: &Cursor) -> sqlx::Result<Vec<EventRow>> {
    let mut after = first_id_at(cursor.looked_at - OVERLAP);
    let mut unseen = Vec::new();
    loop {
        let events = on!(conn, search::list_events_after(after, BATCH))?;
        let Some(last) = events.last().map(|event| event.id) else { return Ok(unseen) };
        after = last;
        unseen.extend(events.into_iter().filter(|event| !cursor.seen.contains_key(&event.id)));
    }
}

/// The smallest id of a time (UUID version 7 begins with its milliseconds).
fn first_id_at(micros: i64) -> Uuid {
    let millis = u64::try_from(micros / 1000).unwrap_or_default();
    uuid::Builder::from_unix_timestamp_millis(millis, &[0; 10]).into_uuid()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn event(topic: &str, subject: &str) -> EventRow {
        EventRow { id: Uuid::nil(), topic: topic.into(), subject: subject.into() }
    }

    #[test]
    fn events_tell_what_to_read_again() {
        let id = Uuid::from_u128(7);
        let mut wanted = Wanted::default();
        for (topic, subject) in
            [("order.cancelled", id.to_string()), ("mail.sent", id.to_string()), ("order.placed", "x".into())]
        {
            wanted.note(&event(topic, &subject));
        }
        assert_eq!(wanted, Wanted { orders: [id].into(), ..Wanted::default() });
        wanted.note(&event("catalog.imported", "catalog"));
        wanted.note(&event("stock.changed", &id.to_string()));
        assert!(wanted.everything && wanted.variants.contains(&id));
    }

    #[test]
    fn ids_of_a_later_time_are_larger() {
        assert!(first_id_at(1_795_680_300_123_456) < first_id_at(1_795_680_300_125_456));
        assert_eq!(first_id_at(-5).get_version_num(), 7);
    }
}
