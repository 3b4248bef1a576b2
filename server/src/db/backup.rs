//! Backup and restore of a SQLite database while it serves. PostgreSQL has its own tools (`pg_dump`, base backups).

use super::{Database, Pools, open};
use anyhow::{Context as _, bail};
use std::path::Path;

impl Database {
    /// Writes a consistent copy of the database to `file`, which must not exist yet. Serving goes on meanwhile.
    ///
    /// # Errors
    /// When the file exists, cannot be written, or the database is PostgreSQL.
    pub async fn backup(&self, file: &Path) -> anyhow::Result<()> {
        let Pools::Sqlite { read, .. } = &*self.pools else {
            bail!("back up PostgreSQL with pg_dump or a base backup; this command copies SQLite databases");
        };
        if file.exists() {
            bail!("{} exists already; a backup never overwrites", file.display());
        }
        let partial = file.with_extension("partial");
        let _ = std::fs::remove_file(&partial);
        let target = partial.to_str().context("the file name is not valid text")?;
        let mut conn = read.acquire().await?;
        // VACUUM INTO reads one snapshot and writes only the new file, so other readers and the writer go on.
        sqlx::query("PRAGMA query_only = OFF").execute(&mut *conn).await?;
        let copied = sqlx::query("VACUUM INTO $1").bind(target).execute(&mut *conn).await;
        sqlx::query("PRAGMA query_only = ON").execute(&mut *conn).await?;
        copied.with_context(|| format!("cannot write {}", file.display()))?;
        std::fs::rename(&partial, file).with_context(|| format!("cannot write {}", file.display()))
    }
}

/// Puts a backup in the place of the SQLite database of `url`. Stop `jishi serve` first.
///
/// # Errors
/// When the backup is not a sound jishi database, or one exists already and `force` is false.
pub async fn restore(url: &str, file: &Path, force: bool) -> anyhow::Result<()> {
    let target = open::sqlite_path(url)
        .context("restore PostgreSQL with its own tools; this command restores SQLite backups")?;
    if target.exists() && !force {
        bail!("{} exists already; stop the shop and repeat with --force to replace it", target.display());
    }
    if !file.is_file() {
        bail!("there is no backup {}", file.display());
    }
    let folder = target.parent().filter(|folder| !folder.as_os_str().is_empty()).unwrap_or(Path::new("."));
    std::fs::create_dir_all(folder)?;
    let arriving = target.with_extension("restoring");
    std::fs::copy(file, &arriving).with_context(|| format!("cannot write {}", arriving.display()))?;
    let verdict = verify(&arriving).await;
    if let Err(error) = verdict {
        remove_with_sidecars(&arriving);
        return Err(error);
    }
    remove_with_sidecars(&target);
    std::fs::rename(&arriving, &target).with_context(|| format!("cannot write {}", target.display()))
}

/// Opens a copy and checks it before anything is replaced.
async fn verify(file: &Path) -> anyhow::Result<()> {
    let database = Database::open(&format!("sqlite:{}", file.display()), &[]).await?;
    let sound = async {
        let mut conn = database.read().await?;
        let problems = crate::on!(conn, dialect::integrity())?;
        let is_jishi = crate::on!(conn, dialect::has_migrations())?;
        drop(conn);
        if !problems.is_empty() || !is_jishi {
            bail!("the backup is not a sound jishi database");
        }
        Ok(())
    };
    let result = sound.await.context("the backup cannot be used");
    database.close().await;
    for suffix in ["-wal", "-shm"] {
        let _ = std::fs::remove_file(with_suffix(file, suffix));
    }
    result
}

fn with_suffix(file: &Path, suffix: &str) -> std::path::PathBuf {
    let mut name = file.as_os_str().to_owned();
    name.push(suffix);
    name.into()
}

fn remove_with_sidecars(file: &Path) {
    for suffix in ["", "-wal", "-shm"] {
        let _ = std::fs::remove_file(with_suffix(file, suffix));
    }
}
