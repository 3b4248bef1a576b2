//! Words of letters: as written, by their stem, by their beginning, by their sound as pinyin, with slips.

use super::matching::Seeker;
use super::scores::Scores;
use super::segment::{Segment, kind, term};
use crate::search::analysis::{pinyin, slip, stem};

/// A finished word of this many letters also finds longer ones: `tea` finds `teapot`.
const BEGINNING: usize = 3;
/// First letters of this many characters are looked for.
const INITIALS: std::ops::RangeInclusive<usize> = 2..=pinyin::SPAN;

/// True for a word that also finds longer ones.
fn finds_longer(word: &str, is_unfinished: bool) -> bool {
    is_unfinished || word.chars().count() >= BEGINNING
}

impl Seeker<'_> {
    /// Products with a word.
    pub(super) fn latin(&self, word: &str, is_unfinished: bool) -> Scores {
        self.latin_within(None, word, is_unfinished)
    }

    /// What [`Self::latin`] goes through, roughly: in bytes, or in products where only the word itself is looked for.
    pub(super) fn latin_weight(&self, word: &str, is_unfinished: bool) -> usize {
        let wanted = term(kind::WORD, word);
        let weigh = |segment: &&Segment| {
            let terms = segment.terms();
            if finds_longer(word, is_unfinished) {
                return terms.weight(&wanted);
            }
            terms.find(&wanted).map_or(0, |at| terms.list(at).count())
        };
        self.index.segments().iter().map(weigh).sum()
    }

    /// Products of `within` with a word.
    pub(super) fn latin_within(&self, within: Option<&Scores>, word: &str, is_unfinished: bool) -> Scores {
        let weights = &self.index.weights;
        Scores::gather_within(within, self.index.columns.len(), |found| {
            self.raise(found, &term(kind::WORD, word), |field| weights.field(field));
            let root = stem::stem(word);
            let points = |field| weights.share(field, weights.match_stem);
            self.raise(found, &term(kind::STEM, &root), points);
            if root != word {
                self.raise(found, &term(kind::WORD, &root), points);
            }
            if finds_longer(word, is_unfinished) {
                let points = |field| weights.share(field, weights.match_prefix);
                self.raise_beginning(found, &term(kind::WORD, word), |_| true, points);
            }
        })
    }

    /// Products with a name that sounds so, or whose first letters are these.
    pub(super) fn sounds(&self, letters: &str) -> Scores {
        let weights = &self.index.weights;
        if letters.len() < 2 {
            return Scores::default();
        }
        self.gather(|found| {
            let prefix = term(kind::SOUND, letters);
            let points = |field| weights.share(field, weights.match_sound);
            let rest_is_whole = |known: &str| known.get(prefix.len()..).is_some_and(pinyin::is_whole);
            if pinyin::is_whole(letters) {
                self.raise_beginning(found, &prefix, rest_is_whole, points);
            }
            if !found.has_hits() {
                self.raise_beginning(found, &prefix, |_| true, points);
            }
            if INITIALS.contains(&letters.len()) {
                let points = |field| weights.share(field, weights.match_initials);
                self.raise_beginning(found, &term(kind::INITIALS, letters), |_| true, points);
            }
        })
    }

    /// The known word that is nearest to one with slips; of equally near ones that of most products.
    pub(super) fn nearest(&self, word: &str) -> Option<String> {
        let most = slip::allowed(word);
        if most == 0 {
            return None;
        }
        let mut best: Option<(usize, usize, String)> = None;
        for segment in self.index.segments() {
            let terms = segment.terms();
            for at in terms.starting_with(&kind::WORD.to_string()) {
                let known = terms.term(at).get(1..).unwrap_or_default();
                let limit = best.as_ref().map_or(most, |best| best.0.min(most));
                let Some(slips) = slip::distance(word, known, limit).filter(|slips| *slips > 0) else {
                    continue;
                };
                let rarity = usize::MAX - segment.list(at).count();
                if best.as_ref().is_none_or(|best| (slips, rarity) < (best.0, best.1)) {
                    best = Some((slips, rarity, known.to_owned()));
                }
            }
        }
        best.map(|best| best.2)
    }

    /// Products with the longest beginning of a word that some product has.
    pub(super) fn latin_in_part(&self, word: &str) -> Scores {
        let ends: Vec<usize> = word.char_indices().map(|(at, _)| at).chain([word.len()]).collect();
        let mut scores = Scores::default();
        for end in ends.iter().rev().take_while(|end| **end >= BEGINNING) {
            let Some(part) = word.get(..*end) else { continue };
            scores = self.latin(part, true);
            if scores.has_hits() {
                break;
            }
        }
        scores
    }
}
