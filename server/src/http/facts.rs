//! The facts of a request, read once from its headers: language, currency, guest, where it came from.

use super::{AppState, Outside};
use app::kernel::{Currency, GuestToken, Locale};
use axum::extract::ConnectInfo;
use http::header::{ACCEPT, ACCEPT_LANGUAGE, COOKIE, HOST, HeaderName, REFERER};
use http::request::Parts;
use http::{HeaderMap, Uri};
use std::net::{IpAddr, Ipv4Addr, SocketAddr};
use std::sync::Arc;
use time::OffsetDateTime;

/// What is known about a request. Cheap to clone.
#[derive(Debug, Clone)]
pub struct Facts {
    /// The id made for this request.
    pub id: Arc<str>,
    /// When it arrived.
    pub now: OffsetDateTime,
    /// The language to answer in.
    pub locale: Locale,
    /// The currency of prices.
    pub currency: Currency,
    /// The guest's secret, if the browser has one.
    pub guest: Option<GuestToken>,
    /// The requested path with its query.
    pub path: Arc<str>,
    /// The path (with query) of our own page that the request came from.
    pub came_from: Option<Arc<str>>,
    /// True when a browser wants a page rather than data.
    pub wants_html: bool,
    /// Who asks, as far as rate limits care.
    pub address: IpAddr,
}

impl Facts {
    /// Reads the facts of a request that arrives now.
    #[must_use]
    pub fn read(state: &AppState, parts: &Parts) -> Self {
        let (headers, now) = (&parts.headers, state.platform.clock.now());
        let came_from = came_from(&state.outside, parts);
        let locale = locale(&parts.uri, came_from, headers);
        Self {
            id: request_id(state.platform.entropy.bytes()),
            now,
            locale,
            currency: currency(headers, locale),
            guest: cookie(headers, guest_cookie(&state.outside)).and_then(GuestToken::parse),
            path: parts.uri.path_and_query().map_or("/", |path| path.as_str()).into(),
            came_from: came_from.map(Into::into),
            wants_html: text(headers, ACCEPT).contains("text/html"),
            address: address(&state.outside, parts),
        }
    }
}

/// The cookie that holds the chosen currency.
pub(super) const CURRENCY_COOKIE: &str = "jishi_currency";

/// The name of the cookie that holds a guest's secret. With https the browser itself guards it by its prefix.
#[must_use]
pub fn guest_cookie(outside: &Outside) -> &'static str {
    if outside.is_https() { "__Host-jishi_guest" } else { "jishi_guest" }
}

/// A header as text, empty when it is absent or not text.
pub(super) fn text(headers: &HeaderMap, name: HeaderName) -> &str {
    headers.get(name).and_then(|value| value.to_str().ok()).unwrap_or_default()
}

/// The value of a cookie.
pub(super) fn cookie<'a>(headers: &'a HeaderMap, name: &str) -> Option<&'a str> {
    let lines = headers.get_all(COOKIE).into_iter().filter_map(|line| line.to_str().ok());
    lines.flat_map(|line| line.split(';')).find_map(|pair| pair.trim().strip_prefix(name)?.strip_prefix('='))
}

/// The authority that the request was sent to: `shop.example:8080`.
pub(super) fn host(parts: &Parts) -> &str {
    parts.uri.authority().map_or_else(|| text(&parts.headers, HOST), |authority| authority.as_str())
}

/// The rest of `url` behind the origin, when that origin is ours: by name, or the host that was asked.
pub(super) fn behind_our_origin<'a>(outside: &Outside, parts: &Parts, url: &'a str) -> Option<&'a str> {
    let (scheme, rest) = url.split_once("://")?;
    let end = rest.find(['/', '?', '#']).unwrap_or(rest.len());
    let (authority, path) = rest.split_at_checked(end)?;
    let named = outside.base_url.split_once("://").is_some_and(|ours| ours == (scheme, authority));
    let asked = matches!(scheme, "http" | "https") && !authority.is_empty() && authority == host(parts);
    (named || asked).then_some(path)
}

/// The path of our own page in `Referer`. A second slash would make a browser leave the site, so it is refused.
fn came_from<'a>(outside: &Outside, parts: &'a Parts) -> Option<&'a str> {
    let path = behind_our_origin(outside, parts, text(&parts.headers, REFERER))?;
    let stays = path.starts_with('/') && !path.starts_with("//") && !path.contains('\\');
    stays.then_some(path)
}

fn locale(uri: &Uri, came_from: Option<&str>, headers: &HeaderMap) -> Locale {
    let path = if uri.path().starts_with("/api/") { came_from.unwrap_or_default() } else { uri.path() };
    Locale::from_path(path).unwrap_or_else(|| preferred(headers))
}

/// The language to greet a browser in that has not chosen one by the path.
pub(super) fn preferred(headers: &HeaderMap) -> Locale {
    cookie(headers, "jishi_locale")
        .and_then(Locale::from_code)
        .unwrap_or_else(|| Locale::negotiate(text(headers, ACCEPT_LANGUAGE)))
}

fn currency(headers: &HeaderMap, locale: Locale) -> Currency {
    cookie(headers, CURRENCY_COOKIE)
        .and_then(Currency::from_code)
        .filter(|currency| Currency::OFFERED.contains(currency))
        .unwrap_or_else(|| locale.default_currency())
}

/// The caller's address: that of the socket, or what trusted proxies tell about who is behind it.
fn address(outside: &Outside, parts: &Parts) -> IpAddr {
    let socket = parts.extensions.get::<ConnectInfo<SocketAddr>>().map(|info| info.0.ip());
    let told = socket.map(|peer| outside.trusted_proxies.caller(peer, &parts.headers));
    told.unwrap_or(IpAddr::V4(Ipv4Addr::UNSPECIFIED))
}

fn request_id(random: [u8; 8]) -> Arc<str> {
    format!("{:016x}", u64::from_be_bytes(random)).into()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::http::proxies::Proxies;
    use http::Request;

    fn outside() -> Outside {
        Outside::at("https://shop.example")
    }

    fn parts(headers: &[(&str, &str)]) -> Parts {
        let mut request = Request::builder().uri("/api/cart/add");
        for (name, value) in headers {
            request = request.header(*name, *value);
        }
        request.body(()).unwrap().into_parts().0
    }

    #[test]
    fn only_pages_of_ours_count_as_where_a_request_came_from() {
        let from = |referer: &str| {
            let parts = parts(&[("host", "127.0.0.1:3000"), ("referer", referer)]);
            came_from(&outside(), &parts).map(str::to_owned)
        };
        assert_eq!(from("https://shop.example/zh/cart?x=1").as_deref(), Some("/zh/cart?x=1"));
        assert_eq!(from("http://127.0.0.1:3000/en").as_deref(), Some("/en"));
        for stranger in [
            "",
            "https://shop.example",
            "https://shop.example//evil.example/",
            "https://shop.example/\\evil.example",
            "https://shop.example.evil.example/zh",
            "https://shop.example@evil.example/zh",
            "http://shop.example/zh",
            "javascript://shop.example/zh",
        ] {
            assert_eq!(from(stranger), None, "{stranger}");
        }
    }

    #[test]
    fn an_endpoint_answers_in_the_language_of_its_page() {
        let headers = [("referer", "https://shop.example/zh/cart"), ("accept-language", "en")];
        let parts = parts(&headers);
        let from = came_from(&outside(), &parts);
        assert_eq!(locale(&parts.uri, from, &parts.headers), Locale::Zh);
        assert_eq!(locale(&parts.uri, None, &parts.headers), Locale::En);
    }

    #[test]
    fn a_currency_that_is_not_offered_is_not_taken() {
        let with = |cookie: &str| currency(&parts(&[("cookie", cookie)]).headers, Locale::Zh);
        assert_eq!(with("a=b; jishi_currency=USD"), Currency::Usd);
        assert_eq!(with("jishi_currency=KWD"), Currency::Cny);
        assert_eq!(with("xjishi_currency=USD"), Currency::Cny);
    }

    #[test]
    fn a_forwarded_address_counts_only_behind_a_trusted_proxy() {
        let mut parts = parts(&[("x-forwarded-for", "198.51.100.1, 203.0.113.9")]);
        let behind = Outside { trusted_proxies: Proxies::parse("10.0.0.0/8").unwrap(), ..outside() };
        assert_eq!(address(&behind, &parts), IpAddr::V4(Ipv4Addr::UNSPECIFIED), "without a socket");
        for (outside, peer, caller) in [
            (&behind, [10, 0, 0, 1], [203, 0, 113, 9]),
            (&behind, [192, 0, 2, 1], [192, 0, 2, 1]),
            (&outside(), [10, 0, 0, 1], [10, 0, 0, 1]),
        ] {
            parts.extensions.insert(ConnectInfo(SocketAddr::from((peer, 443))));
            assert_eq!(address(outside, &parts), IpAddr::from(caller), "{peer:?}");
        }
    }
}
