//! Lists: filters, the counts of every facet, and the order.
//!
//! Facets stay selectable: each one is counted as if its own filter were not set. Options, price, stock and offers
//! must hold for one and the same variant, so that "white, in stock" never shows a product whose white is sold out.

use super::Index;
use super::matching::Scores;
use app::search::model::Sort;
use std::collections::HashMap;

/// Bits for what a variant may fail.
mod bit {
    pub(super) const CATEGORY: u32 = 1;
    pub(super) const PRICE: u32 = 2;
    pub(super) const STOCK: u32 = 4;
    pub(super) const OFFER: u32 = 8;
    /// The first of the bits for groups of values.
    pub(super) const GROUPS: u32 = 16;
}

/// Groups that can be filtered by at once.
const MOST_GROUPS: usize = 24;

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
    /// Microseconds.
    pub now: i64,
    /// Julian day.
    pub today: i32,
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

/// A product that fits: what it is ordered by, and its number.
type Hit = ((i64, i64), usize);

/// One list in the making.
struct Count<'a> {
    index: &'a Index,
    ask: &'a Ask<'a>,
    /// The bit of each group of values; 0 for groups without a filter.
    bits: Vec<u32>,
    hits: Vec<Hit>,
    out: Listed,
    /// The product that each value was counted for last.
    stamps: Vec<usize>,
}

/// What the variants of one product add up to.
#[derive(Default)]
struct Sum {
    /// Each bit says that some variant fails in nothing but this; all bits when one fails in nothing.
    open: u32,
    lowest: Option<i64>,
    is_available: bool,
    has_stock: bool,
    has_offer: bool,
}

impl<'a> Count<'a> {
    fn new(index: &'a Index, ask: &'a Ask<'a>) -> Self {
        let mut bits = vec![0; index.columns.values.groups().len()];
        for (at, group) in ask.values.keys().take(MOST_GROUPS).enumerate() {
            if let Some(place) = bits.get_mut(*group as usize) {
                *place = bit::GROUPS << at;
            }
        }
        let values = index.columns.values.len();
        let out = Listed {
            values: vec![0; values],
            categories: vec![0; index.categories.len()],
            ..Listed::default()
        };
        Self { index, ask, bits, hits: Vec::new(), out, stamps: vec![usize::MAX; values] }
    }

    fn bit_of(&self, value: u32) -> (u32, u32) {
        let group = self.index.columns.values.get(value).map_or(u32::MAX, |known| known.group);
        (group, self.bits.get(group as usize).copied().unwrap_or_default())
    }

    /// Bits of filtered groups in which none of the values is wanted. Groups outside of `own` do not count.
    fn failed(&self, values: &[u32], is_product: bool) -> u32 {
        if self.ask.values.is_empty() {
            return 0;
        }
        let mut failed = 0;
        for (group, wanted) in &self.ask.values {
            let key = self.index.columns.values.groups().get(*group as usize).map_or("", |group| &group.key);
            let bit = self.bits.get(*group as usize).copied().unwrap_or_default();
            if is_of_product(key) == is_product && !values.iter().any(|value| wanted.contains(value)) {
                failed |= bit;
            }
        }
        failed
    }

    fn visit(&mut self, product: usize, points: u32) {
        let columns = &self.index.columns;
        let Some(facts) = columns.facts(product).filter(|_| columns.is_shown(product, self.ask.now)) else {
            return;
        };
        if self.ask.scope.as_ref().is_some_and(|scope| !scope.contains(&facts.category)) {
            return;
        }
        let in_category = self.ask.categories.is_empty() || self.ask.categories.contains(&facts.category);
        let own = columns.values_of(product);
        let failed = self.failed(own, true) | if in_category { 0 } else { bit::CATEGORY };
        if failed.count_ones() > 1 {
            return;
        }
        let sum = self.variants(product, failed);
        if sum.open == 0 {
            return;
        }
        self.count_product(product, own, &sum);
        if sum.open == u32::MAX {
            self.hits.push((self.rank(product, points, &sum), product));
        }
    }

    fn variants(&mut self, product: usize, failed: u32) -> Sum {
        let columns = &self.index.columns;
        let mut sum = Sum::default();
        for variant in columns.variants_of(product) {
            let Some(price) = columns.price(variant, self.ask.slot) else { continue };
            let values = columns.values_of_variant(variant);
            let is_available = columns.is_available(variant);
            let mut mask = failed | self.failed(values, false);
            let is_cheaper = self.ask.price.0.is_some_and(|least| price.minor < least);
            let is_dearer = self.ask.price.1.is_some_and(|most| price.minor > most);
            mask |= if is_cheaper || is_dearer { bit::PRICE } else { 0 };
            mask |= if self.ask.in_stock && !is_available { bit::STOCK } else { 0 };
            mask |= if self.ask.on_offer && !price.is_offer { bit::OFFER } else { 0 };
            if mask.count_ones() > 1 {
                continue;
            }
            sum.add(mask, price.minor, is_available, price.is_offer);
            self.count_values(product, values, mask);
            if mask & !bit::PRICE == 0 {
                self.widen(price.minor);
            }
        }
        sum
    }

    /// Counts values of a variant that fails in `mask`: each only when nothing but its own group fails.
    fn count_values(&mut self, product: usize, values: &[u32], mask: u32) {
        for value in values {
            let (_, bit) = self.bit_of(*value);
            if mask & !bit == 0 {
                self.count_value(product, *value);
            }
        }
    }

    fn count_value(&mut self, product: usize, value: u32) {
        let Some(stamp) = self.stamps.get_mut(value as usize) else { return };
        if *stamp != product {
            *stamp = product;
            if let Some(place) = self.out.values.get_mut(value as usize) {
                *place += 1;
            }
        }
    }

    fn count_product(&mut self, product: usize, own: &[u32], sum: &Sum) {
        for value in own {
            let (_, bit) = self.bit_of(*value);
            if sum.is_open(bit) {
                self.count_value(product, *value);
            }
        }
        if sum.is_open(bit::CATEGORY) {
            let category = self.index.columns.facts(product).map_or(u32::MAX, |facts| facts.category);
            if let Some(place) = self.out.categories.get_mut(category as usize) {
                *place += 1;
            }
        }
        self.out.in_stock += usize::from(sum.has_stock);
        self.out.on_offer += usize::from(sum.has_offer);
    }

    fn widen(&mut self, minor: i64) {
        let (low, high) = self.out.prices.unwrap_or((minor, minor));
        self.out.prices = Some((low.min(minor), high.max(minor)));
    }

    /// Smaller comes first.
    fn rank(&self, product: usize, points: u32, sum: &Sum) -> (i64, i64) {
        let Some(facts) = self.index.columns.facts(product) else { return (0, 0) };
        let weights = &self.index.weights;
        let age = i64::from(self.ask.today) - i64::from(facts.launch_day);
        let standing = weights.standing(facts.sold, sum.is_available, age);
        let price = sum.lowest.unwrap_or(i64::MAX);
        match self.ask.sort {
            Sort::Relevance => (-(i64::from(points) * weights.rank_text + standing), age),
            Sort::Sales => (-i64::from(facts.sold), -standing),
            Sort::Newest => (age, -standing),
            Sort::PriceUp => (price, -standing),
            Sort::PriceDown => (-price, -standing),
        }
    }

    fn finish(mut self) -> Listed {
        let (first, length) = self.ask.page;
        self.out.total = self.hits.len();
        let end = first.saturating_add(length).min(self.hits.len());
        if end > 0 && end < self.hits.len() {
            let _ = self.hits.select_nth_unstable(end - 1);
        }
        self.hits.truncate(end);
        self.hits.sort_unstable();
        self.out.products = self.hits.iter().skip(first).map(|hit| hit.1).collect();
        self.out
    }
}

/// Brand and tags belong to the product, everything else to its variants.
fn is_of_product(group: &str) -> bool {
    matches!(group, "brand" | "tag")
}

impl Sum {
    fn add(&mut self, mask: u32, minor: i64, is_available: bool, is_offer: bool) {
        if mask == 0 {
            self.open = u32::MAX;
            self.lowest = Some(self.lowest.map_or(minor, |lowest| lowest.min(minor)));
            self.is_available |= is_available;
        } else {
            self.open |= mask;
        }
        self.has_stock |= is_available && mask & !bit::STOCK == 0;
        self.has_offer |= is_offer && mask & !bit::OFFER == 0;
    }

    /// True when a product counts for a facet with this bit (0: one without a filter).
    const fn is_open(&self, bit: u32) -> bool {
        self.open == u32::MAX || (bit != 0 && self.open & bit != 0)
    }
}
