//! Counting what is looked for: in memory first, written a moment later, never in the way of an answer.
//!
//! Only the text, its language and numbers are kept, per day. Texts that look like somebody's address or number and
//! found nothing are not kept at all.

use super::row::TallyWrite;
use crate::db::Database;
use crate::on;
use app::kernel::Locale;
use std::collections::HashMap;
use std::sync::{Mutex, PoisonError};
use time::Date;

/// Different texts between two writes; more are not counted.
const MOST: usize = 2_000;
/// Digits that make a text look like a phone or card number.
const NUMBER: usize = 7;

#[derive(Debug, Clone, Copy, Default)]
struct Counts {
    searches: i64,
    hits: i64,
    clicks: i64,
    rank_sum: i64,
}

/// What was looked for since the last write.
#[derive(Debug, Default)]
pub struct Tally {
    counts: Mutex<HashMap<(Locale, String), Counts>>,
}

impl Tally {
    /// Counts a search.
    pub fn searched(&self, locale: Locale, text: &str, hits: usize) {
        if hits > 0 || !is_personal(text) {
            let hits = i64::try_from(hits).unwrap_or(i64::MAX);
            self.add(locale, text, |counts| {
                counts.searches += 1;
                counts.hits = hits;
            });
        }
    }

    /// Counts a followed result.
    pub fn followed(&self, locale: Locale, text: &str, rank: u32) {
        if !is_personal(text) {
            self.add(locale, text, |counts| {
                counts.clicks += 1;
                counts.rank_sum += i64::from(rank);
            });
        }
    }

    fn add(&self, locale: Locale, text: &str, change: impl FnOnce(&mut Counts)) {
        let text = text.to_lowercase();
        let mut counts = self.counts.lock().unwrap_or_else(PoisonError::into_inner);
        if !text.is_empty() && (counts.len() < MOST || counts.contains_key(&(locale, text.clone()))) {
            change(counts.entry((locale, text)).or_default());
        }
    }

    /// Writes everything that was counted; on an error it is counted as lost.
    ///
    /// # Errors
    /// The database's error.
    pub async fn flush(&self, database: &Database, day: Date) -> sqlx::Result<()> {
        let counts = std::mem::take(&mut *self.counts.lock().unwrap_or_else(PoisonError::into_inner));
        if counts.is_empty() {
            return Ok(());
        }
        let mut rows: Vec<((Locale, String), Counts)> = counts.into_iter().collect();
        // Always in the same order, so that two nodes never wait for each other.
        rows.sort_by(|one, other| one.0.cmp(&other.0));
        let mut tx = database.write().await?;
        for ((locale, text), counts) in rows {
            let row = TallyWrite {
                day,
                locale: locale.code(),
                text,
                searches: counts.searches,
                hits: counts.hits,
                clicks: counts.clicks,
                rank_sum: counts.rank_sum,
            };
            on!(tx, search::add_tally(&row))?;
        }
        tx.commit().await
    }
}

/// True for a text that looks like a mail address, a phone number or a card number.
fn is_personal(text: &str) -> bool {
    text.contains(['@', '＠']) || text.chars().filter(char::is_ascii_digit).count() >= NUMBER
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn texts_that_look_personal_are_not_kept() {
        for text in ["me@example.com", "138 0013 8000", "6222-0212-3456"] {
            assert!(is_personal(text), "{text}");
        }
        for text in ["茶壶 500ml", "js-tk01-celado", ""] {
            assert!(!is_personal(text), "{text}");
        }
        let tally = Tally::default();
        tally.searched(Locale::En, "13800138000", 0);
        tally.searched(Locale::En, "2000092372113", 1);
        assert_eq!(tally.counts.lock().unwrap().len(), 1);
    }

    #[test]
    fn what_is_counted_between_two_writes_is_bounded() {
        let tally = Tally::default();
        for number in 0..2 * MOST {
            tally.searched(Locale::Zh, &format!("text {number}"), 0);
        }
        tally.searched(Locale::Zh, "text 0", 3);
        let counts = tally.counts.lock().unwrap();
        assert_eq!(counts.len(), MOST);
        assert_eq!(counts.get(&(Locale::Zh, "text 0".to_owned())).map(|counts| counts.searches), Some(2));
    }
}
