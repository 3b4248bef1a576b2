//! Real sockets on the loopback, a real certificate of our own making, a real client.

use super::connection::{Door, PATIENCE};
use super::places::Shares;
use super::tls::{Tls, TlsFiles};
use crate::http::proxies::Proxies;
use axum::Router;
use axum::extract::Request;
use axum::routing::get;
use http_body_util::{BodyExt as _, Empty};
use hyper::body::Bytes;
use hyper_util::rt::{TokioExecutor, TokioIo};
use rcgen::{CertifiedKey, generate_simple_self_signed};
use rustls::pki_types::{CertificateDer, ServerName};
use rustls::{ClientConfig, RootCertStore};
use std::net::SocketAddr;
use std::sync::Arc;
use std::time::{Duration, Instant};
use tokio::io::{AsyncRead, AsyncReadExt as _, AsyncWrite, AsyncWriteExt as _};
use tokio::net::{TcpListener, TcpStream};
use tokio::sync::oneshot;
use tokio_rustls::TlsConnector;
use tokio_rustls::client::TlsStream;

/// A folder that goes when the test ends.
pub(super) struct Folder(std::path::PathBuf);

impl Folder {
    pub(super) fn new(name: &str) -> Self {
        let folder = std::env::temp_dir().join(format!("jishi-tls-{name}-{}", std::process::id()));
        std::fs::create_dir_all(&folder).unwrap();
        Self(folder)
    }

    pub(super) fn files(&self) -> TlsFiles {
        TlsFiles { certificate: self.0.join("chain.pem"), key: self.0.join("key.pem") }
    }
}

impl Drop for Folder {
    fn drop(&mut self) {
        let _ = std::fs::remove_dir_all(&self.0);
    }
}

/// Writes a fresh certificate for `localhost` and tells it.
pub(super) fn certify(files: &TlsFiles) -> CertificateDer<'static> {
    let CertifiedKey { cert, signing_key } = generate_simple_self_signed(["localhost".to_owned()]).unwrap();
    std::fs::write(&files.certificate, cert.pem()).unwrap();
    std::fs::write(&files.key, signing_key.serialize_pem()).unwrap();
    cert.der().clone()
}

/// A server on a free port, what stops it, and its end.
type Opened = (SocketAddr, oneshot::Sender<()>, tokio::task::JoinHandle<()>);

/// A server that tells which protocol it was asked by.
async fn open(tls: Option<Tls>) -> Opened {
    open_with(tls, PATIENCE).await
}

/// The same for clients who may take that long.
async fn open_with(tls: Option<Tls>, patience: Duration) -> Opened {
    open_router(version(), tls, patience, Shares::beside(Proxies::default())).await
}

/// Tells which protocol it was asked by, at once or after a while.
pub(super) fn version() -> Router {
    Router::new().route("/", get(|request: Request| async move { format!("{:?}", request.version()) })).route(
        "/slow",
        get(|| async {
            tokio::time::sleep(Duration::from_millis(300)).await;
            "done"
        }),
    )
}

/// A server with these answers, and such a share of its places for everybody.
pub(super) async fn open_router(
    router: Router,
    tls: Option<Tls>,
    patience: Duration,
    shares: Shares,
) -> Opened {
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let addr = listener.local_addr().unwrap();
    let (stop, stopped) = oneshot::channel();
    let door = move |stopped| Door { router, tls, patience, stopped };
    let server = tokio::spawn(super::open(listener, shares, door, async {
        let _ = stopped.await;
    }));
    (addr, stop, server)
}

pub(super) async fn connect(
    addr: SocketAddr,
    trusted: &CertificateDer<'static>,
    protocols: &[&[u8]],
) -> std::io::Result<TlsStream<TcpStream>> {
    let mut roots = RootCertStore::empty();
    roots.add(trusted.clone()).unwrap();
    let provider = Arc::new(rustls::crypto::ring::default_provider());
    let mut config = ClientConfig::builder_with_provider(provider)
        .with_safe_default_protocol_versions()
        .unwrap()
        .with_root_certificates(roots)
        .with_no_client_auth();
    config.alpn_protocols = protocols.iter().map(|name| name.to_vec()).collect();
    let stream = TcpStream::connect(addr).await?;
    TlsConnector::from(Arc::new(config)).connect(ServerName::try_from("localhost").unwrap(), stream).await
}

async fn ask_http2(stream: TlsStream<TcpStream>, path: &str) -> String {
    let (mut sender, connection) =
        hyper::client::conn::http2::handshake(TokioExecutor::new(), TokioIo::new(stream)).await.unwrap();
    tokio::spawn(connection);
    let request =
        hyper::Request::get(format!("https://localhost{path}")).body(Empty::<Bytes>::new()).unwrap();
    text(sender.send_request(request).await.unwrap()).await
}

pub(super) async fn ask_http1(stream: impl AsyncRead + AsyncWrite + Unpin + Send + 'static) -> String {
    let (mut sender, connection) = hyper::client::conn::http1::handshake(TokioIo::new(stream)).await.unwrap();
    tokio::spawn(connection);
    let request = hyper::Request::get("/").header("host", "localhost").body(Empty::<Bytes>::new()).unwrap();
    text(sender.send_request(request).await.unwrap()).await
}

async fn text(response: hyper::Response<hyper::body::Incoming>) -> String {
    let bytes = response.into_body().collect().await.unwrap().to_bytes();
    String::from_utf8(bytes.to_vec()).unwrap()
}

#[tokio::test]
async fn over_tls_a_browser_gets_http2_and_an_older_client_http1() {
    let folder = Folder::new("protocols");
    let trusted = certify(&folder.files());
    let (addr, _stop, _server) = open(Some(Tls::open(&folder.files()).unwrap())).await;
    let modern = connect(addr, &trusted, &[b"h2", b"http/1.1"]).await.unwrap();
    assert_eq!(ask_http2(modern, "/").await, "HTTP/2.0");
    let older = connect(addr, &trusted, &[b"http/1.1"]).await.unwrap();
    assert_eq!(ask_http1(older).await, "HTTP/1.1");
    let oldest = connect(addr, &trusted, &[]).await.unwrap();
    assert_eq!(ask_http1(oldest).await, "HTTP/1.1");
}

#[tokio::test]
async fn a_renewed_certificate_is_used_by_the_next_connection_and_a_broken_one_is_not() {
    let folder = Folder::new("renewal");
    let first = certify(&folder.files());
    let tls = Tls::open(&folder.files()).unwrap();
    let (addr, _stop, _server) = open(Some(tls.clone())).await;
    let second = certify(&folder.files());
    tls.reload(&folder.files()).unwrap();
    assert!(connect(addr, &second, &[b"h2"]).await.is_ok());
    assert!(connect(addr, &first, &[b"h2"]).await.is_err());
    std::fs::write(folder.files().certificate, "rubbish").unwrap();
    assert!(tls.reload(&folder.files()).is_err());
    assert!(connect(addr, &second, &[b"h2"]).await.is_ok());
}

#[tokio::test]
async fn changed_files_are_noticed_without_being_told() {
    let folder = Folder::new("follow");
    certify(&folder.files());
    let tls = Tls::open(&folder.files()).unwrap();
    let follower = tokio::spawn(tls.clone().follow(folder.files(), Duration::from_millis(20)));
    let before = tls.in_force();
    tokio::time::sleep(Duration::from_millis(50)).await;
    // Another length, so that the change shows even where the file system's clock is coarse.
    let renewed = certify(&folder.files());
    let pem = std::fs::read_to_string(folder.files().certificate).unwrap();
    std::fs::write(folder.files().certificate, format!("{pem}\n\n")).unwrap();
    let taken = async {
        while tls.in_force() != renewed.to_vec() {
            tokio::time::sleep(Duration::from_millis(10)).await;
        }
    };
    tokio::time::timeout(Duration::from_secs(10), taken).await.unwrap();
    assert_ne!(tls.in_force(), before);
    follower.abort();
}

#[test]
fn files_that_are_missing_empty_or_of_two_pairs_are_named() {
    let (folder, other) = (Folder::new("bad"), Folder::new("other"));
    let told = |files: &TlsFiles| format!("{:#}", Tls::open(files).err().unwrap());
    assert!(told(&folder.files()).contains("chain.pem"));
    certify(&folder.files());
    certify(&other.files());
    let mixed = TlsFiles { key: other.files().key, ..folder.files() };
    assert!(told(&mixed).contains("do not belong together"));
    let swapped = TlsFiles { key: folder.files().certificate, ..folder.files() };
    assert!(told(&swapped).contains("no private key"));
    std::fs::write(folder.files().certificate, "").unwrap();
    assert!(told(&folder.files()).contains("no certificate"));
}

#[tokio::test]
async fn what_is_in_flight_over_http2_is_finished_before_the_end() {
    let folder = Folder::new("drain");
    let trusted = certify(&folder.files());
    let (addr, stop, server) = open(Some(Tls::open(&folder.files()).unwrap())).await;
    let stream = connect(addr, &trusted, &[b"h2"]).await.unwrap();
    let asking = tokio::spawn(ask_http2(stream, "/slow"));
    tokio::time::sleep(Duration::from_millis(100)).await;
    stop.send(()).unwrap();
    assert_eq!(asking.await.unwrap(), "done");
    tokio::time::timeout(Duration::from_secs(5), server).await.unwrap().unwrap();
}

#[tokio::test]
async fn whoever_speaks_plain_http_to_the_tls_door_harms_nobody() {
    let folder = Folder::new("plain");
    let trusted = certify(&folder.files());
    let (addr, _stop, _server) = open(Some(Tls::open(&folder.files()).unwrap())).await;
    let mut plain = TcpStream::connect(addr).await.unwrap();
    plain.write_all(b"GET / HTTP/1.1\r\nhost: localhost\r\n\r\n").await.unwrap();
    let mut answer = Vec::new();
    let _ = plain.read_to_end(&mut answer).await;
    assert!(!String::from_utf8_lossy(&answer).contains("HTTP/1.1 200"));
    assert_eq!(ask_http2(connect(addr, &trusted, &[b"h2"]).await.unwrap(), "/").await, "HTTP/2.0");
}

/// How long slow clients are waited for below.
pub(super) const SHORT: Duration = Duration::from_millis(400);
/// Far longer than that, far shorter than the usual patience.
pub(super) const LATE: Duration = Duration::from_secs(10);

/// Sends a head that never ends, a byte at a time, until it is cut off. Tells how long that took, and what was answered.
async fn dawdle(addr: SocketAddr, first: &'static [u8]) -> (Duration, String) {
    let begun = Instant::now();
    let (mut reading, mut writing) = TcpStream::connect(addr).await.unwrap().into_split();
    let talking = tokio::spawn(async move {
        for byte in first.iter().chain(std::iter::repeat(&b'a')) {
            if writing.write_all(&[*byte]).await.is_err() {
                break;
            }
            tokio::time::sleep(Duration::from_millis(20)).await;
        }
    });
    let mut answer = Vec::new();
    // A connection that is reset has ended as well.
    let _ = tokio::time::timeout(LATE, reading.read_to_end(&mut answer)).await.expect("it is cut off");
    talking.abort();
    (begun.elapsed(), String::from_utf8_lossy(&answer).into_owned())
}

#[tokio::test]
async fn who_sends_a_head_byte_by_byte_is_cut_off_and_others_are_served_meanwhile() {
    let (addr, _stop, _server) = open_with(None, SHORT).await;
    let begun = Instant::now();
    let slow = (0..50).map(|_| tokio::spawn(dawdle(addr, b"GET / HTTP/1.1\r\nhost: localhost\r\nx-slow: ")));
    let slow: Vec<_> = slow.collect();
    let mut served = 0;
    while begun.elapsed() < SHORT / 2 {
        assert_eq!(ask_http1(TcpStream::connect(addr).await.unwrap()).await, "HTTP/1.1");
        served += 1;
    }
    assert!(served > 0 && slow.iter().all(|client| !client.is_finished()), "{served}");
    for client in slow {
        let (took, answer) = client.await.unwrap();
        assert!(took >= SHORT && took < LATE, "{took:?}");
        assert!(!answer.contains("HTTP/1.1 200"), "{answer}");
    }
    assert_eq!(ask_http1(TcpStream::connect(addr).await.unwrap()).await, "HTTP/1.1");
}

#[tokio::test]
async fn who_says_nothing_or_greets_too_slowly_is_cut_off_too() {
    let (addr, _stop, _server) = open_with(None, SHORT).await;
    let mut silent = TcpStream::connect(addr).await.unwrap();
    let folder = Folder::new("greeting");
    let trusted = certify(&folder.files());
    let (secret, _stop, _server) = open_with(Some(Tls::open(&folder.files()).unwrap()), SHORT).await;
    // The beginning of a TLS record that announces 512 bytes.
    let greeting = dawdle(secret, &[22, 3, 1, 2, 0, 1]).await;
    assert!(greeting.0 >= SHORT && greeting.0 < LATE, "{greeting:?}");
    let mut nothing = Vec::new();
    let _ = tokio::time::timeout(LATE, silent.read_to_end(&mut nothing)).await.unwrap();
    let modern = connect(secret, &trusted, &[b"h2"]).await.unwrap();
    assert_eq!(ask_http2(modern, "/").await, "HTTP/2.0");
}
