//! The two programs under test, as processes of their own.

use axum::body::{Body, to_bytes};
use http::Request;
use hyper_util::client::legacy::{Client, connect::HttpConnector};
use hyper_util::rt::TokioExecutor;
use serde_json::Value;
use server::platform::clock::{Clock as _, SystemClock};
use server::sandbox_gateway::signing::SigningKey;
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::time::Duration;
use tokio::net::TcpListener;
use tokio::sync::Mutex;

pub(crate) const KEY: &str = "the key of the crash test";

/// A number from the environment.
#[expect(clippy::disallowed_methods, reason = "the one way to tell a test how long to run")]
pub(crate) fn number(name: &str, usual: usize) -> usize {
    std::env::var(name).ok().and_then(|text| text.parse().ok()).unwrap_or(usual)
}

/// Whether this runs where nobody waits for it.
#[expect(clippy::disallowed_methods, reason = "the usual way to tell a test where it runs")]
pub(crate) fn is_ci() -> bool {
    std::env::var("CI").is_ok_and(|text| !matches!(text.as_str(), "" | "0" | "false"))
}

async fn free_address() -> String {
    TcpListener::bind("127.0.0.1:0").await.unwrap().local_addr().unwrap().to_string()
}

/// The program with its settings.
fn jishi(task: &str, settings: &[(&str, &str)]) -> Process {
    let mut command = Command::new(env!("CARGO_BIN_EXE_jishi"));
    command.arg(task).stdin(Stdio::null()).stdout(Stdio::null()).stderr(Stdio::null());
    for (name, value) in settings {
        command.arg(format!("--{name}={value}"));
    }
    Process(command.spawn().unwrap())
}

/// A child that does not outlive the test.
struct Process(Child);

impl Process {
    /// SIGKILL: no word of farewell, nothing flushed.
    fn kill(&mut self) {
        self.0.kill().unwrap();
        self.0.wait().unwrap();
    }
}

impl Drop for Process {
    fn drop(&mut self) {
        let _ = self.0.kill();
        let _ = self.0.wait();
    }
}

pub(crate) fn client() -> Client<HttpConnector, Body> {
    Client::builder(TokioExecutor::new()).pool_max_idle_per_host(0).build_http()
}

/// Waits until something answers at `url`.
async fn wait_for(url: &str) {
    let client = client();
    for _ in 0..1200 {
        if client.get(url.parse().unwrap()).await.is_ok_and(|answer| answer.status().is_success()) {
            return;
        }
        tokio::time::sleep(Duration::from_millis(25)).await;
    }
    panic!("nothing answers at {url}");
}

/// The gateway: it never dies, it has the money.
pub(crate) struct Gateway {
    pub(crate) url: String,
    _process: Process,
}

impl Gateway {
    pub(crate) async fn start() -> Self {
        let address = free_address().await;
        let settings =
            [("sandbox-addr", address.as_str()), ("sandbox-secret", KEY), ("sandbox-delay-ms", "100")];
        let process = jishi("sandbox-gateway", &settings);
        let url = format!("http://{address}");
        wait_for(&format!("{url}/healthz")).await;
        Self { url, _process: process }
    }

    /// A session, as the gateway knows it.
    pub(crate) async fn session(&self, id: &str) -> Value {
        let timestamp = SystemClock.now().unix_timestamp().to_string();
        let request = Request::get(format!("{}/v1/sessions/{id}", self.url))
            .header("request-id", "crash")
            .header("request-timestamp", &timestamp)
            .header("request-signature", SigningKey::new(KEY).sign("crash", &timestamp, b""));
        let answer = client().request(request.body(Body::empty()).unwrap()).await.unwrap();
        serde_json::from_slice(&to_bytes(Body::new(answer.into_body()), 1 << 20).await.unwrap()).unwrap()
    }
}

/// The name by which a shop's connections are known to PostgreSQL.
fn connection_name() -> String {
    format!("crash_{}", std::process::id())
}

/// The shop.
pub(crate) struct Shop {
    pub(crate) url: String,
    database: String,
    /// Where the shop puts its mails.
    pub(crate) mail_dir: PathBuf,
    settings: Vec<(&'static str, String)>,
    process: Mutex<Process>,
}

impl Shop {
    pub(crate) async fn start(database: &str, folder: &Path, gateway: &Gateway) -> Self {
        let address = free_address().await;
        let data: PathBuf = folder.join("data");
        let named = match database.starts_with("postgres") {
            true => format!("{database}&application_name={}", connection_name()),
            false => database.to_owned(),
        };
        let settings = vec![
            ("addr", address.clone()),
            ("database-url", named),
            ("data-dir", data.display().to_string()),
            ("rate-limit", "off".to_owned()),
            ("log", "warn".to_owned()),
            ("sandbox-url", gateway.url.clone()),
            ("sandbox-secret", KEY.to_owned()),
        ];
        let url = format!("http://{address}");
        let process = Mutex::new(Self::spawn(&settings));
        wait_for(&format!("{url}/readyz")).await;
        Self { url, database: database.to_owned(), mail_dir: data.join("mail"), settings, process }
    }

    fn spawn(settings: &[(&'static str, String)]) -> Process {
        let settings: Vec<_> = settings.iter().map(|(name, value)| (*name, value.as_str())).collect();
        jishi("serve", &settings)
    }

    pub(crate) async fn kill_and_restart(&self) {
        let mut process = self.process.lock().await;
        process.kill();
        *process = Self::spawn(&self.settings);
        wait_for(&format!("{}/readyz", self.url)).await;
    }

    /// Cuts every connection between the shop and PostgreSQL, in the middle of whatever it does. Gives `false` on
    /// SQLite, which has none.
    pub(crate) async fn cut_connections(&self) -> bool {
        if !self.database.starts_with("postgres") {
            return false;
        }
        let admin = sqlx::PgPool::connect(&self.database).await.unwrap();
        let cut = "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE application_name = $1";
        sqlx::query(cut).bind(connection_name()).execute(&admin).await.unwrap();
        admin.close().await;
        true
    }

    pub(crate) async fn stop(&self) {
        self.process.lock().await.kill();
    }
}
