//! Lists: filters, the counts of every facet, and the order.
//!
//! Facets stay selectable: each one is counted as if its own filter were not set. Options, price, stock and offers
//! must hold for one and the same variant, so that "white, in stock" never shows a product whose white is sold out.

use super::Index;
use super::digest::Digest;
use super::narrowing::Narrowing;
use super::ranking::{Best, Ranking};
use super::scores::Scores;
use app::search::model::Sort;
use std::collections::HashMap;

/// What is asked for.
pub struct Ask<'a> {
    /// Points of the text; `None` for everything.
    pub text: Option<&'a Scores>,
    /// Only these places of categories; `None` for all.
    pub scope: Option<Vec<u32>>,
    /// Any of these places of categories, as chosen by the shopper; none means all.
    pub categories: Vec<u32>,
    /// Values by group: any of them.
    pub values: HashMap<u32, Vec<u32>>,
    /// A value was asked for that no product has: nothing fits.
    pub is_impossible: bool,
    /// Minor units, both ends included.
    pub price: (Option<i64>, Option<i64>),
    /// Only what can be bought.
    pub in_stock: bool,
    /// Only what is reduced.
    pub on_offer: bool,
    /// See [`super::product::slot`].
    pub slot: usize,
    /// Order.
    pub sort: Sort,
    /// The first product of the page, and how many.
    pub page: (usize, usize),
    /// Facets are counted too.
    pub with_facets: bool,
    /// Microseconds.
    pub now: i64,
    /// Julian day.
    pub today: i32,
}

impl Ask<'_> {
    /// True when the list is narrowed by something.
    fn is_narrowed(&self) -> bool {
        let is_by_price = self.price.0.is_some() || self.price.1.is_some();
        !self.categories.is_empty()
            || !self.values.is_empty()
            || is_by_price
            || self.in_stock
            || self.on_offer
    }
}

/// What was found.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Listed {
    /// Numbers of the page's products in their order.
    pub products: Vec<usize>,
    /// Products on all pages.
    pub total: usize,
    /// Products per value.
    pub values: Vec<u32>,
    /// Products per place of a category, sub-categories not included.
    pub categories: Vec<u32>,
    /// Lowest and highest price without the price filter.
    pub prices: Option<(i64, i64)>,
    /// Products that can be bought.
    pub in_stock: usize,
    /// Products on offer.
    pub on_offer: usize,
}

/// Makes a list.
#[must_use]
pub fn list(index: &Index, ask: &Ask<'_>) -> Listed {
    let mut count = Count::new(index, ask);
    match ask.text {
        _ if ask.is_impossible => {}
        Some(scores) => scores.hits().for_each(|(product, points)| count.visit(product, points)),
        None => match &ask.scope {
            Some(scope) => {
                let products = scope.iter().flat_map(|place| index.columns.of_category(*place));
                products.for_each(|product| count.visit(*product as usize, 0));
            }
            None => (0..index.columns.len()).for_each(|product| count.visit(product, 0)),
        },
    }
    count.finish()
}

/// One list in the making.
struct Count<'a> {
    index: &'a Index,
    ask: &'a Ask<'a>,
    is_narrowed: bool,
    narrowing: Narrowing<'a>,
    ranking: Ranking<'a>,
    best: Best,
    out: Listed,
}

impl<'a> Count<'a> {
    fn new(index: &'a Index, ask: &'a Ask<'a>) -> Self {
        let out = Listed {
            values: vec![0; index.columns.values.len()],
            categories: vec![0; index.categories.len()],
            ..Listed::default()
        };
        Self {
            index,
            ask,
            is_narrowed: ask.is_narrowed(),
            narrowing: Narrowing::new(index, ask),
            ranking: Ranking::new(&index.weights, ask),
            best: Best::new(ask.page.0.saturating_add(ask.page.1)),
            out,
        }
    }

    fn visit(&mut self, product: usize, points: u32) {
        let columns = &self.index.columns;
        if !columns.is_shown(product, self.ask.now) {
            return;
        }
        let digest = columns.offers.digest(product, self.ask.slot);
        let (Some(facts), Some(digest)) = (columns.facts(product), digest) else { return };
        if self.ask.scope.as_ref().is_some_and(|scope| !scope.contains(&facts.category)) {
            return;
        }
        let fitting = if self.is_narrowed || !digest.is_whole {
            self.narrowing.weigh(product, facts.category, &mut self.out)
        } else {
            self.count_whole(product, facts.category, digest);
            Some((digest.low, digest.has_stock))
        };
        if let Some((lowest, is_available)) = fitting {
            self.best.push((self.ranking.key(facts, points, lowest, is_available), product));
        }
    }

    /// Counts a product whose variants all fit, from what they add up to.
    fn count_whole(&mut self, product: usize, category: u32, digest: &Digest) {
        if !self.ask.with_facets {
            return;
        }
        for value in self.index.columns.all_values_of(product) {
            self.out.count_value(*value);
        }
        self.out.count_category(category);
        self.out.in_stock += usize::from(digest.has_stock);
        self.out.on_offer += usize::from(digest.has_offer);
        self.out.widen(digest.low, digest.high);
    }

    fn finish(self) -> Listed {
        let mut out = self.out;
        out.total = self.best.total;
        out.products = self.best.finish(self.ask.page.0);
        out
    }
}

impl Listed {
    pub(super) fn count_value(&mut self, value: u32) {
        if let Some(place) = self.values.get_mut(value as usize) {
            *place += 1;
        }
    }

    pub(super) fn count_category(&mut self, category: u32) {
        if let Some(place) = self.categories.get_mut(category as usize) {
            *place += 1;
        }
    }

    pub(super) fn widen(&mut self, low: i64, high: i64) {
        let (lowest, highest) = self.prices.unwrap_or((low, high));
        self.prices = Some((lowest.min(low), highest.max(high)));
    }
}
