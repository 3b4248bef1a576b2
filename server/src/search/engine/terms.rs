//! A sorted dictionary: from a term to the products that have it, each with the best field it stands in.
//!
//! The lists are differences of product numbers with the field in the lowest three bits, seven bits a byte:
//! one or two bytes for most entries instead of eight.

use super::product::Field;
use std::collections::HashMap;

/// Bits that hold the field.
const FIELD_BITS: u32 = 3;

/// A finished dictionary.
#[derive(Debug, Default)]
pub struct Terms {
    /// All terms, sorted, one after the other.
    text: String,
    /// Where each term ends in `text`.
    ends: Vec<u32>,
    /// All lists, one after the other.
    lists: Vec<u8>,
    /// Where each list ends in `lists`.
    list_ends: Vec<u32>,
}

impl Terms {
    /// How many terms there are.
    #[must_use]
    pub const fn len(&self) -> usize {
        self.ends.len()
    }

    /// True when there are none.
    #[must_use]
    pub const fn is_empty(&self) -> bool {
        self.ends.is_empty()
    }

    fn start(ends: &[u32], at: usize) -> usize {
        at.checked_sub(1).and_then(|before| ends.get(before)).map_or(0, |end| *end as usize)
    }

    /// A term by its number; empty when there is none.
    #[must_use]
    pub fn term(&self, at: usize) -> &str {
        let end = self.ends.get(at).map_or(0, |end| *end as usize);
        self.text.get(Self::start(&self.ends, at)..end).unwrap_or_default()
    }

    /// The first number whose term is not before `term`.
    fn lower_bound(&self, is_before: impl Fn(&str) -> bool) -> usize {
        let (mut low, mut high) = (0, self.len());
        while low < high {
            let middle = low.midpoint(high);
            if is_before(self.term(middle)) { low = middle + 1 } else { high = middle }
        }
        low
    }

    /// A term's number.
    #[must_use]
    pub fn find(&self, term: &str) -> Option<usize> {
        let at = self.lower_bound(|known| known < term);
        (at < self.len() && self.term(at) == term).then_some(at)
    }

    /// The numbers of all terms that begin with `prefix`.
    #[must_use]
    pub fn starting_with(&self, prefix: &str) -> std::ops::Range<usize> {
        let first = self.lower_bound(|known| known < prefix);
        let end = self.lower_bound(|known| known < prefix || known.starts_with(prefix));
        first..end.max(first)
    }

    /// The products of a term, with the best field.
    pub fn list(&self, at: usize) -> impl Iterator<Item = (u32, Field)> + '_ {
        let end = self.list_ends.get(at).map_or(0, |end| *end as usize);
        let mut bytes = self.lists.get(Self::start(&self.list_ends, at)..end).unwrap_or_default().iter();
        let mut document = 0_u32;
        std::iter::from_fn(move || {
            let entry = read(&mut bytes)?;
            document = document.wrapping_add(entry >> FIELD_BITS);
            let field = Field::ALL.get((entry & 7) as usize).copied()?;
            Some((document, field))
        })
    }

    /// What going through the lists of all terms that begin with `prefix` costs: their bytes, known without reading them.
    #[must_use]
    pub fn weight(&self, prefix: &str) -> usize {
        let range = self.starting_with(prefix);
        Self::start(&self.list_ends, range.end).saturating_sub(Self::start(&self.list_ends, range.start))
    }

    /// Bytes in memory.
    #[must_use]
    pub const fn bytes(&self) -> usize {
        self.text.capacity() + self.lists.capacity() + 4 * (self.ends.capacity() + self.list_ends.capacity())
    }
}

fn read(bytes: &mut std::slice::Iter<'_, u8>) -> Option<u32> {
    let (mut value, mut shift) = (0_u32, 0);
    loop {
        let byte = *bytes.next()?;
        value |= u32::from(byte & 0x7f) << shift;
        if byte & 0x80 == 0 {
            return Some(value);
        }
        shift = (shift + 7).min(28);
    }
}

fn write(mut value: u32, bytes: &mut Vec<u8>) {
    while value >= 0x80 {
        bytes.push((value & 0x7f) as u8 | 0x80);
        value >>= 7;
    }
    bytes.push(value as u8);
}

/// A dictionary in the making. Products come in rising order.
#[derive(Debug, Default)]
pub struct TermsBuilder {
    lists: HashMap<Box<str>, (u32, Vec<u8>)>,
}

impl TermsBuilder {
    /// Notes that a product has a term.
    pub fn add(&mut self, term: &str, document: u32, field: Field) {
        if let Some((last, list)) = self.lists.get_mut(term) {
            write((document.wrapping_sub(*last) << FIELD_BITS) | field as u32, list);
            *last = document;
        } else {
            let mut list = Vec::new();
            write((document << FIELD_BITS) | field as u32, &mut list);
            self.lists.insert(term.into(), (document, list));
        }
    }

    /// The finished dictionary.
    #[must_use]
    pub fn finish(self) -> Terms {
        let mut sorted: Vec<(Box<str>, Vec<u8>)> =
            self.lists.into_iter().map(|(term, (_, list))| (term, list)).collect();
        sorted.sort_unstable_by(|one, other| one.0.cmp(&other.0));
        let mut terms = Terms::default();
        terms.text.reserve_exact(sorted.iter().map(|(term, _)| term.len()).sum());
        terms.lists.reserve_exact(sorted.iter().map(|(_, list)| list.len()).sum());
        terms.ends.reserve_exact(sorted.len());
        terms.list_ends.reserve_exact(sorted.len());
        for (term, list) in sorted {
            terms.text.push_str(&term);
            terms.lists.extend_from_slice(&list);
            terms.ends.push(u32::try_from(terms.text.len()).unwrap_or(u32::MAX));
            terms.list_ends.push(u32::try_from(terms.lists.len()).unwrap_or(u32::MAX));
        }
        terms
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;
    use std::collections::{BTreeMap, BTreeSet};

    #[test]
    fn a_beginning_weighs_what_its_lists_weigh() {
        let mut builder = TermsBuilder::default();
        for (document, term) in [(0, "tea"), (1, "teapot"), (2, "tea"), (3, "cup"), (900, "tea")] {
            builder.add(term, document, Field::Label);
        }
        let terms = builder.finish();
        // Numbers below sixteen take a byte with their field.
        assert_eq!(["tea", "teap", "cup", "", "tease"].map(|prefix| terms.weight(prefix)), [5, 1, 1, 6, 0]);
    }

    #[test]
    fn terms_are_found_whole_and_by_their_beginning() {
        let mut builder = TermsBuilder::default();
        for (document, term) in [(0, "tea"), (3, "teapot"), (300, "tea"), (70_000, "茶"), (70_001, "茶")] {
            builder.add(term, document, Field::Label);
        }
        let terms = builder.finish();
        let list = |term| terms.find(term).map(|at| terms.list(at).map(|hit| hit.0).collect::<Vec<_>>());
        assert_eq!(list("tea"), Some(vec![0, 300]));
        assert_eq!(list("茶"), Some(vec![70_000, 70_001]));
        assert_eq!((list("te"), list("")), (None, None));
        let begun = |prefix| terms.starting_with(prefix).map(|at| terms.term(at)).collect::<Vec<_>>();
        assert_eq!(begun("te"), ["tea", "teapot"]);
        assert_eq!(begun("").len(), 3);
        assert!(begun("x").is_empty());
    }

    proptest! {
        #[test]
        fn every_product_comes_back(entries in prop::collection::btree_set((0_u32..1_000_000, "[a-c茶壶]{1,3}"), 0..200)) {
            let mut builder = TermsBuilder::default();
            let mut expected: BTreeMap<String, BTreeSet<u32>> = BTreeMap::new();
            for (document, term) in &entries {
                builder.add(term, *document, Field::Spec);
                expected.entry(term.clone()).or_default().insert(*document);
            }
            let terms = builder.finish();
            prop_assert_eq!(terms.len(), expected.len());
            for (term, documents) in expected {
                let at = terms.find(&term).unwrap();
                prop_assert_eq!(terms.list(at).map(|hit| hit.0).collect::<BTreeSet<_>>(), documents);
            }
        }
    }
}
