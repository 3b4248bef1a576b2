//! The index: every published product in the memory of each node, made from the database and kept up to date.
//!
//! | file | holds |
//! |---|---|
//! | [`product`] | what is indexed of a product |
//! | [`terms`] | a sorted dictionary with compressed lists of products |
//! | [`segment`] | the terms of some products; one large segment and a small one with what has changed since |
//! | [`values`] | brands, tags and options with their names, as numbers |
//! | [`columns`] | facts per product side by side: category, sales, values |
//! | [`offers`], [`digest`] | prices and stock per variant, and what they add up to per product |
//! | [`lists`] | lists of numbers in one piece of memory |
//! | [`matching`], [`latin`], [`han`] | which products fit a text, and how well |
//! | [`gather`] | collecting per product from many lists |
//! | [`scores`] | points per product, and how those of several words are put together |
//! | [`listing`] | one page of a list and the counts of every facet |
//! | [`narrowing`] | filters: which variants fit, and where each product still counts |
//! | [`ranking`] | the order of a list |
//! | [`weights`] | what counts how much |
//!
//! No floats and no locks in here; [`super::holder`] guards the one index of a process.

pub mod columns;
pub mod digest;
mod gather;
pub mod han;
pub mod latin;
pub mod listing;
mod lists;
pub mod matching;
mod narrowing;
pub mod offers;
pub mod product;
mod ranking;
pub mod scores;
pub mod segment;
pub mod terms;
pub mod values;
pub mod weights;

use columns::{Change, Columns};
use product::{Category, Product};
use segment::{Segment, SegmentBuilder};
use std::collections::HashMap;
use uuid::Uuid;
use weights::Weights;

/// Changed products are kept aside up to this many, or a tenth of the index; then it is time for a new one.
const ASIDE: usize = 2_000;

/// Every published product.
#[derive(Default)]
pub struct Index {
    /// Facts of products and variants.
    pub columns: Columns,
    /// What counts how much.
    pub weights: Weights,
    /// Categories in their order.
    pub categories: Vec<Category>,
    main: Segment,
    fresh: Segment,
    /// The products of the fresh segment, to make it anew when there is one more.
    aside: Vec<Product>,
    aside_base: u32,
    /// Counts changes that a list shows.
    edition: u64,
}

impl Index {
    /// Starts an index.
    #[must_use]
    pub fn builder(categories: Vec<Category>) -> IndexBuilder {
        let index = Self { categories, ..Self::default() };
        IndexBuilder { index, terms: SegmentBuilder::new(0) }
    }

    /// Both segments.
    pub(super) const fn segments(&self) -> [&Segment; 2] {
        [&self.main, &self.fresh]
    }

    /// How many products can be found, published later ones included.
    #[must_use]
    pub fn count(&self) -> usize {
        self.columns.alive_count()
    }

    /// When each product was last changed, for finding what has changed since.
    #[must_use]
    pub fn versions(&self) -> HashMap<Uuid, i64> {
        self.columns.versions()
    }

    /// Takes products in, new or changed. Prices, stock and sales change in place; other changes make the product
    /// anew in the fresh segment.
    pub fn put(&mut self, products: Vec<Product>) {
        let mut changed = Vec::new();
        for product in products {
            match self.columns.update(&product) {
                Change::Unknown => changed.push(product),
                Change::Seen => self.edition += 1,
                Change::Unseen => {}
            }
        }
        if changed.is_empty() {
            return;
        }
        self.edition += 1;
        for product in &changed {
            self.columns.remove(product.id);
            self.columns.push(product, &self.categories);
        }
        self.aside.extend(changed);
        self.rebuild_fresh();
    }

    /// Takes products out.
    pub fn remove(&mut self, ids: &[Uuid]) {
        for id in ids {
            self.columns.remove(*id);
        }
        self.edition += u64::from(!ids.is_empty());
    }

    /// Another number after every change that a list shows; units sold alone do not count.
    #[must_use]
    pub const fn edition(&self) -> u64 {
        self.edition
    }

    /// Goes on counting where the index before this one ended.
    pub(super) fn follow(&mut self, before: &Self) {
        self.edition = before.edition + 1;
    }

    /// Replaces the weights.
    pub(super) fn weigh(&mut self, weights: Weights) {
        self.edition += u64::from(self.weights != weights);
        self.weights = weights;
    }

    /// True when so much has changed that a new index is worth its work.
    #[must_use]
    pub fn is_worn(&self) -> bool {
        self.aside.len() > ASIDE.max(self.columns.len() / 10)
    }

    fn rebuild_fresh(&mut self) {
        let mut terms = SegmentBuilder::new(self.aside_base);
        for product in &self.aside {
            terms.add(product);
        }
        self.fresh = terms.finish();
    }

    /// Bytes that the index takes, roughly.
    #[must_use]
    pub fn bytes(&self) -> usize {
        self.main.bytes() + self.fresh.bytes() + self.columns.bytes()
    }
}

/// An index in the making: products in, index out.
pub struct IndexBuilder {
    index: Index,
    terms: SegmentBuilder,
}

impl IndexBuilder {
    /// Takes the next product in.
    pub fn add(&mut self, product: &Product) {
        self.index.columns.push(product, &self.index.categories);
        self.terms.add(product);
    }

    /// The finished index.
    #[must_use]
    pub fn finish(self, weights: Weights) -> Index {
        let mut index = self.index;
        index.aside_base = u32::try_from(index.columns.len()).unwrap_or(u32::MAX);
        index.main = self.terms.finish();
        index.weights = weights;
        index.columns.shrink();
        index
    }
}

#[cfg(test)]
pub(super) mod tests;
