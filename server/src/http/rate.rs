//! Requests per address and kind of work. Refused ones learn when to come back.

use super::AppState;
use super::facts::Facts;
use super::problem::Problem;
use app::AppError;
use axum::extract::{Request, State};
use axum::middleware::Next;
use axum::response::{IntoResponse, Response};
use governor::clock::{Clock, DefaultClock};
use governor::{DefaultKeyedRateLimiter, Quota, RateLimiter};
use http::Method;
use std::hash::{BuildHasher, RandomState};
use std::net::{IpAddr, Ipv4Addr, Ipv6Addr};
use std::num::NonZeroU32;
use std::sync::Mutex;
use std::time::{Duration, Instant};

/// How strict the limits are.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum RateLimit {
    /// Nobody is refused.
    Off,
    /// The usual limits, times this number.
    Times(NonZeroU32),
}

impl Default for RateLimit {
    fn default() -> Self {
        Self::Times(NonZeroU32::MIN)
    }
}

/// Kinds of work, from cheap to dear.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Class {
    /// Files, which cost nothing.
    Free,
    /// Reading pages and data.
    Pages,
    /// Searching.
    Search,
    /// Changing a cart and the like.
    Write,
    /// Placing an order.
    Place,
    /// What payment providers tell: few addresses, many messages.
    Webhook,
}

impl Class {
    /// The class of a request.
    #[must_use]
    pub fn of(method: &Method, path: &str) -> Self {
        match path {
            "/api/checkout/place" => Self::Place,
            _ if path.starts_with("/api/payments/webhooks/") => Self::Webhook,
            _ if !method.is_safe() => Self::Write,
            _ if path.starts_with("/pkg/") || path.starts_with("/media/") => Self::Free,
            _ if path.ends_with("/search") => Self::Search,
            _ => Self::Pages,
        }
    }

    /// Milliseconds after which one more request is let through, and how many at once.
    /// Generous, since many shoppers share the address of an office or a mobile network.
    const fn quota(self) -> (u64, u32) {
        match self {
            Self::Free | Self::Pages => (33, 300),
            Self::Search => (100, 60),
            Self::Write => (200, 60),
            Self::Place => (5000, 20),
            Self::Webhook => (10, 1000),
        }
    }
}

/// The counters of one server.
pub struct Rates {
    pages: Counter,
    search: Counter,
    write: Counter,
    place: Counter,
    webhook: Counter,
    is_on: bool,
}

impl Rates {
    /// Fresh counters.
    #[must_use]
    pub fn new(limit: RateLimit) -> Self {
        let times = match limit {
            RateLimit::Off => NonZeroU32::MIN,
            RateLimit::Times(times) => times,
        };
        Self {
            pages: Counter::new(Class::Pages, times),
            search: Counter::new(Class::Search, times),
            write: Counter::new(Class::Write, times),
            place: Counter::new(Class::Place, times),
            webhook: Counter::new(Class::Webhook, times),
            is_on: limit != RateLimit::Off,
        }
    }

    /// Counts a request. `Err` holds the seconds to wait.
    ///
    /// # Errors
    /// When the address has used up what its class allows.
    pub fn check(&self, class: Class, address: IpAddr) -> Result<(), u32> {
        match class {
            _ if !self.is_on => Ok(()),
            Class::Free => Ok(()),
            Class::Pages => self.pages.check(address),
            Class::Search => self.search.check(address),
            Class::Write => self.write.check(address),
            Class::Place => self.place.check(address),
            Class::Webhook => self.webhook.check(address),
        }
    }
}

/// Addresses that are counted one by one, per class. Some three megabytes when full.
const MOST_ADDRESSES: usize = 20_000;
/// Addresses beyond that share this many counters.
const SHARED: u64 = 1024;
/// Forgetting old addresses walks through all of them, so not more often than this.
const FORGET_EVERY: Duration = Duration::from_secs(10);

/// The counter of one class.
struct Counter {
    limiter: DefaultKeyedRateLimiter<IpAddr>,
    clock: DefaultClock,
    forgotten: Mutex<Instant>,
    hasher: RandomState,
}

impl Counter {
    fn new(class: Class, times: NonZeroU32) -> Self {
        let (millis, burst) = class.quota();
        let period = Duration::from_micros(millis * 1000) / times.get();
        let burst = NonZeroU32::new(burst).unwrap_or(NonZeroU32::MIN).saturating_mul(times);
        let quota =
            Quota::with_period(period).unwrap_or(Quota::per_second(NonZeroU32::MIN)).allow_burst(burst);
        Self {
            limiter: RateLimiter::keyed(quota),
            clock: DefaultClock::default(),
            forgotten: Mutex::new(Instant::now()),
            hasher: RandomState::new(),
        }
    }

    fn check(&self, address: IpAddr) -> Result<(), u32> {
        let key = self.bounded(network(address));
        let Err(refused) = self.limiter.check_key(&key) else {
            return Ok(());
        };
        let wait = refused.wait_time_from(self.clock.now());
        Err(u32::try_from(wait.as_secs()).unwrap_or(u32::MAX).saturating_add(1))
    }

    /// The key itself while there is room; in a flood of addresses a shared one, so that memory stays bounded.
    fn bounded(&self, key: IpAddr) -> IpAddr {
        if self.limiter.len() < MOST_ADDRESSES {
            return key;
        }
        self.forget_old();
        if self.limiter.len() < MOST_ADDRESSES {
            return key;
        }
        // 0.0.0.0/8 is nobody's address.
        let shared = u32::try_from(self.hasher.hash_one(key) % SHARED).unwrap_or_default();
        IpAddr::V4(Ipv4Addr::from_bits(shared))
    }

    fn forget_old(&self) {
        let Ok(mut last) = self.forgotten.try_lock() else {
            return;
        };
        if last.elapsed() >= FORGET_EVERY {
            self.limiter.retain_recent();
            *last = Instant::now();
        }
    }
}

/// Whoever has one IPv6 address has its whole /64.
pub(crate) fn network(address: IpAddr) -> IpAddr {
    match address.to_canonical() {
        IpAddr::V6(address) => IpAddr::V6(Ipv6Addr::from_bits(address.to_bits() >> 64 << 64)),
        address => address,
    }
}

/// Refuses what is too much with 429.
pub(super) async fn layer(State(state): State<AppState>, request: Request, next: Next) -> Response {
    let class = Class::of(request.method(), request.uri().path());
    let address = request.extensions().get::<Facts>().map(|facts| facts.address);
    let address = address.unwrap_or(IpAddr::V4(Ipv4Addr::UNSPECIFIED));
    match state.rates.check(class, address) {
        Ok(()) => next.run(request).await,
        Err(seconds) => Problem::App(AppError::RateLimited(seconds)).into_response(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const ANN: IpAddr = IpAddr::V4(Ipv4Addr::new(198, 51, 100, 1));
    const BOB: IpAddr = IpAddr::V4(Ipv4Addr::new(198, 51, 100, 2));

    #[test]
    fn work_is_classed_by_what_it_costs() {
        let of = |method: Method, path: &str| Class::of(&method, path);
        assert_eq!(of(Method::GET, "/zh/p/teapot"), Class::Pages);
        assert_eq!(of(Method::GET, "/zh/search"), Class::Search);
        assert_eq!(of(Method::POST, "/api/cart/add"), Class::Write);
        assert_eq!(of(Method::POST, "/api/checkout/place"), Class::Place);
        assert_eq!(of(Method::POST, "/api/payments/webhooks/sandbox"), Class::Webhook);
        assert_eq!(of(Method::GET, "/pkg/1/jishi.js"), Class::Free);
    }

    #[test]
    fn one_address_is_stopped_and_told_when_to_return_while_others_go_on() {
        let rates = Rates::new(RateLimit::default());
        for _ in 0..20 {
            assert_eq!(rates.check(Class::Place, ANN), Ok(()));
        }
        let wait = rates.check(Class::Place, ANN).unwrap_err();
        assert!((1..=5).contains(&wait), "{wait}");
        assert_eq!(rates.check(Class::Place, BOB), Ok(()));
        assert_eq!(rates.check(Class::Pages, ANN), Ok(()));
    }

    #[test]
    fn a_multiplier_lets_more_through_and_off_lets_everything_through() {
        let twice = Rates::new(RateLimit::Times(NonZeroU32::new(2).unwrap()));
        assert!((0..40).all(|_| twice.check(Class::Place, ANN).is_ok()));
        assert!(twice.check(Class::Place, ANN).is_err());
        let off = Rates::new(RateLimit::Off);
        assert!((0..1000).all(|_| off.check(Class::Place, ANN).is_ok()));
    }

    #[test]
    fn a_flood_of_addresses_takes_bounded_memory() {
        let rates = Rates::new(RateLimit::default());
        for number in 0..30_000 {
            let _ = rates.check(Class::Place, IpAddr::V4(Ipv4Addr::from_bits(0x0a00_0000 + number)));
        }
        assert!(rates.place.limiter.len() <= MOST_ADDRESSES + 1024);
    }

    #[test]
    fn one_ipv6_network_is_one_caller() {
        let address = |text: &str| network(text.parse().unwrap());
        assert_eq!(address("2001:db8:1:2::1"), address("2001:db8:1:2:ffff::9"));
        assert_ne!(address("2001:db8:1:2::1"), address("2001:db8:1:3::1"));
        assert_eq!(address("::ffff:198.51.100.1"), ANN);
    }
}
