//! Reading the shop window: the parts of the catalogue's port that are about more than one product.

use super::row::FeedRow;
use crate::catalog::row::{ListRequest, ProductRow};
use crate::catalog::service::{CatalogService, cards};
use crate::catalog::view;
use crate::db::Conn;
use crate::db::time::from_micros;
use crate::fault::Fault;
use crate::on;
use app::catalog::model::{FeedItem, ProductCard, SitemapEntry, SitemapPart, View};
use app::kernel::{Money, Slug};
use std::collections::BTreeMap;

/// Neighbours of each kind on a product page.
const SHOWN: i64 = 4;
/// Cards of one request at most: what was seen lately.
const AT_ONCE: usize = 12;
/// Products of one part of the feed.
const FEED: i64 = 500;

/// A product's neighbours as cards.
pub(in crate::catalog) struct Beside {
    /// Of the same kind.
    pub(in crate::catalog) similar: Vec<ProductCard>,
    /// What goes with it.
    pub(in crate::catalog) matches: Vec<ProductCard>,
}

impl CatalogService {
    /// What can be bought beside a product. Before the neighbours are worked out, its category stands in.
    pub(in crate::catalog) async fn beside(
        &self,
        conn: &mut Conn,
        product: &ProductRow,
        view: View,
    ) -> Result<Beside, Fault> {
        let now = self.now();
        let rows = on!(conn, storefront::list_neighbours(product.id, view.currency.code(), now, SHOWN))?;
        if rows.is_empty() {
            return Ok(Beside { similar: self.of_its_category(conn, product, view).await?, matches: vec![] });
        }
        let show = |kind: &str| {
            let rows = rows.iter().filter(|row| row.kind == kind);
            rows.filter_map(|row| view::card(&row.card, view)).collect()
        };
        Ok(Beside { similar: show("similar"), matches: show("match") })
    }

    async fn of_its_category(
        &self,
        conn: &mut Conn,
        product: &ProductRow,
        view: View,
    ) -> Result<Vec<ProductCard>, Fault> {
        let own = [product.category_id];
        let newest = self.request(view, 2 * SHOWN);
        let mut found = cards(conn, &ListRequest { categories: Some(&own), ..newest }, view).await?;
        found.retain(|card| card.slug != product.slug && card.in_stock);
        found.truncate(usize::try_from(SHOWN).unwrap_or(0));
        Ok(found)
    }

    /// What sells best.
    pub(in crate::catalog) async fn most_bought(
        &self,
        conn: &mut Conn,
        view: View,
        limit: i64,
    ) -> Result<Vec<ProductCard>, Fault> {
        let rows = on!(conn, storefront::list_most_bought(view.currency.code(), self.now(), limit))?;
        Ok(view::cards(&rows, view))
    }

    /// Published products by their keys, in the order asked for.
    pub(in crate::catalog) async fn cards_seen(
        &self,
        view: View,
        slugs: &[Slug],
    ) -> Result<Vec<ProductCard>, Fault> {
        let keys: Vec<String> = slugs.iter().take(AT_ONCE).map(|slug| slug.as_str().to_owned()).collect();
        let mut conn = self.database.read().await?;
        let mut rows = on!(conn, storefront::list_by_slugs(&keys, view.currency.code(), self.now()))?;
        rows.sort_by_key(|row| keys.iter().position(|key| *key == row.slug));
        Ok(view::cards(&rows, view))
    }

    /// Where a sitemap of several files is cut.
    pub(in crate::catalog) async fn cuts(&self, per_file: usize) -> Result<Vec<String>, Fault> {
        let mut conn = self.database.read().await?;
        let products = on!(conn, catalog::list_for_sitemap(self.now()))?;
        let lasts =
            products.chunks(per_file.max(1)).filter_map(|file| file.last()).map(|last| last.0.clone());
        let count = products.len().div_ceil(per_file.max(1));
        Ok(std::iter::once(String::new()).chain(lasts).take(count.max(1)).collect())
    }

    /// A part of the feed, behind the product `after`.
    pub(in crate::catalog) async fn feed_part(
        &self,
        view: View,
        after: &str,
    ) -> Result<Vec<FeedItem>, Fault> {
        let mut conn = self.database.read().await?;
        let rows = on!(conn, storefront::list_feed(view.currency.code(), after, self.now(), FEED))?;
        Ok(rows.iter().map(|row| feed_item(row, view)).collect())
    }

    /// A part of the sitemap.
    pub(in crate::catalog) async fn sitemap_of(&self, part: SitemapPart) -> Result<Vec<SitemapEntry>, Fault> {
        let mut conn = self.database.read().await?;
        match part {
            SitemapPart::Fixed => {
                let latest = on!(conn, catalog::list_for_sitemap(self.now()))?;
                let latest = latest.iter().map(|product| product.1).max().unwrap_or(0);
                let changed = from_micros(latest).date();
                let entry = |path: String| SitemapEntry { path, changed, pictures: Vec::new() };
                let categories = on!(conn, catalog::list_categories())?;
                let collections = on!(conn, shelves::list_collections())?;
                let fixed = ["", "/categories"].into_iter().map(str::to_owned);
                let help = app::help::Topic::ALL.into_iter().map(|topic| format!("/help/{}", topic.slug()));
                let categories = categories.iter().map(|row| format!("/c/{}", row.slug));
                let collections = collections.iter().map(|row| format!("/collections/{}", row.slug));
                Ok(fixed.chain(help).chain(categories).chain(collections).map(entry).collect())
            }
            SitemapPart::Products { after } => {
                let rows = on!(conn, storefront::list_sitemap(&after, self.now(), FEED))?;
                let entry = |(slug, changed, content): &(
                    String,
                    i64,
                    sqlx::types::Json<crate::catalog::row::ProductDoc>,
                )| {
                    let pictures = content.media.iter().filter(|doc| !doc.is_video);
                    SitemapEntry {
                        path: format!("/p/{slug}"),
                        changed: from_micros(*changed).date(),
                        pictures: pictures.map(|doc| view::media_path(&doc.file)).collect(),
                    }
                };
                Ok(rows.iter().map(entry).collect())
            }
        }
    }
}

fn feed_item(row: &FeedRow, view: View) -> FeedItem {
    let doc = &row.content;
    let locale = view.locale;
    let picture = view::variant_picture(doc, &row.pictures, locale);
    let others = doc.media.iter().filter(|media| !media.is_video).map(|media| view::media_path(&media.file));
    let first = picture.as_ref().map(|picture| picture.src.clone());
    FeedItem {
        sku: row.sku.clone(),
        slug: row.slug.clone(),
        title: doc.title.get(locale).to_owned(),
        options_text: view::options_text(doc, &row.options, locale),
        options: doc.options.iter().filter_map(|option| pair(&option.key, &row.options)).collect(),
        description: doc.description.get(locale).to_owned(),
        brand: doc.brand.get(locale).to_owned(),
        category: row.category.get(locale).to_owned(),
        pictures: first.iter().cloned().chain(others.filter(|other| Some(other) != first.as_ref())).collect(),
        share: picture.map(|picture| picture.shared()),
        barcode: row.barcode.clone(),
        weight_g: row.weight_g,
        price: Money::new(row.amount_minor, view.currency),
        compare_at: row
            .compare_at_minor
            .filter(|former| *former > row.amount_minor)
            .map(|former| Money::new(former, view.currency)),
        available: row.available.max(0),
    }
}

fn pair(key: &str, options: &BTreeMap<String, String>) -> Option<(String, String)> {
    Some((key.to_owned(), options.get(key)?.clone()))
}
