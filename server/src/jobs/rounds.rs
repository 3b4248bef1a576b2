//! What is done from time to time, whether or not anything happened: expiring, asking again.
//! Every round must be idempotent and conditional: each node runs its own.

use app::AppError;
use async_trait::async_trait;
use std::sync::Arc;
use std::time::Duration;
use tokio::sync::watch;
use tokio::task::JoinHandle;

/// Work that is due from time to time.
#[async_trait]
pub trait Round: Send + Sync {
    /// For the log.
    fn name(&self) -> &'static str;
    /// The pause between two of them.
    fn every(&self) -> Duration;
    /// Does what is due now.
    async fn run(&self) -> Result<(), AppError>;
}

/// Runs every round in its rhythm until `shutdown` is true; a round in progress is finished.
#[must_use]
pub fn start(rounds: Vec<Arc<dyn Round>>, shutdown: &watch::Receiver<bool>) -> Vec<JoinHandle<()>> {
    rounds.into_iter().map(|round| tokio::spawn(keep_going(round, shutdown.clone()))).collect()
}

async fn keep_going(round: Arc<dyn Round>, mut shutdown: watch::Receiver<bool>) {
    while !*shutdown.borrow() {
        if let Err(error) = round.run().await {
            tracing::warn!(round = round.name(), %error, "a round could not do its work; trying again");
        }
        tokio::select! {
            changed = shutdown.changed() => if changed.is_err() { return },
            () = tokio::time::sleep(round.every()) => {}
        }
    }
}
