//! The background task that makes the forms of pictures that have none yet.

use super::worker::Maker;
use crate::catalog::import::CATALOG_IMPORTED;
use crate::catalog::row::MediaDoc;
use crate::catalog::service::HOME_HERO;
use crate::db::Database;
use crate::db::time::to_micros;
use crate::on;
use crate::platform::Platform;
use crate::platform::blobs::BlobName;
use anyhow::Context as _;
use std::time::Duration;
use tokio::io::AsyncReadExt as _;
use tokio::sync::watch;
use tokio::task::JoinHandle;

/// Without a notice it looks this often.
const IDLE: Duration = Duration::from_secs(30);
/// Pictures that are asked for at a time.
const BATCH: i64 = 16;
/// Products whose pictures are noted at a time, in a shop from before this table.
const PRODUCTS: i64 = 200;

/// How far it is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Progress {
    /// Pictures made in this run.
    pub made: u64,
    /// Pictures that still wait.
    pub waiting: u64,
}

/// Makes the forms of pictures. Several may run side by side: the same bytes come out under the same name.
#[derive(Clone)]
pub struct Deriver {
    /// What waits is noted here.
    pub database: Database,
    /// Where pictures are.
    pub platform: Platform,
    /// Where the work is done.
    pub maker: Maker,
}

impl Deriver {
    /// Starts the task; it stops between two pictures once `shutdown` is true.
    #[must_use]
    pub fn start(self, shutdown: watch::Receiver<bool>) -> JoinHandle<()> {
        tokio::spawn(self.keep_going(shutdown))
    }

    async fn keep_going(self, mut shutdown: watch::Receiver<bool>) {
        let mut notices = self.database.bus().subscribe();
        loop {
            let progress = |progress: Progress| {
                if progress.made.is_multiple_of(50) || progress.waiting == 0 {
                    tracing::info!(made = progress.made, waiting = progress.waiting, "pictures");
                }
            };
            tokio::select! {
                ended = self.run(progress) => if let Err(error) = ended {
                    tracing::error!(%error, "pictures wait for the next try");
                },
                _ = shutdown.changed() => return,
            }
            let imported =
                async { while notices.recv().await.is_ok_and(|notice| notice.topic != CATALOG_IMPORTED) {} };
            tokio::select! {
                () = imported => {}
                () = tokio::time::sleep(IDLE) => {}
                _ = shutdown.changed() => return,
            }
        }
    }

    /// Makes everything that waits; `tell` hears of every picture.
    ///
    /// # Errors
    /// The database's error. A picture that cannot be read is noted with its problem and does not stop the others.
    pub async fn run(&self, mut tell: impl FnMut(Progress)) -> anyhow::Result<u64> {
        self.note_what_was_there().await?;
        let mut made = 0;
        loop {
            let mut conn = self.database.read_latest().await?;
            let files = on!(conn, storefront::list_waiting_pictures(BATCH))?;
            let waiting = on!(conn, storefront::count_waiting_pictures())?;
            drop(conn);
            if files.is_empty() {
                return Ok(made);
            }
            for (index, file) in files.iter().enumerate() {
                let problem = self.make(file).await.err().map(|error| format!("{error:#}"));
                if let Some(problem) = &problem {
                    tracing::warn!(file, problem, "a picture keeps its original width");
                }
                self.finish(file, problem.as_deref()).await?;
                made += 1;
                let done = u64::try_from(index).unwrap_or(0) + 1;
                tell(Progress { made, waiting: u64::try_from(waiting).unwrap_or(0).saturating_sub(done) });
            }
        }
    }

    async fn make(&self, file: &str) -> anyhow::Result<()> {
        let name = BlobName::parse(file).context("the file's name cannot be used")?;
        let mut blob = self.platform.blobs.open(&name).await?.context("the file is gone")?;
        let mut bytes = Vec::new();
        blob.reader.read_to_end(&mut bytes).await?;
        let maker = self.maker.clone();
        let forms = tokio::task::spawn_blocking(move || maker.make(&bytes)).await??;
        for (form, bytes) in forms {
            let name = form.name(&name).context("the file's name is too long")?;
            self.platform.blobs.put(&name, &bytes).await?;
        }
        Ok(())
    }

    async fn finish(&self, file: &str, problem: Option<&str>) -> sqlx::Result<()> {
        let now = to_micros(self.platform.clock.now());
        let mut tx = self.database.write().await?;
        on!(tx, storefront::finish_picture(file, problem, now))?;
        tx.commit().await
    }

    /// Notes the pictures of a shop from before this table, which nobody has noted.
    ///
    /// # Errors
    /// The database's error.
    pub async fn note_what_was_there(&self) -> anyhow::Result<()> {
        let mut conn = self.database.read_latest().await?;
        if on!(conn, storefront::count_pictures())? > 0 {
            return Ok(());
        }
        let hero = on!(conn, catalog::find_setting(HOME_HERO))?;
        let hero = hero.and_then(|json| serde_json::from_value::<MediaDoc>(json.0).ok()).map(|doc| doc.file);
        let banners = on!(conn, catalog::list_categories())?;
        let banners = banners.into_iter().filter_map(|row| row.banner.map(|doc| doc.0.file));
        self.note(&hero.into_iter().chain(banners).collect::<Vec<_>>()).await?;
        let mut after = String::new();
        loop {
            let products = on!(conn, storefront::list_contents(&after, PRODUCTS))?;
            let Some(last) = products.last() else { return Ok(()) };
            after.clone_from(&last.slug);
            let media = products.iter().flat_map(|row| &row.content.media);
            let files: Vec<String> = media.filter(|doc| !doc.is_video).map(|doc| doc.file.clone()).collect();
            self.note(&files).await?;
        }
    }

    async fn note(&self, files: &[String]) -> sqlx::Result<()> {
        let now = to_micros(self.platform.clock.now());
        let mut tx = self.database.write().await?;
        for file in files {
            on!(tx, storefront::note_picture(file, now))?;
        }
        tx.commit().await
    }
}
