//! Lists and suggestions through the router: statuses, what search engines are told, what may be kept.

use crate::shop::{BASE, Shop};
use http::StatusCode;

#[tokio::test]
async fn only_the_whole_list_of_a_category_is_for_search_engines() {
    let shop = Shop::open().await;
    let canonical = |path: &str| format!(r#"<link href="{BASE}{path}" rel="canonical""#);
    let plain = shop.browse("/en/c/teaware").await;
    assert!(!plain.text().contains("noindex") && plain.text().contains(&canonical("/en/c/teaware")));
    for query in ["sort=price", "stock=1", "o-colour=celadon", "min=10", "brand=muyin&page=1"] {
        let page = shop.browse(&format!("/en/c/teaware?{query}")).await;
        assert_eq!(page.status, StatusCode::OK, "{query}");
        assert!(page.text().contains(r#"content="noindex""#), "{query}");
        assert_eq!(page.text().matches("rel=\"canonical\"").count(), 1, "{query}");
        assert!(page.text().contains(&canonical("/en/c/teaware")), "{query}");
    }
    let search = shop.browse("/en/search?q=tea").await;
    assert!(search.text().contains("noindex") && !search.text().contains("rel=\"canonical\""));
}

#[tokio::test]
async fn strange_filters_are_answered_with_a_helpful_page() {
    let shop = Shop::open().await;
    for query in [
        "q=%25%25%25_&tag=%00",
        "q=tea&min=-5&max=NaN&stock=2",
        "q=tea&o-%3Cscript%3E=1",
        "q=tea&cat=nothing",
        "q=%E8%8C%B6&o-colour=%F0%9F%8D%B5",
        "tag=gift",
        "q=*&sort=;drop",
    ] {
        let page = shop.browse(&format!("/en/search?{query}")).await;
        assert_eq!(page.status, StatusCode::OK, "{query}");
        assert!(page.text().contains("<h1") && !page.text().contains("<script>1"), "{query}");
    }
    for page in ["0", "-1", "999999999", "1e3", "%31%30%30%30%30%31"] {
        for path in ["/zh/search?q=a&page=", "/zh/c/teaware?page="] {
            assert_eq!(
                shop.browse(&format!("{path}{page}")).await.status,
                StatusCode::NOT_FOUND,
                "{path}{page}"
            );
        }
    }
    let long = shop.browse(&format!("/zh/search?q={}", "长".repeat(4_000))).await;
    assert_eq!(long.status, StatusCode::URI_TOO_LONG);
}

#[tokio::test]
async fn the_address_of_a_filter_shows_what_its_count_says() {
    let shop = Shop::open().await;
    let page = shop.browse("/en/c/tea-kitchen").await;
    assert!(page.text().contains(r#"popovertarget="filters""#) && page.text().contains("facet-o-colour"));
    let narrowed = shop.browse("/en/search?q=tea&stock=1&sort=price&max=50").await;
    assert!(narrowed.text().contains("Remove “In stock only”"), "{}", narrowed.text());
    assert!(narrowed.text().contains("up to $50.00"));
}

#[tokio::test]
async fn suggestions_are_data_and_options_and_may_be_kept_for_a_minute() {
    let shop = Shop::open().await;
    let answer = shop.read("/api/search/suggest?q=teap&l=en").await;
    assert_eq!((answer.status, answer.header("cache-control")), (StatusCode::OK, "private, max-age=60"));
    let json = answer.json();
    assert_eq!(json["products"][0]["slug"], "celadon-teapot");
    assert_eq!(json["products"][0]["price"]["currency"], "USD");
    assert!(json.get("html").is_none());
    let answer = shop.read("/api/search/suggest?q=%E5%A3%B6&l=zh&list=header-q").await.json();
    assert!(answer["html"].as_str().unwrap().contains(r#"id="header-q-0""#), "{answer}");
    assert_eq!(answer["products"][0]["price"]["currency"], "CNY");
    assert!(answer["options"].as_u64().unwrap() > 0 && answer["status"].as_str().unwrap().contains("条建议"));
    for query in ["", "q=", "q=%00&l=xx&list=%22%3E%3Cscript%3E", "q=%25_%25", "l=zh"] {
        let answer = shop.read(&format!("/api/search/suggest?{query}")).await;
        assert_eq!(answer.status, StatusCode::OK, "{query}");
        assert!(!answer.text().contains("script"), "{query}");
    }
}

#[tokio::test]
async fn a_followed_result_is_counted_and_rubbish_is_refused() {
    let shop = Shop::open().await;
    assert_eq!(shop.call("/api/search/followed", "q=tea&l=en&rank=2").await.status, StatusCode::OK);
    for form in ["q=tea&l=en&rank=0", "q=tea&l=en", "rank=x", "q=tea&rank=4294967296"] {
        assert_eq!(shop.call("/api/search/followed", form).await.status, StatusCode::BAD_REQUEST, "{form}");
    }
}
