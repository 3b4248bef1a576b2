//! Buying through the router: addresses that are pasted or not known, taxes by state, the express way to the checkout.

use crate::shop::{Browser, Shop};
use app::cart::model::MAX_LINES;
use http::StatusCode;

const TEAPOT: &str = "JS-TK01-CELADO";
const SCARCE: &str = "JS-TK01-TENMOK";

/// A form that is right but for the fields given.
fn form(changed: &[(&str, &str)]) -> String {
    let usual = [
        ("name", "Li Lei"),
        ("phone", "13800138000"),
        ("email", "li@example.com"),
        ("country", "CN"),
        ("region", "浙江省"),
        ("city", "杭州市"),
        ("district", "西湖区"),
        ("line1", "龙井路 1 号"),
        ("payment_method", "cash_on_delivery"),
    ];
    let kept = usual.iter().filter(|(name, _)| changed.iter().all(|(other, _)| other != name));
    let mut query = url::form_urlencoded::Serializer::new(String::new());
    query.extend_pairs(kept.chain(changed)).finish()
}

/// To a state of the United States, with the total that was seen.
fn to(region: &str, seen: &str) -> String {
    let us = [("country", "US"), ("city", "San Francisco"), ("postcode", "94105"), ("district", "")];
    form(&[&us[..], &[("region", region), ("expected_total", seen), ("currency", "USD")]].concat())
}

#[tokio::test]
async fn a_pasted_address_fills_the_form_and_nothing_typed_is_lost() {
    let shop = Shop::open().await;
    let browser = Browser::with(&shop, &format!("{TEAPOT}:1")).await;
    let paste = ("paste", "张三 13900139000 江苏苏州姑苏区观前街 1 号 3 幢 201");
    let fields = form(&[paste, ("split", "1"), ("note", "放门卫"), ("postcode", "")]);
    let sent = browser.submit("/api/checkout/fill", fields).await;
    assert_eq!((sent.status, sent.header("location")), (StatusCode::SEE_OTHER, "/en/checkout#field-name"));
    let page = browser.open("/en/checkout").await;
    for value in
        ["张三", "13900139000", "江苏省", "苏州市", "姑苏区", "观前街 1 号 3 幢 201", "li@example.com"]
    {
        assert!(page.text().contains(&format!("value=\"{value}\"")), "{value}");
    }
    assert!(page.text().contains("放门卫") && page.text().contains("has been replaced"));
    assert!(
        page.text().contains("Li Lei 13800138000 浙江省 杭州市 西湖区 龙井路 1 号"),
        "what made room is kept"
    );
    assert!(
        page.text().contains(r#"<option value="Kunshan""#),
        "districts of the city are offered in pinyin"
    );
}

#[tokio::test]
async fn an_unknown_place_is_told_at_its_field_with_what_was_probably_meant() {
    let shop = Shop::open().await;
    let browser = Browser::with(&shop, &format!("{TEAPOT}:1")).await;
    let wrong = form(&[("district", "西糊区")]);
    let refused = browser.call("/api/checkout/place", wrong.clone()).await;
    assert_eq!(refused.status, StatusCode::UNPROCESSABLE_ENTITY);
    let error = serde_json::json!([{ "field": "district", "code": "place_unknown" }]);
    assert_eq!(refused.json()["detail"], error);
    let back = browser.submit("/api/checkout/place", wrong).await;
    assert!(back.header("location").ends_with("problem=place_unknown"), "{}", back.header("location"));
    let page = browser.open("/en/checkout?problem=place_unknown").await;
    let text = page.text();
    assert!(text.contains("Did you mean “西湖区”?") && text.contains("just submit again"), "{text}");
    assert!(text.contains(r#"name="sure" value="杭州市|西糊区""#), "{text}");

    let insisting = form(&[("district", "西糊区"), ("sure", "杭州市|西糊区")]);
    let placed = browser.call("/api/checkout/place", insisting).await;
    assert_eq!(placed.status, StatusCode::OK, "{}", placed.text());
}

#[tokio::test]
async fn a_province_outside_of_mainland_china_is_not_delivered_to() {
    let shop = Shop::open().await;
    let browser = Browser::with(&shop, &format!("{TEAPOT}:1")).await;
    let refused = browser.call("/api/checkout/place", form(&[("region", "香港")])).await;
    assert_eq!(refused.json()["detail"][0]["code"], "country_unknown");
}

#[tokio::test]
async fn a_state_s_tax_changes_the_total_which_has_to_be_confirmed() {
    let shop = Shop::open().await;
    let mut browser = Browser::with(&shop, &format!("{TEAPOT}:1")).await;
    browser.cookie.push_str("; jishi_currency=USD");
    let told = browser.call("/api/checkout/fill", to("", "0")).await.json();
    let before = told["total_minor"].as_i64().unwrap();
    assert!(told["regions"].as_array().unwrap().iter().any(|name| name == "California"), "{told}");

    let refused = browser.call("/api/checkout/place", to("California", &before.to_string())).await;
    assert_eq!((refused.status, &refused.json()["detail"]), (StatusCode::CONFLICT, &"total_changed".into()));
    let page = browser.open("/en/checkout?problem=total_changed").await;
    assert!(
        page.text().contains("Sales tax") && page.text().contains("The total changed from"),
        "{}",
        page.text()
    );

    let told = browser.call("/api/checkout/fill", to("ca", "0")).await.json();
    let now = told["total_minor"].as_i64().unwrap();
    assert!(now > before && told["totals"].as_str().unwrap().contains("Sales tax"), "{told}");
    let placed = browser.call("/api/checkout/place", to("CA", &now.to_string())).await;
    assert_eq!(placed.status, StatusCode::OK, "{}", placed.text());
    let order = placed.json()["order"].as_str().unwrap().to_owned();
    for page in ["", "/invoice"] {
        let page = browser.open(&format!("/en/orders/{order}{page}")).await;
        assert!(page.text().contains("Sales tax"), "{}", page.text());
    }
    let page = browser.open(&format!("/zh/orders/{order}")).await;
    assert!(page.text().contains("销售税") && page.text().contains("California"), "{}", page.text());
}

#[tokio::test]
async fn buying_at_once_leads_to_the_checkout_and_asking_twice_adds_nothing() {
    let shop = Shop::open().await;
    let browser = Browser::with(&shop, "JS-PA48-WHEAT:1").await;
    for _ in 0..2 {
        let sent = browser.submit("/api/cart/buy", format!("variant_sku={TEAPOT}&quantity=2")).await;
        assert_eq!((sent.status, sent.header("location")), (StatusCode::SEE_OTHER, "/en/checkout"));
    }
    let cart = browser.call("/api/cart/buy", format!("variant_sku={TEAPOT}&quantity=1")).await.json();
    assert_eq!(cart["count"], 3, "two pots and the noodles: {cart}");
}

#[tokio::test]
async fn what_is_sold_out_is_refused_the_same_way_by_both_buttons() {
    let shop = Shop::open().await;
    let browser = Browser::with(&shop, &format!("{TEAPOT}:1")).await;
    server::inventory::cli::set(&shop.world.database, &shop.world.platform, SCARCE, 0, "counted")
        .await
        .unwrap();
    for path in ["/api/cart/add", "/api/cart/buy"] {
        let refused = browser.call(path, format!("variant_sku={SCARCE}&quantity=1")).await;
        assert_eq!(
            (refused.status, &refused.json()["detail"]),
            (StatusCode::CONFLICT, &"sold_out".into()),
            "{path}"
        );
        let back = browser.submit(path, format!("variant_sku={SCARCE}&quantity=1")).await;
        assert_eq!(back.header("location"), "/en/cart?problem=sold_out", "{path}");
    }
}

/// What an update of one line takes in a cart that holds as many lines as a cart can, through the router. The time is for
/// people to read: what a test can hold to is the number of statements, which `tests/statements.rs` does.
#[tokio::test]
async fn a_line_of_a_full_cart_changes_and_the_cart_takes_no_more_lines() {
    let shop = Shop::open().await;
    let skus = shop.world.with_copies(4).await;
    let mut browser = Browser::with(&shop, &format!("{TEAPOT}:1")).await;
    browser.cookie.push_str("; jishi_currency=CNY");
    let others: Vec<&String> = skus.iter().filter(|sku| *sku != TEAPOT).collect();
    for list in others[..MAX_LINES - 1].chunks(100) {
        let items: Vec<String> = list.iter().map(|sku| format!("{sku}:1")).collect();
        let answer = browser.call("/api/cart/add-many", format!("items={}", items.join(","))).await.json();
        assert_eq!(answer["refused"].as_array().map(Vec::len), Some(0), "{answer}");
    }
    let mut times = Vec::new();
    for units in [2, 3, 1, 2, 3] {
        let begun = std::time::Instant::now();
        let cart = browser.call("/api/cart/update", format!("variant_sku={TEAPOT}&quantity={units}")).await;
        times.push(begun.elapsed().as_millis());
        assert_eq!(cart.json()["lines"].as_array().map(Vec::len), Some(MAX_LINES));
    }
    println!("one line of {MAX_LINES} changes in {times:?} ms");
    let full = browser.call("/api/cart/add", format!("variant_sku={}&quantity=1", others[MAX_LINES])).await;
    assert_eq!((full.status, &full.json()["detail"]), (StatusCode::CONFLICT, &"cart_full".into()));
}
