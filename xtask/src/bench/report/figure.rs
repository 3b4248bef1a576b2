//! A figure of its own, which the next report can be compared with.

use std::time::Duration;

/// What is counted.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(in crate::bench) enum Unit {
    /// Memory.
    Kilobytes,
    /// How long something took once.
    Millis,
    /// What goes over the wire.
    Bytes,
}

/// So many of these.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(in crate::bench) struct Figure {
    pub(in crate::bench) value: u64,
    pub(in crate::bench) unit: Unit,
}

impl Figure {
    pub(in crate::bench) const fn memory(kilobytes: u64) -> Self {
        Self { value: kilobytes, unit: Unit::Kilobytes }
    }

    pub(in crate::bench) fn time(time: Duration) -> Self {
        Self { value: u64::try_from(time.as_millis()).unwrap_or(u64::MAX), unit: Unit::Millis }
    }

    pub(in crate::bench) const fn weight(bytes: u64) -> Self {
        Self { value: bytes, unit: Unit::Bytes }
    }

    /// The figure as a person reads it.
    pub(in crate::bench) fn text(self) -> String {
        let value = self.value;
        match self.unit {
            Unit::Kilobytes => format!("{}.{} MB", value / 1024, value % 1024 * 10 / 1024),
            Unit::Millis => format!("{value} ms"),
            Unit::Bytes => format!("{value} bytes"),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn memory_is_told_in_megabytes_and_the_rest_as_it_is() {
        assert_eq!(Figure::memory(1_536).text(), "1.5 MB");
        assert_eq!(Figure::time(Duration::from_micros(36_900)).text(), "36 ms");
        assert_eq!(Figure::weight(6_370).text(), "6370 bytes");
    }
}
