//! When two spellings of a place mean the same: 浙江 and 浙江省, 延边 and 延边朝鲜族自治州, 廣東 and 广东省, Hangzhou and 杭州市.

use super::china::PROVINCES;
use crate::search::analysis::fold::{fold, simplify};
use crate::search::analysis::pinyin::syllable;
use std::collections::HashSet;
use std::sync::LazyLock;

/// Peoples in the names of autonomous places, as they stand before the kind of place.
const PEOPLES: [&str; 52] = [
    "维吾尔",
    "壮族",
    "回族",
    "藏族",
    "朝鲜族",
    "土家族",
    "苗族",
    "羌族",
    "彝族",
    "布依族",
    "侗族",
    "哈尼族",
    "傣族",
    "白族",
    "景颇族",
    "傈僳族",
    "蒙古族",
    "蒙古",
    "柯尔克孜",
    "哈萨克",
    "哈萨克族",
    "满族",
    "瑶族",
    "黎族",
    "畲族",
    "仡佬族",
    "水族",
    "毛南族",
    "仫佬族",
    "纳西族",
    "拉祜族",
    "佤族",
    "布朗族",
    "独龙族",
    "怒族",
    "普米族",
    "裕固族",
    "保安族",
    "东乡族",
    "撒拉族",
    "土族",
    "锡伯",
    "塔吉克",
    "达斡尔族",
    "达斡尔",
    "鄂温克族",
    "鄂伦春",
    "各族",
    "京族",
    "阿昌族",
    "德昂族",
    "基诺族",
];

/// Kinds of places, the longer ones first.
const KINDS: [&str; 14] = [
    "特别行政区",
    "自治区",
    "自治州",
    "自治县",
    "自治旗",
    "地区",
    "林区",
    "特区",
    "省",
    "市",
    "区",
    "县",
    "盟",
    "旗",
];

/// The commonest surnames' first characters.
pub const PEOPLE: &str = "王李张刘陈杨黄赵吴周徐孙马朱胡郭何高林罗郑梁谢宋唐许韩冯邓曹彭曾肖田董袁潘于蒋蔡余杜叶程苏魏吕丁任\
    沈姚卢姜崔钟谭陆汪范金石廖贾夏韦付方白邹孟熊秦邱江尹薛闫段雷侯龙史陶黎贺顾毛郝龚邵万钱严覃武戴莫孔向汤欧阳上官司马诸葛慕容\
    温康施文牛樊葛邢安齐易乔伍庞颜倪庄聂章鲁岳翟殷詹申关耿焦左柳甘祝包宁尚符舒阮柯纪梅童凌毕单季裴霍涂成苗谷盛曲翁冉骆蓝路游辛靳管柴蒙鲍华喻祁蒲房滕屈饶解牟艾尤阳时穆农司卓古吉缪简车项连芦麦褚娄窦戚岑景党宫费卜冷晏席卫米柏宗瞿桂全佟应臧闵苟邬边卞姬师和仇栾隋商刁沙荣巫寇桑郎甄丛仲虞敖巩明佘池查麻苑迟邝";

/// A name without its kind and without peoples: `浙江省` is 浙江, `延边朝鲜族自治州` is 延边. A name of which one character
/// would be left (`忠县`) stays whole.
#[must_use]
pub fn stem(name: &str) -> &str {
    let long_enough = |rest: &&str| rest.chars().count() >= 2;
    let cut = |name: &str, ends: &[&str]| {
        let found = ends.iter().find_map(|end| name.strip_suffix(end).filter(long_enough).map(str::len));
        found.unwrap_or(name.len())
    };
    let mut rest = name.get(..cut(name, &KINDS)).unwrap_or(name);
    if rest.len() < name.len() {
        loop {
            let shorter = cut(rest, &PEOPLES);
            if shorter == rest.len() {
                break;
            }
            rest = rest.get(..shorter).unwrap_or(rest);
        }
    }
    rest
}

/// What was typed as names are compared: without blanks.
#[must_use]
pub fn plain(typed: &str) -> String {
    typed.chars().filter(|letter| !letter.is_whitespace()).collect()
}

/// Characters of official names: they stay as they are, whatever they would be elsewhere (乾安县 is not 干安县).
static OFFICIAL: LazyLock<HashSet<char>> = LazyLock::new(|| {
    let cities = || PROVINCES.iter().flat_map(|province| province.cities.iter());
    let names = PROVINCES.iter().map(|province| province.name).chain(cities().map(|city| city.name));
    names.chain(cities().flat_map(|city| city.districts.iter().copied())).flat_map(str::chars).collect()
});

/// The text in the characters of official names, one for one: 廣東省深圳市南山區 is 广东省深圳市南山区.
#[must_use]
pub fn simple(text: &str) -> String {
    text.chars().map(|letter| if OFFICIAL.contains(&letter) { letter } else { simplify(letter) }).collect()
}

/// What was typed as names are compared, as it is and in simplified characters.
#[must_use]
pub fn spellings(typed: &str) -> [String; 2] {
    let plain = plain(typed);
    let simple = simple(&plain);
    [plain, simple]
}

/// The name that was typed: exactly, else by what it means.
#[must_use]
pub fn find<'name>(names: impl Iterator<Item = &'name str> + Clone, typed: &str) -> Option<&'name str> {
    let spellings = spellings(typed);
    let exact = spellings.iter().find_map(|typed| names.clone().find(|name| name == typed));
    exact.or_else(|| spellings.iter().find_map(|typed| names.clone().find(|name| means(name, typed))))
}

/// True when `typed` (made [`plain`]) means this name: as it is, short, or short with another kind (`广西省`, `延边州`).
#[must_use]
pub fn means(name: &str, typed: &str) -> bool {
    let short = stem(name);
    typed == name || typed == short || stem(typed) == short || typed.strip_suffix('州') == Some(short)
}

/// True for what is written in Latin letters.
#[must_use]
pub fn is_latin(typed: &str) -> bool {
    let mut letters = typed.chars().filter(|letter| letter.is_alphabetic()).peekable();
    letters.peek().is_some() && letters.all(|letter| u32::from(letter) < 0x250)
}

/// Words for kinds of places, in English and in pinyin.
const LATIN_KINDS: [&str; 18] = [
    "province",
    "sheng",
    "municipality",
    "city",
    "shi",
    "district",
    "qu",
    "county",
    "xian",
    "prefecture",
    "autonomous",
    "region",
    "zizhiqu",
    "zhou",
    "zhuang",
    "hui",
    "uygur",
    "uyghur",
];

/// Latin letters of a name, small and without kinds, blanks and apostrophes: `Xi'an City` is `xian`.
#[must_use]
pub fn latin_key(typed: &str) -> String {
    let folded = fold(typed);
    let words: Vec<&str> = folded.split(|letter: char| letter.is_whitespace() || letter == '-').collect();
    let kept: Vec<&str> = words.iter().copied().filter(|word| !LATIN_KINDS.contains(word)).collect();
    let kept = if kept.is_empty() { words } else { kept };
    kept.concat().chars().filter(char::is_ascii_lowercase).collect()
}

/// Characters that are read otherwise in names of places than elsewhere.
const READINGS: [(char, &str); 14] = [
    ('重', "chong"),
    ('长', "chang"),
    ('厦', "xia"),
    ('藏', "zang"),
    ('都', "du"),
    ('蚌', "beng"),
    ('亳', "bo"),
    ('朝', "chao"),
    ('莞', "guan"),
    ('番', "pan"),
    ('泊', "bo"),
    ('台', "tai"),
    ('六', "liu"),
    ('大', "da"),
];

/// How a name is read, its kind left out: `西湖区` is `xihu`.
#[must_use]
pub fn reading(name: &str) -> String {
    let known = |letter: char| READINGS.iter().find(|(known, _)| *known == letter).map(|(_, text)| *text);
    let syllables = stem(name).chars().filter_map(|letter| known(letter).or_else(|| syllable(letter)));
    syllables.collect()
}

/// The name that was probably meant: one that is read the same, else the one with the fewest other characters.
#[must_use]
pub fn nearest<'name>(names: impl Iterator<Item = &'name str> + Clone, typed: &str) -> Option<&'name str> {
    let sound = reading(typed);
    if let Some(same) = names.clone().find(|name| !sound.is_empty() && reading(name) == sound) {
        return Some(same);
    }
    let short = stem(typed);
    let distance = |name: &str| strsim::levenshtein(stem(name), short).min(strsim::levenshtein(name, typed));
    let near = names.map(|name| (distance(name), name)).min_by_key(|(distance, _)| *distance)?;
    let most = (short.chars().count() / 2).clamp(1, 3);
    (near.0 <= most && near.0 < short.chars().count()).then_some(near.1)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn stems_are_what_people_call_a_place() {
        for (name, short) in [
            ("浙江省", "浙江"),
            ("内蒙古自治区", "内蒙古"),
            ("新疆维吾尔自治区", "新疆"),
            ("广西壮族自治区", "广西"),
            ("延边朝鲜族自治州", "延边"),
            ("恩施土家族苗族自治州", "恩施"),
            ("博尔塔拉蒙古自治州", "博尔塔拉"),
            ("克孜勒苏柯尔克孜自治州", "克孜勒苏"),
            ("锡林郭勒盟", "锡林郭勒"),
            ("大兴安岭地区", "大兴安岭"),
            ("双江拉祜族佤族布朗族傣族自治县", "双江"),
            ("忠县", "忠县"),
            ("市中区", "市中"),
            ("西湖区", "西湖"),
        ] {
            assert_eq!(stem(name), short);
        }
    }

    #[test]
    fn short_wrong_and_traditional_forms_mean_the_same() {
        for (name, typed) in [
            ("浙江省", "浙江"),
            ("广西壮族自治区", "广西省"),
            ("广东省", "廣 東 省"),
            ("延边朝鲜族自治州", "延边州"),
            ("西湖区", "西湖"),
        ] {
            assert_eq!(find([name].into_iter(), typed), Some(name), "{typed}");
        }
        for (name, typed) in [("西湖区", "东湖区"), ("海南省", "海"), ("忠县", "忠"), ("河北省", "河南")]
        {
            assert_eq!(find([name].into_iter(), typed), None, "{typed}");
        }
    }

    #[test]
    fn pinyin_and_english_meet_the_name() {
        for (typed, name) in [
            ("Zhejiang Province", "浙江省"),
            ("Hangzhou City", "杭州市"),
            ("Xi'an", "西安市"),
            ("XIHU QU", "西湖区"),
            ("Chongqing", "重庆市"),
            ("Xiamen", "厦门市"),
            ("Chángshā", "长沙市"),
            ("Chengdu", "成都市"),
        ] {
            assert_eq!(latin_key(typed), reading(name), "{typed}");
        }
        assert!(is_latin("Lüliang") && !is_latin("杭州") && !is_latin("123"));
    }

    #[test]
    fn the_nearest_name_sounds_the_same_or_looks_alike() {
        let names = ["上城区", "余杭区", "西湖区", "滨江区"];
        assert_eq!(nearest(names.into_iter(), "余航区"), Some("余杭区"));
        assert_eq!(nearest(names.into_iter(), "西糊区"), Some("西湖区"));
        assert_eq!(nearest(names.into_iter(), "浦东新区"), None);
    }
}
