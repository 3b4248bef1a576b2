//! Points per product, and how those of several words are put together.

/// Points per product; none for those that do not fit.
#[derive(Debug, Clone, Default)]
pub struct Scores {
    /// By product; empty until something fits, because most ways of looking find nothing.
    points: Vec<u32>,
    products: usize,
}

impl Scores {
    /// No points for anything yet.
    #[must_use]
    pub const fn none(products: usize) -> Self {
        Self { points: Vec::new(), products }
    }

    /// Lifts a product to at least these points.
    pub fn raise(&mut self, product: usize, points: u32) {
        if self.points.is_empty() && points > 0 {
            self.points = vec![0; self.products];
        }
        if let Some(place) = self.points.get_mut(product) {
            *place = (*place).max(points);
        }
    }

    /// A product's points.
    #[must_use]
    pub fn get(&self, product: usize) -> u32 {
        self.points.get(product).copied().unwrap_or_default()
    }

    /// True when something fits.
    #[must_use]
    pub const fn has_hits(&self) -> bool {
        !self.points.is_empty()
    }

    /// Products with points, by number.
    pub fn hits(&self) -> impl Iterator<Item = (usize, u32)> + '_ {
        let all = self.points.iter().enumerate().filter(|(_, points)| **points > 0);
        all.map(|(product, points)| (product, *points))
    }

    /// Keeps what both have, and adds up.
    pub(super) fn and(&mut self, other: &Self) {
        if !self.has_hits() || !other.has_hits() {
            self.points = Vec::new();
            return;
        }
        let mut any = 0;
        for (mine, theirs) in self.points.iter_mut().zip(&other.points) {
            *mine = if *mine == 0 || *theirs == 0 { 0 } else { mine.saturating_add(*theirs) };
            any |= *mine;
        }
        if any == 0 {
            self.points = Vec::new();
        }
    }

    /// Adds up what either has.
    pub(super) fn plus(&mut self, other: Self) {
        if !self.has_hits() {
            self.points = other.points;
            return;
        }
        for (mine, theirs) in self.points.iter_mut().zip(&other.points) {
            *mine = mine.saturating_add(*theirs);
        }
    }

    /// Keeps the better of both, the other one at `percent`.
    pub(super) fn or(&mut self, other: &Self, percent: u32) {
        if !other.has_hits() {
            return;
        }
        if !self.has_hits() {
            self.points = vec![0; self.products];
        }
        for (mine, theirs) in self.points.iter_mut().zip(&other.points) {
            // What fits is never worth nothing, else it would not fit.
            let share = (theirs.saturating_mul(percent) / 100).max(u32::from(*theirs > 0));
            *mine = (*mine).max(share);
        }
    }

    /// Divides all points, rounding up.
    pub(super) fn divide(&mut self, by: usize) {
        let by = u32::try_from(by.max(1)).unwrap_or(1);
        if by > 1 {
            self.points.iter_mut().for_each(|place| *place = place.div_ceil(by));
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn scores(all: &[(usize, u32)]) -> Scores {
        let mut scores = Scores::none(4);
        all.iter().for_each(|(product, points)| scores.raise(*product, *points));
        scores
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
        sum.plus(scores(&[(0, 3)]));
        sum.plus(scores(&[(0, 4), (3, 1)]));
        sum.divide(2);
        assert_eq!(all(&sum), [(0, 4), (3, 1)]);
        assert_eq!((sum.get(0), sum.get(1), sum.get(99)), (4, 0, 0));
        sum.raise(99, 7);
        assert_eq!(all(&sum).len(), 2, "a product that is not there cannot be lifted");
    }
}
