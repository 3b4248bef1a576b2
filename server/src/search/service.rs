//! The search's port over the index. Cards come from the catalogue, so that prices and stock on them are the
//! database's own.

use super::analysis::fold;
use super::analysis::synonyms::{self, Synonyms};
use super::answers::{Answers, Prepared, Question};
use super::asked::{chosen, family, understood};
use super::engine::Index;
use super::engine::listing::{Ask, list};
use super::engine::matching::{Fit, Found, Seeker};
use super::engine::product::slot;
use super::engine::scores::Scores;
use super::facets::facets;
use super::highlight;
use super::holder::Holder;
use super::tally::Tally;
use crate::db::Database;
use crate::fault::Fault;
use crate::platform::Platform;
use app::AppError;
use app::catalog::model::{ProductCard, ProductId, View};
use app::catalog::port::Catalog;
use app::kernel::{Locale, Page, PageNumber};
use app::search::model::{
    Facets, Filters, List, ListRequest, Sort, SuggestedCategory, SuggestedProduct, Suggestions, plain_text,
};
use app::search::port::Search;
use async_trait::async_trait;
use std::sync::{Arc, PoisonError, RwLock};
use std::time::Duration;

/// How long a request waits for the index while it is made.
const PATIENCE: Duration = Duration::from_secs(8);
/// Suggested articles, categories, texts.
const SUGGESTED: (usize, usize, usize) = (6, 3, 4);

/// Finds products.
pub struct SearchService {
    /// The index.
    pub holder: Holder,
    catalog: Arc<dyn Catalog>,
    synonyms: Synonyms,
    answers: Answers,
    pub(super) tally: Tally,
    popular: RwLock<Vec<(Locale, String)>>,
}

impl SearchService {
    /// A service that makes its index on first use.
    #[must_use]
    pub fn new(database: Database, platform: Platform, catalog: Arc<dyn Catalog>) -> Self {
        Self {
            holder: Holder::new(database, platform),
            catalog,
            synonyms: Synonyms::parse(synonyms::DEFAULT),
            answers: Answers::default(),
            tally: Tally::default(),
            popular: RwLock::default(),
        }
    }

    /// The same with other synonyms.
    #[must_use]
    pub fn with_synonyms(self, synonyms: Synonyms) -> Self {
        Self { synonyms, ..self }
    }

    pub(super) fn set_popular(&self, texts: Vec<(Locale, String)>) {
        *self.popular.write().unwrap_or_else(PoisonError::into_inner) = texts;
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

    /// What the index answers, or has answered a moment ago.
    async fn answer(
        &self,
        view: View,
        request: &ListRequest,
        page: (usize, usize),
        is_typing: bool,
    ) -> Result<Arc<Prepared>, AppError> {
        let edition = self.holder.with(Index::edition).ok_or(AppError::Unavailable)?;
        let question = Question { edition, view, request: request.clone(), page, is_typing };
        self.answers.get(question.clone(), || self.prepare(&question)).await
    }

    /// Asks the index. No waiting in here: the index is locked.
    fn prepare(&self, question: &Question) -> Result<Prepared, AppError> {
        let Question { view, request, page, is_typing, .. } = question;
        let answer = self.holder.with(|index| {
            let found =
                (!request.text.is_empty()).then(|| self.seek(index, *view, &request.text, *is_typing));
            let asked = self.ask(index, *view, request, found.as_ref())?;
            let listed = list(index, &Ask { page: *page, with_facets: !is_typing, ..asked });
            let facts = listed.products.iter().filter_map(|number| index.columns.facts(*number));
            let ids = facts.map(|facts| ProductId(facts.id)).collect();
            let facets = if *is_typing { Facets::default() } else { facets(index, &listed, request, *view) };
            let found = found.map(|found| Found { scores: Scores::default(), ..found });
            Ok(Prepared { total: listed.total, ids, facets, found })
        });
        answer.unwrap_or(Err(AppError::Unavailable))
    }

    pub(super) fn seek(&self, index: &Index, view: View, text: &str, is_typing: bool) -> Found {
        let now = self.holder.now();
        Seeker { index, synonyms: &self.synonyms, locale: view.locale, is_typing, now }.seek(text)
    }

    fn ask<'a>(
        &self,
        index: &Index,
        view: View,
        request: &ListRequest,
        found: Option<&'a Found>,
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
            page: (0, 0),
            with_facets: true,
            now: self.holder.now(),
            today: self.holder.platform.clock.now().date().to_julian_day(),
        })
    }

    async fn listed(&self, view: View, request: &ListRequest) -> Result<List, Fault> {
        self.ready().await?;
        let first = usize::try_from(request.page.offset(ListRequest::PER_PAGE)).unwrap_or(usize::MAX);
        let prepared = self.answer(view, request, (first, ListRequest::PER_PAGE as usize), false).await?;
        let total = prepared.total;
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
        Ok(List { products, marks, facets: prepared.facets.clone(), understood, popular })
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
        let prepared = self.answer(view, &request, (0, SUGGESTED.0), true).await?;
        let Some(found) = prepared.found.as_ref().filter(|found| found.fit != Fit::Near) else {
            return Ok(suggestions);
        };
        suggestions.hits = prepared.total as u64;
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
