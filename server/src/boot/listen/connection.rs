//! One connection: its greeting, its protocol, its end.

use super::slow_reader::Patient;
use super::tls::Tls;
use axum::Router;
use axum::body::Body;
use axum::extract::ConnectInfo;
use hyper::body::Incoming;
use hyper::server::conn::{http1, http2};
use hyper::service::service_fn;
use hyper_util::rt::{TokioExecutor, TokioIo, TokioTimer};
use std::net::SocketAddr;
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};
use std::time::Duration;
use tokio::io::{AsyncRead, AsyncWrite};
use tokio::net::TcpStream;
use tokio::sync::watch;
use tower::ServiceExt as _;

/// How long a client may usually take, see [`Door::patience`].
pub(super) const PATIENCE: Duration = Duration::from_secs(30);
/// How many times as long the last answers of an idle HTTP/2 connection may take. A client that opens no window for
/// them lets nothing wait on the socket, so that nothing else ends it.
pub(super) const LAST_ANSWERS: u32 = 10;
/// The head of a request, in bytes. More is answered with 431 before the router sees it.
const HEAD_BYTES: u32 = 64 * 1024;
/// Requests that an HTTP/2 connection may have in flight.
const STREAMS: u32 = 100;

/// What a connection leads to. Cheap to clone.
#[derive(Clone)]
pub(super) struct Door {
    /// Who answers.
    pub(super) router: Router,
    /// How the connection is made secret, if it is.
    pub(super) tls: Option<Tls>,
    /// How long a client may take for the greeting, for the head of a request, for reading any of what waits to be
    /// written, and how long an idle connection is kept.
    pub(super) patience: Duration,
    /// Turns true when the server is to stop.
    pub(super) stopped: watch::Receiver<bool>,
}

impl Door {
    /// Serves one connection to its end. A connection that breaks is the client's affair.
    pub(super) async fn serve(self, stream: TcpStream, peer: SocketAddr) {
        let stream = Patient::new(stream, self.patience);
        let Some(tls) = &self.tls else {
            return self.http1(stream, peer).await;
        };
        let Ok(Ok(stream)) = tokio::time::timeout(self.patience, tls.accept(stream)).await else {
            return;
        };
        if stream.get_ref().1.alpn_protocol() == Some(b"h2") {
            self.http2(stream, peer).await;
        } else {
            self.http1(stream, peer).await;
        }
    }

    /// After the signal to stop, the request in flight is the last one.
    async fn http1(mut self, stream: impl AsyncRead + AsyncWrite + Unpin + Send + 'static, peer: SocketAddr) {
        let router = self.router.clone();
        let service = service_fn(move |request| answer(router.clone(), request, peer));
        let mut http = http1::Builder::new();
        http.timer(TokioTimer::new()).header_read_timeout(self.patience).max_buf_size(HEAD_BYTES as usize);
        let mut connection =
            std::pin::pin!(http.serve_connection(TokioIo::new(stream), service).with_upgrades());
        tokio::select! {
            _ = connection.as_mut() => return,
            _ = self.stopped.wait_for(|stopped| *stopped) => connection.as_mut().graceful_shutdown(),
        }
        let _ = connection.await;
    }

    /// As above, with many requests at once. A connection on which nothing is asked for a while is let go too.
    async fn http2(mut self, stream: impl AsyncRead + AsyncWrite + Unpin + Send + 'static, peer: SocketAddr) {
        let (router, asked) = (self.router.clone(), Arc::new(AtomicU64::new(0)));
        let counter = asked.clone();
        let service = service_fn(move |request| {
            counter.fetch_add(1, Ordering::Relaxed);
            answer(router.clone(), request, peer)
        });
        let mut http = http2::Builder::new(TokioExecutor::new());
        http.timer(TokioTimer::new())
            .max_concurrent_streams(STREAMS)
            .max_header_list_size(HEAD_BYTES)
            .keep_alive_interval(self.patience);
        let mut connection = std::pin::pin!(http.serve_connection(TokioIo::new(stream), service));
        tokio::select! {
            _ = connection.as_mut() => return,
            _ = self.stopped.wait_for(|stopped| *stopped) => connection.as_mut().graceful_shutdown(),
            () = silence(&asked, self.patience) => connection.as_mut().graceful_shutdown(),
        }
        let _ = tokio::time::timeout(self.patience * LAST_ANSWERS, connection).await;
    }
}

/// Resolves when nothing has been asked for the time of an idle connection.
async fn silence(asked: &AtomicU64, patience: Duration) {
    let mut before = asked.load(Ordering::Relaxed);
    loop {
        tokio::time::sleep(patience).await;
        let now = asked.load(Ordering::Relaxed);
        if now == before {
            return;
        }
        before = now;
    }
}

async fn answer(
    router: Router,
    request: hyper::Request<Incoming>,
    peer: SocketAddr,
) -> Result<axum::response::Response, std::convert::Infallible> {
    let mut request = request.map(Body::new);
    request.extensions_mut().insert(ConnectInfo(peer));
    router.oneshot(request).await
}
