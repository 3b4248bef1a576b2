//! One connection to a server, as a browser keeps it.

use anyhow::{Context, Result};
use http::{Request, header};
use http_body_util::{BodyExt, Full};
use hyper::body::Bytes;
use hyper::client::conn::http1::{SendRequest, handshake};
use hyper_util::rt::TokioIo;
use tokio::net::TcpStream;

/// A visitor with a cookie jar for one cookie.
pub(super) struct Visitor {
    sender: SendRequest<Full<Bytes>>,
    host: String,
    cookie: Option<String>,
    turn: usize,
    /// The product that it looks at.
    pub(super) product: String,
    /// The article whose line it changes.
    pub(super) sku: String,
}

/// What came back.
#[derive(Debug)]
pub(super) struct Answer {
    pub(super) status: u16,
    pub(super) body: Bytes,
}

impl Visitor {
    pub(super) async fn connect(host: &str) -> Result<Self> {
        let stream = TcpStream::connect(host).await.with_context(|| format!("{host} does not answer"))?;
        stream.set_nodelay(true)?;
        let (sender, connection) = handshake(TokioIo::new(stream)).await?;
        tokio::spawn(connection);
        Ok(Self {
            sender,
            host: host.to_owned(),
            cookie: None,
            turn: 0,
            product: super::scenario::PRODUCT.to_owned(),
            sku: super::scenario::SKU.to_owned(),
        })
    }

    /// Forgets who it was.
    pub(super) fn become_a_stranger(&mut self) {
        self.cookie = None;
    }

    /// Counts what it does.
    pub(super) fn next_turn(&mut self) -> usize {
        self.turn += 1;
        self.turn
    }

    pub(super) async fn get(&mut self, path: &str) -> Result<Answer> {
        let request = Request::get(path).header(header::ACCEPT, "text/html");
        self.send(request, String::new()).await
    }

    /// Asks for a compressed form; the body stays as it came.
    pub(super) async fn get_packed(&mut self, path: &str, coding: &str) -> Result<Answer> {
        self.send(Request::get(path).header(header::ACCEPT_ENCODING, coding), String::new()).await
    }

    pub(super) async fn post(&mut self, path: &str, form: String) -> Result<Answer> {
        let request = Request::post(path)
            .header(header::ACCEPT, "application/json")
            .header(header::ORIGIN, format!("http://{}", self.host))
            .header(header::CONTENT_TYPE, "application/x-www-form-urlencoded");
        self.send(request, form).await
    }

    async fn send(&mut self, mut request: http::request::Builder, body: String) -> Result<Answer> {
        request = request.header(header::HOST, &self.host);
        if let Some(cookie) = &self.cookie {
            request = request.header(header::COOKIE, cookie);
        }
        self.sender.ready().await?;
        let response = self.sender.send_request(request.body(Full::from(body))?).await?;
        let status = response.status().as_u16();
        if let Some(cookie) = response.headers().get(header::SET_COOKIE) {
            let pair = cookie.to_str().unwrap_or_default().split(';').next().unwrap_or_default();
            self.cookie = Some(pair.to_owned());
        }
        let body = response.into_body().collect().await?.to_bytes();
        Ok(Answer { status, body })
    }
}
