//! Limits: nothing is too long, too large, too slow or too often.

use crate::shop::{Shop, form_request};
use axum::body::{Body, Bytes};
use http::{Request, StatusCode};
use leptos::nonce::Nonce;
use leptos::prelude::{Owner, provide_context};
use server::http::rate::RateLimit;
use std::sync::Arc;
use std::time::Duration;
use tokio::sync::Semaphore;

#[tokio::test]
async fn a_form_that_is_too_large_is_a_413_with_and_without_a_length() {
    let shop = Shop::open().await;
    let big = || Bytes::from(vec![b'a'; 300 * 1024]);
    let announced = form_request("/api/cart/add").header("content-length", big().len());
    let answer = shop.send(announced, big()).await;
    assert_eq!((answer.status, answer.text()), (StatusCode::PAYLOAD_TOO_LARGE, r#"{"error":"bad_request"}"#));
    let stream =
        futures::stream::iter((0..300).map(|_| Ok::<_, std::io::Error>(Bytes::from(vec![b'a'; 1024]))));
    let page = shop
        .send(form_request("/api/cart/add").header("accept", "text/html"), Body::from_stream(stream))
        .await;
    assert_eq!(page.status, StatusCode::PAYLOAD_TOO_LARGE);
    assert!(page.text().contains("<h1>"));
}

#[tokio::test]
async fn a_body_that_breaks_off_is_a_400() {
    let shop = Shop::open().await;
    let stream = futures::stream::iter([Ok(Bytes::from("variant_sku=")), Err(std::io::Error::other("gone"))]);
    let answer = shop.send(form_request("/api/cart/add"), Body::from_stream(stream)).await;
    assert_eq!(answer.status, StatusCode::BAD_REQUEST);
}

#[tokio::test]
async fn long_addresses_and_headers_are_refused() {
    let shop = Shop::open().await;
    let address = shop.browse(&format!("/zh?q={}", "a".repeat(9000))).await;
    assert_eq!(address.status, StatusCode::URI_TOO_LONG);
    let headers = shop.send(Request::get("/zh").header("x-long", "a".repeat(40_000)), "").await;
    assert_eq!(headers.status, StatusCode::REQUEST_HEADER_FIELDS_TOO_LARGE);
}

#[tokio::test]
async fn an_answer_that_takes_too_long_is_given_up_and_may_be_tried_again() {
    let shop = Shop::with("http://shop.example", |mut state| {
        state.limits.time = Duration::from_millis(50);
        state
    })
    .await;
    let slow = futures::stream::pending::<Result<Bytes, std::io::Error>>();
    let answer = shop.send(form_request("/api/cart/add"), Body::from_stream(slow)).await;
    assert_eq!(
        (answer.status, answer.text()),
        (StatusCode::SERVICE_UNAVAILABLE, r#"{"error":"unavailable"}"#)
    );
    assert_eq!(answer.header("retry-after"), "5");
}

#[tokio::test]
async fn a_full_shop_turns_away_at_once_and_still_says_that_it_is_alive() {
    let shop = Shop::with("http://shop.example", |mut state| {
        state.limits.at_once = Arc::new(Semaphore::new(0));
        state
    })
    .await;
    let page = shop.browse("/en").await;
    assert_eq!((page.status, page.header("retry-after")), (StatusCode::SERVICE_UNAVAILABLE, "1"));
    assert!(page.text().contains("very busy"));
    assert_eq!(shop.read("/healthz").await.status, StatusCode::OK);
}

#[tokio::test]
async fn who_asks_too_often_is_told_when_to_return_and_files_stay_free() {
    let shop = Shop::with("http://shop.example", |state| state.with_rates(RateLimit::default())).await;
    let mut last = shop.read("/en/search?q=tea").await;
    for _ in 0..200 {
        last = shop.read("/en/search?q=").await;
        if last.status == StatusCode::TOO_MANY_REQUESTS {
            break;
        }
    }
    assert_eq!(last.status, StatusCode::TOO_MANY_REQUESTS);
    assert!(last.header("retry-after").parse::<u32>().unwrap() >= 1);
    assert_eq!(last.json()["error"], "rate_limited");
    for free in ["/pkg/nothing.js", "/healthz"] {
        assert_ne!(shop.read(free).await.status, StatusCode::TOO_MANY_REQUESTS, "{free}");
    }
}

#[tokio::test]
async fn an_endpoint_knows_nothing_of_the_page_that_its_thread_made_before() {
    let shop = Shop::open().await;
    let page = Owner::new_root(None);
    page.with(|| provide_context(Nonce::from_value("of-another-visitor")));
    page.set();
    let answer = shop.read("/api/search/suggest?q=te&l=en").await;
    assert_eq!(answer.status, StatusCode::OK);
    let policy = answer.header("content-security-policy");
    assert!(!policy.contains("nonce"), "{policy}");
    assert_eq!(Owner::current(), None);
    drop(page);
}
