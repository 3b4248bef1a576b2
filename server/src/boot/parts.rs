//! Parts of the shop that are made from settings.

use super::settings::Settings;
use crate::payments::provider::{DEFAULT_HOLD, Providers};
use crate::payments::sandbox::{SandboxAccess, SandboxProvider};
use crate::platform::Platform;
use crate::search::analysis::synonyms::{self, Synonyms};
use anyhow::Context as _;
use std::sync::Arc;

/// The shop's synonyms, or those in the data folder.
///
/// # Errors
/// When the file is there and cannot be read.
pub(super) fn synonyms(settings: &Settings) -> anyhow::Result<Synonyms> {
    let file = settings.data_dir.join("search-synonyms.txt");
    match std::fs::read(&file) {
        Ok(bytes) => Ok(Synonyms::parse(&String::from_utf8_lossy(&bytes))),
        Err(error) if error.kind() == std::io::ErrorKind::NotFound => Ok(Synonyms::parse(synonyms::DEFAULT)),
        Err(error) => Err(error).with_context(|| format!("cannot read {}", file.display())),
    }
}

/// Who collects the money: at the door always, on the sandbox gateway when there is one.
///
/// # Errors
/// When the sandbox gateway is set for a shop that others can reach.
pub(super) fn providers(
    settings: &Settings,
    platform: &Platform,
    base_url: &str,
) -> anyhow::Result<Providers> {
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
