//! Chinese characters. Two side by side are the smallest word; a longer run fits when known pairs cover it, so that
//! `茶具套装` finds a set whose title says 茶具 here and 套装 there, without a dictionary of words.

use super::gather::{Slots, gather};
use super::matching::Seeker;
use super::scores::Scores;
use super::segment::kind;
use std::cell::Cell;

thread_local! {
    static MEMORY: Cell<Slots<Pairs>> = Cell::default();
}

/// Characters of a run that count.
const LONGEST: usize = 16;
/// Per cent for a run that is covered by pairs which do not follow each other.
const SCATTERED: u32 = 80;

/// Which pairs of a run a product has, and what they are worth.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
struct Pairs {
    /// A bit per pair.
    seen: u32,
    /// A bit per single character.
    single: u32,
    /// Points of all pairs.
    points: u32,
}

impl Seeker<'_> {
    /// Products with a run of characters.
    pub(super) fn han(&self, run: &[char]) -> Scores {
        let run = run.get(..LONGEST).unwrap_or(run);
        let weights = &self.index.weights;
        if let [one, rest @ ..] = run
            && rest.len() < 2
        {
            let wanted = pair(*one, rest.first().copied());
            return self.gather(|found| self.raise(found, &wanted, |field| weights.field(field)));
        }
        let count = u32::try_from(run.len().saturating_sub(1)).unwrap_or(1).max(1);
        let all = bits(run.len());
        self.pairs(run, |has| {
            let mean = has.points.div_ceil(count);
            let left = all & !(has.seen | has.seen << 1);
            if has.seen == bits(run.len() - 1) {
                return Some(mean);
            }
            let is_covered = left & !has.single == 0 && left.count_ones() as usize * 3 <= run.len();
            is_covered.then(|| (mean * SCATTERED / 100).max(1))
        })
    }

    /// What `worth` gives for what each product has of a run of two or more characters.
    fn pairs(&self, run: &[char], worth: impl Fn(Pairs) -> Option<u32>) -> Scores {
        let fill = |slots: &mut Slots<Pairs>| self.see_pairs(run, slots);
        let take = |product, has: Pairs| Some((product, worth(has)?));
        Scores::of(gather(&MEMORY, self.index.columns.len(), fill, take))
    }

    fn see_pairs(&self, run: &[char], slots: &mut Slots<Pairs>) {
        let weights = &self.index.weights;
        for (at, window) in run.windows(2).enumerate() {
            let [one, other] = window else { continue };
            self.each(&pair(*one, Some(*other)), |product, field| {
                if let Some(has) = slots.fill(product) {
                    has.seen |= 1 << at;
                    has.points += weights.field(field);
                }
            });
        }
        if run.len() > 2 && slots.has_any() {
            for (at, character) in run.iter().enumerate() {
                self.each(&pair(*character, None), |product, _| {
                    if let Some(has) = slots.filled(product) {
                        has.single |= 1 << at;
                    }
                });
            }
        }
    }

    /// Products with some pair of a run; with some character of it when no pair is known.
    pub(super) fn han_in_part(&self, run: &[char]) -> Scores {
        let run = run.get(..LONGEST).unwrap_or(run);
        let count = u32::try_from(run.len()).unwrap_or(1).max(1);
        let scores = self.pairs(run, |has| Some(has.points.div_ceil(count)));
        if scores.has_hits() {
            return scores;
        }
        let weights = &self.index.weights;
        let mut scores = self.gather(|found| {
            for character in run {
                self.each(&pair(*character, None), |product, field| found.add(product, weights.field(field)));
            }
        });
        scores.divide(count as usize * 2);
        scores
    }
}

/// The lowest `count` bits.
const fn bits(count: usize) -> u32 {
    (1_u32 << (count as u32 & 31)) - 1
}

/// The term of a character or of two side by side.
fn pair(one: char, other: Option<char>) -> String {
    [Some(kind::HAN), Some(one), other].into_iter().flatten().collect()
}
