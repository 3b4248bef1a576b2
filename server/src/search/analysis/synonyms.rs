//! Words that mean the same. The shop brings a list; `search-synonyms.txt` in the data folder replaces it.

use super::fold::fold;
use super::pinyin;
use super::stem::stem;
use super::words::{Word, words};

/// The list that comes with the shop.
pub const DEFAULT: &str = include_str!("../synonyms.txt");
/// Other ways to say a query are tried up to this many.
const MOST: usize = 6;
/// Letters of pinyin from which on a word may be unfinished.
const BEGINNING: usize = 4;

/// A list of synonyms, read once.
#[derive(Debug, Clone, Default)]
pub struct Synonyms {
    groups: Vec<Group>,
}

#[derive(Debug, Clone)]
struct Group {
    /// What is replaced, folded.
    from: Vec<String>,
    /// How the Chinese ones of them are typed as pinyin.
    sounds: Vec<String>,
    /// By what, folded.
    to: Vec<String>,
}

impl Synonyms {
    /// Reads a list: a line of words parted by commas means that each stands for the others; `a, b => c` replaces
    /// only in that direction; `#` begins a comment. Lines that say nothing are skipped.
    #[must_use]
    pub fn parse(text: &str) -> Self {
        let lines = text.lines().map(|line| line.split('#').next().unwrap_or_default());
        Self { groups: lines.filter_map(group).collect() }
    }

    /// Other ways to say a folded query. Pinyin of a Chinese word stands for the word.
    #[must_use]
    pub fn other_ways(&self, folded: &str) -> Vec<String> {
        let mut ways = Vec::new();
        let typed = pinyin::typed(folded).unwrap_or_default();
        let sounds_so =
            |sound: &String| *sound == typed || (typed.len() >= BEGINNING && sound.starts_with(&typed));
        for group in self.groups.iter().filter(|group| group.sounds.iter().any(sounds_so)) {
            ways.extend(group.to.iter().cloned());
        }
        for group in &self.groups {
            for from in group.from.iter().filter(|from| !from.is_empty()) {
                let Some((before, after)) = around(folded, from) else { continue };
                let others = group.to.iter().filter(|to| *to != from);
                ways.extend(others.map(|to| format!("{before} {to} {after}").trim().to_owned()));
            }
        }
        ways.truncate(MOST);
        ways
    }
}

fn group(line: &str) -> Option<Group> {
    let list = |text: &str| -> Vec<String> {
        text.split([',', '，']).map(|word| fold(word.trim())).filter(|word| !word.is_empty()).collect()
    };
    let (from, to) = match line.split_once("=>") {
        Some((from, to)) => (list(from), list(to)),
        None => (list(line), list(line)),
    };
    let is_of_use = !from.is_empty() && to.iter().any(|to| from.len() > 1 || from.first() != Some(to));
    is_of_use.then(|| Group { sounds: from.iter().filter_map(|word| sound(word)).collect(), from, to })
}

/// All syllables of a Chinese word; `None` for other words.
fn sound(word: &str) -> Option<String> {
    let syllables: Option<Vec<&str>> = word.chars().map(pinyin::syllable).collect();
    syllables.map(|syllables| syllables.concat()).filter(|sound| !sound.is_empty())
}

/// What stands before and after `part` in `text`. Chinese may be part of a run, other words must be whole
/// (in any of their English endings).
fn around(text: &str, part: &str) -> Option<(String, String)> {
    if part.chars().all(super::words::is_han) {
        return text.split_once(part).map(|(before, after)| (before.to_owned(), after.to_owned()));
    }
    let plain = |text: &str| -> Vec<String> { words(text).into_iter().map(shown).collect() };
    let (texts, parts) = (plain(text), plain(part));
    let alike = |window: &[String]| window.iter().zip(&parts).all(|(one, other)| stem(one) == stem(other));
    let at = texts.windows(parts.len().max(1)).position(alike)?;
    Some((texts.get(..at)?.join(" "), texts.get(at + parts.len()..)?.join(" ")))
}

fn shown(word: Word) -> String {
    match word {
        Word::Han(run) => run.into_iter().collect(),
        Word::Latin(word) => word,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn each_word_of_a_line_stands_for_the_others() {
        let synonyms = Synonyms::parse("cup, mug, 杯子 # to drink from\n\n手电 => 手电筒, torch");
        assert_eq!(synonyms.other_ways("red mugs large"), ["red cup large", "red 杯子 large"]);
        assert_eq!(synonyms.other_ways("大杯子"), ["大 cup", "大 mug"]);
        assert_eq!(synonyms.other_ways("手电"), ["手电筒", "torch"]);
        assert_eq!(synonyms.other_ways("shǒudiàn"), ["手电筒", "torch"]);
        assert_eq!(synonyms.other_ways("bei"), Vec::<String>::new());
        assert_eq!(synonyms.other_ways("beiz"), ["cup", "mug", "杯子"]);
        assert_eq!(synonyms.other_ways("torch"), Vec::<String>::new());
        assert_eq!(synonyms.other_ways("smug"), Vec::<String>::new());
    }

    #[test]
    fn lines_that_say_nothing_are_skipped() {
        let synonyms = Synonyms::parse("#\n , \nalone\n=> x\ny =>\nz => z");
        assert!(synonyms.groups.iter().all(|group| !group.from.is_empty()));
        for query in ["alone", "x", "y", "z", ""] {
            assert_eq!(synonyms.other_ways(query), Vec::<String>::new(), "{query}");
        }
    }

    #[test]
    fn the_shop_s_own_list_can_be_read() {
        let synonyms = Synonyms::parse(DEFAULT);
        assert!(synonyms.groups.len() >= 20);
        assert!(synonyms.other_ways("电脑键盘").iter().all(|way| !way.is_empty()));
    }

    proptest! {
        #[test]
        fn any_list_and_any_query_are_read(list in "\\PC*", query in "\\PC*") {
            let _ = Synonyms::parse(&list).other_ways(&fold(&query));
            let _ = Synonyms::parse(DEFAULT).other_ways(&fold(&query));
        }
    }
}
