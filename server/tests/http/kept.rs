//! Finished pages: the same bytes for everybody, new when the catalogue changes.

use crate::shop::{Answer, BASE, Shop, ask, state};
use crate::support::{Backend, World};
use axum::body::Body;
use base64::Engine as _;
use http::{Request, StatusCode};
use metrics_exporter_prometheus::{PrometheusBuilder, PrometheusHandle};
use server::db::Database;
use server::http::kept::KeptPages;
use server::http::rate::RateLimit;
use server::http::router;
use server::jobs::bus::JOINED;
use server::jobs::edition::Edition;
use sha2::{Digest as _, Sha256};
use std::sync::Arc;
use std::sync::atomic::AtomicBool;
use std::time::Duration;

const PRODUCT: &str = "/en/p/gooseneck-kettle";

impl Shop {
    async fn look(&self, path: &str, headers: &[(&str, &str)]) -> Answer {
        let mut request = Request::get(path).header("accept", "text/html").header("host", "shop.example");
        for (name, value) in headers {
            request = request.header(*name, *value);
        }
        self.send(request, "").await
    }
}

#[tokio::test]
async fn a_catalogue_page_is_the_same_bytes_for_everybody() {
    let shop = Shop::open().await;
    let added = shop.submit("/api/cart/add", "variant_sku=JS-TK04-CREAM&quantity=1").await;
    let cookie = added.header("set-cookie").split(';').next().unwrap().to_owned();
    for path in ["/en", "/zh/c/tea-kitchen", PRODUCT] {
        let stranger = shop.look(path, &[]).await;
        let guest = shop.look(path, &[("cookie", &cookie)]).await;
        assert_eq!((stranger.status, guest.status), (StatusCode::OK, StatusCode::OK), "{path}");
        assert_eq!(stranger.text(), guest.text(), "{path}");
        assert_eq!(stranger.header("etag"), guest.header("etag"), "{path}");
        assert!(guest.header("set-cookie").is_empty(), "{path}");
    }
}

#[tokio::test]
async fn a_page_that_the_browser_has_is_not_sent_again() {
    let shop = Shop::open().await;
    let first = shop.look(PRODUCT, &[]).await;
    let tag = first.header("etag").to_owned();
    assert!(tag.starts_with('"'), "{tag}");
    let again = shop.look(PRODUCT, &[("if-none-match", &tag)]).await;
    assert_eq!((again.status, again.bytes.len()), (StatusCode::NOT_MODIFIED, 0));
    let packed = shop.look(PRODUCT, &[("accept-encoding", "br"), ("if-none-match", &tag)]).await;
    assert_eq!((packed.status, packed.header("content-encoding")), (StatusCode::OK, "br"));
}

#[tokio::test]
async fn another_currency_is_another_page() {
    let shop = Shop::open().await;
    let dollars = shop.look(PRODUCT, &[("cookie", "jishi_currency=USD")]).await;
    let yuan = shop.look(PRODUCT, &[("cookie", "jishi_currency=CNY")]).await;
    assert_ne!(dollars.header("etag"), yuan.header("etag"));
    assert!(dollars.text().contains('$') && yuan.text().contains('¥'));
}

#[tokio::test]
async fn what_was_sold_out_meanwhile_is_told_within_a_second() {
    let shop = Shop::open().await;
    let path = "/en/p/gooseneck-kettle?style=cream";
    let before = shop.look(path, &[]).await;
    let (database, platform) = (&shop.world.database, &shop.world.platform);
    server::inventory::cli::set(database, platform, "JS-TK04-CREAM", 0, "test").await.unwrap();
    tokio::time::sleep(Duration::from_secs(1)).await;
    let after = shop.look(path, &[]).await;
    assert_ne!(before.header("etag"), after.header("etag"));
    assert_ne!(before.text(), after.text());
}

#[tokio::test]
async fn the_policy_names_the_hash_of_every_script_in_the_page_and_nothing_that_changes() {
    let shop = Shop::open().await;
    for path in ["/en", "/zh/c/tea-kitchen", PRODUCT] {
        let page = shop.look(path, &[]).await;
        let policy = page.header("content-security-policy");
        assert!(!policy.contains("nonce") && !policy.contains("unsafe-inline"), "{policy}");
        let mut scripts = 0;
        for rest in page.text().split("<script").skip(1) {
            let (attributes, rest) = rest.split_once('>').unwrap();
            if attributes.contains("json") || attributes.contains("src=") {
                continue;
            }
            let hash = base64::engine::general_purpose::STANDARD
                .encode(Sha256::digest(rest.split_once("</script").unwrap().0));
            assert!(policy.contains(&format!("'sha256-{hash}'")), "{path}: {rest}");
            scripts += 1;
        }
        assert!(scripts >= 1, "{path}");
    }
}

#[tokio::test]
async fn pages_of_one_visitor_are_not_kept() {
    let shop = Shop::open().await;
    for path in ["/en/cart", "/en/checkout", "/en/search?q=tea", "/en/p/nowhere", "/favicon.svg"] {
        let page = shop.look(path, &[]).await;
        let is_file = path.contains('.');
        assert!(is_file || page.header("etag").is_empty(), "{path}");
        assert!(
            is_file
                || page.header("content-security-policy").contains("nonce-")
                || page.status == StatusCode::NOT_FOUND,
            "{path}"
        );
    }
}

#[tokio::test]
async fn asking_for_the_head_alone_leaves_the_page_whole_for_the_next_one() {
    let shop = Shop::open().await;
    let head = shop.send(Request::head(PRODUCT).header("host", "shop.example"), "").await;
    assert_eq!((head.status, head.bytes.len()), (StatusCode::OK, 0));
    assert!(shop.look(PRODUCT, &[]).await.text().contains("</html>"));
}

#[tokio::test]
async fn where_it_is_allowed_a_cdn_may_keep_pages_of_the_catalogue_and_nothing_else() {
    let shop = Shop::with(BASE, |state| {
        let kept = state.kept.clone().shared_for(90);
        state.with_rates(RateLimit::Off).with_kept_pages(kept)
    })
    .await;
    let shared = "public, max-age=0, s-maxage=90, stale-while-revalidate=90";
    for path in ["/en", "/zh/c/tea-kitchen", PRODUCT] {
        let page = shop.look(path, &[]).await;
        assert_eq!((page.status, page.header("cache-control")), (StatusCode::OK, shared), "{path}");
        assert!(page.header("vary").contains("Cookie") && page.header("set-cookie").is_empty(), "{path}");
        let again = shop.look(path, &[("if-none-match", page.header("etag"))]).await;
        assert_eq!(
            (again.status, again.header("cache-control")),
            (StatusCode::NOT_MODIFIED, shared),
            "{path}"
        );
    }
    for path in
        ["/en/cart", "/en/checkout", "/en/search?q=tea", "/en/orders/or_x", "/en/p/nowhere", "/api/cart"]
    {
        let told = shop.look(path, &[]).await.header("cache-control").to_owned();
        assert!(!told.contains("public") && !told.contains("s-maxage"), "{path}: {told}");
    }
    assert_eq!(Shop::open().await.look(PRODUCT, &[]).await.header("cache-control"), "private, no-cache");
}

/// A figure as `/metrics` writes it; `None` when it is not there.
fn figure(figures: &PrometheusHandle, name: &str) -> Option<u64> {
    let text = figures.render();
    text.lines().find_map(|line| line.strip_prefix(name)?.strip_prefix(' ')?.parse().ok())
}

#[tokio::test]
async fn what_is_found_and_what_is_made_is_counted_and_told() {
    let shop = Shop::open().await;
    let recorder = PrometheusBuilder::new().build_recorder();
    let figures = recorder.handle();
    // Of this thread alone: other tests look at pages at the same time.
    let here = metrics::set_default_local_recorder(&recorder);
    for _ in 0..3 {
        shop.look(PRODUCT, &[]).await;
    }
    shop.look(PRODUCT, &[("cookie", "jishi_currency=CNY")]).await;
    shop.look("/en/cart", &[]).await;
    assert_eq!(figure(&figures, "kept_pages_total{outcome=\"made\"}"), Some(2));
    assert_eq!(figure(&figures, "kept_pages_total{outcome=\"found\"}"), Some(2));
    drop(here);
    shop.read("/metrics").await;
    for _ in 0..2 {
        shop.look("/zh/p/gooseneck-kettle", &[]).await;
    }
    let told = shop.read("/metrics").await;
    for line in [
        "kept_pages_total{outcome=\"made\"} ",
        "kept_pages_total{outcome=\"found\"} ",
        "kept_pages_kilobytes ",
    ] {
        assert!(told.text().contains(line), "{line} is not in {}", told.text());
    }
}

#[tokio::test]
async fn many_different_pages_take_no_more_memory_than_is_set() {
    let shop = Shop::with(BASE, |state| {
        state.with_rates(RateLimit::Off).with_kept_pages(KeptPages::new(1, &Edition::new()))
    })
    .await;
    let recorder = PrometheusBuilder::new().build_recorder();
    let figures = recorder.handle();
    let _here = metrics::set_default_local_recorder(&recorder);
    let (mut pages, mut bytes) = (0, 0);
    while bytes < 4 << 20 {
        let page = shop.look(&format!("/en/c/tea-kitchen?from={pages}"), &[]).await;
        assert_eq!(page.status, StatusCode::OK);
        (pages, bytes) = (pages + 1, bytes + page.bytes.len());
    }
    assert_eq!(figure(&figures, "kept_pages_total{outcome=\"made\"}"), Some(pages), "each is another page");
    // The books of the cache are a moment behind.
    for _ in 0..10 {
        tokio::time::sleep(Duration::from_millis(100)).await;
        shop.look(&format!("/en/c/tea-kitchen?from={pages}"), &[]).await;
    }
    shop.read("/metrics").await;
    let (held, kilobytes) =
        (figure(&figures, "kept_pages").unwrap(), figure(&figures, "kept_pages_kilobytes").unwrap());
    assert!(
        (1..=1024).contains(&kilobytes) && (1..pages / 2).contains(&held),
        "{held} of {pages}: {kilobytes} kB"
    );
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_change_on_one_node_is_shown_by_the_other_within_a_second() {
    let world = World::new(Backend::Postgres).await;
    let shop = Shop::in_world(world, BASE, |state| state.with_rates(RateLimit::Off)).await;
    let database = Database::open(&shop.world.url, &[]).await.unwrap();
    let (bus, pool) = (database.bus().clone(), database.listen_pool().unwrap().clone());
    let mut notices = bus.subscribe();
    let relay = tokio::spawn(async move { bus.relay(&pool).await });
    while notices.recv().await.unwrap().topic != JOINED {}
    let other = state(&database, &shop.world.platform, BASE, Arc::new(AtomicBool::new(true)));
    let other = router(other.with_rates(RateLimit::Off));
    let look = || {
        let request = Request::get("/en/p/gooseneck-kettle?style=cream").header("host", "shop.example");
        ask(other.clone(), request.header("accept", "text/html").body(Body::empty()).unwrap())
    };
    let before = look().await;
    assert_eq!((before.status, look().await.header("etag")), (StatusCode::OK, before.header("etag")));
    let (here, platform) = (&shop.world.database, &shop.world.platform);
    server::inventory::cli::set(here, platform, "JS-TK04-CREAM", 0, "test").await.unwrap();
    tokio::time::sleep(Duration::from_secs(1)).await;
    let after = look().await;
    assert_ne!(before.header("etag"), after.header("etag"));
    assert_ne!(before.text(), after.text());
    relay.abort();
}
