//! The order of a list: what each product is worth, and the best of many without sorting them all.

use super::columns::Facts;
use super::listing::Ask;
use super::weights::Weights;
use app::search::model::Sort;

/// A product that fits: what it is ordered by (smaller comes first), and its number.
pub(super) type Hit = ((i64, i64), usize);

/// Hits that may wait before the best of them are chosen.
const WAITING: usize = 1_024;

/// What products are ordered by.
pub(super) struct Ranking<'a> {
    weights: &'a Weights,
    sort: Sort,
    today: i64,
    /// Points by age in days: a division per day instead of one per product.
    fresh: Vec<i64>,
}

impl<'a> Ranking<'a> {
    pub(super) fn new(weights: &'a Weights, ask: &Ask<'_>) -> Self {
        let fresh = (0..weights.rank_fresh_days).map(|age| weights.freshness(age)).collect();
        Self { weights, sort: ask.sort, today: i64::from(ask.today), fresh }
    }

    /// Smaller comes first. `lowest` is the lowest price that fits, in minor units.
    pub(super) fn key(&self, facts: &Facts, points: u32, lowest: i64, is_available: bool) -> (i64, i64) {
        let age = self.today - i64::from(facts.launch_day);
        let fresh = self.fresh.get(usize::try_from(age).unwrap_or_default()).copied().unwrap_or_default();
        let standing = self.weights.standing(facts.sold, is_available, fresh);
        match self.sort {
            Sort::Relevance => (-(i64::from(points) * self.weights.rank_text + standing), age),
            Sort::Sales => (-i64::from(facts.sold), -standing),
            Sort::Newest => (age, -standing),
            Sort::PriceUp => (lowest, -standing),
            Sort::PriceDown => (-lowest, -standing),
        }
    }
}

/// The best of all hits so far.
#[derive(Debug, Default)]
pub(super) struct Best {
    /// So many are wanted.
    keep: usize,
    /// How many there were.
    pub(super) total: usize,
    /// Nothing behind this one can be among the best any more.
    worst: Option<Hit>,
    hits: Vec<Hit>,
}

impl Best {
    pub(super) fn new(keep: usize) -> Self {
        Self { keep, ..Self::default() }
    }

    pub(super) fn push(&mut self, hit: Hit) {
        self.total += 1;
        if self.keep == 0 || self.worst.is_some_and(|worst| hit > worst) {
            return;
        }
        self.hits.push(hit);
        if self.hits.len() >= self.keep.saturating_mul(2).max(WAITING) {
            self.choose();
        }
    }

    fn choose(&mut self) {
        if self.keep > 0 && self.hits.len() > self.keep {
            let (_, worst, _) = self.hits.select_nth_unstable(self.keep - 1);
            self.worst = Some(*worst);
            self.hits.truncate(self.keep);
        }
    }

    /// The numbers of the best in their order, without the first ones.
    pub(super) fn finish(mut self, first: usize) -> Vec<usize> {
        self.choose();
        self.hits.sort_unstable();
        self.hits.iter().skip(first).map(|hit| hit.1).collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    proptest! {
        #[test]
        fn the_best_are_those_that_sorting_everything_would_give(
            keys in prop::collection::vec(0_i64..500, 0..4_000), first in 0_usize..60, length in 0_usize..60,
        ) {
            let mut best = Best::new(first + length);
            let mut all: Vec<Hit> = keys.into_iter().enumerate().map(|(at, key)| ((key, -key), at)).collect();
            all.iter().for_each(|hit| best.push(*hit));
            all.sort_unstable();
            prop_assert_eq!(best.total, all.len());
            let expected: Vec<usize> = all.iter().skip(first).take(length).map(|hit| hit.1).collect();
            prop_assert_eq!(best.finish(first), expected);
        }
    }
}
