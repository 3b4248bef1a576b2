//! The end of every page: the footer, and the phone's bottom bar.

use super::icon::{Icon, IconName};
use super::islands::CartBadge;
use super::page::Frame;
use crate::help::Topic;
use crate::i18n::{common as t, help};
use crate::kernel::Locale;
use crate::routes::href;
use leptos::prelude::*;

/// The footer of every page.
#[component]
pub fn Footer(
    /// Request and menu.
    frame: Frame,
) -> impl IntoView {
    let locale = frame.cx.locale;
    let links: Vec<_> = frame
        .categories
        .into_iter()
        .map(|category| {
            view! {
                <li>
                    <a href=href::category(locale, &category.slug)>{category.name}</a>
                </li>
            }
        })
        .collect();
    let has_links = !links.is_empty();
    view! {
        <footer class="footer">
            <div class="footer-columns">
                <div class="footer-brand">
                    <p class="footer-seal" lang="zh-Hans" aria-hidden="true">
                        "集市"
                    </p>
                    <p class="footer-note">{t::footer_note(locale)}</p>
                </div>
                {has_links
                    .then(|| {
                        view! {
                            <nav aria-label=t::footer_shop(locale)>
                                <h2 class="footer-title">{t::footer_shop(locale)}</h2>
                                <ul class="footer-links">{links}</ul>
                            </nav>
                        }
                    })}
                <section>
                    <h2 class="footer-title">{t::footer_help(locale)}</h2>
                    <ul class="footer-facts">
                        <li>{t::help_price(locale)}</li>
                        <li>{t::help_stock(locale)}</li>
                        <li>{t::help_payment(locale)}</li>
                        <li>{t::help_guest(locale)}</li>
                    </ul>
                </section>
                <HelpLinks locale />
            </div>
            <p class="footer-small">{t::copyright(locale)}</p>
        </footer>
    }
}

/// Help and policies.
#[component]
fn HelpLinks(locale: Locale) -> impl IntoView {
    let links: Vec<_> = Topic::ALL
        .into_iter()
        .map(|topic| {
            view! {
                <li>
                    <a href=href::help(locale, topic.slug())>{topic.title(locale)}</a>
                </li>
            }
        })
        .collect();
    view! {
        <nav aria-label=help::title(locale)>
            <h2 class="footer-title">{help::title(locale)}</h2>
            <ul class="footer-links footer-help">{links}</ul>
        </nav>
    }
}

/// The bar within reach of the thumb on phones.
#[component]
pub fn TabBar(
    /// Request and menu.
    frame: Frame,
) -> impl IntoView {
    let locale = frame.cx.locale;
    let here = frame.cx.path.split('?').next().unwrap_or_default().to_owned();
    let tab = |href: String, icon: IconName, text: &'static str| {
        let current = (href == here).then_some("page");
        view! {
            <li>
                <a class="tab" href=href aria-current=current>
                    <Icon name=icon />
                    <span>{text}</span>
                </a>
            </li>
        }
    };
    let cart = href::cart(locale);
    let at_cart = (cart == here).then_some("page");
    view! {
        <nav class="tabbar" aria-label=t::quick_menu(locale)>
            <ul>
                {tab(href::home(locale), IconName::Home, t::home(locale))}
                {tab(href::categories(locale), IconName::Grid, t::categories(locale))}
                {tab(href::search(locale), IconName::Search, t::search(locale))} <li>
                    <a class="tab" href=cart aria-current=at_cart>
                        <Icon name=IconName::Bag />
                        <span>{t::cart(locale)}</span>
                        <CartBadge locale is_loading=false />
                    </a>
                </li>
            </ul>
        </nav>
    }
}

/// Links to every language's home, for a page that has no language of its own.
#[component]
pub fn HomeLinks() -> impl IntoView {
    let links = Locale::ALL.map(|locale| {
        view! {
            <a class="button" lang=locale.tag() hreflang=locale.tag() href=href::home(locale)>
                {t::back_home(locale)}
            </a>
        }
    });
    links.into_iter().collect::<Vec<_>>()
}
