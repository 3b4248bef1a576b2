//! A catalogue that is written in several steps, on both databases: looked at as a whole first, and others sell meanwhile.

use crate::support::{World, write_catalog};
use serde_json::Value;
use server::catalog::import::import_folder;
use server::db::Database;
use server::on;
use std::time::Duration;

/// More than two steps.
const LARGE: usize = 500;

/// Repeats the products of a file under other keys until there are so many.
fn multiply(file: &mut Value, many: usize) {
    let products = file["products"].as_array_mut().unwrap();
    let known = products.len();
    for number in known..many {
        let mut copy = products[number % known].clone();
        copy["slug"] = format!("{}-{number}", copy["slug"].as_str().unwrap()).into();
        for variant in copy["variants"].as_array_mut().unwrap() {
            variant["sku"] = format!("{}-{number}", variant["sku"].as_str().unwrap()).into();
            variant["barcode"] = Value::Null;
        }
        products.push(copy);
    }
}

async fn count(database: &Database) -> usize {
    let mut conn = database.read_latest().await.unwrap();
    on!(conn, catalog::count_all()).unwrap().try_into().unwrap()
}

/// A small write of somebody else; gives how long it took.
async fn write(database: &Database) -> Duration {
    let begun = std::time::Instant::now();
    let mut tx = database.write().await.unwrap();
    on!(tx, catalog::upsert_setting("test.beside", &serde_json::json!(1))).unwrap();
    tx.commit().await.unwrap();
    begun.elapsed()
}

async fn import(world: &World) -> anyhow::Result<server::catalog::import::ImportReport> {
    import_folder(&world.database, &world.platform, world.folder()).await
}

on_both! {
    async fn an_article_of_another_product_stops_a_large_import_before_its_first_step(world) {
        world.with_demo().await;
        let before = count(&world.database).await;
        write_catalog(&world, |file| {
            multiply(file, LARGE);
            let first = file["products"][0]["variants"].as_array_mut().unwrap().remove(0);
            file["products"][LARGE - 20]["variants"][0]["sku"] = first["sku"].clone();
        });
        let refused = import(&world).await.unwrap_err().to_string();
        let place = format!("products[{}].variants[0].sku", LARGE - 20);
        assert!(refused.contains(&place) && refused.contains("celadon-teapot"), "{refused}");
        assert_eq!(count(&world.database).await, before);
    }

    async fn others_write_while_a_large_catalogue_is_imported(world) {
        write_catalog(&world, |file| multiply(file, LARGE));
        let beside = Database::open(&world.url, &[]).await.unwrap();
        let (mut between, mut longest) = (0, Duration::ZERO);
        let (importing, writing) = (import(&world), async {
            loop {
                longest = longest.max(write(&beside).await);
                match count(&beside).await {
                    LARGE => break,
                    0 => {}
                    _ => between += 1,
                }
            }
        });
        let (report, ()) = tokio::time::timeout(Duration::from_secs(120), async {
            tokio::join!(importing, writing)
        }).await.unwrap();
        beside.close().await;
        assert_eq!(report.unwrap().products, LARGE);
        assert!(between > 0, "nobody could write between two steps; the longest wait was {longest:?}");
        let again = import(&world).await.unwrap();
        assert_eq!((again.products, again.received), (LARGE, 0), "the same once more changes nothing");
        assert!(server::check::run(&world.database).await.unwrap().is_healthy());
    }
}
