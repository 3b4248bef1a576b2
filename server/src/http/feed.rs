//! `/{l}/feed.xml`: every article on sale as RSS with the fields that shopping services read. Written part by part,
//! so that a large catalogue does not fill the memory.

use super::AppState;
use super::problem::Problem;
use super::sitemap::escape;
use app::AppError;
use app::catalog::model::{FeedItem, View};
use app::i18n::{common, fmt};
use app::kernel::Locale;
use app::routes::href;
use axum::body::Body;
use axum::extract::{Path, State};
use axum::response::{IntoResponse, Response};
use futures::{StreamExt as _, stream};
use http::header::{CACHE_CONTROL, CONTENT_TYPE};
use std::fmt::Write as _;

/// Where the writing is.
enum Step {
    Head,
    /// Articles behind this product.
    Items(String),
    End,
}

/// The feed in the language's own currency.
pub(super) async fn feed(
    State(state): State<AppState>,
    Path(locale): Path<String>,
) -> Result<Response, Problem> {
    let locale = Locale::from_code(&locale).ok_or(Problem::App(AppError::NotFound))?;
    let parts = stream::unfold((state, Step::Head), move |(state, step)| async move {
        let (text, next) = part(&state, locale, step).await?;
        Some((text, (state, next)))
    });
    // Compression asks once more after the end, which only a fused stream bears.
    let parts = parts.fuse();
    let headers =
        [(CONTENT_TYPE, "application/rss+xml; charset=utf-8"), (CACHE_CONTROL, "public, max-age=600")];
    Ok((headers, Body::from_stream(parts)).into_response())
}

/// The next part with the step behind it; `None` at the end. A broken feed must not look whole, so an error ends it.
async fn part(state: &AppState, locale: Locale, step: Step) -> Option<(Result<String, AppError>, Step)> {
    let base = &state.outside.base_url;
    match step {
        Step::Head => Some((Ok(head(base, locale)), Step::Items(String::new()))),
        Step::Items(after) => {
            let view = View { locale, currency: locale.default_currency() };
            match state.services.catalog.feed(view, &after).await {
                Ok(items) => match items.last() {
                    Some(last) => {
                        let next = Step::Items(last.slug.clone());
                        Some((Ok(items.iter().map(|item| entry(base, locale, item)).collect()), next))
                    }
                    None => Some((Ok("</channel></rss>\n".to_owned()), Step::End)),
                },
                Err(error) => Some((Err(error), Step::End)),
            }
        }
        Step::End => None,
    }
}

fn head(base: &str, locale: Locale) -> String {
    format!(
        "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<rss version=\"2.0\" xmlns:g=\"http://base.google.com/ns/1.0\"><channel>\
         <title>{}</title><link>{}</link><description>{}</description>\n",
        escape(common::site_title(locale)),
        escape(&format!("{base}{}", href::home(locale))),
        escape(common::tagline(locale)),
    )
}

fn entry(base: &str, locale: Locale, item: &FeedItem) -> String {
    let pairs: Vec<String> = item.options.iter().map(|(key, value)| format!("{key}={value}")).collect();
    let query = if pairs.is_empty() { String::new() } else { format!("?{}", pairs.join("&")) };
    let title = match item.options_text.as_str() {
        "" => item.title.clone(),
        options => format!("{} · {options}", item.title),
    };
    let money = |money| format!("{} {}", fmt::decimal(money), money.currency.code());
    let availability = if item.available > 0 { "in_stock" } else { "out_of_stock" };
    let mut xml = String::from("<item>");
    let mut tag = |name: &str, value: &str| {
        let _ = write!(xml, "<{name}>{}</{name}>", escape(value));
    };
    tag("g:id", &item.sku);
    tag("title", &title);
    tag("description", &item.description);
    tag("link", &format!("{base}{}{query}", href::product(locale, &item.slug)));
    if let Some(share) = &item.share {
        tag("g:image_link", &format!("{base}{share}"));
    }
    for picture in item.pictures.iter().skip(1).take(10) {
        tag("g:additional_image_link", &format!("{base}{picture}"));
    }
    tag("g:availability", availability);
    tag("g:price", &money(item.compare_at.unwrap_or(item.price)));
    if item.compare_at.is_some() {
        tag("g:sale_price", &money(item.price));
    }
    tag("g:condition", "new");
    tag("g:brand", &item.brand);
    tag("g:product_type", &item.category);
    tag("g:item_group_id", &item.slug);
    tag("g:shipping_weight", &format!("{} g", item.weight_g));
    // Numbers of the in-house range (they begin with 2) are nobody else's article numbers.
    match item.barcode.as_deref().filter(|code| !code.starts_with('2')) {
        Some(code) => tag("g:gtin", code),
        None => tag("g:identifier_exists", "no"),
    }
    xml.push_str("</item>\n");
    xml
}

#[cfg(test)]
mod tests {
    use super::*;
    use app::kernel::{Currency, Money};

    #[test]
    fn a_reduced_article_tells_both_prices_and_its_own_address() {
        let item = FeedItem {
            sku: "P-1".into(),
            slug: "pot".into(),
            title: "Pot & lid".into(),
            options_text: "Red".into(),
            options: vec![("style".into(), "red".into())],
            description: "Round.".into(),
            brand: "Kiln".into(),
            category: "Tea".into(),
            pictures: vec!["/media/a.webp".into(), "/media/b.webp".into()],
            share: Some("/media/share/a.webp".into()),
            barcode: Some("2000092372113".into()),
            weight_g: 640,
            price: Money::new(6200, Currency::Usd),
            compare_at: Some(Money::new(7200, Currency::Usd)),
            available: 0,
        };
        let xml = entry("https://shop.example", Locale::En, &item);
        for part in [
            "<title>Pot &amp; lid · Red</title>",
            "<link>https://shop.example/en/p/pot?style=red</link>",
            "<g:image_link>https://shop.example/media/share/a.webp</g:image_link>",
            "<g:additional_image_link>https://shop.example/media/b.webp</g:additional_image_link>",
            "<g:price>72.00 USD</g:price><g:sale_price>62.00 USD</g:sale_price>",
            "<g:availability>out_of_stock</g:availability>",
            "<g:identifier_exists>no</g:identifier_exists>",
        ] {
            assert!(xml.contains(part), "{part} in {xml}");
        }
    }
}
