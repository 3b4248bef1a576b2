//! A shop with the demo catalogue, behind its router.

use crate::support::{Backend, World};
use async_trait::async_trait;
use axum::Router;
use axum::body::{Body, to_bytes};
use http::{HeaderMap, Request, StatusCode};
use server::boot::services;
use server::db::{Database, PoolFigures};
use server::http::health::{Load, Readiness, Readings};
use server::http::kept::KeptPages;
use server::http::rate::RateLimit;
use server::http::{AppState, Outside, router};
use server::platform::Platform;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use tokio::task::JoinHandle;
use tower::ServiceExt;

/// The shop's address from outside.
pub(crate) const BASE: &str = "http://shop.example";

/// A running shop.
pub(crate) struct Shop {
    /// Its database and platform.
    pub(crate) world: World,
    /// Whether `/readyz` finds the database.
    pub(crate) has_database: Arc<AtomicBool>,
    router: Router,
}

/// An answer, read to its end.
pub(crate) struct Answer {
    /// Its status.
    pub(crate) status: StatusCode,
    /// Its headers.
    pub(crate) headers: HeaderMap,
    /// Its body.
    pub(crate) bytes: Vec<u8>,
}

impl Answer {
    /// The body as text.
    pub(crate) fn text(&self) -> &str {
        std::str::from_utf8(&self.bytes).unwrap()
    }

    /// The body as JSON.
    pub(crate) fn json(&self) -> serde_json::Value {
        serde_json::from_slice(&self.bytes).unwrap()
    }

    /// A header, empty when it is absent.
    pub(crate) fn header(&self, name: &str) -> &str {
        self.headers.get(name).map_or("", |value| value.to_str().unwrap())
    }
}

impl Shop {
    /// A shop seen as [`BASE`], without limits per address.
    pub(crate) async fn open() -> Self {
        Self::with(BASE, |state| state.with_rates(RateLimit::Off)).await
    }

    /// A shop with changes to its state.
    pub(crate) async fn with(base_url: &str, change: impl FnOnce(AppState) -> AppState) -> Self {
        let world = World::new(Backend::Sqlite).await;
        Self::in_world(world, base_url, change).await
    }

    /// The same in the world that is given.
    pub(crate) async fn in_world(
        world: World,
        base_url: &str,
        change: impl FnOnce(AppState) -> AppState,
    ) -> Self {
        world.with_demo().await;
        let has_database = Arc::new(AtomicBool::new(true));
        let state = state(&world.database, &world.platform, base_url, has_database.clone());
        Self { router: router(change(state)), world, has_database }
    }

    /// Sends a request.
    pub(crate) async fn send(&self, request: http::request::Builder, body: impl Into<Body>) -> Answer {
        ask(self.router.clone(), request.body(body.into()).unwrap()).await
    }

    /// Sends a request beside others, on whatever thread there is.
    pub(crate) fn begin(&self, request: http::request::Builder, body: impl Into<Body>) -> JoinHandle<Answer> {
        tokio::spawn(ask(self.router.clone(), request.body(body.into()).unwrap()))
    }

    /// Opens a page as a browser does.
    pub(crate) async fn browse(&self, path: &str) -> Answer {
        self.send(Request::get(path).header("accept", "text/html").header("host", "shop.example"), "").await
    }

    /// Reads something as a program does.
    pub(crate) async fn read(&self, path: &str) -> Answer {
        self.send(Request::get(path), "").await
    }

    /// Submits a plain form of our page `/zh/p/x?from=test`.
    pub(crate) async fn submit(&self, path: &str, form: &'static str) -> Answer {
        let request = form_request(path)
            .header("accept", "text/html,application/xhtml+xml")
            .header("sec-fetch-site", "same-origin")
            .header("referer", format!("{BASE}/zh/p/x?from=test"));
        self.send(request, form).await
    }

    /// Calls an endpoint as an island does.
    pub(crate) async fn call(&self, path: &str, form: &'static str) -> Answer {
        let request =
            form_request(path).header("accept", "application/json").header("sec-fetch-site", "same-origin");
        self.send(request, form).await
    }
}

/// What one process of the shop is made of.
pub(crate) fn state(
    database: &Database,
    platform: &Platform,
    base_url: &str,
    has_database: Arc<AtomicBool>,
) -> AppState {
    let services = services::wire(database, platform);
    AppState::new(services, platform.clone(), Outside::at(base_url), Arc::new(Switch(has_database)))
        .with_kept_pages(KeptPages::new(8, database.bus().edition()))
}

/// Asks a router.
pub(crate) async fn ask(router: Router, request: Request<Body>) -> Answer {
    let (parts, body) = router.oneshot(request).await.unwrap().into_parts();
    let bytes = to_bytes(body, usize::MAX).await.unwrap().to_vec();
    Answer { status: parts.status, headers: parts.headers, bytes }
}

/// A form about to be sent.
pub(crate) fn form_request(path: &str) -> http::request::Builder {
    Request::post(path)
        .header("host", "shop.example")
        .header("content-type", "application/x-www-form-urlencoded")
}

struct Switch(Arc<AtomicBool>);

#[async_trait]
impl Readiness for Switch {
    async fn read(&self) -> Readings {
        let database = self.0.load(Ordering::Relaxed);
        Readings { database, migrations: database, jobs: true }
    }

    async fn load(&self) -> Load {
        let pools = vec![PoolFigures { name: "write", size: 3, idle: 1 }];
        Load { pools, jobs: vec![("dead", 2)] }
    }
}

/// A browser that keeps its cookie.
pub(crate) struct Browser<'shop> {
    shop: &'shop Shop,
    pub(crate) cookie: String,
}

impl<'shop> Browser<'shop> {
    /// One that has these articles in its cart.
    pub(crate) async fn with(shop: &'shop Shop, items: &str) -> Self {
        let mut browser = Self { shop, cookie: "a=b".to_owned() };
        let answer = browser.call("/api/cart/add-many", format!("items={items}")).await;
        assert_eq!(
            answer.json().get("refused").and_then(|list| list.as_array().map(Vec::len)),
            Some(0),
            "{}",
            answer.text()
        );
        browser.cookie = answer.header("set-cookie").split(';').next().unwrap().to_owned();
        browser
    }

    pub(crate) async fn post(&self, path: &str, accept: &str, form: String) -> Answer {
        self.shop.send(self.request(path, accept), form).await
    }

    /// Sends a form beside others.
    pub(crate) fn begin(&self, path: &str, accept: &str, form: String) -> JoinHandle<Answer> {
        self.shop.begin(self.request(path, accept), form)
    }

    fn request(&self, path: &str, accept: &str) -> http::request::Builder {
        form_request(path)
            .header("accept", accept)
            .header("sec-fetch-site", "same-origin")
            .header("referer", format!("{BASE}/en/cart"))
            .header("cookie", &self.cookie)
    }

    pub(crate) async fn call(&self, path: &str, form: String) -> Answer {
        self.post(path, "application/json", form).await
    }

    pub(crate) async fn submit(&self, path: &str, form: String) -> Answer {
        self.post(path, "text/html", form).await
    }

    pub(crate) async fn open(&self, path: &str) -> Answer {
        let request = Request::get(path).header("accept", "text/html").header("host", "shop.example");
        self.shop.send(request.header("cookie", &self.cookie), "").await
    }
}
