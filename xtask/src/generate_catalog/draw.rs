//! A fixed sequence of numbers (SplitMix64): even enough for made-up goods, the same everywhere.

/// Draws numbers.
pub(super) struct Draw(u64);

impl Draw {
    /// A sequence.
    pub(super) const fn new(seed: u64) -> Self {
        Self(seed)
    }

    fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mixed = (self.0 ^ (self.0 >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        let mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        mixed ^ (mixed >> 31)
    }

    /// A number below `end`; 0 when `end` is.
    pub(super) fn below(&mut self, end: usize) -> usize {
        usize::try_from(self.next().checked_rem(end as u64).unwrap_or_default()).unwrap_or_default()
    }

    /// One of a list.
    pub(super) fn one<T: Copy>(&mut self, list: &[T]) -> Option<T> {
        let at = self.below(list.len());
        list.get(at).copied()
    }
}
