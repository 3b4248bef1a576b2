//! Points per product, and how those of several words are put together.

use super::gather::{Slots, gather};
use std::cell::Cell;
use std::cmp::Ordering;

thread_local! {
    static MEMORY: Cell<Slots<u32>> = Cell::default();
}

/// Points of the products that fit, by number.
#[derive(Debug, Clone, Default)]
pub struct Scores(Vec<(u32, u32)>);

/// Points in the making.
#[derive(Debug)]
pub(super) struct Points<'a> {
    slots: &'a mut Slots<u32>,
    /// Other products get none.
    within: Option<Cursor<'a>>,
}

/// A place among hits, which moves on with the lists that are gone through.
#[derive(Debug)]
struct Cursor<'a> {
    all: &'a [(u32, u32)],
    rest: &'a [(u32, u32)],
    last: u32,
}

impl<'a> Cursor<'a> {
    const fn new(all: &'a [(u32, u32)]) -> Self {
        Self { all, rest: all, last: 0 }
    }

    /// True when it is one of the hits. Quick as long as products come in rising order.
    fn has(&mut self, product: u32) -> bool {
        if product < self.last {
            // Another list begins.
            self.rest = self.all;
        }
        self.last = product;
        self.rest = skip_to(self.rest, product);
        self.rest.first().is_some_and(|hit| hit.0 == product)
    }
}

impl Points<'_> {
    /// Lifts a product to at least these points.
    pub(super) fn raise(&mut self, product: usize, points: u32) {
        if self.within.as_mut().is_some_and(|within| !within.has(product as u32)) {
            return;
        }
        if let Some(place) = self.slots.fill(product) {
            *place = (*place).max(points);
        }
    }

    /// Gives a product these points on top.
    pub(super) fn add(&mut self, product: usize, points: u32) {
        if let Some(place) = self.slots.fill(product) {
            *place = place.saturating_add(points);
        }
    }

    /// True when something fits.
    pub(super) const fn has_hits(&self) -> bool {
        self.slots.has_any()
    }
}

impl Scores {
    /// The points that `fill` gives to some of so many products.
    pub(super) fn gather(products: usize, fill: impl FnOnce(&mut Points<'_>)) -> Self {
        Self::gather_within(None, products, fill)
    }

    /// The same, where only products of `within` can be raised.
    pub(super) fn gather_within(
        within: Option<&Self>,
        products: usize,
        fill: impl FnOnce(&mut Points<'_>),
    ) -> Self {
        let within = within.map(|scores| Cursor::new(&scores.0));
        let fill = |slots: &mut Slots<u32>| fill(&mut Points { slots, within });
        Self(gather(&MEMORY, products, fill, |product, points| Some((product, points))))
    }

    /// Points by product, in rising order of their numbers.
    pub(super) fn of(hits: Vec<(u32, u32)>) -> Self {
        debug_assert!(hits.is_sorted_by(|one, other| one.0 < other.0));
        Self(hits)
    }

    /// True when something fits.
    #[must_use]
    pub const fn has_hits(&self) -> bool {
        !self.0.is_empty()
    }

    /// Products with points, by number.
    pub fn hits(&self) -> impl Iterator<Item = (usize, u32)> + '_ {
        self.0.iter().map(|(product, points)| (*product as usize, *points))
    }

    /// Keeps what both have, and adds up.
    pub(super) fn and(&mut self, other: &Self) {
        let (few, mut rest) = if self.0.len() <= other.0.len() {
            (&self.0, other.0.as_slice())
        } else {
            (&other.0, self.0.as_slice())
        };
        let mut both = Vec::with_capacity(few.len());
        for (product, points) in few {
            rest = skip_to(rest, *product);
            match rest.first() {
                Some((same, theirs)) if same == product => {
                    both.push((*product, points.saturating_add(*theirs)))
                }
                Some(_) => {}
                None => break,
            }
        }
        self.0 = both;
    }

    /// Adds up what either has.
    pub(super) fn plus(&mut self, other: &Self) {
        self.join(other, u32::saturating_add);
    }

    /// Keeps the better of both, the other one at `percent`.
    pub(super) fn or(&mut self, other: &Self, percent: u32) {
        self.join(other, |mine, theirs| {
            // What fits is never worth nothing, else it would not fit.
            let share = (theirs.saturating_mul(percent) / 100).max(u32::from(theirs > 0));
            mine.max(share)
        });
    }

    /// What either has, put together by `sum`; who has nothing has 0.
    fn join(&mut self, other: &Self, sum: impl Fn(u32, u32) -> u32) {
        if !other.has_hits() {
            return;
        }
        let mut all = Vec::with_capacity(self.0.len().max(other.0.len()));
        let (mut mine, mut theirs) = (self.0.iter().peekable(), other.0.iter().peekable());
        loop {
            let order = match (mine.peek(), theirs.peek()) {
                (Some(one), Some(other)) => one.0.cmp(&other.0),
                (Some(_), None) => Ordering::Less,
                (None, Some(_)) => Ordering::Greater,
                (None, None) => break,
            };
            let one = if order.is_le() { mine.next() } else { None };
            let other = if order.is_ge() { theirs.next() } else { None };
            let points = |hit: Option<&(u32, u32)>| hit.map_or(0, |hit| hit.1);
            all.extend(one.or(other).map(|hit| (hit.0, sum(points(one), points(other)))));
        }
        self.0 = all;
    }

    /// Divides all points, rounding up.
    pub(super) fn divide(&mut self, by: usize) {
        let by = u32::try_from(by.max(1)).unwrap_or(1);
        if by > 1 {
            self.0.iter_mut().for_each(|(_, points)| *points = points.div_ceil(by));
        }
    }
}

/// The hits from a product on: in steps that double, because the next one is mostly near.
fn skip_to(hits: &[(u32, u32)], product: u32) -> &[(u32, u32)] {
    let mut end = 1;
    while hits.get(end - 1).is_some_and(|hit| hit.0 < product) {
        end *= 2;
    }
    let known = hits.get(..end.min(hits.len())).unwrap_or_default();
    hits.get(known.partition_point(|hit| hit.0 < product)..).unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;
    use std::collections::BTreeMap;

    fn scores(all: &[(usize, u32)]) -> Scores {
        Scores::gather(4, |points| all.iter().for_each(|(product, more)| points.raise(*product, *more)))
    }

    fn all(scores: &Scores) -> Vec<(usize, u32)> {
        scores.hits().collect()
    }

    #[test]
    fn both_adds_up_and_keeps_only_what_both_have() {
        let mut one = scores(&[(0, 3), (1, 5)]);
        one.and(&scores(&[(1, 2), (3, 9)]));
        assert_eq!(all(&one), [(1, 7)]);
        one.and(&scores(&[(2, 1)]));
        assert!(!one.has_hits() && all(&one).is_empty());
        let mut none = scores(&[]);
        none.and(&scores(&[(2, 1)]));
        assert!(!none.has_hits());
    }

    #[test]
    fn either_keeps_the_better_and_a_share_is_never_nothing() {
        let mut one = scores(&[(0, 3)]);
        one.or(&scores(&[(0, 10), (1, 1)]), 50);
        assert_eq!(all(&one), [(0, 5), (1, 1)]);
        let mut none = scores(&[]);
        none.or(&scores(&[(2, 8)]), 25);
        assert_eq!(all(&none), [(2, 2)]);
        none.or(&scores(&[]), 100);
        assert_eq!(all(&none), [(2, 2)]);
    }

    #[test]
    fn sums_are_divided_upwards() {
        let mut sum = scores(&[]);
        sum.plus(&scores(&[(0, 3)]));
        sum.plus(&scores(&[(0, 4), (3, 1)]));
        sum.divide(2);
        assert_eq!(all(&sum), [(0, 4), (3, 1)]);
    }

    #[test]
    fn a_product_keeps_its_best_points_and_one_that_is_not_there_gets_none() {
        assert_eq!(all(&scores(&[(2, 5), (99, 7), (2, 3)])), [(2, 5)]);
        let added = Scores::gather(4, |points| {
            points.add(1, 2);
            points.add(1, 2);
        });
        assert_eq!(all(&added), [(1, 4)]);
    }

    #[test]
    fn points_within_others_go_to_those_only_whatever_order_lists_come_in() {
        let within = scores(&[(1, 9), (3, 9)]);
        let found = Scores::gather_within(Some(&within), 4, |points| {
            for product in [0, 1, 2, 0, 3, 2, 1, 99, 1] {
                points.raise(product, 4);
            }
        });
        assert_eq!(all(&found), [(1, 4), (3, 4)]);
        let none = Scores::default();
        assert!(!Scores::gather_within(Some(&none), 4, |points| points.raise(1, 4)).has_hits());
    }

    fn some() -> impl Strategy<Value = BTreeMap<u32, u32>> {
        prop_oneof![
            prop::collection::btree_map(0_u32..400, 1_u32..50, 0..200),
            prop::collection::btree_map(0_u32..400, 1_u32..50, 0..5),
        ]
    }

    proptest! {
        #[test]
        fn both_and_either_are_what_maps_would_give(one in some(), other in some()) {
            let of = |map: &BTreeMap<u32, u32>| Scores::of(map.iter().map(|(key, value)| (*key, *value)).collect());
            let mut both = of(&one);
            both.and(&of(&other));
            let expected: Vec<_> =
                one.iter().filter_map(|(key, value)| Some((*key, value + other.get(key)?))).collect();
            prop_assert_eq!(both.0, expected);
            let mut either = of(&one);
            either.plus(&of(&other));
            let mut expected = one;
            other.iter().for_each(|(key, value)| *expected.entry(*key).or_default() += value);
            prop_assert_eq!(either.0, expected.into_iter().collect::<Vec<_>>());
        }
    }
}
