//! No request sees anything of another one.
//!
//! Leptos remembers on each thread whose page it rendered there last. A server function makes its own place *below*
//! that page, and looks there for what it was not given itself: it could find another visitor's nonce, and when that page
//! ended on another thread at the same moment, leptos waited for a lock that it held itself, for ever, and one of
//! the few threads with it (seen once in some hundred thousand requests, with a debugger). So every step of an answer
//! begins with nobody's page.

use axum::extract::Request;
use axum::middleware::Next;
use axum::response::Response;
use leptos::prelude::Owner;
use std::future::poll_fn;
use std::pin::pin;

/// Makes every step of the answer begin with nobody's page. Leptos' own parts take theirs up again themselves.
pub(super) async fn layer(request: Request, next: Next) -> Response {
    let mut answer = pin!(next.run(request));
    poll_fn(|cx| {
        if let Some(other) = Owner::current() {
            other.unset();
        }
        answer.as_mut().poll(cx)
    })
    .await
}
