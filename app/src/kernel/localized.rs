//! A text in every language of the shop, with fallback.

use super::Locale;
use serde::{Deserialize, Serialize};

/// A text per language. Stored as one JSON object, `{"zh": "…", "en": "…"}`; an empty text counts as missing.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct Localized {
    /// Simplified Chinese.
    #[serde(default)]
    pub zh: String,
    /// English.
    #[serde(default)]
    pub en: String,
}

impl Localized {
    /// The text in `locale`, or in the other language when it has none.
    #[must_use]
    pub fn get(&self, locale: Locale) -> &str {
        let (wanted, other) = match locale {
            Locale::Zh => (&self.zh, &self.en),
            Locale::En => (&self.en, &self.zh),
        };
        if wanted.is_empty() { other } else { wanted }
    }

    /// True when no language has a text.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.zh.is_empty() && self.en.is_empty()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_missing_translation_falls_back_to_the_other_language() {
        let text = Localized { zh: "壶".into(), en: String::new() };
        assert_eq!(text.get(Locale::En), "壶");
        assert_eq!(text.get(Locale::Zh), "壶");
    }
}
