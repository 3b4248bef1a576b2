//! Times in the database: microseconds since 1970-01-01 UTC as BIGINT, on both databases.
//!
//! SQLite has no time type, and its text form sorts wrongly when fractions have different lengths.

use ::time::OffsetDateTime;

/// For storing.
#[must_use]
pub fn to_micros(at: OffsetDateTime) -> i64 {
    i64::try_from(at.unix_timestamp_nanos() / 1000).unwrap_or(i64::MAX)
}

/// From a stored value; the epoch when it is out of range.
#[must_use]
pub fn from_micros(micros: i64) -> OffsetDateTime {
    OffsetDateTime::from_unix_timestamp_nanos(i128::from(micros) * 1000).unwrap_or(OffsetDateTime::UNIX_EPOCH)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_time_reads_back_to_the_microsecond() {
        let micros = 1_795_680_300_123_456;
        assert_eq!(to_micros(from_micros(micros)), micros);
    }
}
