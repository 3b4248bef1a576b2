//! The edition of the catalogue that this node shows: a number that changes when something has happened that a
//! page of the catalogue may show. What is kept for its sake (finished pages, the tree of categories) is kept
//! under that number, and so is forgotten by itself.

use super::bus::Notice;
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};
use std::time::{Duration, Instant};

/// Beginnings of the topics of events that a page of the catalogue may show: orders change what is left in stock.
const SHOWN: [&str; 4] = ["catalog.", "stock.", "order.", BUS];
/// Beginning of topics about the bus itself: after a gap anything may have happened.
const BUS: &str = "bus.";
/// An edition lasts this long, so that a sale with hundreds of orders a second does not make every page anew for each.
const LASTS: Duration = Duration::from_millis(300);

/// Counts editions. Cheap to clone.
#[derive(Debug, Clone)]
pub struct Edition {
    counts: Arc<Counts>,
}

#[derive(Debug)]
struct Counts {
    /// Changes so far.
    changes: AtomicU64,
    /// The number that is given out.
    shown: AtomicU64,
    /// When it was first given out, in milliseconds after `start`.
    since: AtomicU64,
    start: Instant,
}

impl Edition {
    /// The first edition.
    #[must_use]
    pub fn new() -> Self {
        let counts = Counts {
            changes: AtomicU64::new(0),
            shown: AtomicU64::new(0),
            since: AtomicU64::new(0),
            start: Instant::now(),
        };
        Self { counts: Arc::new(counts) }
    }

    /// The edition's number. After a change it is another one, at the latest after 300 ms.
    #[must_use]
    pub fn number(&self) -> u64 {
        let (changes, shown) =
            (self.counts.changes.load(Ordering::Acquire), self.counts.shown.load(Ordering::Acquire));
        if changes == shown {
            return shown;
        }
        let now = self.millis();
        let since = self.counts.since.load(Ordering::Acquire);
        let is_young = shown != 0 && now.saturating_sub(since) < LASTS.as_millis().try_into().unwrap_or(0);
        if is_young {
            return shown;
        }
        // When two meet here, both give out what they have read: either number is new.
        self.counts.since.store(now, Ordering::Release);
        self.counts.shown.store(changes, Ordering::Release);
        changes
    }

    /// Counts a notice, if pages show what it tells.
    pub(super) fn hear(&self, notice: &Notice) {
        if SHOWN.iter().any(|beginning| notice.topic.starts_with(beginning)) {
            self.counts.changes.fetch_add(1, Ordering::AcqRel);
        }
    }

    fn millis(&self) -> u64 {
        self.counts.start.elapsed().as_millis().try_into().unwrap_or(u64::MAX)
    }
}

impl Default for Edition {
    fn default() -> Self {
        Self::new()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn notice(topic: &str) -> Notice {
        Notice { topic: topic.into(), subject: "x".into() }
    }

    #[test]
    fn only_what_pages_show_makes_a_new_edition() {
        let edition = Edition::new();
        let first = edition.number();
        edition.hear(&notice("mail.sent"));
        assert_eq!(edition.number(), first);
        edition.hear(&notice("catalog.imported"));
        assert_ne!(edition.number(), first);
    }

    #[test]
    fn a_change_is_shown_at_once_and_the_next_ones_together_a_moment_later() {
        let edition = Edition::new();
        edition.hear(&notice("order.placed"));
        let first = edition.number();
        for _ in 0..100 {
            edition.hear(&notice("order.placed"));
            assert_eq!(edition.number(), first);
        }
        std::thread::sleep(LASTS);
        let second = edition.number();
        assert_ne!(second, first);
        assert_eq!(edition.number(), second);
    }
}
