//! Collecting something per product from many lists, when most products get nothing: the work grows with what is found,
//! not with the catalogue.

use std::cell::Cell;

/// Part of all products from which on going through all of them is quicker than sorting those that were touched.
const MANY: usize = 16;

/// A slot per product. The memory stays with its thread, because clearing it for every word of every text would cost more
/// than most words find.
#[derive(Debug)]
pub(super) struct Slots<T> {
    all: Vec<T>,
    touched: Vec<u32>,
}

impl<T> Default for Slots<T> {
    fn default() -> Self {
        Self { all: Vec::new(), touched: Vec::new() }
    }
}

impl<T: Copy + Default + PartialEq> Slots<T> {
    /// The slot of a product, to be filled. `None` for a product that is not there.
    pub(super) fn fill(&mut self, product: usize) -> Option<&mut T> {
        let slot = self.all.get_mut(product)?;
        if *slot == T::default() {
            self.touched.push(product as u32);
        }
        Some(slot)
    }

    /// The slot of a product that has something already.
    pub(super) fn filled(&mut self, product: usize) -> Option<&mut T> {
        self.all.get_mut(product).filter(|slot| **slot != T::default())
    }

    /// True when some product may have something.
    pub(super) const fn has_any(&self) -> bool {
        !self.touched.is_empty()
    }

    /// What each product has, by number; every slot is empty again.
    fn drain<R>(&mut self, mut take: impl FnMut(u32, T) -> Option<R>) -> Vec<R> {
        let mut out = Vec::with_capacity(self.touched.len());
        let mut empty = |product: u32, slot: &mut T| {
            let has = std::mem::take(slot);
            if has != T::default() {
                out.extend(take(product, has));
            }
        };
        if self.touched.len() > self.all.len() / MANY {
            (0..).zip(&mut self.all).for_each(|(product, slot)| empty(product, slot));
        } else {
            self.touched.sort_unstable();
            for product in &self.touched {
                if let Some(slot) = self.all.get_mut(*product as usize) {
                    empty(*product, slot);
                }
            }
        }
        self.touched.clear();
        out
    }
}

/// Lets `fill` fill the slots of `memory`; gives what `take` makes of each product that has something, by number.
pub(super) fn gather<T: Copy + Default + PartialEq, R>(
    memory: &'static std::thread::LocalKey<Cell<Slots<T>>>,
    products: usize,
    fill: impl FnOnce(&mut Slots<T>),
    take: impl FnMut(u32, T) -> Option<R>,
) -> Vec<R> {
    let mut slots = memory.take();
    slots.all.resize(products, T::default());
    fill(&mut slots);
    let out = slots.drain(take);
    memory.set(slots);
    out
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;
    use std::collections::BTreeMap;

    thread_local! {
        static MEMORY: Cell<Slots<u32>> = Cell::default();
    }

    proptest! {
        #[test]
        fn what_was_filled_comes_back_in_order_and_leaves_nothing_behind(
            fillings in prop::collection::vec((1_usize..2_000, prop::collection::vec((0_usize..2_100, 0_u32..9), 0..300)), 1..4),
        ) {
            for (products, filling) in fillings {
                let mut expected = BTreeMap::new();
                for (product, points) in filling.iter().filter(|(product, points)| *product < products && *points > 0) {
                    *expected.entry(*product as u32).or_insert(0) += points;
                }
                let fill = |slots: &mut Slots<u32>| {
                    for (product, points) in &filling {
                        slots.fill(*product).into_iter().for_each(|slot| *slot += points);
                    }
                };
                let all = gather(&MEMORY, products, fill, |product, points| Some((product, points)));
                prop_assert_eq!(all, expected.into_iter().collect::<Vec<_>>());
            }
        }
    }

    #[test]
    fn only_what_has_something_counts_as_filled() {
        let mut slots = Slots { all: vec![0_u32; 3], touched: Vec::new() };
        assert!(slots.filled(1).is_none() && !slots.has_any() && slots.fill(9).is_none());
        *slots.fill(1).unwrap() = 4;
        assert_eq!(slots.filled(1).copied(), Some(4));
        assert!(slots.filled(2).is_none() && slots.has_any());
    }
}
