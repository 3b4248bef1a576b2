//! Rubbish for every route and every endpoint, taken from the tables of routes themselves, so that what is added
//! later is swept on arrival: never a fault of ours, never a leak, nothing changed.

use crate::shop::{Answer, Shop};
use http::{Method, Request};
use server::db::{Database, Handle};

/// What stands in an address instead of a name.
const NAMES: [&str; 18] = [
    "x",
    "%2e%2e%2f%2e%2e%2fetc%2fpasswd",
    "..%5c..%5cboot.ini",
    "%00",
    "a%00b",
    "%ff%fe",
    "%c0%ae%c0%ae",
    "%F0%9F%92%A9",
    "'%3B%20DROP%20TABLE%20product%3B--",
    "%3Cscript%3Ealert(1)%3C%2Fscript%3E",
    "%25%25%25",
    "-1",
    "99999999999999999999999",
    "%7B%7B7*7%7D%7D",
    "%EF%BC%9Cscript%EF%BC%9E",
    "or_%F0%9F%92%A9",
    "%0d%0aSet-Cookie:%20a=b",
    "%E2%80%AE",
];

/// What stands behind the question mark.
const QUERIES: [&str; 16] = [
    "",
    "?",
    "?page=-1",
    "?page=0",
    "?page=18446744073709551616",
    "?page=999999",
    "?page=1e9",
    "?q=%25%25%25_%25",
    "?q=%ff%fe",
    "?q=%E8%8C%B6%00%E5%A3%B6",
    "?q[]=1&q[0]=2&q[a][b]=3",
    "?sort=%27%20OR%201=1--&sort=price",
    "?&&&=&=&%=%",
    "?problem=%3Cscript%3Ealert(1)%3C/script%3E",
    "?style=%3Csvg%20onload=alert(1)%3E&size=-1",
    "?k=%F0%90%80",
];

/// What is sent to endpoints: type and body.
const BODIES: [(&str, &str); 15] = [
    ("application/x-www-form-urlencoded", ""),
    ("application/x-www-form-urlencoded", "&&&=&=&%=%"),
    ("application/x-www-form-urlencoded", "variant_sku=%ff%fe&quantity=NaN"),
    ("application/x-www-form-urlencoded", "variant_sku=%00&quantity=-9223372036854775809"),
    ("application/x-www-form-urlencoded", "variant_sku[]=a&variant_sku[b][c]=d&quantity[]=1"),
    ("application/x-www-form-urlencoded", "quantity=1&quantity=2&variant_sku=a&variant_sku=b"),
    (
        "application/x-www-form-urlencoded",
        "email=a%0d%0aBcc:%20b@example.com&name=%3Cscript%3E&expected_total=1e400",
    ),
    ("application/json", "{\"variant_sku\":{\"$ne\":null},\"quantity\":[1]}"),
    ("application/json", "[[[[[[[[[["),
    (
        "multipart/form-data; boundary=x",
        "--x\r\nContent-Disposition: form-data; name=\"variant_sku\"\r\n\r\na",
    ),
    ("text/xml", "<!DOCTYPE a [<!ENTITY b SYSTEM \"file:///etc/passwd\">]><a>&b;</a>"),
    ("text/plain", "variant_sku=a&quantity=1"),
    ("", "variant_sku=a"),
    ("application/octet-stream", "\u{0}\u{1}\u{2}"),
    ("application/x-www-form-urlencoded; charset=utf-16", "variant_sku=a"),
];

/// Words that only an inner fault could bring into an answer.
const LEAKS: [&str; 8] =
    ["panicked", "stack backtrace", "sqlx", "SELECT ", "INSERT ", ".rs:", "root:x:0", "no such table"];

pub(crate) fn pages() -> Vec<String> {
    let listed = leptos_axum::generate_route_list(app::App);
    listed.iter().map(|route| route.path().replace("{locale}", "en")).collect()
}

pub(crate) fn endpoints() -> Vec<String> {
    leptos::server_fn::axum::server_fn_paths().map(|(path, _)| path.to_owned()).collect()
}

/// A pattern's address with `name` for everything that is asked for.
pub(crate) fn fill(pattern: &str, name: &str) -> String {
    let parts = pattern.split('/').map(|part| if part.starts_with('{') { name } else { part });
    parts.collect::<Vec<_>>().join("/")
}

pub(crate) fn check(what: &str, answer: &Answer) {
    assert!(
        answer.status.as_u16() < 500,
        "{what}: {} {}",
        answer.status,
        String::from_utf8_lossy(&answer.bytes)
    );
    let text = String::from_utf8_lossy(&answer.bytes);
    for leak in LEAKS {
        assert!(!text.contains(leak), "{what}: the answer holds {leak}");
    }
    assert!(!text.contains("<script>alert") && !text.contains("<svg onload"), "{what}: not escaped");
    assert!(
        !answer.headers.get_all("set-cookie").iter().any(|cookie| cookie == "a=b"),
        "{what}: a smuggled header"
    );
}

/// Rows of every table that a visitor's requests could write to.
async fn rows(shop: &Shop) -> Vec<(String, i64)> {
    counts(&shop.world.database).await
}

/// Rows of every table.
pub(crate) async fn counts(database: &Database) -> Vec<(String, i64)> {
    let mut conn = database.read_latest().await.unwrap();
    let conn = match conn.handle() {
        Handle::Sqlite(conn) => Some(conn),
        _ => None,
    };
    let conn = conn.expect("the shop of these tests lies in SQLite");
    let tables: Vec<String> = sqlx::query_scalar(
        "SELECT name FROM sqlite_schema WHERE type = 'table' AND name NOT LIKE '%search%' ORDER BY 1",
    )
    .fetch_all(&mut *conn)
    .await
    .unwrap();
    let mut counts = Vec::new();
    for table in tables {
        let count = sqlx::AssertSqlSafe(format!("SELECT COUNT(*) FROM \"{table}\""));
        counts.push((table, sqlx::query_scalar(count).fetch_one(&mut *conn).await.unwrap()));
    }
    counts
}

/// Names the tables that gained or lost rows, not all of them.
async fn assert_unchanged(before: &[(String, i64)], shop: &Shop, what: &str) {
    let now = rows(shop).await;
    let changed: Vec<_> = before.iter().zip(&now).filter(|(before, now)| before != now).collect();
    assert!(changed.is_empty() && before.len() == now.len(), "{what} has changed {changed:?}");
}

#[tokio::test]
async fn no_address_makes_a_page_fail() {
    let shop = Shop::open().await;
    let before = rows(&shop).await;
    let patterns = pages();
    assert!(patterns.len() >= 7, "{patterns:?}");
    for pattern in &patterns {
        for name in NAMES {
            let path = fill(pattern, name);
            check(&path, &shop.browse(&path).await);
        }
        for query in QUERIES {
            let path = format!("{}{query}", fill(pattern, "gooseneck-kettle"));
            check(&path, &shop.browse(&path).await);
        }
        for path in
            [fill(pattern, &"a".repeat(4000)), format!("{}?q={}", fill(pattern, "x"), "a".repeat(7000))]
        {
            check(pattern, &shop.browse(&path).await);
        }
    }
    assert!(shop.browse("/en").await.status.is_success());
    assert_unchanged(&before, &shop, "looking").await;
}

#[tokio::test]
async fn no_method_makes_a_route_fail() {
    let shop = Shop::open().await;
    let before = rows(&shop).await;
    let methods = ["GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS", "TRACE", "PROPFIND", "X"];
    for pattern in pages().iter().chain(&endpoints()) {
        for method in methods {
            let path = fill(pattern, "gooseneck-kettle");
            let request = Request::builder().method(Method::from_bytes(method.as_bytes()).unwrap());
            let request =
                request.uri(&path).header("host", "shop.example").header("sec-fetch-site", "same-origin");
            check(&format!("{method} {path}"), &shop.send(request, "").await);
        }
    }
    assert_unchanged(&before, &shop, "a method without a form").await;
}

#[tokio::test]
async fn no_body_makes_an_endpoint_fail() {
    let shop = Shop::open().await;
    let before = rows(&shop).await;
    let endpoints = endpoints();
    assert!(endpoints.len() >= 5, "{endpoints:?}");
    for path in &endpoints {
        for (kind, body) in BODIES {
            for accept in ["text/html", "application/json", "image/png, */*;q=x", ""] {
                let request = Request::post(path)
                    .header("host", "shop.example")
                    .header("sec-fetch-site", "same-origin");
                let request = request.header("content-type", kind).header("accept", accept);
                let request =
                    request.header("cookie", "jishi_guest=%%%; jishi_currency=\"; =; ;;jishi_locale=../..");
                check(&format!("{path} {kind} {body}"), &shop.send(request, body).await);
            }
        }
        let large = "variant_sku=".to_owned() + &"a".repeat(300 * 1024);
        let request =
            Request::post(path).header("host", "shop.example").header("sec-fetch-site", "same-origin");
        let request = request.header("content-type", "application/x-www-form-urlencoded");
        let answer = shop.send(request, large).await;
        assert_eq!(answer.status, http::StatusCode::PAYLOAD_TOO_LARGE, "{path}");
    }
    assert_unchanged(&before, &shop, "rubbish").await;
}

#[tokio::test]
async fn a_form_of_another_site_changes_nothing_anywhere() {
    let shop = Shop::open().await;
    let before = rows(&shop).await;
    let body = "variant_sku=JS-TK04-CREAM&quantity=1&payment_method=cash_on_delivery";
    for path in endpoints() {
        for (name, value) in [
            ("origin", "https://evil.example"),
            ("origin", "null"),
            ("sec-fetch-site", "cross-site"),
            ("sec-fetch-site", "same-site"),
            ("origin", "http://shop.example.evil.example"),
        ] {
            let request = Request::post(&path).header("host", "shop.example").header(name, value);
            let request = request.header("content-type", "application/x-www-form-urlencoded");
            let answer = shop.send(request, body).await;
            assert_eq!(answer.status, http::StatusCode::FORBIDDEN, "{path} {name}: {value}");
        }
    }
    assert_unchanged(&before, &shop, "a form of another site").await;
}
