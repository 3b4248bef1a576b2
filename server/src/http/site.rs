//! The files of the site, which the build puts into the binary: scripts, styles, icons. In debug builds they are
//! read from the folder at run time.

use axum::body::Body;
use axum::extract::{Path, Request};
use axum::middleware::Next;
use axum::response::{IntoResponse, Response};
use http::header::{
    ACCEPT_ENCODING, CACHE_CONTROL, CONTENT_ENCODING, CONTENT_TYPE, ETAG, IF_NONE_MATCH, VARY,
};
use http::{HeaderMap, HeaderValue, Method, StatusCode};
use leptos::config::LeptosOptions;
use rust_embed::{EmbeddedFile, RustEmbed};
use std::borrow::Cow;
use std::sync::OnceLock;

use super::problem::Problem;
use app::AppError;

#[derive(RustEmbed)]
#[folder = "$JISHI_SITE_DIR"]
struct Site;

/// Files of the build that are no business of a browser.
const PRIVATE: [&str; 2] = ["build.txt", "files.txt"];
/// What the build may have compressed beforehand, best first.
const CODINGS: [(&str, &str); 2] = [("br", ".br"), ("gzip", ".gz")];
/// A path that holds the hash of its content.
const FOR_EVER: HeaderValue = HeaderValue::from_static("public, max-age=31536000, immutable");
/// A path whose content may change with the next build.
const FOR_AN_HOUR: HeaderValue = HeaderValue::from_static("public, max-age=3600");
/// While developing, nothing is kept without asking.
const ASK_FIRST: HeaderValue = HeaderValue::from_static("no-cache");

/// The folder of scripts and styles: `pkg/<hash>`, or `pkg` when the build left no hash.
pub(super) fn package_dir() -> &'static str {
    static DIR: OnceLock<String> = OnceLock::new();
    DIR.get_or_init(|| match build_hash() {
        Some(hash) => format!("pkg/{hash}"),
        None => "pkg".to_owned(),
    })
}

fn build_hash() -> Option<String> {
    let file = Site::get("build.txt")?;
    let hash = std::str::from_utf8(&file.data).ok()?.trim();
    let plausible = !hash.is_empty() && hash.bytes().all(|byte| byte.is_ascii_alphanumeric());
    plausible.then(|| hash.to_owned())
}

/// The path of the style sheet.
pub(super) fn style_path() -> String {
    format!("/{}/jishi.css", package_dir())
}

/// What leptos must know to write links to scripts and styles.
pub(super) fn leptos_options() -> LeptosOptions {
    LeptosOptions::builder().output_name("jishi").site_pkg_dir(package_dir()).build()
}

/// `/pkg/…`
pub(super) async fn package(Path(path): Path<String>, headers: HeaderMap) -> Response {
    let path = format!("pkg/{path}");
    let is_hashed =
        package_dir() != "pkg" && path.strip_prefix(package_dir()).is_some_and(|rest| rest.starts_with('/'));
    let keep = if is_hashed { FOR_EVER } else { ASK_FIRST };
    serve::<Site>(&path, &headers, keep).unwrap_or_else(|| Problem::App(AppError::NotFound).into_response())
}

/// Answers with a file beside `/pkg`, such as `/favicon.svg`, before the pages' routes take its name for a language.
pub(super) async fn layer(request: Request, next: Next) -> Response {
    let is_reading = matches!(*request.method(), Method::GET | Method::HEAD);
    let file = is_reading.then(|| root_file(request.uri().path(), request.headers())).flatten();
    match file {
        Some(file) => file,
        None => next.run(request).await,
    }
}

fn root_file(path: &str, headers: &HeaderMap) -> Option<Response> {
    // Pages have no ending, so they never cost a look-up.
    let path = path.strip_prefix('/').filter(|path| path.contains('.'))?;
    let keep = if cfg!(debug_assertions) { ASK_FIRST } else { FOR_AN_HOUR };
    if PRIVATE.contains(&path) { None } else { serve::<Site>(path, headers, keep) }
}

fn serve<Files: RustEmbed>(path: &str, asked: &HeaderMap, keep: HeaderValue) -> Option<Response> {
    if !is_plain(path) {
        return None;
    }
    let (file, coding) = best::<Files>(path, asked)?;
    let tag = entity_tag(&file);
    let is_known = asked.get_all(IF_NONE_MATCH).into_iter().any(|known| matches(known, &tag));
    let mut response =
        if is_known { StatusCode::NOT_MODIFIED.into_response() } else { body(file).into_response() };
    let headers = response.headers_mut();
    headers.insert(CACHE_CONTROL, keep);
    headers.insert(VARY, HeaderValue::from_static("Accept-Encoding"));
    headers.insert(ETAG, tag);
    if !is_known {
        headers.insert(CONTENT_TYPE, content_type(path));
    }
    if let Some(coding) = coding.filter(|_| !is_known) {
        headers.insert(CONTENT_ENCODING, HeaderValue::from_static(coding));
    }
    Some(response)
}

/// Names that the build writes: no dot at the start of a part, no empty part, nothing to be decoded.
fn is_plain(path: &str) -> bool {
    let is_letter = |byte: u8| byte.is_ascii_alphanumeric() || matches!(byte, b'.' | b'-' | b'_' | b'@');
    path.split('/').all(|part| !part.is_empty() && !part.starts_with('.') && part.bytes().all(is_letter))
}

/// The file in the best form that the browser takes.
fn best<Files: RustEmbed>(path: &str, asked: &HeaderMap) -> Option<(EmbeddedFile, Option<&'static str>)> {
    let plain = Files::get(path)?;
    let accepted = super::facts::text(asked, ACCEPT_ENCODING);
    let packed = CODINGS.into_iter().filter(|(coding, _)| accepts(accepted, coding));
    let found = packed
        .into_iter()
        .find_map(|(coding, ending)| Some((Files::get(&format!("{path}{ending}"))?, Some(coding))));
    Some(found.unwrap_or((plain, None)))
}

/// True when an `Accept-Encoding` header takes the coding; `q=0` refuses it.
pub(super) fn accepts(header: &str, coding: &str) -> bool {
    header.split(',').any(|item| {
        let (name, parameters) = item.split_once(';').unwrap_or((item, ""));
        let quality = parameters.trim().strip_prefix("q=").unwrap_or("1");
        let is_refused = quality.trim().bytes().all(|byte| matches!(byte, b'0' | b'.'));
        name.trim().eq_ignore_ascii_case(coding) && !is_refused
    })
}

pub(super) fn matches(known: &HeaderValue, tag: &HeaderValue) -> bool {
    let (known, tag) = (known.to_str().unwrap_or_default(), tag.to_str().unwrap_or_default());
    known.split(',').map(str::trim).any(|known| known == "*" || known.trim_start_matches("W/") == tag)
}

/// Half of the content's SHA-256: each form of a file has its own.
fn entity_tag(file: &EmbeddedFile) -> HeaderValue {
    let digits: String =
        file.metadata.sha256_hash().iter().take(16).map(|byte| format!("{byte:02x}")).collect();
    HeaderValue::try_from(format!("\"{digits}\"")).unwrap_or_else(|_| HeaderValue::from_static("\"\""))
}

fn body(file: EmbeddedFile) -> Body {
    match file.data {
        Cow::Borrowed(bytes) => Body::from(bytes),
        Cow::Owned(bytes) => Body::from(bytes),
    }
}

/// The type by the ending, with the character set for text.
pub(super) fn content_type(path: &str) -> HeaderValue {
    let guess = mime_guess::from_path(path).first_or_octet_stream();
    let is_text = guess.type_() == "text" || guess.subtype() == "javascript";
    let text = if is_text { format!("{guess}; charset=utf-8") } else { guess.to_string() };
    HeaderValue::try_from(text).unwrap_or_else(|_| HeaderValue::from_static("application/octet-stream"))
}

#[cfg(test)]
#[path = "site_tests.rs"]
mod tests;
