//! The document around the pages, and the table of routes.

use crate::RequestCx;
use crate::cart::drawer::DrawerPage;
use crate::cart::pages::CartPage;
use crate::catalog::pages::{CategoriesPage, CollectionPage, HomePage, ProductPage, SeenPage};
use crate::checkout::pages::CheckoutPage;
use crate::help::pages::HelpPage;
use crate::kernel::Locale;
use crate::orders::pages::{BillPage, OrderPage};
use crate::search::pages::{CategoryPage, SearchPage};
use crate::ui::error_page::NotFoundPage;
use crate::ui::offline::OfflinePage;
use crate::ui::query::page_locale;
use crate::ui::scripts::LateScripts;
use leptos::nonce::use_nonce;
use leptos::prelude::*;
use leptos_meta::{MetaTags, provide_meta_context};
use leptos_router::components::{Route, Router, Routes};
use leptos_router::{SsrMode, path};

/// Pages that are read, not personal, are fetched when a pointer rests on their link. A constant text.
const PREFETCH: &str = r#"{"prefetch":[{"where":{"and":[{"href_matches":"/*"},{"not":{"href_matches":["/*/cart*","/*/checkout*","/*/orders/*","/*/account*","/api/*","/media/*","/pay/*"]}}]},"eagerness":"moderate"}]}"#;

/// The whole document. The stylesheet comes first; scripts wait until the browser is idle.
pub fn shell(options: LeptosOptions) -> impl IntoView {
    let cx = use_context::<RequestCx>();
    let locale = cx.as_ref().map_or_else(Locale::default, page_locale);
    let currency = cx.map(|cx| cx.currency.code());
    // Only a published build has a folder of its own for its scripts; while developing they stand where their sources do.
    let script = match options.site_pkg_dir.as_ref() {
        "pkg" => "/scripts/shop.js".to_owned(),
        build => format!("/{build}/shop.js"),
    };
    let css = format!("/{}/{}.css", options.site_pkg_dir, options.output_name);
    view! {
        <!DOCTYPE html>
        <html lang=locale.tag() data-currency=currency>
            <head>
                <meta charset="utf-8" />
                <meta name="viewport" content="width=device-width, initial-scale=1, viewport-fit=cover" />
                <meta name="color-scheme" content="light dark" />
                <meta name="theme-color" media="(prefers-color-scheme: light)" content="#fbfaf7" />
                <meta name="theme-color" media="(prefers-color-scheme: dark)" content="#141210" />
                // Before the first paint: it sets the look that was chosen. Under three kilobytes, kept for ever.
                <script src=script nonce=use_nonce()></script>
                <link rel="stylesheet" href=css />
                <link rel="icon" href="/favicon.svg" type="image/svg+xml" />
                <link rel="icon" href="/icon-32.png" sizes="32x32" type="image/png" />
                <link rel="apple-touch-icon" href="/icon-180.png" />
                <link rel="manifest" href="/manifest.webmanifest" />
                <script type="speculationrules" nonce=use_nonce() inner_html=PREFETCH></script>
                <MetaTags />
                <AutoReload options=options.clone() />
                <LateScripts options />
            </head>
            <body>
                <App />
            </body>
        </html>
    }
}

/// The table of routes. Every page waits for its data, so that its status and head are final.
#[component]
pub fn App() -> impl IntoView {
    provide_meta_context();
    view! {
        <Router>
            <Routes fallback=NotFoundPage>
                <Route path=path!("/:locale") view=HomePage ssr=SsrMode::Async />
                <Route path=path!("/:locale/c/:slug") view=CategoryPage ssr=SsrMode::Async />
                <Route path=path!("/:locale/p/:slug") view=ProductPage ssr=SsrMode::Async />
                <Route path=path!("/:locale/search") view=SearchPage ssr=SsrMode::Async />
                <Route path=path!("/:locale/categories") view=CategoriesPage ssr=SsrMode::Async />
                <Route path=path!("/:locale/collections/:slug") view=CollectionPage ssr=SsrMode::Async />
                <Route path=path!("/:locale/seen") view=SeenPage ssr=SsrMode::Async />
                <Route path=path!("/:locale/help/:slug") view=HelpPage ssr=SsrMode::Async />
                <Route path=path!("/:locale/offline") view=OfflinePage ssr=SsrMode::Async />
                <Route path=path!("/:locale/cart") view=CartPage ssr=SsrMode::Async />
                <Route path=path!("/:locale/cart/drawer") view=DrawerPage ssr=SsrMode::Async />
                <Route path=path!("/:locale/checkout") view=CheckoutPage ssr=SsrMode::Async />
                <Route path=path!("/:locale/orders/:id") view=OrderPage ssr=SsrMode::Async />
                <Route path=path!("/:locale/orders/:id/invoice") view=BillPage ssr=SsrMode::Async />
            </Routes>
        </Router>
    }
}
