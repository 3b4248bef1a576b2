//! An address that was pasted in one piece, taken apart: `张三 13800138000 浙江省杭州市西湖区文三路 478 号`.
//!
//! First the phone number, then labels (`收货人:`), then the names of places from the large to the small, then the name of
//! a person. Whatever is left is the street, with every character that it had.

mod latin;
mod pieces;
mod reader;

use app::checkout::model::CheckoutForm;
use app::kernel::CountryCode;
use app::kernel::contact::to_half_width;
use pieces::{Label, Piece};
use reader::Reader;

/// Longer texts are no addresses.
const LONGEST: usize = 1_000;

/// What was understood; everything else is empty.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Parts {
    /// Recipient.
    pub name: String,
    /// Phone, as it was written.
    pub phone: String,
    /// Country, when the address tells it.
    pub country: Option<CountryCode>,
    /// Province or state.
    pub region: String,
    /// City.
    pub city: String,
    /// District.
    pub district: String,
    /// Everything else.
    pub line1: String,
    /// Postcode.
    pub postcode: String,
}

/// Takes a pasted text apart.
#[must_use]
pub fn split(text: &str) -> Parts {
    let text: String = to_half_width(text).chars().take(LONGEST).collect();
    let (phone, text) = pieces::cut_phone(&text);
    let parts = Parts { phone, ..Parts::default() };
    if text.chars().any(is_han) { split_han(&text, parts) } else { latin::split(&text, parts) }
}

/// True for Chinese characters.
pub(super) fn is_han(letter: char) -> bool {
    ('\u{4e00}'..='\u{9fff}').contains(&letter) || ('\u{3400}'..='\u{4dbf}').contains(&letter)
}

fn split_han(text: &str, mut parts: Parts) -> Parts {
    let mut pieces = pieces::cut(text);
    parts.postcode = take_postcode(&mut pieces);
    let mut reader = Reader::default();
    let start = pieces.iter().position(|piece| piece.can_be_place() && reader.begins(&piece.simple()));
    let start = start.map(|start| start + usize::from(cut_glued_name(&mut pieces, start)));
    parts.name = take_name(&mut pieces, start);
    for piece in pieces.iter_mut().filter(|piece| piece.can_be_place()) {
        // Read in simplified characters, which are as many; the street keeps those that were typed.
        let left = reader.read(&piece.simple()).chars().count();
        let read = piece.text.chars().count().saturating_sub(left);
        piece.text = piece.text.chars().skip(read).collect();
    }
    let (region, city, district) = reader.found();
    (parts.region, parts.city, parts.district) = (region.to_owned(), city.to_owned(), district.to_owned());
    parts.country = (!region.is_empty()).then_some(CountryCode::CN);
    parts.line1 = pieces::join(&pieces);
    parts
}

/// Six digits that stand alone, or are called a postcode.
fn take_postcode(pieces: &mut [Piece]) -> String {
    let is_code = |text: &str| text.len() == 6 && text.bytes().all(|byte| byte.is_ascii_digit());
    let bare = |piece: &Piece| piece.text.trim_matches(['(', ')']).to_owned();
    let found = pieces.iter().position(|piece| piece.label == Some(Label::Postcode) && is_code(&bare(piece)));
    let found =
        found.or_else(|| pieces.iter().position(|piece| piece.label.is_none() && is_code(&bare(piece))));
    found.and_then(|at| pieces.get_mut(at)).map(|piece| bare(&std::mem::take(piece))).unwrap_or_default()
}

/// `张三浙江省…`: what stands before the first place's name in the same piece is a piece of its own.
fn cut_glued_name(pieces: &mut Vec<Piece>, start: usize) -> bool {
    let Some(piece) = pieces.get_mut(start) else { return false };
    let simple = piece.simple();
    let letters = Reader::offset(&simple)
        .and_then(|offset| simple.get(..offset))
        .map_or(0, |head| head.chars().count());
    if letters == 0 {
        return false;
    }
    let rest = piece.text.chars().skip(letters).collect();
    piece.text = piece.text.chars().take(letters).collect();
    let label = piece.label;
    pieces.insert(start + 1, Piece { text: rest, label, ..Piece::default() });
    true
}

/// The person: labelled so, or what looks like a name beside the phone, before the place, or at the end.
fn take_name(pieces: &mut [Piece], start: Option<usize>) -> String {
    let by_label = pieces.iter().position(|piece| piece.label == Some(Label::Name) && !piece.text.is_empty());
    let phone = pieces.iter().position(|piece| piece.is_phone);
    let start = start.unwrap_or(pieces.len());
    let looks =
        |at: &usize| pieces.get(*at).is_some_and(|piece| piece.label.is_none() && piece.looks_like_name());
    let beside = || {
        let phone = phone?;
        [phone.checked_sub(1), phone.checked_add(1)].into_iter().flatten().find(looks)
    };
    let before = || (0..start).find(looks);
    let last = || {
        let at = pieces.iter().rposition(|piece| !piece.text.is_empty() && !piece.is_phone)?;
        Some(at).filter(|at| looks(at) && pieces.get(*at).is_some_and(Piece::begins_with_surname))
    };
    let found =
        by_label.or_else(|| before().filter(|at| beside().is_none_or(|other| other == *at || other > start)));
    let found = found.or_else(beside).or_else(before).or_else(last);
    let piece = found.and_then(|at| pieces.get_mut(at));
    piece.map(|piece| std::mem::take(piece).text).unwrap_or_default()
}

impl Parts {
    /// Fills a form with what was understood. Gives the texts that had to make room, so that nothing typed is lost.
    #[must_use]
    pub fn fill(self, form: &mut CheckoutForm) -> String {
        let has_place = !self.region.is_empty();
        let mut before = Vec::new();
        if let Some(country) = self.country {
            country.code().clone_into(&mut form.country);
        }
        let fields = [
            (&mut form.name, self.name, false),
            (&mut form.phone, self.phone, false),
            (&mut form.region, self.region, has_place),
            (&mut form.city, self.city, has_place),
            (&mut form.district, self.district, has_place),
            (&mut form.line1, self.line1, false),
            (&mut form.postcode, self.postcode, has_place),
        ];
        for (field, value, is_cleared) in fields {
            if (value.is_empty() && !is_cleared) || *field == value {
                continue;
            }
            let old = std::mem::replace(field, value);
            before.extend(Some(old.trim().to_owned()).filter(|old| !old.is_empty()));
        }
        before.join(" ")
    }
}

#[cfg(test)]
mod tests;
