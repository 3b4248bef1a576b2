//! Messages of payment providers, with their bodies byte by byte: what they sign is what we check.

use super::AppState;
use super::problem::Problem;
use app::payments::model::Notice;
use axum::Json;
use axum::body::Bytes;
use axum::extract::{Path, State};
use axum::response::{IntoResponse, Response};
use http::{HeaderMap, StatusCode};

/// The route; `{provider}` is a payment method's name.
pub const PATH: &str = "/api/payments/webhooks/{provider}";

/// The largest message.
const MAX_BODY: usize = 64 * 1024;

/// Takes a message: 204 when it is taken (a copy too), 4xx when it is not believed, 5xx when it should come again.
pub(super) async fn receive(
    State(state): State<AppState>,
    Path(provider): Path<String>,
    headers: HeaderMap,
    body: Bytes,
) -> Response {
    if body.len() > MAX_BODY {
        return Problem::BodyTooLarge.into_response();
    }
    let notice = Notice { headers: texts(&headers), body: body.to_vec() };
    match state.services.payments.receive(&provider, &notice).await {
        Ok(Ok(())) => StatusCode::NO_CONTENT.into_response(),
        Ok(Err(refusal)) => {
            let status = StatusCode::from_u16(refusal.status()).unwrap_or(StatusCode::BAD_REQUEST);
            let reason = serde_json::json!({ "error": "refused", "detail": refusal.name() });
            (status, Json(reason)).into_response()
        }
        Err(error) => Problem::App(error).into_response(),
    }
}

/// Headers that are text. The names are in small letters already.
fn texts(headers: &HeaderMap) -> Vec<(String, String)> {
    let texts = headers.iter().filter_map(|(name, value)| Some((name, value.to_str().ok()?)));
    texts.map(|(name, value)| (name.as_str().to_owned(), value.to_owned())).collect()
}
