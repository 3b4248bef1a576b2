//! The search's endpoints.

use super::model::Suggestions;
use crate::catalog::model::View;
use crate::error::AppError;
use crate::kernel::Locale;
use leptos::server;
use leptos::server_fn::codec::{GetUrl, Json, PostUrl};

/// Seconds that a browser may keep suggestions: typing back and forth asks once.
pub const KEPT: u32 = 60;

/// Language and currency: `l` wins over the language of the page that asks.
#[must_use]
pub fn asked_view(l: &str) -> View {
    let own = crate::RequestCx::current().view();
    match Locale::from_code(l) {
        Some(locale) if locale != own.locale => View { locale, currency: locale.default_currency() },
        _ => own,
    }
}

/// `GET /api/search/suggest?q=&l=`: articles, categories and texts for a text that is being typed. With `list=ID`
/// also the same as HTML options with ids that begin so, and a sentence for screen readers.
#[server(prefix = "/api", endpoint = "search/suggest", input = GetUrl, output = Json)]
pub async fn suggest(
    /// What has been typed.
    #[server(default)]
    q: String,
    /// The language's code.
    #[server(default)]
    l: String,
    /// Where the ids of the options begin.
    #[server(default)]
    list: String,
) -> Result<Suggestions, AppError> {
    let cx = crate::RequestCx::current();
    let view = asked_view(&l);
    let mut suggestions = cx.services.search.suggest(view, &q).await?;
    let is_id = !list.is_empty()
        && list.len() <= 20
        && list.bytes().all(|byte| byte.is_ascii_lowercase() || byte == b'-');
    if is_id {
        let (html, options) = super::view::fragment(view.locale, &list, &suggestions);
        suggestions.status = match options {
            0 if suggestions.text.is_empty() => String::new(),
            0 => crate::i18n::search::status_none(view.locale).to_owned(),
            _ => crate::i18n::search::status_some(view.locale, options, suggestions.hits),
        };
        (suggestions.html, suggestions.options) = (html, options);
    }
    cx.responder.keep_for(KEPT);
    Ok(suggestions)
}

/// `POST /api/search/followed`: somebody followed a result of a text. Nothing about who is kept.
#[server(prefix = "/api", endpoint = "search/followed", input = PostUrl, output = Json)]
pub async fn followed(
    /// The text.
    #[server(default)]
    q: String,
    /// The language's code.
    #[server(default)]
    l: String,
    /// The result's place in the list, from 1.
    #[server(default)]
    rank: String,
) -> Result<(), AppError> {
    let place = rank.parse::<u32>().ok().filter(|rank| (1..=100_000).contains(rank));
    let place = place.ok_or(AppError::BadRequest)?;
    crate::RequestCx::current().services.search.followed(asked_view(&l), &q, place);
    Ok(())
}
