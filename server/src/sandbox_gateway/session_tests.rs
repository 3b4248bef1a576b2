//! A session's steps, without any process around them.

use super::*;
use crate::sandbox_gateway::event::EventKind as Kind;
use app::kernel::{Currency, Locale, Money};

fn at(seconds: i64) -> OffsetDateTime {
    OffsetDateTime::UNIX_EPOCH + Duration::seconds(seconds)
}

fn stamp(name: &str) -> Stamp {
    Stamp { now: at(100), event_id: name.to_owned() }
}

fn session() -> Session {
    let order = NewSession {
        reference: "J-1".into(),
        merchant_name: "Jishi".into(),
        amount: Money::new(1000, Currency::Cny),
        return_url: "http://127.0.0.1/back".parse().unwrap(),
        webhook_url: "http://127.0.0.1/hook".parse().unwrap(),
        locale: Locale::En,
        expires_in_seconds: 60,
    };
    Session::new("ps_1".into(), "key".into(), order, stamp("created"))
}

fn pay(session: &mut Session, effect: Effect) -> Result<Vec<Dispatch>, Refusal> {
    let by = Tender { method: Method::Card, card_last4: Some("4242".into()) };
    session.pay(by, effect, stamp("pay"))
}

fn refund(session: &mut Session, key: &str, amount_minor: i64) -> Result<bool, RefundRefusal> {
    let new = NewRefund { id: "rf".into(), idempotency_key: key.into(), amount_minor, reason: None };
    session.refund(new, stamp("refund")).map(|(_, made, _)| made)
}

fn kinds(session: &Session) -> Vec<Kind> {
    session.events.iter().map(|event| event.kind).collect()
}

const PLAIN: Effect = Effect::Succeed(Delivery::Prompt);

#[test]
fn a_paid_session_is_paid_once() {
    let mut session = session();
    assert_eq!(pay(&mut session, PLAIN).map(|sent| sent.len()), Ok(1));
    assert_eq!(pay(&mut session, PLAIN).map(|sent| sent.len()), Err(Refusal::AlreadyPaid));
    assert_eq!(session.captured_minor(), 1000);
    assert_eq!(kinds(&session), [Kind::SessionCreated, Kind::PaymentSucceeded]);
}

#[test]
fn a_declined_try_leaves_the_session_open_for_another() {
    let mut session = session();
    pay(&mut session, Effect::Decline(DeclineReason::InsufficientFunds)).unwrap();
    assert_eq!(session.status, Status::Open);
    assert_eq!(session.last_decline(), Some(DeclineReason::InsufficientFunds));
    pay(&mut session, PLAIN).unwrap();
    assert_eq!((session.status, session.last_decline()), (Status::Paid, None));
    assert_eq!(session.attempts.len(), 2);
}

#[test]
fn three_wrong_codes_decline_the_try() {
    let mut session = session();
    assert!(
        pay(&mut session, Effect::Challenge).unwrap().is_empty(),
        "nothing is decided, so nothing is sent"
    );
    let mut answer = |right| session.answer(right, stamp("code")).map(|(answer, _)| answer);
    assert_eq!(answer(Some(false)), Ok(Answer::TryAgain));
    assert_eq!(answer(Some(false)), Ok(Answer::TryAgain));
    assert_eq!(answer(Some(false)), Ok(Answer::Declined));
    assert_eq!(answer(Some(true)), Err(Refusal::NoChallenge));
    assert_eq!(session.last_decline(), Some(DeclineReason::ChallengeFailed));
}

#[test]
fn a_new_challenge_starts_with_all_its_tries() {
    let mut session = session();
    pay(&mut session, Effect::Challenge).unwrap();
    assert_eq!(session.answer(Some(false), stamp("1")).unwrap().0, Answer::TryAgain);
    assert_eq!(session.answer(None, stamp("2")).unwrap().0, Answer::Declined);
    pay(&mut session, Effect::Challenge).unwrap();
    assert_eq!(session.answer(Some(false), stamp("3")).unwrap().0, Answer::TryAgain);
    assert_eq!(session.answer(Some(true), stamp("4")).unwrap().0, Answer::Paid);
}

#[test]
fn the_webhook_of_a_reordered_failure_waits_for_the_next_one() {
    let mut session = session();
    assert!(pay(&mut session, Effect::Succeed(Delivery::Reordered)).unwrap().is_empty());
    let sent = pay(&mut session, Effect::Succeed(Delivery::Reordered)).unwrap();
    assert_eq!(sent.len(), 1);
    assert_eq!(sent[0].event.kind, Kind::PaymentSucceeded);
    assert_eq!(sent[0].afterwards[0].event.kind, Kind::PaymentFailed);
}

#[test]
fn refunds_never_exceed_what_was_captured() {
    let mut session = session();
    assert_eq!(refund(&mut session, "a", 1), Err(RefundRefusal::NotPaid));
    pay(&mut session, PLAIN).unwrap();
    assert_eq!(refund(&mut session, "a", 600), Ok(true));
    assert_eq!(refund(&mut session, "b", 401), Err(RefundRefusal::ExceedsCaptured));
    assert_eq!(refund(&mut session, "a", 600), Ok(false), "the same key is the same refund");
    assert_eq!(refund(&mut session, "a", 1), Err(RefundRefusal::KeyReused));
    assert_eq!(refund(&mut session, "b", 400), Ok(true));
    assert_eq!(refund(&mut session, "c", 1), Err(RefundRefusal::ExceedsCaptured));
    assert_eq!(session.refunded_minor(), 1000);
}

#[test]
fn an_overdue_session_expires_and_takes_its_open_challenge_with_it() {
    let mut session = session();
    assert!(!session.is_overdue(at(159)));
    assert!(session.is_overdue(at(160)));
    pay(&mut session, Effect::Challenge).unwrap();
    session.expire(stamp("late"));
    assert_eq!(session.status, Status::Expired);
    assert_eq!(session.attempts[0].outcome, Outcome::Declined);
    assert_eq!(pay(&mut session, PLAIN).map(|_| ()), Err(Refusal::Expired));
}

#[test]
fn a_paid_session_is_never_overdue_and_cannot_be_closed() {
    let mut session = session();
    pay(&mut session, PLAIN).unwrap();
    assert!(!session.is_overdue(at(1_000_000)));
    assert_eq!(session.close(stamp("close")).map(|_| ()), Err(Refusal::AlreadyPaid));
}

#[test]
fn closing_twice_is_closing_once() {
    let mut session = session();
    assert_eq!(session.close(stamp("1")).unwrap().len(), 1);
    assert_eq!(session.close(stamp("2")).unwrap().len(), 0);
    assert_eq!(kinds(&session), [Kind::SessionCreated, Kind::PaymentClosed]);
}

#[test]
fn tries_are_limited() {
    let mut session = session();
    for _ in 0..MAX_ATTEMPTS {
        pay(&mut session, Effect::Decline(DeclineReason::Declined)).unwrap();
    }
    assert_eq!(pay(&mut session, PLAIN).map(|_| ()), Err(Refusal::TooManyTries));
    assert_eq!(session.status, Status::Open);
}

#[test]
fn an_event_tells_what_was_true_when_it_happened() {
    let mut session = session();
    let failed = pay(&mut session, Effect::Decline(DeclineReason::Declined)).unwrap();
    pay(&mut session, PLAIN).unwrap();
    assert_eq!(failed[0].event.body["data"]["status"], "open");
    assert_eq!(failed[0].event.body["sequence"], 2);
    assert_eq!(session.events[2].body["data"]["captured_minor"], 1000);
}
