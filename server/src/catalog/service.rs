//! The catalogue's port over the database.

use super::categories::KeptCategories;
use super::row::{CategoryRow, ListRequest, MediaDoc, ProductRow, VariantRow};
use super::storefront::Beside;
use super::view;
use crate::db::time::to_micros;
use crate::db::{Conn, Database};
use crate::delivery::zone::likely_country;
use crate::fault::Fault;
use crate::on;
use crate::platform::Platform;
use app::AppError;
use app::catalog::model::{
    CategoryLink, CategoryPage, CollectionLink, CollectionPage, FeedItem, HomePage, PageKind, ProductCard,
    ProductId, ProductPage, SitemapEntry, SitemapPart, View,
};
use app::catalog::port::Catalog;
use app::delivery::arrival::Days;
use app::kernel::{PageNumber, Slug};
use async_trait::async_trait;
use uuid::Uuid;

/// Products in each row of the home page.
const HOME_ROW: i64 = 8;
/// Name of the setting with the home page's picture.
pub const HOME_HERO: &str = "home.hero";

/// Reads the catalogue.
pub struct CatalogService {
    /// Where it is.
    pub database: Database,
    /// The clock decides what is published.
    pub platform: Platform,
    /// Their tree is on every page.
    categories: KeptCategories,
}

impl CatalogService {
    /// Reads this catalogue.
    #[must_use]
    pub fn new(database: &Database, platform: &Platform) -> Self {
        let (database, platform) = (database.clone(), platform.clone());
        Self { database, platform, categories: KeptCategories::default() }
    }

    pub(super) fn now(&self) -> i64 {
        to_micros(self.platform.clock.now())
    }

    pub(super) fn request(&self, view: View, limit: i64) -> ListRequest<'static> {
        let currency = view.currency.code();
        ListRequest { categories: None, is_offer: false, currency, limit, now: self.now() }
    }

    async fn home_page(&self, view: View) -> Result<HomePage, Fault> {
        let mut conn = self.database.read().await?;
        let categories = self.categories.get_on(&self.database, &mut conn).await?;
        let hero = on!(conn, catalog::find_setting(HOME_HERO))?;
        let newest = self.request(view, HOME_ROW);
        let offers = ListRequest { is_offer: true, ..newest };
        let hero = hero.and_then(|json| serde_json::from_value::<MediaDoc>(json.0).ok());
        Ok(HomePage {
            hero: hero.map(|doc| view::picture(&doc, view.locale)),
            categories: with_banners(&categories, view),
            newest: cards(&mut conn, &newest, view).await?,
            offers: cards(&mut conn, &offers, view).await?,
            popular: self.most_bought(&mut conn, view, HOME_ROW / 2).await?,
            collections: self.all_collections(&mut conn, view).await?,
        })
    }

    async fn category_page(&self, view: View, slug: &Slug) -> Result<CategoryPage, Fault> {
        let rows = self.categories.get(&self.database).await?;
        let row = rows.iter().find(|row| row.slug == slug.as_str()).ok_or(AppError::NotFound)?;
        let parent = rows.iter().find(|other| Some(other.id) == row.parent_id);
        let banner = row.banner.as_ref().or(parent.and_then(|parent| parent.banner.as_ref()));
        Ok(CategoryPage {
            category: CategoryLink {
                children: view::tree(&rows, Some(row.id), view.locale),
                ..view::link(row, view.locale)
            },
            parent: parent.map(|parent| view::link(parent, view.locale)),
            banner: banner.map(|doc| view::picture(doc, view.locale)),
        })
    }

    async fn product_page(&self, view: View, slug: &Slug) -> Result<ProductPage, Fault> {
        let mut conn = self.database.read().await?;
        let now = self.now();
        let product = on!(conn, catalog::find_product(slug.as_str(), now))?.ok_or(AppError::NotFound)?;
        let variants = on!(conn, catalog::list_variants(product.id, view.currency.code()))?;
        if variants.is_empty() {
            return Err(AppError::NotFound.into());
        }
        let categories = self.categories.get_on(&self.database, &mut conn).await?;
        let beside = self.beside(&mut conn, &product, view).await?;
        let crumbs = crumbs(&categories, product.category_id, view);
        let (country, currency) = (likely_country(view.currency).code(), view.currency.code());
        let days = on!(conn, delivery::usual_days(country, currency))?;
        let page = assemble(&product, &variants, crumbs, beside, view);
        Ok(ProductPage { delivery: days.map(|(from, to)| Days { from, to }), ..page })
    }

    async fn cards_in_order(&self, view: View, products: &[ProductId]) -> Result<Vec<ProductCard>, Fault> {
        let ids: Vec<Uuid> = products.iter().map(|product| product.0).collect();
        let mut conn = self.database.read().await?;
        let rows = on!(conn, catalog::list_products_of(&ids, view.currency.code(), self.now()))?;
        let in_order = ids.iter().filter_map(|id| rows.iter().find(|row| row.id == *id));
        Ok(in_order.filter_map(|row| view::card(row, view)).collect())
    }
}

fn with_banners(
    rows: &[CategoryRow],
    view: View,
) -> Vec<(CategoryLink, Option<app::catalog::model::Picture>)> {
    let tops = rows.iter().filter(|row| row.parent_id.is_none());
    tops.map(|row| {
        let link = CategoryLink {
            children: view::tree(rows, Some(row.id), view.locale),
            ..view::link(row, view.locale)
        };
        (link, row.banner.as_ref().map(|doc| view::picture(doc, view.locale)))
    })
    .collect()
}

/// The categories above a product, from the top.
fn crumbs(rows: &[CategoryRow], category: Uuid, view: View) -> Vec<CategoryLink> {
    let own = rows.iter().find(|row| row.id == category);
    let parent = own.and_then(|own| rows.iter().find(|row| Some(row.id) == own.parent_id));
    parent.into_iter().chain(own).map(|row| view::link(row, view.locale)).collect()
}

pub(super) async fn cards(
    conn: &mut Conn,
    request: &ListRequest<'_>,
    view: View,
) -> Result<Vec<ProductCard>, Fault> {
    Ok(view::cards(&on!(conn, catalog::list_products(request))?, view))
}

fn assemble(
    product: &ProductRow,
    variants: &[VariantRow],
    crumbs: Vec<CategoryLink>,
    beside: Beside,
    view: View,
) -> ProductPage {
    let doc = &product.content;
    let locale = view.locale;
    let text = |localized: &app::kernel::Localized| localized.get(locale).to_owned();
    ProductPage {
        slug: product.slug.clone(),
        title: text(&doc.title),
        subtitle: text(&doc.subtitle),
        description: text(&doc.description).split("\n\n").map(str::to_owned).collect(),
        brand: text(&doc.brand),
        crumbs,
        specs: doc.specs.iter().map(|spec| (text(&spec.name), text(&spec.value))).collect(),
        options: view::options(product, locale),
        variants: variants.iter().map(|row| view::variant(row, product, view)).collect(),
        media: doc.media.iter().map(|doc| view::media(doc, locale)).collect(),
        care: text(&doc.care),
        faq: doc.faq.iter().map(|faq| (text(&faq.question), text(&faq.answer))).collect(),
        tags: view::tags(&doc.tags, locale),
        origin: text(&doc.origin),
        shelf_life_days: product.shelf_life_days.and_then(|days| u32::try_from(days).ok()),
        similar: beside.similar,
        matches: beside.matches,
        delivery: None,
    }
}

#[async_trait]
impl Catalog for CatalogService {
    async fn categories(&self, view: View) -> Result<Vec<CategoryLink>, AppError> {
        let rows = self.categories.get(&self.database).await?;
        Ok(view::tree(&rows, None, view.locale))
    }

    async fn home(&self, view: View) -> Result<HomePage, AppError> {
        Ok(self.home_page(view).await?)
    }

    async fn category(&self, view: View, slug: &Slug) -> Result<CategoryPage, AppError> {
        Ok(self.category_page(view, slug).await?)
    }

    async fn cards(&self, view: View, products: &[ProductId]) -> Result<Vec<ProductCard>, AppError> {
        Ok(self.cards_in_order(view, products).await?)
    }

    async fn product(&self, view: View, slug: &Slug) -> Result<ProductPage, AppError> {
        Ok(self.product_page(view, slug).await?)
    }

    async fn sitemap(&self, part: SitemapPart) -> Result<Vec<SitemapEntry>, AppError> {
        Ok(self.sitemap_of(part).await?)
    }

    async fn sitemap_cuts(&self, per_file: usize) -> Result<Vec<String>, AppError> {
        Ok(self.cuts(per_file).await?)
    }

    async fn collections(&self, view: View) -> Result<Vec<CollectionLink>, AppError> {
        Ok(self.read_collections(view).await?)
    }

    async fn collection(
        &self,
        view: View,
        slug: &Slug,
        page: PageNumber,
    ) -> Result<CollectionPage, AppError> {
        Ok(self.collection_page(view, slug, page).await?)
    }

    async fn moved(&self, kind: PageKind, slug: &Slug) -> Result<Option<String>, AppError> {
        Ok(self.where_moved(kind, slug).await?)
    }

    async fn seen(&self, view: View, slugs: &[Slug]) -> Result<Vec<ProductCard>, AppError> {
        Ok(self.cards_seen(view, slugs).await?)
    }

    async fn feed(&self, view: View, after: &str) -> Result<Vec<FeedItem>, AppError> {
        Ok(self.feed_part(view, after).await?)
    }
}
