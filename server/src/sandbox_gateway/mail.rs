//! The mail viewer's requests: for trying the shop out on one machine. It is there only when the gateway is told
//! where the mails are, and answers only to a name of this machine.

use super::mails::{Mailbox, SentMail, parse_id};
use super::pay::{answer, language, missing};
use super::{Gateway, mail_pages, pages, texts};
use app::kernel::Locale;
use axum::Router;
use axum::extract::{Path, Request, State};
use axum::http::header::HOST;
use axum::http::{HeaderMap, StatusCode};
use axum::middleware::{Next, from_fn};
use axum::response::Response;
use axum::routing::get;
use std::io;
use std::sync::Arc;
use tokio::task::spawn_blocking;
use url::{Host, Url};

type Shared = State<Arc<Gateway>>;

/// Policy of the viewer's own pages: they show a mail in a frame of their own origin.
const PAGE_POLICY: &str = "default-src 'none'; style-src 'self'; frame-src 'self'; form-action 'none'; \
                           base-uri 'none'; frame-ancestors 'none'";
/// Policy of a mail's HTML: no origin, no script, nothing loaded; a link opens a page of its own.
const LETTER_POLICY: &str = "sandbox allow-popups allow-popups-to-escape-sandbox; default-src 'none'; \
                             style-src 'unsafe-inline'; img-src data:; form-action 'none'; base-uri 'none'; \
                             frame-ancestors 'self'";

/// The routes of the mail viewer.
pub(super) fn router() -> Router<Arc<Gateway>> {
    Router::new()
        .route("/mail", get(list))
        .route("/mail/{id}", get(show))
        .route("/mail/{id}/html", get(show_html))
        .route_layer(from_fn(refuse_foreign_names))
}

/// A name out there that is pointed at this machine must not make somebody's browser read mails.
async fn refuse_foreign_names(request: Request, next: Next) -> Response {
    let host = request.headers().get(HOST).and_then(|value| value.to_str().ok());
    if host.is_some_and(is_of_this_machine) { next.run(request).await } else { missing(request.headers()) }
}

fn is_of_this_machine(host: &str) -> bool {
    let url = Url::parse(&format!("http://{host}")).ok();
    match url.as_ref().and_then(Url::host) {
        Some(Host::Ipv4(address)) => address.is_loopback(),
        Some(Host::Ipv6(address)) => address.is_loopback(),
        Some(Host::Domain(name)) => name == "localhost",
        None => false,
    }
}

async fn list(State(gateway): Shared, headers: HeaderMap) -> Response {
    let locale = language(&headers);
    match read(&gateway, Mailbox::newest).await {
        None => missing(&headers),
        Some(Ok(mails)) => answer(StatusCode::OK, mail_pages::list(locale, &mails), PAGE_POLICY.to_owned()),
        Some(Err(error)) => unreadable(locale, &error),
    }
}

async fn show(State(gateway): Shared, Path(id): Path<String>, headers: HeaderMap) -> Response {
    let locale = language(&headers);
    let page =
        |mail: &SentMail| answer(StatusCode::OK, mail_pages::letter(locale, mail), PAGE_POLICY.to_owned());
    of_mail(&gateway, &id, &headers, page).await
}

async fn show_html(State(gateway): Shared, Path(id): Path<String>, headers: HeaderMap) -> Response {
    // The document stays whole: the element may stand anywhere, and its target is that of every link.
    let page = |mail: &SentMail| {
        let html = format!("{}<base target=\"_blank\">", mail.html);
        answer(StatusCode::OK, html, LETTER_POLICY.to_owned())
    };
    of_mail(&gateway, &id, &headers, page).await
}

/// The page of one mail, or the answer that there is none.
async fn of_mail(
    gateway: &Gateway,
    id: &str,
    headers: &HeaderMap,
    page: impl Fn(&SentMail) -> Response,
) -> Response {
    let Some(id) = parse_id(id) else {
        return missing(headers);
    };
    match read(gateway, move |mailbox| mailbox.find(id)).await {
        None | Some(Ok(None)) => missing(headers),
        Some(Ok(Some(mail))) => page(&mail),
        Some(Err(error)) => unreadable(language(headers), &error),
    }
}

/// Reads files beside the requests. `None`: mails are not shown.
async fn read<T: Send + 'static>(
    gateway: &Gateway,
    work: impl FnOnce(&Mailbox) -> io::Result<T> + Send + 'static,
) -> Option<io::Result<T>> {
    let mailbox = gateway.mailbox.clone()?;
    Some(spawn_blocking(move || work(&mailbox)).await.map_err(io::Error::other).flatten())
}

fn unreadable(locale: Locale, error: &io::Error) -> Response {
    tracing::warn!(kind = ?error.kind(), "the folder of mails cannot be read");
    let words = (texts::mails_unreadable_title(locale), texts::mails_unreadable_text(locale));
    let html = pages::message(locale, words, None);
    answer(StatusCode::INTERNAL_SERVER_ERROR, html, PAGE_POLICY.to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_names_of_this_machine_are_answered() {
        for name in ["localhost:3020", "127.0.0.1:3020", "127.8.9.1", "[::1]:3020"] {
            assert!(is_of_this_machine(name), "{name}");
        }
        for name in ["shop.example", "localhost.shop.example:3020", "10.0.0.1:3020", "", "a b", "0.0.0.0"] {
            assert!(!is_of_this_machine(name), "{name}");
        }
    }
}
