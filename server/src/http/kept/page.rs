//! One kept page: its bytes, their compressed forms, and the answer that a request gets from them.

use crate::http::{facts, site};
use async_compression::Level;
use async_compression::tokio::bufread::{BrotliEncoder, GzipEncoder, ZstdEncoder};
use axum::body::{Body, Bytes};
use axum::response::Response;
use http::header::{
    ACCEPT_ENCODING, CACHE_CONTROL, CONTENT_ENCODING, CONTENT_LENGTH, ETAG, IF_NONE_MATCH, SET_COOKIE, VARY,
};
use http::{HeaderMap, HeaderValue, Method, StatusCode};
use sha2::{Digest as _, Sha256};
use tokio::io::AsyncReadExt as _;
use tokio::sync::OnceCell;

/// Forms of a page, the one to prefer first.
const CODINGS: [&str; 3] = ["br", "zstd", "gzip"];
/// Shorter bodies gain nothing.
const SHORTEST: usize = 512;

/// What a request says about the form that it wants.
#[derive(Debug)]
pub(super) struct Asked {
    is_head: bool,
    coding: Option<usize>,
    known: Vec<HeaderValue>,
}

impl Asked {
    pub(super) fn read(method: &Method, headers: &HeaderMap) -> Self {
        let accepted = facts::text(headers, ACCEPT_ENCODING);
        Self {
            is_head: *method == Method::HEAD,
            coding: CODINGS.iter().position(|coding| site::accepts(accepted, coding)),
            known: headers.get_all(IF_NONE_MATCH).into_iter().cloned().collect(),
        }
    }
}

/// A finished page.
#[derive(Debug)]
pub(super) struct Page {
    status: StatusCode,
    headers: HeaderMap,
    body: Bytes,
    digest: String,
    packed: [OnceCell<Bytes>; 3],
}

impl Page {
    pub(super) fn new(status: StatusCode, mut headers: HeaderMap, body: Bytes) -> Self {
        // The length is that of the form which is sent.
        headers.remove(CONTENT_LENGTH);
        let digest = Sha256::digest(&body).iter().take(12).map(|byte| format!("{byte:02x}")).collect();
        Self { status, headers, body, digest, packed: std::array::from_fn(|_| OnceCell::new()) }
    }

    /// Whether others may get it later: a found page that sets no cookie.
    pub(super) fn is_lasting(&self) -> bool {
        self.status == StatusCode::OK && !self.headers.contains_key(SET_COOKIE)
    }

    /// Bytes of memory: the page, its packed forms (about half of it together), headers and bookkeeping.
    pub(super) fn weight(&self, key: usize) -> u32 {
        let bytes = self.body.len() + self.body.len() / 2 + key + 2048;
        u32::try_from(bytes).unwrap_or(u32::MAX)
    }

    /// The answer in the form that was asked for.
    pub(super) async fn answer(&self, asked: &Asked, keeping: &HeaderValue) -> Response {
        let coding = asked.coding.filter(|_| self.body.len() >= SHORTEST);
        let name = coding.and_then(|coding| CODINGS.get(coding).copied());
        let tag = self.is_lasting().then(|| self.tag(name));
        let is_known =
            tag.as_ref().is_some_and(|tag| asked.known.iter().any(|known| site::matches(known, tag)));
        let body = match coding {
            _ if is_known || asked.is_head => Body::empty(),
            Some(coding) => self.pack(coding).await.into(),
            None => self.body.clone().into(),
        };
        let mut response = Response::new(body);
        *response.headers_mut() = self.headers.clone();
        *response.status_mut() = if is_known { StatusCode::NOT_MODIFIED } else { self.status };
        let headers = response.headers_mut();
        headers.insert(VARY, HeaderValue::from_static("Accept-Encoding, Cookie"));
        if let Some(tag) = tag {
            headers.insert(ETAG, tag);
            headers.insert(CACHE_CONTROL, keeping.clone());
        }
        if let Some(name) = name.filter(|_| !is_known) {
            headers.insert(CONTENT_ENCODING, HeaderValue::from_static(name));
        }
        response
    }

    /// Each form has its own tag, as they are different bytes.
    fn tag(&self, coding: Option<&str>) -> HeaderValue {
        let form = coding.map(|name| format!("-{name}")).unwrap_or_default();
        HeaderValue::try_from(format!("\"{}{form}\"", self.digest))
            .unwrap_or_else(|_| HeaderValue::from_static("\"\""))
    }

    /// The page in one coding, packed when it is first asked for.
    async fn pack(&self, coding: usize) -> Bytes {
        let Some(cell) = self.packed.get(coding) else { return self.body.clone() };
        cell.get_or_init(|| pack(coding, &self.body)).await.clone()
    }
}

/// Packs a page. A little harder than what is sent only once, since it is sent many times.
async fn pack(coding: usize, body: &[u8]) -> Bytes {
    let mut packed = Vec::with_capacity(body.len() / 4);
    let level = Level::Precise(5);
    let done = match CODINGS.get(coding) {
        Some(&"br") => BrotliEncoder::with_quality(body, level).read_to_end(&mut packed).await,
        Some(&"zstd") => ZstdEncoder::with_quality(body, level).read_to_end(&mut packed).await,
        _ => GzipEncoder::with_quality(body, level).read_to_end(&mut packed).await,
    };
    if let Err(error) = done {
        // Writing into memory does not fail; an empty page would be worse than a report about it.
        tracing::error!(%error, "a page could not be packed");
    }
    packed.into()
}

#[cfg(test)]
mod tests {
    use super::*;

    async fn answer(page: &Page, headers: &[(http::HeaderName, &str)]) -> Response {
        let headers =
            headers.iter().map(|(name, value)| (name.clone(), HeaderValue::from_str(value).unwrap()));
        let asked = Asked::read(&Method::GET, &headers.collect());
        page.answer(&asked, &HeaderValue::from_static("private, no-cache")).await
    }

    fn page() -> Page {
        Page::new(StatusCode::OK, HeaderMap::new(), Bytes::from("tea ".repeat(1000)))
    }

    #[tokio::test]
    async fn each_form_has_its_own_tag_and_reads_back() {
        let page = page();
        let mut tags = std::collections::BTreeSet::new();
        for coding in ["br", "zstd", "gzip", "identity"] {
            let answer = answer(&page, &[(ACCEPT_ENCODING, coding)]).await;
            let told =
                answer.headers().get(CONTENT_ENCODING).map_or("identity", |name| name.to_str().unwrap());
            assert_eq!(told, coding);
            tags.insert(answer.headers()[ETAG].clone().to_str().unwrap().to_owned());
        }
        assert_eq!(tags.len(), 4);
    }

    #[tokio::test]
    async fn a_form_that_the_browser_has_is_not_sent_again() {
        let page = page();
        let first = answer(&page, &[(ACCEPT_ENCODING, "gzip, br")]).await;
        let tag = first.headers()[ETAG].to_str().unwrap().to_owned();
        let again = answer(&page, &[(ACCEPT_ENCODING, "gzip, br"), (IF_NONE_MATCH, &tag)]).await;
        assert_eq!(again.status(), StatusCode::NOT_MODIFIED);
        let other = answer(&page, &[(ACCEPT_ENCODING, "gzip"), (IF_NONE_MATCH, &tag)]).await;
        assert_eq!(other.status(), StatusCode::OK);
    }

    #[test]
    fn a_page_that_sets_a_cookie_or_is_none_is_not_kept() {
        let cookie = HeaderMap::from_iter([(SET_COOKIE, HeaderValue::from_static("a=b"))]);
        assert!(!Page::new(StatusCode::OK, cookie, Bytes::new()).is_lasting());
        assert!(!Page::new(StatusCode::NOT_FOUND, HeaderMap::new(), Bytes::new()).is_lasting());
        assert!(page().is_lasting());
    }
}
