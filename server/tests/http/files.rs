//! Stored pictures: whole, in parts, from the browser's own store, and never anything else.

use crate::shop::Shop;
use http::{Request, StatusCode};
use server::platform::blobs::BlobName;

const NAME: &str = "/media/film-0a1b.mp4";

async fn shop_with_film() -> Shop {
    let shop = Shop::open().await;
    shop.world.platform.blobs.put(&BlobName::parse("film-0a1b.mp4").unwrap(), b"0123456789").await.unwrap();
    shop
}

#[tokio::test]
async fn a_stored_file_may_be_kept_for_ever() {
    let shop = shop_with_film().await;
    let whole = shop.read(NAME).await;
    assert_eq!((whole.status, whole.text()), (StatusCode::OK, "0123456789"));
    assert_eq!(whole.header("content-type"), "video/mp4");
    assert_eq!(whole.header("cache-control"), "public, max-age=31536000, immutable");
    let again = shop.send(Request::get(NAME).header("if-none-match", whole.header("etag")), "").await;
    assert_eq!((again.status, again.text()), (StatusCode::NOT_MODIFIED, ""));
}

#[tokio::test]
async fn a_film_is_sent_in_the_parts_that_are_asked_for() {
    let shop = shop_with_film().await;
    for (range, status, content, told) in [
        ("bytes=2-4", 206, "234", "bytes 2-4/10"),
        ("bytes=7-", 206, "789", "bytes 7-9/10"),
        ("bytes=-2", 206, "89", "bytes 8-9/10"),
        ("bytes=0-0,5-6", 200, "0123456789", ""),
    ] {
        let part =
            shop.send(Request::get(NAME).header("range", range).header("accept-encoding", "br"), "").await;
        assert_eq!(
            (part.status.as_u16(), part.text(), part.header("content-range")),
            (status, content, told),
            "{range}"
        );
        assert_eq!(part.header("content-encoding"), "", "{range}");
    }
    let beyond = shop.send(Request::get(NAME).header("range", "bytes=10-"), "").await;
    assert_eq!((beyond.status.as_u16(), beyond.header("content-range")), (416, "bytes */10"));
    let changed = Request::get(NAME).header("range", "bytes=2-4").header("if-range", "\"other\"");
    assert_eq!(shop.send(changed, "").await.status, StatusCode::OK);
}

#[tokio::test]
async fn no_name_leads_out_of_the_folder() {
    let shop = shop_with_film().await;
    for path in [
        "/media/nothing.webp",
        "/media/..%2fjishi.db",
        "/media/%2e%2e%2fjishi.db",
        "/media/../jishi.db",
        "/media/.hidden.webp",
        "/media/film-0a1b.mp4%00.webp",
        "/media/%2fetc%2fpasswd",
        "/media/..%5cjishi.db",
        "/media/FILM-0A1B.MP4",
        "/pkg/..%2f..%2fCargo.toml",
        "/pkg/../Cargo.toml",
        "/pkg/.hidden",
        "/Cargo.toml",
        "/build.txt",
        "/files.txt",
    ] {
        assert_eq!(shop.read(path).await.status, StatusCode::NOT_FOUND, "{path}");
    }
}
