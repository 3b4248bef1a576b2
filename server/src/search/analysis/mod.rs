//! What makes texts comparable: folding, cutting into words and characters, pinyin, stems, typing slips, synonyms.
//! Pure functions; none of them panics on any input.
//!
//! Products and queries go through the same functions, so that they meet:
//!
//! | step | what it does |
//! |---|---|
//! | [`mod@fold`] | full width to half width, capitals to small letters, accents off, traditional to simplified |
//! | [`mod@words`] | cuts into runs of Chinese characters and words of letters and digits |
//! | [`pinyin`] | how characters are typed: whole syllables and first letters |
//! | [`stem`] | English plurals and endings |
//! | [`slip`] | how many letters a word may be wrong, and which known words are that near |
//! | [`synonyms`] | words that mean the same, from a file |

pub mod fold;
pub mod pinyin;
pub mod slip;
pub mod stem;
pub mod synonyms;
pub mod words;

pub use fold::fold;
pub use words::{Word, words};
