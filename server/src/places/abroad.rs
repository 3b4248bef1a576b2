//! States and provinces of the other countries that are delivered to, and what their postcodes look like.

use super::names::{latin_key, plain};
use super::states::{AU, CA, State, US};
use super::{Advice, Doubt, Place};
use app::error::ErrorCode;
use app::kernel::CountryCode;

/// What people say instead of the name.
const SHORT: [(&str, &str); 14] = [
    ("加州", "CA"),
    ("德州", "TX"),
    ("得州", "TX"),
    ("麻省", "MA"),
    ("麻州", "MA"),
    ("宾州", "PA"),
    ("新州", "NJ"),
    ("华府", "DC"),
    ("卑诗", "BC"),
    ("washingtondc", "DC"),
    ("columbia", "DC"),
    ("districtcolumbia", "DC"),
    ("阿尔伯塔", "AB"),
    ("新南威尔斯", "NSW"),
];

/// The states of a country; none where addresses have none.
#[must_use]
pub const fn states(country: CountryCode) -> &'static [State] {
    match country {
        CountryCode::US => &US,
        CountryCode::CA => &CA,
        CountryCode::AU => &AU,
        CountryCode::CN | CountryCode::GB | CountryCode::SG => &[],
    }
}

/// The state of that name: its code or its name in either language, with or without 州 and 省.
#[must_use]
pub fn state(country: CountryCode, typed: &str) -> Option<&'static State> {
    let all = states(country);
    let (key, han) = (letters(typed), plain(typed));
    let han = if han.chars().count() > 2 { han.trim_end_matches(['州', '省']) } else { &han };
    let direct = all.iter().find(|(code, en, zh)| {
        letters(code) == key && !key.is_empty()
            || letters(en) == key
            || *zh == han
            || zh.trim_end_matches('州') == han
    });
    direct.or_else(|| {
        let code = SHORT
            .iter()
            .find(|(word, _)| *word == plain(typed) || *word == latin_key(typed))
            .map(|(_, code)| *code);
        all.iter().find(|(known, _, _)| Some(*known) == code)
    })
}

/// Letters alone, small.
fn letters(text: &str) -> String {
    text.chars()
        .filter(|letter| letter.is_ascii_alphabetic())
        .map(|letter| letter.to_ascii_lowercase())
        .collect()
}

/// The state that was probably meant: the beginning of its name, or a few other letters.
fn nearest(country: CountryCode, typed: &str) -> Option<&'static str> {
    let key = letters(typed);
    let names = || states(country).iter().map(|(_, en, _)| *en);
    let begins = names().filter(|name| key.len() >= 3 && letters(name).starts_with(&key));
    let near = || names().map(|name| (strsim::levenshtein(&letters(name), &key), name)).min();
    let only: Vec<_> = begins.collect();
    match only.as_slice() {
        [name] => Some(name),
        _ => near().filter(|(distance, _)| *distance <= 3 && *distance < key.len()).map(|(_, name)| name),
    }
}

/// The place with the state's name and the postcode as they are written.
///
/// # Errors
/// A state or a postcode that the country does not have.
pub fn settle(address: &Place) -> Result<Place, Vec<Doubt>> {
    let mut doubts = Vec::new();
    let mut settled = address.clone();
    if !states(address.country).is_empty() {
        match state(address.country, &address.region) {
            Some((_, name, _)) => (*name).clone_into(&mut settled.region),
            None => {
                let meant = nearest(address.country, &address.region).map(Advice::Meant);
                doubts.push(Doubt::unknown("region", meant));
            }
        }
    }
    match postcode(address.country, &address.postcode) {
        Some(code) => settled.postcode = code,
        None => doubts.push(Doubt { field: "postcode", code: ErrorCode::PostcodeInvalid, advice: None }),
    }
    if doubts.is_empty() { Ok(settled) } else { Err(doubts) }
}

/// A postcode as its country writes it. The form has looked at lengths already; here letters and digits have their places.
fn postcode(country: CountryCode, typed: &str) -> Option<String> {
    let code: String = typed.to_ascii_uppercase().split_whitespace().collect();
    let inner = code.len().checked_sub(3)?;
    match country {
        CountryCode::CA if shape(&code) == "A9A9A9" => {}
        CountryCode::GB if code == "GIR0AA" || is_british(&code) => {}
        CountryCode::CA | CountryCode::GB => return None,
        _ => return Some(code),
    }
    let (outward, inward) = code.split_at_checked(inner)?;
    Some(format!("{outward} {inward}"))
}

/// `SW1A1AA` is `AA9A9AA`.
fn shape(code: &str) -> String {
    let kind = |letter: char| match letter {
        'A'..='Z' => 'A',
        '0'..='9' => '9',
        _ => '?',
    };
    code.chars().map(kind).collect()
}

fn is_british(code: &str) -> bool {
    let shape = shape(code);
    let outward = shape.strip_suffix("9AA").unwrap_or_default();
    ["A9", "A99", "AA9", "AA99", "A9A", "AA9A"].contains(&outward)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn settled(country: CountryCode, region: &str, postcode: &str) -> Result<(String, String), Vec<Doubt>> {
        let address = Place {
            country,
            region: region.into(),
            city: "Springfield".into(),
            district: String::new(),
            line1: "1 Market Street".into(),
            postcode: postcode.into(),
        };
        settle(&address).map(|address| (address.region, address.postcode))
    }

    #[test]
    fn a_state_is_known_by_its_code_and_its_names() {
        for typed in ["CA", "ca.", "California", " CALIFORNIA ", "加利福尼亚", "加利福尼亚州", "加州"]
        {
            assert_eq!(state(CountryCode::US, typed).map(|state| state.0), Some("CA"), "{typed}");
        }
        for (country, typed, code) in [
            (CountryCode::US, "D.C.", "DC"),
            (CountryCode::US, "Washington DC", "DC"),
            (CountryCode::US, "华盛顿州", "WA"),
            (CountryCode::US, "纽约州", "NY"),
            (CountryCode::CA, "BC", "BC"),
            (CountryCode::CA, "安大略省", "ON"),
            (CountryCode::AU, "nsw", "NSW"),
        ] {
            assert_eq!(state(country, typed).map(|state| state.0), Some(code), "{typed}");
        }
        for typed in ["", "州", "Ontario", "浙江", "Londonshire"] {
            assert_eq!(state(CountryCode::US, typed), None, "{typed}");
        }
    }

    #[test]
    fn every_state_is_itself_and_no_code_is_used_twice() {
        for country in [CountryCode::US, CountryCode::CA, CountryCode::AU] {
            for known in states(country) {
                for spelling in [known.0, known.1, known.2] {
                    assert_eq!(state(country, spelling), Some(known), "{spelling}");
                }
            }
        }
    }

    #[test]
    fn a_state_that_is_none_is_doubted_with_the_nearest_one() {
        for (typed, meant) in
            [("Calif", Some("California")), ("Massachusets", Some("Massachusetts")), ("Zhejiang", None)]
        {
            let doubts = settled(CountryCode::US, typed, "94103").unwrap_err();
            assert_eq!(doubts[0], Doubt::unknown("region", meant.map(Advice::Meant)), "{typed}");
        }
    }

    #[test]
    fn postcodes_are_written_as_their_country_writes_them() {
        for (country, typed, written) in [
            (CountryCode::CA, "k1a0b1", Some("K1A 0B1")),
            (CountryCode::CA, "K1A 0B", None),
            (CountryCode::CA, "11A 0B1", None),
            (CountryCode::GB, "sw1a1aa", Some("SW1A 1AA")),
            (CountryCode::GB, "M1 1AE", Some("M1 1AE")),
            (CountryCode::GB, "W1", None),
            (CountryCode::GB, "12345", None),
            (CountryCode::US, "94103-1234", Some("94103-1234")),
            (CountryCode::SG, "018956", Some("018956")),
        ] {
            let region = states(country).first().map_or("", |state| state.0);
            let found = settled(country, region, typed).ok().map(|(_, code)| code);
            assert_eq!(found.as_deref(), written, "{typed}");
        }
    }
}
