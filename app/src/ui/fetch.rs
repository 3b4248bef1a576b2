//! How islands call the shop's endpoints: a form post with `fetch`, and the JSON answer read by the browser itself.
//!
//! The generated client of server functions would bring a JSON reader for every type of every answer into the
//! WASM (a third of it, measured); islands need a few fields of an answer each. Browser only; nothing panics.

use crate::error::ErrorCode;
use leptos::wasm_bindgen::{JsCast, JsValue};
use wasm_bindgen_futures::JsFuture;
use web_sys::{Headers, RequestInit, Response, UrlSearchParams};

/// Why an endpoint did not do it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Refusal {
    /// HTTP status; 0 when the shop could not be reached.
    pub status: u16,
    /// What to say; of several wrong fields the first one's.
    pub code: ErrorCode,
}

impl Refusal {
    /// The shop could not be reached, or its answer not be read.
    fn unreachable() -> Self {
        Self { status: 0, code: ErrorCode::Unavailable }
    }
}

/// Reads an endpoint.
///
/// # Errors
/// A [`Refusal`].
pub async fn get(path: &str) -> Result<Answer, Refusal> {
    send(path, &RequestInit::new()).await
}

/// Posts a form to an endpoint.
///
/// # Errors
/// A [`Refusal`].
pub async fn post(path: &str, fields: &[(&str, &str)]) -> Result<Answer, Refusal> {
    let body = UrlSearchParams::new().ok();
    for (name, value) in fields {
        if let Some(body) = &body {
            body.append(name, value);
        }
    }
    post_body(path, body).await
}

/// Posts what a form of the page holds.
///
/// # Errors
/// A [`Refusal`].
pub async fn post_body(path: &str, body: Option<UrlSearchParams>) -> Result<Answer, Refusal> {
    let init = RequestInit::new();
    init.set_method("POST");
    if let Some(body) = body {
        init.set_body(&body);
    }
    send(path, &init).await
}

async fn send(path: &str, init: &RequestInit) -> Result<Answer, Refusal> {
    if let Ok(headers) = Headers::new() {
        let _ = headers.set("accept", "application/json");
        init.set_headers(&headers);
    }
    let window = web_sys::window().ok_or_else(Refusal::unreachable)?;
    let response = JsFuture::from(window.fetch_with_str_and_init(path, init)).await;
    let response = response.ok().and_then(|value| value.dyn_into::<Response>().ok());
    let response = response.ok_or_else(Refusal::unreachable)?;
    let body = response.json().map_err(|_| Refusal::unreachable())?;
    let body = Answer(JsFuture::from(body).await.map_err(|_| Refusal::unreachable())?);
    if response.ok() { Ok(body) } else { Err(refusal(response.status(), &body)) }
}

/// Reads our `AppError` off its JSON: a code as `detail`, a list of wrong fields, or just its name.
fn refusal(status: u16, body: &Answer) -> Refusal {
    let code = |answer: &Answer, key: &str| ErrorCode::from_name(&answer.text(key));
    let first = body.list("detail").first().and_then(|item| code(item, "code"));
    let named = match body.text("error").as_str() {
        "not_found" => Some(ErrorCode::NotFound),
        "rate_limited" => Some(ErrorCode::TooManyRequests),
        "bad_request" => Some(ErrorCode::FormUnreadable),
        "internal" => Some(ErrorCode::Internal),
        _ => None,
    };
    let code = code(body, "detail").or(first).or(named).unwrap_or(ErrorCode::Unavailable);
    Refusal { status, code }
}

/// A JSON value of an answer.
pub struct Answer(JsValue);

impl Answer {
    fn member(&self, key: &str) -> JsValue {
        js_sys::Reflect::get(&self.0, &JsValue::from_str(key)).unwrap_or(JsValue::NULL)
    }

    /// A member; reading on is fine when there is none.
    #[must_use]
    pub fn object(&self, key: &str) -> Self {
        Self(self.member(key))
    }

    /// A text; empty when there is none.
    #[must_use]
    pub fn text(&self, key: &str) -> String {
        self.member(key).as_string().unwrap_or_default()
    }

    /// A whole number; 0 when there is none.
    #[must_use]
    pub fn number(&self, key: &str) -> i64 {
        self.member(key).as_f64().map_or(0, |number| number as i64)
    }

    /// A flag; false when there is none.
    #[must_use]
    pub fn flag(&self, key: &str) -> bool {
        self.member(key).is_truthy()
    }

    /// The items of a list; none when there is no list.
    #[must_use]
    pub fn list(&self, key: &str) -> Vec<Self> {
        let list = self.member(key).dyn_into::<js_sys::Array>();
        list.map(|list| list.iter().map(Self).collect()).unwrap_or_default()
    }
}
