//! Every error has the right status, one shape for programs and a page for people.

use crate::shop::{Shop, form_request};
use http::{Request, StatusCode};

#[tokio::test]
async fn an_unknown_path_has_the_app_s_own_page() {
    let shop = Shop::open().await;
    for path in
        ["/zh/nothing/here/at/all", "/nowhere", "/zh/p/no-such-thing", "/favicon.none", "/zh/", "/xx/cart"]
    {
        let page = shop.browse(path).await;
        if path == "/zh/" && page.status.is_redirection() {
            continue;
        }
        assert_eq!(page.status, StatusCode::NOT_FOUND, "{path}");
        assert!(page.text().contains("<h1"), "{path}");
        let policy = page.header("content-security-policy");
        assert!(policy.contains("'nonce-") || policy.contains("'sha256-"), "{path}: {policy}");
    }
}

#[tokio::test]
async fn an_unknown_endpoint_and_a_wrong_method_answer_in_the_same_shape() {
    let shop = Shop::open().await;
    let unknown = shop.read("/api/nothing").await;
    assert_eq!((unknown.status, unknown.text()), (StatusCode::NOT_FOUND, r#"{"error":"not_found"}"#));
    let unknown = shop.call("/api/cart/nothing", "").await;
    assert_eq!((unknown.status, unknown.text()), (StatusCode::NOT_FOUND, r#"{"error":"not_found"}"#));
    let wrong = shop.read("/api/cart/add").await;
    assert_eq!((wrong.status, wrong.text()), (StatusCode::METHOD_NOT_ALLOWED, r#"{"error":"bad_request"}"#));
    assert_eq!(wrong.header("allow"), "POST");
}

#[tokio::test]
async fn people_get_a_page_in_their_language() {
    let shop = Shop::open().await;
    for (path, words) in [("/zh/cart", "这个请求无法处理"), ("/en/cart", "This request cannot be handled")]
    {
        let request =
            form_request(path).header("accept", "text/html").header("sec-fetch-site", "same-origin");
        let page = shop.send(request, "").await;
        assert_eq!(page.status, StatusCode::METHOD_NOT_ALLOWED, "{path}");
        assert!(page.header("content-type").starts_with("text/html"));
        assert!(page.text().contains(words), "{}", page.text());
        assert!(
            !page.text().contains("<script")
                && page.header("content-security-policy").starts_with("default-src 'none'; style-src")
        );
    }
}

#[tokio::test]
async fn a_broken_database_is_our_fault_and_shows_only_a_number() {
    let shop = Shop::open().await;
    shop.world.database.close().await;
    let data = shop.call("/api/cart/add", "variant_sku=JS-TK01-CELADO&quantity=1").await;
    assert!(data.status.is_server_error(), "{}", data.status);
    assert!(!data.text().to_lowercase().contains("pool") && !data.text().contains("sql"), "{}", data.text());
    let page = shop.browse("/zh").await;
    assert!(page.status.is_server_error(), "{}", page.status);
    assert!(page.text().contains(page.header("x-request-id")), "the page shows the number that the log has");
}

#[tokio::test]
async fn two_requests_have_two_numbers_and_ours_wins_over_the_caller_s() {
    let shop = Shop::open().await;
    let first = shop.send(Request::get("/healthz").header("x-request-id", "mine"), "").await;
    let second = shop.read("/healthz").await;
    assert_ne!(first.header("x-request-id"), "mine");
    assert_ne!(first.header("x-request-id"), second.header("x-request-id"));
}
