//! Reading the shop window: the parts of the catalogue's port that are about more than one product.

use super::row::{CollectionRow, FeedRow, RuleDoc, RuleRequest};
use crate::catalog::row::{ListRequest, ProductRow};
use crate::catalog::service::{CatalogService, cards};
use crate::catalog::view;
use crate::db::Conn;
use crate::db::time::from_micros;
use crate::fault::Fault;
use crate::on;
use app::AppError;
use app::catalog::model::{
    COLLECTION_PAGE, CollectionLink, CollectionPage, FeedItem, ProductCard, SitemapEntry, SitemapPart, View,
};
use app::kernel::{Locale, Money, Page, PageNumber, Slug};
use std::collections::BTreeMap;
use time::Duration;

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

    /// Every collection.
    pub(in crate::catalog) async fn all_collections(
        &self,
        conn: &mut Conn,
        view: View,
    ) -> Result<Vec<CollectionLink>, Fault> {
        let rows = on!(conn, storefront::list_collections())?;
        Ok(rows.iter().map(|row| collection_link(row, view.locale)).collect())
    }

    /// The same on a connection of its own.
    pub(in crate::catalog) async fn read_collections(
        &self,
        view: View,
    ) -> Result<Vec<CollectionLink>, Fault> {
        let mut conn = self.database.read().await?;
        self.all_collections(&mut conn, view).await
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

    /// A collection with a page of what its rule picks today.
    pub(in crate::catalog) async fn collection_page(
        &self,
        view: View,
        slug: &Slug,
        page: PageNumber,
    ) -> Result<CollectionPage, Fault> {
        let mut conn = self.database.read().await?;
        let rows = on!(conn, storefront::list_collections())?;
        let row = rows.iter().find(|row| row.slug == slug.as_str()).ok_or(AppError::NotFound)?;
        let request = self.rule_request(&row.rule, view, page);
        let total = on!(conn, storefront::count_by_rule(&request))?;
        let total = u64::try_from(total).unwrap_or(0);
        let mut products = Page { items: Vec::new(), total, number: page.get(), per_page: COLLECTION_PAGE };
        if products.is_beyond_the_end() {
            return Err(AppError::NotFound.into());
        }
        let picked = on!(conn, storefront::list_by_rule(&request))?;
        products.items = view::cards(&picked, view);
        let others = rows.iter().filter(|other| other.slug != row.slug);
        Ok(CollectionPage {
            collection: collection_link(row, view.locale),
            others: others.map(|other| collection_link(other, view.locale)).collect(),
            products,
        })
    }

    fn rule_request(&self, rule: &RuleDoc, view: View, page: PageNumber) -> RuleRequest {
        let today = self.platform.clock.now().date();
        let since = |days: u16| today.saturating_sub(Duration::days(i64::from(days)));
        RuleRequest {
            launched_since: rule.launched_within_days.map(since),
            is_offer: rule.is_offer,
            price_up_to: rule.price_up_to.get(view.currency.code()).copied(),
            is_in_stock: rule.in_stock,
            currency: view.currency.code(),
            now: self.now(),
            limit: i64::from(COLLECTION_PAGE),
            offset: page.offset(COLLECTION_PAGE),
        }
    }

    /// Where a product that had this key is now.
    pub(in crate::catalog) async fn where_moved(&self, slug: &Slug) -> Result<Option<String>, Fault> {
        let mut conn = self.database.read().await?;
        Ok(on!(conn, storefront::find_moved(slug.as_str(), self.now()))?)
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
                let collections = on!(conn, storefront::list_collections())?;
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

fn collection_link(row: &CollectionRow, locale: Locale) -> CollectionLink {
    CollectionLink {
        slug: row.slug.clone(),
        name: row.name.get(locale).to_owned(),
        summary: row.summary.get(locale).to_owned(),
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
