//! English endings: `teapots` is looked for as `teapot`, `folding` as `fold`.

use rust_stemmers::{Algorithm, Stemmer};
use std::sync::LazyLock;

static ENGLISH: LazyLock<Stemmer> = LazyLock::new(|| Stemmer::create(Algorithm::English));

/// The stem of a folded word; words with digits or other letters than a to z are their own stem.
#[must_use]
pub fn stem(word: &str) -> String {
    if word.len() < 3 || !word.bytes().all(|letter| letter.is_ascii_lowercase()) {
        return word.to_owned();
    }
    ENGLISH.stem(word).into_owned()
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn endings_do_not_part_words() {
        for (one, other) in
            [("teapots", "teapot"), ("folding", "fold"), ("candles", "candle"), ("brushes", "brush")]
        {
            assert_eq!(stem(one), stem(other));
        }
        assert_eq!(stem("500ml"), "500ml");
        assert_eq!(stem("茶"), "茶");
    }

    proptest! {
        #[test]
        fn any_word_has_a_stem(word in "\\PC*", plain in "[a-z]{0,40}") {
            let _ = (stem(&word), stem(&plain));
        }
    }
}
