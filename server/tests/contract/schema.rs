//! The two schemas are the same, and migrations only go forward.

use crate::support::{Backend, World};
use server::db::SchemaState;
use server::on;

#[tokio::test]
async fn both_databases_have_the_same_tables_and_columns() {
    let (sqlite, postgres) = (World::new(Backend::Sqlite).await, World::new(Backend::Postgres).await);
    let mut conn = sqlite.database.read_latest().await.unwrap();
    let left = on!(conn, dialect::columns()).unwrap();
    let mut conn = postgres.database.read_latest().await.unwrap();
    let right = on!(conn, dialect::columns()).unwrap();
    assert!(left.len() > 100, "only {} columns were seen", left.len());
    assert_eq!(left, right);
}

#[test]
fn every_migration_exists_for_both_databases() {
    let names = |migrator: &sqlx::migrate::Migrator| {
        migrator.iter().map(|m| (m.version, m.description.clone())).collect::<Vec<_>>()
    };
    assert_eq!(names(&server::db::schema::SQLITE), names(&server::db::schema::POSTGRES));
}

on_both! {
    async fn a_second_migration_does_nothing(world) {
        assert_eq!(world.database.schema_state().await.unwrap(), SchemaState::Current);
        assert_eq!(world.database.migrate().await.unwrap(), 0);
        world.database.ping().await.unwrap();
    }

    async fn a_database_of_a_newer_binary_is_refused(world) {
        let mut tx = world.database.write().await.unwrap();
        let sql = "INSERT INTO _sqlx_migrations (version, description, success, checksum, execution_time) SELECT 9999, 'future', success, checksum, 0 FROM _sqlx_migrations WHERE version = 1";
        match tx.handle() {
            server::db::Handle::Sqlite(c) => sqlx::query(sql).execute(c).await.map(drop).unwrap(),
            server::db::Handle::Postgres(c) => sqlx::query(sql).execute(c).await.map(drop).unwrap(),
        }
        tx.commit().await.unwrap();
        assert_eq!(world.database.schema_state().await.unwrap(), SchemaState::Ahead);
        assert!(world.database.migrate().await.unwrap_err().to_string().contains("newer"));
    }
}
