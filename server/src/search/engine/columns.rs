//! Facts side by side: one entry per product.

use super::lists::Lists;
use super::offers::Offers;
use super::product::{Category, Product};
use super::values::Values;
use std::collections::HashMap;
use uuid::Uuid;

/// Facts of one product.
#[derive(Debug, Clone, Copy)]
pub struct Facts {
    /// Its id.
    pub id: Uuid,
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
}

/// What taking a known product's facts has changed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Change {
    /// The product is unknown, or more than its facts has changed: nothing was taken.
    Unknown,
    /// Nothing that a list shows; the units sold count slowly.
    Unseen,
    /// Prices, stock or the time from which on it is shown.
    Seen,
}

/// The time of a product that was changed or removed: it is never shown.
const NEVER: i64 = i64::MAX;

/// Facts of every product and variant.
#[derive(Debug, Default)]
pub struct Columns {
    /// Names of values.
    pub values: Values,
    /// Prices and stock.
    pub offers: Offers,
    facts: Vec<Facts>,
    /// Microseconds from which on each product is shown.
    shown_from: Vec<i64>,
    numbers: HashMap<Uuid, u32>,
    /// The products of each category, dead ones included.
    by_category: Vec<Vec<u32>>,
    /// Brand and tags of each product.
    own_values: Lists,
    /// The same and what its variants have, each once.
    all_values: Lists,
    variant_values: Lists,
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
        let alive = self.facts.iter().zip(&self.shown_from).filter(|(_, from)| **from != NEVER);
        alive.map(|(facts, _)| (facts.id, facts.updated_at)).collect()
    }

    /// Facts by number.
    #[must_use]
    pub fn facts(&self, number: usize) -> Option<&Facts> {
        self.facts.get(number)
    }

    /// True when the product is shown at a time.
    #[must_use]
    pub fn is_shown(&self, number: usize, now: i64) -> bool {
        self.shown_from.get(number).is_some_and(|from| *from <= now)
    }

    /// Brand and tags of a product.
    #[must_use]
    pub fn values_of(&self, number: usize) -> &[u32] {
        self.own_values.get(number)
    }

    /// Brand, tags and every value of its variants.
    #[must_use]
    pub fn all_values_of(&self, number: usize) -> &[u32] {
        self.all_values.get(number)
    }

    /// The values of a variant's options.
    #[must_use]
    pub fn values_of_variant(&self, variant: usize) -> &[u32] {
        self.variant_values.get(variant)
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
            updated_at: product.updated_at,
            fingerprint: product.fingerprint(),
            category: category.map_or(u32::MAX, end),
            launch_day: product.launch_day,
            sold: product.sold,
        });
        self.shown_from.push(product.published_at.min(NEVER - 1));
        self.push_values(product);
        self.offers.push(&product.variants);
    }

    fn push_values(&mut self, product: &Product) {
        let mut all: Vec<u32> = product.values.iter().map(|value| self.values.number(value)).collect();
        self.own_values.push(all.iter().copied());
        for variant in &product.variants {
            let own: Vec<u32> = variant.values.iter().map(|value| self.values.number(value)).collect();
            self.variant_values.push(own.iter().copied());
            all.extend(own);
        }
        all.sort_unstable();
        all.dedup();
        self.all_values.push(all);
    }

    /// Sets prices, stock, sales and times in place, when nothing else has changed.
    pub fn update(&mut self, product: &Product) -> Change {
        let Some(number) = self.numbers.get(&product.id).map(|number| *number as usize) else {
            return Change::Unknown;
        };
        let (Some(facts), Some(from)) = (self.facts.get_mut(number), self.shown_from.get_mut(number)) else {
            return Change::Unknown;
        };
        if facts.fingerprint != product.fingerprint() {
            return Change::Unknown;
        }
        facts.updated_at = product.updated_at;
        facts.sold = product.sold;
        let published_at = product.published_at.min(NEVER - 1);
        let is_moved = std::mem::replace(from, published_at) != published_at;
        let is_seen = self.offers.update(number, &product.variants) || is_moved;
        if is_seen { Change::Seen } else { Change::Unseen }
    }

    /// Takes a product out.
    pub fn remove(&mut self, id: Uuid) {
        let number = self.numbers.remove(&id);
        if let Some(from) = number.and_then(|number| self.shown_from.get_mut(number as usize)) {
            *from = NEVER;
        }
    }

    /// Gives back what growing has left over.
    pub fn shrink(&mut self) {
        self.facts.shrink_to_fit();
        self.shown_from.shrink_to_fit();
        self.numbers.shrink_to_fit();
        self.offers.shrink();
        for list in [&mut self.own_values, &mut self.all_values, &mut self.variant_values] {
            list.shrink();
        }
    }

    /// Bytes in memory, roughly.
    #[must_use]
    pub fn bytes(&self) -> usize {
        let lists = self.own_values.bytes() + self.all_values.bytes() + self.variant_values.bytes();
        self.facts.capacity() * (size_of::<Facts>() + size_of::<i64>())
            + self.numbers.capacity() * 25
            + self.offers.bytes()
            + lists
    }
}
