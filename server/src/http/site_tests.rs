//! Which form of a file is sent, and how long it may be kept.

use super::*;
use axum::body::to_bytes;

/// A small site: one file in three forms, one without.
#[derive(RustEmbed)]
#[folder = "tests/site"]
struct Fixture;

fn ask(path: &str, headers: &[(http::HeaderName, &str)]) -> Option<Response> {
    let headers = headers.iter().map(|(name, value)| (name.clone(), HeaderValue::try_from(*value).unwrap()));
    serve::<Fixture>(path, &headers.collect(), FOR_EVER)
}

async fn bytes(response: Response) -> Vec<u8> {
    to_bytes(response.into_body(), 1024).await.unwrap().to_vec()
}

#[tokio::test]
async fn the_best_form_that_the_browser_takes_is_sent() {
    for (accepted, coding, content) in [
        ("gzip, deflate, br, zstd", Some("br"), "brotli"),
        ("gzip", Some("gzip"), "gzip"),
        ("br;q=0, gzip", Some("gzip"), "gzip"),
        ("identity", None, "plain"),
        ("", None, "plain"),
    ] {
        let response = ask("pkg/1a2b/jishi.js", &[(ACCEPT_ENCODING, accepted)]).unwrap();
        let sent = response.headers().get(CONTENT_ENCODING).map(|value| value.to_str().unwrap().to_owned());
        assert_eq!(sent.as_deref(), coding, "{accepted}");
        assert_eq!(response.headers()[CONTENT_TYPE], "text/javascript; charset=utf-8");
        assert_eq!(response.headers()[VARY], "Accept-Encoding");
        assert_eq!(bytes(response).await, content.as_bytes(), "{accepted}");
    }
}

#[tokio::test]
async fn a_file_that_the_browser_has_is_not_sent_again_but_its_other_form_is() {
    let brotli = ask("pkg/1a2b/jishi.js", &[(ACCEPT_ENCODING, "br")]).unwrap();
    let tag = brotli.headers()[ETAG].to_str().unwrap().to_owned();
    let again = ask("pkg/1a2b/jishi.js", &[(ACCEPT_ENCODING, "br"), (IF_NONE_MATCH, &tag)]).unwrap();
    assert_eq!(again.status(), StatusCode::NOT_MODIFIED);
    assert_eq!(again.headers()[CACHE_CONTROL], FOR_EVER);
    assert!(bytes(again).await.is_empty());
    let gzip = ask("pkg/1a2b/jishi.js", &[(ACCEPT_ENCODING, "gzip"), (IF_NONE_MATCH, &tag)]).unwrap();
    assert_eq!(gzip.status(), StatusCode::OK);
}

#[test]
fn no_path_leads_out_of_the_site() {
    assert!(ask("icon.svg", &[]).is_some());
    for path in [
        "../Cargo.toml",
        "pkg/../../Cargo.toml",
        "./icon.svg",
        "/icon.svg",
        "pkg",
        "pkg/",
        "icon.svg/",
        "nothing.js",
    ] {
        assert!(ask(path, &[]).is_none(), "{path}");
    }
}

#[test]
fn files_of_the_build_are_nobody_s_business() {
    for path in ["/build.txt", "/files.txt"] {
        assert!(root_file(path, &HeaderMap::new()).is_none(), "{path}");
    }
}

#[test]
fn a_path_with_tricks_is_no_file() {
    assert!(is_plain("pkg/0a1b/jishi.wasm") && is_plain("icons/icon@2x.png"));
    for path in [
        "",
        "/",
        "..",
        "../Cargo.toml",
        "pkg//jishi.js",
        "a/../b",
        ".env",
        "pkg/.git/config",
        "a%2e",
        "a\\b",
        "a\0",
    ] {
        assert!(!is_plain(path), "{path:?}");
    }
}

#[test]
fn a_coding_is_taken_unless_it_is_refused() {
    assert!(accepts("gzip, deflate, br, zstd", "br"));
    assert!(accepts("BR;q=0.5", "br"));
    assert!(!accepts("br;q=0, gzip", "br"));
    assert!(!accepts("br;q=0.0", "br"));
    assert!(!accepts("", "br"));
    assert!(!accepts("brotli", "br"));
}

#[test]
fn types_are_what_browsers_insist_on() {
    for (path, kind) in [
        ("a.wasm", "application/wasm"),
        ("a.js", "text/javascript; charset=utf-8"),
        ("a.css", "text/css; charset=utf-8"),
        ("manifest.webmanifest", "application/manifest+json"),
        ("a.avif", "image/avif"),
        ("a.woff2", "font/woff2"),
        ("a.svg", "image/svg+xml"),
    ] {
        assert_eq!(content_type(path), kind, "{path}");
    }
}

#[test]
fn tags_are_compared_as_http_says() {
    let tag = HeaderValue::from_static("\"a\"");
    for known in ["\"a\"", "W/\"a\"", "\"b\", \"a\"", "*"] {
        assert!(matches(&HeaderValue::from_static(known), &tag), "{known}");
    }
    assert!(!matches(&HeaderValue::from_static("\"b\""), &tag));
}
