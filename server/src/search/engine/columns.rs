//! Facts side by side: one entry per product, and one per variant in the order of products.

use super::product::{Category, Price, Product};
use super::values::Values;
use std::collections::HashMap;
use uuid::Uuid;

/// Facts of one product.
#[derive(Debug, Clone, Copy)]
pub struct Facts {
    /// Its id.
    pub id: Uuid,
    /// Microseconds from which on it is shown.
    pub published_at: i64,
    /// Microseconds.
    pub updated_at: i64,
    /// See [`Product::fingerprint`].
    pub fingerprint: u64,
    /// Place of its category; `u32::MAX` for one that is unknown.
    pub category: u32,
    /// First day on sale.
    pub launch_day: i32,
    /// Units sold lately.
    pub sold: u32,
    /// True until it is changed or removed.
    pub is_alive: bool,
}

/// A price in eight bytes: twice the minor units, plus one for an offer; negative for none.
#[derive(Debug, Clone, Copy)]
struct PackedPrice(i64);

impl PackedPrice {
    fn pack(price: Option<Price>) -> Self {
        Self(price.map_or(-1, |price| (price.minor.max(0) << 1) | i64::from(price.is_offer)))
    }

    fn unpack(self) -> Option<Price> {
        (self.0 >= 0).then_some(Price { minor: self.0 >> 1, is_offer: self.0 & 1 == 1 })
    }
}

/// Facts of every product and variant.
#[derive(Debug, Default)]
pub struct Columns {
    /// Names of values.
    pub values: Values,
    facts: Vec<Facts>,
    numbers: HashMap<Uuid, u32>,
    /// The products of each category, dead ones included.
    by_category: Vec<Vec<u32>>,
    /// Where each product's values end in `product_values`.
    product_value_ends: Vec<u32>,
    product_values: Vec<u32>,
    /// Where each product's variants end.
    variant_ends: Vec<u32>,
    /// Where each variant's values end in `variant_values`.
    variant_value_ends: Vec<u32>,
    variant_values: Vec<u32>,
    is_available: Vec<bool>,
    /// By currency; empty while no price was seen in it.
    prices: [Vec<PackedPrice>; 4],
}

/// The part of a list of lists that belongs to `at`.
fn part(ends: &[u32], at: usize) -> std::ops::Range<usize> {
    let start = at.checked_sub(1).and_then(|before| ends.get(before)).copied().unwrap_or(0);
    start as usize..ends.get(at).copied().unwrap_or(start) as usize
}

fn end(length: usize) -> u32 {
    u32::try_from(length).unwrap_or(u32::MAX)
}

impl Columns {
    /// Products, dead ones included.
    #[must_use]
    pub const fn len(&self) -> usize {
        self.facts.len()
    }

    /// True when there is no product.
    #[must_use]
    pub const fn is_empty(&self) -> bool {
        self.facts.is_empty()
    }

    /// Products that can be found.
    #[must_use]
    pub fn alive_count(&self) -> usize {
        self.numbers.len()
    }

    /// When each product was last changed.
    #[must_use]
    pub fn versions(&self) -> HashMap<Uuid, i64> {
        self.facts.iter().filter(|facts| facts.is_alive).map(|facts| (facts.id, facts.updated_at)).collect()
    }

    /// Facts by number.
    #[must_use]
    pub fn facts(&self, number: usize) -> Option<&Facts> {
        self.facts.get(number)
    }

    /// True when the product is shown at a time.
    #[must_use]
    pub fn is_shown(&self, number: usize, now: i64) -> bool {
        self.facts.get(number).is_some_and(|facts| facts.is_alive && facts.published_at <= now)
    }

    /// Brand and tags of a product.
    #[must_use]
    pub fn values_of(&self, number: usize) -> &[u32] {
        self.product_values.get(part(&self.product_value_ends, number)).unwrap_or_default()
    }

    /// The numbers of a product's variants.
    #[must_use]
    pub fn variants_of(&self, number: usize) -> std::ops::Range<usize> {
        part(&self.variant_ends, number)
    }

    /// The values of a variant's options.
    #[must_use]
    pub fn values_of_variant(&self, variant: usize) -> &[u32] {
        self.variant_values.get(part(&self.variant_value_ends, variant)).unwrap_or_default()
    }

    /// A variant's price in the currency of a slot.
    #[must_use]
    pub fn price(&self, variant: usize, slot: usize) -> Option<Price> {
        self.prices.get(slot)?.get(variant)?.unpack()
    }

    /// Whether a variant can be bought.
    #[must_use]
    pub fn is_available(&self, variant: usize) -> bool {
        self.is_available.get(variant).copied().unwrap_or_default()
    }

    /// The numbers of a category's own products, dead ones included.
    #[must_use]
    pub fn of_category(&self, place: u32) -> &[u32] {
        self.by_category.get(place as usize).map_or(&[], Vec::as_slice)
    }

    /// Takes a product in at the end.
    pub fn push(&mut self, product: &Product, categories: &[Category]) {
        let category = categories.iter().position(|category| category.id == product.category);
        let number = end(self.facts.len());
        self.numbers.insert(product.id, number);
        self.by_category.resize_with(categories.len(), Vec::new);
        if let Some(list) = category.and_then(|place| self.by_category.get_mut(place)) {
            list.push(number);
        }
        self.facts.push(Facts {
            id: product.id,
            published_at: product.published_at,
            updated_at: product.updated_at,
            fingerprint: product.fingerprint(),
            category: category.map_or(u32::MAX, end),
            launch_day: product.launch_day,
            sold: product.sold,
            is_alive: true,
        });
        for value in &product.values {
            self.product_values.push(self.values.number(value));
        }
        self.product_value_ends.push(end(self.product_values.len()));
        for variant in &product.variants {
            for value in &variant.values {
                self.variant_values.push(self.values.number(value));
            }
            self.variant_value_ends.push(end(self.variant_values.len()));
            self.is_available.push(variant.is_available);
            self.push_prices(&variant.prices);
        }
        self.variant_ends.push(end(self.is_available.len()));
    }

    fn push_prices(&mut self, prices: &[Option<Price>; 4]) {
        let before = self.is_available.len() - 1;
        for (column, price) in self.prices.iter_mut().zip(prices) {
            // A currency that nothing is sold in costs no memory.
            if price.is_some() || !column.is_empty() {
                column.resize(before, PackedPrice(-1));
                column.push(PackedPrice::pack(*price));
            }
        }
    }

    /// Sets prices, stock, sales and times in place. Gives `false`, and changes nothing, when the product is
    /// unknown or something else has changed.
    pub fn update(&mut self, product: &Product) -> bool {
        let Some(number) = self.numbers.get(&product.id).map(|number| *number as usize) else { return false };
        let variants = self.variants_of(number);
        let Some(facts) = self.facts.get_mut(number) else { return false };
        if facts.fingerprint != product.fingerprint() {
            return false;
        }
        facts.published_at = product.published_at;
        facts.updated_at = product.updated_at;
        facts.sold = product.sold;
        for (at, variant) in variants.zip(&product.variants) {
            if let Some(place) = self.is_available.get_mut(at) {
                *place = variant.is_available;
            }
            self.set_prices(at, &variant.prices);
        }
        true
    }

    fn set_prices(&mut self, variant: usize, prices: &[Option<Price>; 4]) {
        let all = self.is_available.len();
        for (column, price) in self.prices.iter_mut().zip(prices) {
            if price.is_some() && column.len() < all {
                column.resize(all, PackedPrice(-1));
            }
            if let Some(place) = column.get_mut(variant) {
                *place = PackedPrice::pack(*price);
            }
        }
    }

    /// Takes a product out.
    pub fn remove(&mut self, id: Uuid) {
        let number = self.numbers.remove(&id);
        if let Some(facts) = number.and_then(|number| self.facts.get_mut(number as usize)) {
            facts.is_alive = false;
        }
    }

    /// Gives back what growing has left over.
    pub fn shrink(&mut self) {
        self.facts.shrink_to_fit();
        self.numbers.shrink_to_fit();
        for list in [
            &mut self.product_value_ends,
            &mut self.product_values,
            &mut self.variant_ends,
            &mut self.variant_value_ends,
            &mut self.variant_values,
        ] {
            list.shrink_to_fit();
        }
        self.is_available.shrink_to_fit();
        for column in &mut self.prices {
            column.shrink_to_fit();
        }
    }

    /// Bytes in memory, roughly.
    #[must_use]
    pub fn bytes(&self) -> usize {
        let lists = self.product_value_ends.capacity()
            + self.product_values.capacity()
            + self.variant_ends.capacity()
            + self.variant_value_ends.capacity()
            + self.variant_values.capacity();
        let prices: usize = self.prices.iter().map(Vec::capacity).sum();
        self.facts.capacity() * size_of::<Facts>()
            + self.numbers.capacity() * 25
            + lists * 4
            + self.is_available.capacity()
            + prices * 8
    }
}
