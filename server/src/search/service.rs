//! The search's port over the index. Cards come from the catalogue, so that prices and stock on them are the
//! database's own.

use super::analysis::fold;
use super::analysis::synonyms::{self, Synonyms};
use super::engine::Index;
use super::engine::listing::{Ask, Listed, list};
use super::engine::matching::{Fit, Found, Seeker};
use super::engine::product::slot;
use super::facets::facets;
use super::highlight;
use super::holder::Holder;
use super::tally::Tally;
use crate::db::Database;
use crate::fault::Fault;
use crate::on;
use crate::platform::Platform;
use app::AppError;
use app::catalog::model::{ProductCard, ProductId, View};
use app::catalog::port::Catalog;
use app::kernel::{Locale, Page, PageNumber};
use app::search::model::{
    Facets, Filters, List, ListRequest, Sort, SuggestedCategory, SuggestedProduct, Suggestions, Understood,
    plain_text,
};
use app::search::port::Search;
use async_trait::async_trait;
use std::collections::HashMap;
use std::sync::{Arc, PoisonError, RwLock};
use std::time::Duration;
use tokio::sync::watch;

/// How long a request waits for the index while it is made.
const PATIENCE: Duration = Duration::from_secs(8);
/// Without a notice the outbox is read this often.
const LOOK: Duration = Duration::from_secs(1);
/// Everything is compared, and popular texts are read, every so many looks.
const LOOKS_PER_ROUND: u32 = 120;
/// Suggested articles, categories, texts.
const SUGGESTED: (usize, usize, usize) = (6, 3, 4);
/// A text is popular when it was looked for this often in [`POPULAR_DAYS`], and something was found.
const POPULAR_FROM: i64 = 3;
/// Days that popular texts come from.
const POPULAR_DAYS: i64 = 30;
/// Tallies are kept this many days; what was looked for only once a day, fewer.
const KEPT_DAYS: (i64, i64) = (400, 30);

/// Finds products.
pub struct SearchService {
    /// The index.
    pub holder: Holder,
    catalog: Arc<dyn Catalog>,
    synonyms: Synonyms,
    tally: Tally,
    popular: RwLock<Vec<(Locale, String)>>,
}

/// An answer of the index, before its cards are read.
struct Prepared {
    listed: Listed,
    ids: Vec<ProductId>,
    facets: Facets,
    found: Option<Found>,
}

impl SearchService {
    /// A service that makes its index on first use.
    #[must_use]
    pub fn new(database: Database, platform: Platform, catalog: Arc<dyn Catalog>) -> Self {
        Self {
            holder: Holder::new(database, platform),
            catalog,
            synonyms: Synonyms::parse(synonyms::DEFAULT),
            tally: Tally::default(),
            popular: RwLock::default(),
        }
    }

    /// The same with other synonyms.
    #[must_use]
    pub fn with_synonyms(self, synonyms: Synonyms) -> Self {
        Self { synonyms, ..self }
    }

    /// Makes the index, then keeps it up to date until `stop`.
    pub async fn follow(self: Arc<Self>, mut stop: watch::Receiver<bool>) {
        let mut notices = self.holder.database.bus().subscribe();
        let mut looks: u32 = 0;
        while !*stop.borrow() {
            if let Err(error) = self.look(looks).await {
                tracing::warn!(%error, "the search index could not be brought up to date; trying again");
            }
            looks = looks.wrapping_add(1);
            tokio::select! {
                _ = stop.changed() => {}
                _ = notices.recv() => {}
                () = tokio::time::sleep(LOOK) => {}
            }
        }
        if let Err(error) = self.flush().await {
            tracing::warn!(%error, "the last searches were not counted");
        }
    }

    async fn look(&self, looks: u32) -> anyhow::Result<()> {
        self.holder.catch_up().await?;
        self.flush().await?;
        if looks.is_multiple_of(LOOKS_PER_ROUND) {
            self.holder.reconcile().await?;
            self.read_popular().await?;
            self.sweep().await?;
        }
        Ok(())
    }

    /// Writes what was counted.
    ///
    /// # Errors
    /// The database's error.
    pub async fn flush(&self) -> sqlx::Result<()> {
        self.tally.flush(&self.holder.database, self.holder.platform.clock.now().date()).await
    }

    /// Reads what is looked for often.
    ///
    /// # Errors
    /// The database's error.
    pub async fn read_popular(&self) -> anyhow::Result<()> {
        let since = self.holder.platform.clock.now().date() - time::Duration::days(POPULAR_DAYS);
        let mut conn = self.holder.database.read().await?;
        let rows = on!(conn, search::list_queries(since, 200))?;
        let often = rows.into_iter().filter(|row| row.searches >= POPULAR_FROM && row.hits > 0);
        let texts = often.filter_map(|row| Some((Locale::from_code(&row.locale)?, row.text))).collect();
        *self.popular.write().unwrap_or_else(PoisonError::into_inner) = texts;
        Ok(())
    }

    async fn sweep(&self) -> sqlx::Result<()> {
        let day = |days| self.holder.platform.clock.now().date() - time::Duration::days(days);
        let mut tx = self.holder.database.write().await?;
        on!(tx, search::sweep_tallies(day(KEPT_DAYS.0), day(KEPT_DAYS.1)))?;
        tx.commit().await
    }

    fn popular(&self, locale: Locale, is_wanted: impl Fn(&str) -> bool) -> Vec<String> {
        let popular = self.popular.read().unwrap_or_else(PoisonError::into_inner);
        let own = popular.iter().filter(|(language, text)| *language == locale && is_wanted(text));
        own.take(SUGGESTED.2).map(|(_, text)| text.clone()).collect()
    }

    async fn ready(&self) -> Result<(), Fault> {
        match tokio::time::timeout(PATIENCE, self.holder.ensure()).await {
            Ok(made) => made.map_err(Fault::NotReady),
            Err(_) => Err(AppError::Unavailable.into()),
        }
    }

    /// Asks the index. No waiting in here: the index is locked.
    fn prepare(
        &self,
        view: View,
        request: &ListRequest,
        page: (usize, usize),
        is_typing: bool,
    ) -> Result<Prepared, AppError> {
        let answer = self.holder.with(|index| {
            let found = (!request.text.is_empty()).then(|| self.seek(index, view, &request.text, is_typing));
            let ask = self.ask(index, view, request, found.as_ref(), page)?;
            let listed = list(index, &ask);
            let facts = listed.products.iter().filter_map(|number| index.columns.facts(*number));
            let ids = facts.map(|facts| ProductId(facts.id)).collect();
            let facets = facets(index, &listed, request, view);
            Ok(Prepared { listed, ids, facets, found })
        });
        answer.unwrap_or(Err(AppError::Unavailable))
    }

    fn seek(&self, index: &Index, view: View, text: &str, is_typing: bool) -> Found {
        let now = self.holder.now();
        Seeker { index, synonyms: &self.synonyms, locale: view.locale, is_typing, now }.seek(text)
    }

    fn ask<'a>(
        &self,
        index: &Index,
        view: View,
        request: &ListRequest,
        found: Option<&'a Found>,
        page: (usize, usize),
    ) -> Result<Ask<'a>, AppError> {
        let scope = match &request.category {
            Some(slug) => Some(family(index, slug.as_str()).ok_or(AppError::NotFound)?),
            None => None,
        };
        let (categories, values, is_impossible) = chosen(index, &request.filters);
        Ok(Ask {
            text: found.map(|found| &found.scores),
            scope,
            categories,
            values,
            is_impossible,
            price: (request.filters.least, request.filters.most),
            in_stock: request.filters.in_stock,
            on_offer: request.filters.on_offer,
            slot: slot(view.currency),
            sort: request.sort,
            page,
            now: self.holder.now(),
            today: self.holder.platform.clock.now().date().to_julian_day(),
        })
    }

    async fn listed(&self, view: View, request: &ListRequest) -> Result<List, Fault> {
        self.ready().await?;
        let first = usize::try_from(request.page.offset(ListRequest::PER_PAGE)).unwrap_or(usize::MAX);
        let prepared = self.prepare(view, request, (first, ListRequest::PER_PAGE as usize), false)?;
        let total = prepared.listed.total;
        let products = Page {
            items: Vec::new(),
            total: total as u64,
            number: request.page.get(),
            per_page: ListRequest::PER_PAGE,
        };
        if products.is_beyond_the_end() {
            return Err(AppError::NotFound.into());
        }
        if request.page == PageNumber::FIRST
            && request.filters == Filters::default()
            && request.sort == Sort::default()
        {
            let is_near = prepared.found.as_ref().is_some_and(|found| found.fit == Fit::Near);
            self.tally.searched(view.locale, &request.text, if is_near { 0 } else { total });
        }
        let cards = self.catalog.cards(view, &prepared.ids).await?;
        let marks = cards.iter().map(|card| self.marks(&card.title, prepared.found.as_ref())).collect();
        let understood = understood(prepared.found.as_ref(), &cards);
        let popular = if total == 0 { self.popular(view.locale, |_| true) } else { Vec::new() };
        let products = Page { items: cards, ..products };
        Ok(List { products, marks, facets: prepared.facets, understood, popular })
    }

    fn marks(&self, title: &str, found: Option<&Found>) -> app::search::model::Marks {
        found.map(|found| highlight::marks(title, &found.words)).unwrap_or_default()
    }

    async fn suggested(&self, view: View, text: &str) -> Result<Suggestions, Fault> {
        let text = plain_text(text);
        let folded = fold(&text);
        let mut suggestions = Suggestions { text: text.clone(), ..Suggestions::default() };
        suggestions.queries = self.popular(view.locale, |known| {
            let known = fold(known);
            known.starts_with(&folded) && known != folded
        });
        if text.is_empty() {
            return Ok(suggestions);
        }
        self.ready().await?;
        let request = ListRequest {
            text,
            category: None,
            filters: Filters::default(),
            sort: Sort::default(),
            page: PageNumber::FIRST,
        };
        let prepared = self.prepare(view, &request, (0, SUGGESTED.0), true)?;
        let Some(found) = prepared.found.as_ref().filter(|found| found.fit != Fit::Near) else {
            return Ok(suggestions);
        };
        suggestions.hits = prepared.listed.total as u64;
        suggestions.categories = self.categories(view.locale, found);
        let cards = self.catalog.cards(view, &prepared.ids).await?;
        suggestions.products = cards.into_iter().map(|card| self.suggested_product(card, found)).collect();
        Ok(suggestions)
    }

    fn categories(&self, locale: Locale, found: &Found) -> Vec<SuggestedCategory> {
        let fitting = |index: &Index| {
            let named = index.categories.iter().filter(|category| {
                [&category.name.zh, &category.name.en].iter().any(|name| highlight::fits(name, &found.words))
            });
            named
                .take(SUGGESTED.1)
                .map(|category| SuggestedCategory {
                    slug: category.slug.clone(),
                    name: category.name.get(locale).to_owned(),
                })
                .collect()
        };
        self.holder.with(fitting).unwrap_or_default()
    }

    fn suggested_product(&self, card: ProductCard, found: &Found) -> SuggestedProduct {
        SuggestedProduct {
            marks: self.marks(&card.title, Some(found)),
            slug: card.slug,
            title: card.title,
            picture: card.picture.map(|picture| picture.src),
            price: card.price,
            is_from: card.is_from,
            in_stock: card.in_stock,
        }
    }
}

/// The places of a category and of everything below it. `None` when there is none of that name.
fn family(index: &Index, slug: &str) -> Option<Vec<u32>> {
    let top = index.categories.iter().position(|category| category.slug == slug)?;
    let mut ids = vec![index.categories.get(top)?.id];
    let mut places = vec![u32::try_from(top).ok()?];
    // Categories are few and two levels deep; each round finds the next level.
    loop {
        let below = (0_u32..).zip(&index.categories).filter(|(place, category)| {
            category.parent.is_some_and(|parent| ids.contains(&parent)) && !places.contains(place)
        });
        let below: Vec<(u32, uuid::Uuid)> = below.map(|(place, category)| (place, category.id)).collect();
        if below.is_empty() {
            return Some(places);
        }
        for (place, id) in below {
            places.push(place);
            ids.push(id);
        }
    }
}

/// Chosen categories and values as numbers, and whether one of the groups asks for nothing that exists.
fn chosen(index: &Index, filters: &Filters) -> (Vec<u32>, HashMap<u32, Vec<u32>>, bool) {
    let mut categories = Vec::new();
    let mut values: HashMap<u32, Vec<u32>> = HashMap::new();
    let mut is_impossible = false;
    for (group, key) in &filters.values {
        if group == "cat" {
            let places = family(index, key);
            is_impossible |= places.is_none();
            categories.extend(places.unwrap_or_default());
            continue;
        }
        match index.columns.values.find_group(group) {
            Some(number) => {
                let wanted = values.entry(number).or_default();
                wanted.extend(index.columns.values.find(number, key));
            }
            None => is_impossible = true,
        }
    }
    (categories, values, is_impossible)
}

/// What to tell about how a text was understood.
fn understood(found: Option<&Found>, cards: &[ProductCard]) -> Understood {
    let Some(found) = found else { return Understood::AsWritten };
    match &found.fit {
        Fit::Exact | Fit::Nothing => Understood::AsWritten,
        Fit::Mended(text) => Understood::As(text.clone()),
        Fit::Near => Understood::Near,
        Fit::Sound => {
            let spoken = cards.iter().find_map(|card| {
                let (from, to) = *highlight::marks(&card.title, &found.words).first()?;
                card.title.get(from..to).map(str::to_owned)
            });
            spoken.map_or(Understood::Near, Understood::As)
        }
    }
}

#[async_trait]
impl Search for SearchService {
    async fn list(&self, view: View, request: &ListRequest) -> Result<List, AppError> {
        Ok(self.listed(view, request).await?)
    }

    async fn suggest(&self, view: View, text: &str) -> Result<Suggestions, AppError> {
        Ok(self.suggested(view, text).await?)
    }

    fn followed(&self, view: View, text: &str, rank: u32) {
        self.tally.followed(view.locale, &plain_text(text), rank);
    }
}
