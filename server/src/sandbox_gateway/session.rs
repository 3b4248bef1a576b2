//! A session and everything that happens to it. Each step changes the status by [`Status::after`], records one event,
//! and answers which webhooks are to be sent. Pure, like the model.

use super::event::{Dispatch, Event, EventKind, Stamp};
use super::magic::{DeclineReason, Delivery, Effect};
use super::model::{Attempt, Method, NewSession, Outcome, Refund, Refusal, Status, Step};
use time::{Duration, OffsetDateTime};

/// Tries that one session gets; every try may make two events.
pub(super) const MAX_ATTEMPTS: usize = 50;
/// Refunds that one session can have.
pub(super) const MAX_REFUNDS: usize = 100;
/// Events of one session after which a payer's visits are no longer recorded.
const MAX_VISITS: usize = 100;
/// Wrong one-time codes after which the try is declined.
const MAX_WRONG_CODES: u8 = 3;

/// One payment session.
#[derive(Debug, Clone)]
pub(super) struct Session {
    pub(super) id: String,
    pub(super) idempotency_key: String,
    pub(super) order: NewSession,
    pub(super) status: Status,
    pub(super) created_at: OffsetDateTime,
    pub(super) expires_at: OffsetDateTime,
    pub(super) attempts: Vec<Attempt>,
    pub(super) refunds: Vec<Refund>,
    pub(super) events: Vec<Event>,
    /// Webhooks that wait for the next one (see [`Delivery::Reordered`]).
    held: Vec<Dispatch>,
    wrong_codes: u8,
}

/// How an answer to the challenge ended.
#[derive(Debug, PartialEq, Eq)]
pub(super) enum Answer {
    Paid,
    TryAgain,
    Declined,
}

/// A refund that the merchant asks for.
pub(super) struct NewRefund {
    pub(super) id: String,
    pub(super) idempotency_key: String,
    pub(super) amount_minor: i64,
    pub(super) reason: Option<String>,
}

/// Why a refund is refused.
#[derive(Debug, PartialEq, Eq)]
pub(super) enum RefundRefusal {
    NotPaid,
    KeyReused,
    ExceedsCaptured,
    TooMany,
}

impl Session {
    pub(super) fn new(id: String, idempotency_key: String, order: NewSession, stamp: Stamp) -> Self {
        let expires_at = stamp.now + Duration::seconds(order.expires_in_seconds);
        let mut session = Self {
            id,
            idempotency_key,
            order,
            status: Status::Open,
            created_at: stamp.now,
            expires_at,
            attempts: Vec::new(),
            refunds: Vec::new(),
            events: Vec::new(),
            held: Vec::new(),
            wrong_codes: 0,
        };
        session.record(EventKind::SessionCreated, stamp);
        session
    }

    pub(super) const fn captured_minor(&self) -> i64 {
        match self.status {
            Status::Paid => self.order.amount.minor,
            Status::Open | Status::RequiresAction | Status::Closed | Status::Expired => 0,
        }
    }

    pub(super) fn refunded_minor(&self) -> i64 {
        self.refunds.iter().map(|refund| refund.amount_minor).sum()
    }

    /// The reason of the latest try, when that was declined.
    pub(super) fn last_decline(&self) -> Option<DeclineReason> {
        self.attempts.last().and_then(|attempt| attempt.decline_reason)
    }

    /// True when its time is over but nobody has noticed yet.
    pub(super) fn is_overdue(&self, now: OffsetDateTime) -> bool {
        !self.status.is_terminal() && now >= self.expires_at
    }

    /// Expires the session; called before each look at an overdue one. No webhook: an expiry has no moment of its own.
    pub(super) fn expire(&mut self, stamp: Stamp) {
        if let Ok(status) = self.status.after(Step::Expire) {
            self.status = status;
            self.settle_pending(Outcome::Declined, Some(DeclineReason::ChallengeFailed));
            self.record(EventKind::PaymentExpired, stamp);
        }
    }

    /// One try to pay.
    ///
    /// # Errors
    /// [`Refusal`] when the session cannot be paid now.
    pub(super) fn pay(&mut self, by: Tender, effect: Effect, stamp: Stamp) -> Result<Vec<Dispatch>, Refusal> {
        let (step, delivery, decline_reason) = self.course(effect);
        let status = self.status.after(step)?;
        if self.attempts.len() >= MAX_ATTEMPTS {
            return Err(Refusal::TooManyTries);
        }
        let (outcome, kind) = match status {
            Status::Paid => (Outcome::Succeeded, EventKind::PaymentSucceeded),
            Status::RequiresAction => (Outcome::Pending, EventKind::ChallengeRequired),
            Status::Open | Status::Closed | Status::Expired => (Outcome::Declined, EventKind::PaymentFailed),
        };
        self.attempts.push(Attempt {
            number: self.attempts.len() + 1,
            method: by.method,
            card_last4: by.card_last4,
            outcome,
            decline_reason,
            at: stamp.now,
            delivery,
        });
        self.status = status;
        self.wrong_codes = 0;
        Ok(self.announce(kind, stamp))
    }

    /// What an effect means for this try: [`Delivery::Reordered`] declines the first.
    fn course(&self, effect: Effect) -> (Step, Delivery, Option<DeclineReason>) {
        match effect {
            Effect::Decline(reason) => (Step::Decline, Delivery::Prompt, Some(reason)),
            Effect::Challenge => (Step::Challenge, Delivery::Prompt, None),
            Effect::Succeed(Delivery::Reordered) if self.attempts.is_empty() => {
                (Step::Decline, Delivery::Reordered, Some(DeclineReason::Declined))
            }
            Effect::Succeed(delivery) => (Step::Approve, delivery, None),
        }
    }

    /// The payer's one-time code; `None` gives up.
    ///
    /// # Errors
    /// [`Refusal`] when no code is asked for.
    pub(super) fn answer(
        &mut self,
        right: Option<bool>,
        stamp: Stamp,
    ) -> Result<(Answer, Vec<Dispatch>), Refusal> {
        let passed = self.status.after(Step::PassChallenge)?;
        if right == Some(true) {
            self.status = passed;
            self.settle_pending(Outcome::Succeeded, None);
            return Ok((Answer::Paid, self.announce(EventKind::PaymentSucceeded, stamp)));
        }
        self.wrong_codes = self.wrong_codes.saturating_add(1);
        if right.is_some() && self.wrong_codes < MAX_WRONG_CODES {
            return Ok((Answer::TryAgain, Vec::new()));
        }
        self.status = self.status.after(Step::FailChallenge)?;
        self.settle_pending(Outcome::Declined, Some(DeclineReason::ChallengeFailed));
        Ok((Answer::Declined, self.announce(EventKind::PaymentFailed, stamp)))
    }

    fn settle_pending(&mut self, outcome: Outcome, decline_reason: Option<DeclineReason>) {
        if let Some(attempt) = self.attempts.last_mut().filter(|attempt| attempt.outcome == Outcome::Pending)
        {
            attempt.outcome = outcome;
            attempt.decline_reason = decline_reason;
        }
    }

    /// The payer goes back to the shop without paying. The session stays as it is.
    pub(super) fn leave(&mut self, stamp: Stamp) {
        if self.events.len() < MAX_VISITS {
            self.record(EventKind::PayerLeft, stamp);
        }
    }

    /// Closes the session, so that it can never be paid. Closing twice is closing once.
    ///
    /// # Errors
    /// [`Refusal::AlreadyPaid`].
    pub(super) fn close(&mut self, stamp: Stamp) -> Result<Vec<Dispatch>, Refusal> {
        let status = self.status.after(Step::Close)?;
        if status == self.status {
            return Ok(Vec::new());
        }
        self.status = status;
        self.settle_pending(Outcome::Declined, Some(DeclineReason::ChallengeFailed));
        Ok(self.announce(EventKind::PaymentClosed, stamp))
    }

    /// Gives money back; `false` beside the refund means that the same key had made it before.
    ///
    /// # Errors
    /// [`RefundRefusal`]; the refunds together never exceed what was captured.
    pub(super) fn refund(
        &mut self,
        new: NewRefund,
        stamp: Stamp,
    ) -> Result<(Refund, bool, Vec<Dispatch>), RefundRefusal> {
        if let Some(known) = self.refund_before(&new)? {
            return Ok((known, false, Vec::new()));
        }
        self.status = self.status.after(Step::Refund).map_err(|_| RefundRefusal::NotPaid)?;
        if new.amount_minor > self.captured_minor() - self.refunded_minor() {
            return Err(RefundRefusal::ExceedsCaptured);
        }
        if self.refunds.len() >= MAX_REFUNDS {
            return Err(RefundRefusal::TooMany);
        }
        let refund = Refund {
            id: new.id,
            idempotency_key: new.idempotency_key,
            amount_minor: new.amount_minor,
            currency: self.order.amount.currency.code(),
            reason: new.reason,
            created_at: stamp.now,
        };
        self.refunds.push(refund.clone());
        Ok((refund, true, self.announce(EventKind::RefundSucceeded, stamp)))
    }

    /// The refund that the same key made before.
    fn refund_before(&self, new: &NewRefund) -> Result<Option<Refund>, RefundRefusal> {
        let known = self.refunds.iter().find(|refund| refund.idempotency_key == new.idempotency_key);
        match known {
            Some(known) if known.amount_minor != new.amount_minor || known.reason != new.reason => {
                Err(RefundRefusal::KeyReused)
            }
            known => Ok(known.cloned()),
        }
    }

    /// Records an event and says how its webhook travels.
    fn announce(&mut self, kind: EventKind, stamp: Stamp) -> Vec<Dispatch> {
        let event = self.record(kind, stamp);
        if !kind.has_webhook() {
            return Vec::new();
        }
        let delivery = match kind {
            EventKind::PaymentSucceeded | EventKind::PaymentFailed => {
                self.attempts.last().map(|attempt| attempt.delivery)
            }
            _ => None,
        };
        let mut dispatch = Dispatch {
            session_id: self.id.clone(),
            url: self.order.webhook_url.clone(),
            event,
            delivery: delivery.unwrap_or(Delivery::Prompt),
            afterwards: Vec::new(),
        };
        if kind == EventKind::PaymentFailed && dispatch.delivery == Delivery::Reordered {
            self.held.push(dispatch);
            return Vec::new();
        }
        dispatch.afterwards = std::mem::take(&mut self.held);
        vec![dispatch]
    }

    fn record(&mut self, kind: EventKind, stamp: Stamp) -> Event {
        let event = Event::of(self, kind, stamp);
        self.events.push(event.clone());
        event
    }
}

/// What a payer pays with.
pub(super) struct Tender {
    pub(super) method: Method,
    pub(super) card_last4: Option<String>,
}

#[cfg(test)]
#[path = "session_tests.rs"]
mod tests;
