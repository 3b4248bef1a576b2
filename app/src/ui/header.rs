//! The header: wordmark, search, language, cart, categories.

use super::icon::{Icon, IconName};
use super::islands::CartBadge;
use super::page::Frame;
use super::preferences::Preferences;
use crate::i18n::{common as t, storefront as s};
use crate::kernel::Locale;
use crate::routes::href;
use crate::search::islands::Suggest;
use leptos::prelude::*;

/// The header of every page.
#[component]
pub fn Header(
    /// Request and menu.
    frame: Frame,
) -> impl IntoView {
    let locale = frame.cx.locale;
    view! {
        <header class="header">
            <div class="header-bar">
                <Wordmark locale />
                <SearchForm locale id="header-q" />
                <LanguageSwitch locale path=frame.cx.path.to_string() />
                <Preferences locale currency=frame.cx.currency />
                <a
                    class="header-cart"
                    href=href::cart(locale)
                    data-keys="g c"
                    data-drawer=href::drawer(locale)
                    data-title=s::drawer_title(locale)
                    data-close=s::drawer_close(locale)
                >
                    <Icon name=IconName::Bag />
                    <span class="header-cart-text">{t::cart(locale)}</span>
                    <CartBadge locale is_loading=true />
                </a>
            </div>
            <Menu frame />
            <Suggest />
        </header>
    }
}

/// The shop's name, which leads home.
#[component]
fn Wordmark(locale: Locale) -> impl IntoView {
    view! {
        <a class="wordmark" href=href::home(locale)>
            <span class="wordmark-seal" lang="zh-Hans">
                "集市"
            </span>
            <span class="wordmark-name" lang="en">
                "Jishi"
            </span>
        </a>
    }
}

/// A search field that works as a plain form.
#[component]
pub fn SearchForm(
    /// The language.
    locale: Locale,
    /// The field's id; one page may hold several forms.
    id: &'static str,
    /// True for the form of a page, which stands beside that of the header.
    #[prop(optional)]
    is_page: bool,
    /// What has been looked for.
    #[prop(optional, into)]
    text: String,
) -> impl IntoView {
    let landmark = if is_page { t::search_label(locale) } else { t::search(locale) };
    view! {
        <form class="search" role="search" aria-label=landmark method="get" action=href::search(locale)>
            <label class="hidden" for=id>
                {t::search_label(locale)}
            </label>
            <input
                class="search-field"
                id=id
                type="search"
                name="q"
                value=text
                maxlength="80"
                placeholder=t::search_placeholder(locale)
                enterkeyhint="search"
                data-keys={(!is_page).then_some("/")}
                autocomplete="off"
            />
            <div
                class="suggest"
                id=format!("{id}-list")
                role="listbox"
                data-language=locale.code()
                aria-label=crate::i18n::search::suggestions(locale)
                hidden
            ></div>
            <p class="hidden" id=format!("{id}-status") role="status"></p>
            <button class="search-button" type="submit">
                <Icon name=IconName::Search />
                <span class="hidden">{t::search(locale)}</span>
            </button>
        </form>
    }
}

/// Links to the same page in the other languages.
#[component]
fn LanguageSwitch(locale: Locale, path: String) -> impl IntoView {
    let others: Vec<_> = Locale::ALL
        .into_iter()
        .filter(|other| *other != locale)
        .map(|other| {
            view! {
                <a class="language" lang=other.tag() hreflang=other.tag() href=in_language(&path, other)>
                    {other.name()}
                </a>
            }
        })
        .collect();
    view! {
        <nav class="languages" aria-label=t::language(locale)>
            {others}
        </nav>
    }
}

/// The same path and query in another language; that language's home for a path without one.
#[must_use]
pub fn in_language(path: &str, locale: Locale) -> String {
    let rest = Locale::from_path(path).and_then(|known| path.strip_prefix('/')?.strip_prefix(known.code()));
    format!("{}{}", href::home(locale), rest.unwrap_or_default())
}

/// The top-level categories.
#[component]
fn Menu(frame: Frame) -> impl IntoView {
    let locale = frame.cx.locale;
    let here = frame.cx.path.split('?').next().unwrap_or_default().to_owned();
    let links: Vec<_> = frame
        .categories
        .into_iter()
        .map(|category| {
            let address = href::category(locale, &category.slug);
            let current = (address == here).then_some("page");
            view! {
                <li>
                    <a href=address aria-current=current>
                        {category.name}
                    </a>
                </li>
            }
        })
        .collect();
    (!links.is_empty()).then(|| {
        view! {
            <nav class="menu" aria-label=t::main_menu(locale)>
                <ul>{links}</ul>
            </nav>
        }
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_language_switch_keeps_path_and_query() {
        assert_eq!(in_language("/en/p/x?style=red", Locale::Zh), "/zh/p/x?style=red");
        assert_eq!(in_language("/zh", Locale::En), "/en");
        assert_eq!(in_language("/zh?page=2", Locale::En), "/en?page=2");
        assert_eq!(in_language("/unknown/x", Locale::En), "/en");
    }
}
