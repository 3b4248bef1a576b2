//! The golden numbers of the field's own suites from the cart to the refund: each page, mail, provider and book says the
//! same figure.

use crate::market::{Answer, Buyer, Market, SKU, Unpaid, card};
use app::kernel::{Currency, GuestToken, Localized, Money};
use http::StatusCode;
use serde_json::Value;
use server::db::Handle;
use server::discounts::service::{Discounts, Grant};
use server::on;
use std::sync::Arc;

/// What is bought, how it is taxed, and what that comes to.
struct Case {
    unit_minor: i64,
    quantity: i64,
    ppm: i64,
    currency: &'static str,
    /// As pages write it.
    subtotal: &'static str,
    tax: &'static str,
    total: &'static str,
    tax_minor: i64,
    total_minor: i64,
}

/// Prices without tax, which the state adds; with `ppm` the sum of what state and county want.
const ADDED: [Case; 4] = [
    Case {
        unit_minor: 4_595,
        quantity: 1,
        ppm: 100_000,
        currency: "USD",
        subtotal: "$45.95",
        tax: "$4.60",
        total: "$50.55",
        tax_minor: 460,
        total_minor: 5_055,
    },
    Case {
        unit_minor: 4_594,
        quantity: 1,
        ppm: 100_000,
        currency: "USD",
        subtotal: "$45.94",
        tax: "$4.59",
        total: "$50.53",
        tax_minor: 459,
        total_minor: 5_053,
    },
    Case {
        unit_minor: 1_010,
        quantity: 10,
        ppm: 230_000,
        currency: "USD",
        subtotal: "$101.00",
        tax: "$23.23",
        total: "$124.23",
        tax_minor: 2_323,
        total_minor: 12_423,
    },
    Case {
        unit_minor: 2_299,
        quantity: 1,
        ppm: 82_500 + 50_000,
        currency: "USD",
        subtotal: "$22.99",
        tax: "$3.05",
        total: "$26.04",
        tax_minor: 305,
        total_minor: 2_604,
    },
];

/// A price that contains its tax.
const INCLUDED: Case = Case {
    unit_minor: 3_823,
    quantity: 10,
    ppm: 200_000,
    currency: "CNY",
    subtotal: "¥382.30",
    tax: "¥63.72",
    total: "¥382.30",
    tax_minor: 6_372,
    total_minor: 38_230,
};

async fn execute(market: &Market, sql: String) {
    let mut tx = market.world.database.write().await.unwrap();
    let sql = sqlx::AssertSqlSafe(sql);
    match tx.handle() {
        Handle::Sqlite(c) => sqlx::query(sql).execute(c).await.map(drop).unwrap(),
        Handle::Postgres(c) => sqlx::query(sql).execute(c).await.map(drop).unwrap(),
    }
    tx.commit().await.unwrap();
}

/// Sets the shop up for a case: the article's price, the rates of California and of China; delivery costs nothing.
async fn set_up(market: &Market, case: &Case) {
    for sql in [
        format!(
            "UPDATE variant_price SET amount_minor = {}, compare_at_minor = NULL WHERE currency = '{}' \
             AND variant_id = (SELECT id FROM variant WHERE sku = '{SKU}')",
            case.unit_minor, case.currency
        ),
        format!("UPDATE sales_tax_rate SET ppm = {}, is_on_delivery = FALSE WHERE region = 'CA'", case.ppm),
        format!("UPDATE tax_rate SET ppm = {}", case.ppm),
        "UPDATE delivery_rate SET first_minor = 0, step_minor = 0".to_owned(),
    ] {
        execute(market, sql).await;
    }
    let (database, platform) = (&market.world.database, &market.world.platform);
    server::inventory::cli::set(database, platform, SKU, 50, "counted").await.unwrap();
}

/// A shopper who has put the article into the cart.
async fn buyer(market: &Arc<Market>, case: &Case) -> Buyer {
    let mut buyer = market.buyer();
    buyer.cookie.push_str(&format!("; jishi_currency={}", case.currency));
    let units = format!("variant_sku={SKU}&quantity={}", case.quantity);
    let added = buyer.post("/api/cart/add", &units, "application/json").await;
    assert_eq!(added.status, StatusCode::OK, "{}", added.text);
    buyer
}

fn form(case: &Case) -> String {
    let place = match case.currency {
        "USD" => "country=US&region=CA&city=Springfield&postcode=94105",
        _ => "country=CN&region=Zhejiang&city=Hangzhou&district=Xihu",
    };
    format!(
        "email=li%40example.com&name=Li&phone=13800138000&{place}&line1=L&payment_method=sandbox&expected_total={}&currency={}",
        case.total_minor, case.currency
    )
}

/// Pages in English write `CN¥` where Chinese ones write `¥`.
fn assert_tells(page: &str, figures: &[&str], place: &str) {
    let page = page.replace("CN¥", "¥");
    for figure in figures {
        assert!(page.contains(figure), "{figure} on the {place}: {page}");
    }
}

/// Up to the gateway's page, with the figures of the cart and the checkout looked at.
async fn order(market: &Arc<Market>, case: &Case) -> Unpaid {
    let buyer = buyer(market, case).await;
    let cart = buyer.get(&format!("{}/en/cart", market.shop)).await;
    assert_tells(&cart.text, &[case.subtotal], "cart");
    let told = buyer.post("/api/checkout/fill", &form(case), "application/json").await.json();
    assert_eq!(told["total_minor"], case.total_minor, "{told}");
    assert_tells(told["totals"].as_str().unwrap(), &[case.subtotal, case.tax, case.total], "checkout");
    let placed = buyer.post("/api/checkout/place", &form(case), "application/json").await;
    assert_eq!(placed.status, StatusCode::OK, "{}", placed.text);
    let text = |key: &str| placed.json()[key].as_str().unwrap().to_owned();
    Unpaid { buyer, order: text("order"), number: text("number"), pay_url: text("url") }
}

async fn session(market: &Market, unpaid: &Unpaid) -> Value {
    market.ask_gateway("GET", &format!("/v1/sessions/{}", unpaid.session()), &Value::Null).await
}

/// The order's page and its invoice.
async fn papers(market: &Market, unpaid: &Unpaid) -> [Answer; 2] {
    let page = format!("{}/en/orders/{}", market.shop, unpaid.order);
    [unpaid.buyer.get(&page).await, unpaid.buyer.get(&format!("{page}/invoice")).await]
}

/// The last mail's text.
fn last_mail(market: &Market) -> String {
    market.world.parts.mailer.sent().last().unwrap().text.clone()
}

async fn assert_one_figure_everywhere(market: &Arc<Market>, case: &Case) {
    set_up(market, case).await;
    let unpaid = order(market, case).await;
    let asked = session(market, &unpaid).await;
    assert_eq!(
        (asked["amount_minor"].as_i64(), asked["currency"].as_str()),
        (Some(case.total_minor), Some(case.currency))
    );
    assert_booked(market, &unpaid, case).await;
    market.run_jobs().await;
    assert_tells(&last_mail(market), &[case.subtotal, case.tax, case.total], "confirmation");
    unpaid.open(&unpaid.pay(card::PLAIN).await).await;
    assert_eq!(unpaid.money().await, (case.total_minor, 0));
    for (paper, place) in papers(market, &unpaid).await.iter().zip(["order's page", "invoice"]) {
        assert_eq!(paper.status, StatusCode::OK);
        assert_tells(&paper.text, &[case.tax, case.total], place);
    }
    market.run_jobs().await;
    assert_tells(&last_mail(market), &[case.total], "receipt");
    assert_eq!(unpaid.cancel().await.status, StatusCode::OK);
    market.run_jobs().await;
    assert_eq!(session(market, &unpaid).await["refunded_minor"].as_i64(), Some(case.total_minor));
    assert_eq!(unpaid.money().await, (case.total_minor, case.total_minor));
    assert_tells(&last_mail(market), &[case.total], "mail about the refund");
    market.assert_sound().await;
}

/// What the books hold: the order's tax, contained or added, is that of its lines, since delivery is free here.
async fn assert_booked(market: &Market, unpaid: &Unpaid, case: &Case) {
    let mut conn = market.world.database.read_latest().await.unwrap();
    let row = on!(conn, orders::find_by_public_id(&unpaid.order)).unwrap().unwrap();
    let lines = on!(conn, orders::list_lines(row.id)).unwrap();
    let expected = if case.currency == "USD" { (0, case.tax_minor) } else { (case.tax_minor, 0) };
    assert_eq!((row.tax_minor, row.tax_added_minor), expected);
    assert_eq!(lines.iter().map(|line| line.tax_minor).sum::<i64>(), case.tax_minor);
    assert_eq!((row.total_minor, row.currency.as_str()), (case.total_minor, case.currency));
}

on_both! {
    async fn tax_on_top_is_one_figure_from_the_cart_to_the_refund(world) {
        let market = Market::open(world).await;
        for case in &ADDED {
            assert_one_figure_everywhere(&market, case).await;
        }
    }

    async fn tax_inside_of_ten_units_is_one_figure_from_the_cart_to_the_refund(world) {
        let market = Market::open(world).await;
        assert_one_figure_everywhere(&market, &INCLUDED).await;
    }

    async fn a_discount_larger_than_the_order_leaves_nothing_to_pay_on_every_page(world) {
        let market = Market::open(world).await;
        let small = Case { unit_minor: 88, quantity: 2, subtotal: "¥0.00", tax: "¥0.00", total: "¥0.00", tax_minor: 0, total_minor: 0, ..INCLUDED };
        set_up(&market, &small).await;
        let buyer = buyer(&market, &small).await;
        let secret = buyer.cookie.split(';').next().and_then(|pair| pair.split_once('=')).unwrap().1;
        let grant = Grant {
            code: "thousand".into(),
            label: Localized { zh: "立减".into(), en: "Thousand off".into() },
            amount: Money::new(1_000, Currency::Cny),
            sku: None,
            ends_at: None,
        };
        let (database, platform) = (market.world.database.clone(), market.world.platform.clone());
        Discounts { database, platform }.set(&GuestToken::parse(secret).unwrap(), "promotions", &[grant]).await.unwrap();
        let cart = buyer.get(&format!("{}/en/cart", market.shop)).await;
        assert_tells(&cart.text, &["−¥1.76", "¥0.00"], "cart");
        let told = buyer.post("/api/checkout/fill", &form(&small), "application/json").await.json();
        assert_eq!(told["total_minor"], 0, "{told}");
        let placed = buyer.post("/api/checkout/place", &form(&small), "application/json").await.json();
        let text = |key: &str| placed[key].as_str().unwrap().to_owned();
        let unpaid = Unpaid { buyer, order: text("order"), number: text("number"), pay_url: text("url") };
        assert!(!unpaid.pay_url.contains("/pay/"), "nobody is sent to pay nothing: {}", unpaid.pay_url);
        assert_booked(&market, &unpaid, &small).await;
        for (paper, place) in papers(&market, &unpaid).await.iter().zip(["order's page", "invoice"]) {
            assert_tells(&paper.text, &["−¥1.76", "¥0.00"], place);
            for figure in ["¥10.00", "¥8.24"] {
                assert!(!paper.text.contains(figure), "{figure} on the {place}");
            }
        }
        assert_eq!((unpaid.money().await, unpaid.rows().await.1.as_str()), ((0, 0), "paid"));
        market.run_jobs().await;
        assert_tells(&market.world.parts.mailer.sent()[0].text, &["−¥1.76", "¥0.00"], "confirmation");
        market.assert_sound().await;
    }
}
