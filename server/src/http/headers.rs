//! Security headers on every answer, and how long it may be kept.

use super::AppState;
use axum::extract::{Request, State};
use axum::middleware::Next;
use axum::response::Response;
use http::header::{
    CACHE_CONTROL, CONTENT_SECURITY_POLICY, HeaderName, REFERRER_POLICY, STRICT_TRANSPORT_SECURITY,
    X_CONTENT_TYPE_OPTIONS, X_FRAME_OPTIONS,
};
use http::{HeaderMap, HeaderValue};

/// The same for every answer.
const FIXED: [(HeaderName, HeaderValue); 4] = [
    (X_CONTENT_TYPE_OPTIONS, HeaderValue::from_static("nosniff")),
    (X_FRAME_OPTIONS, HeaderValue::from_static("DENY")),
    (HeaderName::from_static("cross-origin-opener-policy"), HeaderValue::from_static("same-origin")),
    (
        HeaderName::from_static("permissions-policy"),
        HeaderValue::from_static(
            "accelerometer=(), camera=(), geolocation=(), gyroscope=(), magnetometer=(), microphone=(), payment=(), usb=()",
        ),
    ),
];

/// For answers that are not rendered by leptos: no script at all, styles and pictures of our own.
const STRICT_POLICY: HeaderValue = HeaderValue::from_static(
    "default-src 'none'; style-src 'self'; img-src 'self' data:; media-src 'self'; font-src 'self'; \
     manifest-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'",
);

/// For the script that works without a page: it may ask for the offline page and nothing else.
const WORKER_POLICY: HeaderValue = HeaderValue::from_static(
    "default-src 'none'; connect-src 'self'; base-uri 'none'; frame-ancestors 'none'",
);
/// Where that script is.
const WORKER: &str = "/sw.js";

/// Two years. Neighbours below the same name are the operator's business, so they are not included.
const HSTS: HeaderValue = HeaderValue::from_static("max-age=63072000");

/// The content security policy of a page whose scripts carry `nonce`. Browsers hold the redirect after a form to
/// `form-action` too, so the payment providers' origins are in it.
pub(super) fn page_policy(nonce: &str, pay_origins: &[String]) -> HeaderValue {
    let forms: String = pay_origins.iter().map(|origin| format!(" {origin}")).collect();
    with_sources(&format!("'nonce-{nonce}' 'strict-dynamic'"), &forms)
}

/// The content security policy of a page whose scripts have these hashes. The files they load are our own.
pub(super) fn policy_of(hashes: &str) -> HeaderValue {
    with_sources(&format!("'self' {hashes}"), "")
}

fn with_sources(scripts: &str, forms: &str) -> HeaderValue {
    let policy = format!(
        "default-src 'none'; script-src {scripts} 'wasm-unsafe-eval'; style-src 'self'; \
         img-src 'self' data:; media-src 'self'; font-src 'self'; manifest-src 'self'; worker-src 'self'; connect-src 'self'{}; \
         form-action 'self'{forms}; base-uri 'none'; frame-ancestors 'none'",
        reload_socket()
    );
    HeaderValue::try_from(policy).unwrap_or(STRICT_POLICY)
}

/// While developing, the page may listen for news from the build.
fn reload_socket() -> &'static str {
    let is_watched = cfg!(debug_assertions) && std::env::var_os("LEPTOS_WATCH").is_some();
    if is_watched { " ws://127.0.0.1:* ws://localhost:*" } else { "" }
}

/// Adds the headers. A more specific one that is already there stays.
pub(super) async fn layer(State(state): State<AppState>, request: Request, next: Next) -> Response {
    let path = request.uri().path().to_owned();
    let mut response = next.run(request).await;
    let headers = response.headers_mut();
    for (name, value) in FIXED {
        headers.insert(name, value);
    }
    if state.outside.is_https() {
        headers.insert(STRICT_TRANSPORT_SECURITY, HSTS);
    }
    let policy = if path == WORKER { WORKER_POLICY } else { STRICT_POLICY };
    unless_set(headers, CONTENT_SECURITY_POLICY, policy);
    unless_set(headers, REFERRER_POLICY, HeaderValue::from_static(referrer_policy(&path)));
    unless_set(headers, CACHE_CONTROL, HeaderValue::from_static(keeping(&path)));
    response
}

fn unless_set(headers: &mut HeaderMap, name: HeaderName, value: HeaderValue) {
    headers.entry(name).or_insert(value);
}

/// An order's address is as good as a key to it, so it is told to nobody else.
fn referrer_policy(path: &str) -> &'static str {
    if path.contains("/orders/") { "same-origin" } else { "strict-origin-when-cross-origin" }
}

/// `no-store` would keep pages out of the back/forward cache, so only data gets it, and the checkout: its form holds an
/// address, and once it is sent the way back to it must lead to the order, also in a browser without scripts.
fn keeping(path: &str) -> &'static str {
    if path.starts_with("/api/") || path.ends_with("/checkout") { "no-store" } else { "private, no-cache" }
}
