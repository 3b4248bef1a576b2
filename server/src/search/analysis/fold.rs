//! One spelling for everything that looks or means the same.

use std::sync::LazyLock;
use unicode_normalization::UnicodeNormalization as _;
use unicode_normalization::char::is_combining_mark;

/// Traditional characters with their simplified form, sorted.
static SIMPLIFIED: LazyLock<Vec<(char, char)>> = LazyLock::new(|| {
    let single = |text: &str| {
        let mut chars = text.chars();
        chars.next().filter(|_| chars.next().is_none())
    };
    let pairs = hanconv::RawDictionary::TSCharacters.iter();
    let mut table: Vec<(char, char)> =
        pairs.filter_map(|(from, to)| Some((single(from)?, single(to)?))).collect();
    table.sort_unstable();
    table
});

/// The simplified form of a character.
#[must_use]
pub fn simplify(character: char) -> char {
    let found = SIMPLIFIED.binary_search_by_key(&character, |(from, _)| *from);
    found.ok().and_then(|at| SIMPLIFIED.get(at)).map_or(character, |(_, to)| *to)
}

/// Full width becomes half width, capitals small, accents and tones go, traditional characters become simplified.
#[must_use]
pub fn fold(text: &str) -> String {
    let plain = text.nfkd().filter(|character| !is_combining_mark(*character));
    plain.flat_map(char::to_lowercase).map(simplify).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn full_width_capitals_accents_and_traditional_characters_are_folded() {
        assert_eq!(fold("ＴｅａＰＯＴ　１２"), "teapot 12");
        assert_eq!(fold("Décor Café naïve"), "decor cafe naive");
        assert_eq!(fold("chá hú lǜ"), "cha hu lu");
        assert_eq!(fold("茶壺 燈籠 鐵鍋"), "茶壶 灯笼 铁锅");
        assert_eq!(fold("㎏ ﬁne"), "kg fine");
    }

    #[test]
    fn what_is_folded_stays_as_it_is() {
        for text in ["茶壶", "teapot 500ml", "ﬀ Ⅷ 龍"] {
            let once = fold(text);
            assert_eq!(fold(&once), once);
        }
    }

    proptest! {
        #[test]
        fn any_text_can_be_folded(text in "\\PC*") {
            let _ = fold(&text);
        }
    }
}
