//! Compression of answers made for the request.

use http::header::{CONTENT_TYPE, ETAG};
use tower_http::CompressionLevel;
use tower_http::compression::CompressionLayer;
use tower_http::compression::predicate::{And, DefaultPredicate, Predicate};

/// Quick Brotli or gzip. Quality 4 is where the time begins to grow faster than the bytes shrink.
pub(super) fn layer() -> CompressionLayer<And<DefaultPredicate, NotFinished>> {
    CompressionLayer::new()
        .br(true)
        .gzip(true)
        .quality(CompressionLevel::Precise(4))
        .compress_when(DefaultPredicate::new().and(NotFinished))
}

/// Leaves alone what must arrive byte by byte (it has an `ETag`) and what is compressed by its nature.
#[derive(Debug, Clone, Copy)]
pub(super) struct NotFinished;

impl Predicate for NotFinished {
    fn should_compress<B: axum::body::HttpBody>(&self, response: &http::Response<B>) -> bool {
        let kind =
            response.headers().get(CONTENT_TYPE).and_then(|value| value.to_str().ok()).unwrap_or_default();
        let is_dense =
            ["video/", "audio/", "font/woff", "application/zip"].iter().any(|dense| kind.starts_with(dense));
        !is_dense && !response.headers().contains_key(ETAG)
    }
}
