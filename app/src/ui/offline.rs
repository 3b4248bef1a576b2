//! What an installed shop shows when there is no network: kept by the browser, so it names no price and no stock.

use super::layout::Layout;
use super::meta::PageMeta;
use super::page;
use crate::i18n::storefront as s;
use crate::routes::href;
use leptos::prelude::*;

/// `/{l}/offline`
#[component]
pub fn OfflinePage() -> impl IntoView {
    page::render(
        |_| async { Ok(()) },
        |frame, ()| {
            let locale = frame.cx.locale;
            view! {
                <Layout frame meta=PageMeta::hidden(s::offline_title(locale))>
                    <section class="error-page" id="offline">
                        <h1>{s::offline_title(locale)}</h1>
                        <p class="error-text">{s::offline_text(locale)}</p>
                        <p class="error-actions">
                            <a class="button" id="offline-retry" href=href::home(locale)>
                                {s::offline_retry(locale)}
                            </a>
                        </p>
                    </section>
                </Layout>
            }
            .into_any()
        },
    )
}
