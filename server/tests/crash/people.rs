//! People who buy from a shop that may die at any moment: they try again, as people do, and remember what they paid.

use crate::processes::client;
use app::kernel::GuestToken;
use axum::body::{Body, to_bytes};
use http::{Request, StatusCode};
use hyper_util::client::legacy::{Client, connect::HttpConnector};
use serde_json::Value;
use server::platform::entropy::{Entropy, SeededEntropy, SystemEntropy};
use std::time::Duration;

/// Tries before somebody gives up; each waits a little.
const TRIES: usize = 400;

/// What somebody remembers of buying.
pub(crate) struct Attempt {
    /// The gateway's page; `None` when the article was sold out.
    pub(crate) pay_url: Option<String>,
    /// Whether the gateway has taken the money.
    pub(crate) is_charged: bool,
}

impl Attempt {
    pub(crate) fn session(&self) -> &str {
        self.pay_url.as_deref().unwrap_or_default().rsplit('/').next().unwrap()
    }
}

/// Somebody with a browser.
pub(crate) struct Customer {
    shop: String,
    gateway: String,
    cookie: String,
    mood: u64,
    client: Client<HttpConnector, Body>,
}

impl Customer {
    pub(crate) fn new(shop: &str, gateway: &str, seed: u64) -> Self {
        let (chance, mood): (&dyn Entropy, SeededEntropy) = (&SystemEntropy, SeededEntropy::new(seed));
        let guest = GuestToken::new(chance.bytes());
        let mood: &dyn Entropy = &mood;
        Self {
            shop: shop.to_owned(),
            gateway: gateway.to_owned(),
            cookie: format!("jishi_guest={}", guest.reveal()),
            mood: u64::from_be_bytes(mood.bytes::<8>()),
            client: client(),
        }
    }

    /// One request. `None`: the shop died, or was dead.
    async fn post(&self, url: String, form: &str) -> Option<(StatusCode, String, Value)> {
        let request = Request::post(url)
            .header("content-type", "application/x-www-form-urlencoded")
            .header("accept", "application/json")
            .header("sec-fetch-site", "same-origin")
            .header("cookie", &self.cookie)
            .body(Body::from(form.to_owned()))
            .unwrap();
        let answer = self.client.request(request).await.ok()?;
        let (parts, body) = answer.into_parts();
        let bytes = to_bytes(Body::new(body), 1 << 20).await.ok()?;
        let location = parts.headers.get("location").map_or("", |value| value.to_str().unwrap()).to_owned();
        Some((parts.status, location, serde_json::from_slice(&bytes).unwrap_or_default()))
    }

    /// Presses the button until the shop answers, after a moment of thought.
    async fn insist(&self, path: &str, form: &str) -> (StatusCode, Value) {
        tokio::time::sleep(Duration::from_millis(self.mood % 41)).await;
        for _ in 0..TRIES {
            match self.post(format!("{}{path}", self.shop), form).await {
                Some((status, _, body)) if !status.is_server_error() => return (status, body),
                _ => tokio::time::sleep(Duration::from_millis(50)).await,
            }
        }
        panic!("the shop does not answer {path}");
    }

    /// Buys one unit and pays it.
    pub(crate) async fn buy(&self, sku: &str) -> Attempt {
        let none = Attempt { pay_url: None, is_charged: false };
        // Asking again after a crash may add a second unit, so the quantity is set, not added to.
        let (status, _) = self.insist("/api/cart/add", &format!("variant_sku={sku}&quantity=1")).await;
        if status == StatusCode::CONFLICT {
            return none;
        }
        self.insist("/api/cart/update", &format!("variant_sku={sku}&quantity=1")).await;
        let form = "email=li%40example.com&name=Li&phone=13800138000&country=CN&region=Zhejiang&city=Hangzhou&district=Xihu&line1=L\
                    &payment_method=sandbox";
        let (status, placed) = self.insist("/api/checkout/place", form).await;
        if status == StatusCode::CONFLICT {
            assert!(matches!(placed["detail"].as_str(), Some("sold_out" | "not_enough_stock")), "{placed}");
            return none;
        }
        let url = self.pay_page(&placed).await;
        self.pay(url).await
    }

    /// The gateway's page; the order's own page has a button for it when the shop died too early.
    async fn pay_page(&self, placed: &Value) -> String {
        let url = placed["url"].as_str().unwrap_or_else(|| panic!("{placed}")).to_owned();
        if url.starts_with(&self.gateway) {
            return url;
        }
        let form = format!("order={}&payment_method=sandbox", placed["order"].as_str().unwrap());
        let (status, next) = self.insist("/api/payments/pay", &form).await;
        assert_eq!(status, StatusCode::OK, "{next}");
        next["url"].as_str().unwrap().to_owned()
    }

    /// Pays by a card whose news travel in one of several ways; some people do not come back to the shop.
    async fn pay(&self, url: String) -> Attempt {
        let card = ["4242424242424242", "4000000000000069", "4000000000000051", "4000000000000044"];
        let number = card[usize::try_from(self.mood % 4).unwrap()];
        let form = format!("number={number}&expiry=12%2F40&cvc=123");
        let (status, location, _) = self.post(format!("{url}/card"), &form).await.unwrap();
        let is_charged = status == StatusCode::SEE_OTHER;
        if is_charged && self.mood & 16 == 0 {
            let request = Request::get(location).header("cookie", &self.cookie).header("accept", "text/html");
            let _ = self.client.request(request.body(Body::empty()).unwrap()).await;
        }
        Attempt { pay_url: Some(url), is_charged }
    }
}
