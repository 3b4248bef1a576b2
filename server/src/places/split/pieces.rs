//! A pasted text cut into pieces: by blanks and punctuation, with labels, without the phone number.

use super::is_han;
use crate::places::names::{PEOPLE, simple};
use app::kernel::Phone;

/// Stands where the phone number was.
pub(super) const PHONE: char = '\u{1}';

/// What a label says about the text after it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Label {
    Name,
    Phone,
    Address,
    Postcode,
}

/// Labels, the longer ones first; the flag says that it needs no colon.
const LABELS: [(&str, Label, bool); 31] = [
    ("收货人姓名", Label::Name, true),
    ("收货人", Label::Name, true),
    ("收件人", Label::Name, true),
    ("联系人", Label::Name, true),
    ("联络人", Label::Name, true),
    ("姓名", Label::Name, true),
    ("名字", Label::Name, false),
    ("联系电话", Label::Phone, true),
    ("联络电话", Label::Phone, true),
    ("行动电话", Label::Phone, true),
    ("联系方式", Label::Phone, true),
    ("手机号码", Label::Phone, true),
    ("电话号码", Label::Phone, true),
    ("手机号", Label::Phone, true),
    ("手机", Label::Phone, false),
    ("电话", Label::Phone, false),
    ("收货地址", Label::Address, true),
    ("收件地址", Label::Address, true),
    ("详细地址", Label::Address, true),
    ("所在地区", Label::Address, true),
    ("地址", Label::Address, false),
    ("地区", Label::Address, false),
    ("邮政编码", Label::Postcode, true),
    ("邮编", Label::Postcode, true),
    ("邮递区号", Label::Postcode, true),
    ("recipient", Label::Name, false),
    ("name", Label::Name, false),
    ("phone", Label::Phone, false),
    ("tel", Label::Phone, false),
    ("address", Label::Address, false),
    ("zip", Label::Postcode, false),
];

/// A part of the text between two blanks or marks.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(super) struct Piece {
    /// The text; empty when it was taken.
    pub(super) text: String,
    /// What stood before it.
    pub(super) gap: String,
    /// What it was called.
    pub(super) label: Option<Label>,
    /// Stands where the phone number was.
    pub(super) is_phone: bool,
}

impl Piece {
    /// False for what was labelled as something else.
    pub(super) fn can_be_place(&self) -> bool {
        !self.is_phone && matches!(self.label, None | Some(Label::Address))
    }

    /// Two to four characters, or letters, and nothing that only streets have.
    pub(super) fn looks_like_name(&self) -> bool {
        const TITLES: [&str; 5] = ["先生", "女士", "小姐", "老师", "同学"];
        let text = &self.simple();
        let text = text.as_str();
        let bare = TITLES.iter().find_map(|title| text.strip_suffix(title)).unwrap_or(text);
        let count = bare.chars().count();
        let is_street = bare.ends_with(|letter| {
            "省市区县旗盟州镇乡村路街道巷弄号楼层栋幢座室园苑城府庭院厦店站校社场".contains(letter)
        });
        let is_minority = bare.contains('·') && bare.chars().all(|letter| is_han(letter) || letter == '·');
        let is_han_name =
            bare.chars().all(is_han) && ((2..=4).contains(&count) || (count == 1 && bare != text));
        let is_latin = bare.chars().all(|letter| letter.is_ascii_alphabetic() || " .'-".contains(letter));
        let is_latin_name = is_latin && (2..=40).contains(&count);
        !is_street && (is_han_name || is_latin_name || (is_minority && count <= 20))
    }

    /// True when the first character is a common surname.
    pub(super) fn begins_with_surname(&self) -> bool {
        self.simple().chars().next().is_some_and(|first| PEOPLE.contains(first))
    }

    /// The text in simplified characters: as many as it has.
    pub(super) fn simple(&self) -> String {
        simple(&self.text)
    }
}

/// The first phone number of a text and the text with [`PHONE`] in its place.
pub(super) fn cut_phone(text: &str) -> (String, String) {
    let clean: String = text.chars().map(|letter| if letter == PHONE { ' ' } else { letter }).collect();
    let starts = clean.char_indices().filter(|(at, letter)| {
        let before = clean.get(..*at).and_then(|text| text.chars().next_back());
        (letter.is_ascii_digit() || "+(".contains(*letter))
            && !before.is_some_and(|letter| letter.is_ascii_digit() || letter == '+')
    });
    for (start, _) in starts {
        let Some(rest) = clean.get(start..) else { continue };
        if let Some(length) = phone_length(rest)
            && let (Some(phone), Some(head), Some(tail)) =
                (rest.get(..length), clean.get(..start), rest.get(length..))
        {
            let plus = if Phone::parse(phone).is_err() { "+" } else { "" };
            return (format!("{plus}{phone}"), format!("{head}{PHONE}{tail}"));
        }
    }
    (String::new(), clean)
}

/// The length of the phone number that a text begins with.
fn phone_length(text: &str) -> Option<usize> {
    let run =
        text.find(|letter: char| !letter.is_ascii_digit() && !"+-() ".contains(letter)).unwrap_or(text.len());
    let run = run.min(24);
    let ends = (1..=run).rev().filter(|end| {
        let is_digit = |at: usize| text.as_bytes().get(at).is_some_and(u8::is_ascii_digit);
        is_digit(end - 1) && !is_digit(*end)
    });
    ends.into_iter().find(|end| text.get(..*end).is_some_and(is_phone))
}

/// A mobile number of China with or without its country code, or one that is written as numbers abroad are.
fn is_phone(text: &str) -> bool {
    let digits: String = text.chars().filter(char::is_ascii_digit).collect();
    if Phone::parse(text).is_err() && Phone::parse(&format!("+{digits}")).is_err() {
        return false;
    }
    let national = digits.strip_prefix("0086").or_else(|| digits.strip_prefix("86")).unwrap_or(&digits);
    let is_mobile = national.len() == 11 && national.starts_with('1') && Phone::parse(national).is_ok();
    let groups: Vec<usize> = text.split([' ', '-']).map(str::len).filter(|length| *length > 0).collect();
    let is_grouped = groups.len() == 1
        || groups.ends_with(&[3, 4, 4])
        || (groups.len() == 2 && groups.last() == Some(&11));
    match text.chars().next() {
        Some('+') => Phone::parse(text).is_ok(),
        Some('(') => digits.len() == 10 && Phone::parse(text).is_ok(),
        _ => {
            (is_mobile && is_grouped)
                || (digits.len() == 10 && groups == [3, 3, 4] && Phone::parse(text).is_ok())
        }
    }
}

/// Cuts a text at blanks and marks.
pub(super) fn cut(text: &str) -> Vec<Piece> {
    let mut pieces: Vec<Piece> = Vec::new();
    let (mut gap, mut word) = (String::new(), String::new());
    let mut letters = text.chars().peekable();
    while let Some(letter) = letters.next() {
        let is_mark = is_mark(letter) || letter.is_whitespace() || letter.is_control();
        if !is_mark {
            word.push(letter);
        }
        if (is_mark || letters.peek().is_none_or(|next| *next == PHONE)) && !word.is_empty() {
            push(&mut pieces, std::mem::take(&mut gap), std::mem::take(&mut word));
        }
        if letter == PHONE {
            pieces.push(Piece { is_phone: true, ..Piece::default() });
        } else if is_mark {
            gap.push(letter);
        }
    }
    label(pieces)
}

/// Marks between pieces. A full stop, a dash and brackets belong to what they stand in.
fn is_mark(letter: char) -> bool {
    letter == PHONE || ",;|、。".contains(letter)
}

/// Adds a piece; letters after letters are one name.
fn push(pieces: &mut Vec<Piece>, gap: String, text: String) {
    let is_word = |text: &str| !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_alphabetic());
    match pieces.last_mut() {
        Some(last) if gap == " " && is_word(&text) && last.text.split(' ').all(is_word) && !last.is_phone => {
            last.text.push(' ');
            last.text.push_str(&text);
        }
        _ => pieces.push(Piece { text, gap, ..Piece::default() }),
    }
}

/// Takes labels off, and gives them to what they stand before.
fn label(pieces: Vec<Piece>) -> Vec<Piece> {
    let (mut labelled, mut pending): (Vec<Piece>, Option<Label>) = (Vec::new(), None);
    for mut piece in pieces {
        while let Some((label, letters)) = leading_label(&piece.simple()) {
            pending = Some(label);
            piece.text = piece.text.chars().skip(letters).collect();
        }
        piece.text = piece.text.trim_start_matches(':').to_owned();
        if piece.is_phone || piece.text.is_empty() {
            pending = pending.filter(|_| !piece.is_phone);
            labelled.push(piece);
            continue;
        }
        piece.label = pending;
        pending = pending.filter(|label| *label == Label::Address);
        labelled.push(piece);
    }
    labelled
}

/// The label that a piece begins with, and how many characters it takes with its colon.
fn leading_label(text: &str) -> Option<(Label, usize)> {
    LABELS.iter().find_map(|(word, label, is_enough)| {
        let head = text.get(..word.len()).filter(|head| head.eq_ignore_ascii_case(word))?;
        let rest = text.get(head.len()..)?;
        match rest.strip_prefix(':') {
            Some(_) => Some((*label, word.chars().count() + 1)),
            None if *is_enough || rest.is_empty() => Some((*label, word.chars().count())),
            None => None,
        }
    })
}

/// What is left, with the gaps that it had.
pub(super) fn join(pieces: &[Piece]) -> String {
    let mut line = String::new();
    let mut is_next = false;
    for piece in pieces {
        if piece.text.is_empty() {
            is_next = false;
            continue;
        }
        if !line.is_empty() {
            let gap: String = piece
                .gap
                .chars()
                .map(|letter| if letter.is_whitespace() || letter.is_control() { ' ' } else { letter })
                .collect();
            line.push_str(if is_next && !gap.trim().is_empty() { &gap } else { " " });
        }
        line.push_str(&piece.text);
        is_next = true;
    }
    line
}
