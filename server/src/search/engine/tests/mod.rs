//! A small shop in memory: what is found, in which order, and how lists are narrowed.

use super::listing::{Ask, Listed, list};
use super::matching::{Fit, Seeker};
use super::product::{Category, Field, Price, Product, Text, Value, Variant};
use super::weights::Weights;
use super::*;
use crate::search::analysis::synonyms::Synonyms;
use crate::search::analysis::{fold, words};
use app::kernel::{Locale, Localized};
use app::search::model::Sort;
use proptest::prelude::*;

mod lists;

const TODAY: i32 = 2_461_000;

fn value(group: &str, key: &str) -> Value {
    let text = |text: &str| Text { zh: String::new(), en: text.to_owned() };
    Value { group: group.into(), group_name: text(group), key: key.into(), label: text(key) }
}

fn variant(colour: &str, minor: i64, is_available: bool) -> Variant {
    let price = Some(Price { minor, is_offer: minor % 100 == 99 });
    Variant { values: vec![value("o-colour", colour)], prices: [price, None, None, None], is_available }
}

fn product(id: u128, zh: &str, en: &str, variants: Vec<Variant>) -> Product {
    Product {
        id: Uuid::from_u128(id),
        texts: vec![(Field::Title, zh.to_owned()), (Field::Title, en.to_owned())],
        codes: vec![format!("JS-AB{id:02}-RED"), format!("20000923721{id:02}")],
        category: Uuid::from_u128(900 + id % 2),
        launch_day: TODAY - 400,
        published_at: 0,
        updated_at: 1,
        sold: 0,
        values: vec![value("brand", if id < 3 { "south" } else { "north" })],
        variants,
    }
}

fn category(id: u128, slug: &str) -> Category {
    Category { id: Uuid::from_u128(id), slug: slug.into(), parent: None, name: Localized::default() }
}

fn shop() -> Vec<Product> {
    vec![
        product(
            1,
            "青瓷提梁茶壶",
            "Celadon Teapot",
            vec![variant("green", 42_800, true), variant("black", 45_000, false)],
        ),
        product(2, "粗陶茶壶", "Stoneware Teapots", vec![variant("black", 29_999, true)]),
        product(3, "平衡臂台灯", "Counterweight Desk Lamp", vec![variant("black", 89_000, true)]),
        product(4, "橡木储物罐三件套装", "Oak Storage Jars", vec![variant("oak", 12_000, false)]),
        product(5, "手工机械键盘", "Mechanical Keyboard", vec![variant("green", 70_000, true)]),
    ]
}

fn index_of(products: &[Product]) -> Index {
    let mut builder = Index::builder(vec![category(900, "even"), category(901, "odd")]);
    products.iter().for_each(|product| builder.add(product));
    builder.finish(Weights::default())
}

fn ids(index: &Index, listed: &Listed) -> Vec<u128> {
    let facts = listed.products.iter().filter_map(|number| index.columns.facts(*number));
    facts.map(|facts| facts.id.as_u128()).collect()
}

/// Looks for a text; gives the ids in their order, and how it was understood.
fn seek(index: &Index, locale: Locale, text: &str) -> (Vec<u128>, Fit) {
    let synonyms = Synonyms::parse("mug, cup, 杯子\nkettle => teapot");
    let found = Seeker { index, synonyms: &synonyms, locale, is_typing: true, now: 5 }.seek(text);
    let listed = list(index, &Ask { text: Some(&found.scores), ..everything() });
    (ids(index, &listed), found.fit)
}

fn everything() -> Ask<'static> {
    Ask {
        text: None,
        scope: None,
        categories: vec![],
        values: HashMap::new(),
        is_impossible: false,
        price: (None, None),
        in_stock: false,
        on_offer: false,
        slot: 0,
        sort: Sort::Relevance,
        page: (0, 10),
        with_facets: true,
        now: 5,
        today: TODAY,
    }
}

fn found(text: &str) -> Vec<u128> {
    let mut ids = seek(&index_of(&shop()), Locale::Zh, text).0;
    ids.sort_unstable();
    ids
}

#[test]
fn chinese_is_found_by_words_characters_and_pairs_that_cover_the_text() {
    assert_eq!(found("茶壶"), [1, 2]);
    assert_eq!(found("壶"), [1, 2]);
    assert_eq!(found("青瓷 茶壶"), [1]);
    assert_eq!(found("青瓷茶壶"), [1]);
    assert_eq!(found("储物套装"), [4]);
    assert_eq!(seek(&index_of(&shop()), Locale::Zh, "手机").1, Fit::Near, "手 and 机 apart are no 手机");
}

#[test]
fn traditional_characters_and_full_width_letters_are_the_same() {
    assert_eq!(found("青瓷茶壺"), [1]);
    assert_eq!(found("ｔｅａｐｏｔ"), [1, 2]);
}

#[test]
fn pinyin_finds_with_and_without_tones_in_parts_and_by_first_letters() {
    for text in ["chahu", "chá hú", "cha hu", "cha2hu2", "chah"] {
        assert_eq!(found(text), [1, 2], "{text}");
    }
    assert_eq!(found("qctl"), [1]);
    assert_eq!(found("ch"), [1, 2, 4], "茶壶 by its first letters, 储 by its beginning");
    assert_eq!(found("taideng"), [3]);
    assert_eq!(seek(&index_of(&shop()), Locale::En, "chahu").0.len(), 2, "in English too, when no word fits");
}

#[test]
fn english_is_found_by_word_stem_beginning_and_in_spite_of_slips() {
    assert_eq!(found("teapot"), [1, 2]);
    assert_eq!(found("teapots"), [1, 2]);
    assert_eq!(found("tea"), [1, 2]);
    assert_eq!(found("desk lamps"), [3]);
    let index = index_of(&shop());
    assert_eq!(seek(&index, Locale::En, "keybaord"), (vec![5], Fit::Mended("keyboard".into())));
    assert_eq!(seek(&index, Locale::En, "celadn teapot").1, Fit::Mended("celadon teapot".into()));
    assert_eq!(seek(&index, Locale::En, "lam").1, Fit::Exact);
}

#[test]
fn synonyms_find_what_is_called_otherwise_but_count_less() {
    let mut products = shop();
    products.push(product(6, "马克杯", "Mug", vec![variant("red", 100, true)]));
    products.push(product(7, "杯", "Cup", vec![variant("red", 100, true)]));
    let index = index_of(&products);
    assert_eq!(seek(&index, Locale::En, "cup").0, [7, 6]);
    assert_eq!(seek(&index, Locale::En, "kettle").0.len(), 2);
}

#[test]
fn codes_are_found_whole_with_or_without_their_hyphens() {
    assert_eq!(found("JS-AB03-RED"), [3]);
    assert_eq!(found("jsab03red"), [3]);
    assert_eq!(found("2000092372103"), [3]);
    assert_eq!(found("js-ab04"), [4]);
}

#[test]
fn the_wrong_character_for_the_right_sound_is_understood() {
    assert_eq!(seek(&index_of(&shop()), Locale::Zh, "清瓷"), (vec![1], Fit::Sound));
}

#[test]
fn when_nothing_fits_what_comes_near_is_shown() {
    let index = index_of(&shop());
    assert_eq!(seek(&index, Locale::En, "purple teapot"), (vec![1, 2], Fit::Near));
    assert_eq!(seek(&index, Locale::En, "zzqqxx").1, Fit::Nothing);
}

#[test]
fn stock_sales_and_freshness_order_what_fits_equally() {
    let mut products = shop();
    products[1].sold = 500;
    let index = index_of(&products);
    assert_eq!(seek(&index, Locale::Zh, "茶壶").0, [2, 1]);
    products[1].variants[0].is_available = false;
    let index = index_of(&products);
    assert_eq!(seek(&index, Locale::Zh, "茶壶").0, [1, 2]);
}

#[test]
fn what_is_published_later_is_not_there_yet() {
    let mut products = shop();
    products[2].published_at = 6;
    let index = index_of(&products);
    assert_eq!(
        (list(&index, &everything()).total, list(&index, &Ask { now: 6, ..everything() }).total),
        (4, 5)
    );
    assert!(seek(&index, Locale::Zh, "台灯").0.is_empty());
}

/// Words of few letters, so that some are beginnings of others and most products have several.
const TEXT: &str = "([a-c]{1,4}|茶|壶茶)( ([a-c]{1,4}|茶)){0,4}";

proptest! {
    #[test]
    fn several_words_find_what_each_of_them_finds_whichever_is_looked_for_first(
        titles in prop::collection::vec(TEXT, 1..60), text in TEXT, is_typing: bool, with_sound: bool,
    ) {
        let products: Vec<Product> =
            (1..).zip(&titles).map(|(id, title)| product(id, "", title, vec![])).collect();
        let (index, synonyms) = (index_of(&products), Synonyms::parse(""));
        let seeker = Seeker { index: &index, synonyms: &synonyms, locale: Locale::En, is_typing, now: 5 };
        let words = words(&fold(&text));
        let mut each: Vec<_> = words
            .iter()
            .enumerate()
            .map(|(at, word)| seeker.word(word, is_typing && at + 1 == words.len(), with_sound))
            .collect();
        let mut expected = each.remove(0);
        each.iter().for_each(|one| expected.and(one));
        expected.divide(words.len());
        let found = seeker.every_word(&words, with_sound);
        prop_assert_eq!(found.hits().collect::<Vec<_>>(), expected.hits().collect::<Vec<_>>());
    }

    #[test]
    fn any_text_is_answered(text in "\\PC{0,40}|[a-z茶壶青 %_*-]{0,90}") {
        let index = index_of(&shop());
        for locale in Locale::ALL {
            let _ = seek(&index, locale, &text);
        }
    }
}
