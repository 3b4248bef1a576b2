//! Collections by rule on both databases, and the ways from former keys of categories and collections.

use crate::support::{Backend, World, ZH, write_catalog};
use app::AppError;
use app::catalog::model::{PageKind, ProductPage};
use app::catalog::port::Catalog as _;
use app::kernel::{PageNumber, Slug};
use serde_json::{Value, json};
use server::catalog::import::import_folder;
use server::catalog::service::CatalogService;
use server::on;
use std::collections::BTreeSet;

fn service(world: &World) -> CatalogService {
    CatalogService::new(&world.database, &world.platform)
}

fn slug(text: &str) -> Slug {
    Slug::parse(text).unwrap()
}

fn collection(slug: &str, rule: Value) -> Value {
    json!({"slug": slug, "name": {"zh": slug, "en": slug}, "rule": rule})
}

/// Imports the demo catalogue, changed.
async fn import(world: &World, change: impl FnOnce(&mut Value)) {
    write_catalog(world, change);
    import_folder(&world.database, &world.platform, world.folder()).await.unwrap();
}

/// How many products a collection picks.
async fn total(world: &World, key: &str) -> u64 {
    service(world).collection(ZH, &slug(key), PageNumber::FIRST).await.unwrap().products.total
}

/// The products that a collection picks.
async fn picked(world: &World, key: &str) -> Vec<ProductPage> {
    let service = service(world);
    let page = service.collection(ZH, &slug(key), PageNumber::FIRST).await.unwrap();
    let mut found = Vec::new();
    for card in &page.products.items {
        found.push(service.product(ZH, &slug(&card.slug)).await.unwrap());
    }
    assert_eq!(page.products.total, u64::try_from(found.len()).unwrap());
    found
}

fn has(page: &ProductPage, keys: &[&str]) -> bool {
    page.tags.iter().any(|tag| keys.contains(&tag.key.as_str()))
}

async fn moved(world: &World, kind: PageKind, key: &str) -> Option<String> {
    service(world).moved(kind, &slug(key)).await.unwrap()
}

/// Runs a statement that no repo has.
async fn execute(world: &World, sql: &'static str) {
    let mut tx = world.database.write().await.unwrap();
    match tx.handle() {
        server::db::Handle::Sqlite(c) => sqlx::query(sql).execute(c).await.map(drop).unwrap(),
        server::db::Handle::Postgres(c) => sqlx::query(sql).execute(c).await.map(drop).unwrap(),
    }
    tx.commit().await.unwrap();
}

/// Gives the teaware another key, with those that it had before.
fn rename_teaware(file: &mut Value, key: &str, formerly: &[&str]) {
    let at =
        file["categories"].as_array().unwrap().iter().position(|entry| entry["slug"] == "teaware").unwrap();
    file["categories"][at]["slug"] = key.into();
    file["categories"][at]["formerly"] = json!(formerly);
    for product in file["products"].as_array_mut().unwrap() {
        if product["category"] == "teaware" {
            product["category"] = key.into();
        }
    }
}

on_both! {
    async fn a_collection_can_ask_for_tags_and_categories(world) {
        import(&world, |file| {
            file["collections"] = json!([
                collection("tagged", json!({"tags": ["青瓷", "gaiwan"]})),
                collection("kitchen", json!({"categories": ["tea-kitchen"]})),
                collection("both", json!({"categories": ["tea-kitchen"], "tags": ["celadon"], "in_stock": true})),
            ]);
        }).await;
        let tagged = picked(&world, "tagged").await;
        assert!(tagged.iter().any(|page| has(page, &["celadon"])) && tagged.iter().any(|page| has(page, &["gaiwan"])));
        assert!(tagged.iter().all(|page| has(page, &["celadon", "gaiwan"])), "one of them is enough, none is not");
        let kitchen = picked(&world, "kitchen").await;
        let shelves: BTreeSet<&str> = kitchen.iter().map(|page| page.crumbs.last().unwrap().slug.as_str()).collect();
        assert!(kitchen.iter().all(|page| page.crumbs[0].slug == "tea-kitchen"));
        assert!(shelves.len() > 1, "what is below counts too: {shelves:?}");
        let both = picked(&world, "both").await;
        assert!(!both.is_empty() && both.len() < kitchen.len());
        assert!(both.iter().all(|page| page.crumbs[0].slug == "tea-kitchen" && has(page, &["celadon"])));
        let keys: Vec<String> = service(&world).collections(ZH).await.unwrap().into_iter().map(|link| link.slug).collect();
        assert_eq!(keys, ["tagged", "kitchen", "both"], "a file that lists collections lists all of them");
        import(&world, |_| {}).await;
        assert_eq!(service(&world).collections(ZH).await.unwrap().len(), 3, "one that lists none changes none");
    }

    async fn a_tag_that_is_taken_off_takes_the_product_out_of_its_collection(world) {
        let present = json!([{"zh": "礼", "en": "present"}]);
        for (tags, left) in [(present.clone(), 2), (json!([]), 1)] {
            import(&world, |file| {
                file["products"][0]["tags"] = tags;
                file["products"][1]["tags"] = present.clone();
                file["collections"] = json!([collection("presents", json!({"tags": ["present"]}))]);
            }).await;
            assert_eq!(total(&world, "presents").await, left);
        }
    }

    async fn a_shop_from_before_knows_the_tags_of_its_products(world) {
        import(&world, |file| {
            file["collections"] = json!([collection("zh", json!({"tags": ["青瓷"]})), collection("en", json!({"tags": ["celadon"]}))]);
        }).await;
        let totals = async || [total(&world, "zh").await, total(&world, "en").await];
        let written = totals().await;
        assert!(written.iter().all(|total| *total > 0));
        execute(&world, "DELETE FROM product_tag").await;
        assert_eq!(totals().await, [0, 0]);
        // What the migration does for the products that were there before it.
        let migration = match world.backend {
            Backend::Sqlite => include_str!("../../../migrations/sqlite/0016_shelves.sql"),
            Backend::Postgres => include_str!("../../../migrations/postgres/0016_shelves.sql"),
        };
        execute(&world, migration.split(';').find(|part| part.contains("INSERT INTO product_tag")).unwrap()).await;
        assert_eq!(totals().await, written);
    }

    async fn a_wrong_collection_stops_the_import_and_leaves_the_shop_its_collections(world) {
        world.with_demo().await;
        write_catalog(&world, |file| {
            file["collections"] = json!([collection("typo", json!({"tags": ["celadn"], "categories": ["nowhere"]}))]);
        });
        let error = import_folder(&world.database, &world.platform, world.folder()).await.unwrap_err().to_string();
        for path in ["collections[0].rule.tags[0]", "collections[0].rule.categories[0]"] {
            assert!(error.contains(path), "{error}");
        }
        assert_eq!(service(&world).collections(ZH).await.unwrap().len(), 3);
    }

    async fn a_renamed_category_keeps_its_products_and_its_old_address_leads_to_it(world) {
        import(&world, |file| file["collections"] = json!([collection("tea", json!({"categories": ["teaware"]}))])).await;
        let before = total(&world, "tea").await;
        import(&world, |file| rename_teaware(file, "tea-things", &["teaware"])).await;
        let service = service(&world);
        assert_eq!(service.category(ZH, &slug("teaware")).await.unwrap_err(), AppError::NotFound);
        assert_eq!(moved(&world, PageKind::Category, "teaware").await.as_deref(), Some("tea-things"));
        assert_eq!(moved(&world, PageKind::Collection, "teaware").await, None, "a collection never had it");
        let page = service.product(ZH, &slug("celadon-teapot")).await.unwrap();
        assert_eq!(page.crumbs.last().unwrap().slug, "tea-things");
        assert_eq!(service.category(ZH, &slug("tea-kitchen")).await.unwrap().category.children.len(), 2);
        assert_eq!(total(&world, "tea").await, before, "a rule that names the old key still means it");
        let mut conn = world.database.read_latest().await.unwrap();
        assert!(on!(conn, shelves::find_shelf("teaware")).unwrap().is_some(), "a sheet with the old key too");
        assert_eq!(on!(conn, shelves::find_shelf("teaware")).unwrap(), on!(conn, shelves::find_shelf("tea-things")).unwrap());
        assert!(server::check::run(&world.database).await.unwrap().is_healthy());
    }

    async fn every_former_key_leads_straight_to_the_present_one_and_never_in_a_circle(world) {
        let lead = async || {
            let mut all = Vec::new();
            for key in ["teaware", "tea-b", "tea-c"] {
                all.push(moved(&world, PageKind::Category, key).await);
            }
            all
        };
        let to = |key: &str| Some(key.to_owned());
        import(&world, |_| {}).await;
        import(&world, |file| rename_teaware(file, "tea-b", &["teaware"])).await;
        assert_eq!(lead().await, [to("tea-b"), None, None]);
        // Only the last key is named: the one before leads on all the same.
        import(&world, |file| rename_teaware(file, "tea-c", &["tea-b"])).await;
        assert_eq!(lead().await, [to("tea-c"), to("tea-c"), None]);
        // Back to where it began.
        import(&world, |file| rename_teaware(file, "teaware", &["tea-c"])).await;
        assert_eq!(lead().await, [None, to("teaware"), to("teaware")]);
        import(&world, |file| rename_teaware(file, "teaware", &["tea-c"])).await;
        assert_eq!(lead().await, [None, to("teaware"), to("teaware")], "the same file again changes nothing");
    }

    async fn a_category_that_was_imported_under_both_keys_becomes_one(world) {
        import(&world, |_| {}).await;
        import(&world, |file| rename_teaware(file, "tea-things", &[])).await;
        assert!(service(&world).category(ZH, &slug("teaware")).await.is_ok(), "nobody has said that it is the same one");
        // A product that is put on the old one, and is not in the next file, comes along.
        import(&world, |file| {
            let mug = file["products"][2].clone();
            file["products"] = json!([mug]);
            file["products"][0]["category"] = "teaware".into();
        }).await;
        import(&world, |file| {
            rename_teaware(file, "tea-things", &["teaware"]);
            file["products"].as_array_mut().unwrap().remove(2);
        }).await;
        assert_eq!(moved(&world, PageKind::Category, "teaware").await.as_deref(), Some("tea-things"));
        let mug = service(&world).product(ZH, &slug("stoneware-mug")).await.unwrap();
        assert_eq!(mug.crumbs.last().unwrap().slug, "tea-things");
        assert!(server::check::run(&world.database).await.unwrap().is_healthy());
    }

    async fn a_renamed_collection_is_found_by_its_old_key_and_one_that_is_gone_is_not(world) {
        let offers = |key: &str, formerly: &[&str]| {
            let mut entry = collection(key, json!({"is_offer": true}));
            entry["formerly"] = json!(formerly);
            json!([entry])
        };
        import(&world, |file| file["collections"] = offers("sale", &["offers"])).await;
        assert_eq!(moved(&world, PageKind::Collection, "offers").await.as_deref(), Some("sale"));
        assert_eq!(moved(&world, PageKind::Category, "offers").await, None);
        import(&world, |file| file["collections"] = offers("bargains", &["sale"])).await;
        for key in ["offers", "sale"] {
            assert_eq!(moved(&world, PageKind::Collection, key).await.as_deref(), Some("bargains"), "{key}");
        }
        import(&world, |file| file["collections"] = json!([])).await;
        assert_eq!(moved(&world, PageKind::Collection, "sale").await, None, "nothing is there any more");
        assert!(service(&world).collections(ZH).await.unwrap().is_empty());
    }
}
