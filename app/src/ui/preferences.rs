//! Currency, look and keys. The currency is a plain form, because prices are the server's; look and keys are the browser's
//! own affair and are chosen by the page's script, so their buttons are shown only where scripts run.

use super::icon::{Icon, IconName};
use crate::i18n::storefront as t;
use crate::kernel::{Currency, Locale};
use leptos::prelude::*;

/// Currency, look and keys behind a button that needs no script.
#[component]
pub fn Preferences(
    /// The language.
    locale: Locale,
    /// The currency of the page.
    currency: Currency,
) -> impl IntoView {
    view! {
        <details class="prefs" name="prefs">
            <summary class="prefs-button">
                <span class="hidden">{t::preferences(locale)} " "</span>
                {currency.code()}
                <Icon name=IconName::Down />
            </summary>
            <div class="prefs-panel">
                <Currencies locale currency />
                <Themes locale />
                <Keys locale />
            </div>
        </details>
    }
    .into_any()
}

#[component]
fn Currencies(locale: Locale, currency: Currency) -> impl IntoView {
    let buttons = Currency::OFFERED.map(|offered| {
        let is_chosen = offered == currency;
        view! {
            <button
                class="prefs-choice"
                type="submit"
                name="currency"
                value=offered.code()
                aria-pressed=if is_chosen { "true" } else { "false" }
            >
                {name(locale, offered)}
            </button>
        }
    });
    view! {
        <form class="prefs-group" method="post" action="/api/currency" aria-label=t::currency(locale)>
            <p class="prefs-title">{t::currency(locale)}</p>
            {buttons.into_iter().collect::<Vec<_>>()}
        </form>
    }
}

const fn name(locale: Locale, currency: Currency) -> &'static str {
    match currency {
        Currency::Cny => t::currency_cny(locale),
        _ => t::currency_usd(locale),
    }
}

#[component]
fn Themes(locale: Locale) -> impl IntoView {
    let themes =
        [("", t::theme_system(locale)), ("light", t::theme_light(locale)), ("dark", t::theme_dark(locale))];
    let buttons = themes.map(|(theme, label)| {
        view! {
            <button class="prefs-choice" type="button" data-look=theme aria-pressed="false">
                {label}
            </button>
        }
    });
    view! {
        <div class="prefs-group prefs-look" role="group" aria-label=t::theme(locale)>
            <p class="prefs-title">{t::theme(locale)}</p>
            {buttons.into_iter().collect::<Vec<_>>()}
        </div>
    }
}

/// Single keys can be switched off: who speaks to the device, or presses keys by accident, would set them off (WCAG 2.1.4).
#[component]
fn Keys(locale: Locale) -> impl IntoView {
    view! {
        <div class="prefs-group prefs-look prefs-keys" role="group" aria-label=t::keys(locale)>
            <p class="prefs-title">{t::keys(locale)}</p>
            <button class="prefs-choice" type="button" id="keys" aria-pressed="true">
                {t::keys_list(locale)}
            </button>
        </div>
    }
}
