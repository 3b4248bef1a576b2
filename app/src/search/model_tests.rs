use super::*;
use proptest::prelude::*;

fn read(query: &[(&str, &str)]) -> Option<ListRequest> {
    let pairs: Vec<(String, String)> =
        query.iter().map(|(key, value)| ((*key).to_owned(), (*value).to_owned())).collect();
    ListRequest::parse(&pairs, None, Currency::Cny)
}

#[test]
fn a_list_s_address_reads_back() {
    let query = [
        ("q", "tea & 茶"),
        ("brand", "muyin"),
        ("cat", "teaware"),
        ("o-colour", "celadon"),
        ("o-colour", "ivory"),
        ("min", "12.50"),
        ("max", "300"),
        ("stock", "1"),
        ("sort", "price"),
    ];
    let list = read(&query).unwrap();
    assert_eq!(
        list.query(Currency::Cny),
        "q=tea%20%26%20%E8%8C%B6&brand=muyin&cat=teaware&o-colour=celadon&o-colour=ivory&min=12.50&max=300&stock=1&sort=price"
    );
    assert_eq!(ListRequest::parse(&list.pairs(Currency::Cny), None, Currency::Cny), Some(list.clone()));
    assert_eq!(list.filters.count(), 6);
}

#[test]
fn rubbish_counts_as_not_given_but_an_impossible_page_is_refused() {
    let list = read(&[
        ("sort", "drop table"),
        ("min", "-5"),
        ("max", "1e9"),
        ("stock", "yes"),
        ("evil", "x"),
        ("o-", "x"),
        ("tag", ""),
    ]);
    assert_eq!(list.map(|list| list.query(Currency::Cny)), Some(String::new()));
    for page in ["0", "-1", "999999999", "x"] {
        assert_eq!(read(&[("page", page)]), None, "{page}");
    }
}

#[test]
fn prices_are_read_in_the_currency_s_own_decimals() {
    let minor = |text, currency| parse_price(text, currency);
    assert_eq!(minor("12.5", Currency::Cny), Some(1250));
    assert_eq!(minor(" １２ ", Currency::Usd), Some(1200));
    assert_eq!((minor("12.5", Currency::Jpy), minor("12", Currency::Jpy)), (None, Some(12)));
    assert_eq!(minor("0.125", Currency::Kwd), Some(125));
    for text in ["", ".5", "1.234", "--1", "1,000", "9999999999999", "NaN"] {
        assert_eq!(minor(text, Currency::Cny), None, "{text}");
    }
    assert_eq!(
        (price_text(1250, Currency::Cny), price_text(1205, Currency::Usd)),
        ("12.50".into(), "12.05".into())
    );
}

#[test]
fn a_range_that_is_upside_down_is_turned() {
    let list = read(&[("min", "300"), ("max", "100")]).unwrap();
    assert_eq!((list.filters.least, list.filters.most), (Some(10_000), Some(30_000)));
}

#[test]
fn a_change_goes_back_to_the_first_page_and_twice_is_none() {
    let list = read(&[("q", "tea"), ("page", "3")]).unwrap();
    let once = list.with(Change::Toggle("tag", "gift"));
    assert_eq!((once.page, once.filters.has("tag", "gift")), (PageNumber::FIRST, true));
    assert_eq!(once.with(Change::Toggle("tag", "gift")), list.with(Change::AnyPrice));
    let full = once.with(Change::InStock).with(Change::OnOffer).with(Change::Sort(Sort::Sales));
    assert_eq!(full.filters.count(), 3);
    assert_eq!(full.with(Change::Everything).filters, Filters::default());
}

#[test]
fn a_category_s_list_takes_no_text() {
    let pairs = vec![("q".to_owned(), "tea".to_owned())];
    let list = ListRequest::parse(&pairs, Slug::parse("teaware"), Currency::Cny).unwrap();
    assert_eq!(list.text, "");
}

#[test]
fn texts_are_plain_and_short() {
    assert_eq!(plain_text("  Ｔea\u{0}POT   茶壶 "), "Tea POT 茶壶");
    assert_eq!(plain_text(&"长".repeat(10_000)).chars().count(), LONGEST_TEXT);
}

proptest! {
    #[test]
    fn any_query_is_read_and_its_address_reads_back(pairs in prop::collection::vec(("\\PC{0,12}|q|cat|tag|o-x|min|max|sort|stock", "\\PC{0,12}|[0-9.]{0,6}|1"), 0..12)) {
        if let Some(list) = ListRequest::parse(&pairs, None, Currency::Usd) {
            let again = ListRequest::parse(&list.pairs(Currency::Usd), None, Currency::Usd);
            prop_assert_eq!(again, Some(list));
        }
    }
}
