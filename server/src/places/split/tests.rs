//! Pasted addresses: a kept list of real ones, and whatever else people may paste.

use super::*;
use crate::places::china::PROVINCES;
use crate::places::names::simple;
use app::kernel::Phone;
use proptest::prelude::*;
use std::collections::HashMap;

/// One case a line: the text, `=>`, then name, phone, province, city, district, rest and postcode, parted by `|`.
const CASES: &str = include_str!("cases.txt");

#[test]
fn the_kept_addresses_come_apart_as_they_should() {
    let (mut count, mut wrong) = (0, Vec::new());
    for line in CASES.lines().filter(|line| !line.starts_with('#') && !line.trim().is_empty()) {
        let (text, expected) = line.split_once(" => ").unwrap();
        let parts = split(&text.replace("\\n", "\n"));
        let found = [
            &parts.name,
            &parts.phone,
            &parts.region,
            &parts.city,
            &parts.district,
            &parts.line1,
            &parts.postcode,
        ];
        let found: Vec<&str> = found.map(String::as_str).into();
        let expected: Vec<&str> = expected.split('|').map(str::trim).collect();
        count += 1;
        if found != expected {
            wrong.push(format!("{text}\n  found    {}\n  expected {}", found.join("|"), expected.join("|")));
        }
    }
    assert!(count >= 90, "only {count} cases");
    assert!(wrong.is_empty(), "{} of {count}:\n{}", wrong.len(), wrong.join("\n"));
}

#[test]
fn what_was_typed_before_makes_room_and_is_given_back() {
    let mut form = CheckoutForm {
        name: "李雷".into(),
        email: "li@example.com".into(),
        note: "门卫".into(),
        ..CheckoutForm::default()
    };
    let left = split("张三 13800138000 浙江省杭州市西湖区文三路 478 号").fill(&mut form);
    assert_eq!(left, "李雷");
    assert_eq!(
        (form.name.as_str(), form.phone.as_str(), form.country.as_str()),
        ("张三", "13800138000", "CN")
    );
    assert_eq!((form.email.as_str(), form.note.as_str()), ("li@example.com", "门卫"));
    let again = split("13900139000").fill(&mut form);
    assert_eq!(
        (again.as_str(), form.phone.as_str(), form.city.as_str()),
        ("13800138000", "13900139000", "杭州市")
    );
}

/// The digits of every field.
fn digits(parts: &Parts) -> Vec<char> {
    let all = [
        &parts.name,
        &parts.phone,
        &parts.region,
        &parts.city,
        &parts.district,
        &parts.line1,
        &parts.postcode,
    ];
    let mut digits: Vec<char> =
        all.iter().flat_map(|text| text.chars()).filter(char::is_ascii_digit).collect();
    digits.sort_unstable();
    digits
}

/// Characters with the other forms that they have, if no official name has that form itself.
fn other_forms() -> HashMap<char, Vec<char>> {
    let mut forms: HashMap<char, Vec<char>> = HashMap::new();
    for old in '\u{4e00}'..='\u{9fff}' {
        let new = simple(&old.to_string()).chars().next();
        if let Some(new) = new.filter(|new| *new != old) {
            forms.entry(new).or_default().push(old);
        }
    }
    forms
}

/// Every third place of the data set as it is written with traditional characters, each form in its turn.
#[test]
fn places_are_read_in_traditional_characters() {
    let forms = other_forms();
    let other = |letter: char, turn: usize| {
        let forms = forms.get(&letter).map_or(&[][..], Vec::as_slice);
        forms.get(turn % forms.len().max(1)).copied().unwrap_or(letter)
    };
    let cities =
        PROVINCES.iter().flat_map(|province| province.cities.iter().map(move |city| (province, city)));
    let districts = cities.filter(|(_, city)| !city.has_towns_only()).flat_map(|(province, city)| {
        city.districts.iter().map(move |name| [province.name, city.name, name].concat())
    });
    let mut changed = 0;
    for (turn, official) in districts.enumerate().filter(|(turn, _)| turn % 3 == 0) {
        let typed: String = official.chars().map(|letter| other(letter, turn)).collect();
        changed += usize::from(typed != official);
        let parts = split(&format!("張三 13800138000 {typed}中正路1號"));
        let plain = split(&format!("张三 13800138000 {official}中正路1號"));
        let places = |parts: &Parts| [&parts.region, &parts.city, &parts.district].map(Clone::clone);
        assert_eq!(places(&parts), places(&plain), "{typed}");
        assert_eq!((parts.name.as_str(), simple(&parts.line1)), ("張三", simple(&plain.line1)), "{typed}");
        assert!(parts.line1.ends_with("中正路1號"), "{typed}");
    }
    assert!(changed > 700, "only {changed} have other characters");
}

proptest! {
    #[test]
    fn nothing_makes_it_stumble(text in "\\PC{0,120}") {
        let _ = split(&text);
    }

    #[test]
    fn no_digit_and_no_unknown_character_is_lost(text in "[0-9 ,，:：张三浙江省杭州市西湖区路号龘收货人电话\n+-]{0,60}") {
        let parts = split(&text);
        let mut expected: Vec<char> = text.chars().filter(char::is_ascii_digit).collect();
        expected.sort_unstable();
        prop_assert_eq!(digits(&parts), expected, "{:?}", parts);
        let count = |text: &str| text.matches('龘').count();
        prop_assert_eq!(count(&parts.name) + count(&parts.line1), count(&text), "{:?}", parts);
    }

    #[test]
    fn the_street_keeps_every_character(street in "[文三龘路弄 ][0-9]{1,4} ?号 ?[0-9]{1,2} ?幢 ?[0-9]{1,4}[室]?") {
        let parts = split(&format!("张三 13800138000 浙江省杭州市西湖区{street}"));
        let blanks = |text: &str| text.split_whitespace().collect::<String>();
        prop_assert_eq!(blanks(&parts.line1), blanks(&street), "{:?}", parts);
        prop_assert_eq!(parts.district, "西湖区");
    }

    #[test]
    fn a_phone_number_comes_back_however_it_is_written(number in "1[3-9][0-9]{9}", form in 0_usize..6, is_first: bool) {
        let (a, rest) = number.split_at(3);
        let (b, c) = rest.split_at(4);
        let written = [number.clone(), format!("{a} {b} {c}"), format!("{a}-{b}-{c}"), format!("+86{number}"), format!("+86 {number}"), format!("86-{number}")][form].clone();
        let text = if is_first { format!("{written} 李雷 上海市浦东新区世纪大道 100 号") } else { format!("李雷，上海市浦东新区世纪大道 100 号，电话：{written}") };
        let parts = split(&text);
        let phone = Phone::parse(&parts.phone).map(|phone| phone.as_str().to_owned());
        prop_assert_eq!(phone, Ok(format!("+86{number}")), "{:?}", parts);
        prop_assert_eq!((parts.name.as_str(), parts.line1.as_str()), ("李雷", "世纪大道 100 号"));
    }
}
