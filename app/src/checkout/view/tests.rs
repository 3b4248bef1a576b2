//! The checkout page as the server sends it.

use super::*;
use crate::cart::model::{CartLine, CartView};
use crate::checkout::model::AddressHelp;
use crate::checkout::wishes::WishesForm;
use crate::delivery::arrival::Arrival;
use crate::delivery::model::{Delivery, DeliveryChoice};
use crate::kernel::Localized;
use crate::payments::model::PaymentMethod;
use crate::ui::render_test::{assert_wired, html, values};

fn cny(minor: i64) -> Money {
    Money::new(minor, Currency::Cny)
}

fn line(problem: Option<ErrorCode>) -> CartLine {
    CartLine {
        sku: "A".into(),
        slug: "celadon-teapot".into(),
        title: "Teapot".into(),
        options: "Large".into(),
        picture: None,
        quantity: 2,
        available: 1,
        unit_price: cny(10_000),
        total: cny(20_000),
        unit_price_text: "CN¥100.00".into(),
        total_text: "CN¥200.00".into(),
        problem,
        price_before: None,
        alternatives: Vec::new(),
    }
}

fn choice(code: &str, minor: i64, is_chosen: bool) -> DeliveryChoice {
    let text = |text: &str| Localized { zh: text.into(), en: text.into() };
    let arrival = Arrival { first_day: 20_780, last_day: 20_782 };
    let delivery = Delivery { code: code.into(), name: text(code), arrival };
    DeliveryChoice { delivery, about: text("by hand"), price: cny(minor), is_chosen }
}

fn page(problem: Option<ErrorCode>, draft: CheckoutForm) -> CheckoutPage {
    let cart = CartView {
        lines: vec![line(problem)],
        count: 2,
        discounts: Vec::new(),
        discounts_html: String::new(),
        subtotal: cny(20_000),
        subtotal_text: "CN¥200.00".into(),
        is_ready: problem.is_none(),
        problems: Vec::new(),
        saved: Vec::new(),
    };
    let totals = Totals {
        subtotal: cny(20_000),
        discount: cny(0),
        shipping: cny(1_200),
        tax_included: cny(2_439),
        tax_added: cny(0),
        total: cny(21_200),
        missing_for_free_shipping: Some(cny(9_900)),
    };
    let wishes = WishesForm::default();
    let (help, paste) = (AddressHelp::default(), String::new());
    let (methods, discounts) = (PaymentMethod::ALL.to_vec(), Vec::new());
    let deliveries = vec![choice("standard", 1_200, true), choice("express", 2_200, false)];
    CheckoutPage { cart, totals, discounts, draft, wishes, deliveries, methods, help, paste }
}

fn draft() -> CheckoutForm {
    CheckoutForm {
        name: "李雷 \"<b>\"".into(),
        phone: "123".into(),
        country: "US".into(),
        expected_total: "20000".into(),
        currency: "CNY".into(),
        ..CheckoutForm::default()
    }
}

fn shown(locale: Locale, page: CheckoutPage, problem: Option<ErrorCode>) -> String {
    let html = html(move || view! { <CheckoutContent locale page problem /> });
    assert_wired(&html);
    html
}

#[test]
fn a_form_that_comes_back_shows_every_error_beside_its_field_and_in_a_list() {
    for locale in Locale::ALL {
        let html = shown(locale, page(None, draft()), Some(ErrorCode::Required));
        let wrong = ["email", "phone", "region", "city", "line1", "postcode"];
        assert_eq!(html.matches(r#"aria-invalid="true""#).count(), wrong.len(), "{html}");
        for name in wrong {
            assert!(values(&html, "href").contains(&format!("#field-{name}").as_str()), "{name} in {html}");
        }
        assert!(html.contains(ErrorCode::PhoneInvalid.text(locale)), "{html}");
        assert!(html.contains(r#"value="李雷 &quot;&lt;b&gt;&quot;""#), "{html}");
        assert!(html.contains("autofocus"), "{html}");
    }
}

#[test]
fn a_page_opened_anew_shows_no_errors_even_for_a_half_filled_draft() {
    let html = shown(Locale::En, page(None, draft()), None);
    assert!(!html.contains("aria-invalid") && !html.contains("autofocus"), "{html}");
    assert!(html.contains(r#"value="US" selected"#), "{html}");
}

#[test]
fn a_changed_total_is_told_with_the_amounts_before_and_now() {
    let html = shown(Locale::En, page(None, draft()), Some(ErrorCode::TotalChanged));
    assert!(html.contains("from CN¥200.00 to CN¥212.00"), "{html}");
    assert!(html.contains(r#"name="expected_total" value="21200""#), "{html}");
    assert!(html.contains("<details") && html.contains(" open"), "{html}");
}

#[test]
fn every_way_of_delivery_tells_its_price_and_its_days_and_one_is_chosen() {
    let html = shown(Locale::En, page(None, draft()), None);
    assert!(html.contains("Arrives Mon 23 Nov to Wed 25 Nov") && html.contains("CN¥22.00"), "{html}");
    assert!(html.contains(r#"name="delivery" value="standard" id="field-delivery" checked"#), "{html}");
    assert_eq!(html.matches(r#"name="delivery""#).count(), 2, "{html}");
}

#[test]
fn a_way_that_is_not_offered_and_a_parcel_that_is_too_heavy_are_said_at_their_place() {
    let code = ErrorCode::DeliveryUnavailable;
    for locale in Locale::ALL {
        let mut page = page(None, draft());
        page.deliveries.clear();
        let html = shown(locale, page, Some(code));
        assert!(html.contains(t::unsendable(locale)), "{html}");
        assert!(html.contains(t::no_delivery(locale)) && html.contains(code.text(locale)), "{html}");
        assert!(values(&html, "href").contains(&"#field-delivery"), "{html}");
    }
}

#[test]
fn an_article_that_sold_out_blocks_the_button_and_leads_to_the_cart() {
    for (problem, told) in
        [(Some(ErrorCode::SoldOut), t::stock_changed(Locale::Zh)), (None, t::cart_blocked(Locale::Zh))]
    {
        let html = shown(Locale::Zh, page(Some(ErrorCode::SoldOut), draft()), problem);
        assert!(html.contains(told), "{html}");
        let mut buttons = html.split("<button").skip(1).filter_map(|rest| rest.split('>').next());
        assert!(
            buttons.next().unwrap().contains(" hidden disabled"),
            "the Enter key does not place it either: {html}"
        );
        assert!(
            buttons.any(|button| button.contains("checkout-place") && button.contains(" disabled")),
            "{html}"
        );
        assert!(values(&html, "href").contains(&"/zh/cart"), "{html}");
    }
}

#[test]
fn every_field_has_its_autofill_token_and_keyboard() {
    let html = shown(Locale::Zh, page(None, CheckoutForm::default()), None);
    for token in [
        "email",
        "shipping name",
        "shipping tel",
        "shipping country",
        "shipping address-level1",
        "shipping address-level2",
        "shipping address-level3",
        "shipping address-line1",
        "shipping postal-code",
    ] {
        assert!(values(&html, "autocomplete").contains(&token), "{token} in {html}");
    }
    assert!(html.contains(r#"value="CN" selected"#), "{html}");
    assert!(html.contains("提交订单 · ¥212.00"), "{html}");
}

#[test]
fn an_empty_cart_shows_no_form() {
    let mut empty = page(None, draft());
    empty.cart.lines.clear();
    let html = shown(Locale::En, empty, Some(ErrorCode::CartEmpty));
    assert!(!html.contains("<form"), "{html}");
    assert!(html.contains(t::empty_title(Locale::En)), "{html}");
}

#[test]
fn wishes_are_folded_until_somebody_has_one_and_their_errors_are_told() {
    let folded = shown(Locale::Zh, page(None, draft()), None);
    assert!(
        folded.contains("礼品包装和发票") && !folded.contains("<details open class=\"form-group"),
        "{folded}"
    );
    let mut wished = page(None, CheckoutForm { country: "CN".into(), ..draft() });
    wished.wishes.invoice = "company".into();
    wished.wishes.tax_number = "123".into();
    for locale in Locale::ALL {
        let html = shown(locale, wished.clone(), Some(ErrorCode::TaxNumberInvalid));
        assert!(
            html.contains("<details open class=\"form-group") && html.contains(r#"value="company""#),
            "{html}"
        );
        assert!(html.contains(ErrorCode::TaxNumberInvalid.text(locale)), "{html}");
        for field in ["#field-invoice_title", "#field-tax_number"] {
            assert!(values(&html, "href").contains(&field), "{field} in {html}");
        }
    }
}

#[test]
fn what_is_agreed_to_is_one_sentence_with_links_and_no_box_to_tick() {
    let html = shown(Locale::En, page(None, draft()), None);
    for topic in ["shipping", "returns", "privacy"] {
        assert!(values(&html, "href").contains(&format!("/en/help/{topic}").as_str()), "{topic} in {html}");
    }
    assert!(!html.contains("terms_accepted"), "{html}");
}
