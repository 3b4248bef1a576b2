//! `jishi serve`: everything up in order, and down in the opposite one.

use super::settings::Settings;
use super::{commands, listen, services, shutdown, telemetry};
use crate::catalog::import;
use crate::db::{Database, SchemaState};
use crate::http::health::{Readiness, Readings};
use crate::http::{AppState, Outside, router};
use crate::jobs::{Worker, rounds};
use crate::payments::provider::{DEFAULT_HOLD, Providers};
use crate::payments::sandbox::{SandboxAccess, SandboxProvider};
use crate::platform::Platform;
use anyhow::Context;
use async_trait::async_trait;
use std::net::{IpAddr, SocketAddr};
use std::sync::{Arc, Mutex, PoisonError};
use tokio::net::TcpListener;
use tokio::sync::watch;
use tokio::task::JoinHandle;

/// Opens the shop and keeps it open until it is asked to stop.
///
/// # Errors
/// When the database, the demo catalogue or the socket cannot be used.
pub async fn run(settings: &Settings) -> anyhow::Result<()> {
    telemetry::metrics();
    let (database, _) = commands::open_and_migrate(settings).await?;
    let platform = commands::platform(settings)?;
    fill_empty_catalogue(settings, &database, &platform).await?;
    let listener = TcpListener::bind(settings.addr)
        .await
        .with_context(|| format!("cannot listen on {}", settings.addr))?;
    let base_url = base_url(settings, listener.local_addr()?);
    let providers = providers(settings, &platform, &base_url)?;
    let shop = Shop::open(database, platform, &providers);
    let router = router(shop.state(settings, &base_url));
    let upkeep = tokio::spawn(telemetry::keep_small());
    commands::say(&format!("Jishi is open at {base_url}"));
    listen::run(listener, router, shutdown::signal()).await;
    upkeep.abort();
    shop.close().await;
    Ok(())
}

async fn fill_empty_catalogue(
    settings: &Settings,
    database: &Database,
    platform: &Platform,
) -> anyhow::Result<()> {
    if settings.no_demo || !import::is_empty(database).await? {
        return Ok(());
    }
    let report =
        import::import_demo(database, platform).await.context("the demo catalogue cannot be imported")?;
    tracing::info!(%report, "the empty catalogue shows the demo");
    Ok(())
}

/// What the outside sees: the setting, or the address listened on in a form that a browser on this machine can open.
fn base_url(settings: &Settings, listening: SocketAddr) -> String {
    let mut open = listening;
    if open.ip().is_unspecified() {
        open.set_ip(match open.ip() {
            IpAddr::V4(_) => std::net::Ipv4Addr::LOCALHOST.into(),
            IpAddr::V6(_) => std::net::Ipv6Addr::LOCALHOST.into(),
        });
    }
    settings.base_url.clone().unwrap_or_else(|| format!("http://{open}"))
}

/// Who collects the money: at the door always, on the sandbox gateway when there is one.
fn providers(settings: &Settings, platform: &Platform, base_url: &str) -> anyhow::Result<Providers> {
    let hold = settings.payment_hold.try_into().unwrap_or(DEFAULT_HOLD);
    let (Some(url), Some(secret)) = (&settings.sandbox_url, &settings.sandbox_secret) else {
        return Ok(Providers::new(base_url, hold, Vec::new()));
    };
    if !is_loopback(base_url) {
        anyhow::bail!(
            "JISHI_SANDBOX_URL: the sandbox gateway is for playing, and {base_url} is not on this machine"
        );
    }
    let access =
        SandboxAccess { url: url.clone(), secret: secret.reveal().to_owned(), base_url: base_url.to_owned() };
    let sandbox = SandboxProvider::new(access, platform.clock.clone(), platform.entropy.clone());
    Ok(Providers::new(base_url, hold, vec![Arc::new(sandbox)]))
}

fn is_loopback(base_url: &str) -> bool {
    match url::Url::parse(base_url).ok().as_ref().and_then(url::Url::host) {
        Some(url::Host::Ipv4(address)) => address.is_loopback(),
        Some(url::Host::Ipv6(address)) => address.is_loopback(),
        Some(url::Host::Domain(name)) => name == "localhost",
        None => false,
    }
}

/// The running parts behind the router.
struct Shop {
    database: Database,
    platform: Platform,
    worker: Arc<Mutex<Option<Worker>>>,
    services: app::Services,
    rounds: Vec<JoinHandle<()>>,
    stop: watch::Sender<bool>,
}

impl Shop {
    fn open(database: Database, platform: Platform, providers: &Providers) -> Self {
        let (stop, stopped) = watch::channel(false);
        let rounds = rounds::start(services::rounds(&database, &platform, providers), &stopped);
        let handlers = services::handlers_with(&database, &platform, providers);
        let worker = Worker::start_with(database.clone(), platform.clone(), handlers, stopped);
        let services = services::wire_with(&database, &platform, providers);
        Self { database, platform, worker: Arc::new(Mutex::new(Some(worker))), services, rounds, stop }
    }

    fn state(&self, settings: &Settings, base_url: &str) -> AppState {
        let outside = Outside { base_url: base_url.into(), trusted_proxy: settings.trusted_proxy };
        let readiness = Watch {
            database: self.database.clone(),
            platform: self.platform.clone(),
            worker: self.worker.clone(),
        };
        AppState::new(self.services.clone(), self.platform.clone(), outside, Arc::new(readiness))
            .with_rates(settings.rate_limit)
    }

    /// The worker ends between two jobs, then the pools close.
    async fn close(self) {
        let _ = self.stop.send(true);
        let worker = self.worker.lock().unwrap_or_else(PoisonError::into_inner).take();
        if let Some(worker) = worker {
            worker.join().await;
        }
        for round in self.rounds {
            let _ = round.await;
        }
        self.database.close().await;
    }
}

/// Looks at the parts for `/readyz`.
struct Watch {
    database: Database,
    platform: Platform,
    worker: Arc<Mutex<Option<Worker>>>,
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
}
