//! The merchant's endpoints under `/v1`. Every request is signed; every answer is JSON.

use super::Gateway;
use super::event::Dispatch;
use super::magic::Delivery;
use super::model::Refusal;
use super::session::{MAX_REFUNDS, NewRefund, RefundRefusal};
use super::signing::Envelope;
use super::store::CreateRefusal;
use super::wire::{self, CreateBody, FieldError, RefundBody};
use axum::Router;
use axum::body::{Body, Bytes, to_bytes};
use axum::extract::{Path, Request, State};
use axum::http::{HeaderMap, StatusCode};
use axum::middleware::{Next, from_fn_with_state};
use axum::response::{IntoResponse, Json, Response};
use axum::routing::{get, post};
use serde::de::DeserializeOwned;
use serde_json::{Value, json};
use std::sync::Arc;

/// The largest body, in bytes, of any request to the gateway.
pub(super) const MAX_BODY: usize = 16 * 1024;
/// The longest request id.
const MAX_REQUEST_ID: usize = 128;

type Shared = State<Arc<Gateway>>;
type Answer = Result<(StatusCode, Json<Value>), Refused>;

/// What a merchant's request is refused with.
#[derive(Debug)]
enum Refused {
    /// A status, a code for programs, and a sentence for people.
    With(StatusCode, &'static str, String),
    /// Fields that must be corrected.
    Fields(Vec<FieldError>),
}

impl Refused {
    fn new(status: StatusCode, code: &'static str, detail: impl Into<String>) -> Self {
        Self::With(status, code, detail.into())
    }

    fn conflict(code: &'static str, detail: &str) -> Self {
        Self::new(StatusCode::CONFLICT, code, detail)
    }

    fn not_found() -> Self {
        Self::new(StatusCode::NOT_FOUND, "not_found", "there is no such thing, or it was forgotten")
    }
}

impl IntoResponse for Refused {
    fn into_response(self) -> Response {
        match self {
            Self::With(status, error, detail) => {
                (status, Json(json!({"error": error, "detail": detail}))).into_response()
            }
            Self::Fields(errors) => {
                let list = errors.iter().map(|error| json!({"field": error.0, "detail": error.1}));
                let body = json!({"error": "invalid", "fields": list.collect::<Vec<_>>()});
                (StatusCode::UNPROCESSABLE_ENTITY, Json(body)).into_response()
            }
        }
    }
}

/// The routes, behind the check of the signature.
pub(super) fn router(gateway: &Arc<Gateway>) -> Router<Arc<Gateway>> {
    Router::new()
        .route("/v1/sessions", post(create))
        .route("/v1/sessions/{id}", get(query))
        .route("/v1/sessions/{id}/close", post(close))
        .route("/v1/sessions/{id}/refunds", post(refund))
        .route("/v1/sessions/{id}/events", get(events))
        .route("/v1/sessions/{id}/events/{event}/redeliver", post(redeliver))
        .route_layer(from_fn_with_state(gateway.clone(), require_signature))
}

/// Lets only signed requests through, with their body as it came.
async fn require_signature(State(gateway): Shared, request: Request, next: Next) -> Response {
    let (parts, body) = request.into_parts();
    let Ok(bytes) = to_bytes(body, MAX_BODY).await else {
        return Refused::new(StatusCode::PAYLOAD_TOO_LARGE, "too_large", "the body is larger than 16 KiB")
            .into_response();
    };
    match check_signature(&gateway, &parts.headers, &bytes) {
        Ok(()) => next.run(Request::from_parts(parts, Body::from(bytes))).await,
        Err(refused) => refused.into_response(),
    }
}

fn check_signature(gateway: &Gateway, headers: &HeaderMap, body: &[u8]) -> Result<(), Refused> {
    let header = |name| headers.get(name).and_then(|value| value.to_str().ok());
    let unsigned = || {
        Refused::new(
            StatusCode::UNAUTHORIZED,
            "unsigned",
            "request-id, request-timestamp and request-signature are needed",
        )
    };
    let envelope = Envelope {
        id: header("request-id")
            .filter(|id| (1..=MAX_REQUEST_ID).contains(&id.len()))
            .ok_or_else(unsigned)?,
        timestamp: header("request-timestamp").ok_or_else(unsigned)?,
        signature: header("request-signature").ok_or_else(unsigned)?,
    };
    gateway
        .key
        .verify(envelope, body, gateway.clock.now())
        .map_err(|error| Refused::new(StatusCode::UNAUTHORIZED, "bad_signature", error.to_string()))
}

/// Reads JSON: 400 when it is none, 422 when it is not what is asked for.
fn read<T: DeserializeOwned>(body: &[u8]) -> Result<T, Refused> {
    serde_json::from_slice(body).map_err(|error| {
        let status = if error.is_data() { StatusCode::UNPROCESSABLE_ENTITY } else { StatusCode::BAD_REQUEST };
        Refused::new(status, "unreadable", error.to_string())
    })
}

async fn create(State(gateway): Shared, body: Bytes) -> Answer {
    let (new, key) = read::<CreateBody>(&body)?.parse().map_err(Refused::Fields)?;
    let (id, made) = gateway.store.create(new, &key, gateway.new_ids()).map_err(|refusal| match refusal {
        CreateRefusal::KeyReused => {
            Refused::conflict("idempotency_mismatch", "this key came before with another body")
        }
        CreateRefusal::Full => Refused::new(
            StatusCode::SERVICE_UNAVAILABLE,
            "too_many_sessions",
            "every session that the sandbox can keep is unfinished",
        ),
    })?;
    if made {
        tracing::info!(session = id, "session created");
    }
    let status = if made { StatusCode::CREATED } else { StatusCode::OK };
    Ok((status, Json(shown(&gateway, &id)?)))
}

fn shown(gateway: &Gateway, id: &str) -> Result<Value, Refused> {
    let pay_url = gateway.pay_url(id);
    gateway.with(id, |session, _| wire::session(session, &pay_url)).ok_or_else(Refused::not_found)
}

async fn query(State(gateway): Shared, Path(id): Path<String>) -> Answer {
    Ok((StatusCode::OK, Json(shown(&gateway, &id)?)))
}

async fn close(State(gateway): Shared, Path(id): Path<String>) -> Answer {
    let closed = gateway.with(&id, |session, stamp| session.close(stamp)).ok_or_else(Refused::not_found)?;
    let dispatches = closed.map_err(|refusal| match refusal {
        Refusal::AlreadyPaid => Refused::conflict("already_paid", "the session is paid; query it, refund it"),
        _ => Refused::conflict("not_possible", "the session cannot be closed now"),
    })?;
    gateway.send(dispatches);
    Ok((StatusCode::OK, Json(shown(&gateway, &id)?)))
}

async fn refund(State(gateway): Shared, Path(id): Path<String>, body: Bytes) -> Answer {
    let order = read::<RefundBody>(&body)?.parse().map_err(Refused::Fields)?;
    let new = NewRefund {
        id: gateway.new_id("rf"),
        idempotency_key: order.key,
        amount_minor: order.amount_minor,
        reason: order.reason,
    };
    let done =
        gateway.with(&id, |session, stamp| session.refund(new, stamp)).ok_or_else(Refused::not_found)?;
    let (refund, made, dispatches) = done.map_err(refund_refused)?;
    gateway.send(dispatches);
    let status = if made { StatusCode::CREATED } else { StatusCode::OK };
    Ok((status, Json(json!(refund))))
}

fn refund_refused(refusal: RefundRefusal) -> Refused {
    match refusal {
        RefundRefusal::NotPaid => Refused::conflict("not_paid", "the session is not paid"),
        RefundRefusal::KeyReused => {
            Refused::conflict("idempotency_mismatch", "this key came before with another body")
        }
        RefundRefusal::ExceedsCaptured => {
            Refused::conflict("exceeds_captured", "all refunds together would exceed what was captured")
        }
        RefundRefusal::TooMany => {
            Refused::conflict("too_many_refunds", &format!("a session has at most {MAX_REFUNDS} refunds"))
        }
    }
}

async fn events(State(gateway): Shared, Path(id): Path<String>) -> Answer {
    let list = gateway.with(&id, |session, _| session.events.iter().map(wire::event).collect::<Vec<_>>());
    let list = list.ok_or_else(Refused::not_found)?;
    Ok((StatusCode::OK, Json(json!({ "events": list }))))
}

/// Sends an event's webhook once more, always at once and true, whatever magic held the first one up.
async fn redeliver(State(gateway): Shared, Path((id, event)): Path<(String, String)>) -> Answer {
    let found = gateway.with(&id, |session, _| {
        let event = session.events.iter().find(|known| known.id == event && known.kind.has_webhook())?;
        Some(Dispatch {
            session_id: session.id.clone(),
            url: session.order.webhook_url.clone(),
            event: event.clone(),
            delivery: Delivery::Prompt,
            afterwards: Vec::new(),
        })
    });
    let dispatch = found.flatten().ok_or_else(Refused::not_found)?;
    let answer = json!({"event": dispatch.event.id, "queued": true});
    gateway.send(vec![dispatch]);
    Ok((StatusCode::ACCEPTED, Json(answer)))
}
