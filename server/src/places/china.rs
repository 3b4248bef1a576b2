//! Provinces, cities and districts of mainland China (`data/china.txt`), and the check of an address there.

use super::names::{find, is_latin, latin_key, means, nearest, plain, reading, simple, spellings, stem};
use super::{Advice, Doubt, Place, insisted};
use app::error::ErrorCode;
use std::sync::LazyLock;

/// A province, an autonomous region or a municipality.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Province {
    /// Its official name.
    pub name: &'static str,
    /// Its cities. A municipality has one, called like itself.
    pub cities: Vec<City>,
}

/// A city, a prefecture, or a county that answers to its province.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct City {
    /// Its official name.
    pub name: &'static str,
    /// Its districts and counties; a few cities have towns instead, or nothing.
    pub districts: Vec<&'static str>,
}

/// Every province, in the order of the statistics.
pub static PROVINCES: LazyLock<Vec<Province>> = LazyLock::new(|| read(include_str!("data/china.txt")));

fn read(text: &'static str) -> Vec<Province> {
    let mut provinces: Vec<Province> = Vec::new();
    for line in text.lines() {
        let mut parts = line.split('\t');
        let (Some(name), Some(city)) = (parts.next(), parts.next()) else { continue };
        let districts = parts.next().unwrap_or_default().split(',').filter(|part| !part.is_empty());
        let city = City { name: city, districts: districts.collect() };
        match provinces.last_mut().filter(|province| province.name == name) {
            Some(province) => province.cities.push(city),
            None => provinces.push(Province { name, cities: vec![city] }),
        }
    }
    provinces
}

/// Provinces whose English name is no pinyin, or whose pinyin is that of another one.
const ENGLISH: [(&str, &str); 6] = [
    ("Inner Mongolia", "内蒙古自治区"),
    ("Tibet", "西藏自治区"),
    ("Shaanxi", "陕西省"),
    ("Shanxi", "山西省"),
    ("Peking", "北京市"),
    ("Neimeng", "内蒙古自治区"),
];

/// The English name of a province, where it is not its pinyin.
#[must_use]
pub fn english(name: &str) -> Option<&'static str> {
    let mut usual = ENGLISH.iter().take(4);
    usual.find(|(_, province)| *province == name).map(|(english, _)| *english)
}

/// Places that are not delivered to as mainland China.
const BEYOND: [&str; 6] = ["香港", "澳门", "台湾", "hongkong", "macau", "taiwan"];

/// The province of that name, in any spelling.
#[must_use]
pub fn province(typed: &str) -> Option<&'static Province> {
    let named = |name: &str| PROVINCES.iter().find(|province| province.name == name);
    if is_latin(typed) {
        let key = latin_key(typed);
        let english =
            ENGLISH.iter().find(|(word, _)| latin_key(word) == key).and_then(|(_, name)| named(name));
        return english.or_else(|| PROVINCES.iter().find(|province| reading(province.name) == key));
    }
    find(PROVINCES.iter().map(|province| province.name), typed).and_then(named)
}

impl Province {
    /// True for 北京市, 天津市, 上海市 and 重庆市, which are cities themselves.
    #[must_use]
    pub fn is_municipality(&self) -> bool {
        self.name.ends_with('市')
    }

    /// The city of that name, in any spelling.
    #[must_use]
    pub fn city(&self, typed: &str) -> Option<&City> {
        if is_latin(typed) {
            let key = latin_key(typed);
            return self.cities.iter().find(|city| reading(city.name) == key);
        }
        if self.is_municipality() && matches!(plain(typed).as_str(), "市辖区" | "县" | "辖区" | "辖县")
        {
            return self.cities.first();
        }
        let name = find(self.cities.iter().map(|city| city.name), typed)?;
        self.cities.iter().find(|city| city.name == name)
    }

    /// The only district of that name in the province, with its city. Short forms count when the name has two
    /// characters or more.
    #[must_use]
    pub fn district(&self, typed: &str) -> Option<(&City, &'static str)> {
        let [typed, simple] = spellings(typed);
        let all = || self.cities.iter().flat_map(|city| city.districts.iter().map(move |name| (city, *name)));
        let only = |is_it: &dyn Fn(&str) -> bool| {
            let mut found = all().filter(|(_, name)| is_it(name));
            found.next().filter(|_| found.next().is_none())
        };
        let exact = only(&|name| name == typed || name == simple);
        exact.or_else(|| only(&|name| means(name, &typed) || means(name, &simple)))
    }
}

impl City {
    /// The district of that name, in any spelling.
    #[must_use]
    pub fn district(&self, typed: &str) -> Option<&'static str> {
        if is_latin(typed) {
            let key = latin_key(typed);
            return self.districts.iter().copied().find(|name| reading(name) == key);
        }
        find(self.districts.iter().copied(), typed)
    }

    /// True for the few cities that have towns and no districts: what is written there is not checked.
    #[must_use]
    pub fn has_towns_only(&self) -> bool {
        self.districts.iter().all(|name| name.ends_with(['镇', '道', '湖', '港', '园', '院']))
    }
}

/// Names of zones that are districts in addresses and in no statistics.
#[must_use]
pub fn is_zone(name: &str) -> bool {
    const ENDS: [&str; 11] = [
        "新区",
        "开发区",
        "高新区",
        "经开区",
        "园区",
        "示范区",
        "度假区",
        "保税区",
        "合作区",
        "管理区",
        "风景区",
    ];
    ENDS.iter().any(|end| name.ends_with(end))
}

/// The place with official names.
///
/// # Errors
/// What is no place in China.
pub fn settle(address: &Place, sure: &str) -> Result<Place, Vec<Doubt>> {
    let Some(province) = province(&address.region) else { return Err(vec![doubt_province(&address.region)]) };
    let is_sure = sure == insisted(&address.city, &address.district);
    let region = if is_latin(&address.region) { address.region.clone() } else { province.name.to_owned() };
    let mut address = Place { region, ..address.clone() };
    settle_city(province, &mut address, is_sure)?;
    Ok(address)
}

fn doubt_province(typed: &str) -> Doubt {
    let key = if is_latin(typed) { latin_key(typed) } else { simple(&plain(typed)) };
    if BEYOND.iter().any(|place| key.starts_with(place)) {
        return Doubt { field: "region", code: ErrorCode::CountryUnknown, advice: None };
    }
    let of_city = PROVINCES.iter().find(|province| province.city(typed).is_some());
    let near = || match is_latin(typed) {
        true => nearest_latin(PROVINCES.iter().map(|province| province.name), &key),
        false => nearest(PROVINCES.iter().map(|province| province.name), &key),
    };
    let name = of_city.map(|province| province.name).or_else(near);
    Doubt::unknown("region", name.map(Advice::Meant))
}

/// The name whose reading has the fewest other letters.
fn nearest_latin(names: impl Iterator<Item = &'static str>, key: &str) -> Option<&'static str> {
    let near = names.map(|name| (strsim::levenshtein(&reading(name), key), name)).min()?;
    (near.0 <= 2).then_some(near.1)
}

/// City and district. What is written in Latin letters stays as it is: the shopper knows it so, and a courier can read it.
fn settle_city(province: &'static Province, address: &mut Place, is_sure: bool) -> Result<(), Vec<Doubt>> {
    if is_latin(&address.city) || is_sure {
        return Ok(());
    }
    let typed = plain(&address.city);
    if typed.contains("直辖")
        && let Some(city) = province.city(&address.district)
    {
        address.city = city.name.to_owned();
        return Ok(());
    }
    if let Some(city) = province.city(&typed) {
        address.city = city.name.to_owned();
        return settle_district(province, city, address);
    }
    let Some((city, district)) = province.district(&typed) else {
        return Err(vec![doubt_city(province, &typed)]);
    };
    // A city that is part of another one (义乌市 of 金华市): what was written below it goes to the street.
    if !means(district, &plain(&address.district)) {
        address.line1 = format!("{}{}", address.district, address.line1);
    }
    (address.city, address.district) = (city.name.to_owned(), district.to_owned());
    Ok(())
}

fn doubt_city(province: &'static Province, typed: &str) -> Doubt {
    let elsewhere = PROVINCES.iter().find(|other| other.cities.iter().any(|city| city.name == typed));
    let near = || nearest(province.cities.iter().map(|city| city.name), typed).map(Advice::Meant);
    Doubt::unknown("city", elsewhere.map(|other| Advice::BelongsTo(other.name)).or_else(near))
}

fn settle_district(province: &'static Province, city: &City, address: &mut Place) -> Result<(), Vec<Doubt>> {
    if is_latin(&address.district) || city.has_towns_only() {
        return Ok(());
    }
    let typed = plain(&address.district);
    if let Some(name) = city.district(&typed) {
        address.district = name.to_owned();
        return Ok(());
    }
    let elsewhere = province.cities.iter().find(|other| other.districts.contains(&typed.as_str()));
    if elsewhere.is_none() && is_zone(&typed) {
        return Ok(());
    }
    let near = || nearest(city.districts.iter().copied(), &typed).map(Advice::Meant);
    let advice = elsewhere.map(|other| Advice::BelongsTo(other.name)).or_else(near);
    Err(vec![Doubt::unknown("district", advice)])
}

/// True when a short form of a name stands at the start of a text as a place, and not as part of a street's name.
#[must_use]
pub fn is_followed_by_street(rest: &str) -> bool {
    let mut letters = rest.chars();
    let (first, second) = (letters.next(), letters.next());
    let is_street =
        |letter: Option<char>| letter.is_some_and(|letter| "路街道巷弄里大桥村镇乡苑园".contains(letter));
    !begins_with_district(rest)
        && (is_street(first)
            || (first.is_some_and(|letter| "东南西北中".contains(letter)) && is_street(second)))
}

/// True for what begins like a street and is a district: 大兴区, 道里区, 镇海区; not 路小区.
fn begins_with_district(rest: &str) -> bool {
    let letters: Vec<char> = rest.chars().take(4).collect();
    let mut ends = letters.windows(2).skip(1);
    ends.any(|pair| matches!(pair, [before, '区' | '县'] if !"小社园景校".contains(*before)))
}

/// The longest of these names that a text begins with, whole or short; gives the name and the length in bytes.
#[must_use]
pub fn prefix<'name>(
    names: impl Iterator<Item = &'name str> + Clone,
    text: &str,
) -> Option<(&'name str, usize)> {
    let whole = names.clone().filter(|name| text.starts_with(*name)).max_by_key(|name| name.len());
    if let Some(name) = whole {
        return Some((name, name.len()));
    }
    let fits = |name: &&str| {
        let short = stem(name);
        short.chars().count() >= 2
            && text.strip_prefix(short).is_some_and(|rest| !is_followed_by_street(rest))
    };
    let short = names.filter(fits).max_by_key(|name| stem(name).len())?;
    Some((short, stem(short).len()))
}

#[cfg(test)]
#[path = "china_tests.rs"]
mod tests;
