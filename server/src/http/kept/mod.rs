//! Finished pages, kept as bytes. Pages of the catalogue are the same for everybody who looks at them in one language
//! and one currency, so they are rendered once per edition of the catalogue, once however many ask at the same moment,
//! and handed out with their compressed forms and an `ETag` until the edition turns.
//!
//! What is kept cannot hold anything personal: the request that renders it has lost its cookies before.

mod page;
mod policy;

use super::AppState;
use super::facts::Facts;
use crate::jobs::edition::Edition;
use app::kernel::{Currency, Locale};
use axum::body::{Body, to_bytes};
use axum::extract::{MatchedPath, Request, State};
use axum::middleware::Next;
use axum::response::{IntoResponse, Response};
use http::header::{COOKIE, REFERER};
use http::{HeaderValue, Method, StatusCode};
use moka::future::Cache;
use page::{Asked, Page};
use std::sync::Arc;
use std::time::Duration;
use tokio::sync::OnceCell;

/// A page is made anew after this time even when nothing has happened: dates and scheduled prices change by themselves,
/// and a replica may have been behind when it was made.
const LASTS: Duration = Duration::from_secs(60);
/// A page with a longer address is not kept: nobody links to it.
const LONGEST_ADDRESS: usize = 512;
/// No page of ours comes near this size.
const LARGEST_PAGE: usize = 8 * 1024 * 1024;
const MEGABYTE: u64 = 1024 * 1024;

/// What distinguishes kept pages.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
struct Key {
    edition: u64,
    currency: Currency,
    path: Arc<str>,
}

/// Finished pages by their key.
type Pages = Cache<Key, Arc<Page>>;

/// Marks a request whose answer is for everybody.
#[derive(Debug, Clone)]
pub(super) struct ForEverybody {
    /// The content security policy that the kept page is sent with.
    pub(super) policy: HeaderValue,
}

/// The kept pages of this process. Cheap to clone.
#[derive(Clone)]
pub struct KeptPages {
    pages: Option<Pages>,
    edition: Edition,
    policy: Arc<OnceCell<HeaderValue>>,
    keeping: HeaderValue,
}

impl KeptPages {
    /// Keeps up to `megabytes` of pages; none with 0.
    #[must_use]
    pub fn new(megabytes: u32, edition: &Edition) -> Self {
        let cache = Cache::builder()
            .max_capacity(u64::from(megabytes) * MEGABYTE)
            .weigher(|key: &Key, page: &Arc<Page>| page.weight(key.path.len()))
            .time_to_live(LASTS);
        let pages = (megabytes > 0).then(|| cache.build());
        let keeping = HeaderValue::from_static("private, no-cache");
        Self { pages, edition: edition.clone(), policy: Arc::new(OnceCell::new()), keeping }
    }

    /// The same, telling caches in front (a CDN) to keep pages for that many seconds; 0 tells them to keep none.
    #[must_use]
    pub fn shared_for(self, seconds: u32) -> Self {
        let text = format!("public, max-age=0, s-maxage={seconds}, stale-while-revalidate={seconds}");
        match HeaderValue::try_from(text) {
            Ok(keeping) if seconds > 0 => Self { keeping, ..self },
            _ => self,
        }
    }

    /// No page is kept.
    #[must_use]
    pub fn none() -> Self {
        Self::new(0, &Edition::new())
    }

    /// The cache and the key of a request's answer, if that is one for everybody.
    fn place(&self, request: &Request) -> Option<(&Pages, Key)> {
        let pages = self.pages.as_ref()?;
        let route = request.extensions().get::<MatchedPath>()?;
        let facts = request.extensions().get::<Facts>()?;
        let is_kept = matches!(*request.method(), Method::GET | Method::HEAD)
            && app::routes::FOR_EVERYBODY.contains(&route.as_str())
            && Locale::from_path(request.uri().path()).is_some()
            && facts.path.len() <= LONGEST_ADDRESS;
        is_kept.then(|| {
            let key =
                Key { edition: self.edition.number(), currency: facts.currency, path: facts.path.clone() };
            (pages, key)
        })
    }

    /// Figures for `/metrics`.
    pub fn tell(&self) {
        if let Some(pages) = &self.pages {
            let kilobytes = u32::try_from(pages.weighted_size() / 1024).unwrap_or(u32::MAX);
            metrics::gauge!("kept_pages_kilobytes").set(kilobytes);
            metrics::gauge!("kept_pages").set(u32::try_from(pages.entry_count()).unwrap_or(u32::MAX));
        }
    }
}

/// Answers with a kept page where there is one, and keeps what may be kept.
pub(super) async fn layer(State(state): State<AppState>, request: Request, next: Next) -> Response {
    let kept = state.kept.clone();
    let Some((pages, key)) = kept.place(&request) else { return next.run(request).await };
    let asked = Asked::read(request.method(), request.headers());
    let page = find_or_make(pages, key, async {
        let policy = kept.policy.get_or_init(|| policy::of_plain_page(&state)).await.clone();
        render(for_everybody(request, policy), next).await
    });
    page.await.answer(&asked, &kept.keeping).await
}

/// The page of that key. Whoever comes while it is made waits for it instead of making it again.
async fn find_or_make(pages: &Pages, key: Key, make: impl Future<Output = Page>) -> Arc<Page> {
    let entry = pages.entry_by_ref(&key).or_insert_with(async { Arc::new(make.await) }).await;
    let outcome = if entry.is_fresh() { "made" } else { "found" };
    metrics::counter!("kept_pages_total", "outcome" => outcome).increment(1);
    let page = entry.into_value();
    if !page.is_lasting() {
        // An error or a way elsewhere is told to those who asked meanwhile, and then forgotten.
        pages.invalidate(&key).await;
    }
    page
}

/// The request without anything that belongs to one visitor.
fn for_everybody(mut request: Request, policy: HeaderValue) -> Request {
    *request.method_mut() = Method::GET;
    request.headers_mut().remove(COOKIE);
    request.headers_mut().remove(REFERER);
    if let Some(facts) = request.extensions_mut().get_mut::<Facts>() {
        facts.guest = None;
        facts.came_from = None;
    }
    request.extensions_mut().insert(ForEverybody { policy });
    request
}

async fn render(request: Request, next: Next) -> Page {
    let (parts, body) = next.run(request).await.into_parts();
    match to_bytes(body, LARGEST_PAGE).await {
        Ok(body) => Page::new(parts.status, parts.headers, body),
        Err(error) => {
            tracing::error!(%error, "a page broke off while it was rendered");
            Page::new(StatusCode::INTERNAL_SERVER_ERROR, http::HeaderMap::new(), axum::body::Bytes::new())
        }
    }
}

/// An answer without a page, for the policy's sake.
fn bare(request: http::request::Builder) -> Request {
    request.body(Body::empty()).unwrap_or_default()
}

/// The body of an answer as text; empty when it cannot be had.
async fn text_of(response: Response) -> String {
    let bytes = to_bytes(response.into_response().into_body(), LARGEST_PAGE).await.unwrap_or_default();
    String::from_utf8_lossy(&bytes).into_owned()
}

#[cfg(test)]
mod tests {
    use super::*;
    use axum::body::Bytes;
    use std::sync::atomic::{AtomicUsize, Ordering};

    fn key(path: &str) -> Key {
        Key { edition: 1, currency: Currency::Cny, path: path.into() }
    }

    async fn made(status: StatusCode, counter: Arc<AtomicUsize>) -> Page {
        counter.fetch_add(1, Ordering::Relaxed);
        tokio::time::sleep(Duration::from_millis(50)).await;
        Page::new(status, http::HeaderMap::new(), Bytes::from_static(b"tea"))
    }

    #[tokio::test]
    async fn fifty_who_come_at_once_have_one_page_made() {
        let pages = KeptPages::new(1, &Edition::new()).pages.unwrap();
        let counter = Arc::new(AtomicUsize::new(0));
        let visits = (0..50).map(|_| {
            let (pages, counter) = (pages.clone(), counter.clone());
            tokio::spawn(async move { find_or_make(&pages, key("/en"), made(StatusCode::OK, counter)).await })
        });
        for visit in visits.collect::<Vec<_>>() {
            assert!(visit.await.unwrap().is_lasting());
        }
        assert_eq!(counter.load(Ordering::Relaxed), 1);
    }

    #[tokio::test]
    async fn whoever_leaves_while_a_page_is_made_leaves_the_others_theirs() {
        let pages = KeptPages::new(1, &Edition::new()).pages.unwrap();
        let counter = Arc::new(AtomicUsize::new(0));
        let visit = |pages: Pages, counter: Arc<AtomicUsize>| {
            tokio::spawn(async move { find_or_make(&pages, key("/en"), made(StatusCode::OK, counter)).await })
        };
        let first = visit(pages.clone(), counter.clone());
        tokio::time::sleep(Duration::from_millis(10)).await;
        let second = visit(pages.clone(), counter.clone());
        first.abort();
        assert!(second.await.unwrap().is_lasting());
    }

    #[tokio::test]
    async fn an_error_is_not_kept() {
        let pages = KeptPages::new(1, &Edition::new()).pages.unwrap();
        let counter = Arc::new(AtomicUsize::new(0));
        for _ in 0..2 {
            find_or_make(&pages, key("/en"), made(StatusCode::SERVICE_UNAVAILABLE, counter.clone())).await;
        }
        assert_eq!(counter.load(Ordering::Relaxed), 2);
    }
}
