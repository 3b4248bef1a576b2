//! Import and reading of the catalogue.

use crate::support::{ZH, write_catalog};
use app::AppError;
use app::catalog::model::{ProductId, SitemapPart, View};
use app::catalog::port::Catalog as _;
use app::kernel::{Currency, Locale, Slug};
use server::catalog::import::{import_demo, import_folder, is_empty};
use server::catalog::service::CatalogService;
use server::on;

fn service(world: &crate::support::World) -> CatalogService {
    CatalogService::new(&world.database, &world.platform)
}

fn slug(text: &str) -> Slug {
    Slug::parse(text).unwrap()
}

on_both! {
    async fn the_demo_catalogue_is_imported_once(world) {
        assert!(is_empty(&world.database).await.unwrap());
        let first = import_demo(&world.database, &world.platform).await.unwrap();
        assert_eq!((first.categories, first.products, first.variants), (21, 48, 135));
        assert!(!is_empty(&world.database).await.unwrap());
        let second = import_demo(&world.database, &world.platform).await.unwrap();
        assert_eq!(second.received, 0, "stock must not be received twice");
        let mut conn = world.database.read_latest().await.unwrap();
        assert_eq!(on!(conn, catalog::count_all()).unwrap(), 48);
        assert!(server::check::run(&world.database).await.unwrap().is_healthy());
    }

    async fn a_product_is_read_as_it_was_imported(world) {
        world.with_demo().await;
        let page = service(&world).product(ZH, &slug("celadon-teapot")).await.unwrap();
        assert_eq!((page.title.as_str(), page.variants.len(), page.options.len()), ("青瓷提梁壶", 3, 1));
        assert_eq!(page.variants[0].price.minor, 42_800);
        assert_eq!(page.variants[0].compare_at.map(|money| money.minor), Some(49_800));
        assert_eq!(page.variants[0].available, 139);
        assert_eq!(page.crumbs.iter().map(|crumb| crumb.slug.as_str()).collect::<Vec<_>>(), ["tea-kitchen", "teaware"]);
        assert!(page.media.iter().any(|media| media.is_video));
        assert!(page.similar.iter().all(|card| card.slug != "celadon-teapot") && !page.similar.is_empty());
        let english = View { locale: Locale::En, currency: Currency::Usd };
        let page = service(&world).product(english, &slug("celadon-teapot")).await.unwrap();
        assert_eq!((page.title.as_str(), page.variants[0].price.minor), ("Celadon Bail-Handle Teapot", 6200));
    }

    async fn unknown_things_are_not_found(world) {
        world.with_demo().await;
        let service = service(&world);
        assert_eq!(service.product(ZH, &slug("nothing")).await.unwrap_err(), AppError::NotFound);
        assert_eq!(service.category(ZH, &slug("nothing")).await.unwrap_err(), AppError::NotFound);
        let yen = View { currency: Currency::Jpy, ..ZH };
        assert_eq!(service.product(yen, &slug("celadon-teapot")).await.unwrap_err(), AppError::NotFound);
    }

    async fn a_category_knows_its_parent_and_children(world) {
        world.with_demo().await;
        let top = service(&world).category(ZH, &slug("tea-kitchen")).await.unwrap();
        let child = service(&world).category(ZH, &slug("teaware")).await.unwrap();
        assert!(top.category.children.iter().any(|link| link.slug == "teaware") && top.parent.is_none());
        assert_eq!(child.parent.map(|parent| parent.slug), Some("tea-kitchen".to_owned()));
    }

    async fn cards_come_in_the_asked_order_without_what_is_not_sold(world) {
        world.with_demo().await;
        let mut conn = world.database.read_latest().await.unwrap();
        let known = on!(conn, search::list_versions()).unwrap();
        drop(conn);
        let mut ids: Vec<ProductId> = known.iter().take(3).rev().map(|row| ProductId(row.0)).collect();
        ids.push(ProductId(uuid::Uuid::from_u128(1)));
        let cards = service(&world).cards(ZH, &ids).await.unwrap();
        let backwards: Vec<ProductId> = ids.iter().rev().copied().collect();
        let mut turned = service(&world).cards(ZH, &backwards).await.unwrap();
        turned.reverse();
        assert_eq!((cards.len(), &turned), (3, &cards));
        let yen = View { currency: Currency::Jpy, ..ZH };
        assert!(service(&world).cards(yen, &ids).await.unwrap().is_empty());
        assert!(service(&world).cards(ZH, &[]).await.unwrap().is_empty());
    }

    async fn the_home_page_and_the_menu_have_every_top_category(world) {
        world.with_demo().await;
        let home = service(&world).home(ZH).await.unwrap();
        assert_eq!((home.categories.len(), home.newest.len()), (7, 8));
        assert!(home.hero.is_some() && !home.offers.is_empty());
        assert!(home.offers.iter().all(|card| card.compare_at.is_some()));
        assert_eq!(service(&world).categories(ZH).await.unwrap().len(), 7);
    }

    async fn the_sitemap_names_home_categories_and_products(world) {
        world.with_demo().await;
        let fixed = service(&world).sitemap(SitemapPart::Fixed).await.unwrap();
        assert_eq!(fixed.len(), 2 + 5 + 21 + 3, "home, categories, help, each category, collections");
        let products = service(&world).sitemap(SitemapPart::Products { after: String::new() }).await.unwrap();
        assert_eq!(products.len(), 48);
        assert!(products.iter().any(|entry| entry.path == "/p/celadon-teapot"));
    }

    async fn a_changed_price_is_remembered_with_the_old_one(world) {
        world.with_demo().await;
        let mut conn = world.database.read_latest().await.unwrap();
        let variant = on!(conn, inventory::find_variant("JS-TK01-CELADO")).unwrap().unwrap();
        drop(conn);
        write_catalog(&world, |file| file["products"][0]["variants"][0]["price"]["CNY"] = 39_900.into());
        world.parts.clock.advance(time::Duration::hours(1));
        import_folder(&world.database, &world.platform, world.folder()).await.unwrap();
        let mut conn = world.database.read_latest().await.unwrap();
        let history = on!(conn, catalog::list_price_history(variant, "CNY")).unwrap();
        assert_eq!(history.iter().map(|row| row.0).collect::<Vec<_>>(), [42_800, 39_900]);
        assert_eq!(on!(conn, catalog::find_price(variant, "CNY")).unwrap(), Some(39_900));
    }

    async fn a_variant_that_is_no_longer_in_the_file_is_no_longer_sold(world) {
        world.with_demo().await;
        write_catalog(&world, |file| { file["products"][0]["variants"].as_array_mut().unwrap().remove(2); });
        import_folder(&world.database, &world.platform, world.folder()).await.unwrap();
        let page = service(&world).product(ZH, &slug("celadon-teapot")).await.unwrap();
        assert_eq!(page.variants.len(), 2);
    }

    async fn a_product_appears_at_its_moment_and_goes_when_it_is_hidden(world) {
        let shown = async || service(&world).product(ZH, &slug("celadon-teapot")).await.is_ok();
        let import = async |moment: serde_json::Value| {
            write_catalog(&world, |file| file["products"][0]["publish_at"] = moment);
            import_folder(&world.database, &world.platform, world.folder()).await.unwrap();
        };
        let at = world.platform.clock.now() + time::Duration::hours(2);
        let at = at.format(&time::format_description::well_known::Rfc3339).unwrap();
        import(at.into()).await;
        assert!(!shown().await, "two hours early");
        let mut conn = world.database.read_latest().await.unwrap();
        let listed = on!(conn, catalog::list_for_sitemap(server::db::time::to_micros(world.platform.clock.now()))).unwrap();
        assert_eq!(listed.len(), 47);
        drop(conn);
        world.parts.clock.advance(time::Duration::hours(2));
        assert!(shown().await, "its moment has come");
        import("never".into()).await;
        assert!(!shown().await, "hidden");
        import(serde_json::Value::Null).await;
        assert!(!shown().await, "without a word it stays as it is");
        import("now".into()).await;
        assert!(shown().await);
        let again = service(&world).product(ZH, &slug("celadon-teapot")).await.unwrap();
        import(serde_json::Value::Null).await;
        assert_eq!(service(&world).product(ZH, &slug("celadon-teapot")).await.unwrap(), again);
        write_catalog(&world, |file| file["products"][3]["publish_at"] = "tomorrow".into());
        let refused = import_folder(&world.database, &world.platform, world.folder()).await.unwrap_err();
        assert!(refused.to_string().contains("products[3].publish_at"), "{refused}");
    }

    async fn one_bad_row_stops_the_whole_import_and_is_named(world) {
        write_catalog(&world, |file| {
            file["products"][7]["variants"][0]["price"]["CNY"] = (-5).into();
            file["products"][9]["media"][0]["file"] = "media/../../secret.webp".into();
        });
        let error = import_folder(&world.database, &world.platform, world.folder()).await.unwrap_err().to_string();
        assert!(error.contains("products[7].variants[0].price"), "{error}");
        assert!(is_empty(&world.database).await.unwrap());
        write_catalog(&world, |file| file["products"][9]["media"][0]["file"] = "media/../../secret.webp".into());
        assert!(import_folder(&world.database, &world.platform, world.folder()).await.is_err());
        assert!(is_empty(&world.database).await.unwrap());
    }
}
