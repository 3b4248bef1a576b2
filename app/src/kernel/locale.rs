//! The languages of the shop. The language is the first segment of every page's path.

use super::money::Currency;
use serde::{Deserialize, Serialize};

/// A language that every text of the shop exists in.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Default)]
pub enum Locale {
    /// Simplified Chinese.
    Zh,
    /// English.
    #[default]
    En,
}

/// By code; written by hand because every island has a language and the derived reader is larger.
impl Serialize for Locale {
    fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(self.code())
    }
}

impl<'de> Deserialize<'de> for Locale {
    fn deserialize<D: serde::Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let code = String::deserialize(deserializer)?;
        Self::from_code(&code).ok_or_else(|| serde::de::Error::custom("unknown language"))
    }
}

impl Locale {
    /// Every language, in the order of the switch in the header.
    pub const ALL: [Locale; 2] = [Locale::Zh, Locale::En];

    /// The path segment: `zh` or `en`.
    #[must_use]
    pub const fn code(self) -> &'static str {
        match self {
            Self::Zh => "zh",
            Self::En => "en",
        }
    }

    /// The BCP 47 tag for `html[lang]` and `hreflang`.
    #[must_use]
    pub const fn tag(self) -> &'static str {
        match self {
            Self::Zh => "zh-Hans",
            Self::En => "en",
        }
    }

    /// The language's own name.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Zh => "中文",
            Self::En => "English",
        }
    }

    /// The currency of a shopper who has chosen none.
    #[must_use]
    pub const fn default_currency(self) -> Currency {
        match self {
            Self::Zh => Currency::Cny,
            Self::En => Currency::Usd,
        }
    }

    /// Reads a path segment.
    #[must_use]
    pub fn from_code(code: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|locale| locale.code() == code)
    }

    /// The language of a path such as `/zh/p/celadon-teapot`.
    #[must_use]
    pub fn from_path(path: &str) -> Option<Self> {
        Self::from_code(path.strip_prefix('/')?.split(['/', '?', '#']).next()?)
    }

    /// The best language for an `Accept-Language` header (RFC 9110 §12.5.4), English when none fits.
    #[must_use]
    pub fn negotiate(accept_language: &str) -> Self {
        let mut best = (Self::default(), 0_u32);
        for item in accept_language.split(',').take(20) {
            let mut parts = item.trim().split(';');
            let tag = parts.next().unwrap_or_default().trim().to_ascii_lowercase();
            let quality = parts.find_map(|part| part.trim().strip_prefix("q=").map(quality_in_thousandths));
            let locale = match tag.split('-').next() {
                Some("zh") => Self::Zh,
                Some("en") => Self::En,
                _ => continue,
            };
            let quality = quality.unwrap_or(1000);
            if quality > best.1 {
                best = (locale, quality);
            }
        }
        best.0
    }
}

/// `0.8` → 800; rubbish counts as 0.
fn quality_in_thousandths(text: &str) -> u32 {
    let (whole, fraction) = text.trim().split_once('.').unwrap_or((text.trim(), ""));
    let Ok(whole) = whole.parse::<u32>() else { return 0 };
    let padded: String = fraction.chars().chain("000".chars()).take(3).collect();
    (whole.min(1) * 1000 + padded.parse::<u32>().unwrap_or(0)).min(1000)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_language_with_the_highest_quality_wins() {
        assert_eq!(Locale::negotiate("en;q=0.5, zh-CN;q=0.9"), Locale::Zh);
        assert_eq!(Locale::negotiate("fr, en-GB;q=0.8, zh;q=0.1"), Locale::En);
        assert_eq!(Locale::negotiate("zh-TW"), Locale::Zh);
    }

    #[test]
    fn rubbish_gives_english() {
        for header in ["", "*", ";;;q=", "zh;q=0", "de;q=1.0", "q=1"] {
            assert_eq!(Locale::negotiate(header), Locale::En, "{header}");
        }
    }

    #[test]
    fn the_first_path_segment_is_the_language() {
        assert_eq!(Locale::from_path("/zh"), Some(Locale::Zh));
        assert_eq!(Locale::from_path("/en?x=1"), Some(Locale::En));
        assert_eq!(Locale::from_path("/zhang"), None);
        assert_eq!(Locale::from_path("zh"), None);
    }
}
