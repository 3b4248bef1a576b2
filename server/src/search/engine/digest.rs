//! What the variants of a product add up to in one currency, so that a list without filters reads one entry per
//! product instead of one per variant.

use super::product::Price;

/// The sum of a product's variants in a currency.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Digest {
    /// Lowest price in minor units.
    pub low: i64,
    /// Highest price in minor units.
    pub high: i64,
    /// Some variant can be bought.
    pub has_stock: bool,
    /// Some variant is reduced.
    pub has_offer: bool,
    /// Every variant has a price in this currency.
    pub is_whole: bool,
}

impl Digest {
    /// A product that is not sold in the currency.
    pub(super) const UNSOLD: Self =
        Self { low: i64::MAX, high: i64::MIN, has_stock: false, has_offer: false, is_whole: false };

    /// Adds variants up: the price of each, and whether it can be bought.
    pub(super) fn of(variants: impl Iterator<Item = (Option<Price>, bool)>) -> Self {
        let mut digest = Self { is_whole: true, ..Self::UNSOLD };
        for (price, is_available) in variants {
            let Some(price) = price else {
                digest.is_whole = false;
                continue;
            };
            digest.low = digest.low.min(price.minor);
            digest.high = digest.high.max(price.minor);
            digest.has_stock |= is_available;
            digest.has_offer |= price.is_offer;
        }
        digest
    }

    /// True when at least one variant has a price.
    #[must_use]
    pub const fn is_sold(&self) -> bool {
        self.low <= self.high
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn variants_without_a_price_count_for_nothing_but_are_remembered() {
        let price = |minor, is_offer| Some(Price { minor, is_offer });
        let digest =
            Digest::of([(price(300, false), false), (None, true), (price(200, true), false)].into_iter());
        assert_eq!((digest.low, digest.high, digest.is_sold()), (200, 300, true));
        assert_eq!((digest.has_stock, digest.has_offer, digest.is_whole), (false, true, false));
        assert!(!Digest::of([(None, true)].into_iter()).is_sold());
        assert!(!Digest::of(std::iter::empty()).is_sold());
    }
}
