//! Plain HTTP beside TLS: every request is told the same address with https.

use super::House;
use crate::boot::settings::Settings;
use anyhow::Context as _;
use axum::Router;
use axum::http::header::LOCATION;
use axum::http::{StatusCode, Uri};
use axum::response::{IntoResponse, Response};
use std::sync::Arc;
use tokio::net::TcpListener;

/// The second door, when there is one.
pub struct Redirect(Option<(TcpListener, House)>);

impl Redirect {
    /// Opens the second door where the settings say so.
    ///
    /// # Errors
    /// When the shop's own address is not https, or the place is taken.
    pub async fn open(settings: &Settings, base_url: &str) -> anyhow::Result<Self> {
        let Some(addr) = settings.redirect_addr else {
            return Ok(Self(None));
        };
        if !base_url.starts_with("https://") {
            anyhow::bail!(
                "JISHI_REDIRECT_ADDR: it leads to https, and the shop is at {base_url}; see JISHI_BASE_URL"
            );
        }
        let listener = TcpListener::bind(addr).await.with_context(|| format!("cannot listen on {addr}"))?;
        let proxies = settings.trusted_proxies.clone();
        Ok(Self(Some((listener, House { router: way_to(base_url), tls: None, proxies }))))
    }

    /// Answers until `stop` resolves.
    pub async fn run(self, stop: impl Future<Output = ()>) {
        if let Self(Some((listener, house))) = self {
            super::run(listener, house, stop).await;
        }
    }
}

/// Answers everything with the way to the same path below `base_url`. The name that was asked is not believed.
fn way_to(base_url: &str) -> Router {
    let base_url: Arc<str> = base_url.into();
    Router::new().fallback(move |uri: Uri| std::future::ready(moved(&base_url, &uri)))
}

fn moved(base_url: &str, uri: &Uri) -> Response {
    let path = uri.path_and_query().map_or("/", |path| path.as_str());
    let path = if path.starts_with('/') { path } else { "/" };
    (StatusCode::PERMANENT_REDIRECT, [(LOCATION, format!("{base_url}{path}"))]).into_response()
}

#[cfg(test)]
mod tests {
    use super::*;
    use axum::body::Body;
    use axum::http::Request;
    use tower::ServiceExt as _;

    #[tokio::test]
    async fn every_path_leads_to_the_same_one_with_https_whatever_host_was_asked() {
        for (asked, wanted) in [
            ("/zh/p/a?variant=B", "https://shop.example/zh/p/a?variant=B"),
            ("http://evil.example//x", "https://shop.example//x"),
            ("*", "https://shop.example/"),
        ] {
            let request = Request::get(asked).header("host", "evil.example").body(Body::empty()).unwrap();
            let answer = way_to("https://shop.example").oneshot(request).await.unwrap();
            assert_eq!(answer.status(), StatusCode::PERMANENT_REDIRECT);
            assert_eq!(answer.headers()["location"], wanted);
        }
    }
}
