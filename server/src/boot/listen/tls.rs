//! TLS: the certificate's files, read at the start and again whenever they change, so that a renewed certificate
//! needs no restart. A new one that cannot be used leaves the old one in force.

use anyhow::Context as _;
use rustls::crypto::CryptoProvider;
use rustls::crypto::ring::{Ticketer, default_provider};
use rustls::pki_types::pem::PemObject as _;
use rustls::pki_types::{CertificateDer, PrivateKeyDer};
use rustls::server::{ClientHello, ResolvesServerCert, ServerConfig};
use rustls::sign::CertifiedKey;
use std::path::{Path, PathBuf};
use std::sync::{Arc, PoisonError, RwLock};
use std::time::{Duration, SystemTime};
use tokio_rustls::TlsAcceptor;

/// How often the files are looked at.
pub const LOOK_EVERY: Duration = Duration::from_secs(5);

/// Where the certificate is.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct TlsFiles {
    /// The certificate and those between it and a known authority, as PEM.
    pub certificate: PathBuf,
    /// Its private key, as PEM.
    pub key: PathBuf,
}

/// When and how large the files were: enough to see a change.
type State = [Option<(SystemTime, u64)>; 2];

impl TlsFiles {
    fn load(&self, provider: &CryptoProvider) -> anyhow::Result<CertifiedKey> {
        let chain = CertificateDer::pem_file_iter(&self.certificate)
            .and_then(Iterator::collect::<Result<Vec<_>, _>>)
            .with_context(|| format!("no certificate can be read from {}", self.certificate.display()))?;
        if chain.is_empty() {
            anyhow::bail!("there is no certificate in {}", self.certificate.display());
        }
        let key = PrivateKeyDer::from_pem_file(&self.key)
            .with_context(|| format!("no private key can be read from {}", self.key.display()))?;
        CertifiedKey::from_der(chain, key, provider).with_context(|| {
            format!("{} and {} do not belong together", self.certificate.display(), self.key.display())
        })
    }

    fn state(&self) -> State {
        [&self.certificate, &self.key].map(|file: &PathBuf| state_of(file))
    }
}

fn state_of(file: &Path) -> Option<(SystemTime, u64)> {
    let data = std::fs::metadata(file).ok()?;
    Some((data.modified().ok()?, data.len()))
}

/// The certificate in force.
#[derive(Debug)]
struct Current(RwLock<Arc<CertifiedKey>>);

impl ResolvesServerCert for Current {
    fn resolve(&self, _: ClientHello<'_>) -> Option<Arc<CertifiedKey>> {
        Some(self.0.read().unwrap_or_else(PoisonError::into_inner).clone())
    }
}

/// What makes a connection secret. Cheap to clone.
#[derive(Clone)]
pub struct Tls {
    acceptor: TlsAcceptor,
    current: Arc<Current>,
    provider: Arc<CryptoProvider>,
}

impl Tls {
    /// Reads the files and offers HTTP/2 before HTTP/1.1, with TLS 1.2 and 1.3.
    ///
    /// # Errors
    /// When the files cannot be read or do not belong together.
    pub fn open(files: &TlsFiles) -> anyhow::Result<Self> {
        let provider = Arc::new(default_provider());
        let current = Arc::new(Current(RwLock::new(Arc::new(files.load(&provider)?))));
        let mut config = ServerConfig::builder_with_provider(provider.clone())
            .with_safe_default_protocol_versions()?
            .with_no_client_auth()
            .with_cert_resolver(current.clone());
        config.alpn_protocols = vec![b"h2".to_vec(), b"http/1.1".to_vec()];
        // A visitor who comes back saves a round trip.
        config.ticketer = Ticketer::new()?;
        Ok(Self { acceptor: TlsAcceptor::from(Arc::new(config)), current, provider })
    }

    /// Greets one connection.
    pub(super) fn accept<S>(&self, stream: S) -> tokio_rustls::Accept<S>
    where
        S: tokio::io::AsyncRead + tokio::io::AsyncWrite + Unpin,
    {
        self.acceptor.accept(stream)
    }

    /// Takes the files again, for connections that come from now on.
    ///
    /// # Errors
    /// When they cannot be used; then nothing changes.
    pub fn reload(&self, files: &TlsFiles) -> anyhow::Result<()> {
        let fresh = files.load(&self.provider)?;
        *self.current.0.write().unwrap_or_else(PoisonError::into_inner) = Arc::new(fresh);
        Ok(())
    }

    /// The certificate in force, for tests.
    #[cfg(test)]
    pub(super) fn in_force(&self) -> Vec<u8> {
        let current = self.current.0.read().unwrap_or_else(PoisonError::into_inner);
        current.end_entity_cert().map(|certificate| certificate.to_vec()).unwrap_or_default()
    }

    /// Looks at the files again and again and takes them again when they have changed. Two files cannot be replaced at one
    /// moment, so a pair that does not fit is looked at again when either changes.
    pub async fn follow(self, files: TlsFiles, every: Duration) {
        let mut known = files.state();
        loop {
            tokio::time::sleep(every).await;
            let state = files.state();
            if state == known {
                continue;
            }
            known = state;
            match self.reload(&files) {
                Ok(()) => tracing::info!("the renewed TLS certificate is in force"),
                Err(error) => tracing::error!(error = format!("{error:#}"), "the old TLS certificate stays"),
            }
        }
    }
}
