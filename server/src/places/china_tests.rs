//! Addresses in China as people write them.

use super::*;
use app::kernel::CountryCode;
use std::collections::HashSet;

fn address(region: &str, city: &str, district: &str) -> Place {
    Place {
        country: CountryCode::CN,
        region: region.into(),
        city: city.into(),
        district: district.into(),
        line1: "龙井路 1 号".into(),
        postcode: String::new(),
    }
}

fn settled(region: &str, city: &str, district: &str) -> [String; 3] {
    let address = settle(&address(region, city, district), "").unwrap();
    [address.region, address.city, address.district]
}

fn doubt(region: &str, city: &str, district: &str) -> Doubt {
    settle(&address(region, city, district), "").unwrap_err().remove(0)
}

#[test]
fn the_data_are_whole() {
    assert_eq!(PROVINCES.len(), 31);
    let names: HashSet<_> = PROVINCES.iter().map(|province| province.name).collect();
    assert_eq!(names.len(), 31);
    assert_eq!(PROVINCES.iter().map(|province| province.cities.len()).sum::<usize>(), 369);
    assert!(PROVINCES.iter().flat_map(|p| &p.cities).map(|city| city.districts.len()).sum::<usize>() > 2_900);
    for province in PROVINCES.iter() {
        let cities: HashSet<_> = province.cities.iter().map(|city| city.name).collect();
        assert_eq!(cities.len(), province.cities.len(), "{}", province.name);
        assert!(province.cities.iter().all(|city| !city.name.contains("辖")), "{}", province.name);
    }
}

#[test]
fn every_official_address_is_right_as_it_is_and_in_its_short_form() {
    for province in PROVINCES.iter() {
        for city in &province.cities {
            for district in city.districts.iter().copied().chain(city.districts.is_empty().then_some("城区"))
            {
                let official = settled(province.name, city.name, district);
                assert_eq!(official, [province.name, city.name, district].map(str::to_owned));
                let short = settled(stem(province.name), stem(city.name), district);
                assert_eq!(short, official, "{} {} {district}", province.name, city.name);
            }
        }
    }
}

#[test]
fn every_province_is_known_by_its_reading() {
    for province in PROVINCES.iter() {
        let found = super::province(&reading(province.name)).unwrap();
        let is_same = found.name == province.name || reading(province.name) == "shanxi";
        assert!(is_same, "{} {}", province.name, found.name);
    }
    for (typed, name) in [
        ("Shaanxi", "陕西省"),
        ("Inner Mongolia", "内蒙古自治区"),
        ("Tibet", "西藏自治区"),
        ("Beijing", "北京市"),
        ("Guangxi Zhuang Autonomous Region", "广西壮族自治区"),
    ] {
        assert_eq!(super::province(typed).map(|province| province.name), Some(name), "{typed}");
    }
}

#[test]
fn ways_of_writing_become_the_official_one() {
    for (typed, expected) in [
        (["浙江", "杭州", "西湖"], ["浙江省", "杭州市", "西湖区"]),
        (["北京", "北京", "朝阳"], ["北京市", "北京市", "朝阳区"]),
        (["北京市", "市辖区", "海淀区"], ["北京市", "北京市", "海淀区"]),
        (["重庆市", "县", "忠县"], ["重庆市", "重庆市", "忠县"]),
        (["上海", "浦东新区", "浦东新区"], ["上海市", "上海市", "浦东新区"]),
        (["廣東省", "深圳", "南山"], ["广东省", "深圳市", "南山区"]),
        (["吉林", "吉林", "船营区"], ["吉林省", "吉林市", "船营区"]),
        (["吉林", "延边", "延吉"], ["吉林省", "延边朝鲜族自治州", "延吉市"]),
        (["湖北", "省直辖县级行政区划", "仙桃市"], ["湖北省", "仙桃市", "仙桃市"]),
        (["湖北", "仙桃", "沙嘴街道"], ["湖北省", "仙桃市", "沙嘴街道"]),
        (["广东", "东莞", "长安镇"], ["广东省", "东莞市", "长安镇"]),
        (["浙江", "义乌市", ""], ["浙江省", "金华市", "义乌市"]),
        (["陕西", "西安", "高新区"], ["陕西省", "西安市", "高新区"]),
        (["Zhejiang", "Hangzhou", "Xihu District"], ["Zhejiang", "Hangzhou", "Xihu District"]),
        (["Zhejiang", "Yiwu", "Choujiang"], ["Zhejiang", "Yiwu", "Choujiang"]),
    ] {
        assert_eq!(settled(typed[0], typed[1], typed[2]), expected.map(str::to_owned), "{typed:?}");
    }
}

#[test]
fn what_was_written_below_a_county_is_kept_in_the_street() {
    let address = settle(&address("浙江", "义乌", "稠城街道"), "").unwrap();
    assert_eq!((address.city.as_str(), address.district.as_str()), ("金华市", "义乌市"));
    assert_eq!(address.line1, "稠城街道龙井路 1 号");
}

#[test]
fn a_doubt_names_what_was_probably_meant() {
    let meant = |name| Some(Advice::Meant(name));
    for (typed, field, advice) in [
        (["浙工省", "杭州市", "西湖区"], "region", meant("浙江省")),
        (["杭州", "杭州", "西湖区"], "region", meant("浙江省")),
        (["Zhejang", "Hangzhou", "Xihu"], "region", meant("浙江省")),
        (["浙江省", "航州市", "西湖区"], "city", meant("杭州市")),
        (["浙江省", "苏州市", "姑苏区"], "city", Some(Advice::BelongsTo("江苏省"))),
        (["浙江省", "杭州市", "西糊区"], "district", meant("西湖区")),
        (["浙江省", "杭州市", "海曙区"], "district", Some(Advice::BelongsTo("宁波市"))),
        (["月亮省", "杭州市", "西湖区"], "region", None),
    ] {
        let doubt = doubt(typed[0], typed[1], typed[2]);
        assert_eq!(
            (doubt.field, doubt.code, doubt.advice),
            (field, ErrorCode::PlaceUnknown, advice),
            "{typed:?}"
        );
    }
}

#[test]
fn who_insists_on_a_city_or_district_is_believed_but_not_on_a_province() {
    let merged = address("浙江省", "杭州市", "下城区");
    assert!(settle(&merged, "").is_err());
    assert_eq!(settle(&merged, &insisted("杭州市", "下城区")).unwrap().district, "下城区");
    assert!(settle(&merged, &insisted("杭州市", "江干区")).is_err());
    assert!(settle(&address("月亮省", "a", "b"), &insisted("a", "b")).is_err());
}

#[test]
fn what_is_not_delivered_to_says_so() {
    for region in ["香港特别行政区", "台湾省", "澳门", "臺灣", "澳門特別行政區", "Hong Kong", "Taiwan"]
    {
        assert_eq!(doubt(region, "九龙", "观塘区").code, ErrorCode::CountryUnknown, "{region}");
    }
}
