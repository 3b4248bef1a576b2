//! How Chinese characters are typed: their syllables without tones, or only the first letters.

use super::fold::fold;
use pinyin::ToPinyin as _;
use std::collections::HashSet;
use std::sync::LazyLock;

/// Characters that a reading spans at most.
pub const SPAN: usize = 5;
/// The longest syllable (`zhuang`) has six letters.
const LONGEST_SYLLABLE: usize = 6;

/// Every syllable that a character of the basic block has.
static SYLLABLES: LazyLock<HashSet<String>> = LazyLock::new(|| {
    let characters = '\u{4e00}'..='\u{9fff}';
    characters.filter_map(syllable).map(str::to_owned).collect()
});

/// The syllable of a character, without tone, `ü` written as `u`.
#[must_use]
pub fn syllable(character: char) -> Option<&'static str> {
    let plain = character.to_pinyin()?.plain();
    Some(match plain {
        "lü" => "lu",
        "nü" => "nu",
        "lüe" => "lue",
        "nüe" => "nue",
        other => other,
    })
}

/// The reading of the first characters of a run, at most [`SPAN`]: whole syllables, and their first letters.
#[must_use]
pub fn reading(run: &[char]) -> Option<(String, String)> {
    let syllables: Vec<&str> = run.iter().take(SPAN).map_while(|character| syllable(*character)).collect();
    let initials: String = syllables.iter().filter_map(|text| text.chars().next()).collect();
    (!syllables.is_empty()).then(|| (syllables.concat(), initials))
}

/// What somebody typed as pinyin, without tones: `lǜcha`, `lü4 cha2` and `lvcha` are all `lucha`.
/// `None` when it cannot be pinyin.
#[must_use]
pub fn typed(text: &str) -> Option<String> {
    let plain: String =
        fold(text).chars().filter(|letter| !letter.is_whitespace() && *letter != '\'').collect();
    let is_tone = |letter: char| matches!(letter, '1'..='5');
    let letters: String = plain.chars().filter(|letter| !is_tone(*letter)).collect();
    let is_pinyin = !letters.is_empty() && letters.bytes().all(|letter| letter.is_ascii_lowercase());
    let starts_with_letter = plain.starts_with(|letter: char| letter.is_ascii_lowercase());
    (is_pinyin && starts_with_letter).then(|| letters.replace("lv", "lu").replace("nv", "nu"))
}

/// True when the letters are whole syllables, one after the other. The empty text is.
#[must_use]
pub fn is_whole(letters: &str) -> bool {
    let length = letters.len();
    let mut reachable = vec![false; length + 1];
    if let Some(start) = reachable.first_mut() {
        *start = true;
    }
    for from in 0..length {
        if !reachable.get(from).copied().unwrap_or_default() {
            continue;
        }
        for to in from + 1..=(from + LONGEST_SYLLABLE).min(length) {
            if letters.get(from..to).is_some_and(|part| SYLLABLES.contains(part))
                && let Some(place) = reachable.get_mut(to)
            {
                *place = true;
            }
        }
    }
    reachable.last().copied().unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn characters_are_read_as_syllables_and_initials() {
        let run: Vec<char> = "青瓷提梁茶壶".chars().collect();
        assert_eq!(reading(&run), Some(("qingcitiliangcha".into(), "qctlc".into())));
        assert_eq!(reading(&['绿']), Some(("lu".into(), "l".into())));
        assert_eq!(reading(&[]), None);
    }

    #[test]
    fn tones_blanks_and_the_two_ways_to_write_u_umlaut_do_not_matter() {
        for text in ["chá hú", "cha2hu2", "CHAHU", "cha'hu"] {
            assert_eq!(typed(text).as_deref(), Some("chahu"), "{text}");
        }
        for text in ["lǜ", "lv", "lü4"] {
            assert_eq!(typed(text).as_deref(), Some("lu"), "{text}");
        }
        for text in ["", "茶", "500", "4x", "a-b"] {
            assert_eq!(typed(text), None, "{text}");
        }
    }

    #[test]
    fn whole_syllables_are_told_from_parts() {
        for (text, whole) in
            [("chahu", true), ("xian", true), ("chah", false), ("ng", false), ("", true), ("lamp", false)]
        {
            assert_eq!(is_whole(text), whole, "{text}");
        }
    }

    proptest! {
        #[test]
        fn any_text_can_be_read(text in "\\PC*") {
            let run: Vec<char> = text.chars().collect();
            let _ = reading(&run);
            let _ = typed(&text);
            let _ = is_whole(&text);
        }
    }
}
