//! Lists: filters, facets, pages, and what happens to them when products change.

use super::*;

#[test]
fn a_facet_counts_as_if_its_own_filter_were_not_set() {
    let index = index_of(&shop());
    let group = index.columns.values.find_group("o-colour").unwrap();
    let number = |key| index.columns.values.find(group, key).unwrap();
    let ask = Ask { values: [(group, vec![number("green")])].into(), ..everything() };
    let listed = list(&index, &ask);
    assert_eq!(listed.total, 2);
    let count = |key| listed.values[number(key) as usize];
    assert_eq!((count("green"), count("black"), count("oak")), (2, 3, 1));
    let brands = index.columns.values.find_group("brand").unwrap();
    let north = index.columns.values.find(brands, "north").unwrap();
    assert_eq!(listed.values[north as usize], 1, "other facets count what the filter leaves");
}

#[test]
fn filters_must_hold_for_one_and_the_same_variant() {
    let index = index_of(&shop());
    let group = index.columns.values.find_group("o-colour").unwrap();
    let black = index.columns.values.find(group, "black").unwrap();
    let values: HashMap<u32, Vec<u32>> = [(group, vec![black])].into();
    let ask = Ask { values: values.clone(), in_stock: true, sort: Sort::PriceUp, ..everything() };
    assert_eq!(ids(&index, &list(&index, &ask)), [2, 3], "the black one of product 1 is sold out");
    let ask = Ask { values, price: (Some(40_000), Some(50_000)), ..everything() };
    let listed = list(&index, &ask);
    assert_eq!((ids(&index, &listed), listed.prices, listed.in_stock), (vec![1], Some((29_999, 89_000)), 0));
}

#[test]
fn a_product_that_is_not_sold_in_the_currency_is_not_there() {
    let index = index_of(&shop());
    assert_eq!(list(&index, &Ask { slot: 1, ..everything() }).total, 0);
    assert_eq!(list(&index, &Ask { slot: 9, ..everything() }).total, 0);
}

#[test]
fn pages_are_parts_of_one_order() {
    let index = index_of(&shop());
    let whole = ids(&index, &list(&index, &Ask { sort: Sort::PriceDown, ..everything() }));
    assert_eq!(whole, [3, 5, 1, 2, 4]);
    for first in 0..6 {
        let page = list(&index, &Ask { sort: Sort::PriceDown, page: (first, 2), ..everything() });
        assert_eq!(
            (page.total, ids(&index, &page)),
            (5, whole.iter().skip(first).take(2).copied().collect())
        );
    }
}

#[test]
fn prices_and_stock_change_in_place_and_texts_in_the_fresh_part() {
    let mut index = index_of(&shop());
    let mut changed = shop();
    changed[0].variants[0].prices[0] = Some(Price { minor: 100, is_offer: true });
    index.put(vec![changed[0].clone()]);
    let cheapest = list(&index, &Ask { sort: Sort::PriceUp, on_offer: true, ..everything() });
    assert_eq!((index.columns.len(), ids(&index, &cheapest)), (5, vec![1, 2]));
    changed[0].texts = vec![(Field::Title, "白瓷盖碗".to_owned())];
    index.put(vec![changed[0].clone(), product(8, "新茶壶", "New Teapot", vec![variant("red", 1, true)])]);
    assert_eq!((index.columns.len(), index.count()), (7, 6));
    assert_eq!(seek(&index, Locale::Zh, "盖碗").0, [1]);
    let mut pots = seek(&index, Locale::Zh, "茶壶").0;
    pots.sort_unstable();
    assert_eq!(pots, [2, 8]);
    index.remove(&[Uuid::from_u128(8)]);
    assert_eq!(seek(&index, Locale::Zh, "茶壶").0, [2]);
}

#[test]
fn many_changes_wear_an_index_out() {
    let mut index = index_of(&shop());
    assert!(!index.is_worn());
    let many = (0..2_500).map(|id| product(1_000 + id, "新", "New", vec![])).collect();
    index.put(many);
    assert!(index.is_worn());
}

/// A product whose variants may lack a price, be sold out or be reduced.
fn any_product() -> impl Strategy<Value = Product> {
    let variant =
        (prop::sample::select(vec!["red", "green", "black"]), prop::option::of(1_i64..1_000), any::<bool>());
    let variants = prop::collection::vec(variant, 0..4);
    (1_u128..1_000, variants, 0_u32..9, 0_i32..900).prop_map(|(id, variants, sold, age)| {
        let variants = variants.into_iter().map(|(colour, minor, is_available)| Variant {
            prices: [minor.map(|minor| Price { minor, is_offer: minor % 3 == 0 }), None, None, None],
            ..variant_of(colour, is_available)
        });
        Product { sold, launch_day: TODAY - age, ..product(id, "茶壶", "Teapot", variants.collect()) }
    })
}

fn variant_of(colour: &str, is_available: bool) -> Variant {
    Variant { is_available, ..variant(colour, 1, true) }
}

#[test]
fn a_new_edition_tells_of_every_change_that_a_list_shows_and_of_no_other() {
    let (mut index, mut products) = (index_of(&shop()), shop());
    let put = |index: &mut Index, product: &Product| {
        let before = index.edition();
        index.put(vec![product.clone()]);
        index.edition() != before
    };
    assert!(!put(&mut index, &products[0]));
    products[0].sold += 7;
    assert!(!put(&mut index, &products[0]));
    products[0].variants[0].is_available = false;
    assert!(put(&mut index, &products[0]));
    products[0].published_at = 3;
    assert!(put(&mut index, &products[0]));
    products[0].texts.clear();
    assert!(put(&mut index, &products[0]));
    let before = index.edition();
    index.remove(&[]);
    assert_eq!(index.edition(), before);
    index.remove(&[products[1].id]);
    index.weigh(Weights { rank_stock: 1, ..Weights::default() });
    assert_eq!(index.edition(), before + 2);
    let mut next = index_of(&products);
    next.follow(&index);
    assert!(next.edition() > index.edition());
}

proptest! {
    #[test]
    fn any_page_is_answered(first in any::<usize>(), length in 0_usize..100) {
        let index = index_of(&shop());
        let listed = list(&index, &Ask { page: (first, length), ..everything() });
        prop_assert!(listed.products.len() <= length);
    }

    #[test]
    fn a_list_counted_by_product_is_the_list_counted_by_variant(
        products in prop::collection::vec(any_product(), 0..30), sort in prop::sample::select(Sort::ALL.to_vec()),
    ) {
        let index = index_of(&products);
        let whole = list(&index, &Ask { sort, ..everything() });
        // A filter that everything passes leads the other way.
        let narrowed = list(&index, &Ask { sort, price: (Some(0), None), ..everything() });
        prop_assert_eq!(&whole, &narrowed);
        let bare = list(&index, &Ask { sort, with_facets: false, ..everything() });
        prop_assert_eq!((bare.total, bare.products), (whole.total, whole.products));
    }
}
