//! The shop window through the router: forms of pictures, currency, moved addresses, the feed, the sitemap, help.

use crate::shop::{BASE, Shop};
use http::{Request, StatusCode};
use server::catalog::import::import_folder;
use server::catalog::pictures::Form;
use server::http::Outside;
use server::http::rate::RateLimit;
use server::on;
use server::platform::blobs::BlobName;
use std::sync::Arc;

#[tokio::test]
async fn a_form_that_is_not_made_yet_is_the_original_for_a_moment() {
    let shop = Shop::open().await;
    let original = BlobName::parse("pot-1f2e.webp").unwrap();
    shop.world.platform.blobs.put(&original, b"original").await.unwrap();
    let waiting = shop.read("/media/640/pot-1f2e.webp").await;
    assert_eq!((waiting.status, waiting.text()), (StatusCode::OK, "original"));
    assert_eq!(waiting.header("cache-control"), "public, max-age=20");
    assert_eq!(waiting.header("etag"), "");
    let made = Form::Width(640).name(&original).unwrap();
    shop.world.platform.blobs.put(&made, b"small").await.unwrap();
    let ready = shop.read("/media/640/pot-1f2e.webp").await;
    assert_eq!((ready.text(), ready.header("content-type")), ("small", "image/webp"));
    assert_eq!(ready.header("cache-control"), "public, max-age=31536000, immutable");
    for path in
        ["/media/641/pot-1f2e.webp", "/media/640/nothing.webp", "/media/640/..%2fjishi.db", "/media/x/y/z"]
    {
        assert_eq!(shop.read(path).await.status, StatusCode::NOT_FOUND, "{path}");
    }
}

#[tokio::test]
async fn a_currency_is_chosen_by_a_plain_form_and_prices_follow() {
    let shop = Shop::open().await;
    let answer = shop.submit("/api/currency", "currency=USD").await;
    assert_eq!((answer.status, answer.header("location")), (StatusCode::SEE_OTHER, "/zh/p/x?from=test"));
    let cookie = answer.header("set-cookie").to_owned();
    assert!(
        cookie.starts_with("jishi_currency=USD; Path=/; Max-Age=") && cookie.contains("SameSite=Lax"),
        "{cookie}"
    );
    let request = Request::get("/zh/p/celadon-teapot")
        .header("accept", "text/html")
        .header("cookie", "jishi_currency=USD");
    let page = shop.send(request, "").await;
    assert!(page.text().contains("US$62.00") && page.text().contains("data-currency=\"USD\""));
    for wrong in ["currency=KWD", "currency=", "", "currency=usd%0d%0aSet-Cookie:%20a=b"] {
        let refused = shop.submit("/api/currency", wrong).await;
        assert!(refused.status.is_client_error(), "{wrong}: {}", refused.status);
        assert_eq!(refused.header("set-cookie"), "", "{wrong}");
    }
}

#[tokio::test]
async fn another_site_cannot_choose_the_currency() {
    let shop = Shop::open().await;
    let request = crate::shop::form_request("/api/currency").header("sec-fetch-site", "cross-site");
    assert_eq!(shop.send(request, "currency=USD").await.status, StatusCode::FORBIDDEN);
}

#[tokio::test]
async fn an_old_address_leads_to_the_present_one_in_its_language_with_its_query() {
    let shop = Shop::open().await;
    let mut conn = shop.world.database.read_latest().await.unwrap();
    let owner = on!(conn, storefront::list_owners(&["JS-TK01-CELADO"])).unwrap().remove(0);
    drop(conn);
    let mut tx = shop.world.database.write().await.unwrap();
    on!(tx, storefront::rename_product(owner.product_id, &owner.slug, "green-teapot", 1)).unwrap();
    tx.commit().await.unwrap();
    let moved = shop.browse("/zh/p/celadon-teapot?style=ivory").await;
    assert_eq!(
        (moved.status, moved.header("location")),
        (StatusCode::MOVED_PERMANENTLY, "/zh/p/green-teapot?style=ivory")
    );
    assert_eq!(shop.browse("/zh/p/green-teapot").await.status, StatusCode::OK);
    assert_eq!(shop.browse("/zh/p/never-was").await.status, StatusCode::NOT_FOUND);
}

#[tokio::test]
async fn renamed_categories_and_collections_are_found_at_their_old_addresses() {
    let shop = Shop::open().await;
    crate::support::write_catalog(&shop.world, |file| {
        let top = &mut file["categories"][0];
        assert_eq!(top["slug"], "tea-kitchen");
        (top["slug"], top["formerly"]) = ("tea".into(), serde_json::json!(["tea-kitchen"]));
        let below = file["categories"]
            .as_array_mut()
            .unwrap()
            .iter_mut()
            .filter(|entry| entry["parent"] == "tea-kitchen");
        below.for_each(|entry| entry["parent"] = "tea".into());
        file["collections"] = serde_json::json!([{
            "slug": "sale", "formerly": ["offers"], "name": {"zh": "优惠", "en": "Sale"}, "rule": {"is_offer": true},
        }]);
    });
    import_folder(&shop.world.database, &shop.world.platform, shop.world.folder()).await.unwrap();
    for (old, new) in [
        ("/en/c/tea-kitchen", "/en/c/tea"),
        (
            "/zh/c/tea-kitchen?o-colour=white&sort=price&q=%E5%A3%B6",
            "/zh/c/tea?o-colour=white&sort=price&q=%E5%A3%B6",
        ),
        ("/en/collections/offers", "/en/collections/sale"),
        ("/zh/collections/offers?page=1", "/zh/collections/sale?page=1"),
    ] {
        let moved = shop.browse(old).await;
        assert_eq!((moved.status, moved.header("location")), (StatusCode::MOVED_PERMANENTLY, new), "{old}");
        assert_eq!(shop.browse(new).await.status, StatusCode::OK, "{new}");
    }
    for nowhere in
        ["/zh/c/offers", "/zh/collections/tea-kitchen", "/en/c/never-was", "/en/c/tea?page=999", "/zh/c/"]
    {
        assert_eq!(shop.browse(nowhere).await.status, StatusCode::NOT_FOUND, "{nowhere}");
    }
}

#[tokio::test]
async fn the_feed_is_well_formed_and_names_every_article() {
    let shop = Shop::open().await;
    let feed = shop.read("/en/feed.xml").await;
    assert_eq!(
        (feed.status, feed.header("content-type")),
        (StatusCode::OK, "application/rss+xml; charset=utf-8")
    );
    assert_eq!(feed.text().matches("<item>").count(), 135);
    assert_eq!(feed.text().matches("</item>").count(), 135);
    assert!(feed.text().ends_with("</channel></rss>\n") && feed.text().contains(" USD</g:price>"));
    assert!(shop.read("/zh/feed.xml").await.text().contains(" CNY</g:price>"));
    assert_eq!(shop.read("/xx/feed.xml").await.status, StatusCode::NOT_FOUND);
}

#[tokio::test]
async fn the_sitemap_has_pages_of_every_kind_with_their_pictures() {
    let shop = Shop::open().await;
    let map = shop.read("/sitemap.xml").await;
    for path in [
        "/zh",
        "/en/categories",
        "/zh/help/returns",
        "/en/collections/gifts",
        "/zh/c/teaware",
        "/en/p/celadon-teapot",
    ] {
        assert!(map.text().contains(&format!("<loc>{BASE}{path}</loc>")), "{path}");
    }
    assert!(map.text().contains("<image:loc>") && map.text().ends_with("</urlset>\n"));
    assert_eq!(shop.read("/sitemaps/1.xml").await.text(), map.text());
    for path in ["/sitemap.xml", "/en/feed.xml"] {
        let packed = shop.send(Request::get(path).header("accept-encoding", "br"), "").await;
        assert_eq!((packed.status, packed.header("content-encoding")), (StatusCode::OK, "br"), "{path}");
    }
    for path in ["/sitemaps/0.xml", "/sitemaps/2.xml", "/sitemaps/x.xml", "/sitemaps/1"] {
        assert_eq!(shop.read(path).await.status, StatusCode::NOT_FOUND, "{path}");
    }
}

#[tokio::test]
async fn a_sitemap_of_several_files_names_every_product_once_in_each_language() {
    let shop = Shop::with(BASE, |mut state| {
        state.outside = Arc::new(Outside { sitemap_products: 20, ..Outside::at(BASE) });
        state.with_rates(RateLimit::Off)
    })
    .await;
    let whole = Shop::open().await.read("/sitemap.xml").await;
    let index = shop.read("/sitemap.xml").await;
    assert!(index.text().ends_with("</sitemapindex>\n") && !index.text().contains("/p/"), "{}", index.text());
    let mut places = Vec::new();
    for number in 1..=3 {
        assert!(
            index.text().contains(&format!("<loc>{BASE}/sitemaps/{number}.xml</loc>")),
            "{}",
            index.text()
        );
        let file = shop.read(&format!("/sitemaps/{number}.xml")).await;
        assert!(file.text().starts_with("<?xml") && file.text().ends_with("</urlset>\n"), "{number}");
        assert_eq!(
            file.text().contains(&format!("<loc>{BASE}/en/categories</loc>")),
            number == 1,
            "{number}"
        );
        let products = places_of(file.text()).filter(|place| place.contains("/p/")).count();
        assert_eq!(products, if number < 3 { 40 } else { 16 }, "{number}");
        places.extend(places_of(file.text()).map(str::to_owned));
    }
    assert_eq!(
        places,
        places_of(whole.text()).collect::<Vec<_>>(),
        "together they are what one file would be"
    );
    assert_eq!(shop.read("/sitemaps/4.xml").await.status, StatusCode::NOT_FOUND);
    assert!(!index.text().contains("/sitemaps/4.xml"));
}

/// The pages that a sitemap names.
fn places_of(map: &str) -> impl Iterator<Item = &str> {
    map.split("<url><loc>").skip(1).filter_map(|rest| rest.split_once("</loc>")).map(|(place, _)| place)
}

#[tokio::test]
async fn every_page_of_the_shop_window_answers_in_both_languages() {
    let shop = Shop::open().await;
    for path in [
        "/categories",
        "/collections/new",
        "/collections/offers",
        "/help/shipping",
        "/help/privacy",
        "/seen?p=celadon-teapot",
        "/cart/drawer",
        "/offline",
    ] {
        for language in ["/zh", "/en"] {
            let page = shop.browse(&format!("{language}{path}")).await;
            assert_eq!(page.status, StatusCode::OK, "{language}{path}");
            assert_eq!(page.text().matches("<h1").count(), 1, "{language}{path}");
        }
    }
    for path in [
        "/zh/help/nothing",
        "/zh/collections/nothing",
        "/en/collections/new?page=0",
        "/en/collections/new?page=999",
    ] {
        assert_eq!(shop.browse(path).await.status, StatusCode::NOT_FOUND, "{path}");
    }
    assert!(
        shop.browse("/en/seen?p=celadon-teapot,%3Cscript%3E,nothing")
            .await
            .text()
            .contains("Celadon Bail-Handle Teapot")
    );
}

#[tokio::test]
async fn the_first_picture_of_a_product_is_asked_for_in_the_head() {
    let shop = Shop::open().await;
    let page = shop.browse("/en/p/celadon-teapot").await;
    let head = page.text().split("</head>").next().unwrap();
    assert!(
        head.contains("rel=\"preload\"") && head.contains("imagesrcset=\"/media/480/celadon-teapot-hero-"),
        "{head}"
    );
    assert!(
        head.contains("property=\"og:type\" content=\"product\"") || head.contains("content=\"product\""),
        "{head}"
    );
    assert!(page.text().contains("\"FAQPage\"") && page.text().contains("/media/share/celadon-teapot-hero-"));
}

#[tokio::test]
async fn the_offline_helper_may_ask_the_shop_and_nothing_else() {
    let shop = Shop::open().await;
    let policy = shop.read("/sw.js").await.header("content-security-policy").to_owned();
    assert!(policy.contains("connect-src 'self'") && policy.starts_with("default-src 'none'"), "{policy}");
    assert!(shop.browse("/zh").await.header("content-security-policy").contains("worker-src 'self'"));
}
