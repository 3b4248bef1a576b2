//! The time. Only this module asks the machine what time it is.

use std::sync::Mutex;
use time::{Duration, OffsetDateTime};

/// Tells the time.
pub trait Clock: Send + Sync {
    /// The time in UTC, in whole microseconds: what PostgreSQL can store, so that both databases give back the same.
    fn now(&self) -> OffsetDateTime;
}

/// The machine's clock.
#[derive(Debug, Clone, Copy, Default)]
pub struct SystemClock;

impl Clock for SystemClock {
    #[expect(clippy::disallowed_methods, reason = "the one place that asks the machine for the time")]
    fn now(&self) -> OffsetDateTime {
        whole_microseconds(OffsetDateTime::now_utc())
    }
}

/// A clock that stands still until it is set.
#[derive(Debug)]
pub struct FixedClock(Mutex<OffsetDateTime>);

impl FixedClock {
    /// A clock that stands at `now`.
    #[must_use]
    pub fn new(now: OffsetDateTime) -> Self {
        Self(Mutex::new(whole_microseconds(now)))
    }

    /// Sets the clock.
    pub fn set(&self, now: OffsetDateTime) {
        *self.lock() = whole_microseconds(now);
    }

    /// Moves the clock.
    pub fn advance(&self, by: Duration) {
        let mut now = self.lock();
        *now = whole_microseconds(now.saturating_add(by));
    }

    fn lock(&self) -> std::sync::MutexGuard<'_, OffsetDateTime> {
        self.0.lock().unwrap_or_else(std::sync::PoisonError::into_inner)
    }
}

impl Default for FixedClock {
    /// 23 Nov 2026, 08:00 UTC.
    fn default() -> Self {
        Self::new(OffsetDateTime::UNIX_EPOCH + Duration::seconds(1_795_420_800))
    }
}

impl Clock for FixedClock {
    fn now(&self) -> OffsetDateTime {
        *self.lock()
    }
}

fn whole_microseconds(at: OffsetDateTime) -> OffsetDateTime {
    at.replace_nanosecond(at.nanosecond() / 1000 * 1000).unwrap_or(at)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_time_comes_in_whole_microseconds() {
        assert_eq!(SystemClock.now().nanosecond() % 1000, 0);
        let odd = OffsetDateTime::UNIX_EPOCH + Duration::nanoseconds(1_234_567);
        assert_eq!(FixedClock::new(odd).now().nanosecond(), 1_234_000);
    }

    #[test]
    fn a_fixed_clock_stands_until_it_is_moved() {
        let clock = FixedClock::default();
        let start = clock.now();
        assert_eq!(clock.now(), start);
        clock.advance(Duration::minutes(3));
        assert_eq!(clock.now() - start, Duration::minutes(3));
    }
}
