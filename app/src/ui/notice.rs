//! A sentence about what went wrong, at the top of the page that it happened on.

use super::icon::{Icon, IconName};
use crate::error::ErrorCode;
use crate::kernel::Locale;
use leptos::prelude::*;

/// Says what went wrong; read out at once by screen readers.
#[component]
pub fn Notice(
    /// The language.
    locale: Locale,
    /// What went wrong.
    code: ErrorCode,
) -> impl IntoView {
    view! {
        <p class="notice" role="alert">
            <Icon name=IconName::Alert />
            <span>{code.text(locale)}</span>
        </p>
    }
}

/// The problem that a plain form's redirect has brought (`?problem=<code>`). For the bodies of pages.
#[must_use]
pub fn from_query() -> Option<ErrorCode> {
    ErrorCode::from_name(&super::query::value("problem"))
}
