//! The order page as the server sends it.

use super::*;
use crate::checkout::discount::Discount;
use crate::checkout::model::Totals;
use crate::checkout::wishes::{InvoiceKind, InvoiceWish, Wishes};
use crate::delivery::arrival::Arrival;
use crate::delivery::model::Delivery;
use crate::kernel::{CountryCode, Currency, Localized, Money, Phone, PublicId};
use crate::orders::model::{PaymentStatus, Seller};
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
            discount: cny(0),
            total: cny(20_000),
            tax_ppm: 130_000,
            tax: cny(2_301),
        }],
        totals: Totals {
            subtotal: cny(20_000),
            discount: cny(0),
            shipping: cny(1_200),
            tax_included: cny(2_439),
            tax_added: cny(0),
            total: cny(21_200),
            missing_for_free_shipping: None,
        },
        discounts: Vec::new(),
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
        wishes: Wishes::default(),
        delivery: Some(Delivery {
            code: "standard".into(),
            name: Localized { zh: "标准配送".into(), en: "Standard delivery".into() },
            arrival: Arrival { first_day: 20_781, last_day: 20_783 },
        }),
        events: vec![(OrderEventKind::Placed, placed_at)],
        offer: None,
        is_expired: false,
        can_cancel: false,
        seller: Seller::default(),
    }
}

fn shown(locale: Locale, order: OrderPage, minutes_later: i64) -> String {
    let now = order.placed_at + Duration::minutes(minutes_later);
    let html = html(move || view! { <OrderContent locale order now /> });
    assert_wired(&html);
    html
}

#[test]
fn the_day_of_arrival_is_told_until_the_order_is_called_off() {
    let days = "Arrives Tue 24 Nov to Thu 26 Nov";
    let html = shown(Locale::En, order(), 1);
    assert!(html.contains("Standard delivery") && html.contains(days), "{html}");
    let cancelled = OrderPage { status: OrderStatus::Cancelled, ..order() };
    let html = shown(Locale::En, cancelled, 1);
    assert!(html.contains("Standard delivery") && !html.contains(days), "{html}");
    let older = shown(Locale::Zh, OrderPage { delivery: None, ..order() }, 1);
    assert!(!older.contains("order-delivery"), "{older}");
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

fn wished() -> OrderPage {
    let invoice = InvoiceWish {
        kind: InvoiceKind::Company,
        title: "福州<某某>公司".into(),
        tax_number: "91350100M000100Y43".into(),
    };
    OrderPage { wishes: Wishes { gift: Some("生日快乐".into()), invoice: Some(invoice) }, ..order() }
}

#[test]
fn wishes_are_shown_and_none_take_no_room() {
    let html = shown(Locale::Zh, wished(), 0);
    for told in ["按礼品包装", "贺卡：生日快乐", "福州&lt;某某&gt;公司", "91350100M000100Y43"]
    {
        assert!(html.contains(told), "{told} in {html}");
    }
    let html = shown(Locale::Zh, order(), 0);
    assert!(!html.contains("按礼品包装") && !html.contains("发票抬头"), "{html}");
}

#[test]
fn the_order_leads_to_its_invoice_and_keeps_the_mail_s_secret() {
    let (order, key) = (order(), "abc".to_owned());
    let now = order.placed_at;
    let link = format!("/en/orders/{}/invoice?key=abc", order.public_id.as_str());
    let html = html(move || view! { <OrderContent locale=Locale::En order now key /> });
    assert!(crate::ui::render_test::values(&html, "href").contains(&link.as_str()), "{html}");
}

#[test]
fn an_invoice_s_rates_add_up_to_the_order_s_total_and_tax() {
    let mut order = wished();
    let cny = |minor| Money::new(minor, Currency::Cny);
    let line = |total, tax_ppm, tax| OrderLine {
        total: cny(total),
        tax_ppm,
        tax: cny(tax),
        ..order.lines[0].clone()
    };
    order.lines = vec![line(10_000, 130_000, 1_150), line(5_000, 90_000, 413), line(5_000, 130_000, 575)];
    order.totals.tax_included = cny(1_150 + 413 + 575 + 138);
    let sums = bill::by_rate(&order);
    let told: Vec<_> = sums.iter().map(|sum| (sum.ppm, sum.gross.minor, sum.tax.minor)).collect();
    let expected = [(Some(90_000), 5_000, 413), (Some(130_000), 15_000, 1_725), (None, 1_200, 138)];
    assert_eq!(told, expected);
    assert_eq!(sums.iter().map(|sum| sum.gross.minor).sum::<i64>(), order.totals.total.minor);
    assert_eq!(sums.iter().map(|sum| sum.tax.minor).sum::<i64>(), order.totals.tax_included.minor);
    order.totals.tax_added = order.totals.tax_included;
    order.totals.tax_included = cny(0);
    order.totals.total = cny(21_200 + order.totals.tax_added.minor);
    let sums = bill::by_rate(&order);
    assert_eq!(sums.iter().map(|sum| sum.gross.minor).sum::<i64>(), order.totals.total.minor, "added on top");
    assert_eq!(sums.iter().map(|sum| sum.tax.minor).sum::<i64>(), order.totals.tax_added.minor);
    for locale in Locale::ALL {
        let order = order.clone();
        let html = html(move || {
            let base_url = "https://shop.example".to_owned();
            view! { <bill::Bill locale order key=String::new() base_url /> }
        });
        assert_wired(&html);
        for told in [
            "13%",
            "9%",
            "JS-1001",
            "91350100M000100Y43",
            "https://shop.example",
            wishes::bill_tax_added(locale),
        ] {
            assert!(html.contains(told), "{told} in {html}");
        }
    }
}

#[test]
fn an_invoice_names_who_sells_or_only_the_shop() {
    let written = |seller: Seller| {
        let order = OrderPage { seller, ..order() };
        html(
            move || view! { <bill::Bill locale=Locale::En order key=String::new() base_url="https://shop.example".to_owned() /> },
        )
    };
    let plain = written(Seller::default());
    assert!(plain.contains("Jishi") && !plain.contains("Tax number"), "{plain}");
    let seller = Seller {
        name: "Teahouse & Co".into(),
        tax_number: "91350100M000100Y43".into(),
        address: "Fuzhou".into(),
    };
    let named = written(seller);
    for told in ["Teahouse &amp; Co", "Tax number 91350100M000100Y43", "Fuzhou", "https://shop.example"] {
        assert!(named.contains(told), "{told} in {named}");
    }
}

#[test]
fn what_was_taken_off_stands_on_the_order_and_on_its_invoice() {
    let cny = |minor| Money::new(minor, Currency::Cny);
    let off = Discount {
        code: "welcome".into(),
        label: Localized { zh: "新客立减 <1>".into(), en: "Welcome <1>".into() },
        article: "Teapot".into(),
        amount: cny(1_500),
    };
    let mut order = OrderPage { discounts: vec![off], ..order() };
    (order.lines[0].discount, order.lines[0].total) = (cny(1_500), cny(18_500));
    (order.totals.discount, order.totals.subtotal, order.totals.total) =
        (cny(1_500), cny(18_500), cny(19_700));
    for (locale, name) in
        [(Locale::Zh, "新客立减 &lt;1&gt;（Teapot）"), (Locale::En, "Welcome &lt;1&gt; (Teapot)")]
    {
        let (page, bill) = (order.clone(), order.clone());
        let minus = fmt::money(locale, cny(-1_500));
        let html_of_page = shown(locale, page, 0);
        let text = [
            checkout::goods(locale),
            name,
            &minus,
            &fmt::money(locale, cny(20_000)),
            &fmt::money(locale, cny(18_500)),
        ];
        for told in text {
            assert!(html_of_page.contains(told), "{told} in {html_of_page}");
        }
        let html =
            html(move || view! { <bill::Bill locale order=bill key=String::new() base_url=String::new() /> });
        assert_wired(&html);
        for told in [name, &minus, &wishes::bill_discount(locale, fmt::money(locale, cny(1_500)))] {
            assert!(html.contains(told), "{told} in {html}");
        }
    }
    let without = shown(Locale::En, super::tests::order(), 0);
    assert!(!without.contains(checkout::goods(Locale::En)), "{without}");
}
