//! How many of the listener's places one address may have. Memory is bounded by the places themselves: an address is
//! only known while a connection of it is open.

use crate::http::proxies::Proxies;
use crate::http::rate::network;
use std::collections::HashMap;
use std::net::IpAddr;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

/// Connections of one address, or of one IPv6 network of 64 bits, that are open at the same time. A browser opens six
/// for HTTP/1.1 and one for HTTP/2, and whole offices and mobile networks share an address; sixteen such addresses
/// fill the listener.
pub(super) const PER_ADDRESS: u32 = 256;

/// The connections of every address. Cheap to clone.
#[derive(Clone)]
pub(super) struct Shares(Arc<Counts>);

struct Counts {
    most: u32,
    is_exempt: Box<dyn Fn(IpAddr) -> bool + Send + Sync>,
    open: Mutex<HashMap<IpAddr, u32>>,
}

impl Counts {
    fn open(&self) -> MutexGuard<'_, HashMap<IpAddr, u32>> {
        self.open.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Shares {
    /// As many as usual for everybody but the trusted proxies, which bring many clients, and this machine: a proxy
    /// that the settings do not name, a health check, a load test.
    pub(super) fn beside(proxies: Proxies) -> Self {
        Self::new(PER_ADDRESS, move |peer| peer.is_loopback() || proxies.trusts(peer))
    }

    /// `most` for everybody who is not exempt.
    pub(super) fn new(most: u32, is_exempt: impl Fn(IpAddr) -> bool + Send + Sync + 'static) -> Self {
        Self(Arc::new(Counts { most, is_exempt: Box::new(is_exempt), open: Mutex::default() }))
    }

    /// A place for a connection of `peer`. `None` when it has all that it may have.
    pub(super) fn take(&self, peer: IpAddr) -> Option<Share> {
        // A listener for both families tells an IPv4 address behind `::ffff:`.
        if (self.0.is_exempt)(peer.to_canonical()) {
            return Some(Share(None));
        }
        let network = network(peer);
        let mut open = self.0.open();
        let count = open.get(&network).copied().unwrap_or_default();
        if count >= self.0.most {
            return None;
        }
        open.insert(network, count + 1);
        Some(Share(Some((network, self.0.clone()))))
    }
}

/// A connection that is counted until this is dropped.
pub(super) struct Share(Option<(IpAddr, Arc<Counts>)>);

impl Drop for Share {
    fn drop(&mut self) {
        let Some((network, counts)) = self.0.take() else { return };
        let mut open = counts.open();
        match open.get_mut(&network) {
            Some(count) if *count > 1 => *count -= 1,
            _ => drop(open.remove(&network)),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::super::connection::PATIENCE;
    use super::super::tests::{LATE, ask_http1, open_router, version};
    use super::*;
    use metrics_exporter_prometheus::PrometheusBuilder;
    use std::time::{Duration, Instant};
    use tokio::io::AsyncReadExt as _;
    use tokio::net::TcpStream;

    fn ip(text: &str) -> IpAddr {
        text.parse().unwrap()
    }

    /// How many of many connections of `peer` are let in, and how many addresses are known then.
    fn let_in(shares: &Shares, peer: &str) -> (u32, usize) {
        let held: Vec<_> = (0..2 * PER_ADDRESS).map_while(|_| shares.take(ip(peer))).collect();
        (u32::try_from(held.len()).unwrap(), shares.0.open().len())
    }

    #[test]
    fn an_address_has_its_share_and_others_have_theirs() {
        let shares = Shares::beside(Proxies::default());
        let held: Vec<_> = (0..PER_ADDRESS).map_while(|_| shares.take(ip("198.51.100.1"))).collect();
        assert_eq!(held.len(), PER_ADDRESS as usize);
        for full in ["198.51.100.1", "::ffff:198.51.100.1"] {
            assert!(shares.take(ip(full)).is_none(), "{full}");
        }
        for other in ["198.51.100.2", "2001:db8::1"] {
            assert_eq!(let_in(&shares, other), (PER_ADDRESS, 2), "{other}");
        }
    }

    #[test]
    fn one_ipv6_network_shares_whatever_addresses_it_uses() {
        let shares = Shares::new(2, |_| false);
        let _held = ["2001:db8:1:2::1", "2001:db8:1:2:ffff::9"].map(|peer| shares.take(ip(peer)).unwrap());
        assert!(shares.take(ip("2001:db8:1:2::3")).is_none());
        assert!(shares.take(ip("2001:db8:1:3::1")).is_some());
    }

    #[test]
    fn an_address_without_connections_is_forgotten_and_a_freed_place_is_free() {
        let shares = Shares::new(2, |_| false);
        let peer = ip("198.51.100.1");
        let (first, second) = (shares.take(peer), shares.take(peer));
        assert!(second.is_some() && shares.take(peer).is_none());
        drop(first);
        let third = shares.take(peer);
        assert!(third.is_some() && shares.take(peer).is_none());
        drop((second, third));
        assert!(shares.0.open().is_empty());
        assert!((0..10_000).all(|number| shares.take(IpAddr::V4(number.into())).is_some()));
        assert!(shares.0.open().is_empty());
    }

    #[test]
    fn trusted_proxies_and_this_machine_are_not_counted() {
        let shares = Shares::beside(Proxies::parse("10.0.0.0/8,2001:db8::7").unwrap());
        for exempt in ["10.1.2.3", "::ffff:10.1.2.3", "2001:db8::7", "127.0.0.1", "::1", "::ffff:127.0.0.1"] {
            assert_eq!(let_in(&shares, exempt), (2 * PER_ADDRESS, 0), "{exempt}");
        }
        for counted in ["11.1.2.3", "2001:db8::8", "::2"] {
            assert_eq!(let_in(&shares, counted), (PER_ADDRESS, 1), "{counted}");
        }
    }

    #[tokio::test]
    async fn a_client_with_too_many_connections_is_shown_the_door_until_it_closes_one() {
        let recorder = PrometheusBuilder::new().build_recorder();
        let figures = recorder.handle();
        // All of the test runs on this thread.
        let _guard = metrics::set_default_local_recorder(&recorder);
        let shares = Shares::new(3, |_| false);
        let (addr, _stop, _server) = open_router(version(), None, PATIENCE, shares.clone()).await;
        let mut held: Vec<TcpStream> = Vec::new();
        for _ in 0..3 {
            held.push(TcpStream::connect(addr).await.unwrap());
        }
        for _ in 0..2 {
            let mut refused = TcpStream::connect(addr).await.unwrap();
            let ended =
                tokio::time::timeout(LATE, refused.read(&mut [0])).await.expect("it is closed at once");
            assert!(matches!(ended, Ok(0) | Err(_)), "{ended:?}");
        }
        assert!(figures.render().contains("connections_refused_total 2\n"), "{}", figures.render());
        assert_eq!(ask_http1(held.pop().unwrap()).await, "HTTP/1.1");
        // The server learns a moment later that the client has gone.
        drop(held.pop());
        let begun = Instant::now();
        while shares.0.open().values().sum::<u32>() >= 3 {
            assert!(begun.elapsed() < LATE, "no place becomes free");
            tokio::time::sleep(Duration::from_millis(10)).await;
        }
        assert_eq!(ask_http1(TcpStream::connect(addr).await.unwrap()).await, "HTTP/1.1");
    }
}
