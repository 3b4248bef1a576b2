//! What machines that watch over the server see.

use crate::shop::Shop;
use http::StatusCode;
use std::sync::atomic::Ordering;

#[tokio::test]
async fn readiness_follows_the_parts_while_being_alive_does_not() {
    let shop = Shop::open().await;
    let ready = shop.read("/readyz").await;
    assert_eq!((ready.status, ready.json()["ready"].as_bool()), (StatusCode::OK, Some(true)));
    shop.has_database.store(false, Ordering::Relaxed);
    let unready = shop.read("/readyz").await;
    assert_eq!(unready.status, StatusCode::SERVICE_UNAVAILABLE);
    assert_eq!(unready.json()["checks"]["database"].as_bool(), Some(false));
    assert_eq!(shop.read("/healthz").await.status, StatusCode::OK);
}

#[tokio::test]
async fn figures_count_by_route_pattern_and_never_by_path() {
    let shop = Shop::open().await;
    shop.read("/metrics").await;
    shop.browse("/zh/p/nobody-s-secret-product").await;
    shop.browse("/zh/search?q=a-private-query").await;
    let figures = shop.read("/metrics").await;
    assert!(figures.header("content-type").starts_with("text/plain; version=0.0.4"));
    let text = figures.text();
    assert!(text.contains("http_requests_total{method=\"GET\",route=\"/{locale}/p/{slug}\""), "{text}");
    assert!(text.contains("http_request_duration_seconds_bucket"), "{text}");
    for line in [
        "db_connections{pool=\"write\",state=\"idle\"} 1",
        "db_connections{pool=\"write\",state=\"busy\"} 2",
        "jobs{status=\"dead\"} 2",
    ] {
        assert!(text.contains(line), "{line} is not in {text}");
    }
    assert!(!text.contains("secret") && !text.contains("private"), "{text}");
}
