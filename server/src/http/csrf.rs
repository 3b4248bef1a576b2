//! Refuses requests that change something and come from a page of somebody else.
//!
//! Every browser of the last years says where a request comes from (`Sec-Fetch-Site`, `Origin`). A program without
//! either header is let through only without cookies: it then acts for nobody.

use super::problem::Problem;
use super::{AppState, Outside, facts};
use axum::extract::{Request, State};
use axum::middleware::Next;
use axum::response::{IntoResponse, Response};
use http::header::{COOKIE, ORIGIN};
use http::request::Parts;

/// Lets safe methods and requests of our own pages through.
pub(super) async fn layer(State(state): State<AppState>, request: Request, next: Next) -> Response {
    let (parts, body) = request.into_parts();
    if !parts.method.is_safe() && !is_ours(&state.outside, &parts) {
        return Problem::CrossSite.into_response();
    }
    next.run(Request::from_parts(parts, body)).await
}

fn is_ours(outside: &Outside, parts: &Parts) -> bool {
    match (facts::text(&parts.headers, FETCH_SITE), parts.headers.get(ORIGIN)) {
        ("same-origin" | "none", _) => true,
        ("", Some(origin)) => {
            let origin = origin.to_str().unwrap_or_default();
            facts::behind_our_origin(outside, parts, origin).is_some_and(str::is_empty)
        }
        ("", None) => !parts.headers.contains_key(COOKIE),
        _ => false,
    }
}

const FETCH_SITE: http::HeaderName = http::HeaderName::from_static("sec-fetch-site");

#[cfg(test)]
mod tests {
    use super::*;

    fn ours(headers: &[(&str, &str)]) -> bool {
        let outside = Outside::at("https://shop.example");
        let mut request = http::Request::post("/api/cart/add").header("host", "10.0.0.5:3000");
        for (name, value) in headers {
            request = request.header(*name, *value);
        }
        is_ours(&outside, &request.body(()).unwrap().into_parts().0)
    }

    #[test]
    fn what_the_browser_says_about_the_sender_decides() {
        assert!(ours(&[("sec-fetch-site", "same-origin"), ("cookie", "a=b")]));
        assert!(ours(&[("sec-fetch-site", "none")]));
        for site in ["cross-site", "same-site", "rubbish"] {
            assert!(!ours(&[("sec-fetch-site", site)]), "{site}");
            assert!(!ours(&[("sec-fetch-site", site), ("origin", "https://shop.example")]), "{site}");
        }
    }

    #[test]
    fn without_it_the_origin_must_be_our_name_or_the_host_that_was_asked() {
        assert!(ours(&[("origin", "https://shop.example"), ("cookie", "a=b")]));
        assert!(ours(&[("origin", "http://10.0.0.5:3000"), ("cookie", "a=b")]));
        for origin in
            ["null", "https://evil.example", "http://shop.example", "https://shop.example.evil.example", ""]
        {
            assert!(!ours(&[("origin", origin)]), "{origin}");
        }
    }

    #[test]
    fn a_program_without_either_header_must_not_send_cookies() {
        assert!(ours(&[]));
        assert!(!ours(&[("cookie", "jishi_guest=x")]));
    }
}
