//! Backup and restore of SQLite.

use crate::support::{Backend, World};
use server::db::{Database, restore};

#[tokio::test]
async fn a_backup_is_a_whole_shop_and_restores_into_its_place() {
    let world = World::new(Backend::Sqlite).await;
    world.with_demo().await;
    let file = world.folder().join("backup.db");
    world.database.backup(&file).await.unwrap();
    assert!(world.database.backup(&file).await.unwrap_err().to_string().contains("never overwrites"));

    let target = format!("sqlite:{}/other/jishi.db", world.folder().display());
    restore(&target, &file, false).await.unwrap();
    let refused = restore(&target, &file, false).await.unwrap_err().to_string();
    assert!(refused.contains("--force"), "{refused}");
    restore(&target, &file, true).await.unwrap();
    let restored = Database::open(&target, &[]).await.unwrap();
    assert!(!server::catalog::import::is_empty(&restored).await.unwrap());
    assert!(server::check::run(&restored).await.unwrap().is_healthy());
}

#[tokio::test]
async fn rubbish_is_not_restored_over_a_good_database() {
    let world = World::new(Backend::Sqlite).await;
    world.with_demo().await;
    let rubbish = world.folder().join("rubbish.db");
    std::fs::write(&rubbish, "not a database, but long enough to look like one".repeat(200)).unwrap();
    assert!(restore(&world.url, &rubbish, true).await.is_err());
    assert!(restore(&world.url, &world.folder().join("missing.db"), true).await.is_err());
    assert!(!server::catalog::import::is_empty(&world.database).await.unwrap());
}

#[tokio::test]
async fn postgresql_is_told_to_use_its_own_tools() {
    let world = World::new(Backend::Postgres).await;
    let error = world.database.backup(&world.folder().join("x")).await.unwrap_err().to_string();
    assert!(error.contains("pg_dump"), "{error}");
    assert!(restore(&world.url, &world.folder().join("x"), true).await.is_err());
}
