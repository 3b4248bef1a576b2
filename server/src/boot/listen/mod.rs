//! Sockets: accepting, serving, and letting go of connections in good order.
//! HTTP/1.1 only: TLS and HTTP/2 are the business of the proxy in front.

use axum::Router;
use axum::body::Body;
use axum::extract::ConnectInfo;
use hyper::body::Incoming;
use hyper::server::conn::http1;
use hyper::service::service_fn;
use hyper_util::rt::{TokioIo, TokioTimer};
use std::net::SocketAddr;
use std::sync::Arc;
use std::time::Duration;
use tokio::net::{TcpListener, TcpStream};
use tokio::sync::{OwnedSemaphorePermit, Semaphore, watch};
use tower::ServiceExt;

/// How long a client may take for the head of a request, and how long an idle connection is kept.
const HEAD_TIME: Duration = Duration::from_secs(30);
/// The head of a request, in bytes. More is answered with 431 before the router sees it.
const HEAD_BYTES: usize = 64 * 1024;
/// Connections that are open at the same time; further ones wait in the system's queue.
const CONNECTIONS: u32 = 4096;
/// How long requests in flight may still take after the signal to stop.
const GRACE: Duration = Duration::from_secs(20);
/// The pause after a failed accept: the usual cause, too many open files, needs a moment to pass.
const PAUSE: Duration = Duration::from_millis(100);

/// Serves until `stop` resolves, then finishes what is in flight.
pub async fn run(listener: TcpListener, router: Router, stop: impl Future<Output = ()>) {
    let places = Arc::new(Semaphore::new(CONNECTIONS as usize));
    let (stopping, stopped) = watch::channel(false);
    let mut stop = std::pin::pin!(stop);
    loop {
        tokio::select! {
            Some((stream, peer, place)) = accept(&listener, &places) => {
                let (router, stopped) = (router.clone(), stopped.clone());
                tokio::spawn(async move {
                    serve(stream, peer, router, stopped).await;
                    drop(place);
                });
            }
            () = &mut stop => break,
        }
    }
    drop(listener);
    let _ = stopping.send(true);
    // Every place is free again when every connection has ended.
    if tokio::time::timeout(GRACE, places.acquire_many(CONNECTIONS)).await.is_err() {
        tracing::warn!("some requests took too long and are given up");
    }
}

/// The next connection. Pending while there is no place for one.
async fn accept(
    listener: &TcpListener,
    places: &Arc<Semaphore>,
) -> Option<(TcpStream, SocketAddr, OwnedSemaphorePermit)> {
    let place = places.clone().acquire_owned().await.ok()?;
    loop {
        match listener.accept().await {
            Ok((stream, peer)) => {
                // Otherwise the last piece of a page waits some 40 ms for the client's delayed acknowledgement.
                let _ = stream.set_nodelay(true);
                return Some((stream, peer, place));
            }
            Err(error) => {
                tracing::warn!(kind = ?error.kind(), "a connection could not be accepted");
                tokio::time::sleep(PAUSE).await;
            }
        }
    }
}

/// One connection. After the signal to stop, its request in flight is its last one.
async fn serve(stream: TcpStream, peer: SocketAddr, router: Router, mut stopped: watch::Receiver<bool>) {
    let service = service_fn(move |request: hyper::Request<Incoming>| {
        let mut request = request.map(Body::new);
        request.extensions_mut().insert(ConnectInfo(peer));
        router.clone().oneshot(request)
    });
    let mut http = http1::Builder::new();
    http.timer(TokioTimer::new()).header_read_timeout(HEAD_TIME).max_buf_size(HEAD_BYTES);
    let mut connection = std::pin::pin!(http.serve_connection(TokioIo::new(stream), service).with_upgrades());
    // A connection that breaks is the client's affair.
    tokio::select! {
        _ = connection.as_mut() => return,
        _ = stopped.wait_for(|stopped| *stopped) => connection.as_mut().graceful_shutdown(),
    }
    let _ = connection.await;
}
