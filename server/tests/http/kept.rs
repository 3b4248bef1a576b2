//! Finished pages: the same bytes for everybody, new when the catalogue changes.

use crate::shop::{Answer, Shop};
use base64::Engine as _;
use http::{Request, StatusCode};
use sha2::{Digest as _, Sha256};
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
