//! The sandbox gateway as a provider: signed JSON over HTTP, as `docs/sandbox-gateway.md` describes it.

use super::provider::{
    Closing, Message, NewSession, Observation, PaymentProvider, ProviderError, Standing, Started,
};
use crate::platform::clock::Clock;
use crate::platform::entropy::Entropy;
use crate::sandbox_gateway::signing::{Envelope, SignatureError, SigningKey};
use app::kernel::PublicId;
use app::payments::model::{Decline, Notice, PaymentMethod, Refusal};
use async_trait::async_trait;
use http::{Method, Request, StatusCode};
use http_body_util::{BodyExt as _, Full, Limited};
use hyper::body::Bytes;
use hyper_rustls::{HttpsConnector, HttpsConnectorBuilder};
use hyper_util::client::legacy::Client;
use hyper_util::client::legacy::connect::HttpConnector;
use hyper_util::rt::TokioExecutor;
use serde::Deserialize;
use serde_json::{Value, json};
use std::sync::Arc;
use std::time::Duration;
use time::OffsetDateTime;
use url::Url;
use uuid::Uuid;

/// How long the gateway may take for an answer: less than a page may take.
const PATIENCE: Duration = Duration::from_secs(5);
/// The largest answer that is read.
const MAX_ANSWER: usize = 256 * 1024;
/// The longest life of a session that the gateway takes, in seconds.
const MAX_LIFE: i64 = 86_400;

type HttpClient = Client<HttpsConnector<HttpConnector>, Full<Bytes>>;

/// The sandbox gateway.
pub struct SandboxProvider {
    url: Url,
    /// Where the gateway tells its news.
    webhook_url: String,
    key: SigningKey,
    clock: Arc<dyn Clock>,
    entropy: Arc<dyn Entropy>,
    client: HttpClient,
}

/// What the shop knows of its gateway.
pub struct SandboxAccess {
    /// Scheme and authority: `http://127.0.0.1:3020`.
    pub url: Url,
    /// The shared key.
    pub secret: String,
    /// Scheme and authority of the shop.
    pub base_url: String,
}

/// A session in the gateway's JSON, in answers and in webhooks.
#[derive(Deserialize)]
struct Session {
    #[serde(alias = "session")]
    id: String,
    reference: String,
    status: String,
    amount_minor: i64,
    currency: String,
    captured_minor: i64,
    #[serde(default)]
    pay_url: String,
    #[serde(default)]
    last_decline: Option<String>,
    #[serde(default)]
    attempt: Option<Try>,
}

#[derive(Deserialize)]
struct Try {
    decline_reason: Option<String>,
}

#[derive(Deserialize)]
struct Webhook {
    id: String,
    #[serde(rename = "type")]
    kind: String,
    sequence: i64,
    data: Session,
}

impl SandboxProvider {
    /// A connection to the gateway.
    #[must_use]
    pub fn new(access: SandboxAccess, clock: Arc<dyn Clock>, entropy: Arc<dyn Entropy>) -> Self {
        let connector =
            HttpsConnectorBuilder::new().with_webpki_roots().https_or_http().enable_http1().build();
        let name = PaymentMethod::Sandbox.name();
        Self {
            webhook_url: format!("{}/api/payments/webhooks/{name}", access.base_url),
            key: SigningKey::new(&access.secret),
            url: access.url,
            clock,
            entropy,
            client: Client::builder(TokioExecutor::new()).build(connector),
        }
    }

    /// A signed call; gives the status and the JSON of the answer.
    async fn call(
        &self,
        method: Method,
        path: &str,
        body: Option<Value>,
    ) -> Result<(StatusCode, Value), ProviderError> {
        let request = self.request(method, path, body).ok_or(ProviderError::Refused("no such address"))?;
        let answer = tokio::time::timeout(PATIENCE, async {
            let response = self.client.request(request).await.map_err(|_| ProviderError::Unavailable)?;
            let status = response.status();
            let body = Limited::new(response.into_body(), MAX_ANSWER).collect().await;
            Ok((status, body.map_err(|_| ProviderError::Unavailable)?.to_bytes()))
        });
        let (status, bytes) = answer.await.map_err(|_| ProviderError::Unavailable)??;
        tracing::debug!(path, status = status.as_u16(), "asked the sandbox gateway");
        if status.is_server_error() || status == StatusCode::REQUEST_TIMEOUT {
            return Err(ProviderError::Unavailable);
        }
        Ok((status, serde_json::from_slice(&bytes).unwrap_or_default()))
    }

    fn request(&self, method: Method, path: &str, body: Option<Value>) -> Option<Request<Full<Bytes>>> {
        let body = body.map(|body| body.to_string()).unwrap_or_default();
        let id = PublicId::new("req", self.entropy.bytes()).as_str().to_owned();
        let timestamp = self.clock.now().unix_timestamp().to_string();
        let signature = self.key.sign(&id, &timestamp, body.as_bytes());
        Request::builder()
            .method(method)
            .uri(self.url.join(path).ok()?.as_str())
            .header("content-type", "application/json")
            .header("request-id", id)
            .header("request-timestamp", timestamp)
            .header("request-signature", signature)
            .body(Full::from(body))
            .ok()
    }

    async fn session(
        &self,
        method: Method,
        path: &str,
        body: Option<Value>,
    ) -> Result<Session, ProviderError> {
        let (status, answer) = self.call(method, path, body).await?;
        match status {
            StatusCode::OK | StatusCode::CREATED => {
                serde_json::from_value(answer).map_err(|_| ProviderError::Refused("an unreadable answer"))
            }
            StatusCode::NOT_FOUND => Err(ProviderError::Unknown),
            _ => Err(refused(status, &answer)),
        }
    }
}

/// Logs the gateway's code; its words are for people and stay out of ours.
fn refused(status: StatusCode, answer: &Value) -> ProviderError {
    let code = answer.get("error").and_then(Value::as_str).unwrap_or_default();
    tracing::warn!(status = status.as_u16(), code, "the sandbox gateway refuses a request");
    ProviderError::Refused("see the log")
}

/// A session's name comes from outside and becomes a part of an address.
fn path_of(session: &str, rest: &str) -> Result<String, ProviderError> {
    let is_plain = !session.is_empty()
        && session.bytes().all(|byte| byte.is_ascii_alphanumeric() || matches!(byte, b'_' | b'-'));
    if is_plain { Ok(format!("/v1/sessions/{session}{rest}")) } else { Err(ProviderError::Unknown) }
}

impl Session {
    fn observed(self, sequence: Option<i64>) -> Option<Observation> {
        let decline = self.attempt.and_then(|attempt| attempt.decline_reason).or(self.last_decline);
        let standing = match (self.status.as_str(), decline) {
            ("open", Some(reason)) => Standing::Declined(Decline::from_name(&reason)),
            ("open", None) => Standing::Open,
            ("requires_action", _) => Standing::RequiresAction,
            ("paid", _) => Standing::Paid,
            ("closed", _) => Standing::Closed,
            ("expired", _) => Standing::Expired,
            _ => return None,
        };
        Some(Observation {
            session: self.id,
            reference: self.reference,
            amount_minor: self.amount_minor,
            currency: self.currency,
            captured_minor: self.captured_minor,
            standing,
            sequence,
        })
    }
}

#[async_trait]
impl PaymentProvider for SandboxProvider {
    fn method(&self) -> PaymentMethod {
        PaymentMethod::Sandbox
    }

    fn pay_origin(&self) -> Option<String> {
        Some(self.url.origin().ascii_serialization())
    }

    async fn start(&self, wish: &NewSession) -> Result<Started, ProviderError> {
        let body = json!({
            "reference": wish.reference,
            "amount_minor": wish.amount.minor,
            "currency": wish.amount.currency.code(),
            "return_url": wish.return_url,
            "webhook_url": self.webhook_url,
            "locale": wish.locale.code(),
            "expires_in_seconds": wish.life.whole_seconds().clamp(1, MAX_LIFE),
            "idempotency_key": wish.key.to_string(),
        });
        let session = self.session(Method::POST, "/v1/sessions", Some(body)).await?;
        let is_ours = session.reference == wish.reference
            && session.amount_minor == wish.amount.minor
            && session.currency == wish.amount.currency.code();
        // A payer is only ever sent to the gateway itself.
        let page = Url::parse(&session.pay_url).ok().filter(|page| page.origin() == self.url.origin());
        match page {
            Some(page) if is_ours => Ok(Started::Hosted { session: session.id, pay_url: page.into() }),
            _ => Err(ProviderError::Refused("a session that was not asked for")),
        }
    }

    async fn query(&self, session: &str) -> Result<Observation, ProviderError> {
        let found = self.session(Method::GET, &path_of(session, "")?, None).await?;
        found.observed(None).ok_or(ProviderError::Refused("a status that is not known"))
    }

    async fn close(&self, session: &str) -> Result<Closing, ProviderError> {
        let (status, answer) = self.call(Method::POST, &path_of(session, "/close")?, None).await?;
        let code = answer.get("error").and_then(Value::as_str);
        match status {
            // A session that the gateway has forgotten can never be paid either.
            StatusCode::OK | StatusCode::NOT_FOUND => Ok(Closing::Closed),
            StatusCode::CONFLICT if code == Some("already_paid") => Ok(Closing::AlreadyPaid),
            _ => Err(refused(status, &answer)),
        }
    }

    async fn refund(&self, session: &str, amount_minor: i64, key: Uuid) -> Result<String, ProviderError> {
        let body = json!({ "amount_minor": amount_minor, "idempotency_key": key.to_string() });
        let (status, answer) = self.call(Method::POST, &path_of(session, "/refunds")?, Some(body)).await?;
        match status {
            StatusCode::OK | StatusCode::CREATED => {
                Ok(answer.get("id").and_then(Value::as_str).unwrap_or_default().to_owned())
            }
            StatusCode::NOT_FOUND => Err(ProviderError::Unknown),
            _ => Err(refused(status, &answer)),
        }
    }

    fn read(&self, notice: &Notice, now: OffsetDateTime) -> Result<Message, Refusal> {
        let envelope = Envelope {
            id: notice.header("webhook-id"),
            timestamp: notice.header("webhook-timestamp"),
            signature: notice.header("webhook-signature"),
        };
        self.key.verify(envelope, &notice.body, now).map_err(|error| match error {
            SignatureError::OutOfTime => Refusal::Stale,
            SignatureError::Unreadable | SignatureError::Wrong => Refusal::Forged,
        })?;
        let webhook: Webhook = serde_json::from_slice(&notice.body).map_err(|_| Refusal::Unreadable)?;
        if webhook.id != envelope.id {
            return Err(Refusal::Unreadable);
        }
        let seen = webhook.data.observed(Some(webhook.sequence)).ok_or(Refusal::Unreadable)?;
        Ok(Message { event_id: webhook.id, kind: webhook.kind, seen })
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::platform::Platform;

    const BODY: &str = r#"{"id":"evt_1","type":"payment.succeeded","sequence":3,"data":{"session":"ps_1","reference":"J1","status":"paid","amount_minor":100,"currency":"CNY","captured_minor":100,"refunded_minor":0,"attempt":null,"refund":null}}"#;

    fn provider(platform: &Platform) -> SandboxProvider {
        let access = SandboxAccess {
            url: Url::parse("http://127.0.0.1:1").unwrap(),
            secret: "k".into(),
            base_url: "http://127.0.0.1:2".into(),
        };
        SandboxProvider::new(access, platform.clock.clone(), platform.entropy.clone())
    }

    fn signed(id: &str, at: i64, body: &str) -> Notice {
        let timestamp = at.to_string();
        let signature = SigningKey::new("k").sign(id, &timestamp, body.as_bytes());
        let headers =
            [("webhook-id", id), ("webhook-timestamp", &timestamp), ("webhook-signature", &signature)];
        let headers = headers.map(|(name, value)| (name.to_owned(), value.to_owned())).to_vec();
        Notice { headers, body: body.into() }
    }

    #[test]
    fn only_a_fresh_message_with_a_true_signature_and_its_own_id_is_read() {
        let platform = Platform::for_tests();
        let (provider, now) = (provider(&platform), platform.clock.now());
        let at = now.unix_timestamp();
        let read = |notice: &Notice| provider.read(notice, now);
        let message = read(&signed("evt_1", at, BODY)).unwrap();
        assert_eq!((message.seen.standing, message.seen.sequence), (Standing::Paid, Some(3)));
        assert_eq!(read(&signed("evt_1", at - 301, BODY)), Err(Refusal::Stale));
        assert_eq!(read(&signed("evt_1", at + 301, BODY)), Err(Refusal::Stale));
        assert_eq!(read(&signed("evt_2", at, BODY)), Err(Refusal::Unreadable), "the body names another id");
        assert_eq!(read(&signed("evt_1", at, "{}")), Err(Refusal::Unreadable));
        let mut changed = signed("evt_1", at, BODY);
        changed.body.push(b' ');
        assert_eq!(read(&changed), Err(Refusal::Forged));
        assert_eq!(read(&Notice { headers: Vec::new(), body: BODY.into() }), Err(Refusal::Forged));
    }

    #[test]
    fn a_session_s_name_never_leaves_its_place_in_the_address() {
        assert_eq!(path_of("ps_1", "/close").unwrap(), "/v1/sessions/ps_1/close");
        for odd in ["", "../x", "a/b", "a?b", "a b", "a%2f"] {
            assert_eq!(path_of(odd, ""), Err(ProviderError::Unknown), "{odd}");
        }
    }

    #[tokio::test]
    async fn a_gateway_that_is_not_there_is_unavailable() {
        let platform = Platform::for_tests();
        assert_eq!(provider(&platform).query("ps_1").await, Err(ProviderError::Unavailable));
    }
}
