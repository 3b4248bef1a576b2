//! A client that asks and does not read its answer. What it was sent fills the system's buffers, then writing waits for
//! ever; here it waits for a while and fails.

use std::io::{Error, ErrorKind, IoSlice, Result};
use std::pin::Pin;
use std::task::{Context, Poll};
use std::time::Duration;
use tokio::io::{AsyncRead, AsyncWrite, ReadBuf};
use tokio::time::Sleep;

/// A stream on which a write may wait for a while without any progress. Only writes that wait count, so that an idle
/// connection is left alone. It belongs below TLS, where every byte passes.
pub(super) struct Patient<S> {
    stream: S,
    patience: Duration,
    /// Runs while a write waits.
    until: Option<Pin<Box<Sleep>>>,
}

impl<S> Patient<S> {
    /// Lets writes to `stream` wait for `patience`.
    pub(super) fn new(stream: S, patience: Duration) -> Self {
        Self { stream, patience, until: None }
    }

    /// What becomes of a write: one that waits for the first time starts the clock, any progress stops it.
    fn judge(&mut self, written: Poll<Result<usize>>, cx: &mut Context<'_>) -> Poll<Result<usize>> {
        if written.is_ready() {
            self.until = None;
            return written;
        }
        let patience = self.patience;
        let until = self.until.get_or_insert_with(|| Box::pin(tokio::time::sleep(patience)));
        // Polled each time, so that it wakes who waits now.
        until.as_mut().poll(cx).map(|()| Err(Error::from(ErrorKind::TimedOut)))
    }
}

impl<S: AsyncRead + Unpin> AsyncRead for Patient<S> {
    fn poll_read(mut self: Pin<&mut Self>, cx: &mut Context<'_>, buf: &mut ReadBuf<'_>) -> Poll<Result<()>> {
        Pin::new(&mut self.stream).poll_read(cx, buf)
    }
}

impl<S: AsyncWrite + Unpin> AsyncWrite for Patient<S> {
    fn poll_write(mut self: Pin<&mut Self>, cx: &mut Context<'_>, buf: &[u8]) -> Poll<Result<usize>> {
        let written = Pin::new(&mut self.stream).poll_write(cx, buf);
        self.judge(written, cx)
    }

    fn poll_write_vectored(
        mut self: Pin<&mut Self>,
        cx: &mut Context<'_>,
        bufs: &[IoSlice<'_>],
    ) -> Poll<Result<usize>> {
        let written = Pin::new(&mut self.stream).poll_write_vectored(cx, bufs);
        self.judge(written, cx)
    }

    fn is_write_vectored(&self) -> bool {
        self.stream.is_write_vectored()
    }

    /// Never waits for the client on a socket, and says nothing about what it has read.
    fn poll_flush(mut self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<Result<()>> {
        Pin::new(&mut self.stream).poll_flush(cx)
    }

    /// The same.
    fn poll_shutdown(mut self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<Result<()>> {
        Pin::new(&mut self.stream).poll_shutdown(cx)
    }
}

#[cfg(test)]
mod tests {
    use super::super::connection::LAST_ANSWERS;
    use super::super::places::Shares;
    use super::super::tests::{Folder, LATE, SHORT, certify, connect, open_router};
    use super::super::tls::Tls;
    use super::*;
    use crate::http::proxies::Proxies;
    use axum::Router;
    use axum::body::Body;
    use axum::routing::get;
    use http_body_util::Empty;
    use hyper::Response;
    use hyper::body::{Bytes, Incoming};
    use hyper::client::conn::http2;
    use hyper_util::rt::{TokioExecutor, TokioIo};
    use rustls::pki_types::CertificateDer;
    use std::future::poll_fn;
    use std::net::SocketAddr;
    use std::time::Instant;
    use tokio::io::{AsyncReadExt as _, AsyncWriteExt as _};
    use tokio::net::{TcpListener, TcpStream};
    use tokio::sync::mpsc::{UnboundedReceiver, UnboundedSender, unbounded_channel};

    /// Keeps the server open.
    type Stop = tokio::sync::oneshot::Sender<()>;

    /// How long a write may wait in the tests without a server.
    const BRIEF: Duration = Duration::from_millis(200);

    /// Tells when an answer is no longer being sent.
    struct Sending(UnboundedSender<()>);

    impl Drop for Sending {
        fn drop(&mut self) {
            let _ = self.0.send(());
        }
    }

    /// A server with an answer that never ends, and the news that somebody is no longer sent it.
    async fn endless(tls: Option<Tls>, patience: Duration) -> (SocketAddr, UnboundedReceiver<()>, Stop) {
        let (ended, news) = unbounded_channel();
        let answer = move || {
            let sending = Sending(ended.clone());
            let chunks = futures::stream::repeat_with(move || {
                let _ = &sending;
                Ok::<_, Error>(Bytes::from_static(&[b'x'; 64 * 1024]))
            });
            std::future::ready(Body::from_stream(chunks))
        };
        let router = Router::new().route("/", get(answer));
        let (addr, stop, _) = open_router(router, tls, patience, Shares::beside(Proxies::default())).await;
        (addr, news, stop)
    }

    /// Waits for the end of the answer, which must not come at once.
    async fn cut_off(mut news: UnboundedReceiver<()>, earliest: Duration) {
        let begun = Instant::now();
        tokio::time::timeout(LATE, news.recv()).await.expect("it is cut off").unwrap();
        assert!(begun.elapsed() >= earliest, "{:?}", begun.elapsed());
    }

    #[tokio::test]
    async fn who_does_not_read_the_answer_is_cut_off_over_http1() {
        let (addr, news, _stop) = endless(None, SHORT).await;
        let mut client = TcpStream::connect(addr).await.unwrap();
        client.write_all(b"GET / HTTP/1.1\r\nhost: localhost\r\n\r\n").await.unwrap();
        cut_off(news, SHORT).await;
        drop(client);
    }

    #[tokio::test]
    async fn who_reads_slowly_but_steadily_is_served_for_as_long_as_it_takes() {
        let patience = Duration::from_secs(1);
        let (addr, mut news, _stop) = endless(None, patience).await;
        let mut client = TcpStream::connect(addr).await.unwrap();
        client.write_all(b"GET / HTTP/1.1\r\nhost: localhost\r\n\r\n").await.unwrap();
        let (begun, mut piece) = (Instant::now(), vec![0; 1024 * 1024]);
        while begun.elapsed() < 3 * patience {
            client.read_exact(&mut piece).await.expect("the answer goes on");
            tokio::time::sleep(Duration::from_millis(50)).await;
        }
        assert!(news.try_recv().is_err(), "it is still being sent");
    }

    /// Asks over HTTP/2 and takes the head of the answer. From then on the connection only lives while it is polled.
    async fn ask_http2(
        (addr, trusted): (SocketAddr, &CertificateDer<'static>),
        window: u32,
    ) -> (Response<Incoming>, impl Future<Output = hyper::Result<()>> + Send + Unpin + 'static) {
        let stream = connect(addr, trusted, &[b"h2"]).await.unwrap();
        let mut http = http2::Builder::new(TokioExecutor::new());
        http.initial_stream_window_size(window).initial_connection_window_size(window);
        let (mut sender, mut connection) = http.handshake(TokioIo::new(stream)).await.unwrap();
        let request = hyper::Request::get("https://localhost/").body(Empty::<Bytes>::new()).unwrap();
        tokio::select! {
            answer = sender.send_request(request) => (answer.unwrap(), connection),
            _ = &mut connection => unreachable!("the connection has ended before the answer"),
        }
    }

    #[tokio::test]
    async fn who_does_not_read_the_answer_is_cut_off_over_http2() {
        let folder = Folder::new("unread");
        let trusted = certify(&folder.files());
        let (addr, news, _stop) = endless(Some(Tls::open(&folder.files()).unwrap()), SHORT).await;
        // The client promises to take everything, and takes nothing.
        let held = ask_http2((addr, &trusted), 1 << 30).await;
        cut_off(news, SHORT / 2).await;
        drop(held);
    }

    #[tokio::test]
    async fn who_keeps_the_window_of_http2_shut_is_cut_off_although_nothing_waits_to_be_written() {
        let folder = Folder::new("window");
        let trusted = certify(&folder.files());
        let (addr, news, _stop) = endless(Some(Tls::open(&folder.files()).unwrap()), SHORT).await;
        let (answer, connection) = ask_http2((addr, &trusted), 1).await;
        // It answers every question whether it is alive.
        tokio::spawn(connection);
        cut_off(news, SHORT * LAST_ANSWERS).await;
        drop(answer);
    }

    #[tokio::test]
    async fn a_write_is_given_up_only_after_it_has_waited_without_any_progress() {
        let (near, mut far) = tokio::io::duplex(64);
        let mut patient = Patient::new(near, BRIEF);
        let reading = tokio::spawn(async move {
            for _ in 0..15 {
                tokio::time::sleep(BRIEF / 5).await;
                far.read_exact(&mut [0; 64]).await.unwrap();
            }
            far
        });
        // 64 bytes stay in between.
        patient.write_all(&[1; 16 * 64]).await.expect("longer than the patience, but it moves on");
        let _far = reading.await.unwrap();
        let begun = Instant::now();
        // Whoever asks again and again, and flushes in between, waits no longer for it.
        let error = loop {
            let asked = poll_fn(|cx| Poll::Ready(Pin::new(&mut patient).poll_write(cx, &[1]))).await;
            if let Poll::Ready(result) = asked {
                break result.unwrap_err();
            }
            assert!(begun.elapsed() < LATE, "it is never given up");
            patient.flush().await.unwrap();
            tokio::time::sleep(BRIEF / 10).await;
        };
        assert_eq!(error.kind(), ErrorKind::TimedOut);
        assert!(begun.elapsed() >= BRIEF, "{:?}", begun.elapsed());
    }

    #[tokio::test]
    async fn whoever_waits_for_a_write_is_woken_when_it_is_given_up() {
        let (near, _far) = tokio::io::duplex(64);
        let writing = async move { Patient::new(near, BRIEF).write_all(&[1; 65]).await };
        let error = tokio::time::timeout(LATE, writing).await.expect("it is woken").unwrap_err();
        assert_eq!(error.kind(), ErrorKind::TimedOut);
    }

    #[tokio::test]
    async fn an_idle_stream_is_left_alone_also_after_a_write_that_had_to_wait() {
        let (near, mut far) = tokio::io::duplex(64);
        let mut patient = Patient::new(near, BRIEF);
        let (written, read) = tokio::join!(patient.write_all(&[1; 100]), async {
            tokio::time::sleep(BRIEF / 4).await;
            far.read_exact(&mut [0; 100]).await
        });
        assert!(written.is_ok() && read.is_ok());
        let (read, _) = tokio::join!(patient.read_u8(), async {
            tokio::time::sleep(2 * BRIEF).await;
            far.write_u8(7).await
        });
        assert_eq!(read.unwrap(), 7);
        patient.write_all(&[1; 64]).await.unwrap();
    }

    #[tokio::test]
    async fn several_pieces_are_still_written_at_once() {
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let stream = TcpStream::connect(listener.local_addr().unwrap()).await.unwrap();
        let mut patient = Patient::new(stream, BRIEF);
        assert!(patient.is_write_vectored());
        let pieces = [IoSlice::new(b"head"), IoSlice::new(b"body")];
        assert_eq!(patient.write_vectored(&pieces).await.unwrap(), 8);
    }
}
