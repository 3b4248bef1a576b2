//! The terms of some products. A term's first letter tells its kind, so that one dictionary holds all kinds.

use super::product::{Field, Product};
use super::terms::{Terms, TermsBuilder};
use crate::search::analysis::words::code;
use crate::search::analysis::{Word, fold, pinyin, stem, words};
use std::collections::HashMap;

/// Kinds of terms.
pub mod kind {
    /// A word as it is written.
    pub const WORD: char = 'w';
    /// The stem of a word, if it is another one.
    pub const STEM: char = 's';
    /// One Chinese character, or two side by side.
    pub const HAN: char = 'h';
    /// Syllables from some character of a name on.
    pub const SOUND: char = 'p';
    /// First letters from some character of a name on.
    pub const INITIALS: char = 'i';
    /// SKU or barcode.
    pub const CODE: char = 'c';
}

/// A term of a kind.
#[must_use]
pub fn term(kind: char, text: &str) -> String {
    let mut term = String::with_capacity(text.len() + 1);
    term.push(kind);
    term.push_str(text);
    term
}

/// The terms of products with numbers from `base` on.
#[derive(Debug, Default)]
pub struct Segment {
    base: u32,
    terms: Terms,
}

impl Segment {
    /// Its dictionary.
    #[must_use]
    pub const fn terms(&self) -> &Terms {
        &self.terms
    }

    /// The products of the term with a number.
    pub fn list(&self, at: usize) -> impl Iterator<Item = (usize, Field)> + '_ {
        self.terms.list(at).map(|(document, field)| ((self.base + document) as usize, field))
    }

    /// Bytes in memory.
    #[must_use]
    pub const fn bytes(&self) -> usize {
        self.terms.bytes()
    }
}

/// A segment in the making.
pub struct SegmentBuilder {
    base: u32,
    next: u32,
    terms: TermsBuilder,
    own: HashMap<String, Field>,
}

impl SegmentBuilder {
    /// A segment whose first product has the number `base`.
    #[must_use]
    pub fn new(base: u32) -> Self {
        Self { base, next: 0, terms: TermsBuilder::default(), own: HashMap::new() }
    }

    /// Takes the next product in.
    pub fn add(&mut self, product: &Product) {
        let mut own = std::mem::take(&mut self.own);
        for (field, text) in &product.texts {
            collect(&fold(text), *field, &mut own);
        }
        for text in &product.codes {
            note(&mut own, term(kind::CODE, &code(&fold(text))), Field::Title);
        }
        for (term, field) in own.drain() {
            self.terms.add(&term, self.next, field);
        }
        self.own = own;
        self.next += 1;
    }

    /// The finished segment.
    #[must_use]
    pub fn finish(self) -> Segment {
        Segment { base: self.base, terms: self.terms.finish() }
    }
}

/// Keeps a term with the field that comes first.
fn note(own: &mut HashMap<String, Field>, term: String, field: Field) {
    own.entry(term).and_modify(|known| *known = (*known).min(field)).or_insert(field);
}

/// Every term of a folded text.
fn collect(folded: &str, field: Field, own: &mut HashMap<String, Field>) {
    for word in words(folded) {
        match word {
            Word::Latin(word) => {
                let root = stem::stem(&word);
                if root != word {
                    note(own, term(kind::STEM, &root), field);
                }
                note(own, term(kind::WORD, &word), field);
            }
            Word::Han(run) => collect_han(&run, field, own),
        }
    }
}

fn collect_han(run: &[char], field: Field, own: &mut HashMap<String, Field>) {
    for (at, character) in run.iter().enumerate() {
        note(own, [kind::HAN, *character].iter().collect(), field);
        if let Some(next) = run.get(at + 1) {
            note(own, [kind::HAN, *character, *next].iter().collect(), field);
        }
        if !field.is_name() {
            continue;
        }
        if let Some((sound, initials)) = run.get(at..).and_then(pinyin::reading) {
            note(own, term(kind::SOUND, &sound), field);
            note(own, term(kind::INITIALS, &initials), field);
        }
    }
}
