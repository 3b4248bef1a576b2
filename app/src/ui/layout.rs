//! What surrounds every page: skip link, header, main landmark, footer, the phone's bottom bar.

use super::footer::{Footer, TabBar};
use super::header::Header;
use super::islands::Ready;
use super::meta::{Head, PageMeta};
use super::page::Frame;
use crate::i18n::common as t;
use leptos::prelude::*;

/// A whole page around `children`, which contain the page's one `h1`.
#[component]
pub fn Layout(
    /// Request and menu.
    frame: Frame,
    /// What the head says.
    meta: PageMeta,
    children: Children,
) -> impl IntoView {
    let locale = frame.cx.locale;
    let children = children();
    view! {
        <Head frame=frame.clone() meta />
        <a class="skip" href="#main">
            {t::skip_to_content(locale)}
        </a>
        <Header frame=frame.clone() />
        <main id="main" tabindex="-1">
            {children}
        </main>
        <Footer frame=frame.clone() />
        <TabBar frame />
        // The last island of the page: when it runs, every other one is ready.
        <Ready />
    }
    .into_any()
}
