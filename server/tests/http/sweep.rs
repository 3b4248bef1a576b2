//! Rubbish for every route and every endpoint, taken from the tables of routes themselves, so that what is added
//! later is swept on arrival: never a fault of ours, never a leak, nothing changed.

use crate::cart::FORM;
use crate::contents::{Contents, contents};
use crate::routes::{by_hand, endpoints, fill, forms, pages};
use crate::shop::{Answer, Browser, Shop};
use http::{Method, Request, StatusCode};

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

/// What a visitor with a cart changes by typing: the draft of the order.
const TYPED: [(&str, &str); 2] = [("cart", "draft"), ("cart", "updated_at")];

/// A shop with somebody who asks it, and what it held before.
struct Sweep {
    shop: Shop,
    cookie: String,
    /// Orders of the visitor.
    order: String,
    left_out: &'static [(&'static str, &'static str)],
    before: Contents,
}

impl Sweep {
    /// By somebody whose cookies are rubbish as well.
    async fn by_a_stranger() -> Self {
        let shop = Shop::open().await;
        let before = contents(&shop.world.database, &[]).await;
        let cookie = "jishi_guest=%%%; jishi_currency=\"; =; ;;jishi_locale=../..".to_owned();
        Self { shop, cookie, order: "or_none".to_owned(), left_out: &[], before }
    }

    /// By somebody who has placed an order and fills the next cart.
    async fn by_a_customer() -> Self {
        let shop = Shop::open().await;
        let mut browser = Browser::with(&shop, "JS-TK01-CELADO:2").await;
        let placed = browser.call("/api/checkout/place", FORM.to_owned()).await;
        let order = placed.json()["order"].as_str().unwrap().to_owned();
        for form in ["variant_sku=JS-TK04-CREAM&quantity=1", "variant_sku=JS-TK01-CELADO&quantity=1"] {
            assert_eq!(browser.call("/api/cart/add", form.to_owned()).await.status, StatusCode::OK);
        }
        let saved = browser.call("/api/cart/save", "variant_sku=JS-TK04-CREAM".to_owned()).await;
        assert_eq!(saved.status, StatusCode::OK, "{}", saved.text());
        let cookie = std::mem::take(&mut browser.cookie);
        let before = contents(&shop.world.database, &TYPED).await;
        for (table, rows) in [("orders", 1), ("cart", 2), ("cart_line", 2), ("saved_line", 1)] {
            assert_eq!(before[table].0, rows, "{table}");
        }
        Self { shop, cookie, order, left_out: &TYPED, before }
    }

    async fn browse(&self, path: &str) -> Answer {
        let request = Request::get(path).header("accept", "text/html").header("host", "shop.example");
        self.shop.send(request.header("cookie", &self.cookie), "").await
    }

    async fn post(&self, path: &str, headers: &[(&str, &str)], body: &str) -> Answer {
        let request = Request::post(path).header("host", "shop.example").header("cookie", &self.cookie);
        let request = headers.iter().fold(request, |request, (name, value)| request.header(*name, *value));
        self.shop.send(request, body.to_owned()).await
    }

    /// Names the tables whose rows are others than before.
    async fn ends(self, what: &str) {
        let now = contents(&self.shop.world.database, self.left_out).await;
        let changed: Vec<_> =
            self.before.iter().filter(|(table, held)| now.get(*table) != Some(*held)).collect();
        assert!(changed.is_empty() && self.before.len() == now.len(), "{what} has changed {changed:?}");
        assert!(self.browse("/en").await.status.is_success());
    }

    async fn addresses(&self) {
        let patterns: Vec<String> = pages().into_iter().chain(by_hand()).collect();
        for pattern in &patterns {
            for name in NAMES {
                let path = fill(pattern, name);
                check(&path, &self.browse(&path).await);
            }
            for (name, query) in ["gooseneck-kettle", self.order.as_str()]
                .iter()
                .flat_map(|name| QUERIES.map(|query| (name, query)))
            {
                let path = format!("{}{query}", fill(pattern, name));
                check(&path, &self.browse(&path).await);
            }
            for path in
                [fill(pattern, &"a".repeat(4000)), format!("{}?q={}", fill(pattern, "x"), "a".repeat(7000))]
            {
                check(pattern, &self.browse(&path).await);
            }
        }
    }

    async fn methods(&self) {
        let methods = ["GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS", "TRACE", "PROPFIND", "X"];
        for pattern in pages().iter().chain(&endpoints()).chain(&by_hand()) {
            for method in methods {
                let path = fill(pattern, "gooseneck-kettle");
                let request = Request::builder().method(Method::from_bytes(method.as_bytes()).unwrap());
                let request =
                    request.uri(&path).header("host", "shop.example").header("cookie", &self.cookie);
                let request = request.header("sec-fetch-site", "same-origin");
                check(&format!("{method} {path}"), &self.shop.send(request, "").await);
            }
        }
    }

    async fn bodies(&self) {
        for path in forms() {
            for (kind, body) in BODIES {
                for accept in ["text/html", "application/json", "image/png, */*;q=x", ""] {
                    let headers =
                        [("sec-fetch-site", "same-origin"), ("content-type", kind), ("accept", accept)];
                    check(&format!("{path} {kind} {body}"), &self.post(&path, &headers, body).await);
                }
            }
            let headers =
                [("sec-fetch-site", "same-origin"), ("content-type", "application/x-www-form-urlencoded")];
            let large = "variant_sku=".to_owned() + &"a".repeat(300 * 1024);
            assert_eq!(
                self.post(&path, &headers, &large).await.status,
                StatusCode::PAYLOAD_TOO_LARGE,
                "{path}"
            );
        }
    }

    async fn forms_of_another_site(&self) {
        let body = format!(
            "variant_sku=JS-TK04-CREAM&quantity=1&items=JS-TK04-CREAM:1&order={}&currency=USD&{FORM}",
            self.order
        );
        for path in forms() {
            for other in [
                ("origin", "https://evil.example"),
                ("origin", "null"),
                ("sec-fetch-site", "cross-site"),
                ("sec-fetch-site", "same-site"),
                ("origin", "http://shop.example.evil.example"),
            ] {
                let headers = [other, ("content-type", "application/x-www-form-urlencoded")];
                let answer = self.post(&path, &headers, &body).await;
                assert_eq!(answer.status, StatusCode::FORBIDDEN, "{path} {other:?}");
            }
        }
    }
}

#[tokio::test]
async fn no_address_makes_a_page_fail() {
    let sweep = Sweep::by_a_stranger().await;
    sweep.addresses().await;
    sweep.ends("looking").await;
}

#[tokio::test]
async fn no_address_makes_a_page_of_a_customer_fail() {
    let sweep = Sweep::by_a_customer().await;
    sweep.addresses().await;
    sweep.ends("looking").await;
}

#[tokio::test]
async fn no_method_makes_a_route_fail() {
    for sweep in [Sweep::by_a_stranger().await, Sweep::by_a_customer().await] {
        sweep.methods().await;
        sweep.ends("a method without a form").await;
    }
}

#[tokio::test]
async fn no_body_makes_an_endpoint_fail() {
    assert!(endpoints().len() >= 5 && forms().len() > endpoints().len(), "{:?}", forms());
    let sweep = Sweep::by_a_stranger().await;
    sweep.bodies().await;
    sweep.ends("rubbish").await;
}

#[tokio::test]
async fn no_body_of_a_customer_makes_an_endpoint_fail() {
    let sweep = Sweep::by_a_customer().await;
    sweep.bodies().await;
    sweep.ends("rubbish").await;
}

#[tokio::test]
async fn a_form_of_another_site_changes_nothing_anywhere() {
    for sweep in [Sweep::by_a_stranger().await, Sweep::by_a_customer().await] {
        sweep.forms_of_another_site().await;
        sweep.ends("a form of another site").await;
    }
}
