//! What the index answered lately. Many ask for the same lists, a large catalogue is counted once for all of them; the
//! number of the index's edition in each question makes that a change is seen at once.

use super::engine::matching::Found;
use app::AppError;
use app::catalog::model::{ProductId, View};
use app::search::model::{Facets, ListRequest};
use moka::future::Cache;
use std::sync::Arc;
use std::time::Duration;

/// Answers that are kept: a few kilobytes each.
const MOST: u64 = 500;
/// Sales, dates of publication and freshness change without a new edition; they may be this old.
const LASTS: Duration = Duration::from_secs(10);

/// What distinguishes answers.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub(super) struct Question {
    /// [`super::engine::Index::edition`].
    pub(super) edition: u64,
    pub(super) view: View,
    pub(super) request: ListRequest,
    /// The first product, and how many.
    pub(super) page: (usize, usize),
    /// The last word may be unfinished, and nobody looks at facets.
    pub(super) is_typing: bool,
}

/// An answer of the index, before its cards are read.
#[derive(Debug)]
pub(super) struct Prepared {
    /// Products on all pages.
    pub(super) total: usize,
    /// Products of the page.
    pub(super) ids: Vec<ProductId>,
    pub(super) facets: Facets,
    /// How the text was understood; without its points, which nobody asks for any more.
    pub(super) found: Option<Found>,
}

/// The answers of this process.
pub(super) struct Answers(Cache<Question, Arc<Prepared>>);

impl Default for Answers {
    fn default() -> Self {
        Self(Cache::builder().max_capacity(MOST).time_to_live(LASTS).build())
    }
}

impl Answers {
    /// The answer to a question; `prepare` runs once however many ask at the same moment.
    pub(super) async fn get(
        &self,
        question: Question,
        prepare: impl FnOnce() -> Result<Prepared, AppError>,
    ) -> Result<Arc<Prepared>, AppError> {
        let answer = self.0.try_get_with(question, async { prepare().map(Arc::new) }).await;
        answer.map_err(|fault| AppError::clone(&fault))
    }
}
