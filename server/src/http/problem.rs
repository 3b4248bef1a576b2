//! What goes wrong, as one answer: JSON of one shape for programs, a page for people, the right status for both.
//!
//! Layers and handlers answer with a [`Problem`]; [`layer`] gives every answer with an error status its body,
//! also those that the libraries make.

use super::facts::Facts;
use app::AppError;
use app::kernel::Locale;
use axum::Json;
use axum::body::Body;
use axum::extract::Request;
use axum::middleware::Next;
use axum::response::{Html, IntoResponse, Response};
use http::header::{ALLOW, CONTENT_RANGE, CONTENT_TYPE, RETRY_AFTER, SET_COOKIE};
use http::{HeaderValue, StatusCode};
use std::any::Any;

/// Why a request is not answered as asked.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Problem {
    /// An error of the shop, with its own status.
    App(AppError),
    /// A request that changes something, from a page that is not ours (403).
    CrossSite,
    /// A method that this path does not know (405).
    Method,
    /// A body that is too large (413).
    BodyTooLarge,
    /// An address that is too long (414).
    AddressTooLong,
    /// Headers that are too large (431).
    HeadersTooLarge,
    /// The answer takes too long (503).
    TimedOut,
    /// Too many requests at the same moment (503).
    Overloaded,
    /// Any other status that a library has chosen.
    Status(StatusCode),
}

impl Problem {
    /// The HTTP status.
    #[must_use]
    pub fn status(&self) -> StatusCode {
        match self {
            Self::App(error) => {
                StatusCode::from_u16(error.status()).unwrap_or(StatusCode::INTERNAL_SERVER_ERROR)
            }
            Self::CrossSite => StatusCode::FORBIDDEN,
            Self::Method => StatusCode::METHOD_NOT_ALLOWED,
            Self::BodyTooLarge => StatusCode::PAYLOAD_TOO_LARGE,
            Self::AddressTooLong => StatusCode::URI_TOO_LONG,
            Self::HeadersTooLarge => StatusCode::REQUEST_HEADER_FIELDS_TOO_LARGE,
            Self::TimedOut | Self::Overloaded => StatusCode::SERVICE_UNAVAILABLE,
            Self::Status(status) => *status,
        }
    }

    /// The same as an error that every caller of our endpoints understands.
    #[must_use]
    pub fn error(&self, request_id: &str) -> AppError {
        match self {
            Self::App(AppError::Internal(_)) => AppError::Internal(request_id.to_owned()),
            Self::App(error) => error.clone(),
            Self::CrossSite => AppError::Forbidden,
            Self::TimedOut | Self::Overloaded => AppError::Unavailable,
            Self::Status(status) => from_status(*status, request_id),
            Self::Method | Self::BodyTooLarge | Self::AddressTooLong | Self::HeadersTooLarge => {
                AppError::BadRequest
            }
        }
    }

    /// Seconds until it is worth trying again.
    const fn retry_after(&self) -> Option<u32> {
        match self {
            Self::App(AppError::RateLimited(seconds)) => Some(*seconds),
            Self::App(AppError::Unavailable) | Self::TimedOut => Some(5),
            Self::Overloaded => Some(1),
            _ => None,
        }
    }

    /// The sentence for a person.
    fn sentence(&self, locale: Locale, request_id: &str) -> String {
        match self {
            Self::CrossSite => texts::cross_site(locale).to_owned(),
            Self::Method => texts::method(locale).to_owned(),
            Self::BodyTooLarge => texts::too_large(locale).to_owned(),
            Self::AddressTooLong | Self::HeadersTooLarge => texts::too_long(locale).to_owned(),
            Self::TimedOut | Self::Overloaded => texts::busy(locale).to_owned(),
            _ => self.error(request_id).code().text(locale).to_owned(),
        }
    }
}

fn from_status(status: StatusCode, request_id: &str) -> AppError {
    match status.as_u16() {
        401 => AppError::Unauthorized,
        403 => AppError::Forbidden,
        404 | 410 => AppError::NotFound,
        429 => AppError::RateLimited(1),
        503 | 504 => AppError::Unavailable,
        400..=499 => AppError::BadRequest,
        _ => AppError::Internal(request_id.to_owned()),
    }
}

impl From<AppError> for Problem {
    fn from(error: AppError) -> Self {
        Self::App(error)
    }
}

impl IntoResponse for Problem {
    /// An answer without a body; [`layer`] adds it, since it depends on who asks.
    fn into_response(self) -> Response {
        let mut response = self.status().into_response();
        response.extensions_mut().insert(self);
        response
    }
}

/// Turns a panic into a 500. Its text goes to the log, never to the caller.
pub(super) fn panicked(panic: Box<dyn Any + Send>) -> Response<Body> {
    let text =
        panic.downcast_ref::<String>().map(String::as_str).or_else(|| panic.downcast_ref::<&str>().copied());
    tracing::error!(panic = text.unwrap_or("without a text"), "a request panicked");
    Problem::App(AppError::Internal(String::new())).into_response()
}

/// Gives every error its body: JSON, or a page for a browser. Finished error pages stay as they are.
pub(super) async fn layer(request: Request, next: Next) -> Response {
    let facts = request.extensions().get::<Facts>().cloned();
    let response = next.run(request).await;
    if !response.status().is_client_error() && !response.status().is_server_error() {
        return response;
    }
    let known = response.extensions().get::<Problem>().cloned();
    let is_page =
        response.headers().get(CONTENT_TYPE).is_some_and(|kind| kind.as_bytes().starts_with(b"text/html"));
    match (known, is_page) {
        (Some(problem), _) => dress(&response, &problem, facts.as_ref()),
        (None, true) => response,
        (None, false) => dress(&response, &of_status(response.status()), facts.as_ref()),
    }
}

fn of_status(status: StatusCode) -> Problem {
    match status {
        StatusCode::METHOD_NOT_ALLOWED => Problem::Method,
        StatusCode::PAYLOAD_TOO_LARGE => Problem::BodyTooLarge,
        StatusCode::SERVICE_UNAVAILABLE => Problem::Overloaded,
        other => Problem::Status(other),
    }
}

/// An error for programs. Lines of a cart that cannot be bought are a conflict like any other, told by the first one's
/// code, with the whole list beside it; another total is one with what it is now.
fn data(error: &AppError) -> serde_json::Value {
    match error {
        AppError::Blocked(problems) => {
            let told = AppError::Conflict(error.code());
            let mut data = serde_json::to_value(told).unwrap_or_default();
            if let Some(object) = data.as_object_mut() {
                object.insert("problems".to_owned(), serde_json::json!(problems));
            }
            data
        }
        AppError::TotalChanged(total) => {
            let mut data = serde_json::to_value(AppError::Conflict(error.code())).unwrap_or_default();
            if let Some(object) = data.as_object_mut() {
                object.insert("total".to_owned(), serde_json::json!(total));
            }
            data
        }
        other => serde_json::to_value(other).unwrap_or_default(),
    }
}

/// The answer for the problem; of the bare answer only what a caller needs to go on is kept.
fn dress(bare: &Response, problem: &Problem, facts: Option<&Facts>) -> Response {
    let id = facts.map_or("", |facts| &facts.id);
    let mut response = match facts {
        Some(facts) if facts.wants_html => Html(page(problem, facts)).into_response(),
        _ => Json(data(&problem.error(id))).into_response(),
    };
    *response.status_mut() = problem.status();
    for name in [ALLOW, CONTENT_RANGE, SET_COOKIE] {
        for value in bare.headers().get_all(&name) {
            response.headers_mut().append(name.clone(), value.clone());
        }
    }
    if let Some(seconds) = problem.retry_after() {
        response.headers_mut().insert(RETRY_AFTER, HeaderValue::from(seconds));
    }
    response
}

/// A page that needs nothing that may be broken: no leptos, no database, no script. It looks like the app's own.
fn page(problem: &Problem, facts: &Facts) -> String {
    let (locale, status) = (facts.locale, problem.status());
    let reference = match problem.error(&facts.id) {
        AppError::Internal(id) => {
            format!("<p class=\"error-number\">{} <code>{id}</code></p>", texts::reference(locale))
        }
        _ => String::new(),
    };
    format!(
        include_str!("problem.html"),
        lang = locale.tag(),
        title = title(status, locale),
        style = super::site::style_path(),
        number = status.as_u16(),
        sentence = problem.sentence(locale, &facts.id),
        reference = reference,
        home = app::routes::href::home(locale),
        link = texts::home(locale),
    )
}

fn title(status: StatusCode, locale: Locale) -> &'static str {
    match status.as_u16() {
        404 | 410 => texts::not_found_title(locale),
        429 | 503 | 504 => texts::wait_title(locale),
        400..=499 => texts::refused_title(locale),
        _ => texts::broken_title(locale),
    }
}

mod texts {
    //! Only for answers that the pages of the shop cannot give.

    app::messages! {
        not_found_title = "没有找到" | "Not found";
        wait_title = "请稍等片刻" | "One moment, please";
        refused_title = "这个请求无法处理" | "This request cannot be handled";
        broken_title = "出了点问题" | "Something went wrong";
        cross_site = "这个请求不是从本店页面发出的。请返回本店页面再试一次" | "This request did not come from a page of this shop. Please go back to the shop and try again";
        method = "这个地址不接受这种请求" | "This address does not take this kind of request";
        too_large = "提交的内容太大了，请缩短后重试" | "What you sent is too large, please shorten it and try again";
        too_long = "请求的地址或附加信息太长了" | "The address or the information sent with it is too long";
        busy = "现在访问的人很多，请稍后再试。已填写的内容不会丢失" | "The shop is very busy right now, please try again in a moment. Nothing you typed is lost";
        reference = "如需联系我们，请提供编号：" | "If you contact us, please mention this number:";
        home = "回到首页" | "Back to the home page";
    }
}
