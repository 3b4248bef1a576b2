//! The request's query and route parameters, for the bodies of pages.
//! The router exists on the server only: never call these from an island.

use crate::kernel::{Locale, Slug};
use crate::{AppError, RequestCx};
use leptos::prelude::*;
use leptos_router::hooks::use_params_map;

/// A route parameter; empty when the route has none of that name.
#[must_use]
pub fn param(name: &str) -> String {
    use_params_map().with_untracked(|params| params.get_str(name).map(str::to_owned)).unwrap_or_default()
}

/// A value of the query; empty when it is missing.
#[must_use]
pub fn value(name: &str) -> String {
    let found = pairs().into_iter().find(|(key, _)| key == name);
    found.map(|(_, value)| value).unwrap_or_default()
}

/// Every pair of the query. Read from the address itself: the router's map decodes twice, so that a search
/// for `%41` would become one for `A`.
#[must_use]
pub fn pairs() -> Vec<(String, String)> {
    read_pairs(&RequestCx::current().path)
}

/// The pairs behind the `?` of an address, decoded as a form writes them.
fn read_pairs(address: &str) -> Vec<(String, String)> {
    let (_, query) = address.split_once('?').unwrap_or_default();
    let pairs = query.split('&').filter(|pair| !pair.is_empty());
    pairs
        .map(|pair| pair.split_once('=').unwrap_or((pair, "")))
        .map(|(key, value)| (decode(key), decode(value)))
        .collect()
}

/// Turns `+` into blanks and `%41` into what it stands for; what cannot be decoded stays as it is.
fn decode(text: &str) -> String {
    let plain = text.replace('+', " ");
    let mut parts = plain.split('%');
    let mut bytes = parts.next().unwrap_or_default().as_bytes().to_vec();
    for part in parts {
        match part.split_at_checked(2).and_then(|(code, rest)| Some((hex(code)?, rest))) {
            Some((byte, rest)) => {
                bytes.push(byte);
                bytes.extend_from_slice(rest.as_bytes());
            }
            None => bytes.extend_from_slice(["%", part].concat().as_bytes()),
        }
    }
    String::from_utf8_lossy(&bytes).into_owned()
}

fn hex(code: &str) -> Option<u8> {
    let is_plain = code.bytes().all(|byte| byte.is_ascii_hexdigit());
    is_plain.then(|| u8::from_str_radix(code, 16).ok()).flatten()
}

/// The route's `:slug`.
///
/// # Errors
/// [`AppError::NotFound`] unless it has the form of a slug.
pub fn slug() -> Result<Slug, AppError> {
    Slug::parse(&param("slug")).ok_or(AppError::NotFound)
}

/// Checks the route's `:locale`.
///
/// # Errors
/// [`AppError::NotFound`] for a first segment that is no language of the shop.
pub fn known_locale() -> Result<Locale, AppError> {
    Locale::from_code(&param("locale")).ok_or(AppError::NotFound)
}

/// The language of the requested path, or else that of the request.
#[must_use]
pub fn page_locale(cx: &RequestCx) -> Locale {
    Locale::from_path(&cx.path).unwrap_or(cx.locale)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn q(address: &str) -> String {
        let found = read_pairs(address).into_iter().find(|(key, _)| key == "q");
        found.map(|(_, value)| value).unwrap_or_default()
    }

    #[test]
    fn a_value_is_decoded_once() {
        assert_eq!(q("/en/search?sort=price&q=tea+%26%20%E8%8C%B6"), "tea & 茶");
        assert_eq!(q("/en/search?q=%2541"), "%41");
        assert_eq!(q("/en/search?q=a=b&q=c"), "a=b");
    }

    #[test]
    fn what_cannot_be_decoded_stays_readable() {
        assert_eq!(q("/en/search?q=100%&x"), "100%");
        assert_eq!(q("/en/search?q=%+1%zz%E8"), "% 1%zz\u{fffd}");
        assert_eq!(q("/en/search?q=%茶"), "%茶");
        assert_eq!(q("/en/search"), "");
    }
}
