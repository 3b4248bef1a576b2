//! The product's structured data (schema.org): what search engines show of it.

use crate::RequestCx;
use crate::catalog::model::{ProductPage, VariantView};
use crate::catalog::schema::breadcrumb_list;
use crate::i18n::fmt;
use crate::routes::href;
use crate::ui::meta::{question, rooted};
use serde_json::{Value, json};

/// `Product` with an `Offer` per variant, the `BreadcrumbList` and the questions as a `FAQPage`.
pub(super) fn graph(cx: &RequestCx, content: &ProductPage) -> Value {
    let here = (content.title.as_str(), href::product(cx.locale, &content.slug));
    let way = breadcrumb_list(&cx.base_url, cx.locale, &content.crumbs, here);
    let mut graph = vec![product(cx, content), way];
    if !content.faq.is_empty() {
        let entities: Vec<Value> = content.faq.iter().map(|(asked, said)| question(asked, said)).collect();
        graph.push(json!({"@type": "FAQPage", "mainEntity": entities}));
    }
    json!({"@context": "https://schema.org", "@graph": graph})
}

fn product(cx: &RequestCx, content: &ProductPage) -> Value {
    let url = format!("{}{}", cx.base_url, href::product(cx.locale, &content.slug));
    let images: Vec<String> = content
        .media
        .iter()
        .filter(|media| !media.is_video)
        .map(|media| format!("{}{}", cx.base_url, rooted(&media.picture.shared())))
        .collect();
    let offers: Vec<Value> = content.variants.iter().map(|variant| offer(&url, variant)).collect();
    json!({
        "@type": "Product",
        "name": content.title,
        "description": content.description.join("\n\n"),
        "brand": {"@type": "Brand", "name": content.brand},
        "image": images,
        "url": url,
        "offers": offers,
    })
}

fn offer(url: &str, variant: &VariantView) -> Value {
    let options: Vec<String> = variant.options.iter().map(|(key, value)| format!("{key}={value}")).collect();
    let address = if options.is_empty() { url.to_owned() } else { format!("{url}?{}", options.join("&")) };
    let availability = if variant.available > 0 { "InStock" } else { "OutOfStock" };
    let mut offer = json!({
        "@type": "Offer",
        "sku": variant.sku,
        "price": fmt::decimal(variant.price),
        "priceCurrency": variant.price.currency.code(),
        "availability": format!("https://schema.org/{availability}"),
        "itemCondition": "https://schema.org/NewCondition",
        "url": address,
    });
    // Numbers of the in-house range (they begin with 2) are nobody else's article numbers.
    let public = variant.barcode.as_deref().filter(|code| !code.starts_with('2'));
    if let (Some(code), Some(fields)) = (public, offer.as_object_mut()) {
        fields.insert("gtin13".to_owned(), json!(code));
    }
    offer
}

#[cfg(test)]
mod unit {
    use super::super::tests::pot;
    use super::*;

    #[test]
    fn an_offer_tells_price_and_availability_of_its_variant() {
        let pot = pot();
        let offer = offer("https://shop.example/en/p/pot", &pot.variants[2]);
        assert_eq!(offer["price"], "62.00");
        assert_eq!(offer["availability"], "https://schema.org/OutOfStock");
        assert_eq!(offer["url"], "https://shop.example/en/p/pot?style=blue&size=s");
        assert!(offer.get("gtin13").is_none(), "in-house numbers are not published");
    }
}
