//! What a figure has to reach, or may not go beyond.

/// An aim for one figure; the number itself is still fine.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Bound {
    AtLeast(u64),
    AtMost(u64),
}

impl Bound {
    pub(super) const fn is_met(self, figure: u64) -> bool {
        match self {
            Self::AtLeast(least) => figure >= least,
            Self::AtMost(most) => figure <= most,
        }
    }

    /// The aim as a person reads it.
    pub(super) fn text(self, unit: impl Fn(u64) -> String) -> String {
        match self {
            Self::AtLeast(least) => format!("at least {}", unit(least)),
            Self::AtMost(most) => format!("at most {}", unit(most)),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_bound_is_met_by_its_own_number_and_not_by_the_next_one() {
        assert!(Bound::AtLeast(98).is_met(98) && !Bound::AtLeast(98).is_met(97));
        assert!(Bound::AtMost(20).is_met(20) && !Bound::AtMost(20).is_met(21));
        assert_eq!(Bound::AtMost(20).text(|figure| format!("{figure} ms")), "at most 20 ms");
    }
}
