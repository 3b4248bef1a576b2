//! The sandbox payment gateway: a process of its own (`jishi sandbox-gateway`) that behaves like a payment provider
//! and can be asked to misbehave like one. It moves no money and listens on loopback only.
//! `docs/sandbox-gateway.md` describes the wire format, so it is also the example for a real provider.
//!
//! | module | holds |
//! |---|---|
//! | [`signing`] | signatures of requests and webhooks |
//! | [`magic`] | magic amounts and cards: the one table of what can be asked for |
//! | [`model`], `session`, `event` | a session, its state machine, what happened to it |
//! | `store` | the sessions, in memory and bounded |
//! | `wire`, `api` | the merchant's JSON endpoints |
//! | `html`, `texts`, `card`, `card_form`, `qr`, `pages`, `pay` | the hosted pay pages |
//! | `mails`, `mail_pages`, `mail` | the viewer of the shop's mails |
//! | [`webhooks`] | the queue of webhooks |

mod api;
mod card;
mod card_form;
mod event;
mod html;
pub mod magic;
mod mail;
mod mail_pages;
mod mails;
pub mod model;
mod pages;
mod pay;
mod qr;
mod session;
pub mod signing;
pub mod store;
mod texts;
pub mod webhooks;
mod wire;

use crate::platform::clock::{Clock, SystemClock};
use crate::platform::entropy::{Entropy, SystemEntropy};
use app::kernel::PublicId;
use axum::Router;
use axum::extract::DefaultBodyLimit;
use axum::http::StatusCode;
use axum::routing::get;
use axum::serve::ListenerExt;
use event::{Dispatch, Stamp};
use mails::Mailbox;
use session::Session;
use signing::SigningKey;
use std::net::SocketAddr;
use std::path::PathBuf;
use std::sync::Arc;
use std::time::Duration;
use store::{MAX_SESSIONS, NewIds, Store};
use tokio::net::TcpListener;
use tokio::sync::watch;
use tower_http::timeout::TimeoutLayer;
use webhooks::{Courier, Queue};

/// The key that a sandbox uses unless it is given one. It is public: it protects nothing.
pub const SANDBOX_KEY: &str = "jishi-sandbox-key-public-never-for-real-money";

/// How long a request may take.
const REQUEST_TIMEOUT: Duration = Duration::from_secs(10);
/// How long requests in flight may still take after the signal to stop.
const SHUTDOWN_GRACE: Duration = Duration::from_secs(10);

/// What the process is started with.
#[derive(Clone)]
pub struct SandboxSettings {
    /// Where it listens: a loopback address.
    pub addr: SocketAddr,
    /// The HMAC key shared with the shop (plain text, or `whsec_` and base64).
    pub secret: String,
    /// The delay unit: every wait of the webhook queue is a multiple of it.
    pub webhook_delay: Duration,
    /// The folder whose mails are shown at `/mail`; `None` shows none.
    pub mail_dir: Option<PathBuf>,
}

impl Default for SandboxSettings {
    fn default() -> Self {
        Self {
            addr: SocketAddr::from(([127, 0, 0, 1], 3020)),
            secret: SANDBOX_KEY.to_owned(),
            webhook_delay: Duration::from_secs(1),
            mail_dir: None,
        }
    }
}

impl std::fmt::Debug for SandboxSettings {
    fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        formatter
            .debug_struct("SandboxSettings")
            .field("addr", &self.addr)
            .field("webhook_delay", &self.webhook_delay)
            .field("mail_dir", &self.mail_dir)
            .finish_non_exhaustive()
    }
}

/// What the gateway takes of the world outside.
pub struct Outside {
    /// The bound socket.
    pub listener: TcpListener,
    /// The time.
    pub clock: Arc<dyn Clock>,
    /// Randomness for ids.
    pub entropy: Arc<dyn Entropy>,
}

/// Runs the gateway until `shutdown`; requests and webhooks in flight are finished.
///
/// # Errors
/// When a setting is not acceptable or the address cannot be bound.
pub async fn serve(
    settings: SandboxSettings,
    shutdown: impl Future<Output = ()> + Send + 'static,
) -> anyhow::Result<()> {
    let addr = settings.addr;
    if !addr.ip().is_loopback() {
        anyhow::bail!("the sandbox gateway listens on loopback only, not on {addr}");
    }
    let listener = TcpListener::bind(addr)
        .await
        .map_err(|error| anyhow::anyhow!("the sandbox gateway cannot listen on {addr}: {error}"))?;
    let outside = Outside { listener, clock: Arc::new(SystemClock), entropy: Arc::new(SystemEntropy) };
    serve_with(outside, settings, shutdown).await
}

/// Runs the gateway on a bound socket, with a given clock and randomness.
///
/// # Errors
/// When the key is empty or the socket fails.
pub async fn serve_with(
    outside: Outside,
    settings: SandboxSettings,
    shutdown: impl Future<Output = ()> + Send + 'static,
) -> anyhow::Result<()> {
    if settings.secret.is_empty() {
        anyhow::bail!("the sandbox gateway needs a key that is not empty");
    }
    let addr = outside.listener.local_addr()?;
    let gateway = Arc::new(Gateway::new(&outside, &settings, addr));
    let (stop, stopped) = watch::channel(false);
    let courier = tokio::spawn(Arc::new(gateway.courier()).run(stopped.clone()));
    tracing::info!(%addr, public_key = settings.secret == SANDBOX_KEY, "sandbox gateway listens");
    let listener = outside.listener.tap_io(|socket| {
        // A small answer must not wait for the acknowledgement of the one before.
        let _ = socket.set_nodelay(true);
    });
    let signal = async move {
        shutdown.await;
        stop.send_replace(true);
    };
    let server = axum::serve(listener, router(gateway)).with_graceful_shutdown(signal);
    tokio::select! {
        ended = server.into_future() => ended?,
        () = grace_is_over(stopped) => tracing::warn!("requests still in flight were cut off"),
    }
    courier.await?;
    Ok(())
}

async fn grace_is_over(mut stopped: watch::Receiver<bool>) {
    if stopped.wait_for(|stopped| *stopped).await.is_ok() {
        tokio::time::sleep(SHUTDOWN_GRACE).await;
    }
}

/// Every route of the process.
fn router(gateway: Arc<Gateway>) -> Router {
    Router::new()
        .merge(api::router(&gateway))
        .merge(pay::router())
        .merge(mail::router())
        .route("/healthz", get(async || "ok"))
        .fallback(pay::not_found)
        .layer(DefaultBodyLimit::max(api::MAX_BODY))
        .layer(TimeoutLayer::with_status_code(StatusCode::REQUEST_TIMEOUT, REQUEST_TIMEOUT))
        .with_state(gateway)
}

/// What every request can reach.
struct Gateway {
    key: SigningKey,
    clock: Arc<dyn Clock>,
    entropy: Arc<dyn Entropy>,
    store: Arc<Store>,
    queue: Arc<Queue>,
    mailbox: Option<Mailbox>,
    /// `http://127.0.0.1:3020`
    base_url: String,
}

impl Gateway {
    fn new(outside: &Outside, settings: &SandboxSettings, addr: SocketAddr) -> Self {
        Self {
            key: SigningKey::new(&settings.secret),
            clock: outside.clock.clone(),
            entropy: outside.entropy.clone(),
            store: Arc::new(Store::new(MAX_SESSIONS)),
            queue: Arc::new(Queue::new(settings.webhook_delay)),
            mailbox: settings.mail_dir.as_deref().map(Mailbox::new),
            base_url: format!("http://{addr}"),
        }
    }

    fn courier(&self) -> Courier {
        Courier {
            queue: self.queue.clone(),
            store: self.store.clone(),
            key: self.key.clone(),
            clock: self.clock.clone(),
            client: Courier::client(),
        }
    }

    /// A new opaque id such as `ps_…`.
    fn new_id(&self, prefix: &str) -> String {
        PublicId::new(prefix, self.entropy.bytes()).as_str().to_owned()
    }

    fn stamp(&self) -> Stamp {
        Stamp { now: self.clock.now(), event_id: self.new_id("evt") }
    }

    fn new_ids(&self) -> NewIds {
        NewIds { session: self.new_id("ps"), stamp: self.stamp() }
    }

    fn pay_url(&self, id: &str) -> String {
        format!("{}/pay/{id}", self.base_url)
    }

    /// Looks at a session, or changes it. `None`: there is none with this id.
    fn with<T>(&self, id: &str, work: impl FnOnce(&mut Session, Stamp) -> T) -> Option<T> {
        let stamp = self.stamp();
        self.store.with(id, self.stamp(), |session| work(session, stamp))
    }

    fn send(&self, dispatches: Vec<Dispatch>) {
        for dispatch in dispatches {
            self.queue.send(dispatch);
        }
    }
}
