//! Which parts of a title fit the words that were looked for.

use super::analysis::{Word, fold, pinyin, stem, words::is_han};
use app::search::model::Marks;

/// A folded letter with the bytes of the title that it comes from.
#[derive(Clone, Copy)]
struct Letter {
    folded: char,
    from: usize,
    to: usize,
}

/// The parts of a title to mark, from byte to byte, in their order.
#[must_use]
pub fn marks(title: &str, words: &[Word]) -> Marks {
    let letters = letters(title);
    let mut spans: Vec<(usize, usize)> = Vec::new();
    for word in words {
        match word {
            Word::Han(run) => han(&letters, run, &mut spans),
            Word::Latin(word) => latin(&letters, word, &mut spans),
        }
    }
    join(&letters, spans)
}

/// True when every word fits some part of a name.
#[must_use]
pub fn fits(name: &str, words: &[Word]) -> bool {
    !words.is_empty() && words.iter().all(|word| !marks(name, std::slice::from_ref(word)).is_empty())
}

fn letters(title: &str) -> Vec<Letter> {
    let whole = title.char_indices().map(|(from, letter)| (from, from + letter.len_utf8(), letter));
    whole
        .flat_map(|(from, to, letter)| {
            let folded: Vec<char> = fold(letter.encode_utf8(&mut [0; 4])).chars().collect();
            folded.into_iter().map(move |folded| Letter { folded, from, to })
        })
        .collect()
}

/// The whole run wherever it stands; else every known pair of it.
fn han(letters: &[Letter], run: &[char], spans: &mut Vec<(usize, usize)>) {
    let before = spans.len();
    find(letters, run, spans);
    if spans.len() == before && run.len() > 2 {
        for pair in run.windows(2) {
            find(letters, pair, spans);
        }
    }
}

fn find(letters: &[Letter], wanted: &[char], spans: &mut Vec<(usize, usize)>) {
    if wanted.is_empty() {
        return;
    }
    for (at, window) in letters.windows(wanted.len()).enumerate() {
        if window.iter().map(|letter| letter.folded).eq(wanted.iter().copied()) {
            spans.push((at, at + wanted.len()));
        }
    }
}

/// Words that begin so, or that have the same stem; else characters that sound so.
fn latin(letters: &[Letter], word: &str, spans: &mut Vec<(usize, usize)>) {
    let before = spans.len();
    let is_part = |letter: &Letter| letter.folded.is_alphanumeric() && !is_han(letter.folded);
    let mut at = 0;
    for chunk in letters.chunk_by(|one, other| is_part(one) == is_part(other)) {
        let text: String = chunk.iter().map(|letter| letter.folded).collect();
        if chunk.first().is_some_and(is_part) {
            if text.starts_with(word) {
                spans.push((at, at + word.chars().count()));
            } else if stem::stem(&text) == stem::stem(word) {
                spans.push((at, at + chunk.len()));
            }
        }
        at += chunk.len();
    }
    if spans.len() == before
        && let Some(typed) = pinyin::typed(word).filter(|typed| typed.len() > 1)
    {
        sound(letters, &typed, spans);
    }
}

fn sound(letters: &[Letter], typed: &str, spans: &mut Vec<(usize, usize)>) {
    for at in 0..letters.len() {
        let rest = letters.get(at..).unwrap_or_default();
        let (mut sound, mut initials) = (String::new(), String::new());
        for (count, letter) in rest.iter().take(pinyin::SPAN).enumerate() {
            let Some(syllable) = pinyin::syllable(letter.folded) else { break };
            sound.push_str(syllable);
            initials.extend(syllable.chars().next());
            if sound.starts_with(typed) || initials == typed {
                spans.push((at, at + count + 1));
                break;
            }
            if !typed.starts_with(&sound) && !typed.starts_with(&initials) {
                break;
            }
        }
    }
}

/// From letters to bytes; parts that meet become one.
fn join(letters: &[Letter], mut spans: Vec<(usize, usize)>) -> Marks {
    spans.sort_unstable();
    let mut marks: Marks = Vec::new();
    for (first, end) in spans {
        let from = letters.get(first).map(|letter| letter.from);
        let to = end.checked_sub(1).and_then(|last| letters.get(last)).map(|letter| letter.to);
        let (Some(from), Some(to)) = (from, to) else { continue };
        match marks.last_mut() {
            Some(last) if from <= last.1 => last.1 = last.1.max(to),
            _ => marks.push((from, to)),
        }
    }
    marks
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::search::analysis::words;
    use proptest::prelude::*;

    fn shown(title: &str, text: &str) -> Vec<String> {
        marks(title, &words(&fold(text))).iter().map(|(from, to)| title[*from..*to].to_owned()).collect()
    }

    #[test]
    fn what_was_looked_for_is_marked_in_any_form() {
        assert_eq!(shown("青瓷提梁壶", "提梁壺"), ["提梁壶"]);
        assert_eq!(shown("青瓷提梁茶壶", "chahu"), ["茶壶"]);
        assert_eq!(shown("青瓷提梁茶壶", "ch"), ["茶"]);
        assert_eq!(shown("Celadon Bail-Handle Teapot", "teapots CELADON"), ["Celadon", "Teapot"]);
        assert_eq!(shown("Café Teapot", "tea cafe"), ["Café", "Tea"]);
        assert_eq!(shown("橡木储物罐套装", "储物套装"), ["储物", "套装"]);
        assert_eq!(shown("Teapot", "lamp"), Vec::<String>::new());
    }

    #[test]
    fn a_name_fits_when_every_word_does() {
        assert!(fits("Teaware & Coffee Gear", &words("tea gear")));
        assert!(!fits("Teaware & Coffee Gear", &words("tea lamp")) && !fits("Teaware", &[]));
    }

    proptest! {
        #[test]
        fn marks_are_whole_letters_in_order(title in "\\PC*", text in "\\PC{0,20}|[a-z茶壶]{1,3}") {
            let mut end = 0;
            for (from, to) in marks(&title, &words(&fold(&text))) {
                prop_assert!(from >= end && from < to && title.get(from..to).is_some());
                end = to;
            }
        }
    }
}
