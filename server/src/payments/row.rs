//! Rows of payments.

use app::payments::model::{AttemptState, PaymentMethod};
use uuid::Uuid;

/// What an order asks for, to be written.
#[derive(Debug, Clone)]
#[expect(missing_docs, reason = "the fields are the columns, described in the migration")]
pub struct IntentWrite {
    pub id: Uuid,
    pub order_id: Uuid,
    pub amount_minor: i64,
    pub currency: &'static str,
    pub expires_at: Option<i64>,
    pub now: i64,
}

/// A try to pay, to be written.
#[derive(Debug, Clone)]
#[expect(missing_docs, reason = "the fields are the columns, described in the migration")]
pub struct AttemptWrite {
    pub id: Uuid,
    pub intent_id: Uuid,
    pub method: PaymentMethod,
    pub return_url: String,
    pub now: i64,
}

/// A try to pay, together with what it is for.
#[derive(Debug, Clone, sqlx::FromRow)]
#[expect(missing_docs, reason = "the fields are the columns, described in the migration")]
pub struct PaymentRow {
    pub intent_id: Uuid,
    pub order_id: Uuid,
    pub intent_status: String,
    pub amount_minor: i64,
    pub currency: String,
    pub expires_at: Option<i64>,
    pub attempt_id: Uuid,
    pub method: String,
    pub status: String,
    pub session: Option<String>,
    pub pay_url: Option<String>,
    pub return_url: String,
    pub failure: Option<String>,
    pub sequence: i64,
    pub sync_at: Option<i64>,
    pub syncs: i64,
    pub created_at: i64,
}

impl PaymentRow {
    /// Where the try stands. A name that is not known can never be paid.
    #[must_use]
    pub fn state(&self) -> AttemptState {
        AttemptState::from_name(&self.status).unwrap_or(AttemptState::Cancelled)
    }

    /// True when the time to pay is over, whether or not somebody has noticed.
    #[must_use]
    pub fn is_overdue(&self, now: i64) -> bool {
        self.expires_at.is_some_and(|end| end <= now)
    }
}

/// A step of a try to pay.
#[derive(Debug, Clone)]
pub struct Step<'a> {
    /// Which try.
    pub attempt_id: Uuid,
    /// From where; anywhere else nothing happens.
    pub from: AttemptState,
    /// Where to.
    pub to: AttemptState,
    /// Why it was declined.
    pub failure: Option<&'a str>,
    /// The provider's count of news, as far as it is known.
    pub sequence: Option<i64>,
    /// Microseconds.
    pub now: i64,
}

/// The page on which a try can be paid.
#[derive(Debug, Clone)]
pub struct SessionWrite<'a> {
    /// Which try.
    pub attempt_id: Uuid,
    /// The provider's name for it.
    pub session: &'a str,
    /// Its page.
    pub pay_url: &'a str,
    /// When to ask the provider how it stands, if it says nothing.
    pub sync_at: i64,
    /// Microseconds.
    pub now: i64,
}

/// Money that came or went, to be written to the ledger.
#[derive(Debug, Clone)]
pub struct EntryWrite {
    /// Its id.
    pub id: Uuid,
    /// Which try.
    pub attempt_id: Uuid,
    /// `charge` or `refund`.
    pub kind: &'static str,
    /// Minor units.
    pub amount_minor: i64,
    /// What made it; two entries with one cause are one.
    pub cause: String,
    /// Microseconds.
    pub at: i64,
}

/// Money to go back, to be written.
#[derive(Debug, Clone)]
#[expect(missing_docs, reason = "the fields are the columns, described in the migration")]
pub struct RefundWrite {
    pub id: Uuid,
    pub order_id: Uuid,
    pub attempt_id: Uuid,
    pub amount_minor: i64,
    pub reason: &'static str,
    pub cause: String,
    pub now: i64,
}

/// Money to go back, with the try that brought it.
#[derive(Debug, Clone, sqlx::FromRow)]
#[expect(missing_docs, reason = "the fields are the columns, described in the migration")]
pub struct RefundRow {
    pub id: Uuid,
    pub order_id: Uuid,
    pub attempt_id: Uuid,
    pub amount_minor: i64,
    pub status: String,
    pub reason: String,
    pub currency: String,
    pub method: String,
    pub session: Option<String>,
}

/// What a try has brought, and what of it went back or is about to.
#[derive(Debug, Clone, Copy, PartialEq, Eq, sqlx::FromRow)]
pub struct Balance {
    /// Which try.
    pub attempt_id: Uuid,
    /// Minor units received.
    pub captured_minor: i64,
    /// Minor units of every refund, finished or not.
    pub refunds_minor: i64,
}

/// A believed message, to be written.
#[derive(Debug, Clone)]
#[expect(missing_docs, reason = "the fields are the columns, described in the migration")]
pub struct InboxWrite<'a> {
    pub id: Uuid,
    pub provider: &'static str,
    pub event_id: &'a str,
    pub kind: &'a str,
    pub session: &'a str,
    pub raw_body: &'a [u8],
    pub now: i64,
}

/// A message that is not believed, to be written.
#[derive(Debug, Clone)]
#[expect(missing_docs, reason = "the fields are the columns, described in the migration")]
pub struct RefusalWrite<'a> {
    pub id: Uuid,
    pub provider: &'static str,
    pub reason: &'static str,
    pub event_id: String,
    pub body_hash: Vec<u8>,
    pub raw_body: Option<&'a [u8]>,
    pub now: i64,
}

/// Something for a person to look at, to be written.
#[derive(Debug, Clone)]
#[expect(missing_docs, reason = "the fields are the columns, described in the migration")]
pub struct TaskWrite {
    pub id: Uuid,
    pub kind: &'static str,
    pub order_id: Option<Uuid>,
    pub detail: String,
    pub cause: String,
    pub now: i64,
}

/// Something for a person to look at.
#[derive(Debug, Clone, PartialEq, Eq, sqlx::FromRow)]
pub struct TaskRow {
    /// Its id.
    pub id: Uuid,
    /// Of which kind.
    pub kind: String,
    /// The order that it is about, if it is about one.
    pub order_number: Option<String>,
    /// What it is, in a sentence without personal data.
    pub detail: String,
    /// Microseconds.
    pub created_at: i64,
    /// Microseconds; `None` while it is to be done.
    pub done_at: Option<i64>,
}

impl PaymentRow {
    /// True when no provider has to be asked: cash is given at the door, and nothing costs nothing.
    #[must_use]
    pub fn is_settled_here(&self) -> bool {
        self.method == PaymentMethod::CashOnDelivery.name() || self.amount_minor == 0
    }

    /// A try as it was just written.
    #[must_use]
    pub fn fresh(intent: &IntentWrite, attempt: AttemptWrite) -> Self {
        Self {
            intent_id: intent.id,
            order_id: intent.order_id,
            intent_status: super::OPEN.to_owned(),
            amount_minor: intent.amount_minor,
            currency: intent.currency.to_owned(),
            expires_at: intent.expires_at,
            attempt_id: attempt.id,
            method: attempt.method.name().to_owned(),
            status: AttemptState::Pending.name().to_owned(),
            session: None,
            pay_url: None,
            return_url: attempt.return_url,
            failure: None,
            sequence: 0,
            sync_at: None,
            syncs: 0,
            created_at: attempt.now,
        }
    }
}
