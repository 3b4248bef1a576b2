//! The hosted pages' requests: what the payer does, as plain form posts, each answered by a redirect or a page.

use super::card::{CardForm, digits};
use super::card_form::CardMistakes;
use super::magic::{Magic, ONE_TIME_CODE};
use super::model::{Method, Refusal, Status};
use super::pages;
use super::session::{Answer, Session, Tender};
use super::{Gateway, texts};
use app::kernel::Locale;
use axum::Router;
use axum::extract::rejection::FormRejection;
use axum::extract::{Form, Path, Request, State};
use axum::http::header::{
    ACCEPT_LANGUAGE, CACHE_CONTROL, CONTENT_SECURITY_POLICY, CONTENT_TYPE, LOCATION, REFERRER_POLICY,
    X_CONTENT_TYPE_OPTIONS,
};
use axum::http::{HeaderMap, HeaderValue, Method as HttpMethod, StatusCode};
use axum::middleware::{Next, from_fn};
use axum::response::{IntoResponse, Response};
use axum::routing::{get, post};
use serde::Deserialize;
use std::sync::Arc;
use url::{Host, Url};

type Shared = State<Arc<Gateway>>;

/// The routes of the pay pages.
pub(super) fn router() -> Router<Arc<Gateway>> {
    Router::new()
        .route("/pay/{id}", get(show))
        .route("/pay/{id}/scan", post(scan))
        .route("/pay/{id}/card", post(card))
        .route("/pay/{id}/challenge", get(show_challenge).post(answer_challenge))
        .route("/pay/{id}/cancel", post(cancel))
        .route_layer(from_fn(refuse_foreign_forms))
        .route(pages::STYLESHEET, get(stylesheet))
}

/// A form on another site must not pay: browsers say where a post comes from.
async fn refuse_foreign_forms(request: Request, next: Next) -> Response {
    let site = request.headers().get("sec-fetch-site").and_then(|value| value.to_str().ok());
    let foreign =
        request.method() == HttpMethod::POST && !matches!(site, None | Some("same-origin" | "none"));
    if foreign {
        let locale = language(request.headers());
        let words = (texts::forbidden_title(locale), texts::forbidden_text(locale));
        return page(StatusCode::FORBIDDEN, pages::message(locale, words, None), None);
    }
    next.run(request).await
}

async fn stylesheet() -> Response {
    let headers = [
        (CONTENT_TYPE, "text/css; charset=utf-8"),
        (CACHE_CONTROL, "public, max-age=300"),
        (X_CONTENT_TYPE_OPTIONS, "nosniff"),
    ];
    (headers, include_str!("pay.css")).into_response()
}

async fn show(State(gateway): Shared, Path(id): Path<String>, headers: HeaderMap) -> Response {
    let Some(session) = look(&gateway, &id) else {
        return missing(&headers);
    };
    match session.status {
        Status::Open => pay_page(&gateway, &session, &CardMistakes::default()),
        Status::RequiresAction => redirect(&format!("/pay/{id}/challenge")),
        Status::Paid | Status::Closed | Status::Expired => finished(StatusCode::OK, &session),
    }
}

async fn show_challenge(State(gateway): Shared, Path(id): Path<String>, headers: HeaderMap) -> Response {
    match look(&gateway, &id) {
        None => missing(&headers),
        Some(session) if session.status == Status::RequiresAction => challenge_page(StatusCode::OK, &session),
        Some(_) => redirect(&format!("/pay/{id}")),
    }
}

async fn scan(State(gateway): Shared, Path(id): Path<String>, headers: HeaderMap) -> Response {
    let by = Tender { method: Method::Scan, card_last4: None };
    attempt(&gateway, &id, by, None).unwrap_or_else(|| missing(&headers))
}

async fn card(
    State(gateway): Shared,
    Path(id): Path<String>,
    headers: HeaderMap,
    form: Result<Form<CardForm>, FormRejection>,
) -> Response {
    let Ok(Form(form)) = form else {
        return unreadable(form.err(), &headers);
    };
    let Some(session) = look(&gateway, &id) else {
        return missing(&headers);
    };
    match form.parse(gateway.clock.now()) {
        Ok(card) => {
            let by = Tender { method: Method::Card, card_last4: Some(card.last4) };
            attempt(&gateway, &id, by, Some(card.magic)).unwrap_or_else(|| missing(&headers))
        }
        Err(_) if session.status != Status::Open => redirect(&format!("/pay/{id}")),
        Err(errors) => {
            let expiry = form.expiry.chars().take(7).collect();
            pay_page(&gateway, &session, &CardMistakes { errors, expiry })
        }
    }
}

/// One try to pay, and where the payer goes after it. `None`: there is no such session.
fn attempt(gateway: &Gateway, id: &str, by: Tender, card: Option<&Magic>) -> Option<Response> {
    let (method, result, session) = gateway.with(id, |session, stamp| {
        let effect = Magic::effect(session.order.amount.minor, card);
        (by.method, session.pay(by, effect, stamp), session.clone())
    })?;
    tracing::info!(session = id, ?method, status = ?session.status, refused = ?result.as_ref().err(), "try to pay");
    Some(match result {
        Ok(dispatches) => {
            gateway.send(dispatches);
            match session.status {
                Status::RequiresAction => redirect(&format!("/pay/{id}/challenge")),
                Status::Open | Status::Paid | Status::Closed | Status::Expired => redirect(&back(&session)),
            }
        }
        Err(refusal) => refused(refusal, &session),
    })
}

/// Where the payer goes when a step came too late or too early.
fn refused(refusal: Refusal, session: &Session) -> Response {
    match refusal {
        Refusal::AlreadyPaid => redirect(&back(session)),
        Refusal::ChallengePending => redirect(&format!("/pay/{}/challenge", session.id)),
        Refusal::NoChallenge | Refusal::NotPaid => redirect(&format!("/pay/{}", session.id)),
        Refusal::Closed | Refusal::Expired => finished(StatusCode::CONFLICT, session),
        Refusal::TooManyTries => finished(StatusCode::TOO_MANY_REQUESTS, session),
    }
}

#[derive(Deserialize, Default)]
#[serde(default)]
struct ChallengeForm {
    code: String,
    give_up: Option<String>,
}

async fn answer_challenge(
    State(gateway): Shared,
    Path(id): Path<String>,
    headers: HeaderMap,
    form: Result<Form<ChallengeForm>, FormRejection>,
) -> Response {
    let Ok(Form(form)) = form else {
        return unreadable(form.err(), &headers);
    };
    let right = form.give_up.is_none().then(|| digits(&form.code).as_deref() == Some(ONE_TIME_CODE));
    let answered = gateway.with(&id, |session, stamp| (session.answer(right, stamp), session.clone()));
    let Some((result, session)) = answered else {
        return missing(&headers);
    };
    tracing::info!(session = id, status = ?session.status, "challenge answered");
    match result {
        Ok((Answer::TryAgain, _)) => challenge_page(StatusCode::UNPROCESSABLE_ENTITY, &session),
        Ok((Answer::Paid | Answer::Declined, dispatches)) => {
            gateway.send(dispatches);
            redirect(&back(&session))
        }
        Err(refusal) => refused(refusal, &session),
    }
}

async fn cancel(State(gateway): Shared, Path(id): Path<String>, headers: HeaderMap) -> Response {
    let left = gateway.with(&id, |session, stamp| {
        session.leave(stamp);
        back(session)
    });
    left.map_or_else(|| missing(&headers), |url| redirect(&url))
}

/// The answer to every path that is none.
pub(super) async fn not_found(headers: HeaderMap) -> Response {
    missing(&headers)
}

fn look(gateway: &Gateway, id: &str) -> Option<Session> {
    gateway.with(id, |session, _| session.clone())
}

/// The shop's return address with the session's id, which is no secret: the shop asks the gateway what happened.
fn back(session: &Session) -> String {
    let mut url = session.order.return_url.clone();
    url.query_pairs_mut().append_pair("session", &session.id);
    url.into()
}

/// The reader's language.
pub(super) fn language(headers: &HeaderMap) -> Locale {
    let wanted = headers.get(ACCEPT_LANGUAGE).and_then(|value| value.to_str().ok());
    Locale::negotiate(wanted.unwrap_or_default())
}

/// The answer when there is no such page.
pub(super) fn missing(headers: &HeaderMap) -> Response {
    let locale = language(headers);
    let words = (texts::missing_title(locale), texts::missing_text(locale));
    page(StatusCode::NOT_FOUND, pages::message(locale, words, None), None)
}

fn unreadable(rejection: Option<FormRejection>, headers: &HeaderMap) -> Response {
    let status = rejection.map_or(StatusCode::BAD_REQUEST, |rejection| rejection.status());
    let locale = language(headers);
    let words = (texts::unreadable_title(locale), texts::unreadable_text(locale));
    page(status, pages::message(locale, words, None), None)
}

fn pay_page(gateway: &Gateway, session: &Session, mistakes: &CardMistakes) -> Response {
    let status = if mistakes.errors.is_empty() { StatusCode::OK } else { StatusCode::UNPROCESSABLE_ENTITY };
    let html = pages::pay(session, &gateway.pay_url(&session.id), mistakes);
    page(status, html, Some(&session.order.return_url))
}

fn challenge_page(status: StatusCode, session: &Session) -> Response {
    let wrong = status != StatusCode::OK;
    page(status, pages::challenge(session, wrong), Some(&session.order.return_url))
}

fn finished(status: StatusCode, session: &Session) -> Response {
    page(status, pages::finished(session, &back(session)), None)
}

fn redirect(url: &str) -> Response {
    let mut response = StatusCode::SEE_OTHER.into_response();
    if let Ok(location) = HeaderValue::from_str(url) {
        response.headers_mut().insert(LOCATION, location);
    }
    response.headers_mut().insert(CACHE_CONTROL, HeaderValue::from_static("no-store"));
    response
}

fn page(status: StatusCode, html: String, returns_to: Option<&Url>) -> Response {
    answer(status, html, policy(returns_to))
}

/// A page with its security headers.
pub(super) fn answer(status: StatusCode, html: String, policy: String) -> Response {
    let headers = [
        (CONTENT_TYPE, "text/html; charset=utf-8".to_owned()),
        (CONTENT_SECURITY_POLICY, policy),
        (CACHE_CONTROL, "no-store".to_owned()),
        (REFERRER_POLICY, "same-origin".to_owned()),
        (X_CONTENT_TYPE_OPTIONS, "nosniff".to_owned()),
    ];
    (status, headers, html).into_response()
}

/// Browsers hold a redirect after a form post to `form-action` too, so the shop's origin must be in it.
fn policy(returns_to: Option<&Url>) -> String {
    let shop = returns_to.map(|url| match url.host() {
        // A source expression cannot name an IPv6 address.
        Some(Host::Ipv6(_)) | None => format!(" {}:", url.scheme()),
        Some(Host::Ipv4(_) | Host::Domain(_)) => format!(" {}", url.origin().ascii_serialization()),
    });
    format!(
        "default-src 'none'; style-src 'self'; form-action 'self'{}; base-uri 'none'; frame-ancestors 'none'",
        shop.unwrap_or_default()
    )
}
