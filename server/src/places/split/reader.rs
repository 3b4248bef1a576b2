//! Reads the names of places off the start of texts, from the large to the small.

use crate::places::china::{self, City, PROVINCES, Province, prefix};
use crate::places::names::stem;

/// What was read so far.
#[derive(Debug, Clone, Copy, Default)]
pub(super) struct Reader {
    province: Option<&'static Province>,
    city: Option<&'static City>,
    district: &'static str,
    /// A text went on with something else: no more places come.
    is_over: bool,
}

/// Kinds that people write after a short form.
fn skip<'text>(rest: &'text str, kinds: &[char]) -> &'text str {
    rest.strip_prefix(kinds).unwrap_or(rest)
}

/// Marks between two names.
fn trim(rest: &str) -> &str {
    rest.trim_start_matches(['-', '/', '>', ' ', ':', '(', '·'])
}

impl Reader {
    /// True when a text begins with a place, perhaps after a person's name.
    pub(super) fn begins(&self, text: &str) -> bool {
        Self::offset(text).is_some()
    }

    /// Where the first place's name begins.
    pub(super) fn offset(text: &str) -> Option<usize> {
        if Self::default().step(text.trim_start_matches("中国")).is_some() {
            return Some(0);
        }
        // After a name of up to four characters only a whole name of a province counts.
        let offsets = text.char_indices().map(|(at, _)| at).skip(1).take(4);
        offsets.into_iter().find(|at| {
            let rest = text.get(*at..).unwrap_or_default();
            PROVINCES.iter().any(|province| rest.starts_with(province.name))
        })
    }

    /// Takes places off the start of a text; gives what is left of it.
    pub(super) fn read<'text>(&mut self, text: &'text str) -> &'text str {
        let mut rest = text;
        if self.province.is_none() && text.starts_with("中国") {
            rest = text.strip_prefix("中国").unwrap_or(text);
        }
        let begun = rest;
        while !self.is_over {
            let Some((next, after)) = self.step(rest) else { break };
            *self = next;
            rest = trim(after);
        }
        if self.province.is_some() && !rest.is_empty() {
            self.is_over = true;
        }
        // Nothing was read: the text stays as it was.
        if rest.len() == begun.len() { text } else { rest }
    }

    /// Province, city and district.
    pub(super) fn found(&self) -> (&'static str, &'static str, &'static str) {
        let city = self.city.map_or("", |city| city.name);
        let is_county = self.city.is_some_and(|city| city.districts.is_empty());
        let district = if is_county && self.district.is_empty() { city } else { self.district };
        (self.province.map_or("", |province| province.name), city, district)
    }

    /// The next name, and what comes after it.
    fn step<'text>(&self, text: &'text str) -> Option<(Self, &'text str)> {
        match (self.province, self.city) {
            (None, _) => Self::first(text),
            (Some(province), None) => self.city_step(province, text),
            (Some(province), Some(city)) if self.district.is_empty() => {
                self.district_step(province, city, text)
            }
            _ => None,
        }
    }

    fn first(text: &str) -> Option<(Self, &str)> {
        let at = |province| Self { province: Some(province), ..Self::default() };
        let whole = PROVINCES.iter().find(|province| text.starts_with(province.name));
        if let Some(province) = whole {
            return Some((at(province), text.strip_prefix(province.name)?));
        }
        if let Some((province, city)) = cities().find(|(_, city)| text.starts_with(city.name)) {
            return Some((Self { city: Some(city), ..at(province) }, text.strip_prefix(city.name)?));
        }
        if let Some((name, length)) = prefix(PROVINCES.iter().map(|province| province.name), text) {
            let province = PROVINCES.iter().find(|province| province.name == name)?;
            return Some((at(province), skip(text.get(length..)?, &['省', '市'])));
        }
        let short =
            cities().filter(|(_, city)| stem(city.name).chars().count() >= 2).find_map(|(province, city)| {
                let rest = skip(text.strip_prefix(stem(city.name))?, &['市', '州']);
                let has_district = city.districts.iter().any(|name| rest.starts_with(name));
                has_district.then_some((Self { city: Some(city), ..at(province) }, rest))
            });
        short.or_else(|| Self::only_district(text))
    }

    /// A district or county whose name only one place in China has.
    fn only_district(text: &str) -> Option<(Self, &str)> {
        let named = cities()
            .flat_map(|(province, city)| city.districts.iter().map(move |name| (province, city, *name)));
        let mut found = named.filter(|(_, _, name)| name.chars().count() > 2 && text.starts_with(name));
        let (province, city, district) = found.next()?;
        if found.next().is_some() {
            return None;
        }
        let read = Self { province: Some(province), city: Some(city), district, is_over: false };
        Some((read, text.strip_prefix(district)?))
    }

    fn city_step<'text>(&self, province: &'static Province, text: &'text str) -> Option<(Self, &'text str)> {
        let at = |city| Self { city: Some(city), ..*self };
        if province.is_municipality() {
            let city = province.cities.first()?;
            let names = [province.name, stem(province.name), "市辖区", "辖区"];
            let is_street = |rest: &str| china::is_followed_by_street(rest);
            let again = |name: &&str| text.strip_prefix(*name).filter(|rest| !is_street(rest));
            let rest = names.iter().find_map(again);
            return Some((at(city), rest.unwrap_or(text)));
        }
        let text = ["省直辖县级行政区划", "自治区直辖县级行政区划"]
            .iter()
            .find_map(|name| text.strip_prefix(name))
            .unwrap_or(text);
        let text = trim(text);
        if let Some((name, length)) = prefix(province.cities.iter().map(|city| city.name), text) {
            let city = province.cities.iter().find(|city| city.name == name)?;
            let rest = text.get(length..)?;
            return Some((at(city), if length < name.len() { skip(rest, &['市', '州']) } else { rest }));
        }
        let all =
            province.cities.iter().flat_map(|city| city.districts.iter().map(move |name| (city, *name)));
        let (city, district) =
            all.filter(|(_, name)| text.starts_with(name)).max_by_key(|(_, name)| name.len())?;
        Some((Self { district, ..at(city) }, text.strip_prefix(district)?))
    }

    fn district_step<'text>(
        &self,
        province: &'static Province,
        city: &'static City,
        text: &'text str,
    ) -> Option<(Self, &'text str)> {
        let at = |district| Self { district, ..*self };
        let text = match text.strip_prefix(city.name) {
            Some(rest) if !province.is_municipality() => rest,
            _ => text,
        };
        if text == city.name {
            // A municipality is often written twice, as province and as city.
            return Some((*self, ""));
        }
        if let Some((name, length)) = prefix(city.districts.iter().copied(), text) {
            return Some((at(name), text.get(length..)?));
        }
        zone(text).map(|name| (at(name), text.get(name.len()..).unwrap_or_default()))
    }
}

/// Every city with its province.
fn cities() -> impl Iterator<Item = (&'static Province, &'static City)> {
    PROVINCES.iter().flat_map(|province| province.cities.iter().map(move |city| (province, city)))
}

/// Zones that people write where a district stands.
fn zone(text: &str) -> Option<&'static str> {
    const ZONES: [&str; 12] = [
        "高新技术产业开发区",
        "经济技术开发区",
        "高新技术开发区",
        "经济开发区",
        "东湖新技术开发区",
        "东湖高新区",
        "高新区",
        "经开区",
        "开发区",
        "工业园区",
        "度假区",
        "新区",
    ];
    ZONES.iter().find(|zone| text.starts_with(**zone)).copied()
}
