//! Events of a session, and the webhooks that tell of them. An event's body is written once, when it happens,
//! so a late webhook tells what was true then, never a status that has moved on.

use super::magic::Delivery;
use super::session::Session;
use app::kernel::Currency;
use serde::Serialize;
use serde_json::{Value, json};
use time::OffsetDateTime;
use time::format_description::well_known::Rfc3339;
use url::Url;

/// Deliveries of one event that are remembered; the oldest go first.
const MAX_RECORDED: usize = 20;

/// When something happens, and the id of the event that it makes.
pub(super) struct Stamp {
    pub(super) now: OffsetDateTime,
    pub(super) event_id: String,
}

/// What happened.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
pub(super) enum EventKind {
    #[serde(rename = "session.created")]
    SessionCreated,
    #[serde(rename = "payment.challenge_required")]
    ChallengeRequired,
    #[serde(rename = "payment.succeeded")]
    PaymentSucceeded,
    #[serde(rename = "payment.failed")]
    PaymentFailed,
    #[serde(rename = "payment.closed")]
    PaymentClosed,
    #[serde(rename = "payment.expired")]
    PaymentExpired,
    #[serde(rename = "payer.left")]
    PayerLeft,
    #[serde(rename = "refund.succeeded")]
    RefundSucceeded,
}

impl EventKind {
    /// The others are only in the list of events.
    pub(super) const fn has_webhook(self) -> bool {
        match self {
            Self::PaymentSucceeded | Self::PaymentFailed | Self::PaymentClosed | Self::RefundSucceeded => {
                true
            }
            Self::SessionCreated | Self::ChallengeRequired | Self::PaymentExpired | Self::PayerLeft => false,
        }
    }
}

/// One event.
#[derive(Debug, Clone)]
pub(super) struct Event {
    pub(super) id: String,
    pub(super) kind: EventKind,
    /// The body of its webhook, as it truly is.
    pub(super) body: Value,
    pub(super) deliveries: Vec<DeliveryRecord>,
}

/// One webhook that was sent.
#[derive(Debug, Clone, Serialize)]
pub(super) struct DeliveryRecord {
    #[serde(with = "time::serde::rfc3339")]
    pub(super) at: OffsetDateTime,
    pub(super) mode: Delivery,
    /// The shop's answer. `None`: none came.
    pub(super) http_status: Option<u16>,
}

/// A webhook to be sent.
#[derive(Debug, Clone)]
pub(super) struct Dispatch {
    pub(super) session_id: String,
    pub(super) url: Url,
    pub(super) event: Event,
    pub(super) delivery: Delivery,
    /// Webhooks to be sent once this one has been tried.
    pub(super) afterwards: Vec<Dispatch>,
}

impl Event {
    /// An event about the session as it is now.
    pub(super) fn of(session: &Session, kind: EventKind, stamp: Stamp) -> Self {
        let refund = (kind == EventKind::RefundSucceeded).then(|| session.refunds.last()).flatten();
        let body = json!({
            "id": stamp.event_id,
            "type": kind,
            "occurred_at": stamp.now.format(&Rfc3339).unwrap_or_default(),
            "sequence": session.events.len() + 1,
            "data": {
                "session": session.id,
                "reference": session.order.reference,
                "status": session.status,
                "amount_minor": session.order.amount.minor,
                "currency": session.order.amount.currency.code(),
                "captured_minor": session.captured_minor(),
                "refunded_minor": session.refunded_minor(),
                "attempt": session.attempts.last(),
                "refund": refund,
            },
        });
        Self { id: stamp.event_id, kind, body, deliveries: Vec::new() }
    }

    /// Remembers a delivery.
    pub(super) fn remember(&mut self, record: DeliveryRecord) {
        if self.deliveries.len() >= MAX_RECORDED {
            self.deliveries.remove(0);
        }
        self.deliveries.push(record);
    }

    /// The bytes that a webhook carries: the truth, or what the sandbox was asked to say instead.
    pub(super) fn told(&self, delivery: Delivery) -> Vec<u8> {
        let mut body = self.body.clone();
        let pointer = |name: &str| format!("/data/{name}");
        match delivery {
            Delivery::WrongAmount => {
                for name in ["amount_minor", "captured_minor"] {
                    if let Some(amount) = body.pointer_mut(&pointer(name)) {
                        *amount = json!(amount.as_i64().unwrap_or_default().saturating_add(1));
                    }
                }
            }
            Delivery::WrongCurrency => {
                if let Some(currency) = body.pointer_mut(&pointer("currency")) {
                    *currency = json!(another_currency(currency.as_str()));
                }
            }
            Delivery::Prompt | Delivery::Late | Delivery::Duplicate | Delivery::Lost => {}
            Delivery::Reordered | Delivery::Forged | Delivery::Stale => {}
        }
        body.to_string().into_bytes()
    }
}

fn another_currency(code: Option<&str>) -> &'static str {
    let other = if code == Some(Currency::Usd.code()) { Currency::Cny } else { Currency::Usd };
    other.code()
}
