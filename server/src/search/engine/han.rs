//! Chinese characters. Two side by side are the smallest word; a longer run fits when known pairs cover it, so that
//! `茶具套装` finds a set whose title says 茶具 here and 套装 there, without a dictionary of words.

use super::matching::Seeker;
use super::scores::Scores;
use super::segment::kind;

/// Characters of a run that count.
const LONGEST: usize = 16;
/// Per cent for a run that is covered by pairs which do not follow each other.
const SCATTERED: u32 = 80;

/// Which pairs of a run a product has, and what they are worth.
#[derive(Debug, Clone, Copy, Default)]
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
        let mut scores = self.nothing();
        if let [one, rest @ ..] = run
            && rest.len() < 2
        {
            self.raise(&mut scores, &pair(*one, rest.first().copied()), |field| weights.field(field));
            return scores;
        }
        let pairs = self.pairs(run);
        let count = u32::try_from(run.len().saturating_sub(1)).unwrap_or(1).max(1);
        let all = bits(run.len());
        for (product, has) in pairs.iter().enumerate().filter(|(_, has)| has.seen != 0) {
            let mean = has.points.div_ceil(count);
            let covered = has.seen | has.seen << 1;
            let left = all & !covered;
            if has.seen == bits(run.len() - 1) {
                scores.raise(product, mean);
            } else if left & !has.single == 0 && left.count_ones() as usize * 3 <= run.len() {
                scores.raise(product, (mean * SCATTERED / 100).max(1));
            }
        }
        scores
    }

    /// What each product has of a run of two or more characters.
    fn pairs(&self, run: &[char]) -> Vec<Pairs> {
        let mut pairs = vec![Pairs::default(); self.index.columns.len()];
        for (at, window) in run.windows(2).enumerate() {
            let [one, other] = window else { continue };
            self.each(&pair(*one, Some(*other)), |product, points| {
                if let Some(has) = pairs.get_mut(product) {
                    has.seen |= 1 << at;
                    has.points += points;
                }
            });
        }
        if run.len() > 2 && pairs.iter().any(|has| has.seen != 0) {
            for (at, character) in run.iter().enumerate() {
                self.each(&pair(*character, None), |product, _| {
                    if let Some(has) = pairs.get_mut(product).filter(|has| has.seen != 0) {
                        has.single |= 1 << at;
                    }
                });
            }
        }
        pairs
    }

    fn each(&self, wanted: &str, mut visit: impl FnMut(usize, u32)) {
        for segment in self.index.segments() {
            let Some(at) = segment.terms().find(wanted) else { continue };
            for (product, field) in segment.list(at) {
                if self.index.columns.is_shown(product, self.now) {
                    visit(product, self.index.weights.field(field));
                }
            }
        }
    }

    /// Products with some pair of a run; with some character of it when no pair is known.
    pub(super) fn han_in_part(&self, run: &[char]) -> Scores {
        let run = run.get(..LONGEST).unwrap_or(run);
        let count = u32::try_from(run.len()).unwrap_or(1).max(1);
        let mut scores = self.nothing();
        for (product, has) in self.pairs(run).iter().enumerate().filter(|(_, has)| has.seen != 0) {
            scores.raise(product, has.points.div_ceil(count));
        }
        if scores.has_hits() {
            return scores;
        }
        let mut points_of = vec![0_u32; self.index.columns.len()];
        for character in run {
            self.each(&pair(*character, None), |product, points| {
                if let Some(place) = points_of.get_mut(product) {
                    *place += points;
                }
            });
        }
        for (product, points) in points_of.into_iter().enumerate().filter(|(_, points)| *points > 0) {
            scores.raise(product, points.div_ceil(count * 2));
        }
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
