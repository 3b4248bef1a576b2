//! The order page as the server sends it.

use super::*;
use crate::checkout::model::Totals;
use crate::kernel::{CountryCode, Currency, Money, Phone, PublicId};
use crate::orders::model::PaymentStatus;
use crate::payments::model::{AttemptState, Decline, PayOffer, PaymentMethod};
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
        offer: None,
        is_expired: false,
        can_cancel: false,
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

fn unpaid(state: AttemptState, decline: Option<Decline>) -> OrderPage {
    let order = order();
    OrderPage {
        payment_status: PaymentStatus::None,
        payment_method: PaymentMethod::Sandbox,
        offer: Some(PayOffer {
            current: PaymentMethod::Sandbox,
            state,
            decline,
            pay_by: order.placed_at + Duration::minutes(30),
            methods: PaymentMethod::ALL.to_vec(),
        }),
        can_cancel: true,
        ..order
    }
}

#[test]
fn an_unpaid_order_says_until_when_it_is_kept_and_offers_every_way_to_pay() {
    for locale in Locale::ALL {
        let html = shown(locale, unpaid(AttemptState::Processing, None), 12);
        assert!(html.contains(t::awaiting(locale)), "{html}");
        assert!(html.contains(&t::time_left(locale, 18)), "{html}");
        assert_eq!(html.matches(r#"action="/api/payments/pay""#).count(), 2, "{html}");
        assert!(html.contains(r#"name="payment_method" value="cash_on_delivery""#), "{html}");
        assert!(html.contains(t::cancel_free(locale)), "{html}");
        let packing = t::fulfillment_status(locale, FulfillmentStatus::Unfulfilled);
        assert!(html.contains(t::after_payment(locale)) && !html.contains(packing), "{html}");
        assert!(!html.contains(r#"name="key""#), "{html}");
    }
}

#[test]
fn a_declined_payment_says_why_and_that_nothing_was_charged() {
    for (reason, zh) in [
        (Decline::InsufficientFunds, "余额不足"),
        (Decline::ChallengeFailed, "验证码未通过"),
        (Decline::Declined, "银行拒绝"),
    ] {
        let html = shown(Locale::Zh, unpaid(AttemptState::Failed, Some(reason)), 1);
        assert!(html.contains(zh) && html.contains("没有扣款") && html.contains("再试一次"), "{html}");
    }
}

#[test]
fn the_last_minute_is_told_as_such() {
    let html = shown(Locale::En, unpaid(AttemptState::Processing, None), 30);
    assert!(html.contains("less than a minute left"), "{html}");
}

#[test]
fn an_order_whose_time_ran_out_offers_nothing_and_says_what_to_do() {
    let order =
        OrderPage { offer: None, is_expired: true, can_cancel: false, ..unpaid(AttemptState::Expired, None) };
    let html = shown(Locale::Zh, order, 40);
    assert!(html.contains("付款时间已过") && !html.contains("<form"), "{html}");
}

#[test]
fn whoever_came_by_the_mail_s_link_keeps_its_secret_in_the_forms() {
    let order = unpaid(AttemptState::Pending, None);
    let now = order.placed_at;
    let key = "abc".to_owned();
    let html = html(move || view! { <OrderContent locale=Locale::En order now key /> });
    assert_eq!(html.matches(r#"name="key" value="abc""#).count(), 3, "{html}");
}
