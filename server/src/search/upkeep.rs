//! What the search does by itself while the shop is open: following the outbox, counting, forgetting.

use super::engine::matching::Fit;
use super::service::SearchService;
use crate::jobs::bus::Notice;
use crate::on;
use app::catalog::model::View;
use app::kernel::{Currency, Locale};
use std::sync::Arc;
use std::time::Duration;
use tokio::sync::broadcast::Receiver;
use tokio::sync::watch;

/// Without a notice the outbox is read this often.
const LOOK: Duration = Duration::from_secs(1);
/// The next look waits at least this long: a hundred orders a second are read together.
const PAUSE: Duration = Duration::from_millis(250);
/// Everything is compared, and popular texts are read, every so many looks.
const LOOKS_PER_ROUND: u32 = 120;
/// A text is popular when it was looked for this often in [`POPULAR_DAYS`], and something was found.
const POPULAR_FROM: i64 = 3;
/// Days that popular texts come from.
const POPULAR_DAYS: i64 = 30;
/// Tallies are kept this many days; what was looked for only once a day, fewer.
const KEPT_DAYS: (i64, i64) = (400, 30);

/// Waits for a notice, but neither for ever nor for less than a pause; notices of the pause are one.
async fn next_look(notices: &mut Receiver<Notice>) {
    tokio::time::sleep(PAUSE).await;
    let _ = tokio::time::timeout(LOOK - PAUSE, notices.recv()).await;
    while notices.try_recv().is_ok() {}
}

impl SearchService {
    /// Makes the index, then keeps it up to date until `stop`.
    pub async fn follow(self: Arc<Self>, mut stop: watch::Receiver<bool>) {
        let mut notices = self.holder.database.bus().subscribe();
        let mut looks: u32 = 0;
        while !*stop.borrow() {
            if let Err(error) = self.look(looks).await {
                tracing::warn!(%error, "the search index could not be brought up to date; trying again");
            }
            looks = looks.wrapping_add(1);
            tokio::select! {
                _ = stop.changed() => {}
                () = next_look(&mut notices) => {}
            }
        }
        if let Err(error) = self.flush().await {
            tracing::warn!(%error, "the last searches were not counted");
        }
    }

    async fn look(&self, looks: u32) -> anyhow::Result<()> {
        self.holder.catch_up().await?;
        self.flush().await?;
        if looks.is_multiple_of(LOOKS_PER_ROUND) {
            self.holder.reconcile().await?;
            self.read_popular().await?;
            self.sweep().await?;
        }
        Ok(())
    }

    /// Writes what was counted.
    ///
    /// # Errors
    /// The database's error.
    pub async fn flush(&self) -> sqlx::Result<()> {
        self.tally.flush(&self.holder.database, self.holder.platform.clock.now().date()).await
    }

    /// Reads what is looked for often.
    ///
    /// # Errors
    /// The database's error.
    pub async fn read_popular(&self) -> anyhow::Result<()> {
        let since = self.holder.platform.clock.now().date() - time::Duration::days(POPULAR_DAYS);
        let mut conn = self.holder.database.read().await?;
        let rows = on!(conn, search::list_queries(since, 200))?;
        let often = rows.into_iter().filter(|row| row.searches >= POPULAR_FROM && row.hits > 0);
        let texts = often.filter_map(|row| Some((Locale::from_code(&row.locale)?, row.text)));
        self.set_popular(texts.filter(|(locale, text)| !self.is_slip(*locale, text)).collect());
        Ok(())
    }

    /// Whether the text finds something only after slips were mended: nobody should be led to type it.
    fn is_slip(&self, locale: Locale, text: &str) -> bool {
        let view = View { locale, currency: Currency::Cny };
        let found = self.holder.with(|index| self.seek(index, view, text, false));
        found.is_some_and(|found| matches!(found.fit, Fit::Mended(_)))
    }

    async fn sweep(&self) -> sqlx::Result<()> {
        let day = |days| self.holder.platform.clock.now().date() - time::Duration::days(days);
        let mut tx = self.holder.database.write().await?;
        on!(tx, search::sweep_tallies(day(KEPT_DAYS.0), day(KEPT_DAYS.1)))?;
        tx.commit().await
    }
}
