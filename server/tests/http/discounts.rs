//! What is taken off, through the router: every place that shows sums, and the rows of the order.

use crate::shop::{Browser, Shop};
use app::kernel::{Currency, GuestToken, Localized, Money, Sku};
use http::StatusCode;
use server::discounts::service::{Discounts, Grant};
use server::on;

const TEAPOT: &str = "JS-TK01-CELADO";
const WHEAT: &str = "JS-PA48-WHEAT";

/// A browser with a teapot (428.00) and noodles (32.00) in its cart, in renminbi.
async fn browser(shop: &Shop) -> Browser<'_> {
    let mut browser = Browser::with(shop, &format!("{TEAPOT}:1,{WHEAT}:1")).await;
    browser.cookie.push_str("; jishi_currency=CNY");
    browser
}

/// Gives the browser's cart 20.00 off everything and 2.00 off the noodles, or takes both away.
async fn grant(shop: &Shop, browser: &Browser<'_>, is_given: bool) {
    let secret = browser.cookie.split(';').next().and_then(|pair| pair.split_once('=')).unwrap().1;
    let guest = GuestToken::parse(secret).unwrap();
    let all = Grant {
        code: "welcome".into(),
        label: Localized { zh: "新客立减".into(), en: "Welcome".into() },
        amount: Money::new(2_000, Currency::Cny),
        sku: None,
        ends_at: None,
    };
    let one = Grant {
        code: "noodles".into(),
        label: Localized { zh: "面食节".into(), en: "Noodle days".into() },
        amount: Money::new(200, Currency::Cny),
        sku: Sku::parse(WHEAT),
        ends_at: None,
    };
    let grants = if is_given { vec![all, one] } else { Vec::new() };
    let (database, platform) = (shop.world.database.clone(), shop.world.platform.clone());
    Discounts { database, platform }.set(&guest, "promotions", &grants).await.unwrap();
}

fn form(seen: &str) -> String {
    let mut query = url::form_urlencoded::Serializer::new(String::new());
    let fields = [
        ("name", "Li Lei"),
        ("phone", "13800138000"),
        ("email", "li@example.com"),
        ("country", "CN"),
        ("region", "浙江省"),
        ("city", "杭州市"),
        ("district", "西湖区"),
        ("line1", "龙井路 1 号"),
        ("payment_method", "cash_on_delivery"),
        ("currency", "CNY"),
        ("expected_total", seen),
    ];
    query.extend_pairs(fields).finish()
}

#[tokio::test]
async fn a_discount_is_shown_wherever_sums_are() {
    let shop = Shop::open().await;
    let browser = browser(&shop).await;
    grant(&shop, &browser, true).await;
    for (path, words) in [
        ("/en/cart", ["Welcome", "Noodle days (", "−CN¥20.00", "−CN¥2.00", "CN¥438.00"]),
        ("/en/cart/drawer", ["Welcome", "Noodle days (", "−CN¥20.00", "−CN¥2.00", "CN¥438.00"]),
        ("/en/checkout", ["Welcome", "Noodle days (", "−CN¥20.00", "Before discounts", "CN¥438.00"]),
        ("/zh/checkout", ["新客立减", "面食节（", "−¥20.00", "商品原价", "¥438.00"]),
    ] {
        let page = browser.open(path).await;
        for told in words {
            assert!(page.text().contains(told), "{told} on {path}: {}", page.text());
        }
    }
    let told = browser.call("/api/checkout/fill", form("0")).await.json();
    assert_eq!(told["total_minor"], 43_800);
    assert!(told["totals"].as_str().unwrap().contains("Noodle days"), "{told}");
    let cart = browser.call("/api/cart/update", format!("variant_sku={WHEAT}&quantity=2")).await.json();
    assert_eq!(
        (&cart["subtotal"]["minor"], &cart["discounts"][1]["amount"]["minor"]),
        (&47_000.into(), &200.into())
    );
    assert!(cart["discounts_html"].as_str().unwrap().contains("−CN¥20.00"), "{cart}");
}

#[tokio::test]
async fn a_discount_that_comes_or_goes_is_a_conflict_with_the_new_total_and_changes_nothing() {
    let shop = Shop::open().await;
    let browser = browser(&shop).await;
    for (is_given, seen, now) in [(true, "46000", 43_800), (false, "43800", 46_000)] {
        grant(&shop, &browser, is_given).await;
        let refused = browser.call("/api/checkout/place", form(seen)).await;
        assert_eq!(refused.status, StatusCode::CONFLICT);
        let total = serde_json::json!({ "minor": now, "currency": "CNY" });
        assert_eq!(
            refused.json(),
            serde_json::json!({ "error": "conflict", "detail": "total_changed", "total": total })
        );
        let back = browser.submit("/api/checkout/place", form(seen)).await;
        assert!(back.header("location").ends_with("problem=total_changed"), "{}", back.header("location"));
        let page = browser.open("/en/checkout?problem=total_changed").await;
        assert!(page.text().contains("The total changed from"), "{}", page.text());
    }
    let mut conn = shop.world.database.read_latest().await.unwrap();
    assert!(on!(conn, orders::find_by_number("J100001")).unwrap().is_none(), "nothing was ordered");
    assert_eq!(
        browser.call("/api/cart/update", format!("variant_sku={WHEAT}&quantity=1")).await.json()["count"],
        2
    );
}

#[tokio::test]
async fn a_discounted_order_has_its_rows_and_shows_them_on_its_page_and_its_invoice() {
    let shop = Shop::open().await;
    let browser = browser(&shop).await;
    grant(&shop, &browser, true).await;
    let placed = browser.call("/api/checkout/place", form("43800")).await;
    assert_eq!(placed.status, StatusCode::OK, "{}", placed.text());
    let id = placed.json()["order"].as_str().unwrap().to_owned();
    let mut conn = shop.world.database.read_latest().await.unwrap();
    let order = on!(conn, orders::find_by_number("J100001")).unwrap().unwrap();
    assert_eq!((order.subtotal_minor, order.discount_minor, order.total_minor), (43_800, 2_200, 43_800));
    let rows = on!(conn, discounts::list_of_order(order.id)).unwrap();
    assert_eq!(
        rows.iter().map(|row| (row.code.as_str(), row.amount_minor)).collect::<Vec<_>>(),
        [("welcome", 2_000), ("noodles", 200)]
    );
    let parts = on!(conn, discounts::list_parts(order.id)).unwrap();
    assert_eq!(parts.iter().map(|part| part.amount_minor).collect::<Vec<_>>(), [1_869, 131, 200]);
    let lines = on!(conn, orders::list_lines(order.id)).unwrap();
    let sums: Vec<_> =
        lines.iter().map(|line| (line.discount_minor, line.total_minor, line.tax_minor)).collect();
    assert_eq!(sums, [(1_869, 40_931, 4_709), (331, 2_869, 237)]);
    assert_eq!(order.tax_minor, 4_709 + 237);
    drop(conn);
    for page in ["", "/invoice"] {
        let page = browser.open(&format!("/en/orders/{id}{page}")).await;
        for told in ["Welcome", "Noodle days (", "−CN¥20.00", "CN¥438.00"] {
            assert!(page.text().contains(told), "{told} in {}", page.text());
        }
    }
}
