//! Endpoints: the same call from a plain form and from an island.

use crate::shop::{BASE, Shop, form_request};
use http::StatusCode;
use server::http::rate::RateLimit;

/// One unit of an article of the demo catalogue.
const ONE: &str = "variant_sku=JS-TK01-CELADO&quantity=1";

#[tokio::test]
async fn a_plain_form_is_sent_on_to_a_page_and_gets_its_guest() {
    let shop = Shop::open().await;
    let answer = shop.submit("/api/cart/add", ONE).await;
    assert_eq!(answer.status, StatusCode::SEE_OTHER, "{}", answer.text());
    assert_eq!(answer.header("location"), "/zh/cart");
    assert!(answer.bytes.is_empty());
    let cookie = answer.header("set-cookie");
    assert!(cookie.starts_with("jishi_guest=") && cookie.contains("HttpOnly; SameSite=Lax"), "{cookie}");
    assert_eq!(answer.headers.get_all("set-cookie").iter().count(), 1);
}

#[tokio::test]
async fn an_island_gets_data_and_no_redirect() {
    let shop = Shop::open().await;
    let answer = shop.call("/api/cart/add", ONE).await;
    assert_eq!(answer.status, StatusCode::OK, "{}", answer.text());
    assert_eq!((answer.json()["count"].as_i64(), answer.header("location")), (Some(1), ""));
}

#[tokio::test]
async fn over_https_the_guest_s_cookie_is_locked_to_the_host() {
    let shop = Shop::with("https://shop.example", |state| state.with_rates(RateLimit::Off)).await;
    let answer = shop.call("/api/cart/add", ONE).await;
    let cookie = answer.header("set-cookie");
    assert!(cookie.starts_with("__Host-jishi_guest=") && cookie.ends_with("; Secure"), "{cookie}");
}

#[tokio::test]
async fn a_wrong_field_is_422_for_an_island_and_leads_a_plain_form_back() {
    let shop = Shop::open().await;
    let data = shop.call("/api/cart/add", "variant_sku=&quantity=x").await;
    assert_eq!(data.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert_eq!(data.json()["error"], "invalid");
    let page = shop.submit("/api/cart/add", "variant_sku=&quantity=x").await;
    assert_eq!(page.status, StatusCode::SEE_OTHER);
    let to = page.header("location");
    assert!(to.starts_with("/zh/p/x?from=test&problem="), "{to}");
}

#[tokio::test]
async fn a_form_that_cannot_be_read_is_a_400_and_never_a_redirect_with_an_error_inside() {
    let shop = Shop::open().await;
    let twice = "variant_sku=a&variant_sku=b&quantity=1";
    let page = shop.submit("/api/cart/add", twice).await;
    assert_eq!((page.status, page.header("location")), (StatusCode::BAD_REQUEST, ""));
    assert!(page.header("content-type").starts_with("text/html") && page.text().contains("无法读取"));
    let data = shop.call("/api/cart/add", twice).await;
    assert_eq!((data.status, data.text()), (StatusCode::BAD_REQUEST, r#"{"error":"bad_request"}"#));
}

#[tokio::test]
async fn a_stranger_s_page_cannot_choose_where_a_form_leads() {
    let shop = Shop::open().await;
    for referer in [
        "https://evil.example/zh/x",
        "http://shop.example//evil.example/",
        "http://shop.example@evil.example/",
    ] {
        let request = form_request("/api/cart/add")
            .header("accept", "text/html")
            .header("sec-fetch-site", "same-origin")
            .header("referer", referer);
        let answer = shop.send(request, "variant_sku=&quantity=1").await;
        let to = answer.header("location");
        assert!(to.starts_with("/en/cart?problem="), "{referer}: {to}");
    }
}

#[tokio::test]
async fn only_our_own_pages_may_change_something() {
    let shop = Shop::open().await;
    /// Headers, and whether the request is let through.
    type Case = (&'static [(&'static str, &'static str)], bool);
    let matrix: [Case; 8] = [
        (&[("sec-fetch-site", "same-origin"), ("cookie", "a=b")], true),
        (&[("sec-fetch-site", "none"), ("cookie", "a=b")], true),
        (&[("origin", BASE), ("cookie", "a=b")], true),
        (&[], true),
        (&[("cookie", "a=b")], false),
        (&[("sec-fetch-site", "cross-site")], false),
        (&[("sec-fetch-site", "same-site"), ("origin", BASE)], false),
        (&[("origin", "null"), ("cookie", "a=b")], false),
    ];
    for (headers, is_let_through) in matrix {
        let request = headers
            .iter()
            .fold(form_request("/api/cart/remove"), |request, (name, value)| request.header(*name, *value));
        let answer = shop.send(request, "variant_sku=").await;
        assert_eq!(answer.status != StatusCode::FORBIDDEN, is_let_through, "{headers:?}");
        if !is_let_through {
            assert_eq!(answer.text(), r#"{"error":"forbidden"}"#);
        }
    }
}
