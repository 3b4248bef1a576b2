//! Addresses in Latin letters: `Ada Byron, 1 Market Street, San Francisco, CA 94105`, and China's in pinyin.

use super::Parts;
use super::pieces::PHONE;
use crate::places::abroad::state;
use crate::places::china::province;
use app::kernel::CountryCode;

/// Words for countries at the end.
const COUNTRIES: [&str; 7] =
    ["usa", "us", "u.s.a.", "united states", "united states of america", "china", "p.r. china"];
/// Labels before a part.
const LABELS: [&str; 6] = ["name:", "recipient:", "address:", "phone:", "tel:", "zip:"];

/// Takes a text without Chinese characters apart.
pub(super) fn split(text: &str, mut parts: Parts) -> Parts {
    let spaced = text.replace(PHONE, ",");
    let mut pieces: Vec<String> = spaced.split([',', ';', '\n', '|', '\t']).map(unlabelled).collect();
    pieces.retain(|piece| !piece.is_empty());
    let ended = pieces.iter().rposition(|piece| COUNTRIES.contains(&piece.to_lowercase().as_str()));
    if let Some(at) = ended.filter(|at| *at > 1) {
        pieces.truncate(at);
    }
    if pieces.iter().any(|piece| read_place(piece).is_some()) {
        take_place(&mut pieces, &mut parts);
    }
    let is_name =
        |piece: &String| piece.chars().all(|letter| letter.is_alphabetic() || " .'-".contains(letter));
    if pieces.len() > 1 && pieces.first().is_some_and(is_name) {
        parts.name = pieces.remove(0);
    }
    parts.line1 = pieces.join(", ");
    parts
}

fn unlabelled(piece: &str) -> String {
    let piece = piece.trim();
    let label = LABELS
        .iter()
        .find(|label| piece.get(..label.len()).is_some_and(|head| head.eq_ignore_ascii_case(label)));
    let rest = label.and_then(|label| piece.get(label.len()..)).unwrap_or(piece).trim();
    rest.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// What a piece says about state and postcode.
struct Found {
    country: CountryCode,
    region: String,
    postcode: String,
    /// What stood before the state in the same piece.
    before: String,
}

/// `San Francisco, CA 94105`, `CA 94105`, `Zhejiang 310012`, `Zhejiang`.
fn read_place(piece: &str) -> Option<Found> {
    let words: Vec<&str> = piece.split(' ').collect();
    let (last, head) = words.split_last()?;
    let is_code = last.len() >= 5 && last.bytes().all(|byte| byte.is_ascii_digit() || byte == b'-');
    let (postcode, words) = if is_code { (*last, head) } else { ("", words.as_slice()) };
    for start in 0..words.len() {
        let (before, name) = words.split_at(start);
        let name = name.join(" ");
        let country = match (postcode.len(), state(CountryCode::US, &name), province(&name)) {
            (5 | 10, Some(_), _) => CountryCode::US,
            (0 | 6, _, Some(_)) if start == 0 => CountryCode::CN,
            _ => continue,
        };
        return Some(Found {
            country,
            region: name,
            postcode: postcode.to_owned(),
            before: before.join(" "),
        });
    }
    None
}

/// Takes state, city and district out of the pieces.
fn take_place(pieces: &mut Vec<String>, parts: &mut Parts) {
    let Some((at, found)) =
        pieces.iter().enumerate().rev().find_map(|(at, piece)| Some((at, read_place(piece)?)))
    else {
        return;
    };
    parts.country = Some(found.country);
    (parts.region, parts.postcode) = (found.region, found.postcode);
    pieces.remove(at);
    let mut previous = at;
    let mut take = |pieces: &mut Vec<String>| {
        previous = previous.checked_sub(1)?;
        let has_digits = pieces.get(previous)?.bytes().any(|byte| byte.is_ascii_digit());
        (!has_digits).then(|| pieces.remove(previous))
    };
    parts.city = if found.before.is_empty() { take(pieces).unwrap_or_default() } else { found.before };
    let is_district = previous.checked_sub(1).and_then(|at| pieces.get(at)).is_some_and(|piece| {
        let piece = piece.to_lowercase();
        piece.ends_with("district") || piece.ends_with("county") || piece.ends_with(" qu")
    });
    if found.country == CountryCode::CN && is_district {
        parts.district = pieces.remove(previous - 1);
    }
}
