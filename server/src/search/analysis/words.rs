//! Cutting a folded text: Chinese characters stand for themselves, letters and digits make words.

/// Letters beyond this are cut off: no word that somebody looks for is longer.
const LONGEST: usize = 32;

/// A piece of a text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Word {
    /// Chinese characters side by side.
    Han(Vec<char>),
    /// Letters and digits side by side.
    Latin(String),
}

/// True for a character that is written without blanks between words and has a reading of its own.
#[must_use]
pub const fn is_han(character: char) -> bool {
    matches!(character, '\u{3400}'..='\u{4dbf}' | '\u{4e00}'..='\u{9fff}' | '\u{20000}'..='\u{323af}' | '々' | '〇')
}

/// Cuts a folded text into its pieces. Apostrophes inside of a word are dropped.
#[must_use]
pub fn words(folded: &str) -> Vec<Word> {
    let mut cutter = Cutter::default();
    for character in folded.chars() {
        match character {
            _ if is_han(character) => cutter.han(character),
            '\'' | '’' => {}
            _ if character.is_alphanumeric() => cutter.letter(character),
            _ => cutter.end(),
        }
    }
    cutter.end();
    cutter.words
}

#[derive(Default)]
struct Cutter {
    words: Vec<Word>,
    han: Vec<char>,
    latin: String,
    letters: usize,
}

impl Cutter {
    fn han(&mut self, character: char) {
        self.end_latin();
        self.han.push(character);
    }

    fn letter(&mut self, character: char) {
        self.end_han();
        if self.letters < LONGEST {
            self.latin.push(character);
            self.letters += 1;
        }
    }

    fn end_han(&mut self) {
        if !self.han.is_empty() {
            self.words.push(Word::Han(std::mem::take(&mut self.han)));
        }
    }

    fn end_latin(&mut self) {
        if !self.latin.is_empty() {
            self.words.push(Word::Latin(std::mem::take(&mut self.latin)));
            self.letters = 0;
        }
    }

    fn end(&mut self) {
        self.end_han();
        self.end_latin();
    }
}

/// A key as people type it: letters and digits only, so that `JS-TK01` and `js tk01` are the same.
#[must_use]
pub fn code(folded: &str) -> String {
    folded.chars().filter(|character| character.is_alphanumeric()).take(64).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn shown(text: &str) -> Vec<String> {
        let text_of = |word| match word {
            Word::Han(run) => run.into_iter().collect(),
            Word::Latin(word) => word,
        };
        words(text).into_iter().map(text_of).collect()
    }

    #[test]
    fn scripts_are_parted_and_signs_are_dropped() {
        assert_eq!(shown("青瓷 bail-handle 壶500ml，x"), ["青瓷", "bail", "handle", "壶", "500ml", "x"]);
        assert_eq!(shown("women's  --- !!"), ["womens"]);
        assert_eq!(shown(""), Vec::<String>::new());
    }

    #[test]
    fn an_endless_word_is_cut() {
        assert_eq!(shown(&"a".repeat(10_000)), ["a".repeat(32)]);
    }

    #[test]
    fn a_code_is_its_letters_and_digits() {
        assert_eq!(code("js-tk01_celado "), "jstk01celado");
    }

    proptest! {
        #[test]
        fn any_text_can_be_cut(text in "\\PC*") {
            let is_sound = words(&text).iter().all(|word| match word {
                Word::Han(run) => !run.is_empty(),
                Word::Latin(word) => !word.is_empty() && word.chars().count() <= LONGEST,
            });
            prop_assert!(is_sound);
        }
    }
}
