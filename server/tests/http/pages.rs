//! Languages, headers, nonces, what may be kept.

use crate::shop::{BASE, Shop};
use http::{Request, StatusCode};
use server::http::rate::RateLimit;

#[tokio::test]
async fn the_root_leads_to_the_language_of_the_browser() {
    let shop = Shop::open().await;
    for (headers, home) in [
        (vec![("accept-language", "zh-CN,zh;q=0.9")], "/zh"),
        (vec![("accept-language", "en-GB")], "/en"),
        (vec![], "/en"),
        (vec![("accept-language", "en"), ("cookie", "jishi_locale=zh")], "/zh"),
    ] {
        let request =
            headers.iter().fold(Request::get("/"), |request, (name, value)| request.header(*name, *value));
        let answer = shop.send(request, "").await;
        assert_eq!((answer.status, answer.header("location")), (StatusCode::FOUND, home));
        assert!(answer.header("vary").contains("Accept-Language"));
        assert!(!answer.header("cache-control").contains("no-store"));
    }
}

#[tokio::test]
async fn a_page_s_policy_holds_the_nonce_of_its_scripts_and_each_answer_has_its_own() {
    let shop = Shop::open().await;
    let mut seen = Vec::new();
    for _ in 0..2 {
        let page = shop.browse("/zh/cart").await;
        assert_eq!(page.status, StatusCode::OK);
        let policy = page.header("content-security-policy");
        let nonce = policy.split("'nonce-").nth(1).unwrap().split('\'').next().unwrap();
        let scripts: Vec<&str> =
            page.text().split("<script").skip(1).map(|rest| rest.split('>').next().unwrap()).collect();
        let run: Vec<&&str> = scripts.iter().filter(|tag| !tag.contains("application/ld+json")).collect();
        assert!(run.len() >= 3, "{scripts:?}");
        assert!(run.iter().all(|tag| tag.contains(&format!("nonce=\"{nonce}\""))), "{run:?}");
        assert!(!page.text().contains(" style=\"") && !page.text().contains(" onclick="));
        seen.push(nonce.to_owned());
    }
    assert_ne!(seen[0], seen[1]);
}

#[tokio::test]
async fn every_kind_of_answer_has_the_security_headers() {
    let shop = Shop::open().await;
    for path in [
        "/zh",
        "/",
        "/zh/nothing/here",
        "/api/cart",
        "/api/nothing",
        "/pkg/nothing.js",
        "/media/nothing.webp",
        "/healthz",
        "/robots.txt",
    ] {
        let answer = shop.browse(path).await;
        assert_eq!(answer.header("x-content-type-options"), "nosniff", "{path}");
        assert_eq!(answer.header("x-frame-options"), "DENY", "{path}");
        assert_eq!(answer.header("cross-origin-opener-policy"), "same-origin", "{path}");
        assert_eq!(answer.header("referrer-policy"), "strict-origin-when-cross-origin", "{path}");
        assert!(answer.header("permissions-policy").contains("camera=()"), "{path}");
        let policy = answer.header("content-security-policy");
        assert!(
            policy.starts_with("default-src 'none'") && policy.contains("frame-ancestors 'none'"),
            "{path}: {policy}"
        );
        assert!(!policy.contains("'unsafe-"), "{path}: {policy}");
        assert_eq!(answer.header("x-request-id").len(), 16, "{path}");
        assert_eq!(answer.header("strict-transport-security"), "", "{path}");
    }
}

#[tokio::test]
async fn only_over_https_browsers_are_told_to_stay_there() {
    let shop = Shop::with("https://shop.example", |state| state.with_rates(RateLimit::Off)).await;
    assert_eq!(shop.browse("/zh").await.header("strict-transport-security"), "max-age=63072000");
}

#[tokio::test]
async fn an_order_s_address_is_told_to_nobody_else() {
    let shop = Shop::open().await;
    assert_eq!(shop.browse("/zh/orders/or_x").await.header("referrer-policy"), "same-origin");
}

#[tokio::test]
async fn pages_may_be_kept_for_going_back_and_data_may_not() {
    let shop = Shop::open().await;
    assert_eq!(shop.browse("/zh").await.header("cache-control"), "private, no-cache");
    assert_eq!(shop.browse("/zh/cart").await.header("cache-control"), "private, no-cache");
    assert_eq!(shop.read("/api/cart").await.header("cache-control"), "no-store");
}

#[tokio::test]
async fn the_way_back_to_a_sent_checkout_asks_the_shop() {
    let shop = Shop::open().await;
    assert_eq!(shop.browse("/en/checkout").await.header("cache-control"), "no-store");
}

#[tokio::test]
async fn reading_a_page_makes_no_guest() {
    let shop = Shop::open().await;
    assert_eq!(shop.browse("/zh").await.header("set-cookie"), "");
    assert_eq!(shop.read("/api/cart").await.header("set-cookie"), "");
}

#[tokio::test]
async fn pages_are_compressed_for_browsers_that_can_read_it() {
    let shop = Shop::open().await;
    for (accepted, coding) in [("br, gzip", "br"), ("gzip", "gzip"), ("identity", "")] {
        let request = Request::get("/zh").header("accept", "text/html").header("accept-encoding", accepted);
        assert_eq!(shop.send(request, "").await.header("content-encoding"), coding, "{accepted}");
    }
}

#[tokio::test]
async fn search_engines_find_every_page_and_are_kept_from_personal_ones() {
    let shop = Shop::open().await;
    let map = shop.read("/sitemap.xml").await;
    assert!(map.text().contains(&format!("<loc>{BASE}/zh/p/")) && map.text().contains("hreflang=\"en\""));
    let robots = shop.read("/robots.txt").await;
    assert!(robots.text().contains(&format!("Sitemap: {BASE}/sitemap.xml")));
    for personal in ["/api/", "/zh/checkout", "/en/checkout", "/zh/orders"] {
        assert!(robots.text().contains(&format!("Disallow: {personal}\n")), "{personal}");
    }
}
