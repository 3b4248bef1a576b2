//! The merchant's JSON: reading requests into model values, writing sessions. `docs/sandbox-gateway.md` describes it.

use super::event::Event;
use super::model::NewSession;
use super::session::Session;
use app::kernel::{Currency, Locale, Money};
use serde::Deserialize;
use serde_json::{Value, json};
use time::OffsetDateTime;
use time::format_description::well_known::Rfc3339;
use url::{Host, Url};

/// The largest amount, in minor units.
const MAX_AMOUNT: i64 = 1_000_000_000_000;
const MAX_REFERENCE: usize = 64;
const MAX_MERCHANT: usize = 60;
const MAX_KEY: usize = 255;
const MAX_URL: usize = 2000;
const MAX_REASON: usize = 200;
/// A session's life unless the merchant asks for another: half an hour.
const DEFAULT_LIFE_SECONDS: i64 = 1800;
const MAX_LIFE_SECONDS: i64 = 86_400;

/// A field that cannot be accepted, with the reason in plain English.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct FieldError(pub(super) &'static str, pub(super) &'static str);

/// `POST /v1/sessions`
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct CreateBody {
    reference: String,
    merchant_name: Option<String>,
    amount_minor: i64,
    currency: String,
    return_url: String,
    webhook_url: String,
    locale: String,
    expires_in_seconds: Option<i64>,
    idempotency_key: String,
}

/// `POST /v1/sessions/{id}/refunds`
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct RefundBody {
    amount_minor: i64,
    reason: Option<String>,
    idempotency_key: String,
}

/// A refund that can be made.
pub(super) struct RefundOrder {
    pub(super) amount_minor: i64,
    pub(super) reason: Option<String>,
    pub(super) key: String,
}

impl CreateBody {
    /// The session and its idempotency key, or every field that is wrong.
    pub(super) fn parse(self) -> Result<(NewSession, String), Vec<FieldError>> {
        let mut errors = Vec::new();
        let mut keep = |error| errors.push(error);
        let merchant = self.merchant_name.unwrap_or_else(|| "集市 Jishi".to_owned());
        let life = self.expires_in_seconds.unwrap_or(DEFAULT_LIFE_SECONDS);
        let reference = or_note(text("reference", self.reference, MAX_REFERENCE), &mut keep);
        let merchant_name = or_note(text("merchant_name", merchant, MAX_MERCHANT), &mut keep);
        let minor = or_note(amount(self.amount_minor), &mut keep);
        let currency = or_note(currency(&self.currency), &mut keep);
        let return_url = or_note(loopback("return_url", &self.return_url, &["http", "https"]), &mut keep);
        let webhook_url = or_note(loopback("webhook_url", &self.webhook_url, &["http"]), &mut keep);
        let locale = or_note(locale(&self.locale), &mut keep);
        let expires_in_seconds = or_note(life_seconds(life), &mut keep);
        let key = or_note(key(self.idempotency_key), &mut keep);
        let session = (|| {
            Some((
                NewSession {
                    reference: reference?,
                    merchant_name: merchant_name?,
                    amount: Money::new(minor?, currency?),
                    return_url: return_url?,
                    webhook_url: webhook_url?,
                    locale: locale?,
                    expires_in_seconds: expires_in_seconds?,
                },
                key?,
            ))
        })();
        session.ok_or(errors)
    }
}

impl RefundBody {
    /// The refund, or every field that is wrong.
    pub(super) fn parse(self) -> Result<RefundOrder, Vec<FieldError>> {
        let mut errors = Vec::new();
        let mut keep = |error| errors.push(error);
        let amount_minor = or_note(amount(self.amount_minor), &mut keep);
        let key = or_note(key(self.idempotency_key), &mut keep);
        let reason = match self.reason {
            None => Some(None),
            Some(reason) => or_note(text("reason", reason, MAX_REASON), &mut keep).map(Some),
        };
        let refund = (|| Some(RefundOrder { amount_minor: amount_minor?, reason: reason?, key: key? }))();
        refund.ok_or(errors)
    }
}

fn or_note<T>(result: Result<T, FieldError>, note: &mut impl FnMut(FieldError)) -> Option<T> {
    result.map_err(note).ok()
}

fn text(name: &'static str, value: String, longest: usize) -> Result<String, FieldError> {
    let length = value.chars().count();
    if value.trim().is_empty() || length > longest || value.chars().any(char::is_control) {
        return Err(FieldError(name, "must be a line of text that is neither empty nor too long"));
    }
    Ok(value)
}

fn key(value: String) -> Result<String, FieldError> {
    let fits = (1..=MAX_KEY).contains(&value.len()) && value.bytes().all(|byte| byte.is_ascii_graphic());
    fits.then_some(value)
        .ok_or(FieldError("idempotency_key", "must be 1 to 255 printable ASCII characters without spaces"))
}

fn amount(minor: i64) -> Result<i64, FieldError> {
    (1..=MAX_AMOUNT)
        .contains(&minor)
        .then_some(minor)
        .ok_or(FieldError("amount_minor", "must be between 1 and 1000000000000 minor units"))
}

fn currency(code: &str) -> Result<Currency, FieldError> {
    Currency::from_code(code).ok_or(FieldError("currency", "must be CNY, USD, JPY or KWD"))
}

fn locale(code: &str) -> Result<Locale, FieldError> {
    Locale::from_code(code).ok_or(FieldError("locale", "must be zh or en"))
}

fn life_seconds(seconds: i64) -> Result<i64, FieldError> {
    (1..=MAX_LIFE_SECONDS)
        .contains(&seconds)
        .then_some(seconds)
        .ok_or(FieldError("expires_in_seconds", "must be between 1 and 86400"))
}

/// A URL on this machine. A sandbox never sends a payer or a webhook anywhere else.
fn loopback(name: &'static str, value: &str, schemes: &[&str]) -> Result<Url, FieldError> {
    let url = Some(value).filter(|value| value.len() <= MAX_URL).and_then(|value| Url::parse(value).ok());
    url.filter(|url| schemes.contains(&url.scheme()) && is_loopback(url)).ok_or(match name {
        "webhook_url" => FieldError(name, "must be an http URL of a loopback host, without a user name"),
        _ => FieldError(name, "must be an http or https URL of a loopback host, without a user name"),
    })
}

fn is_loopback(url: &Url) -> bool {
    let here = match url.host() {
        Some(Host::Ipv4(address)) => address.is_loopback(),
        Some(Host::Ipv6(address)) => address.is_loopback(),
        Some(Host::Domain(name)) => name == "localhost",
        None => false,
    };
    here && url.username().is_empty() && url.password().is_none()
}

/// A session as the merchant sees it.
pub(super) fn session(session: &Session, pay_url: &str) -> Value {
    json!({
        "id": session.id,
        "reference": session.order.reference,
        "merchant_name": session.order.merchant_name,
        "status": session.status,
        "amount_minor": session.order.amount.minor,
        "currency": session.order.amount.currency.code(),
        "captured_minor": session.captured_minor(),
        "refunded_minor": session.refunded_minor(),
        "locale": session.order.locale.code(),
        "pay_url": pay_url,
        "return_url": session.order.return_url.as_str(),
        "webhook_url": session.order.webhook_url.as_str(),
        "created_at": instant(session.created_at),
        "expires_at": instant(session.expires_at),
        "last_decline": session.last_decline(),
        "attempts": session.attempts,
        "refunds": session.refunds,
    })
}

/// An event as the merchant sees it in the list.
pub(super) fn event(event: &Event) -> Value {
    let mut value = event.body.clone();
    if let Some(fields) = value.as_object_mut() {
        fields.insert("webhook".to_owned(), json!(event.kind.has_webhook()));
        fields.insert("deliveries".to_owned(), json!(event.deliveries));
    }
    value
}

fn instant(at: OffsetDateTime) -> String {
    at.format(&Rfc3339).unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_urls_of_this_machine_are_accepted() {
        let schemes = ["http", "https"];
        for good in [
            "http://127.0.0.1:3000/x?y=1",
            "https://localhost/",
            "http://[::1]:80/",
            "http://127.9.9.9/",
            "http://0x7f.1/",
        ] {
            assert!(loopback("return_url", good, &schemes).is_ok(), "{good}");
        }
        for bad in [
            "http://example.com/",
            "http://localhost.example.com/",
            "http://127.0.0.1.example.com/",
            "http://127.0.0.1@example.com/",
            "http://me:pw@127.0.0.1/",
            "http://0.0.0.0/",
            "http://[::ffff:127.0.0.1]/",
            "http://169.254.169.254/",
            "javascript:alert(1)",
            "data:text/html,x",
            "ftp://localhost/",
            "file:///etc/passwd",
            "//localhost/",
            "/relative",
            "",
        ] {
            assert!(loopback("return_url", bad, &schemes).is_err(), "{bad}");
        }
    }

    #[test]
    fn every_wrong_field_is_named_at_once() {
        let body = CreateBody {
            reference: "\n".into(),
            merchant_name: Some("x".repeat(61)),
            amount_minor: 0,
            currency: "cny".into(),
            return_url: "http://example.com".into(),
            webhook_url: "https://localhost/".into(),
            locale: "fr".into(),
            expires_in_seconds: Some(0),
            idempotency_key: "a b".into(),
        };
        let names: Vec<_> = body.parse().unwrap_err().into_iter().map(|error| error.0).collect();
        let expected =
            ["reference", "merchant_name", "amount_minor", "currency", "return_url", "webhook_url", "locale"];
        assert_eq!(names[..7], expected);
        assert_eq!(names[7..], ["expires_in_seconds", "idempotency_key"]);
    }
}
