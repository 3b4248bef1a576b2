//! Products of a list that is narrowed: which variants fit, and in which facets each product still counts.

use super::Index;
use super::listing::{Ask, Listed};

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

/// What a list is narrowed by.
pub(super) struct Narrowing<'a> {
    index: &'a Index,
    ask: &'a Ask<'a>,
    /// The bit of each group of values; 0 for groups without a filter.
    bits: Vec<u32>,
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

impl<'a> Narrowing<'a> {
    pub(super) fn new(index: &'a Index, ask: &'a Ask<'a>) -> Self {
        let mut bits = vec![0; index.columns.values.groups().len()];
        for (at, group) in ask.values.keys().take(MOST_GROUPS).enumerate() {
            if let Some(place) = bits.get_mut(*group as usize) {
                *place = bit::GROUPS << at;
            }
        }
        Self { index, ask, bits, stamps: vec![usize::MAX; index.columns.values.len()] }
    }

    /// Counts a product where it counts. When it fits: the lowest price that does, and whether it can be bought.
    pub(super) fn weigh(&mut self, product: usize, category: u32, out: &mut Listed) -> Option<(i64, bool)> {
        let in_category = self.ask.categories.is_empty() || self.ask.categories.contains(&category);
        let own = self.index.columns.values_of(product);
        let failed = self.failed(own, true) | if in_category { 0 } else { bit::CATEGORY };
        if failed.count_ones() > 1 {
            return None;
        }
        let sum = self.variants(product, failed, out);
        if sum.open == 0 {
            return None;
        }
        for value in own {
            let bit = self.bit_of(*value);
            if sum.is_open(bit) {
                self.count_value(product, *value, out);
            }
        }
        if sum.is_open(bit::CATEGORY) {
            out.count_category(category);
        }
        out.in_stock += usize::from(sum.has_stock);
        out.on_offer += usize::from(sum.has_offer);
        (sum.open == u32::MAX).then(|| (sum.lowest.unwrap_or(i64::MAX), sum.is_available))
    }

    fn bit_of(&self, value: u32) -> u32 {
        let group = self.index.columns.values.get(value).map_or(u32::MAX, |known| known.group);
        self.bits.get(group as usize).copied().unwrap_or_default()
    }

    /// Bits of filtered groups in which none of the values is wanted: groups of products, or of variants.
    fn failed(&self, values: &[u32], is_product: bool) -> u32 {
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

    fn variants(&mut self, product: usize, failed: u32, out: &mut Listed) -> Sum {
        let columns = &self.index.columns;
        let mut sum = Sum::default();
        for variant in columns.offers.variants_of(product) {
            let Some(price) = columns.offers.price(variant, self.ask.slot) else { continue };
            let values = columns.values_of_variant(variant);
            let is_available = columns.offers.is_available(variant);
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
            self.count_values(product, values, mask, out);
            if mask & !bit::PRICE == 0 {
                out.widen(price.minor, price.minor);
            }
        }
        sum
    }

    /// Counts values of a variant that fails in `mask`: each only when nothing but its own group fails.
    fn count_values(&mut self, product: usize, values: &[u32], mask: u32, out: &mut Listed) {
        for value in values {
            let bit = self.bit_of(*value);
            if mask & !bit == 0 {
                self.count_value(product, *value, out);
            }
        }
    }

    /// Counts a value once per product.
    fn count_value(&mut self, product: usize, value: u32, out: &mut Listed) {
        let Some(stamp) = self.stamps.get_mut(value as usize) else { return };
        if *stamp != product {
            *stamp = product;
            out.count_value(value);
        }
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
