//! Sockets: accepting, serving, and letting go of connections in good order. HTTP/1.1 in the open, HTTP/2 and HTTP/1.1
//! over TLS.

mod connection;
mod places;
pub mod redirect;
mod slow_reader;
pub mod tls;

use crate::http::proxies::Proxies;
use axum::Router;
use connection::{Door, PATIENCE};
use places::{Share, Shares};
use std::net::SocketAddr;
use std::sync::Arc;
use std::time::Duration;
use tls::Tls;
use tokio::net::{TcpListener, TcpStream};
use tokio::sync::{OwnedSemaphorePermit, Semaphore, watch};

/// Connections that are open at the same time; further ones wait in the system's queue.
const CONNECTIONS: u32 = 4096;
/// How long requests in flight may still take after the signal to stop.
const GRACE: Duration = Duration::from_secs(20);
/// The pause after a failed accept: the usual cause, too many open files, needs a moment to pass.
const PAUSE: Duration = Duration::from_millis(100);

/// What a listener leads to.
pub struct House {
    /// Who answers.
    pub router: Router,
    /// How connections are made secret, if they are.
    pub tls: Option<Tls>,
    /// Who may have as many connections as there are.
    pub proxies: Proxies,
}

/// Serves until `stop` resolves, then finishes what is in flight.
pub async fn run(listener: TcpListener, house: House, stop: impl Future<Output = ()>) {
    let House { router, tls, proxies } = house;
    let door = |stopped| Door { router, tls, patience: PATIENCE, stopped };
    open(listener, Shares::beside(proxies), door, stop).await;
}

/// The same with a door of one's own, which is made with the sign that it is time to stop.
async fn open(
    listener: TcpListener,
    shares: Shares,
    door: impl FnOnce(watch::Receiver<bool>) -> Door,
    stop: impl Future<Output = ()>,
) {
    let places = Arc::new(Semaphore::new(CONNECTIONS as usize));
    let (stopping, stopped) = watch::channel(false);
    let door = door(stopped);
    let mut stop = std::pin::pin!(stop);
    loop {
        tokio::select! {
            Some((stream, peer, place)) = accept(&listener, &places, &shares) => {
                let door = door.clone();
                tokio::spawn(async move {
                    door.serve(stream, peer).await;
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

/// A place among all, and one among those of the same address. Both are free again when this is dropped.
type Place = (OwnedSemaphorePermit, Share);

/// The next connection. Pending while there is no place for one; those beyond the share of their address are closed.
async fn accept(
    listener: &TcpListener,
    places: &Arc<Semaphore>,
    shares: &Shares,
) -> Option<(TcpStream, SocketAddr, Place)> {
    let place = places.clone().acquire_owned().await.ok()?;
    loop {
        match listener.accept().await {
            Ok((stream, peer)) => {
                let Some(share) = shares.take(peer.ip()) else {
                    metrics::counter!("connections_refused_total").increment(1);
                    tracing::debug!("a connection beyond the share of its address is closed");
                    continue;
                };
                // Otherwise the last piece of a page waits some 40 ms for the client's delayed acknowledgement.
                let _ = stream.set_nodelay(true);
                return Some((stream, peer, (place, share)));
            }
            Err(error) => {
                tracing::warn!(kind = ?error.kind(), "a connection could not be accepted");
                tokio::time::sleep(PAUSE).await;
            }
        }
    }
}

#[cfg(test)]
mod tests;
