//! What a shopper sees when a page cannot be shown: what happened, and the way on.

use super::footer::HomeLinks;
use super::header::SearchForm;
use super::layout::Layout;
use super::meta::PageMeta;
use super::page::{self, Frame};
use crate::error::AppError;
use crate::i18n::common as t;
use crate::kernel::Locale;
use crate::routes::href;
use leptos::prelude::*;

/// The words for an error: a title and a sentence.
#[must_use]
pub const fn words(locale: Locale, error: &AppError) -> (&'static str, &'static str) {
    match error {
        AppError::NotFound => (t::error_not_found_title(locale), t::error_not_found_text(locale)),
        AppError::Internal(_) => (t::error_internal_title(locale), t::error_internal_text(locale)),
        AppError::Unavailable => (t::error_unavailable_title(locale), t::error_unavailable_text(locale)),
        AppError::RateLimited(_) => {
            (t::error_limited_title(locale), crate::i18n::errors::too_many_requests(locale))
        }
        AppError::Unauthorized | AppError::Forbidden => {
            (t::error_forbidden_title(locale), crate::i18n::errors::not_allowed(locale))
        }
        #[cfg(feature = "ssr")]
        AppError::Blocked(_) | AppError::TotalChanged(_) => {
            (t::error_other_title(locale), crate::i18n::errors::state_changed(locale))
        }
        AppError::BadRequest | AppError::Invalid(_) | AppError::Conflict(_) => {
            (t::error_other_title(locale), crate::i18n::errors::form_unreadable(locale))
        }
    }
}

/// The page for an error, in the request's language.
#[component]
pub fn ErrorPage(
    /// Request and menu.
    frame: Frame,
    /// What went wrong.
    error: AppError,
) -> impl IntoView {
    let (title, _) = words(frame.cx.locale, &error);
    let body = body(frame.cx.locale, &error, &frame.cx.path, &frame.cx.request_id);
    view! {
        <Layout frame meta=PageMeta::hidden(title)>
            {body}
        </Layout>
    }
}

/// The main part: what happened, the request's number when it is our fault, the way on.
fn body(locale: Locale, error: &AppError, path: &str, request_id: &str) -> AnyView {
    let (title, text) = words(locale, error);
    let is_ours = error.status() >= 500;
    let number = is_ours.then(|| t::error_number(locale, request_id));
    view! {
        <section class="error-page">
            <p class="error-code" aria-hidden="true">
                {error.status()}
            </p>
            <h1>{title}</h1>
            <p class="error-text">{text}</p>
            {number.map(|number| view! { <p class="error-number">{number}</p> })}
            {(!is_ours).then(|| view! { <SearchForm locale id="error-q" is_page=true /> })}
            <p class="error-actions">
                {is_ours
                    .then(|| {
                        view! {
                            <a class="button" href=path.to_owned()>
                                {t::try_again(locale)}
                            </a>
                        }
                    })} {way_home(locale, path)}
            </p>
        </section>
    }
    .into_any()
}

/// The home page; those of all languages when the address names none.
fn way_home(locale: Locale, path: &str) -> AnyView {
    if Locale::from_path(path).is_none() {
        return view! { <HomeLinks /> }.into_any();
    }
    view! {
        <a class="button" href=href::home(locale)>
            {t::back_home(locale)}
        </a>
    }
    .into_any()
}

/// The page for an address that does not exist.
#[component]
pub fn NotFoundPage() -> impl IntoView {
    page::render(|_| async { Err::<(), AppError>(AppError::NotFound) }, |_, ()| ())
}

#[cfg(all(test, feature = "ssr"))]
mod tests {
    use super::*;

    fn html(locale: Locale, error: &AppError, path: &str) -> String {
        body(locale, error, path, "req-42").to_html()
    }

    #[test]
    fn a_missing_page_offers_a_search_in_its_language_and_no_number() {
        let zh = html(Locale::Zh, &AppError::NotFound, "/zh/p/none");
        let en = html(Locale::En, &AppError::NotFound, "/en/p/none");
        assert!(zh.contains("不在架上") && zh.contains(r#"action="/zh/search""#), "{zh}");
        assert!(en.contains("not on the shelf") && en.contains(r#"action="/en/search""#), "{en}");
        assert!(!en.contains("req-42") && !en.contains(r#"href="/zh""#), "{en}");
    }

    #[test]
    fn an_address_without_a_language_leads_to_every_home_page() {
        let html = html(Locale::En, &AppError::NotFound, "/nowhere");
        assert!(html.contains(r#"href="/zh""#) && html.contains(r#"href="/en""#), "{html}");
    }

    #[test]
    fn our_fault_has_the_number_of_the_request_and_another_try() {
        for locale in Locale::ALL {
            let html = html(locale, &AppError::Internal(String::new()), "/zh/c/tea");
            assert!(html.contains("req-42") && html.contains(r#"href="/zh/c/tea""#), "{html}");
            assert!(html.contains(t::error_internal_title(locale)), "{html}");
        }
    }
}
