//! `jishi serve`: everything up in order, and down in the opposite one.

use super::listen::House;
use super::listen::redirect::Redirect;
use super::listen::tls::{LOOK_EVERY, Tls};
use super::settings::Settings;
use super::watch::Watch;
use super::{commands, listen, parts, services, shutdown, telemetry};
use crate::catalog::import;
use crate::catalog::pictures::{Deriver, Maker};
use crate::db::Database;
use crate::http::kept::KeptPages;
use crate::http::{AppState, Outside, router};
use crate::jobs::{Worker, rounds};
use crate::payments::provider::Providers;
use crate::platform::Platform;
use anyhow::Context;
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
    let tls = settings.tls.as_ref().map(Tls::open).transpose()?;
    let base_url = base_url(settings, listener.local_addr()?);
    let redirect = Redirect::open(settings, &base_url).await?;
    let providers = parts::providers(settings, &platform, &base_url)?;
    let shop = Shop::open(database, platform, &providers, settings)?;
    let house = House {
        router: router(shop.state(settings, &base_url)),
        tls: tls.clone(),
        proxies: settings.trusted_proxies.clone(),
    };
    let upkeep = tokio::spawn(telemetry::keep_small());
    let renewal =
        tls.zip(settings.tls.clone()).map(|(tls, files)| tokio::spawn(tls.follow(files, LOOK_EVERY)));
    commands::say(&format!("Jishi is open at {base_url}"));
    tokio::join!(listen::run(listener, house, shutdown::signal()), redirect.run(shutdown::signal()));
    upkeep.abort();
    renewal.inspect(JoinHandle::abort);
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
    let scheme = if settings.tls.is_some() { "https" } else { "http" };
    settings.base_url.clone().unwrap_or_else(|| format!("{scheme}://{open}"))
}

/// The running parts behind the router.
struct Shop {
    database: Database,
    platform: Platform,
    worker: Arc<Mutex<Option<Worker>>>,
    pictures: JoinHandle<()>,
    /// Keeps the search index up to date.
    follower: JoinHandle<()>,
    services: app::Services,
    rounds: Vec<JoinHandle<()>>,
    stop: watch::Sender<bool>,
}

impl Shop {
    fn open(
        database: Database,
        platform: Platform,
        providers: &Providers,
        settings: &Settings,
    ) -> anyhow::Result<Self> {
        let (synonyms, seller) = (parts::synonyms(settings)?, settings.seller.clone());
        let (stop, stopped) = watch::channel(false);
        let rounds = rounds::start(services::rounds(&database, &platform, providers), &stopped);
        let handlers = services::handlers_with(&database, &platform, providers);
        let worker = Worker::start_with(database.clone(), platform.clone(), handlers, stopped.clone());
        let worker = Arc::new(Mutex::new(Some(worker)));
        let (kept, outside) = (database.clone(), platform.clone());
        let pictures =
            Deriver { database: kept, platform: outside, maker: Maker::this_program() }.start(stopped);
        let search = Arc::new(services::search(&database, &platform).with_synonyms(synonyms));
        let follower = tokio::spawn(search.clone().follow(stop.subscribe()));
        let services = services::wire_as(&database, &platform, providers, search, seller);
        Ok(Self { database, platform, worker, pictures, follower, services, rounds, stop })
    }

    fn state(&self, settings: &Settings, base_url: &str) -> AppState {
        let outside = Outside { trusted_proxies: settings.trusted_proxies.clone(), ..Outside::at(base_url) };
        let readiness = Watch {
            database: self.database.clone(),
            platform: self.platform.clone(),
            worker: self.worker.clone(),
        };
        AppState::new(self.services.clone(), self.platform.clone(), outside, Arc::new(readiness))
            .with_rates(settings.rate_limit)
            .with_kept_pages(self.kept_pages(settings))
    }

    fn kept_pages(&self, settings: &Settings) -> KeptPages {
        KeptPages::new(settings.page_cache_mb, self.database.bus().edition()).shared_for(settings.cdn_seconds)
    }

    /// The worker ends between two jobs and the search counts its last texts, then the pools close.
    async fn close(self) {
        let _ = self.stop.send(true);
        let worker = self.worker.lock().unwrap_or_else(PoisonError::into_inner).take();
        if let Some(worker) = worker {
            worker.join().await;
        }
        if self.pictures.await.is_err() {
            tracing::error!("the work on pictures ended with a panic");
        }
        if self.follower.await.is_err() {
            tracing::error!("the search's follower ended with a panic");
        }
        for round in self.rounds {
            let _ = round.await;
        }
        self.database.close().await;
    }
}
