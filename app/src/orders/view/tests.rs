//! The order page as the server sends it.

use super::*;
use crate::checkout::model::Totals;
use crate::kernel::{CountryCode, Currency, Money, Phone, PublicId};
use crate::orders::model::{FulfillmentStatus, PaymentStatus};
use crate::payments::model::PaymentMethod;
use crate::ui::render_test::{assert_wired, html};

fn order() -> OrderPage {
    let cny = |minor| Money::new(minor, Currency::Cny);
    let placed_at = OffsetDateTime::from_unix_timestamp(1_795_680_300).unwrap();
    OrderPage {
        public_id: PublicId::new("or", [7; 22]),
        number: "JS-1001".into(),
        status: OrderStatus::Placed,
        payment_status: PaymentStatus::Pending,
        fulfillment_status: FulfillmentStatus::Unfulfilled,
        placed_at,
        payment_method: PaymentMethod::CashOnDelivery,
        lines: vec![OrderLine {
            sku: "A".into(),
            slug: "celadon-teapot".into(),
            title: "Teapot".into(),
            options: "Large".into(),
            picture: None,
            quantity: 2,
            unit_price: cny(10_000),
            total: cny(20_000),
        }],
        totals: Totals {
            subtotal: cny(20_000),
            shipping: cny(1_200),
            tax_included: cny(2_439),
            total: cny(21_200),
            missing_for_free_shipping: None,
        },
        address: Address {
            name: "李雷".into(),
            phone: Phone::parse("13800138000").unwrap(),
            country: CountryCode::CN,
            region: "浙江省".into(),
            city: "杭州市".into(),
            district: "西湖区".into(),
            line1: "龙井路 1 号".into(),
            postcode: String::new(),
        },
        email: "li@example.com".into(),
        note: "放门卫 <script>".into(),
        events: vec![(OrderEventKind::Placed, placed_at)],
    }
}

fn shown(locale: Locale, order: OrderPage, minutes_later: i64) -> String {
    let now = order.placed_at + Duration::minutes(minutes_later);
    let html = html(move || view! { <OrderContent locale order now /> });
    assert_wired(&html);
    html
}

#[test]
fn a_fresh_order_is_thanked_for_and_a_later_look_is_not() {
    for locale in Locale::ALL {
        let fresh = shown(locale, order(), 9);
        assert!(fresh.contains(t::thanks(locale)) && fresh.contains("JS-1001"), "{fresh}");
        let later = shown(locale, order(), 10);
        assert!(!later.contains(t::thanks(locale)), "{later}");
        assert!(later.contains(&t::title(locale, "JS-1001")), "{later}");
    }
}

#[test]
fn the_amount_to_have_ready_is_told_in_both_languages() {
    assert!(shown(Locale::Zh, order(), 0).contains("请准备好 ¥212.00 现金"));
    assert!(shown(Locale::En, order(), 0).contains("have CN¥212.00 in cash ready"));
}

#[test]
fn every_combination_of_statuses_has_its_own_words_in_both_languages() {
    for locale in Locale::ALL {
        for status in OrderStatus::ALL {
            for payment in PaymentStatus::ALL {
                for fulfillment in FulfillmentStatus::ALL {
                    let order = OrderPage {
                        status: *status,
                        payment_status: *payment,
                        fulfillment_status: *fulfillment,
                        ..order()
                    };
                    let next = next_step(locale, &order);
                    let html = shown(locale, order, 60);
                    assert!(next.chars().count() > 8 && html.contains(&next), "{next} in {html}");
                    assert!(html.contains(t::payment_status(locale, *payment)), "{html}");
                    assert!(html.contains(t::fulfillment_status(locale, *fulfillment)), "{html}");
                }
            }
        }
    }
}

#[test]
fn a_cancelled_order_asks_for_no_money() {
    let order = OrderPage {
        status: OrderStatus::Cancelled,
        payment_status: PaymentStatus::Voided,
        fulfillment_status: FulfillmentStatus::Cancelled,
        ..order()
    };
    let html = shown(Locale::En, order, 0);
    assert!(html.contains("There is nothing to pay"), "{html}");
    assert!(!html.contains(t::thanks(Locale::En)), "{html}");
}

#[test]
fn what_a_shopper_typed_is_shown_as_text() {
    let html = shown(Locale::Zh, order(), 0);
    assert!(html.contains("放门卫 &lt;script&gt;"), "{html}");
    assert!(html.contains("浙江省 杭州市 西湖区"), "{html}");
    assert!(html.contains(r#"datetime="2026-11-26T08:05:00Z""#), "{html}");
}
