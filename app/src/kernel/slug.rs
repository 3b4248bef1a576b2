//! Keys that people see: slugs in URLs and stock keeping units.

use serde::{Deserialize, Serialize};

/// A URL key: lower-case letters, digits and single hyphens, 1 to 80 characters.
#[derive(Debug, Clone, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Slug(String);

impl Slug {
    /// `None` unless the text has the exact form.
    #[must_use]
    pub fn parse(text: &str) -> Option<Self> {
        let well_formed = (1..=80).contains(&text.len())
            && text.split('-').all(|word| {
                !word.is_empty()
                    && word.bytes().all(|byte| byte.is_ascii_lowercase() || byte.is_ascii_digit())
            });
        well_formed.then(|| Self(text.to_owned()))
    }

    /// The key.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

/// A stock keeping unit: letters, digits, `-`, `_`, `.`, 1 to 64 characters. Case is kept.
#[derive(Debug, Clone, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Sku(String);

impl Sku {
    /// `None` unless the text has the exact form (surrounding blanks are dropped).
    #[must_use]
    pub fn parse(text: &str) -> Option<Self> {
        let text = text.trim();
        let allowed = |byte: u8| byte.is_ascii_alphanumeric() || matches!(byte, b'-' | b'_' | b'.');
        ((1..=64).contains(&text.len()) && text.bytes().all(allowed)).then(|| Self(text.to_owned()))
    }

    /// The unit's key.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn slugs_are_lower_case_words_with_hyphens() {
        assert!(Slug::parse("celadon-teapot-2").is_some());
        for text in ["", "-a", "a-", "a--b", "A", "a b", "茶壶", "a/b", &"a".repeat(81)] {
            assert_eq!(Slug::parse(text), None, "{text}");
        }
    }

    #[test]
    fn skus_keep_their_case() {
        assert_eq!(Sku::parse(" JS-TK01 ").as_ref().map(Sku::as_str), Some("JS-TK01"));
        for text in ["", " ", "a b", "'; --", "é"] {
            assert_eq!(Sku::parse(text), None, "{text}");
        }
    }
}
