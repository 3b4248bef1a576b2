//! Pages: the shell around the app, the choice of a language at `/`, and everything that no route knows.

use super::problem::Problem;
use super::{AppState, context, facts};
use app::AppError;
use app::catalog::model::PageKind;
use app::kernel::{Locale, Slug};
use app::routes::href;
use axum::extract::{MatchedPath, Request, State};
use axum::middleware::Next;
use axum::response::{IntoResponse, Response};
use http::header::{LOCATION, VARY};
use http::{HeaderMap, HeaderValue, Method, StatusCode, Uri};
use leptos::prelude::{AnyView, IntoAny};

/// The closure that renders the whole document.
pub(super) fn shell(state: &AppState) -> impl Fn() -> AnyView + Clone + Send + Sync + 'static {
    let options = state.leptos.clone();
    move || app::shell(options.clone()).into_any()
}

/// `/`: to the language that the browser asks for.
pub(super) async fn choose_language(headers: HeaderMap) -> Response {
    let home = href::home(facts::preferred(&headers));
    let vary = HeaderValue::from_static("Accept-Language, Cookie");
    (StatusCode::FOUND, [(LOCATION, context::location(&home)), (VARY, vary)]).into_response()
}

/// A page's address begins with a language; one that begins with anything else has no page, whatever its route says.
pub(super) async fn layer(State(state): State<AppState>, request: Request, next: Next) -> Response {
    let route = request.extensions().get::<MatchedPath>();
    let is_page = route.is_some_and(|route| route.as_str().starts_with("/{"));
    if is_page && Locale::from_path(request.uri().path()).is_none() {
        return fallback(State(state), request).await;
    }
    let uri = request.uri().clone();
    let response = next.run(request).await;
    if response.status() == StatusCode::NOT_FOUND
        && let Some(address) = moved(&state, &uri).await
    {
        return (StatusCode::MOVED_PERMANENTLY, [(LOCATION, context::location(&address))]).into_response();
    }
    response
}

/// Where a page is now that was found here before, with the query that was asked.
async fn moved(state: &AppState, uri: &Uri) -> Option<String> {
    let locale = Locale::from_path(uri.path())?;
    let (kind, to, slug) = MOVABLE.into_iter().find_map(|(kind, to)| {
        let slug = uri.path().strip_prefix(&to(locale, ""))?;
        Some((kind, to, Slug::parse(slug)?))
    })?;
    let found = state.services.catalog.moved(kind, &slug).await.ok()??;
    let query = uri.query().map(|query| format!("?{query}")).unwrap_or_default();
    Some(format!("{}{query}", to(locale, &found)))
}

/// Builds the address of a page from its key.
type Address = fn(Locale, &str) -> String;

/// Pages that may have moved, with their addresses.
const MOVABLE: [(PageKind, Address); 3] = [
    (PageKind::Product, href::product),
    (PageKind::Category, href::category),
    (PageKind::Collection, href::collection),
];

/// A path without a route: the app's own page that says so.
pub(super) async fn fallback(State(state): State<AppState>, request: Request) -> Response {
    if !matches!(*request.method(), Method::GET | Method::HEAD) {
        return Problem::App(AppError::NotFound).into_response();
    }
    nowhere(&state, request).await
}

/// Renders the page that says that there is none.
pub(super) async fn nowhere(state: &AppState, mut request: Request) -> Response {
    *request.uri_mut() = Uri::from_static(NOWHERE);
    let render = leptos_axum::render_app_async_with_context(context::provider(state.clone()), shell(state));
    let mut response = render(request).await;
    if response.status() == StatusCode::OK {
        *response.status_mut() = StatusCode::NOT_FOUND;
    }
    response
}

/// A path that no page of the app will ever have; the page shows the one that was asked for.
const NOWHERE: &str = "/-/-/-/-/-";
