//! Categories and collections of a file into the shop.

use super::file::CollectionEntry;
use super::row::{CollectionWrite, Shelf};
use crate::catalog::import::Import;
use crate::catalog::import_file::CategoryEntry;
use crate::catalog::row::CategoryWrite;
use crate::db::Tx;
use crate::on;
use app::kernel::Localized;
use std::collections::{BTreeMap, BTreeSet};
use uuid::Uuid;

impl Import<'_> {
    /// Parents first, so that children find their id.
    pub(in crate::catalog) async fn categories<'f>(
        &self,
        tx: &mut Tx,
        entries: &'f [CategoryEntry],
    ) -> anyhow::Result<BTreeMap<&'f str, Uuid>> {
        for entry in entries {
            for old in &entry.formerly {
                on!(tx, shelves::rename_category(old, &entry.slug))?;
            }
        }
        let mut ids = BTreeMap::new();
        let (tops, below): (Vec<_>, Vec<_>) = entries.iter().partition(|entry| entry.parent.is_none());
        for entry in tops.into_iter().chain(below) {
            let parent = entry.parent.as_deref().and_then(|parent| ids.get(parent).copied());
            let id = self.category(tx, entry, parent).await?;
            ids.insert(entry.slug.as_str(), id);
            for old in &entry.formerly {
                on!(tx, shelves::join_category(old, id, self.now))?;
            }
            self.follow_moved(tx, Shelf::Category, &entry.slug, &entry.formerly).await?;
        }
        Ok(ids)
    }

    /// Writes a category; gives its id.
    pub(in crate::catalog) async fn category(
        &self,
        tx: &mut Tx,
        entry: &CategoryEntry,
        parent_id: Option<Uuid>,
    ) -> anyhow::Result<Uuid> {
        // The banner repeats the name beside it, so its text alternative is empty: it only decorates.
        let banner = |file| self.wide_picture(file, &Localized::default(), [2000, 900]);
        let row = CategoryWrite {
            id: self.id(),
            slug: entry.slug.clone(),
            parent_id,
            position: entry.position,
            name: entry.name.clone(),
            banner: entry.banner.as_deref().map(banner),
        };
        Ok(on!(tx, catalog::upsert_category(&row))?)
    }

    /// A file that lists collections lists all of them: others go. One that lists none leaves them as they are.
    pub(in crate::catalog) async fn collections(
        &self,
        tx: &mut Tx,
        entries: Option<&[CollectionEntry]>,
    ) -> anyhow::Result<()> {
        let Some(entries) = entries else { return Ok(()) };
        let kept: Vec<&str> = entries.iter().map(|entry| entry.slug.as_str()).collect();
        on!(tx, shelves::remove_collections_except(&kept))?;
        for (position, entry) in (1_i64..).zip(entries) {
            let CollectionEntry { slug, name, summary, rule, formerly } = entry;
            on!(tx, shelves::upsert_collection(CollectionWrite { slug, position, name, summary, rule }))?;
            self.follow_moved(tx, Shelf::Collection, slug, formerly).await?;
        }
        Ok(())
    }

    /// Old addresses lead to the present one.
    async fn follow_moved(
        &self,
        tx: &mut Tx,
        shelf: Shelf,
        slug: &str,
        formerly: &[String],
    ) -> anyhow::Result<()> {
        for old in formerly {
            on!(tx, shelves::note_moved(shelf.name(), old, slug, self.now))?;
        }
        Ok(())
    }

    /// Writes down which tags a product has, in both languages.
    pub(in crate::catalog) async fn tags(
        &self,
        tx: &mut Tx,
        product_id: Uuid,
        tags: &[Localized],
    ) -> anyhow::Result<()> {
        let labels = tags.iter().flat_map(|tag| [tag.zh.as_str(), tag.en.as_str()]);
        let labels: BTreeSet<&str> = labels.filter(|label| !label.is_empty()).collect();
        Ok(on!(tx, shelves::replace_tags(product_id, &labels))?)
    }
}
