//! What search engines read first: `sitemap.xml` with pages, languages and pictures, and `robots.txt`.
//! A shop whose pages do not fit into one file gets an index of several.

use super::AppState;
use super::problem::Problem;
use app::AppError;
use app::catalog::model::{SitemapEntry, SitemapPart};
use app::kernel::Locale;
use axum::body::Body;
use axum::extract::{Path, State};
use axum::response::{IntoResponse, Response};
use futures::{StreamExt as _, stream};
use http::header::{CACHE_CONTROL, CONTENT_TYPE};
use std::fmt::Write;

/// Products in one file: with two languages 40,000 of the 50,000 addresses that one may hold.
pub const PER_FILE: usize = 20_000;
/// Pictures of a product that are told.
const PICTURES: usize = 6;

/// Every public page, or the index of files that hold them.
pub(super) async fn sitemap(State(state): State<AppState>) -> Result<Response, Problem> {
    let most = state.outside.sitemap_products;
    let cuts = state.services.catalog.sitemap_cuts(most).await?;
    if cuts.len() <= 1 {
        return Ok(written(state, File { has_fixed: true, after: String::new(), most }));
    }
    Ok(answer("application/xml; charset=utf-8", write_index(&state.outside.base_url, cuts.len())))
}

/// `/sitemaps/{number}`: one file of the index, from 1.
pub(super) async fn file(
    State(state): State<AppState>,
    Path(number): Path<String>,
) -> Result<Response, Problem> {
    let missing = || Problem::App(AppError::NotFound);
    let number = number.strip_suffix(".xml").and_then(|number| number.parse::<usize>().ok());
    let index = number.and_then(|number| number.checked_sub(1)).ok_or_else(missing)?;
    let most = state.outside.sitemap_products;
    let cuts = state.services.catalog.sitemap_cuts(most).await?;
    let after = cuts.get(index).cloned().ok_or_else(missing)?;
    Ok(written(state, File { has_fixed: index == 0, after, most }))
}

/// A file, and how far its writing is.
struct File {
    /// Whether everything but products comes first.
    has_fixed: bool,
    /// The product before the next one.
    after: String,
    /// Products still to be written.
    most: usize,
}

fn written(state: AppState, file: File) -> Response {
    let parts = stream::unfold((state, Some(file), true), |(state, file, is_first)| async move {
        if is_first {
            return Some((Ok(HEAD.to_owned()), (state, file, false)));
        }
        match next_part(&state, file?).await {
            Ok((text, rest)) => Some((Ok(text), (state, rest, false))),
            Err(error) => Some((Err(error), (state, None, false))),
        }
    });
    // Compression asks once more after the end, which only a fused stream bears.
    let parts = parts.fuse();
    let headers = [(CONTENT_TYPE, "application/xml; charset=utf-8"), (CACHE_CONTROL, "public, max-age=600")];
    (headers, Body::from_stream(parts)).into_response()
}

async fn next_part(state: &AppState, file: File) -> Result<(String, Option<File>), AppError> {
    let base = &state.outside.base_url;
    if file.has_fixed {
        let entries = state.services.catalog.sitemap(SitemapPart::Fixed).await?;
        return Ok((write_pages(base, &entries), Some(File { has_fixed: false, ..file })));
    }
    let part = SitemapPart::Products { after: file.after };
    let mut entries = state.services.catalog.sitemap(part).await?;
    entries.truncate(file.most);
    let last = entries.last().and_then(|entry| entry.path.strip_prefix("/p/")).map(str::to_owned);
    match last {
        Some(after) if file.most > 0 => {
            let most = file.most.saturating_sub(entries.len());
            Ok((write_pages(base, &entries), Some(File { has_fixed: false, after, most })))
        }
        _ => Ok(("</urlset>\n".to_owned(), None)),
    }
}

/// What robots should leave alone: everything personal.
pub(super) async fn robots(State(state): State<AppState>) -> Response {
    let mut text = String::from("User-agent: *\nDisallow: /api/\n");
    for locale in Locale::ALL {
        for page in ["checkout", "orders", "seen", "offline"] {
            let _ = writeln!(text, "Disallow: /{}/{page}", locale.code());
        }
    }
    let _ = writeln!(text, "\nSitemap: {}/sitemap.xml", state.outside.base_url);
    answer("text/plain; charset=utf-8", text)
}

fn answer(kind: &'static str, text: String) -> Response {
    ([(CONTENT_TYPE, kind), (CACHE_CONTROL, "public, max-age=600")], text).into_response()
}

const HEAD: &str = "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<urlset xmlns=\"http://www.sitemaps.org/schemas/sitemap/0.9\" \
     xmlns:image=\"http://www.google.com/schemas/sitemap-image/1.1\" xmlns:xhtml=\"http://www.w3.org/1999/xhtml\">\n";

fn write_index(base_url: &str, files: usize) -> String {
    let mut xml = String::from(
        "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<sitemapindex xmlns=\"http://www.sitemaps.org/schemas/sitemap/0.9\">\n",
    );
    for number in 1..=files {
        let _ = writeln!(xml, "<sitemap><loc>{}/sitemaps/{number}.xml</loc></sitemap>", escape(base_url));
    }
    xml.push_str("</sitemapindex>\n");
    xml
}

fn write_pages(base_url: &str, entries: &[SitemapEntry]) -> String {
    let mut xml = String::new();
    for entry in entries {
        for locale in Locale::ALL {
            write_page(&mut xml, base_url, locale, entry);
        }
    }
    xml
}

fn write_page(xml: &mut String, base_url: &str, locale: Locale, entry: &SitemapEntry) {
    let url = |locale: Locale| escape(&format!("{base_url}/{}{}", locale.code(), entry.path));
    let _ = write!(xml, "<url><loc>{}</loc><lastmod>{}</lastmod>", url(locale), entry.changed);
    for other in Locale::ALL {
        let (tag, url) = (other.tag(), url(other));
        let _ = write!(xml, "<xhtml:link rel=\"alternate\" hreflang=\"{tag}\" href=\"{url}\"/>");
    }
    let _ =
        write!(xml, "<xhtml:link rel=\"alternate\" hreflang=\"x-default\" href=\"{}\"/>", url(Locale::En));
    for picture in entry.pictures.iter().take(PICTURES) {
        let address = escape(&format!("{base_url}{picture}"));
        let _ = write!(xml, "<image:image><image:loc>{address}</image:loc></image:image>");
    }
    xml.push_str("</url>\n");
}

pub(super) fn escape(text: &str) -> String {
    text.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;").replace('"', "&quot;")
}

#[cfg(test)]
mod tests {
    use super::*;
    use time::{Date, Month};

    #[test]
    fn each_page_is_told_in_both_languages_with_links_to_the_other_and_its_pictures() {
        let changed = Date::from_calendar_date(2026, Month::November, 23).unwrap();
        let pictures = vec!["/media/a.webp".to_owned()];
        let entry = SitemapEntry { path: "/c/tea&more".to_owned(), changed, pictures };
        let xml = write_pages("https://shop.example", &[entry]);
        assert_eq!(xml.matches("<url>").count(), 2);
        assert!(
            xml.contains("<loc>https://shop.example/zh/c/tea&amp;more</loc><lastmod>2026-11-23</lastmod>"),
            "{xml}"
        );
        assert_eq!(
            xml.matches("hreflang=\"zh-Hans\" href=\"https://shop.example/zh/c/tea&amp;more\"").count(),
            2
        );
        assert_eq!(xml.matches("<image:loc>https://shop.example/media/a.webp</image:loc>").count(), 2);
    }

    #[test]
    fn an_index_names_every_file() {
        let xml = write_index("https://shop.example", 3);
        assert!(xml.contains("<loc>https://shop.example/sitemaps/3.xml</loc>"), "{xml}");
        assert_eq!(xml.matches("<sitemap>").count(), 3);
    }
}
