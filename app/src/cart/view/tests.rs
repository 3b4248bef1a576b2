//! The cart page as the server sends it.

use super::*;
use crate::cart::bulk::{BulkNotice, SharedItem};
use crate::cart::model::{Alternative, CartLine, CartProblem, CartView};
use crate::checkout::model::{CheckoutForm, Totals};
use crate::delivery::arrival::Arrival;
use crate::delivery::model::{Delivery, DeliveryChoice};
use crate::kernel::{Currency, Localized, Money};
use crate::ui::render_test::{assert_wired, html, values};

fn cny(minor: i64) -> Money {
    Money::new(minor, Currency::Cny)
}

fn line(sku: &str, quantity: u32, available: i64, problem: Option<ErrorCode>) -> CartLine {
    CartLine {
        sku: sku.into(),
        slug: "celadon-teapot".into(),
        title: "青瓷茶壶 <1>".into(),
        options: "粉青 · 大".into(),
        picture: None,
        quantity,
        available,
        unit_price: cny(42_800),
        total: cny(42_800 * i64::from(quantity)),
        unit_price_text: "¥428.00".into(),
        total_text: "¥1,284.00".into(),
        problem,
        price_before: None,
        alternatives: Vec::new(),
    }
}

fn told(line: &CartLine) -> Option<CartProblem> {
    let (sku, title, available) = (line.sku.clone(), line.title.clone(), line.available);
    Some(CartProblem { sku, title, code: line.kind_of_problem()?, available })
}

fn post() -> DeliveryChoice {
    let arrival = Arrival { first_day: 20_780, last_day: 20_782 };
    let delivery = Delivery { code: "standard".into(), name: Localized::default(), arrival };
    DeliveryChoice { delivery, about: Localized::default(), price: cny(0), is_chosen: true }
}

fn page(lines: Vec<CartLine>) -> CheckoutPage {
    let is_ready = lines.iter().all(|line| line.problem.is_none());
    let count = lines.iter().map(|line| line.quantity).sum();
    CheckoutPage {
        deliveries: vec![post()],
        cart: CartView {
            problems: lines.iter().filter_map(told).collect(),
            lines,
            count,
            discounts: Vec::new(),
            discounts_html: String::new(),
            subtotal: cny(128_400),
            subtotal_text: "¥1,284.00".into(),
            is_ready,
            saved: Vec::new(),
        },
        help: crate::checkout::model::AddressHelp::default(),
        paste: String::new(),
        totals: Totals {
            subtotal: cny(128_400),
            discount: cny(0),
            shipping: cny(0),
            tax_included: cny(0),
            tax_added: cny(0),
            total: cny(128_400),
            missing_for_free_shipping: None,
        },
        discounts: Vec::new(),
        draft: CheckoutForm::default(),
        wishes: crate::checkout::wishes::WishesForm::default(),
        methods: Vec::new(),
    }
}

fn shown(locale: Locale, page: CheckoutPage, problem: Option<ErrorCode>) -> String {
    let html = html(move || view! { <CartContent locale page problem /> });
    assert_wired(&html);
    html
}

#[test]
fn an_empty_cart_leads_on_and_has_nothing_to_submit() {
    for locale in Locale::ALL {
        let html = shown(locale, page(vec![]), None);
        assert!(html.contains(t::empty_title(locale)), "{html}");
        assert!(values(&html, "href").contains(&href::home(locale).as_str()), "{html}");
        assert!(!html.contains("/api/checkout") && !html.contains("/api/cart/update"), "{html}");
    }
}

#[test]
fn a_ready_cart_leads_to_the_checkout() {
    let html = shown(Locale::Zh, page(vec![line("A", 3, 9, None)]), None);
    assert!(values(&html, "href").contains(&"/zh/checkout"), "{html}");
    assert!(html.contains("青瓷茶壶 &lt;1&gt;"), "{html}");
    assert!(!html.contains(r#"aria-disabled="true""#), "{html}");
}

#[test]
fn a_line_with_too_few_left_says_how_many_and_offers_them() {
    let html = shown(Locale::En, page(vec![line("A", 3, 2, Some(ErrorCode::NotEnoughStock))]), None);
    assert!(html.contains("Only 2 left."), "{html}");
    assert!(html.contains("Change to 2"), "{html}");
    assert!(!values(&html, "href").contains(&"/en/checkout"), "{html}");
    assert!(html.contains(r#"aria-disabled="true""#), "{html}");
    assert!(html.contains(t::blocked(Locale::En)), "{html}");
}

#[test]
fn a_sold_out_line_says_what_to_do() {
    let html = shown(Locale::Zh, page(vec![line("A", 3, 0, Some(ErrorCode::SoldOut))]), None);
    assert!(html.contains(t::line_sold_out(Locale::Zh)), "{html}");
}

#[test]
fn without_javascript_every_button_of_a_line_is_a_form_of_its_own() {
    let html = shown(Locale::En, page(vec![line("A", 3, 9, None), line("B", 1, 9, None)]), None);
    assert_eq!(html.matches(r#"action="/api/cart/remove""#).count(), 2, "{html}");
    assert_eq!(html.matches(r#"name="variant_sku" value="A""#).count(), 5, "{html}");
    assert_eq!(html.matches(r#"action="/api/cart/save""#).count(), 2, "{html}");
    assert!(values(&html, "value").contains(&"2") && values(&html, "value").contains(&"4"), "{html}");
    assert!(html.contains(r#"form="set-A""#) && html.contains(r#"id="set-A""#), "{html}");
}

#[test]
fn a_problem_from_a_plain_form_is_told_at_the_top() {
    let html = shown(Locale::En, page(vec![line("A", 3, 9, None)]), Some(ErrorCode::QuantityInvalid));
    assert!(html.contains(ErrorCode::QuantityInvalid.text(Locale::En)), "{html}");
}

fn around(locale: Locale, page: CheckoutPage, around: Around) -> String {
    let html = html(move || view! { <CartContent locale page around problem=None /> });
    assert_wired(&html);
    html
}

#[test]
fn a_changed_price_is_told_in_both_directions_and_can_be_confirmed() {
    for (before, told) in [(40_000, "上涨了：¥400.00 → ¥428.00"), (45_000, "下降了：¥450.00 → ¥428.00")]
    {
        let changed = CartLine { price_before: Some(cny(before)), ..line("A", 2, 9, None) };
        let html = shown(Locale::Zh, page(vec![changed]), None);
        assert!(html.contains(told), "{html}");
        assert!(html.contains(r#"name="quantity" value="2""#) && html.contains("知道了"), "{html}");
        assert!(html.contains("“青瓷茶壶 &lt;1&gt;”的价格有变化"), "{html}");
        assert!(values(&html, "href").contains(&"/zh/checkout"), "another price blocks nobody: {html}");
    }
}

#[test]
fn every_problem_is_in_the_list_with_a_link_to_its_line() {
    let lines = vec![
        line("A", 3, 2, Some(ErrorCode::NotEnoughStock)),
        line("B", 1, 0, Some(ErrorCode::SoldOut)),
        line("C", 1, 9, Some(ErrorCode::NoPrice)),
        line("D", 1, 9, None),
    ];
    let html = shown(Locale::En, page(lines), None);
    for (link, told) in [("#line-A", "only 2 left"), ("#line-B", "is sold out"), ("#line-C", "not sold in")] {
        assert!(values(&html, "href").contains(&link) && html.contains(told), "{told} in {html}");
    }
    assert!(!values(&html, "href").contains(&"#line-D"), "{html}");
}

#[test]
fn a_sold_out_line_shows_what_can_be_bought_instead() {
    let found = Alternative {
        slug: "ivory-teapot".into(),
        title: "象牙白茶壶".into(),
        price: cny(39_900),
        price_text: "¥399.00".into(),
    };
    let gone = CartLine { alternatives: vec![found], ..line("A", 1, 0, Some(ErrorCode::SoldOut)) };
    let html = shown(Locale::Zh, page(vec![gone]), None);
    assert!(values(&html, "href").contains(&"/zh/p/ivory-teapot") && html.contains("¥399.00"), "{html}");
}

#[test]
fn what_was_put_aside_can_be_put_back_unless_it_is_sold_out() {
    let mut page = page(vec![]);
    page.cart.saved = vec![line("A", 2, 9, None), line("B", 1, 0, Some(ErrorCode::SoldOut))];
    let html = shown(Locale::En, page, None);
    assert!(html.contains(t::saved_note(Locale::En)), "{html}");
    assert_eq!(html.matches(r#"action="/api/cart/restore""#).count(), 1, "{html}");
    assert_eq!(html.matches(r#"action="/api/cart/forget""#).count(), 2, "{html}");
}

#[test]
fn a_link_s_articles_are_offered_by_a_form_and_only_those_that_can_be_bought() {
    let item = |sku: &str, line: Option<CartLine>, problem| SharedItem { sku: sku.into(), line, problem };
    let shared = vec![
        item("A", Some(line("A", 3, 9, None)), None),
        item("B", Some(line("B", 1, 0, None)), Some(ErrorCode::SoldOut)),
        item("?", None, Some(ErrorCode::SkuUnknown)),
    ];
    let html = around(Locale::En, page(vec![]), Around { shared, ..Around::default() });
    assert!(html.contains("3 articles from a link") && html.contains("Add this article"), "{html}");
    assert!(html.contains(r#"name="items" value="A:3""#), "{html}");
    assert!(html.contains(t::unknown_article(Locale::En)), "{html}");
}

#[test]
fn what_became_of_a_list_is_told() {
    let outcome = BulkNotice { added: 2, refused: vec![("JS-X".into(), ErrorCode::SoldOut)] };
    let html = around(Locale::Zh, page(vec![]), Around { outcome: Some(outcome), ..Around::default() });
    assert!(html.contains("已加入 2 种商品") && html.contains("JS-X"), "{html}");
    assert!(html.contains(ErrorCode::SoldOut.text(Locale::Zh)), "{html}");
}

#[test]
fn a_cart_has_a_link_to_pass_on_and_an_empty_one_has_none() {
    let base_url = "https://shop.example".to_owned();
    let full = Around { base_url: base_url.clone(), ..Around::default() };
    let html = around(Locale::En, page(vec![line("A", 3, 9, None), line("B", 1, 9, None)]), full);
    assert!(values(&html, "href").contains(&"/en/cart?items=A:3,B:1"), "{html}");
    assert!(html.contains("https://shop.example/en/cart?items=A:3,B:1"), "{html}");
    let html = around(Locale::En, page(vec![]), Around { base_url, ..Around::default() });
    assert!(!html.contains(t::share(Locale::En)), "{html}");
}

#[test]
fn an_empty_cart_reminds_of_the_order_that_waits_for_its_payment() {
    let waiting = Some(WaitingOrder {
        public_id: crate::kernel::PublicId::new("or", [7; 22]),
        number: "J100001".into(),
        pay_by: time::OffsetDateTime::from_unix_timestamp(1_795_680_300).unwrap(),
    });
    let html = around(Locale::Zh, page(vec![]), Around { waiting, ..Around::default() });
    assert!(html.contains("您的订单 J100001 还在等待付款"), "{html}");
    assert!(values(&html, "href").iter().any(|link| link.starts_with("/zh/orders/or_")), "{html}");
}

#[test]
fn wishes_are_folded_until_there_is_one_and_then_shown_as_they_were_typed() {
    let html = shown(Locale::En, page(vec![line("A", 1, 9, None)]), None);
    assert!(
        html.contains(r#"action="/api/cart/wishes""#) && !html.contains(r#"id="cart-wishes" open"#),
        "{html}"
    );
    let mut typed = page(vec![line("A", 1, 9, None)]);
    typed.wishes.gift = "on".into();
    typed.wishes.gift_message = "祝 <好>".into();
    typed.draft.note = "Leave it with the porter".into();
    let html = shown(Locale::Zh, typed, None);
    assert!(html.contains(r#"id="cart-wishes" open"#), "{html}");
    assert!(html.contains("祝 &lt;好>") && html.contains("Leave it with the porter"), "{html}");
    assert_eq!(html.matches(" checked").count(), 1, "{html}");
    assert!(!shown(Locale::Zh, page(vec![]), None).contains("/api/cart/wishes"), "an empty cart has none");
}

#[test]
fn a_wish_that_is_too_long_is_said_at_its_field_and_not_lost() {
    let mut typed = page(vec![line("A", 1, 9, None)]);
    typed.wishes.gift_message = "长".repeat(201);
    let html = shown(Locale::En, typed.clone(), Some(ErrorCode::TooLong));
    assert!(html.contains(&typed.wishes.gift_message), "{html}");
    let error = html.split(r#"id="field-gift_message-error""#).nth(1).unwrap();
    assert!(error.split("</p>").next().unwrap().contains(ErrorCode::TooLong.text(Locale::En)), "{html}");
    let kept = Around { has_kept_wishes: true, ..Around::default() };
    let html = around(Locale::En, page(vec![line("A", 1, 9, None)]), kept);
    assert!(html.contains("The checkout knows it, too.") && html.contains(r#"role="status""#), "{html}");
}
