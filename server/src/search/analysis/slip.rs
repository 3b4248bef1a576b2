//! Slips of the finger: how wrong a word may be, and how far two words are apart.

/// Letters that may be wrong in a word: none below four letters, one below eight, two from eight on.
/// Words with digits must be right.
#[must_use]
pub fn allowed(word: &str) -> usize {
    let length = word.chars().count();
    if length < 4 || word.chars().any(|letter| !letter.is_alphabetic()) {
        return 0;
    }
    if length < 8 { 1 } else { 2 }
}

/// Which letters a word has, as bits. Two words that are `n` slips apart differ in at most `2 n` bits,
/// so most words are ruled out without being compared.
#[must_use]
pub fn letters(word: &str) -> u32 {
    let bit = |byte: u8| match byte {
        b'a'..=b'z' => 1 << (byte - b'a'),
        _ => 1 << 31,
    };
    word.bytes().fold(0, |bits, byte| bits | bit(byte))
}

/// How many slips lie between two words (missing, surplus, wrong or swapped letters); `None` when more than `most`.
#[must_use]
pub fn distance(word: &str, known: &str, most: usize) -> Option<usize> {
    let too_far = word.len().abs_diff(known.len()) > most * 4
        || (letters(word) ^ letters(known)).count_ones() as usize > 2 * most;
    if too_far {
        return None;
    }
    let slips = strsim::osa_distance(word, known);
    (slips <= most).then_some(slips)
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn longer_words_may_be_more_wrong() {
        for (word, most) in
            [("tea", 0), ("lamp", 1), ("teapots", 1), ("ceramics", 2), ("500ml", 0), ("茶壶灯笼", 1)]
        {
            assert_eq!(allowed(word), most, "{word}");
        }
    }

    #[test]
    fn missing_surplus_wrong_and_swapped_letters_are_one_slip_each() {
        for wrong in ["tepot", "teapott", "teabot", "taepot"] {
            assert_eq!(distance(wrong, "teapot", 2), Some(1), "{wrong}");
        }
        assert_eq!(distance("kettle", "teapot", 2), None);
    }

    proptest! {
        #[test]
        fn the_short_cut_rules_out_nothing_that_is_near(a in "[a-e]{0,8}", b in "[a-e]{0,8}") {
            let slips = strsim::osa_distance(&a, &b);
            for most in 0..3 {
                prop_assert_eq!(distance(&a, &b, most), (slips <= most).then_some(slips));
            }
        }

        #[test]
        fn any_words_can_be_compared(a in "\\PC{0,40}", b in "\\PC{0,40}") {
            let _ = (allowed(&a), distance(&a, &b, 2));
        }
    }
}
