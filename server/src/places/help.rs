//! What the checkout's form offers for its fields of places, and what it says about a name that is not known.

use super::{Advice, Doubt, Place, abroad, china, errors, insisted, settle};
use crate::places::names::{is_latin, reading};
use app::catalog::model::View;
use app::checkout::model::{AddressHelp, Draft};
use app::kernel::{CountryCode, Locale};

app::messages! {
    meant(name) = "您是不是要填「{name}」？" | "Did you mean “{name}”?";
    belongs(name) = "它属于{name}。" | "It belongs to {name}.";
    insist = "确定没有写错的话，直接再次提交即可。" | "If it is right as it is, just submit again.";
}

/// Help for what is typed so far.
#[must_use]
pub fn help(draft: &Draft, country: CountryCode, view: View) -> AddressHelp {
    let form = &draft.form;
    let province = china::province(&form.region).filter(|_| country == CountryCode::CN);
    let cities: &[china::City] = province.map_or(&[], |province| &province.cities);
    let city = province.and_then(|province| province.city(&form.city));
    let doubts = doubts(draft, country);
    let name = |name: &'static str| shown(name, view.locale);
    AddressHelp {
        regions: regions(country, view.locale),
        cities: cities.iter().map(|city| name(city.name)).collect(),
        districts: city.map(|city| city.districts.iter().copied().map(name).collect()).unwrap_or_default(),
        advice: doubts.iter().map(|doubt| (doubt.field, advice(doubt, &form.region, view.locale))).collect(),
        errors: errors(&doubts),
        insisted: insisted(&form.city, &form.district),
    }
}

/// Doubts about what is filled in so far.
fn doubts(draft: &Draft, country: CountryCode) -> Vec<Doubt> {
    let place = Place::typed(&draft.form, country);
    let filled = |field: &str| match field {
        "region" => !place.region.trim().is_empty(),
        "city" => !place.city.trim().is_empty(),
        "district" => !place.district.trim().is_empty(),
        _ => !place.postcode.trim().is_empty(),
    };
    let mut doubts = settle(&place, &draft.sure).err().unwrap_or_default();
    doubts.retain(|doubt| filled(doubt.field));
    doubts
}

/// Names to choose from, the larger unit first.
fn regions(country: CountryCode, locale: Locale) -> Vec<String> {
    let states = abroad::states(country).iter().map(|(_, name, _)| (*name).to_owned());
    let provinces: &[china::Province] = if country == CountryCode::CN { &china::PROVINCES } else { &[] };
    states.chain(provinces.iter().map(|province| shown(province.name, locale))).collect()
}

/// A name as the page's language has it: an English page offers pinyin, which is believed as well.
fn shown(name: &'static str, locale: Locale) -> String {
    match locale {
        Locale::Zh => name.to_owned(),
        Locale::En => china::english(name).map_or_else(|| capital(&reading(name)), str::to_owned),
    }
}

fn capital(word: &str) -> String {
    let mut letters = word.chars();
    letters.next().map(|first| first.to_ascii_uppercase()).into_iter().chain(letters).collect()
}

fn advice(doubt: &Doubt, region: &str, locale: Locale) -> String {
    // Who writes Chinese names in pinyin is answered in pinyin.
    let written = |name: &'static str| {
        let is_pinyin = is_latin(region) && !is_latin(name);
        if is_pinyin { shown(name, Locale::En) } else { name.to_owned() }
    };
    let named = match doubt.advice {
        Some(Advice::Meant(name)) => Some(meant(locale, written(name))),
        Some(Advice::BelongsTo(name)) => Some(belongs(locale, written(name))),
        None => None,
    };
    let can_insist = doubt.field != "region" && doubt.field != "postcode";
    let sentences = named.into_iter().chain(can_insist.then(|| insist(locale).to_owned()));
    let between = if locale == Locale::Zh { "" } else { " " };
    sentences.collect::<Vec<_>>().join(between)
}

#[cfg(test)]
mod tests {
    use super::*;
    use app::checkout::model::CheckoutForm;
    use app::kernel::Currency;

    fn helped(region: &str, city: &str, district: &str, locale: Locale) -> AddressHelp {
        let [region, city, district] = [region, city, district].map(str::to_owned);
        let form = CheckoutForm { region, city, district, ..CheckoutForm::default() };
        help(&Draft { form, ..Draft::default() }, CountryCode::CN, View { locale, currency: Currency::Cny })
    }

    #[test]
    fn names_are_offered_from_the_large_to_the_small() {
        let none = helped("", "", "", Locale::Zh);
        assert_eq!((none.regions.len(), none.cities.len(), none.errors.is_empty()), (31, 0, true));
        let province = helped("浙江", "", "", Locale::Zh);
        assert!(province.cities.contains(&"杭州市".to_owned()) && province.districts.is_empty());
        assert!(province.errors.is_empty(), "what is not filled in yet is not wrong: {:?}", province.errors);
        let city = helped("浙江", "杭州", "", Locale::Zh);
        assert!(city.districts.contains(&"西湖区".to_owned()));
    }

    #[test]
    fn an_english_page_offers_english_names() {
        let city = helped("Zhejiang", "Hangzhou", "", Locale::En);
        for name in ["Inner Mongolia", "Shaanxi", "Shanxi", "Chongqing"] {
            assert!(city.regions.contains(&name.to_owned()), "{name} in {:?}", city.regions);
        }
        assert!(city.cities.contains(&"Ningbo".to_owned()) && city.districts.contains(&"Yuhang".to_owned()));
    }

    #[test]
    fn advice_is_a_sentence_in_the_page_s_language() {
        let told =
            |help: AddressHelp| help.advice.first().map(|(field, text)| format!("{field}: {text}")).unwrap();
        assert_eq!(told(helped("浙工", "", "", Locale::Zh)), "region: 您是不是要填「浙江省」？");
        assert_eq!(told(helped("Zhejang", "", "", Locale::En)), "region: Did you mean “Zhejiang”?");
        let elsewhere = told(helped("浙江", "杭州", "海曙区", Locale::En));
        assert_eq!(elsewhere, "district: It belongs to 宁波市. If it is right as it is, just submit again.");
    }
}
