//! Counters and ledger.

use crate::support::World;
use server::check::{self, Area};
use server::inventory::cli;
use server::inventory::ledger::{self, Receipt};
use server::on;

const SKU: &str = "JS-TK01-CELADO";

async fn level(world: &World) -> (i64, i64) {
    let mut conn = world.database.read_latest().await.unwrap();
    let levels = on!(conn, inventory::list_levels_of_sku(SKU)).unwrap();
    (levels[0].on_hand, levels[0].allocated)
}

on_both! {
    async fn a_receipt_with_one_cause_counts_once(world) {
        world.with_demo().await;
        let mut tx = world.database.write().await.unwrap();
        let variant_id = on!(tx, inventory::find_variant(SKU)).unwrap().unwrap();
        let receipt = Receipt { variant_id, quantity: 5, cause: "delivery:1".into() };
        assert!(ledger::receive(&mut tx, &world.platform, &receipt).await.unwrap());
        assert!(!ledger::receive(&mut tx, &world.platform, &receipt).await.unwrap());
        tx.commit().await.unwrap();
        assert_eq!(level(&world).await, (144, 0));
    }

    async fn a_count_is_corrected_with_a_reason(world) {
        world.with_demo().await;
        assert!(cli::show(&world.database, SKU).await.unwrap().contains("139 on hand"));
        assert!(cli::set(&world.database, &world.platform, SKU, 7, "counted").await.unwrap().contains("(-132)"));
        assert_eq!(level(&world).await, (7, 0));
        assert!(cli::set(&world.database, &world.platform, SKU, 7, " ").await.is_err(), "a reason is needed");
        assert!(cli::set(&world.database, &world.platform, SKU, -1, "x").await.is_err());
        assert!(cli::set(&world.database, &world.platform, "NOPE", 1, "x").await.is_err());
        assert!(cli::show(&world.database, "NOPE").await.is_err());
        assert!(server::check::run(&world.database).await.unwrap().is_healthy());
    }

    async fn the_ledger_cannot_be_rewritten(world) {
        world.with_demo().await;
        for sql in ["UPDATE stock_movement SET quantity = 1", "DELETE FROM stock_movement"] {
            let mut tx = world.database.write().await.unwrap();
            let result = match tx.handle() {
                server::db::Handle::Sqlite(c) => sqlx::query(sql).execute(c).await.map(drop),
                server::db::Handle::Postgres(c) => sqlx::query(sql).execute(c).await.map(drop),
            };
            assert!(result.unwrap_err().to_string().contains("append-only"), "{sql}");
        }
    }

    async fn a_counter_that_differs_from_the_ledger_is_found(world) {
        world.with_demo().await;
        let mut tx = world.database.write().await.unwrap();
        let level = on!(tx, inventory::list_levels_of_sku(SKU)).unwrap()[0].clone();
        assert!(on!(tx, inventory::change_on_hand(level.id, 1)).unwrap());
        assert!(!on!(tx, inventory::change_on_hand(level.id, -1000)).unwrap());
        tx.commit().await.unwrap();
        let report = server::check::run(&world.database).await.unwrap();
        assert!(!report.is_healthy());
        assert!(report.to_string().contains("stock of JS-TK01-CELADO: on hand 140 but the ledger says 139"), "{report}");
    }

    async fn only_the_area_that_is_asked_for_is_looked_at(world) {
        world.with_demo().await;
        let mut tx = world.database.write().await.unwrap();
        let level = on!(tx, inventory::list_levels_of_sku(SKU)).unwrap()[0].clone();
        assert!(on!(tx, inventory::change_on_hand(level.id, 1)).unwrap());
        tx.commit().await.unwrap();
        let mut told = Vec::new();
        for area in Area::ALL {
            let report = check::run_areas(&world.database, &[area]).await.unwrap();
            assert_eq!(report.is_healthy(), area != Area::Stock, "{area:?}: {report}");
            told.extend(report.lines.into_iter().chain(report.problems).filter(|line| line != "schema: current"));
        }
        let whole = check::run(&world.database).await.unwrap();
        let mut all: Vec<_> = whole.lines.into_iter().chain(whole.problems).filter(|line| line != "schema: current").collect();
        told.sort();
        all.sort();
        assert_eq!(told, all, "together the areas are everything");
    }
}
