//! Collections on pages, and where pages were before.

use super::row::{CollectionRow, RuleDoc, RuleRequest};
use crate::catalog::service::CatalogService;
use crate::catalog::view;
use crate::db::Conn;
use crate::fault::Fault;
use crate::on;
use app::AppError;
use app::catalog::model::{COLLECTION_PAGE, CollectionLink, CollectionPage, PageKind, View};
use app::kernel::{Locale, Page, PageNumber, Slug};
use time::Duration;

impl CatalogService {
    /// Every collection.
    pub(in crate::catalog) async fn all_collections(
        &self,
        conn: &mut Conn,
        view: View,
    ) -> Result<Vec<CollectionLink>, Fault> {
        let rows = on!(conn, shelves::list_collections())?;
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

    /// A collection with a page of what its rule picks today.
    pub(in crate::catalog) async fn collection_page(
        &self,
        view: View,
        slug: &Slug,
        page: PageNumber,
    ) -> Result<CollectionPage, Fault> {
        let mut conn = self.database.read().await?;
        let rows = on!(conn, shelves::list_collections())?;
        let row = rows.iter().find(|row| row.slug == slug.as_str()).ok_or(AppError::NotFound)?;
        let request = self.rule_request(&row.rule, view, page);
        let total = on!(conn, shelves::count_by_rule(&request))?;
        let total = u64::try_from(total).unwrap_or(0);
        let mut products = Page { items: Vec::new(), total, number: page.get(), per_page: COLLECTION_PAGE };
        if products.is_beyond_the_end() {
            return Err(AppError::NotFound.into());
        }
        let picked = on!(conn, shelves::list_by_rule(&request))?;
        products.items = view::cards(&picked, view);
        let others = rows.iter().filter(|other| other.slug != row.slug);
        Ok(CollectionPage {
            collection: collection_link(row, view.locale),
            others: others.map(|other| collection_link(other, view.locale)).collect(),
            products,
        })
    }

    fn rule_request<'a>(&self, rule: &'a RuleDoc, view: View, page: PageNumber) -> RuleRequest<'a> {
        let today = self.platform.clock.now().date();
        let since = |days: u16| today.saturating_sub(Duration::days(i64::from(days)));
        RuleRequest {
            categories: &rule.categories,
            tags: &rule.tags,
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

    /// Where what had this key is now.
    pub(in crate::catalog) async fn where_moved(
        &self,
        kind: PageKind,
        slug: &Slug,
    ) -> Result<Option<String>, Fault> {
        let mut conn = self.database.read().await?;
        Ok(match kind {
            PageKind::Product => on!(conn, storefront::find_moved(slug.as_str(), self.now()))?,
            PageKind::Category => on!(conn, shelves::find_moved_category(slug.as_str()))?,
            PageKind::Collection => on!(conn, shelves::find_moved_collection(slug.as_str()))?,
        })
    }
}

fn collection_link(row: &CollectionRow, locale: Locale) -> CollectionLink {
    CollectionLink {
        slug: row.slug.clone(),
        name: row.name.get(locale).to_owned(),
        summary: row.summary.get(locale).to_owned(),
    }
}
