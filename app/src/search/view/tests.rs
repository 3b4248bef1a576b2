use super::*;
use crate::catalog::model::ProductCard;
use crate::kernel::{Currency, Locale, Money, Page, PageNumber};
use crate::search::model::{
    Facet, FacetValue, Facets, Filters as Chosen, List, ListRequest, Sort, SuggestedCategory,
    SuggestedProduct, Suggestions, Understood,
};

fn request() -> ListRequest {
    let filters = Chosen { values: [("o-colour".to_owned(), "red".to_owned())].into(), ..Chosen::default() };
    ListRequest {
        text: "tea".into(),
        category: None,
        filters,
        sort: Sort::default(),
        page: PageNumber::FIRST,
    }
}

fn facets(count: usize) -> Facets {
    let value = |number: usize| FacetValue {
        key: if number == 0 { "red".into() } else { format!("v{number}") },
        label: format!("<Label {number}>"),
        count: 3,
        is_chosen: number == 0,
    };
    let colour =
        Facet { group: "o-colour".into(), name: "Colour".into(), values: (0..count).map(value).collect() };
    let money = |minor| Money::new(minor, Currency::Usd);
    Facets { groups: vec![colour], prices: Some((money(500), money(9050))), in_stock: 4, on_offer: 0 }
}

fn html(items: Vec<ProductCard>, count: usize) -> String {
    let total = items.len() as u64;
    let list = List {
        products: Page { items, total, number: 1, per_page: 24 },
        marks: vec![],
        facets: facets(count),
        understood: Understood::AsWritten,
        popular: vec![],
    };
    view! {
        <Results
            locale=Locale::En
            currency=Currency::Usd
            request=request()
            list
            path="/en/search".to_owned()
        />
    }
    .to_html()
}

#[test]
fn a_value_is_a_link_that_chooses_it_and_a_chosen_one_leaves_it_out() {
    let html = html(vec![], 3);
    assert!(html.contains(r#"href="/en/search?q=tea&amp;o-colour=red&amp;o-colour=v1""#), "{html}");
    assert!(html.contains(r#"href="/en/search?q=tea""#) && html.contains(r#"aria-current="true""#), "{html}");
    assert!(html.contains("&lt;Label 1&gt;") && !html.contains("<Label"), "{html}");
}

#[test]
fn many_values_are_folded_but_never_the_chosen_one() {
    assert!(!html(vec![], 6).contains("<details"));
    let many = html(vec![], 12);
    let (shown, folded) = many.split_once("<details").unwrap();
    assert!(shown.contains("Label 0") && folded.contains("Label 11") && !folded.contains("aria-current"));
}

#[test]
fn the_price_form_keeps_the_rest_of_the_list() {
    let html = html(vec![], 3);
    assert!(html.contains(r#"name="o-colour""#) && html.contains(r#"value="red""#), "{html}");
    assert!(html.contains(r#"placeholder="90.50""#) && html.contains(r#"name="min""#), "{html}");
}

#[test]
fn nothing_under_these_filters_says_so_and_offers_to_clear_them() {
    let html = html(vec![], 3);
    assert!(html.contains("Nothing fits all of these filters") && html.contains("Clear all"), "{html}");
}

#[test]
fn a_title_is_marked_and_escaped() {
    let html = marked("<b>Tea</b>pot", &vec![(3, 6)]).to_html();
    assert!(html.contains("&lt;b&gt;") && html.contains(r#"<mark class="mark">Tea</mark>"#), "{html}");
    let _ = marked("茶", &vec![(1, 2), (9, 10)]).to_html();
}

#[test]
fn suggestions_are_options_with_ids_in_their_order() {
    let product = SuggestedProduct {
        slug: "teapot".into(),
        title: "Teapot".into(),
        marks: vec![(0, 3)],
        picture: Some("/media/a.webp".into()),
        price: Money::new(6200, Currency::Usd),
        is_from: true,
        in_stock: true,
    };
    let suggestions = Suggestions {
        text: "tea".into(),
        hits: 9,
        products: vec![product],
        categories: vec![SuggestedCategory { slug: "teaware".into(), name: "Teaware".into() }],
        queries: vec!["tea tin".into()],
        ..Suggestions::default()
    };
    let (html, count) = fragment(Locale::En, "header-q", &suggestions);
    assert_eq!((count, html.matches(r#"role="option""#).count()), (4, 4), "{html}");
    for id in 0..4 {
        assert!(html.contains(&format!(r#"id="header-q-{id}""#)), "{html}");
    }
    assert!(
        html.contains("/en/search?q=tea%20tin") && html.contains("See all 9") && html.contains("$62.00"),
        "{html}"
    );
    assert_eq!(fragment(Locale::Zh, "x", &Suggestions::default()).1, 0);
}
