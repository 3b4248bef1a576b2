//! Settings: one table of names ([`table`]), merged from four sources ([`sources`]), read into types here.
//! A flag wins over the environment, the environment over the file, the file over the default.

mod read;
pub mod secret;
pub mod sources;
pub mod table;

use super::listen::tls::TlsFiles;
use crate::http::proxies::Proxies;
use crate::http::rate::RateLimit;
use app::orders::model::Seller;
use secret::Secret;
use sources::{Raw, Value};
use std::net::SocketAddr;
use std::path::PathBuf;
use std::time::Duration;

/// How log lines are written.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum LogFormat {
    /// For people.
    Text,
    /// One JSON object per line.
    Json,
}

/// Everything that can be set, checked. Secrets do not show themselves in `Debug`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Settings {
    /// Where the server listens.
    pub addr: SocketAddr,
    /// The database.
    pub database_url: Secret,
    /// PostgreSQL replicas for reading.
    pub database_read_urls: Vec<Secret>,
    /// The folder for the database file, pictures and mails.
    pub data_dir: PathBuf,
    /// Scheme and authority that the outside sees; `None` means the address that is listened on.
    pub base_url: Option<String>,
    /// The certificate, when the server speaks TLS itself.
    pub tls: Option<TlsFiles>,
    /// Where plain HTTP is answered with the way to the https address.
    pub redirect_addr: Option<SocketAddr>,
    /// Which log lines are written.
    pub log: String,
    /// How they are written.
    pub log_format: LogFormat,
    /// The mail server; `None` writes mails into files.
    pub smtp_url: Option<Secret>,
    /// Who mails are from.
    pub mail_from: String,
    /// Who sells, for invoices.
    pub seller: Seller,
    /// Whose `X-Forwarded-For` is believed.
    pub trusted_proxies: Proxies,
    /// How strict the limits per address are.
    pub rate_limit: RateLimit,
    /// Megabytes of finished pages that are kept.
    pub page_cache_mb: u32,
    /// Seconds for which caches in front may keep pages of the catalogue.
    pub cdn_seconds: u32,
    /// Whether an empty catalogue stays empty.
    pub no_demo: bool,
    /// How long goods are reserved for an order that is to be paid online.
    pub payment_hold: Duration,
    /// The sandbox gateway that the checkout offers.
    pub sandbox_url: Option<url::Url>,
    /// Where the sandbox gateway listens.
    pub sandbox_addr: SocketAddr,
    /// The key that the shop and the sandbox gateway share; `None` means the public one.
    pub sandbox_secret: Option<Secret>,
    /// The unit of the sandbox gateway's waits before a webhook.
    pub sandbox_delay: Duration,
    /// The folder of mails that the sandbox gateway shows; `None` shows none.
    pub sandbox_mail_dir: Option<PathBuf>,
}

/// A setting that cannot be used. The text names it and its source, never its value.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("{place}: {problem}")]
pub struct SettingsError {
    /// Which setting, and where it was given.
    pub place: String,
    /// What is wrong.
    pub problem: String,
}

impl SettingsError {
    fn new(place: impl Into<String>, problem: impl Into<String>) -> Self {
        Self { place: place.into(), problem: problem.into() }
    }
}

impl Settings {
    /// Checks merged values.
    ///
    /// # Errors
    /// For the first value that cannot be used.
    pub fn check(raw: &Raw) -> Result<Self, SettingsError> {
        let data_dir = PathBuf::from(raw.get("data_dir")?.text);
        // With the public key everybody could tell the shop that an order is paid.
        if let (Some(url), None) = (raw.find("sandbox_url"), raw.find("sandbox_secret")) {
            return Err(SettingsError::new(
                url.place(),
                "needs a key of its own: set sandbox_secret as well",
            ));
        }
        Ok(Self {
            addr: with(raw.get("addr")?, read::address)?,
            database_url: with_default(raw.find("database_url"), read::database_url, || {
                Secret::new(format!("sqlite:{}", data_dir.join("jishi.db").display()))
            })?,
            database_read_urls: with_default(raw.find("database_read_urls"), read::read_urls, Vec::new)?,
            base_url: raw.find("base_url").map(|value| with(value, read::base_url)).transpose()?,
            tls: tls(raw)?,
            redirect_addr: raw.find("redirect_addr").map(|value| with(value, read::address)).transpose()?,
            log: with(raw.get("log")?, read::log)?,
            log_format: with(raw.get("log_format")?, read::log_format)?,
            smtp_url: raw.find("smtp_url").map(|value| with(value, read::smtp_url)).transpose()?,
            mail_from: with(raw.get("mail_from")?, read::mail_from)?,
            seller: Seller {
                name: with_default(raw.find("seller_name"), read::line, String::new)?,
                tax_number: with_default(raw.find("seller_tax_number"), read::line, String::new)?,
                address: with_default(raw.find("seller_address"), read::line, String::new)?,
            },
            trusted_proxies: with_default(raw.find("trusted_proxies"), read::proxies, Proxies::default)?,
            rate_limit: with(raw.get("rate_limit")?, read::rate_limit)?,
            page_cache_mb: with(raw.get("page_cache_mb")?, read::megabytes)?,
            cdn_seconds: with(raw.get("cdn_seconds")?, read::seconds)?,
            no_demo: with(raw.get("no_demo")?, read::switch)?,
            payment_hold: with(raw.get("payment_minutes")?, read::minutes)?,
            sandbox_url: raw.find("sandbox_url").map(|value| with(value, read::service_url)).transpose()?,
            sandbox_addr: with(raw.get("sandbox_addr")?, read::address)?,
            sandbox_secret: raw.find("sandbox_secret").map(|value| Secret::new(value.text)),
            sandbox_delay: with(raw.get("sandbox_delay_ms")?, read::millis)?,
            sandbox_mail_dir: raw.find("sandbox_mail_dir").map(|value| PathBuf::from(value.text)),
            data_dir,
        })
    }
}

/// Both files or none, and with them an address that says https.
fn tls(raw: &Raw) -> Result<Option<TlsFiles>, SettingsError> {
    let (certificate, key) = match (raw.find("tls_certificate"), raw.find("tls_key")) {
        (None, None) => return Ok(None),
        (Some(certificate), Some(key)) => (certificate.text.into(), key.text.into()),
        (Some(alone), None) => return Err(SettingsError::new(alone.place(), "needs tls_key as well")),
        (None, Some(alone)) => {
            return Err(SettingsError::new(alone.place(), "needs tls_certificate as well"));
        }
    };
    match raw.find("base_url") {
        Some(url) if !url.text.to_ascii_lowercase().starts_with("https://") => {
            Err(SettingsError::new(url.place(), "must begin with https:// when the server speaks TLS"))
        }
        _ => Ok(Some(TlsFiles { certificate, key })),
    }
}

type Reader<T> = fn(&str) -> Result<T, &'static str>;

fn with<T>(value: Value<'_>, reader: Reader<T>) -> Result<T, SettingsError> {
    reader(value.text).map_err(|problem| SettingsError::new(value.place(), problem))
}

fn with_default<T>(
    value: Option<Value<'_>>,
    reader: Reader<T>,
    default: impl FnOnce() -> T,
) -> Result<T, SettingsError> {
    value.map_or_else(|| Ok(default()), |value| with(value, reader))
}

#[cfg(test)]
mod tests;
