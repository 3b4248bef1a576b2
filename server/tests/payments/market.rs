//! A shop and a payment gateway that talk to each other over loopback, and people who buy.

use crate::support::{Backend, World};
use axum::body::{Body, to_bytes};
use http::{HeaderMap, Request, StatusCode};
use hyper_util::client::legacy::{Client, connect::HttpConnector};
use hyper_util::rt::TokioExecutor;
use serde_json::{Value, json};
use server::boot::services;
use server::http::rate::RateLimit;
use server::http::{AppState, Outside, router};
use server::jobs::worker::Runner;
use server::on;
use server::payments::provider::{DEFAULT_HOLD, Providers};
use server::payments::sandbox::{SandboxAccess, SandboxProvider};
use server::platform::clock::Clock as _;
use server::platform::entropy::SystemEntropy;
use server::sandbox_gateway::signing::SigningKey;
use server::sandbox_gateway::{self, SandboxSettings, serve_with};
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};
use std::time::Duration;
use tokio::net::TcpListener;

pub(crate) const KEY: &str = "the key of these tests";
/// An article with five units.
pub(crate) const SKU: &str = "JS-TK01-TENMOK";
/// Its price with delivery.
pub(crate) const TOTAL: i64 = 42_800;

/// Cards of the gateway's table.
pub(crate) mod card {
    pub(crate) const PLAIN: &str = "4242424242424242";
    pub(crate) const NO_MONEY: &str = "4000000000009995";
    pub(crate) const CHALLENGE: &str = "4000002760003184";
    pub(crate) const LATE: &str = "4000000000000044";
    pub(crate) const DOUBLED: &str = "4000000000000051";
    pub(crate) const LOST: &str = "4000000000000069";
    pub(crate) const REORDERED: &str = "4000000000000077";
    pub(crate) const WRONG_AMOUNT: &str = "4000000000000085";
    pub(crate) const WRONG_CURRENCY: &str = "4000000000000093";
    pub(crate) const FORGED: &str = "4000000000000119";
    pub(crate) const STALE: &str = "4000000000000127";
}

/// An answer, read to its end.
pub(crate) struct Answer {
    pub(crate) status: StatusCode,
    pub(crate) headers: HeaderMap,
    pub(crate) text: String,
}

impl Answer {
    pub(crate) fn location(&self) -> &str {
        self.headers.get("location").map_or("", |value| value.to_str().unwrap())
    }

    pub(crate) fn json(&self) -> Value {
        serde_json::from_str(&self.text).unwrap()
    }
}

/// The shop, the gateway, and the world that both live in.
pub(crate) struct Market {
    pub(crate) world: World,
    pub(crate) shop: String,
    pub(crate) gateway: String,
    pub(crate) providers: Providers,
    client: Client<HttpConnector, Body>,
    numbered: AtomicU64,
}

impl Market {
    /// Opens both with the demo catalogue; one delay unit of the gateway is 20 ms.
    pub(crate) async fn open(world: World) -> Arc<Self> {
        world.with_demo().await;
        let gateway = start_gateway(&world).await;
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let shop = format!("http://{}", listener.local_addr().unwrap());
        let access =
            SandboxAccess { url: gateway.parse().unwrap(), secret: KEY.into(), base_url: shop.clone() };
        let platform = &world.platform;
        let provider = SandboxProvider::new(access, platform.clock.clone(), Arc::new(SystemEntropy));
        let providers = Providers::new(&shop, DEFAULT_HOLD, vec![Arc::new(provider)]);
        let services = services::wire_with(
            &world.database,
            platform,
            &providers,
            std::sync::Arc::new(server::boot::services::search(&world.database, platform)),
        );
        let state = AppState::new(services, platform.clone(), Outside::at(&shop), Arc::new(AlwaysReady));
        let app = router(state.with_rates(RateLimit::Off));
        tokio::spawn(async move { axum::serve(listener, app).await });
        let client = Client::builder(TokioExecutor::new()).build_http();
        Arc::new(Self { world, shop, gateway, providers, client, numbered: AtomicU64::new(0) })
    }

    pub(crate) async fn send(&self, request: Request<Body>) -> Answer {
        let response = self.client.request(request).await.unwrap();
        let (parts, body) = response.into_parts();
        let bytes = to_bytes(Body::new(body), 1 << 22).await.unwrap();
        let text = String::from_utf8(bytes.to_vec()).unwrap();
        Answer { status: parts.status, headers: parts.headers, text }
    }

    /// A new shopper.
    pub(crate) fn buyer(self: &Arc<Self>) -> Buyer {
        Buyer { market: self.clone(), cookie: format!("jishi_guest={}", self.world.guest().reveal()) }
    }

    /// Calls the gateway as its merchant.
    pub(crate) async fn ask_gateway(&self, method: &str, path: &str, body: &Value) -> Value {
        let body = if body.is_null() { String::new() } else { body.to_string() };
        let id = format!("test_{}", self.numbered.fetch_add(1, Ordering::Relaxed));
        let timestamp = self.world.parts.clock.now().unix_timestamp().to_string();
        let signature = SigningKey::new(KEY).sign(&id, &timestamp, body.as_bytes());
        let request = Request::builder()
            .method(method)
            .uri(format!("{}{path}", self.gateway))
            .header("request-id", id)
            .header("request-timestamp", timestamp)
            .header("request-signature", signature);
        self.send(request.body(Body::from(body)).unwrap()).await.json()
    }

    /// Every event of a session, as the gateway keeps them.
    pub(crate) async fn events(&self, session: &str) -> Vec<Value> {
        let answer = self.ask_gateway("GET", &format!("/v1/sessions/{session}/events"), &Value::Null).await;
        answer["events"].as_array().unwrap().clone()
    }

    /// Statuses with which the shop answered the webhooks of a session, once there are `count`.
    pub(crate) async fn webhook_statuses(&self, session: &str, count: usize) -> Vec<u64> {
        for _ in 0..500 {
            let events = self.events(session).await;
            let deliveries = events.iter().flat_map(|event| event["deliveries"].as_array().unwrap().clone());
            let statuses: Vec<u64> = deliveries.filter_map(|one| one["http_status"].as_u64()).collect();
            if statuses.len() >= count {
                return statuses;
            }
            tokio::time::sleep(Duration::from_millis(10)).await;
        }
        panic!("the webhooks did not come");
    }

    /// A webhook as the gateway would send it now, with the body of one of its events.
    pub(crate) async fn deliver(&self, event: &Value) -> Answer {
        let body = json!({"id": event["id"], "type": event["type"], "occurred_at": event["occurred_at"],
            "sequence": event["sequence"], "data": event["data"]});
        self.deliver_signed(KEY, 0, &body).await
    }

    pub(crate) async fn deliver_signed(&self, key: &str, age: i64, body: &Value) -> Answer {
        let (id, body) = (body["id"].as_str().unwrap().to_owned(), body.to_string());
        let timestamp = (self.world.parts.clock.now().unix_timestamp() - age).to_string();
        let signature = SigningKey::new(key).sign(&id, &timestamp, body.as_bytes());
        let request = Request::post(format!("{}/api/payments/webhooks/sandbox", self.shop))
            .header("content-type", "application/json")
            .header("webhook-id", id)
            .header("webhook-timestamp", timestamp)
            .header("webhook-signature", signature);
        self.send(request.body(Body::from(body)).unwrap()).await
    }

    /// Does every waiting job.
    pub(crate) async fn run_jobs(&self) {
        let handlers = services::handlers_with(&self.world.database, &self.world.platform, &self.providers);
        let (database, platform) = (self.world.database.clone(), self.world.platform.clone());
        Runner { database, platform, handlers }.run_until_idle().await.unwrap();
    }

    /// Does what is due from time to time.
    pub(crate) async fn run_rounds(&self) {
        for round in services::rounds(&self.world.database, &self.world.platform, &self.providers) {
            round.run().await.unwrap();
        }
    }

    pub(crate) fn advance(&self, seconds: i64) {
        self.world.parts.clock.advance(time::Duration::seconds(seconds));
    }

    /// Subjects of the mails that were sent, without the order's number.
    pub(crate) fn mails(&self) -> Vec<String> {
        let sent = self.world.parts.mailer.sent();
        let last = |subject: &str| subject.rsplit('：').next().unwrap().to_owned();
        let mut subjects: Vec<_> = sent.iter().map(|mail| last(&mail.subject)).collect();
        subjects.sort();
        subjects
    }

    /// `(on hand, allocated)` of the article.
    pub(crate) async fn stock(&self) -> (i64, i64) {
        let mut conn = self.world.database.read_latest().await.unwrap();
        let level = on!(conn, inventory::list_levels_of_sku(SKU)).unwrap()[0].clone();
        (level.on_hand, level.allocated)
    }

    /// Messages by what became of them.
    pub(crate) async fn messages(&self) -> Vec<(String, i64)> {
        let mut conn = self.world.database.read_latest().await.unwrap();
        on!(conn, payments::count_messages()).unwrap()
    }

    pub(crate) async fn assert_sound(&self) {
        let report = server::check::run(&self.world.database).await.unwrap();
        assert!(report.is_healthy(), "{report}");
    }
}

/// Somebody with a browser.
#[derive(Clone)]
pub(crate) struct Buyer {
    pub(crate) market: Arc<Market>,
    pub(crate) cookie: String,
}

/// An order that waits for its payment.
#[derive(Clone)]
pub(crate) struct Unpaid {
    pub(crate) buyer: Buyer,
    /// Public id.
    pub(crate) order: String,
    pub(crate) number: String,
    pub(crate) pay_url: String,
}

impl Buyer {
    pub(crate) async fn post(&self, path: &str, form: &str, accept: &str) -> Answer {
        let shop = &self.market.shop;
        let request = Request::post(format!("{shop}{path}"))
            .header("content-type", "application/x-www-form-urlencoded")
            .header("accept", accept)
            .header("cookie", &self.cookie)
            .header("sec-fetch-site", "same-origin")
            .header("referer", format!("{shop}/zh/checkout"));
        self.market.send(request.body(Body::from(form.to_owned())).unwrap()).await
    }

    pub(crate) async fn get(&self, url: &str) -> Answer {
        let request = Request::get(url).header("accept", "text/html").header("cookie", &self.cookie);
        self.market.send(request.body(Body::empty()).unwrap()).await
    }

    pub(crate) async fn fill_cart(&self) {
        let answer =
            self.post("/api/cart/add", &format!("variant_sku={SKU}&quantity=1"), "application/json").await;
        assert_eq!(answer.status, StatusCode::OK, "{}", answer.text);
    }

    /// Submits the checkout's form; as a plain form when `accept` says so.
    pub(crate) async fn place(&self, method: &str, accept: &str) -> Answer {
        let form = format!(
            "email=li%40example.com&name=Li&phone=13800138000&country=CN&region=Zhejiang&city=Hangzhou&district=Xihu&line1=L&postcode=\
             &note=&payment_method={method}&expected_total={TOTAL}&currency=CNY"
        );
        self.post("/api/checkout/place", &form, accept).await
    }

    /// Buys one unit, up to the gateway's page.
    pub(crate) async fn order(&self) -> Unpaid {
        self.fill_cart().await;
        let placed = self.place("sandbox", "application/json").await;
        assert_eq!(placed.status, StatusCode::OK, "{}", placed.text);
        let text = |key: &str| placed.json()[key].as_str().unwrap().to_owned();
        let pay_url = text("url");
        assert!(pay_url.starts_with(&self.market.gateway), "{pay_url}");
        Unpaid { buyer: self.clone(), order: text("order"), number: text("number"), pay_url }
    }
}

impl Unpaid {
    pub(crate) fn session(&self) -> String {
        self.pay_url.rsplit('/').next().unwrap().to_owned()
    }

    /// Pays at the gateway by card; gives where the browser is sent then.
    pub(crate) async fn pay(&self, number: &str) -> String {
        let body = format!("number={number}&expiry=12%2F30&cvc=123");
        let request = Request::post(format!("{}/card", self.pay_url))
            .header("content-type", "application/x-www-form-urlencoded");
        let answer = self.buyer.market.send(request.body(Body::from(body)).unwrap()).await;
        assert_eq!(answer.status, StatusCode::SEE_OTHER, "{}", answer.text);
        answer.location().to_owned()
    }

    /// Enters the one-time code.
    pub(crate) async fn confirm(&self, code: &str) -> String {
        let request = Request::post(format!("{}/challenge", self.pay_url))
            .header("content-type", "application/x-www-form-urlencoded");
        let answer = self.buyer.market.send(request.body(Body::from(format!("code={code}"))).unwrap()).await;
        answer.location().to_owned()
    }

    /// Opens the order's page.
    pub(crate) async fn page(&self) -> String {
        self.open(&format!("{}/zh/orders/{}", self.buyer.market.shop, self.order)).await
    }

    /// Opens an address of the order's page.
    pub(crate) async fn open(&self, url: &str) -> String {
        let answer = self.buyer.get(url).await;
        assert_eq!(answer.status, StatusCode::OK, "{}", answer.text);
        answer.text
    }

    /// Presses a button of the order's page.
    pub(crate) async fn pay_by(&self, method: &str) -> Answer {
        let form = format!("order={}&payment_method={method}", self.order);
        self.buyer.post("/api/payments/pay", &form, "application/json").await
    }

    pub(crate) async fn cancel(&self) -> Answer {
        self.buyer.post("/api/orders/cancel", &format!("order={}", self.order), "application/json").await
    }

    /// `(status, payment status)` and the kinds of events, from the rows. Sorted, since the clock stands still.
    pub(crate) async fn rows(&self) -> (String, String, Vec<String>) {
        let mut conn = self.buyer.market.world.database.read_latest().await.unwrap();
        let order = on!(conn, orders::find_by_public_id(&self.order)).unwrap().unwrap();
        let events = on!(conn, orders::list_events(order.id)).unwrap();
        let mut events: Vec<String> = events.into_iter().map(|event| event.0).collect();
        events.sort();
        (order.status, order.payment_status, events)
    }

    /// `(charged, refunded)` of the order.
    pub(crate) async fn money(&self) -> (i64, i64) {
        let mut conn = self.buyer.market.world.database.read_latest().await.unwrap();
        let order = on!(conn, orders::find_by_public_id(&self.order)).unwrap().unwrap();
        (order.charged_minor, order.refunded_minor)
    }

    pub(crate) async fn expect(&self, status: &str, payment: &str, events: &[&str]) {
        let rows = self.rows().await;
        let mut expected: Vec<String> = events.iter().map(|event| (*event).to_owned()).collect();
        expected.sort();
        assert_eq!((rows.0.as_str(), rows.1.as_str(), rows.2), (status, payment, expected));
    }
}

async fn start_gateway(world: &World) -> String {
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let url = format!("http://{}", listener.local_addr().unwrap());
    let outside = sandbox_gateway::Outside {
        listener,
        clock: world.parts.clock.clone(),
        entropy: Arc::new(SystemEntropy),
    };
    let settings = SandboxSettings {
        secret: KEY.into(),
        webhook_delay: Duration::from_millis(20),
        ..SandboxSettings::default()
    };
    tokio::spawn(serve_with(outside, settings, std::future::pending()));
    url
}

struct AlwaysReady;

#[async_trait::async_trait]
impl server::http::health::Readiness for AlwaysReady {
    async fn read(&self) -> server::http::health::Readings {
        server::http::health::Readings { database: true, migrations: true, jobs: true }
    }

    async fn load(&self) -> server::http::health::Load {
        server::http::health::Load::default()
    }
}

/// Which database a market runs on, for messages.
pub(crate) fn name(backend: Backend) -> &'static str {
    match backend {
        Backend::Sqlite => "SQLite",
        Backend::Postgres => "PostgreSQL",
    }
}
