//! What a page or a server function can reach: the [`Services`] behind their ports and the facts of the request.
//!
//! The server provides one [`RequestCx`] per request. In the browser there is none: only pages and the
//! bodies of server functions call [`RequestCx::current`], and those run on the server alone.

use crate::cart::port::Carts;
use crate::catalog::model::View;
use crate::catalog::port::Catalog;
use crate::checkout::port::Checkout;
use crate::error::{AppError, ErrorCode};
use crate::kernel::{Currency, GuestToken, Locale};
use crate::orders::port::Orders;
use crate::payments::port::Payments;
use crate::search::port::Search;
use std::sync::Arc;
use time::OffsetDateTime;

/// The shop's capabilities, one port per slice. A new slice adds a line; the compiler lists what is missing.
#[derive(Clone)]
pub struct Services {
    /// Products and categories.
    pub catalog: Arc<dyn Catalog>,
    /// Guests' carts.
    pub carts: Arc<dyn Carts>,
    /// Placing orders.
    pub checkout: Arc<dyn Checkout>,
    /// Placed orders.
    pub orders: Arc<dyn Orders>,
    /// Paying them.
    pub payments: Arc<dyn Payments>,
    /// Finding products.
    pub search: Arc<dyn Search>,
}

/// How the answer can be shaped without knowing the web framework.
pub trait Responder: Send + Sync {
    /// Sets the status code.
    fn status(&self, code: u16);
    /// Sends the browser elsewhere (303), replacing any other answer.
    fn redirect(&self, to: &str);
    /// Lets this browser keep the answer for some seconds (an endpoint's answers are not kept otherwise).
    fn keep_for(&self, seconds: u32);
    /// Makes a new guest secret and sets its cookie.
    fn issue_guest(&self) -> GuestToken;
}

/// The facts of one request.
#[derive(Clone)]
pub struct RequestCx {
    /// The shop's capabilities.
    pub services: Services,
    /// The language of the page; for endpoints that of the page the request came from.
    pub locale: Locale,
    /// The currency of prices.
    pub currency: Currency,
    /// The guest's secret, if the browser has one.
    pub guest: Option<GuestToken>,
    /// When the request arrived.
    pub now: OffsetDateTime,
    /// The id that the log line and an error page show.
    pub request_id: Arc<str>,
    /// Scheme and authority that the outside sees, without a trailing slash: `https://shop.example`.
    pub base_url: Arc<str>,
    /// The requested path with its query.
    pub path: Arc<str>,
    /// The path (with query) of our own page that the request came from, if any.
    pub came_from: Option<Arc<str>>,
    /// True when a plain form was submitted by a browser, which wants a page and not JSON.
    pub wants_html: bool,
    /// Shapes the answer.
    pub responder: Arc<dyn Responder>,
}

impl RequestCx {
    /// The request being served. Call it at the start of a page or of a server function's body, nowhere else.
    ///
    /// # Panics
    /// When called outside a request; the server provides the context for every page and server function.
    #[must_use]
    pub fn current() -> Self {
        leptos::prelude::expect_context()
    }

    /// Language and currency of the catalogue for this request.
    #[must_use]
    pub const fn view(&self) -> View {
        View { locale: self.locale, currency: self.currency }
    }

    /// The guest's secret, made and set as a cookie when the browser has none yet.
    #[must_use]
    pub fn guest_or_new(&self) -> GuestToken {
        self.guest.clone().unwrap_or_else(|| self.responder.issue_guest())
    }

    /// Ends a server function: a plain form's browser goes to `to`, or back with `?problem=<code>` when it failed;
    /// a JSON caller gets the result.
    ///
    /// # Errors
    /// The result's own error.
    pub fn answer<T>(
        &self,
        result: Result<T, AppError>,
        to: impl FnOnce(&T) -> String,
    ) -> Result<T, AppError> {
        match &result {
            _ if !self.wants_html => {}
            Ok(value) => self.responder.redirect(&to(value)),
            Err(error) => self.responder.redirect(&self.back_with(error.code())),
        }
        result
    }

    /// The page that the request came from (the cart when unknown), with `problem=<code>` in its query.
    fn back_with(&self, code: ErrorCode) -> String {
        let cart = crate::routes::href::cart(self.locale);
        let from = self.came_from.as_deref().unwrap_or(&cart);
        let (path, query) = from.split_once('?').unwrap_or((from, ""));
        let kept = query.split('&').filter(|pair| !pair.is_empty() && !pair.starts_with("problem="));
        let pairs: Vec<String> =
            kept.map(str::to_owned).chain([format!("problem={}", code.name())]).collect();
        format!("{path}?{}", pairs.join("&"))
    }
}
