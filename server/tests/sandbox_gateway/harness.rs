//! A running gateway and a small shop beside it.
#![expect(
    clippy::unwrap_used,
    clippy::indexing_slicing,
    reason = "a helper of tests may stop at the first surprise"
)]

use axum::Router;
use axum::body::{Body, Bytes, to_bytes};
use axum::extract::State;
use axum::http::{HeaderMap, Request, StatusCode};
use axum::routing::post;
use hyper_util::client::legacy::{Client, connect::HttpConnector};
use hyper_util::rt::TokioExecutor;
use serde_json::{Value, json};
use server::platform::clock::{Clock, FixedClock};
use server::platform::entropy::SystemEntropy;
use server::sandbox_gateway::signing::{Envelope, SignatureError, SigningKey};
use server::sandbox_gateway::{Outside, SandboxSettings, serve_with};
use std::collections::VecDeque;
use std::path::PathBuf;
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::{Arc, Mutex};
use std::time::Duration;
use tokio::net::TcpListener;
use tokio::sync::oneshot;
use tokio::task::JoinHandle;

const KEY: &str = "the key of these tests";

/// A webhook as the shop got it.
#[derive(Clone)]
pub(crate) struct Hook {
    pub(crate) id: String,
    pub(crate) timestamp: String,
    pub(crate) signature: String,
    pub(crate) raw: Vec<u8>,
    pub(crate) body: Value,
}

#[derive(Default)]
struct Shop {
    hooks: Mutex<Vec<Hook>>,
    answers: Mutex<VecDeque<u16>>,
}

/// An answer, read to its end.
pub(crate) struct Answer {
    pub(crate) status: u16,
    pub(crate) headers: HeaderMap,
    pub(crate) text: String,
}

impl Answer {
    pub(crate) fn json(&self) -> Value {
        serde_json::from_str(&self.text).unwrap()
    }

    pub(crate) fn header(&self, name: &str) -> &str {
        self.headers.get(name).map_or("", |value| value.to_str().unwrap())
    }
}

/// The gateway, the shop, and the clock that both go by.
pub(crate) struct Sandbox {
    pub(crate) clock: Arc<FixedClock>,
    base: String,
    shop_url: String,
    shop: Arc<Shop>,
    client: Client<HttpConnector, Body>,
    stop: Option<oneshot::Sender<()>>,
    ended: JoinHandle<anyhow::Result<()>>,
    numbered: AtomicU64,
}

async fn receive(State(shop): State<Arc<Shop>>, headers: HeaderMap, body: Bytes) -> StatusCode {
    let header = |name: &str| headers.get(name).unwrap().to_str().unwrap().to_owned();
    shop.hooks.lock().unwrap().push(Hook {
        id: header("webhook-id"),
        timestamp: header("webhook-timestamp"),
        signature: header("webhook-signature"),
        raw: body.to_vec(),
        body: serde_json::from_slice(&body).unwrap(),
    });
    let answer = shop.answers.lock().unwrap().pop_front().unwrap_or(204);
    StatusCode::from_u16(answer).unwrap()
}

impl Sandbox {
    /// Starts both; one delay unit is 5 ms.
    pub(crate) async fn start() -> Self {
        Self::with_unit(Duration::from_millis(5)).await
    }

    pub(crate) async fn with_unit(unit: Duration) -> Self {
        Self::with(SandboxSettings { webhook_delay: unit, ..SandboxSettings::default() }).await
    }

    /// Starts both; the gateway shows the mails of a folder.
    pub(crate) async fn with_mails(folder: PathBuf) -> Self {
        Self::with(SandboxSettings { mail_dir: Some(folder), ..SandboxSettings::default() }).await
    }

    async fn with(settings: SandboxSettings) -> Self {
        let shop = Arc::new(Shop::default());
        let shop_listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let shop_url = format!("http://{}", shop_listener.local_addr().unwrap());
        let routes = Router::new().route("/hook", post(receive)).with_state(shop.clone());
        tokio::spawn(async move { axum::serve(shop_listener, routes).await });

        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let base = format!("http://{}", listener.local_addr().unwrap());
        let clock = Arc::new(FixedClock::default());
        let outside = Outside { listener, clock: clock.clone(), entropy: Arc::new(SystemEntropy) };
        let settings = SandboxSettings { secret: KEY.into(), ..settings };
        let (stop, stopped) = oneshot::channel();
        let ended = tokio::spawn(serve_with(outside, settings, async { stopped.await.unwrap_or(()) }));
        let client = Client::builder(TokioExecutor::new()).build_http();
        let numbered = AtomicU64::new(0);
        Self { clock, base, shop_url, shop, client, stop: Some(stop), ended, numbered }
    }

    /// Stops the gateway and gives what it ended with.
    pub(crate) async fn stop(mut self) -> anyhow::Result<()> {
        self.stop.take().unwrap().send(()).unwrap();
        self.ended.await.unwrap()
    }

    pub(crate) async fn send(&self, request: Request<Body>) -> Answer {
        let response = self.client.request(request).await.unwrap();
        let (parts, body) = response.into_parts();
        let bytes = to_bytes(Body::new(body), 1 << 20).await.unwrap();
        let text = String::from_utf8(bytes.to_vec()).unwrap();
        Answer { status: parts.status.as_u16(), headers: parts.headers, text }
    }

    pub(crate) fn url(&self, path: &str) -> String {
        format!("{}{path}", self.base)
    }

    /// A signed request.
    pub(crate) fn signed(&self, method: &str, path: &str, body: &[u8]) -> Request<Body> {
        let id = format!("req_{}", self.numbered.fetch_add(1, Ordering::Relaxed));
        let timestamp = self.clock.now().unix_timestamp().to_string();
        let signature = SigningKey::new(KEY).sign(&id, &timestamp, body);
        Request::builder()
            .method(method)
            .uri(self.url(path))
            .header("request-id", id)
            .header("request-timestamp", timestamp)
            .header("request-signature", signature)
            .body(Body::from(body.to_vec()))
            .unwrap()
    }

    /// Calls the merchant API.
    pub(crate) async fn call(&self, method: &str, path: &str, body: &Value) -> (u16, Value) {
        let body = if body.is_null() { Vec::new() } else { body.to_string().into_bytes() };
        let answer = self.send(self.signed(method, path, &body)).await;
        (answer.status, answer.json())
    }

    /// What a session is asked for with.
    pub(crate) fn order(&self, amount_minor: i64) -> Value {
        json!({
            "reference": "J-1001",
            "amount_minor": amount_minor,
            "currency": "CNY",
            "return_url": format!("{}/back?a=1", self.shop_url),
            "webhook_url": format!("{}/hook", self.shop_url),
            "locale": "en",
            "idempotency_key": format!("key-{}", self.numbered.fetch_add(1, Ordering::Relaxed)),
        })
    }

    /// A new session's id.
    pub(crate) async fn session(&self, amount_minor: i64) -> String {
        self.session_of(&self.order(amount_minor)).await
    }

    pub(crate) async fn session_of(&self, order: &Value) -> String {
        let (status, session) = self.call("POST", "/v1/sessions", order).await;
        assert_eq!(status, 201, "{session}");
        session["id"].as_str().unwrap().to_owned()
    }

    pub(crate) async fn query(&self, id: &str) -> Value {
        self.call("GET", &format!("/v1/sessions/{id}"), &Value::Null).await.1
    }

    /// A page.
    pub(crate) async fn get(&self, path: &str) -> Answer {
        let request = Request::get(self.url(path)).body(Body::empty()).unwrap();
        self.send(request).await
    }

    /// A form post, with the fields already encoded.
    pub(crate) async fn post(&self, path: &str, fields: &str) -> Answer {
        let request = Request::post(self.url(path))
            .header("content-type", "application/x-www-form-urlencoded")
            .body(Body::from(fields.to_owned()))
            .unwrap();
        self.send(request).await
    }

    pub(crate) async fn scan(&self, id: &str) -> Answer {
        self.post(&format!("/pay/{id}/scan"), "").await
    }

    pub(crate) async fn pay_by_card(&self, id: &str, number: &str) -> Answer {
        let fields = format!("number={number}&expiry=12%2F30&cvc=123");
        self.post(&format!("/pay/{id}/card"), &fields).await
    }

    pub(crate) async fn enter_code(&self, id: &str, code: &str) -> Answer {
        self.post(&format!("/pay/{id}/challenge"), &format!("code={code}")).await
    }

    /// What the shop answers to the next webhooks; afterwards 204.
    pub(crate) fn shop_answers(&self, statuses: &[u16]) {
        self.shop.answers.lock().unwrap().extend(statuses);
    }

    /// The webhooks so far.
    pub(crate) fn hooks(&self) -> Vec<Hook> {
        self.shop.hooks.lock().unwrap().clone()
    }

    /// Waits until the shop has `count` webhooks, then a little for one too many.
    pub(crate) async fn hooks_of(&self, count: usize) -> Vec<Hook> {
        for _ in 0..1000 {
            if self.hooks().len() >= count {
                break;
            }
            tokio::time::sleep(Duration::from_millis(10)).await;
        }
        tokio::time::sleep(Duration::from_millis(150)).await;
        let hooks = self.hooks();
        assert_eq!(hooks.len(), count);
        hooks
    }

    /// What a careful shop says to a webhook.
    pub(crate) fn verify(&self, hook: &Hook) -> Result<(), SignatureError> {
        let envelope = Envelope { id: &hook.id, timestamp: &hook.timestamp, signature: &hook.signature };
        SigningKey::new(KEY).verify(envelope, &hook.raw, self.clock.now())
    }

    /// Where a payer is sent after an outcome.
    pub(crate) fn return_url(&self, id: &str) -> String {
        format!("{}/back?a=1&session={id}", self.shop_url)
    }
}
