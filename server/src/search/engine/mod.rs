//! The index: every published product in the memory of each node, made from the database and kept up to date.
//!
//! | file | holds |
//! |---|---|
//! | [`product`] | what is indexed of a product |
//! | [`terms`] | a sorted dictionary with compressed lists of products |
//! | [`segment`] | the terms of some products; one large segment and a small one with what has changed since |
//! | [`values`] | brands, tags and options with their names, as numbers |
//! | [`columns`] | facts per product and per variant side by side: prices, stock, sales, values |
//! | [`matching`], [`latin`], [`han`] | which products fit a text, and how well |
//! | [`listing`] | filters, counts of every facet, the order of a list |
//! | [`weights`] | what counts how much |
//!
//! No floats and no locks in here; [`super::holder`] guards the one index of a process.

pub mod columns;
pub mod han;
pub mod latin;
pub mod listing;
pub mod matching;
pub mod product;
pub mod segment;
pub mod terms;
pub mod values;
pub mod weights;

use columns::Columns;
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
            if !self.columns.update(&product) {
                changed.push(product);
            }
        }
        if changed.is_empty() {
            return;
        }
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
