//! The cart page as the server sends it.

use super::*;
use crate::cart::model::CartView;
use crate::checkout::model::{CheckoutForm, Totals};
use crate::kernel::{Currency, Money};
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
    }
}

fn page(lines: Vec<CartLine>) -> CheckoutPage {
    let is_ready = lines.iter().all(|line| line.problem.is_none());
    let count = lines.iter().map(|line| line.quantity).sum();
    CheckoutPage {
        cart: CartView { lines, count, subtotal: cny(128_400), subtotal_text: "¥1,284.00".into(), is_ready },
        totals: Totals {
            subtotal: cny(128_400),
            shipping: cny(0),
            tax_included: cny(0),
            total: cny(128_400),
            missing_for_free_shipping: None,
        },
        draft: CheckoutForm::default(),
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
        assert!(!html.contains("<form"), "{html}");
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
    assert_eq!(html.matches(r#"name="variant_sku" value="A""#).count(), 4, "{html}");
    assert!(values(&html, "value").contains(&"2") && values(&html, "value").contains(&"4"), "{html}");
    assert!(html.contains(r#"form="set-A""#) && html.contains(r#"id="set-A""#), "{html}");
}

#[test]
fn a_problem_from_a_plain_form_is_told_at_the_top() {
    let html = shown(Locale::En, page(vec![line("A", 3, 9, None)]), Some(ErrorCode::QuantityInvalid));
    assert!(html.contains(ErrorCode::QuantityInvalid.text(Locale::En)), "{html}");
}
