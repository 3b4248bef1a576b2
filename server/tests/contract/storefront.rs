//! The shop window on both databases: pictures, neighbours, sales, collections, moved addresses, the lowest price.

use crate::support::{World, ZH};
use app::AppError;
use app::cart::model::AddToCart;
use app::catalog::model::{PageKind, SitemapPart};
use app::catalog::port::Catalog as _;
use app::kernel::{PageNumber, PublicId, Slug};
use app::payments::model::Reader;
use server::boot::services::{handlers, wire};
use server::catalog::import::import_folder;
use server::catalog::pictures::{Deriver, Form, Maker};
use server::catalog::service::CatalogService;
use server::catalog::storefront::jobs::CountSales;
use server::jobs::Handler as _;
use server::jobs::worker::Runner;
use server::on;
use server::platform::blobs::BlobName;

fn service(world: &World) -> CatalogService {
    CatalogService::new(&world.database, &world.platform)
}

fn slug(text: &str) -> Slug {
    Slug::parse(text).unwrap()
}

fn deriver(world: &World) -> Deriver {
    let (database, platform) = (world.database.clone(), world.platform.clone());
    Deriver { database, platform, maker: Maker::Program(env!("CARGO_BIN_EXE_jishi").into()) }
}

/// Why a picture has no forms.
async fn problem(conn: &mut server::db::Conn, file: &str) -> String {
    const SQL: &str = "SELECT problem FROM picture WHERE file = $1";
    match conn.handle() {
        server::db::Handle::Sqlite(c) => sqlx::query_scalar(SQL).bind(file).fetch_one(c).await.unwrap(),
        server::db::Handle::Postgres(c) => sqlx::query_scalar(SQL).bind(file).fetch_one(c).await.unwrap(),
    }
}

async fn with_neighbours(world: &World) {
    world.with_demo().await;
    run_jobs(world).await;
}

/// Sells all units of a product.
async fn sell_out(world: &World, slug: &str) {
    let page = service(world).product(ZH, &self::slug(slug)).await.unwrap();
    for variant in page.variants {
        let mut conn = world.database.read_latest().await.unwrap();
        let promised = on!(conn, inventory::list_levels_of_sku(&variant.sku)).unwrap()[0].allocated;
        drop(conn);
        let (database, platform) = (&world.database, &world.platform);
        server::inventory::cli::set(database, platform, &variant.sku, promised, "test").await.unwrap();
    }
}

/// Units sold of each product that was ever sold, which the days must add up to.
async fn sold(world: &World) -> Vec<i64> {
    let mut conn = world.database.read_latest().await.unwrap();
    let all = on!(conn, search::list_sold(None, 0)).unwrap();
    let most = on!(conn, storefront::list_most_bought("CNY", i64::MAX, 10)).unwrap();
    assert_eq!(all.len(), most.len());
    assert!(
        on!(conn, search::list_sold(None, i64::MAX)).unwrap().is_empty(),
        "nothing is sold in the future"
    );
    all.into_iter().map(|(_, units)| units).collect()
}

async fn run_jobs(world: &World) {
    let (database, platform) = (world.database.clone(), world.platform.clone());
    let handlers = handlers(&database, &platform, "http://shop.test");
    Runner { database, platform, handlers }.run_until_idle().await.unwrap();
}

/// The first product of the demo catalogue alone, changed, in the test's folder.
fn write_small_catalog(world: &World, change: impl FnOnce(&mut serde_json::Value)) {
    let demo = concat!(env!("CARGO_MANIFEST_DIR"), "/../demo");
    let text = std::fs::read(format!("{demo}/catalog.json")).unwrap();
    let mut file: serde_json::Value = serde_json::from_slice(&text).unwrap();
    file["products"].as_array_mut().unwrap().truncate(1);
    for category in file["categories"].as_array_mut().unwrap() {
        category["banner"] = serde_json::Value::Null;
    }
    file["home"]["hero"] = file["products"][0]["media"][0]["file"].clone();
    change(&mut file);
    std::fs::write(world.folder().join("catalog.json"), file.to_string()).unwrap();
    let media = world.folder().join("media");
    if !media.exists() {
        std::os::unix::fs::symlink(format!("{demo}/media"), media).unwrap();
    }
}

on_both! {
    async fn a_picture_is_made_in_every_width_once(world) {
        // Small, since a debug build takes seconds for a large one.
        image::RgbImage::from_pixel(400, 400, image::Rgb([90, 120, 110])).save(world.folder().join("pot.png")).unwrap();
        write_small_catalog(&world, |file| {
            let product = &mut file["products"][0];
            product["media"].as_array_mut().unwrap().truncate(1);
            product["media"][0]["file"] = "pot.png".into();
            product["media"][0]["width"] = 400.into();
            product["media"][0]["height"] = 400.into();
            for variant in product["variants"].as_array_mut().unwrap() {
                variant["images"] = serde_json::json!([]);
            }
            file["home"]["hero"] = "pot.png".into();
        });
        import_folder(&world.database, &world.platform, world.folder()).await.unwrap();
        let mut told = Vec::new();
        assert_eq!(deriver(&world).run(|progress| told.push(progress)).await.unwrap(), 1);
        assert_eq!(told.last().map(|progress| (progress.made, progress.waiting)), Some((1, 0)));
        let page = service(&world).product(ZH, &slug("celadon-teapot")).await.unwrap();
        let original = BlobName::parse(page.media[0].picture.src.rsplit('/').next().unwrap()).unwrap();
        for form in [Form::Width(160), Form::Width(320), Form::Share] {
            assert!(world.platform.blobs.has(&form.name(&original).unwrap()).await.unwrap(), "{form:?}");
        }
        import_folder(&world.database, &world.platform, world.folder()).await.unwrap();
        assert_eq!(deriver(&world).run(|_| {}).await.unwrap(), 0, "a second import makes nothing anew");
    }

    async fn a_picture_that_cannot_be_read_does_not_stop_the_others(world) {
        let blob = BlobName::parse("broken-1f.webp").unwrap();
        world.platform.blobs.put(&blob, b"no picture").await.unwrap();
        let mut tx = world.database.write().await.unwrap();
        on!(tx, storefront::note_picture("broken-1f.webp", 1)).unwrap();
        on!(tx, storefront::note_picture("gone-1f.webp", 2)).unwrap();
        tx.commit().await.unwrap();
        assert_eq!(deriver(&world).run(|_| {}).await.unwrap(), 2);
        let mut conn = world.database.read_latest().await.unwrap();
        assert_eq!(on!(conn, storefront::count_waiting_pictures()).unwrap(), 0);
        assert_eq!(problem(&mut conn, "broken-1f.webp").await, "The image format could not be determined");
        assert_eq!(problem(&mut conn, "gone-1f.webp").await, "the file is gone");
    }

    async fn a_shop_from_before_notes_the_pictures_it_has(world) {
        world.with_demo().await;
        let mut conn = world.database.read_latest().await.unwrap();
        let noted = on!(conn, storefront::count_pictures()).unwrap();
        drop(conn);
        let mut tx = world.database.write().await.unwrap();
        let sql = "DELETE FROM picture";
        match tx.handle() {
            server::db::Handle::Sqlite(c) => sqlx::query(sql).execute(c).await.map(drop).unwrap(),
            server::db::Handle::Postgres(c) => sqlx::query(sql).execute(c).await.map(drop).unwrap(),
        }
        tx.commit().await.unwrap();
        deriver(&world).note_what_was_there().await.unwrap();
        let mut conn = world.database.read_latest().await.unwrap();
        assert_eq!(on!(conn, storefront::count_pictures()).unwrap(), noted);
    }

    async fn neighbours_are_never_sold_out_and_never_the_product_itself(world) {
        with_neighbours(&world).await;
        let before = service(&world).product(ZH, &slug("celadon-teapot")).await.unwrap();
        assert!(!before.similar.is_empty() && !before.matches.is_empty());
        let category = before.crumbs.last().unwrap().slug.clone();
        for card in &before.similar {
            let other = service(&world).product(ZH, &slug(&card.slug)).await.unwrap();
            assert_eq!(other.crumbs.last().unwrap().slug, category);
            assert_ne!(card.slug, "celadon-teapot");
        }
        let gone = before.matches[0].slug.clone();
        sell_out(&world, &gone).await;
        let after = service(&world).product(ZH, &slug("celadon-teapot")).await.unwrap();
        assert!(after.matches.iter().all(|card| card.slug != gone && card.in_stock), "{gone}");
    }

    async fn what_was_bought_most_comes_from_orders(world) {
        world.with_demo().await;
        assert!(service(&world).home(ZH).await.unwrap().popular.is_empty());
        let services = wire(&world.database, &world.platform);
        for _ in 0..2 {
            let guest = world.guest();
            services.carts.add(&guest, ZH, &AddToCart::parse("JS-TK01-CELADO", "3").unwrap()).await.unwrap();
            services.checkout.place(&guest, ZH, &crate::orders::form().parse().unwrap()).await.unwrap();
        }
        run_jobs(&world).await;
        let mut conn = world.database.read_latest().await.unwrap();
        let rows = on!(conn, storefront::list_most_bought("CNY", i64::MAX, 10)).unwrap();
        assert_eq!(rows.len(), 1);
        drop(conn);
        let popular = service(&world).home(ZH).await.unwrap().popular;
        assert_eq!(popular.iter().map(|card| card.slug.as_str()).collect::<Vec<_>>(), ["celadon-teapot"]);
        sell_out(&world, "celadon-teapot").await;
        assert!(service(&world).home(ZH).await.unwrap().popular.is_empty(), "nobody can buy it");
    }

    async fn an_order_counts_once_among_the_sales_and_no_longer_when_it_is_cancelled(world) {
        world.with_demo().await;
        let services = wire(&world.database, &world.platform);
        let mut orders = Vec::new();
        for quantity in ["3", "2"] {
            let guest = world.guest();
            services.carts.add(&guest, ZH, &AddToCart::parse("JS-TK01-CELADO", quantity).unwrap()).await.unwrap();
            let placed = services.checkout.place(&guest, ZH, &crate::orders::form().parse().unwrap()).await.unwrap();
            orders.push((guest, PublicId::parse("or", &placed.order).unwrap()));
        }
        run_jobs(&world).await;
        assert_eq!(sold(&world).await, [5]);
        let (guest, id) = orders[0].clone();
        let mut conn = world.database.read_latest().await.unwrap();
        let order = on!(conn, orders::find_by_public_id(id.as_str())).unwrap().unwrap().id;
        drop(conn);
        let count = CountSales { database: world.database.clone() };
        count.run(&order.to_string()).await.unwrap();
        assert_eq!(sold(&world).await, [5], "the same event twice counts once");
        services.payments.cancel(&Reader { guest: Some(guest), key: None }, &id).await.unwrap();
        run_jobs(&world).await;
        count.run(&order.to_string()).await.unwrap();
        assert_eq!(sold(&world).await, [2]);
        assert!(count.run("no order").await.is_err());
    }

    async fn a_collection_holds_what_its_rule_picks(world) {
        world.with_demo().await;
        let service = service(&world);
        let first = PageNumber::FIRST;
        let offers = service.collection(ZH, &slug("offers"), first).await.unwrap();
        assert!(!offers.products.items.is_empty());
        assert!(offers.products.items.iter().all(|card| card.compare_at.is_some()));
        let gifts = service.collection(ZH, &slug("gifts"), first).await.unwrap();
        assert!(!gifts.products.items.is_empty());
        assert!(gifts.products.items.iter().all(|card| card.price.minor <= 20_000 && card.in_stock));
        assert_eq!(gifts.others.len(), 2);
        let unknown = service.collection(ZH, &slug("nothing"), first).await.unwrap_err();
        let beyond = service.collection(ZH, &slug("gifts"), PageNumber::parse("99").unwrap()).await.unwrap_err();
        assert_eq!((unknown, beyond), (AppError::NotFound, AppError::NotFound));
        assert_eq!(service.collections(ZH).await.unwrap().len(), 3);
    }

    async fn new_things_leave_the_collection_of_new_things_by_themselves(world) {
        world.with_demo().await;
        let total = async || service(&world).collection(ZH, &slug("new"), PageNumber::FIRST).await.unwrap().products.total;
        let now = total().await;
        world.parts.clock.advance(time::Duration::days(4000));
        assert_eq!(total().await, 0);
        assert!(now <= 48);
    }

    async fn a_product_with_another_key_is_found_by_its_old_one(world) {
        write_small_catalog(&world, |_| {});
        import_folder(&world.database, &world.platform, world.folder()).await.unwrap();
        write_small_catalog(&world, |file| file["products"][0]["slug"] = "green-teapot".into());
        import_folder(&world.database, &world.platform, world.folder()).await.unwrap();
        let service = service(&world);
        assert_eq!(service.product(ZH, &slug("celadon-teapot")).await.unwrap_err(), AppError::NotFound);
        assert_eq!(service.moved(PageKind::Product, &slug("celadon-teapot")).await.unwrap().as_deref(), Some("green-teapot"));
        assert_eq!(service.product(ZH, &slug("green-teapot")).await.unwrap().title, "青瓷提梁壶");
        write_small_catalog(&world, |_| {});
        import_folder(&world.database, &world.platform, world.folder()).await.unwrap();
        assert_eq!(service.moved(PageKind::Product, &slug("celadon-teapot")).await.unwrap(), None, "the old key is the present one again");
        assert_eq!(service.moved(PageKind::Product, &slug("green-teapot")).await.unwrap().as_deref(), Some("celadon-teapot"));
    }

    async fn the_lowest_price_of_the_thirty_days_before_a_reduction_is_told(world) {
        let change_to = async |price: i64, days: i64| {
            world.parts.clock.advance(time::Duration::days(days));
            write_small_catalog(&world, |file| file["products"][0]["variants"][0]["price"]["CNY"] = price.into());
            import_folder(&world.database, &world.platform, world.folder()).await.unwrap();
        };
        let lowest = async || {
            let page = service(&world).product(ZH, &slug("celadon-teapot")).await.unwrap();
            page.variants[0].lowest_before.map(|money| money.minor)
        };
        change_to(40_000, 0).await;
        assert_eq!(lowest().await, Some(40_000), "there was no other price yet");
        change_to(45_000, 10).await;
        change_to(44_000, 10).await;
        change_to(43_000, 25).await;
        assert_eq!(lowest().await, Some(44_000), "40,000 was over more than 30 days ago, 45,000 was not lower");
        change_to(42_000, 1).await;
        assert_eq!(lowest().await, Some(43_000));
    }

    async fn the_feed_and_the_sitemap_go_through_everything_part_by_part(world) {
        world.with_demo().await;
        let service = service(&world);
        let items = service.feed(ZH, "").await.unwrap();
        assert_eq!(items.len(), 135);
        assert!(items.iter().all(|item| !item.pictures.is_empty() && item.price.minor > 0));
        let last = items.last().unwrap().slug.clone();
        assert!(service.feed(ZH, &last).await.unwrap().is_empty());
        let products = service.sitemap(SitemapPart::Products { after: String::new() }).await.unwrap();
        assert_eq!(products.len(), 48);
        assert!(products.iter().all(|entry| !entry.pictures.is_empty()));
        assert_eq!(service.sitemap_cuts(20).await.unwrap().len(), 3);
        assert_eq!(service.sitemap_cuts(48).await.unwrap(), [String::new()]);
    }

    async fn cards_are_given_for_known_keys_in_the_order_asked_for(world) {
        world.with_demo().await;
        let asked: Vec<Slug> = ["stoneware-mug", "nothing", "celadon-teapot"].map(slug).into();
        let cards = service(&world).seen(ZH, &asked).await.unwrap();
        assert_eq!(cards.iter().map(|card| card.slug.as_str()).collect::<Vec<_>>(), ["stoneware-mug", "celadon-teapot"]);
        assert!(service(&world).seen(ZH, &[]).await.unwrap().is_empty());
    }
}
