//! A service that is copied by copying a pointer.
//!
//! Axum copies everything below a layer for each request, layer by layer, so with a dozen layers the innermost service
//! (leptos' handler with all its settings) was copied a dozen times and the next one eleven times, also for answers that
//! never get there. Below one of these a copy is a pointer; the real one is made by whoever calls it.

use axum::extract::Request;
use std::sync::Arc;
use std::task::{Context, Poll};
use tower::util::{Oneshot, ServiceExt as _};
use tower::{Layer, Service};

/// Puts a [`Shared`] around a service.
#[derive(Debug, Clone, Copy)]
pub(super) struct Sharing;

/// A service behind a pointer.
#[derive(Debug)]
pub(super) struct Shared<S>(Arc<S>);

impl<S> Layer<S> for Sharing {
    type Service = Shared<S>;

    fn layer(&self, inner: S) -> Shared<S> {
        Shared(Arc::new(inner))
    }
}

impl<S> Clone for Shared<S> {
    fn clone(&self) -> Self {
        Self(self.0.clone())
    }
}

impl<S: Service<Request> + Clone> Service<Request> for Shared<S> {
    type Response = S::Response;
    type Error = S::Error;
    type Future = Oneshot<S, Request>;

    /// Always: the copy that is called is asked before.
    fn poll_ready(&mut self, _: &mut Context<'_>) -> Poll<Result<(), S::Error>> {
        Poll::Ready(Ok(()))
    }

    fn call(&mut self, request: Request) -> Self::Future {
        S::clone(&self.0).oneshot(request)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use axum::response::Response;
    use std::convert::Infallible;
    use std::sync::atomic::{AtomicUsize, Ordering};

    /// Counts its copies.
    struct Counted(Arc<AtomicUsize>);

    impl Clone for Counted {
        fn clone(&self) -> Self {
            self.0.fetch_add(1, Ordering::Relaxed);
            Self(self.0.clone())
        }
    }

    impl Service<Request> for Counted {
        type Response = Response;
        type Error = Infallible;
        type Future = std::future::Ready<Result<Response, Infallible>>;

        fn poll_ready(&mut self, _: &mut Context<'_>) -> Poll<Result<(), Infallible>> {
            Poll::Ready(Ok(()))
        }

        fn call(&mut self, _: Request) -> Self::Future {
            std::future::ready(Ok(Response::default()))
        }
    }

    #[tokio::test]
    async fn only_a_call_copies_what_is_shared() {
        let copies = Arc::new(AtomicUsize::new(0));
        let shared = Sharing.layer(Counted(copies.clone()));
        let many: Vec<_> = (0..100).map(|_| shared.clone()).collect();
        assert_eq!(copies.load(Ordering::Relaxed), 0);
        for one in many.into_iter().take(2) {
            assert_eq!(one.oneshot(Request::default()).await.unwrap().status(), 200);
        }
        assert_eq!(copies.load(Ordering::Relaxed), 2);
    }
}
