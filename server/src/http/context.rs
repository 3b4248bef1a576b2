//! Gives pages and server functions their `RequestCx`: one closure for routes, endpoints and the fallback.

use super::facts::{Facts, guest_cookie};
use super::kept::ForEverybody;
use super::{AppState, Outside, headers};
use crate::platform::entropy::Entropy;
use app::RequestCx;
use app::kernel::GuestToken;
use app::ports::Responder;
use http::header::{CACHE_CONTROL, CONTENT_SECURITY_POLICY, LOCATION, SET_COOKIE};
use http::request::Parts;
use http::{HeaderValue, StatusCode};
use leptos::nonce::{Nonce, use_nonce};
use leptos::prelude::{provide_context, use_context};
use leptos_axum::ResponseOptions;
use std::sync::{Arc, OnceLock};

/// How long a guest's cart is remembered by the browser, in seconds (180 days).
const GUEST_SECONDS: u32 = 180 * 24 * 60 * 60;

/// The closure that leptos runs for each request before it renders a page or calls a server function.
pub(super) fn provider(state: AppState) -> impl Fn() + Clone + Send + Sync + 'static {
    move || {
        let (Some(parts), Some(options)) = (use_context::<Parts>(), use_context::<ResponseOptions>()) else {
            return;
        };
        if let Some(everybody) = parts.extensions.get::<ForEverybody>() {
            // The same in every answer: the policy goes by the scripts' hashes.
            provide_context(Nonce::from_value("-"));
            options.insert_header(CONTENT_SECURITY_POLICY, everybody.policy.clone());
        } else if let Some(nonce) = use_nonce() {
            let policy = headers::page_policy(&nonce, &state.services.payments.pay_origins());
            options.insert_header(CONTENT_SECURITY_POLICY, policy);
        }
        provide_context(request_cx(&state, &parts, options));
    }
}

fn request_cx(state: &AppState, parts: &Parts, options: ResponseOptions) -> RequestCx {
    let facts = parts.extensions.get::<Facts>().cloned().unwrap_or_else(|| Facts::read(state, parts));
    RequestCx {
        services: state.services.clone(),
        locale: facts.locale,
        currency: facts.currency,
        guest: facts.guest,
        now: facts.now,
        request_id: facts.id,
        base_url: state.outside.base_url.clone(),
        path: facts.path,
        came_from: facts.came_from,
        wants_html: facts.wants_html,
        responder: Arc::new(LeptosResponder {
            options,
            entropy: state.platform.entropy.clone(),
            outside: state.outside.clone(),
            issued: OnceLock::new(),
        }),
    }
}

/// Shapes the answer through leptos' response options.
struct LeptosResponder {
    options: ResponseOptions,
    entropy: Arc<dyn Entropy>,
    outside: Arc<Outside>,
    /// One request makes one guest, however often it asks.
    issued: OnceLock<GuestToken>,
}

impl Responder for LeptosResponder {
    fn status(&self, code: u16) {
        if let Ok(status) = StatusCode::from_u16(code) {
            self.options.set_status(status);
        }
    }

    fn redirect(&self, to: &str) {
        self.options.set_status(StatusCode::SEE_OTHER);
        self.options.insert_header(LOCATION, location(to));
    }

    fn keep_for(&self, seconds: u32) {
        if let Ok(value) = HeaderValue::try_from(format!("private, max-age={seconds}")) {
            self.options.insert_header(CACHE_CONTROL, value);
        }
    }

    fn issue_guest(&self) -> GuestToken {
        let token = self.issued.get_or_init(|| {
            let token = GuestToken::new(self.entropy.bytes());
            if let Some(cookie) = guest_header(&self.outside, &token) {
                self.options.append_header(SET_COOKIE, cookie);
            }
            token
        });
        token.clone()
    }
}

fn guest_header(outside: &Outside, token: &GuestToken) -> Option<HeaderValue> {
    let secure = if outside.is_https() { "; Secure" } else { "" };
    let name = guest_cookie(outside);
    let cookie =
        format!("{name}={}; Path=/; Max-Age={GUEST_SECONDS}; HttpOnly; SameSite=Lax{secure}", token.reveal());
    let mut value = HeaderValue::try_from(cookie).ok()?;
    value.set_sensitive(true);
    Some(value)
}

/// A `Location` value: whatever is no plain visible ASCII is percent-encoded, so no header can be smuggled in.
pub(super) fn location(to: &str) -> HeaderValue {
    let mut value = String::with_capacity(to.len());
    for byte in to.bytes() {
        match byte {
            b'!'..=b'~' => value.push(char::from(byte)),
            other => value.push_str(&format!("%{other:02X}")),
        }
    }
    HeaderValue::try_from(value).unwrap_or_else(|_| HeaderValue::from_static("/"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_location_cannot_carry_another_header() {
        assert_eq!(location("/zh/cart?problem=sold_out"), "/zh/cart?problem=sold_out");
        assert_eq!(
            location("/zh/search?q=茶\r\nSet-Cookie: a"),
            "/zh/search?q=%E8%8C%B6%0D%0ASet-Cookie:%20a"
        );
    }

    #[test]
    fn over_https_the_guest_cookie_is_locked_to_the_host() {
        let token = GuestToken::new([1; 52]);
        let secure = guest_header(&Outside::at("https://shop.example"), &token).unwrap();
        let secure = secure.to_str().unwrap();
        assert!(secure.starts_with("__Host-jishi_guest=") && secure.ends_with("; Secure"), "{secure}");
        assert!(!secure.contains("Domain") && secure.contains("; Path=/;") && secure.contains("HttpOnly"));
        let plain = guest_header(&Outside::at("http://127.0.0.1:3000"), &token).unwrap();
        let plain = plain.to_str().unwrap();
        assert!(plain.starts_with("jishi_guest=") && !plain.contains("Secure"), "{plain}");
    }
}
