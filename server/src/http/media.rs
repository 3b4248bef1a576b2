//! `/media/{name}` and `/media/{form}/{name}`: stored pictures and films, whole or in parts. Their names hold a hash of their content.

use super::AppState;
use super::problem::Problem;
use super::site::content_type;
use crate::catalog::pictures::Form;
use crate::platform::blobs::{Blob, BlobName};
use app::AppError;
use axum::body::Body;
use axum::extract::{Path, State};
use axum::response::{IntoResponse, Response};
use http::header::{
    ACCEPT_RANGES, CACHE_CONTROL, CONTENT_LENGTH, CONTENT_RANGE, CONTENT_TYPE, ETAG, IF_NONE_MATCH, IF_RANGE,
    RANGE,
};
use http::{HeaderMap, HeaderValue, StatusCode};
use std::io::SeekFrom;
use tokio::io::{AsyncReadExt, AsyncSeekExt};
use tokio_util::io::ReaderStream;

/// Bytes that are read at a time.
const CHUNK: usize = 64 * 1024;

/// Answers with the file, a part of it, or that the browser has it already.
pub(super) async fn file(
    State(state): State<AppState>,
    Path(name): Path<String>,
    asked: HeaderMap,
) -> Result<Response, Problem> {
    let name = BlobName::parse(&name).ok_or(Problem::App(AppError::NotFound))?;
    let tag = HeaderValue::try_from(format!("\"{name}\"")).map_err(|_| Problem::App(AppError::NotFound))?;
    let opened = state.platform.blobs.open(&name).await.map_err(|error| unreadable(&error))?;
    let blob = opened.ok_or(Problem::App(AppError::NotFound))?;
    let mut response = if asked.get(IF_NONE_MATCH) == Some(&tag) {
        StatusCode::NOT_MODIFIED.into_response()
    } else {
        content(blob, wanted(&asked, &tag)).await?
    };
    let headers = response.headers_mut();
    headers.insert(CACHE_CONTROL, HeaderValue::from_static("public, max-age=31536000, immutable"));
    headers.insert(ACCEPT_RANGES, HeaderValue::from_static("bytes"));
    headers.insert(CONTENT_TYPE, content_type(name.as_str()));
    headers.insert(ETAG, tag);
    Ok(response)
}

/// `/media/{form}/{name}`: a picture in one of its forms. While that is being made, the original stands in for it,
/// and nobody keeps it for long.
pub(super) async fn form(
    State(state): State<AppState>,
    Path((form, name)): Path<(String, String)>,
    asked: HeaderMap,
) -> Result<Response, Problem> {
    let original = BlobName::parse(&name).ok_or(Problem::App(AppError::NotFound))?;
    let made = Form::parse(&form).and_then(|form| form.name(&original));
    let made = made.ok_or(Problem::App(AppError::NotFound))?;
    let is_made = state.platform.blobs.has(&made).await.map_err(|error| unreadable(&error))?;
    if is_made {
        return file(State(state), Path(made.to_string()), asked).await;
    }
    let mut response = file(State(state), Path(name), HeaderMap::new()).await?;
    response.headers_mut().remove(ETAG);
    response.headers_mut().insert(CACHE_CONTROL, FOR_A_MOMENT);
    Ok(response)
}

/// How long a picture may be kept that stands in for another one.
const FOR_A_MOMENT: HeaderValue = HeaderValue::from_static("public, max-age=20");

fn unreadable(error: &std::io::Error) -> Problem {
    tracing::error!(kind = ?error.kind(), "a stored file cannot be read");
    Problem::App(AppError::Internal(String::new()))
}

/// The `Range` header, unless it was meant for another version of the file.
fn wanted<'a>(asked: &'a HeaderMap, tag: &HeaderValue) -> Option<&'a str> {
    let is_same = asked.get(IF_RANGE).is_none_or(|condition| condition == tag);
    asked.get(RANGE).filter(|_| is_same)?.to_str().ok()
}

async fn content(mut blob: Blob, range: Option<&str>) -> Result<Response, Problem> {
    let part = match range.map_or(Part::Whole, |range| part(range, blob.length)) {
        Part::Whole => None,
        Part::Bytes(first, last) => Some((first, last)),
        Part::Unsatisfiable => return Ok(unsatisfiable(blob.length)),
    };
    let (first, length) = part.map_or((0, blob.length), |(first, last)| (first, last - first + 1));
    if first > 0 {
        blob.reader.seek(SeekFrom::Start(first)).await.map_err(|error| unreadable(&error))?;
    }
    let stream = ReaderStream::with_capacity(blob.reader.take(length), CHUNK);
    let mut response = Body::from_stream(stream).into_response();
    response.headers_mut().insert(CONTENT_LENGTH, HeaderValue::from(length));
    if let Some((first, last)) = part {
        *response.status_mut() = StatusCode::PARTIAL_CONTENT;
        insert_range(&mut response, &format!("bytes {first}-{last}/{}", blob.length));
    }
    Ok(response)
}

fn unsatisfiable(length: u64) -> Response {
    let mut response = Problem::Status(StatusCode::RANGE_NOT_SATISFIABLE).into_response();
    insert_range(&mut response, &format!("bytes */{length}"));
    response
}

fn insert_range(response: &mut Response, range: &str) {
    if let Ok(value) = HeaderValue::try_from(range) {
        response.headers_mut().insert(CONTENT_RANGE, value);
    }
}

/// What a `Range` header asks for (RFC 9110 §14.2).
#[derive(Debug, PartialEq, Eq)]
enum Part {
    /// Everything: also for what we do not understand, and for several ranges at once.
    Whole,
    /// From the first to the last byte, both included.
    Bytes(u64, u64),
    /// Nothing that the file has.
    Unsatisfiable,
}

fn part(range: &str, length: u64) -> Part {
    let Some((first, last)) = range.strip_prefix("bytes=").and_then(|range| range.trim().split_once('-'))
    else {
        return Part::Whole;
    };
    match (first.parse::<u64>(), last.parse::<u64>()) {
        (Ok(first), Ok(last)) if first > last => Part::Whole,
        (Ok(first), _) if first >= length => Part::Unsatisfiable,
        (Ok(first), Ok(last)) => Part::Bytes(first, last.min(length - 1)),
        (Ok(first), Err(_)) if last.is_empty() => Part::Bytes(first, length - 1),
        (Err(_), Ok(0)) if first.is_empty() => Part::Unsatisfiable,
        (Err(_), Ok(_)) if first.is_empty() && length == 0 => Part::Unsatisfiable,
        (Err(_), Ok(count)) if first.is_empty() => Part::Bytes(length.saturating_sub(count), length - 1),
        _ => Part::Whole,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ranges_are_read_as_http_says() {
        assert_eq!(part("bytes=0-99", 1000), Part::Bytes(0, 99));
        assert_eq!(part("bytes=900-", 1000), Part::Bytes(900, 999));
        assert_eq!(part("bytes=-100", 1000), Part::Bytes(900, 999));
        assert_eq!(part("bytes=-5000", 1000), Part::Bytes(0, 999));
        assert_eq!(part("bytes=0-5000", 1000), Part::Bytes(0, 999));
        for nothing in ["bytes=1000-", "bytes=-0"] {
            assert_eq!(part(nothing, 1000), Part::Unsatisfiable, "{nothing}");
        }
        assert_eq!(part("bytes=0-", 0), Part::Unsatisfiable);
        assert_eq!(part("bytes=-1", 0), Part::Unsatisfiable);
        for odd in ["", "bytes", "bytes=", "bytes=5-1", "bytes=a-b", "bytes=0-1,5-6", "items=0-1"] {
            assert_eq!(part(odd, 1000), Part::Whole, "{odd}");
        }
    }
}
