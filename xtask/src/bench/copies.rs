//! A shop's past: orders that are copies of one that was really placed, with everything that belongs to it, written with
//! the database's own shell.

use super::engine::Engine;
use crate::process::Program;
use crate::{postgres::Postgres, setup};
use anyhow::{Context, Result, ensure};
use std::path::{Path, PathBuf};

/// Where the orders are kept, and the program that writes there.
pub(super) enum Shell {
    Sqlite,
    Postgres { program: PathBuf, url: String },
}

/// A value of a copy's own: made of its number, `i`.
enum Made {
    /// Sorts before the ids of today, which begin with the time.
    Id,
    /// As long as a hash may be, and never one.
    Bytes,
    /// A word and the number with so many digits.
    Text(&'static str, usize),
}

/// A table with the row to copy and what is another value in each copy.
struct Copied {
    table: &'static str,
    /// Which row; the latest of them.
    which: &'static str,
    own: &'static [(&'static str, Made)],
}

const TABLES: [Copied; 9] = [
    Copied {
        table: "cart",
        which: "status = 'completed'",
        own: &[("id", Made::Id), ("guest_hash", Made::Bytes)],
    },
    Copied {
        table: "orders",
        which: "is_counted",
        own: &[
            ("id", Made::Id),
            ("cart_id", Made::Id),
            ("guest_hash", Made::Bytes),
            ("public_id", Made::Text("or_", 22)),
            ("number", Made::Text("M", 9)),
        ],
    },
    Copied { table: "order_line", which: "TRUE", own: &[("id", Made::Id), ("order_id", Made::Id)] },
    Copied { table: "order_event", which: "TRUE", own: &[("id", Made::Id), ("order_id", Made::Id)] },
    Copied { table: "payment_intent", which: "TRUE", own: &[("id", Made::Id), ("order_id", Made::Id)] },
    Copied { table: "payment_attempt", which: "TRUE", own: &[("id", Made::Id), ("intent_id", Made::Id)] },
    Copied {
        table: "stock_movement",
        which: "kind = 'allocated'",
        own: &[("id", Made::Id), ("cause", Made::Text("order:made-up-", 8))],
    },
    Copied { table: "outbox", which: "dispatched_at IS NOT NULL", own: &[("id", Made::Id)] },
    Copied {
        table: "job",
        which: "status = 'done'",
        own: &[("id", Made::Id), ("dedupe_key", Made::Text("made-up-", 8))],
    },
];

impl Shell {
    /// The shell for a shop's database; `None` where it is not installed.
    pub(super) fn find(database: Option<&Postgres>) -> Result<Option<Self>> {
        let Some(database) = database else {
            return Ok(setup::find_program("sqlite3").map(|_| Self::Sqlite));
        };
        let program = setup::postgresql()?.join("psql");
        Ok(program.is_file().then(|| Self::Postgres { program, url: database.url() }))
    }

    /// Writes the copies with the numbers `from` (without) to `to` (with); `file` is where SQLite keeps its data.
    pub(super) fn copy(&self, file: &Path, from: u32, to: u32) -> Result<()> {
        let mut script = self.opening().to_owned();
        for copied in &TABLES {
            let columns = self.run(file, &[&self.columns_of(copied.table)])?;
            let columns: Vec<&str> = columns.split_whitespace().collect();
            ensure!(!columns.is_empty(), "there is no table {}", copied.table);
            script.push_str(&copied.sql(self.engine(), &columns, from, to));
        }
        script.push_str("COMMIT; SELECT COUNT(*) FROM orders;");
        let told = self.run(file, &[&script, self.closing()]).context("the orders could not be copied")?;
        let count = told.split_whitespace().next().unwrap_or_default();
        let count: u32 = count.parse().context("no number of orders")?;
        ensure!(count > to, "only {count} orders were written");
        Ok(())
    }

    const fn engine(&self) -> Engine {
        match self {
            Self::Sqlite => Engine::Sqlite,
            Self::Postgres { .. } => Engine::Postgres,
        }
    }

    /// What makes writing quick. What is copied fits together by itself: nobody has to look.
    const fn opening(&self) -> &'static str {
        match self {
            Self::Sqlite => "PRAGMA synchronous = OFF; PRAGMA cache_size = -400000; BEGIN;",
            Self::Postgres { .. } => "SET session_replication_role = replica; BEGIN;",
        }
    }

    /// What would otherwise be done while the shop is measured.
    const fn closing(&self) -> &'static str {
        match self {
            Self::Sqlite => "PRAGMA wal_checkpoint(TRUNCATE);",
            Self::Postgres { .. } => "VACUUM (ANALYZE)",
        }
    }

    fn columns_of(&self, table: &str) -> String {
        match self {
            Self::Sqlite => format!("SELECT name FROM pragma_table_info('{table}')"),
            Self::Postgres { .. } => format!(
                "SELECT column_name FROM information_schema.columns \
                 WHERE table_schema = current_schema() AND table_name = '{table}' ORDER BY ordinal_position"
            ),
        }
    }

    /// Runs the scripts one after the other; gives what they tell.
    fn run(&self, file: &Path, scripts: &[&str]) -> Result<String> {
        match self {
            Self::Sqlite => Program::new("sqlite3").arg(file).arg(scripts.join(" ")).read(),
            Self::Postgres { program, url } => {
                let psql =
                    Program::new(program).args(["-X", "-q", "-A", "-t", "-v", "ON_ERROR_STOP=1", "-d", url]);
                psql.args(scripts.iter().flat_map(|script| ["-c", script])).read()
            }
        }
    }
}

impl Copied {
    fn sql(&self, engine: Engine, columns: &[&str], from: u32, to: u32) -> String {
        let own = |column: &str| {
            self.own.iter().find(|(name, _)| *name == column).map(|(_, made)| made.sql(engine))
        };
        let values: Vec<String> =
            columns.iter().map(|column| own(column).unwrap_or_else(|| (*column).to_owned())).collect();
        format!(
            "INSERT INTO {table} ({columns}) \
             WITH RECURSIVE made (i) AS (SELECT {first} UNION ALL SELECT i + 1 FROM made WHERE i < {to}) \
             SELECT {values} FROM made, (SELECT * FROM {table} WHERE {which} ORDER BY id DESC LIMIT 1) AS pattern;",
            first = from + 1,
            table = self.table,
            columns = columns.join(", "),
            values = values.join(", "),
            which = self.which,
        )
    }
}

impl Made {
    fn sql(&self, engine: Engine) -> String {
        match (self, engine) {
            // SQLite keeps ids as sixteen bytes.
            (Self::Id | Self::Bytes, Engine::Sqlite) => {
                "CAST(char(1) || printf('made-up%08d', i) AS BLOB)".to_owned()
            }
            (Self::Id, Engine::Postgres) => "CAST(lpad(to_hex(i), 32, '0') AS uuid)".to_owned(),
            (Self::Bytes, Engine::Postgres) => "decode(lpad(to_hex(i), 32, '0'), 'hex')".to_owned(),
            (Self::Text(word, digits), Engine::Sqlite) => format!("printf('{word}%0{digits}d', i)"),
            (Self::Text(word, digits), Engine::Postgres) => {
                format!("'{word}' || lpad(CAST(i AS text), {digits}, '0')")
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_copy_takes_over_every_column_but_its_own() {
        let sql = TABLES[7].sql(Engine::Sqlite, &["id", "topic", "payload"], 1_000, 5_000);
        assert!(sql.contains("SELECT 1001 UNION ALL SELECT i + 1 FROM made WHERE i < 5000"), "{sql}");
        assert!(sql.contains("INSERT INTO outbox (id, topic, payload)"), "{sql}");
        assert!(
            sql.contains(
                "SELECT CAST(char(1) || printf('made-up%08d', i) AS BLOB), topic, payload FROM made"
            ),
            "{sql}"
        );
    }

    #[test]
    fn both_databases_get_the_same_numbers_each_in_its_own_words() {
        let number = Made::Text("M", 9);
        assert_eq!(number.sql(Engine::Sqlite), "printf('M%09d', i)");
        assert_eq!(number.sql(Engine::Postgres), "'M' || lpad(CAST(i AS text), 9, '0')");
        assert_eq!(Made::Id.sql(Engine::Postgres), "CAST(lpad(to_hex(i), 32, '0') AS uuid)");
    }
}
