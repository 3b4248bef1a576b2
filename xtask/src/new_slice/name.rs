//! The name of a slice in the spellings that its files need.

use anyhow::{Result, bail};

/// Words that Rust or this project has already given a meaning.
const TAKEN: [&str; 18] = [
    "app", "boot", "box", "check", "crate", "db", "dialect", "enum", "error", "http", "i18n", "jobs",
    "kernel", "match", "platform", "ports", "type", "ui",
];

/// A slice's name: `gift_cards`.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Name(String);

impl Name {
    /// Accepts `wishlist`, `gift_cards` and `gift-cards`.
    pub(super) fn parse(text: &str) -> Result<Self> {
        let name = text.replace('-', "_");
        let starts_well = name.starts_with(|c: char| c.is_ascii_lowercase());
        let is_plain = name.chars().all(|c| c.is_ascii_lowercase() || c.is_ascii_digit() || c == '_');
        let has_all_words = name.split('_').all(|word| !word.is_empty());
        if !(starts_well && is_plain && has_all_words) {
            bail!(
                "{text:?} cannot be a slice's name; it is words of small letters, like wishlist or gift_cards"
            );
        }
        if TAKEN.contains(&name.as_str()) {
            bail!("{text:?} already means something else here");
        }
        Ok(Self(name))
    }

    /// `gift_cards`
    pub(super) fn snake(&self) -> String {
        self.0.clone()
    }

    /// `gift-cards`
    pub(super) fn kebab(&self) -> String {
        self.0.replace('_', "-")
    }

    /// `GiftCards`
    pub(super) fn camel(&self) -> String {
        self.0.split('_').map(capitalised).collect()
    }

    /// `Gift cards`
    pub(super) fn title(&self) -> String {
        capitalised(&self.0.replace('_', " "))
    }
}

fn capitalised(word: &str) -> String {
    let mut letters = word.chars();
    letters.next().map(|first| first.to_ascii_uppercase()).into_iter().chain(letters).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_may_be_joined_either_way() {
        assert_eq!(Name::parse("gift-cards").unwrap(), Name::parse("gift_cards").unwrap());
    }

    #[test]
    fn what_rust_or_the_project_could_not_take_is_refused() {
        for name in ["", "Wishlist", "2fast", "a__b", "_a", "type", "db", "../etc", "wish list"] {
            assert!(Name::parse(name).is_err(), "{name}");
        }
    }
}
