//! What search engines read first: `sitemap.xml` and `robots.txt`.

use super::AppState;
use super::problem::Problem;
use app::catalog::model::SitemapEntry;
use app::kernel::Locale;
use axum::extract::State;
use axum::response::{IntoResponse, Response};
use http::header::{CACHE_CONTROL, CONTENT_TYPE};
use std::fmt::Write;

/// Every public page in both languages, each pointing at the other.
pub(super) async fn sitemap(State(state): State<AppState>) -> Result<Response, Problem> {
    let entries = state.services.catalog.sitemap().await?;
    Ok(answer("application/xml; charset=utf-8", write_sitemap(&state.outside.base_url, &entries)))
}

/// What robots should leave alone: everything personal.
pub(super) async fn robots(State(state): State<AppState>) -> Response {
    let mut text = String::from("User-agent: *\nDisallow: /api/\n");
    for locale in Locale::ALL {
        for page in ["cart", "checkout", "orders"] {
            let _ = writeln!(text, "Disallow: /{}/{page}", locale.code());
        }
    }
    let _ = writeln!(text, "\nSitemap: {}/sitemap.xml", state.outside.base_url);
    answer("text/plain; charset=utf-8", text)
}

fn answer(kind: &'static str, text: String) -> Response {
    ([(CONTENT_TYPE, kind), (CACHE_CONTROL, "public, max-age=600")], text).into_response()
}

fn write_sitemap(base_url: &str, entries: &[SitemapEntry]) -> String {
    let mut xml = String::from(
        "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<urlset xmlns=\"http://www.sitemaps.org/schemas/sitemap/0.9\" \
         xmlns:xhtml=\"http://www.w3.org/1999/xhtml\">\n",
    );
    for entry in entries {
        for locale in Locale::ALL {
            write_page(&mut xml, base_url, locale, entry);
        }
    }
    xml.push_str("</urlset>\n");
    xml
}

fn write_page(xml: &mut String, base_url: &str, locale: Locale, entry: &SitemapEntry) {
    let url = |locale: Locale| escape(&format!("{base_url}/{}{}", locale.code(), entry.path));
    let _ = write!(xml, "<url><loc>{}</loc><lastmod>{}</lastmod>", url(locale), entry.changed);
    for other in Locale::ALL {
        let (tag, url) = (other.tag(), url(other));
        let _ = write!(xml, "<xhtml:link rel=\"alternate\" hreflang=\"{tag}\" href=\"{url}\"/>");
    }
    let _ = writeln!(
        xml,
        "<xhtml:link rel=\"alternate\" hreflang=\"x-default\" href=\"{}\"/></url>",
        url(Locale::En)
    );
}

fn escape(text: &str) -> String {
    text.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;").replace('"', "&quot;")
}

#[cfg(test)]
mod tests {
    use super::*;
    use time::{Date, Month};

    #[test]
    fn each_page_is_told_in_both_languages_with_links_to_the_other() {
        let changed = Date::from_calendar_date(2026, Month::November, 23).unwrap();
        let entry = SitemapEntry { path: "/c/tea&more".to_owned(), changed };
        let xml = write_sitemap("https://shop.example", &[entry]);
        assert_eq!(xml.matches("<url>").count(), 2);
        assert!(
            xml.contains("<loc>https://shop.example/zh/c/tea&amp;more</loc><lastmod>2026-11-23</lastmod>"),
            "{xml}"
        );
        assert_eq!(
            xml.matches("hreflang=\"zh-Hans\" href=\"https://shop.example/zh/c/tea&amp;more\"").count(),
            2
        );
    }
}
