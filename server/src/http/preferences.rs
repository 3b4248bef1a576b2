//! `POST /api/currency`: the one choice that the server must know. A plain form; the browser goes back to its page.

use super::facts::{self, Facts};
use super::problem::Problem;
use super::{AppState, context};
use app::AppError;
use app::error::ErrorCode;
use app::kernel::Currency;
use axum::Form;
use axum::extract::{Extension, State};
use axum::response::{IntoResponse, Response};
use http::header::{LOCATION, SET_COOKIE};
use http::{HeaderValue, StatusCode};
use serde::Deserialize;

/// How long the choice is remembered, in seconds (a year).
const SECONDS: u32 = 365 * 24 * 60 * 60;

/// The form.
#[derive(Debug, Deserialize)]
pub(super) struct Choice {
    #[serde(default)]
    currency: String,
}

/// Remembers a currency and goes back to the page.
pub(super) async fn currency(
    State(state): State<AppState>,
    Extension(facts): Extension<Facts>,
    Form(choice): Form<Choice>,
) -> Result<Response, Problem> {
    let known = Currency::from_code(&choice.currency).filter(|known| Currency::OFFERED.contains(known));
    let known = known.ok_or_else(|| AppError::field("currency", ErrorCode::FormUnreadable))?;
    let secure = if state.outside.is_https() { "; Secure" } else { "" };
    let name = facts::CURRENCY_COOKIE;
    // The page's script compares it with the page that comes back from the back/forward cache, so it may read it.
    let cookie = format!("{name}={}; Path=/; Max-Age={SECONDS}; SameSite=Lax{secure}", known.code());
    let cookie = HeaderValue::try_from(cookie).map_err(|_| Problem::App(AppError::BadRequest))?;
    let home = app::routes::href::home(facts.locale);
    let back = context::location(facts.came_from.as_deref().unwrap_or(&home));
    Ok((StatusCode::SEE_OTHER, [(LOCATION, back), (SET_COOKIE, cookie)]).into_response())
}
