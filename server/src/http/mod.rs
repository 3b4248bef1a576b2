//! HTTP: the router and its layers, one file each. What a request means is decided here; what the shop does
//! with it is decided behind the ports.
//!
//! From the outside in: [`observe`] (id, log line, figures) → [`headers`] (security) → [`problem`] (every error
//! body) → [`limits`] → [`rate`] → [`csrf`] → compression → [`kept`] → [`shed`] → [`alone`] → [`api`] →
//! routes. Between any two of them stands [`shared`], so that copying the stack for a request costs little.

pub mod alone;
pub mod api;
pub mod compress;
pub mod context;
pub mod csrf;
pub mod facts;
pub mod feed;
pub mod headers;
pub mod health;
pub mod kept;
pub mod limits;
pub mod media;
pub mod observe;
pub mod pages;
pub mod preferences;
pub mod problem;
pub mod proxies;
pub mod rate;
mod shared;
pub mod shed;
pub mod site;
pub mod sitemap;
pub mod webhooks;

use crate::platform::Platform;
use axum::extract::FromRef;
use axum::routing::{any, get, post};
use axum::{Router, middleware};
use leptos::config::LeptosOptions;
use leptos_axum::{LeptosRoutes, generate_route_list};
use shared::Sharing;
use std::sync::Arc;
use tower_http::catch_panic::CatchPanicLayer;

/// What the router needs. Every layer takes a copy for every request, so a copy is a pointer.
#[derive(Clone)]
pub struct AppState(Arc<StateParts>);

/// What an [`AppState`] points to.
#[derive(Clone)]
pub struct StateParts {
    /// The shop's capabilities.
    pub services: app::Services,
    /// The world outside.
    pub platform: Platform,
    /// What the outside sees of this server.
    pub outside: Arc<Outside>,
    /// Says whether requests should be sent here.
    pub readiness: Arc<dyn health::Readiness>,
    /// How much is let through.
    pub limits: limits::Limits,
    /// Who may wait, and who is turned away, when the shop is full.
    pub places: shed::Places,
    /// Requests per address.
    pub rates: Arc<rate::Rates>,
    /// Finished pages.
    pub kept: kept::KeptPages,
    leptos: LeptosOptions,
}

/// How this server is seen from outside.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Outside {
    /// Scheme and authority without a trailing slash: `https://shop.example`.
    pub base_url: Arc<str>,
    /// The proxies in front whose `X-Forwarded-For` is believed.
    pub trusted_proxies: proxies::Proxies,
    /// Products in one file of the sitemap.
    pub sitemap_products: usize,
}

impl Outside {
    /// Seen at that address, without a proxy in front.
    #[must_use]
    pub fn at(base_url: &str) -> Self {
        Self {
            base_url: base_url.into(),
            trusted_proxies: proxies::Proxies::default(),
            sitemap_products: sitemap::PER_FILE,
        }
    }

    /// True when browsers come by https.
    #[must_use]
    pub fn is_https(&self) -> bool {
        self.base_url.starts_with("https://")
    }
}

impl AppState {
    /// A state with the usual limits.
    #[must_use]
    pub fn new(
        services: app::Services,
        platform: Platform,
        outside: Outside,
        readiness: Arc<dyn health::Readiness>,
    ) -> Self {
        Self(Arc::new(StateParts {
            services,
            platform,
            outside: Arc::new(outside),
            readiness,
            limits: limits::Limits::default(),
            places: shed::Places::default(),
            rates: Arc::new(rate::Rates::new(rate::RateLimit::default())),
            kept: kept::KeptPages::none(),
            leptos: site::leptos_options(),
        }))
    }
}

impl std::ops::Deref for AppState {
    type Target = StateParts;

    fn deref(&self) -> &StateParts {
        &self.0
    }
}

impl std::ops::DerefMut for AppState {
    /// Changes this state alone, before it is handed out.
    fn deref_mut(&mut self) -> &mut StateParts {
        Arc::make_mut(&mut self.0)
    }
}

impl AppState {
    /// The same with other limits per address.
    #[must_use]
    pub fn with_rates(mut self, limit: rate::RateLimit) -> Self {
        self.rates = Arc::new(rate::Rates::new(limit));
        self
    }

    /// The same with finished pages kept.
    #[must_use]
    pub fn with_kept_pages(mut self, kept: kept::KeptPages) -> Self {
        self.kept = kept;
        self
    }
}

impl FromRef<AppState> for LeptosOptions {
    fn from_ref(state: &AppState) -> Self {
        state.leptos.clone()
    }
}

/// The whole server as a service, usable without a socket.
pub fn router(state: AppState) -> Router {
    let answers = shop(&state).merge(files());
    let guarded = guard(answers, &state);
    let open = guarded.merge(health::routes());
    open.layer((middleware::from_fn_with_state(state.clone(), headers::layer), Sharing))
        .layer((middleware::from_fn_with_state(state.clone(), observe::layer), Sharing))
        .with_state(state)
}

/// Pages, endpoints and everything else that is made for the request.
fn shop(state: &AppState) -> Router<AppState> {
    let shell = pages::shell(state);
    let pages = generate_route_list(app::App);
    Router::new()
        .leptos_routes_with_context(state, pages, context::provider(state.clone()), shell)
        .route("/", get(pages::choose_language))
        .route("/sitemap.xml", get(sitemap::sitemap))
        .route("/sitemaps/{number}", get(sitemap::file))
        .route("/{locale}/feed.xml", get(feed::feed))
        .route("/api/currency", post(preferences::currency))
        .route("/robots.txt", get(sitemap::robots))
        .route(webhooks::PATH, post(webhooks::receive))
        .route("/api", any(api::unknown))
        .route("/api/", any(api::unknown))
        .route("/api/{*rest}", any(api::unknown))
        .fallback(pages::fallback)
        .layer((middleware::from_fn_with_state(state.clone(), pages::layer), Sharing))
        .layer((middleware::from_fn_with_state(state.clone(), api::layer), Sharing))
        .layer((middleware::from_fn(alone::layer), Sharing))
        .layer((middleware::from_fn_with_state(state.clone(), shed::layer), Sharing))
        .layer((middleware::from_fn_with_state(state.clone(), kept::layer), Sharing))
        .layer((middleware::from_fn(site::layer), Sharing))
        .layer((compress::layer(), Sharing))
}

/// Files that never change under their name.
fn files() -> Router<AppState> {
    Router::new()
        .route("/pkg/{*path}", get(site::package))
        .route("/media/{name}", get(media::file))
        .route("/media/{form}/{name}", get(media::form))
}

/// Puts every guard around `answers`. The last one added meets the request first.
fn guard(answers: Router<AppState>, state: &AppState) -> Router<AppState> {
    answers
        .layer((middleware::from_fn_with_state(state.clone(), csrf::layer), Sharing))
        .layer((middleware::from_fn_with_state(state.clone(), rate::layer), Sharing))
        .layer((middleware::from_fn_with_state(state.clone(), limits::layer), Sharing))
        .layer((CatchPanicLayer::custom(problem::panicked), Sharing))
        .layer((middleware::from_fn(problem::layer), Sharing))
}
