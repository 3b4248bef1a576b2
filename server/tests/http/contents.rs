//! What the database holds, to be compared: "nothing has changed" means every row.

use server::db::{Database, Handle};
use sha2::{Digest as _, Sha256};
use std::collections::BTreeMap;

/// How many rows each table has, and a hash of them.
pub(crate) type Contents = BTreeMap<String, (usize, String)>;

/// Counted by design, whoever asks: texts that were searched.
const COUNTED: &str = "search_query_day";

/// What every table holds: its rows and a hash of them, but for what is counted and the columns that are left out.
pub(crate) async fn contents(database: &Database, left_out: &[(&str, &str)]) -> Contents {
    let mut conn = database.read_latest().await.unwrap();
    let conn = match conn.handle() {
        Handle::Sqlite(conn) => Some(conn),
        _ => None,
    };
    let conn = conn.expect("the shop of these tests lies in SQLite");
    let tables: Vec<String> =
        sqlx::query_scalar("SELECT name FROM sqlite_schema WHERE type = 'table' ORDER BY 1")
            .fetch_all(&mut *conn)
            .await
            .unwrap();
    let mut contents = BTreeMap::new();
    for table in tables.into_iter().filter(|table| table != COUNTED) {
        let columns: Vec<String> = sqlx::query_scalar("SELECT name FROM pragma_table_info($1)")
            .bind(&table)
            .fetch_all(&mut *conn)
            .await
            .unwrap();
        let columns = columns.iter().filter(|column| !left_out.contains(&(table.as_str(), column.as_str())));
        let columns: Vec<String> = columns.map(|column| format!("quote(\"{column}\")")).collect();
        let sql = format!("SELECT {} FROM \"{table}\" ORDER BY 1", columns.join(" || ',' || "));
        let rows: Vec<String> =
            sqlx::query_scalar(sqlx::AssertSqlSafe(sql)).fetch_all(&mut *conn).await.unwrap();
        let hash = Sha256::digest(rows.join("\n")).iter().map(|byte| format!("{byte:02x}")).collect();
        contents.insert(table, (rows.len(), hash));
    }
    contents
}
