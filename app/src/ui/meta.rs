//! What the head of a page says: title, description, canonical address, languages, OpenGraph; structured data.

use super::page::Frame;
use crate::i18n::common as t;
use crate::kernel::Locale;
use leptos::prelude::*;
use leptos_meta::{Link, Meta, Title};

/// The facts for a page's head.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct PageMeta {
    /// The page's own title; the shop's name is added. Empty means the shop's own title.
    pub title: String,
    /// One or two sentences.
    pub description: String,
    /// The canonical path without the language: `/p/celadon-teapot`, or nothing for the home page.
    pub path: String,
    /// False keeps the page out of search engines (checkout, orders, errors, lists that somebody has put together).
    pub is_indexed: bool,
    /// Path of a picture for previews.
    pub image: Option<String>,
    /// OpenGraph's type; `website` when it is empty.
    pub kind: &'static str,
}

impl PageMeta {
    /// The head of a page that no search engine should keep.
    #[must_use]
    pub fn hidden(title: impl Into<String>) -> Self {
        Self { title: title.into(), ..Self::default() }
    }

    /// The full title.
    #[must_use]
    pub fn full_title(&self, locale: Locale) -> String {
        if self.title.is_empty() {
            t::site_title(locale).to_owned()
        } else {
            t::title_on_site(locale, &self.title)
        }
    }
}

/// Puts the facts into the page's head.
#[component]
pub fn Head(
    /// Request and menu.
    frame: Frame,
    /// The facts.
    meta: PageMeta,
) -> impl IntoView {
    let locale = frame.cx.locale;
    let title = meta.full_title(locale);
    let description = (!meta.description.is_empty()).then(|| meta.description.clone());
    view! {
        <Title text=title.clone() />
        {description.map(|text| view! { <Meta name="description" content=text /> })}
        {if meta.is_indexed {
            view! { <Indexed frame meta title /> }.into_any()
        } else {
            view! { <Meta name="robots" content="noindex" /> }.into_any()
        }}
    }
}

/// Canonical address, the other languages and the preview card of a public page.
#[component]
fn Indexed(frame: Frame, meta: PageMeta, title: String) -> impl IntoView {
    let base = frame.cx.base_url;
    let locale = frame.cx.locale;
    let address = |locale: Locale| format!("{base}/{}{}", locale.code(), meta.path);
    let alternates = Locale::ALL.map(|other| {
        view! { <Link rel="alternate" hreflang=other.tag() href=address(other) /> }
    });
    let kind = if meta.kind.is_empty() { "website" } else { meta.kind };
    let image = meta.image.as_ref().map(|path| format!("{base}{}", rooted(path)));
    view! {
        <Link rel="canonical" href=address(locale) />
        {alternates.into_iter().collect::<Vec<_>>()}
        <Link rel="alternate" hreflang="x-default" href=address(Locale::default()) />
        <Meta property="og:type" content=kind />
        <Meta property="og:site_name" content="集市 Jishi" />
        <Meta property="og:title" content=title />
        <Meta property="og:description" content=meta.description.clone() />
        <Meta property="og:url" content=address(locale) />
        <Meta property="og:locale" content=og_locale(locale) />
        {image
            .map(|image| {
                view! {
                    <Meta property="og:image" content=image />
                    <Meta name="twitter:card" content="summary_large_image" />
                }
            })}
    }
}

/// OpenGraph's notation of a language.
const fn og_locale(locale: Locale) -> &'static str {
    match locale {
        Locale::Zh => "zh_CN",
        Locale::En => "en_US",
    }
}

/// A path below the site root, with its leading slash.
#[must_use]
pub fn rooted(path: &str) -> String {
    if path.starts_with('/') { path.to_owned() } else { format!("/{path}") }
}

/// Structured data (schema.org). Nothing in it can end the script element.
#[component]
pub fn JsonLd(
    /// The graph.
    data: serde_json::Value,
) -> impl IntoView {
    let json = data.to_string().replace('<', "\\u003c");
    view! { <script type="application/ld+json" inner_html=json></script> }
}

/// A question with its answer, for a `FAQPage`.
#[must_use]
pub fn question(asked: &str, said: &str) -> serde_json::Value {
    serde_json::json!({
        "@type": "Question",
        "name": asked,
        "acceptedAnswer": {"@type": "Answer", "text": said},
    })
}

#[cfg(all(test, feature = "ssr"))]
mod tests {
    use super::*;

    #[test]
    fn structured_data_cannot_end_its_script() {
        let data = serde_json::json!({"name": "</script><script>alert(1)</script>"});
        let html = view! { <JsonLd data /> }.to_html();
        assert_eq!(html.matches("</script>").count(), 1, "{html}");
        assert!(html.contains("\\u003c/script>"), "{html}");
    }

    #[test]
    fn the_shop_is_named_in_every_title() {
        let meta = PageMeta::hidden("Teapot");
        assert_eq!(meta.full_title(Locale::En), "Teapot · Jishi");
        assert!(PageMeta::default().full_title(Locale::Zh).starts_with("集市"));
    }
}
