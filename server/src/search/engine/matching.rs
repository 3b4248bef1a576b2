//! Which products fit a text, and how well.
//!
//! Every word must fit. When nothing does, the shop tries in this order: slips of the finger, characters that only
//! sound alike, and at last products that fit in part.

use super::Index;
use super::product::Field;
use super::scores::{Points, Scores};
use super::segment::{kind, term};
use crate::search::analysis::synonyms::Synonyms;
use crate::search::analysis::words::code;
use crate::search::analysis::{Word, fold, pinyin, words};
use app::kernel::Locale;

/// Words of a query that count.
const WORDS: usize = 8;
/// Terms that one beginning stands for at most.
pub(super) const EXPANSIONS: usize = 4_000;

/// How a text was understood.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Fit {
    /// As it was written, in one of its ways.
    Exact,
    /// With slips of the finger mended; the mended text.
    Mended(String),
    /// By its sound.
    Sound,
    /// Only in part.
    Near,
    /// Not at all.
    Nothing,
}

/// What was found.
#[derive(Debug, Clone)]
pub struct Found {
    /// Points per product.
    pub scores: Scores,
    /// How the text was understood.
    pub fit: Fit,
    /// The words that count, for marking them in titles.
    pub words: Vec<Word>,
}

/// Looks for a text in an index.
pub struct Seeker<'a> {
    /// Where to look.
    pub index: &'a Index,
    /// Words that mean the same.
    pub synonyms: &'a Synonyms,
    /// The shopper's language.
    pub locale: Locale,
    /// The last word may be unfinished.
    pub is_typing: bool,
    /// Microseconds: later products are not there yet.
    pub now: i64,
}

impl Seeker<'_> {
    /// Looks for a text as a shopper typed it.
    #[must_use]
    pub fn seek(&self, text: &str) -> Found {
        let folded = fold(text);
        let is_chinese = self.locale == Locale::Zh;
        if let Some(scores) = self.by_code(&folded) {
            return Found { scores, fit: Fit::Exact, words: Vec::new() };
        }
        if let Some(found) = self.in_any_way(&folded, is_chinese) {
            return found;
        }
        if let Some(mended) = self.mended(&folded, is_chinese)
            && let Some(found) = self.in_any_way(&mended, is_chinese)
        {
            return Found { fit: Fit::Mended(mended), ..found };
        }
        if !is_chinese && let Some(found) = self.in_any_way(&folded, true) {
            return found;
        }
        self.by_sound(&folded).unwrap_or_else(|| self.in_part(&folded))
    }

    /// The points that `fill` gives.
    pub(super) fn gather(&self, fill: impl FnOnce(&mut Points<'_>)) -> Scores {
        Scores::gather(self.index.columns.len(), fill)
    }

    /// Lifts every shown product of a term.
    pub(super) fn raise(&self, found: &mut Points<'_>, wanted: &str, points: impl Fn(Field) -> u32) {
        self.each(wanted, |product, field| found.raise(product, points(field)));
    }

    /// Visits every shown product of a term.
    pub(super) fn each(&self, wanted: &str, mut visit: impl FnMut(usize, Field)) {
        for segment in self.index.segments() {
            let Some(at) = segment.terms().find(wanted) else { continue };
            for (product, field) in segment.list(at) {
                if self.index.columns.is_shown(product, self.now) {
                    visit(product, field);
                }
            }
        }
    }

    /// Lifts every shown product of the terms that begin so and that `is_wanted`.
    pub(super) fn raise_beginning(
        &self,
        found: &mut Points<'_>,
        prefix: &str,
        is_wanted: impl Fn(&str) -> bool,
        points: impl Fn(Field) -> u32,
    ) {
        for segment in self.index.segments() {
            let terms = segment.terms().starting_with(prefix).take(EXPANSIONS);
            for at in terms.filter(|at| is_wanted(segment.terms().term(*at))) {
                for (product, field) in segment.list(at) {
                    if self.index.columns.is_shown(product, self.now) {
                        found.raise(product, points(field));
                    }
                }
            }
        }
    }

    /// A whole SKU or barcode, or the beginning of one.
    fn by_code(&self, folded: &str) -> Option<Scores> {
        let code = code(folded);
        let has_digit = code.bytes().any(|byte| byte.is_ascii_digit());
        if code.len() < 4 || !has_digit {
            return None;
        }
        let (wanted, weights) = (term(kind::CODE, &code), &self.index.weights);
        let scores = self.gather(|found| {
            self.raise(found, &wanted, |field| weights.field(field));
            if !found.has_hits() && code.len() >= 5 && words(folded).len() > 1 {
                self.raise_beginning(found, &wanted, |_| true, |field| weights.field(field));
            }
        });
        scores.has_hits().then_some(scores)
    }

    /// The text itself or with synonyms, and all its words as one pinyin text.
    fn in_any_way(&self, folded: &str, with_sound: bool) -> Option<Found> {
        let own = words(folded);
        let mut scores = self.every_word(&own, with_sound);
        if with_sound
            && own.len() > 1
            && let Some(letters) = pinyin::typed(folded)
        {
            scores.or(&self.sounds(&letters), 100);
        }
        let mut all = own;
        let percent = u32::try_from(self.index.weights.match_synonym).unwrap_or(100);
        for way in self.synonyms.other_ways(folded) {
            let other = words(&way);
            let more = self.every_word(&other, false);
            if more.has_hits() {
                scores.or(&more, percent);
                all.extend(other);
            }
        }
        scores.has_hits().then_some(Found { scores, fit: Fit::Exact, words: all })
    }

    /// Products that fit every word. The word that finds least comes first, and the others look among its products only:
    /// a common word beside a rare one costs little.
    pub(super) fn every_word(&self, words: &[Word], with_sound: bool) -> Scores {
        let words = words.get(..WORDS).unwrap_or(words);
        let mut order: Vec<(usize, &Word)> = words.iter().enumerate().collect();
        if words.len() > 1 {
            order.sort_by_cached_key(|(at, word)| self.weight(word, self.is_unfinished(*at, words)));
        }
        let mut all: Option<Scores> = None;
        for (at, word) in order {
            let one = self.word_within(all.as_ref(), word, (self.is_unfinished(at, words), with_sound));
            if !one.has_hits() {
                return one;
            }
            match &mut all {
                None => all = Some(one),
                Some(all) => all.and(&one),
            }
        }
        let mut all = all.unwrap_or_default();
        all.divide(words.len());
        all
    }

    /// The last word of somebody who is typing.
    const fn is_unfinished(&self, at: usize, words: &[Word]) -> bool {
        self.is_typing && at + 1 == words.len()
    }

    /// What looking for a word goes through. Characters are looked for everywhere, so they may as well be the first.
    fn weight(&self, word: &Word, is_unfinished: bool) -> usize {
        match word {
            Word::Han(_) => 0,
            Word::Latin(word) => self.latin_weight(word, is_unfinished),
        }
    }

    pub(super) fn word(&self, word: &Word, is_unfinished: bool, with_sound: bool) -> Scores {
        self.word_within(None, word, (is_unfinished, with_sound))
    }

    /// Products with a word; what is found by letters is among those of `within`.
    fn word_within(
        &self,
        within: Option<&Scores>,
        word: &Word,
        (is_unfinished, with_sound): (bool, bool),
    ) -> Scores {
        match word {
            Word::Han(run) => self.han(run),
            Word::Latin(word) => {
                let mut scores = self.latin_within(within, word, is_unfinished);
                if with_sound && let Some(letters) = pinyin::typed(word) {
                    scores.or(&self.sounds(&letters), 100);
                }
                scores
            }
        }
    }

    /// The text with each word that nothing fits replaced by the nearest known one.
    fn mended(&self, folded: &str, with_sound: bool) -> Option<String> {
        let mut is_mended = false;
        let own = words(folded);
        let mended: Vec<String> = own
            .iter()
            .take(WORDS)
            .map(|word| match word {
                Word::Han(run) => run.iter().collect(),
                Word::Latin(text) if self.word(word, false, with_sound).has_hits() => text.clone(),
                Word::Latin(text) => match self.nearest(text) {
                    Some(known) => {
                        is_mended = true;
                        known
                    }
                    None => text.clone(),
                },
            })
            .collect();
        is_mended.then(|| mended.join(" "))
    }

    /// Chinese words that nothing fits, by their sound: the wrong character for the right syllable.
    fn by_sound(&self, folded: &str) -> Option<Found> {
        let own = words(folded);
        let mut sounds = Vec::with_capacity(own.len());
        for word in own.iter().take(WORDS) {
            sounds.push(match word {
                Word::Han(run) if !self.han(run).has_hits() => Word::Latin(pinyin::reading(run)?.0),
                other => other.clone(),
            });
        }
        let scores = self.every_word(&sounds, true);
        scores.has_hits().then_some(Found { scores, fit: Fit::Sound, words: sounds })
    }

    /// Products that fit some of the words, or a part of one.
    fn in_part(&self, folded: &str) -> Found {
        let own = words(folded);
        let mut scores = Scores::default();
        for word in own.iter().take(WORDS) {
            scores.plus(&self.part_of(word));
        }
        scores.divide(own.len().min(WORDS));
        let fit = if scores.has_hits() { Fit::Near } else { Fit::Nothing };
        Found { scores, fit, words: own }
    }

    fn part_of(&self, word: &Word) -> Scores {
        match word {
            Word::Han(run) => self.han_in_part(run),
            Word::Latin(text) => {
                let scores = self.latin(text, false);
                if scores.has_hits() {
                    return scores;
                }
                self.latin_in_part(&self.nearest(text).unwrap_or_else(|| text.clone()))
            }
        }
    }
}
