//! Load shedding: looking around gives way to buying. Only so many pages are made at the same moment; some more wait
//! for a moment; whoever comes then is turned away at once with 503 and `Retry-After`, before memory grows. Carts,
//! orders and payments never stand in that queue, and neither do finished pages and files.

use super::AppState;
use super::problem::Problem;
use app::kernel::Locale;
use axum::extract::{Request, State};
use axum::middleware::Next;
use axum::response::{IntoResponse, Response};
use std::sync::Arc;
use std::time::Duration;
use tokio::sync::{OwnedSemaphorePermit, Semaphore};

/// Pages made at the same moment, per core. A page waits for the database half of its time.
const PER_CORE: usize = 8;
/// Requests that may wait for a place.
const WAITING: usize = 256;
/// How long they wait.
const PATIENCE: Duration = Duration::from_secs(2);

/// The places for work that is not buying. Cheap to clone.
#[derive(Debug, Clone)]
pub struct Places {
    working: Arc<Semaphore>,
    waiting: Arc<Semaphore>,
    patience: Duration,
}

impl Default for Places {
    fn default() -> Self {
        let cores = std::thread::available_parallelism().map_or(1, std::num::NonZeroUsize::get);
        Self::new(cores * PER_CORE, WAITING, PATIENCE)
    }
}

impl Places {
    /// Places for so many at work and so many who wait so long.
    #[must_use]
    pub fn new(working: usize, waiting: usize, patience: Duration) -> Self {
        Self {
            working: Arc::new(Semaphore::new(working)),
            waiting: Arc::new(Semaphore::new(waiting)),
            patience,
        }
    }

    /// A place, at once or after a short wait; `None` when there is none to be had.
    pub async fn take(&self) -> Option<OwnedSemaphorePermit> {
        if let Ok(place) = self.working.clone().try_acquire_owned() {
            return Some(place);
        }
        let _waiting = self.waiting.try_acquire().ok()?;
        tokio::time::timeout(self.patience, self.working.clone().acquire_owned()).await.ok()?.ok()
    }
}

/// What must go on while everything else is turned away: the way from the cart to the paid order, and whatever
/// changes something.
fn is_buying(request: &Request) -> bool {
    let path = request.uri().path();
    let mut parts = path.split('/').skip(usize::from(Locale::from_path(path).is_some()));
    let first = parts.nth(1).unwrap_or_default();
    match first {
        "cart" | "checkout" | "orders" => true,
        "api" => !path.starts_with("/api/search/"),
        _ => !request.method().is_safe(),
    }
}

/// Lets buying through and everything else as far as there are places.
pub(super) async fn layer(State(state): State<AppState>, request: Request, next: Next) -> Response {
    if is_buying(&request) {
        return next.run(request).await;
    }
    let Some(_place) = state.places.take().await else {
        metrics::counter!("requests_shed_total").increment(1);
        return Problem::Overloaded.into_response();
    };
    next.run(request).await
}

#[cfg(test)]
mod tests {
    use super::*;
    use axum::body::Body;
    use std::time::Instant;

    fn buying(method: &str, path: &str) -> bool {
        is_buying(&Request::builder().method(method).uri(path).body(Body::empty()).unwrap())
    }

    #[test]
    fn the_way_from_the_cart_to_the_paid_order_never_waits() {
        for path in [
            "/zh/cart",
            "/en/cart/drawer",
            "/en/checkout",
            "/zh/orders/abc",
            "/zh/orders/abc/invoice",
            "/api/cart",
        ] {
            assert!(buying("GET", path), "{path}");
        }
        for path in ["/api/cart/add", "/api/checkout/place", "/api/payments/webhooks/sandbox", "/zh/checkout"]
        {
            assert!(buying("POST", path), "{path}");
        }
    }

    #[test]
    fn looking_around_may_have_to_wait() {
        for path in [
            "/zh",
            "/en/c/tea",
            "/en/p/cart",
            "/zh/search",
            "/sitemap.xml",
            "/en/feed.xml",
            "/cartoon",
            "/",
            "/api/search/suggest",
        ] {
            assert!(!buying("GET", path), "{path}");
        }
    }

    #[tokio::test]
    async fn whoever_waits_in_vain_is_sent_away_and_whoever_finds_the_queue_full_at_once() {
        let places = Places::new(1, 1, Duration::from_millis(500));
        let _working = places.take().await.unwrap();
        let waiting = tokio::spawn({
            let places = places.clone();
            async move { places.take().await.is_some() }
        });
        tokio::task::yield_now().await;
        let asked = Instant::now();
        assert!(places.take().await.is_none());
        assert!(asked.elapsed() < Duration::from_millis(400));
        assert!(!waiting.await.unwrap());
    }

    #[tokio::test]
    async fn a_place_that_becomes_free_goes_to_who_waits() {
        let places = Places::new(1, 1, Duration::from_secs(20));
        let working = places.take().await.unwrap();
        let waiting = tokio::spawn({
            let places = places.clone();
            async move { places.take().await.is_some() }
        });
        tokio::task::yield_now().await;
        drop(working);
        assert!(waiting.await.unwrap());
    }
}
