//! Prices and stock: one entry per variant in the order of products, and what they add up to per product.

use super::digest::Digest;
use super::product::{Price, Variant};

/// A price in eight bytes: twice the minor units, plus one for an offer; negative for none.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
struct PackedPrice(i64);

impl PackedPrice {
    const NONE: Self = Self(-1);

    fn pack(price: Option<Price>) -> Self {
        price.map_or(Self::NONE, |price| Self((price.minor.max(0) << 1) | i64::from(price.is_offer)))
    }

    fn unpack(self) -> Option<Price> {
        (self.0 >= 0).then_some(Price { minor: self.0 >> 1, is_offer: self.0 & 1 == 1 })
    }
}

/// One currency; empty while no price was seen in it.
#[derive(Debug, Default)]
struct Column {
    /// By variant.
    prices: Vec<PackedPrice>,
    /// By product.
    digests: Vec<Digest>,
}

/// Prices and stock of every variant.
#[derive(Debug, Default)]
pub struct Offers {
    /// Where each product's variants end.
    ends: Vec<u32>,
    is_available: Vec<bool>,
    /// By currency.
    columns: [Column; 4],
}

impl Offers {
    /// The numbers of a product's variants.
    #[must_use]
    pub fn variants_of(&self, product: usize) -> std::ops::Range<usize> {
        let start = product.checked_sub(1).and_then(|before| self.ends.get(before)).copied().unwrap_or(0);
        start as usize..self.ends.get(product).copied().unwrap_or(start) as usize
    }

    /// A variant's price in the currency of a slot.
    #[must_use]
    pub fn price(&self, variant: usize, slot: usize) -> Option<Price> {
        self.columns.get(slot)?.prices.get(variant)?.unpack()
    }

    /// Whether a variant can be bought.
    #[must_use]
    pub fn is_available(&self, variant: usize) -> bool {
        self.is_available.get(variant).copied().unwrap_or_default()
    }

    /// What a product's variants add up to in the currency of a slot. `None` when it is not sold in it.
    #[must_use]
    pub fn digest(&self, product: usize, slot: usize) -> Option<&Digest> {
        self.columns.get(slot)?.digests.get(product).filter(|digest| digest.is_sold())
    }

    /// Takes the variants of the next product in.
    pub(super) fn push(&mut self, variants: &[Variant]) {
        let product = self.ends.len();
        for variant in variants {
            self.is_available.push(variant.is_available);
            self.set_prices(self.is_available.len() - 1, &variant.prices);
        }
        self.ends.push(u32::try_from(self.is_available.len()).unwrap_or(u32::MAX));
        self.sum_up(product);
    }

    /// Sets prices and stock of a product anew; gives `true` when something is different now.
    pub(super) fn update(&mut self, product: usize, variants: &[Variant]) -> bool {
        let mut is_changed = false;
        for (at, variant) in self.variants_of(product).zip(variants) {
            if let Some(place) = self.is_available.get_mut(at) {
                is_changed |= std::mem::replace(place, variant.is_available) != variant.is_available;
            }
            is_changed |= self.set_prices(at, &variant.prices);
        }
        if is_changed {
            self.sum_up(product);
        }
        is_changed
    }

    fn set_prices(&mut self, variant: usize, prices: &[Option<Price>; 4]) -> bool {
        let mut is_changed = false;
        for (column, price) in self.columns.iter_mut().zip(prices) {
            // A currency that nothing is sold in costs no memory.
            if column.prices.is_empty() && price.is_none() {
                continue;
            }
            if column.prices.len() <= variant {
                column.prices.resize(variant + 1, PackedPrice::NONE);
            }
            if let Some(place) = column.prices.get_mut(variant) {
                let packed = PackedPrice::pack(*price);
                is_changed |= std::mem::replace(place, packed) != packed;
            }
        }
        is_changed
    }

    /// Adds the variants of a product up anew, in every currency.
    fn sum_up(&mut self, product: usize) {
        let variants = self.variants_of(product);
        for column in self.columns.iter_mut().filter(|column| !column.prices.is_empty()) {
            let price = |variant: usize| column.prices.get(variant).and_then(|price| price.unpack());
            let is_available = |variant: usize| self.is_available.get(variant).copied().unwrap_or_default();
            let digest = Digest::of(variants.clone().map(|variant| (price(variant), is_available(variant))));
            if column.digests.len() <= product {
                column.digests.resize(product + 1, Digest::UNSOLD);
            }
            if let Some(place) = column.digests.get_mut(product) {
                *place = digest;
            }
        }
    }

    /// Gives back what growing has left over.
    pub(super) fn shrink(&mut self) {
        self.ends.shrink_to_fit();
        self.is_available.shrink_to_fit();
        for column in &mut self.columns {
            column.prices.shrink_to_fit();
            column.digests.shrink_to_fit();
        }
    }

    /// Bytes in memory, roughly.
    pub(super) fn bytes(&self) -> usize {
        let of_column = |column: &Column| {
            column.prices.capacity() * size_of::<PackedPrice>()
                + column.digests.capacity() * size_of::<Digest>()
        };
        self.ends.capacity() * 4
            + self.is_available.capacity()
            + self.columns.iter().map(of_column).sum::<usize>()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn variant(prices: [Option<i64>; 2], is_available: bool) -> Variant {
        let [cny, usd] = prices.map(|price| price.map(|minor| Price { minor, is_offer: minor % 100 == 99 }));
        Variant { values: vec![], prices: [cny, usd, None, None], is_available }
    }

    #[test]
    fn a_currency_that_comes_later_leaves_earlier_products_unsold_in_it() {
        let mut offers = Offers::default();
        offers.push(&[variant([Some(300), None], true)]);
        offers.push(&[]);
        offers.push(&[variant([Some(500), Some(99)], false), variant([Some(400), None], true)]);
        assert_eq!(
            (offers.price(0, 1), offers.price(1, 1).unwrap().minor, offers.price(2, 1)),
            (None, 99, None)
        );
        assert!(offers.digest(0, 1).is_none() && offers.digest(1, 0).is_none());
        let digest = offers.digest(2, 1).unwrap();
        assert_eq!(
            (digest.low, digest.has_stock, digest.has_offer, digest.is_whole),
            (99, false, true, false)
        );
        assert_eq!(offers.variants_of(2), 1..3);
    }

    #[test]
    fn only_what_is_different_counts_as_a_change() {
        let mut offers = Offers::default();
        offers.push(&[variant([Some(300), None], true)]);
        assert!(!offers.update(0, &[variant([Some(300), None], true)]));
        assert!(offers.update(0, &[variant([Some(250), None], true)]));
        assert_eq!(offers.digest(0, 0).map(|digest| digest.low), Some(250));
        assert!(offers.update(0, &[variant([Some(250), None], false)]));
        assert_eq!(offers.digest(0, 0).map(|digest| digest.has_stock), Some(false));
        assert!(offers.update(0, &[variant([None, Some(7)], false)]));
        assert!(offers.digest(0, 0).is_none() && offers.digest(0, 1).is_some());
    }
}
