//! A shop that is too full: who is turned away, and who is not.

use crate::cart::FORM;
use crate::shop::{BASE, Browser, Shop};
use http::StatusCode;
use server::http::rate::RateLimit;
use server::http::shed::Places;
use std::time::{Duration, Instant};

const TEAPOT: &str = "JS-TK01-CELADO";

async fn with_places(places: &Places) -> Shop {
    let places = places.clone();
    Shop::with(BASE, |mut state| {
        state.places = places;
        state.with_rates(RateLimit::Off)
    })
    .await
}

#[tokio::test]
async fn while_looking_around_is_turned_away_a_cart_is_filled_and_an_order_placed() {
    let places = Places::new(1, 0, Duration::from_secs(1));
    let shop = with_places(&places).await;
    let kept = shop.browse("/en/p/gooseneck-kettle").await;
    assert_eq!(kept.status, StatusCode::OK);
    let _busy = places.take().await.unwrap();

    for page in ["/en", "/zh/search?q=tea", "/en/c/teaware", "/sitemap.xml"] {
        let refused = shop.browse(page).await;
        assert_eq!(
            (refused.status, refused.header("retry-after")),
            (StatusCode::SERVICE_UNAVAILABLE, "1"),
            "{page}"
        );
    }
    assert!(shop.browse("/en").await.text().contains("very busy"));
    assert_eq!(shop.browse("/en/p/gooseneck-kettle").await.status, StatusCode::OK, "a finished page");

    let browser = Browser::with(&shop, &format!("{TEAPOT}:1")).await;
    for page in ["/en/cart", "/en/checkout"] {
        assert_eq!(browser.open(page).await.status, StatusCode::OK, "{page}");
    }
    let placed = browser.call("/api/checkout/place", FORM.to_owned()).await;
    assert_eq!(placed.status, StatusCode::OK, "{}", placed.text());
    let order = format!("/en/orders/{}", placed.json()["order"].as_str().unwrap());
    assert_eq!(browser.open(&order).await.status, StatusCode::OK);
}

#[tokio::test]
async fn a_refusal_is_not_kept_as_a_page() {
    let places = Places::new(1, 0, Duration::from_secs(1));
    let shop = with_places(&places).await;
    let busy = places.take().await.unwrap();
    assert_eq!(shop.browse("/zh").await.status, StatusCode::SERVICE_UNAVAILABLE);
    drop(busy);
    assert_eq!(shop.browse("/zh").await.status, StatusCode::OK);
}

#[tokio::test]
async fn two_hundred_at_once_are_all_answered_with_a_page_or_the_word_to_come_back() {
    let shop = with_places(&Places::new(2, 8, Duration::from_millis(200))).await;
    let begun = Instant::now();
    let visits = (0..200).map(|number| {
        let shop = &shop;
        async move { shop.browse(&format!("/en/search?q=tea&page={number}")).await.status }
    });
    let answers = futures::future::join_all(visits).await;
    let count = |status| answers.iter().filter(|answer| **answer == status).count();
    let (shown, turned) =
        (count(StatusCode::OK) + count(StatusCode::NOT_FOUND), count(StatusCode::SERVICE_UNAVAILABLE));
    assert_eq!(shown + turned, 200, "{answers:?}");
    assert!(shown >= 2 && turned > 0, "{shown} shown, {turned} turned away");
    assert!(begun.elapsed() < Duration::from_secs(20));
}
