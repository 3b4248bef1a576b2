//! Looking at the shop's own parts, for `/readyz` and `/metrics`.

use crate::db::{Database, SchemaState};
use crate::http::health::{Load, Readiness, Readings};
use crate::jobs::Worker;
use crate::on;
use crate::platform::Platform;
use async_trait::async_trait;
use std::sync::{Arc, Mutex, PoisonError};

/// Looks at the parts for `/readyz`.
pub(super) struct Watch {
    pub(super) database: Database,
    pub(super) platform: Platform,
    pub(super) worker: Arc<Mutex<Option<Worker>>>,
}

#[async_trait]
impl Readiness for Watch {
    async fn read(&self) -> Readings {
        let now = self.platform.clock.now();
        let is_working = |worker: &Worker| worker.is_alive(now);
        let jobs =
            self.worker.lock().unwrap_or_else(PoisonError::into_inner).as_ref().is_some_and(is_working);
        let database = self.database.ping().await.is_ok();
        let migrations = database && matches!(self.database.schema_state().await, Ok(SchemaState::Current));
        Readings { database, migrations, jobs }
    }
    async fn load(&self) -> Load {
        Load { pools: self.database.pools(), jobs: self.jobs().await.unwrap_or_default() }
    }
}

impl Watch {
    async fn jobs(&self) -> sqlx::Result<Vec<(&'static str, i64)>> {
        let mut conn = self.database.read_latest().await?;
        Ok(vec![
            ("event_waiting", on!(conn, jobs::count_waiting_events())?),
            ("ready", on!(conn, jobs::count_jobs("ready"))?),
            ("dead", on!(conn, jobs::count_jobs("dead"))?),
        ])
    }
}
