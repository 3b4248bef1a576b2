//! What search engines read on pages: the structured data that is in their HTML, not what some function would make.

use crate::shop::{BASE, Shop};
use serde_json::Value;

/// Everything of a type in the structured data of a page.
async fn found(shop: &Shop, path: &str, kind: &str) -> Vec<Value> {
    let page = shop.browse(path).await;
    assert_eq!(page.status, 200, "{path}");
    let scripts = page.text().split("<script type=\"application/ld+json\">").skip(1);
    let graphs = scripts.map(|rest| {
        let data: Value = serde_json::from_str(rest.split("</script>").next().unwrap()).unwrap();
        assert_eq!(data["@context"], "https://schema.org", "{path}");
        data["@graph"].as_array().expect("a page has one graph").clone()
    });
    graphs.flatten().filter(|node| node["@type"] == kind).collect()
}

/// The one of its type.
async fn one(shop: &Shop, path: &str, kind: &str) -> Value {
    let mut all = found(shop, path, kind).await;
    assert_eq!(all.len(), 1, "{kind} on {path}: {all:?}");
    all.remove(0)
}

#[tokio::test]
async fn the_way_to_a_page_is_told_on_every_page_that_shows_it() {
    let shop = Shop::open().await;
    for (path, way) in [
        ("/en/c/tea-kitchen", vec!["/en", "/en/c/tea-kitchen"]),
        ("/zh/c/teaware", vec!["/zh", "/zh/c/tea-kitchen", "/zh/c/teaware"]),
        ("/en/c/teaware?sort=price", vec!["/en", "/en/c/tea-kitchen", "/en/c/teaware"]),
        ("/zh/collections/gifts", vec!["/zh", "/zh/collections/gifts"]),
        ("/en/categories", vec!["/en", "/en/categories"]),
        ("/en/p/celadon-teapot", vec!["/en", "/en/c/tea-kitchen", "/en/c/teaware", "/en/p/celadon-teapot"]),
    ] {
        let list = one(&shop, path, "BreadcrumbList").await;
        let items = list["itemListElement"].as_array().unwrap();
        let addresses: Vec<&str> = items.iter().map(|item| item["item"].as_str().unwrap()).collect();
        assert_eq!(addresses, way.iter().map(|path| format!("{BASE}{path}")).collect::<Vec<_>>(), "{path}");
        for (index, item) in items.iter().enumerate() {
            assert_eq!(item["position"], index + 1, "{path}");
            assert!(!item["name"].as_str().unwrap().is_empty(), "{path}");
        }
    }
}

#[tokio::test]
async fn the_home_page_tells_who_the_shop_is_and_how_to_search_it() {
    let shop = Shop::open().await;
    for (locale, name) in [("zh", "集市"), ("en", "Jishi")] {
        let path = format!("/{locale}");
        let organisation = one(&shop, &path, "Organization").await;
        assert_eq!(organisation["url"], format!("{BASE}/{locale}"));
        let logo = organisation["logo"].as_str().unwrap().strip_prefix(BASE).unwrap();
        assert_eq!(logo, "/icon-512.png");
        let site = one(&shop, &path, "WebSite").await;
        assert_eq!((&site["name"], &site["publisher"]["@id"]), (&name.into(), &organisation["@id"]));
        let action = &site["potentialAction"];
        assert_eq!(action["@type"], "SearchAction");
        assert_eq!(action["query-input"], "required name=search_term_string");
        let target = action["target"].as_str().unwrap();
        assert_eq!(target, format!("{BASE}/{locale}/search?q={{search_term_string}}"));
        let asked = target.replace("{search_term_string}", "teapot");
        let hits = shop.browse(asked.strip_prefix(BASE).unwrap()).await;
        assert!(
            hits.text().contains(&format!("/{locale}/p/celadon-teapot")),
            "the address that is told does search"
        );
    }
}

#[tokio::test]
async fn a_product_is_told_with_an_offer_for_every_version() {
    let shop = Shop::open().await;
    for (locale, currency, price) in [("zh", "CNY", "428.00"), ("en", "USD", "62.00")] {
        let path = format!("/{locale}/p/celadon-teapot");
        let product = one(&shop, &path, "Product").await;
        assert_eq!(product["url"], format!("{BASE}{path}"));
        assert!(
            !product["name"].as_str().unwrap().is_empty()
                && !product["description"].as_str().unwrap().is_empty()
        );
        assert_eq!(product["brand"]["@type"], "Brand");
        let images = product["image"].as_array().unwrap();
        assert!(!images.is_empty() && images.iter().all(|image| image.as_str().unwrap().starts_with(BASE)));
        let offers = product["offers"].as_array().unwrap();
        let skus: Vec<&str> = offers.iter().map(|offer| offer["sku"].as_str().unwrap()).collect();
        assert_eq!((skus.len(), skus[0]), (3, "JS-TK01-CELADO"));
        assert_eq!((&offers[0]["price"], &offers[0]["priceCurrency"]), (&price.into(), &currency.into()));
        for offer in offers {
            assert_eq!((&offer["@type"], &offer["priceCurrency"]), (&"Offer".into(), &currency.into()));
            assert_eq!(offer["availability"], "https://schema.org/InStock");
            let address = offer["url"].as_str().unwrap().strip_prefix(BASE).unwrap();
            let page = shop.browse(address).await;
            let field = format!("value=\"{}\"", offer["sku"].as_str().unwrap());
            assert!(page.text().contains(&field), "{address} is the page of that version");
        }
    }
}
