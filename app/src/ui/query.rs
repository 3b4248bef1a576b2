//! The request's query and route parameters, for the bodies of pages.
//! The router exists on the server only: never call these from an island.

use crate::kernel::{Locale, Slug};
use crate::{AppError, RequestCx};
use leptos::prelude::*;
use leptos_router::hooks::{use_params_map, use_query_map};

/// A route parameter; empty when the route has none of that name.
#[must_use]
pub fn param(name: &str) -> String {
    use_params_map()
        .with_untracked(|params| params.get_str(name).map(str::to_owned))
        .unwrap_or_default()
}

/// A value of the query; empty when it is missing.
#[must_use]
pub fn value(name: &str) -> String {
    use_query_map()
        .with_untracked(|query| query.get_str(name).map(str::to_owned))
        .unwrap_or_default()
}

/// Every pair of the query.
#[must_use]
pub fn pairs() -> Vec<(String, String)> {
    use_query_map().with_untracked(|query| {
        query
            .clone()
            .into_iter()
            .map(|(key, value)| (key.into_owned(), value))
            .collect()
    })
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
