//! Each row of the magic table, end to end.

use crate::harness::{Hook, Sandbox};
use serde_json::{Value, json};
use server::sandbox_gateway::magic::{Effect, TABLE};
use server::sandbox_gateway::signing::SignatureError;
use std::collections::HashSet;
use std::time::Duration;

fn kinds(hooks: &[Hook]) -> Vec<&str> {
    hooks.iter().filter_map(|hook| hook.body.pointer("/type")?.as_str()).collect()
}

#[tokio::test]
async fn a_success_is_told_once_signed_and_true() {
    let sandbox = Sandbox::start().await;
    let id = sandbox.session(42_800).await;
    sandbox.scan(&id).await;
    let hooks = sandbox.hooks_of(1).await;
    let hook = &hooks[0];
    assert_eq!(sandbox.verify(hook), Ok(()));
    assert_eq!(hook.body["id"], json!(hook.id));
    assert_eq!(hook.body["type"], "payment.succeeded");
    let data = &hook.body["data"];
    assert_eq!((&data["session"], &data["reference"]), (&json!(id), &json!("J-1001")));
    assert_eq!((&data["amount_minor"], &data["captured_minor"]), (&json!(42_800), &json!(42_800)));
    assert_eq!((&data["currency"], &data["status"]), (&json!("CNY"), &json!("paid")));
}

#[tokio::test]
async fn declines_tell_their_reason_and_leave_the_session_open() {
    let sandbox = Sandbox::start().await;
    for (count, (amount, reason)) in
        [(1001, "insufficient_funds"), (1002, "declined")].into_iter().enumerate()
    {
        let id = sandbox.session(amount).await;
        let answer = sandbox.scan(&id).await;
        assert_eq!((answer.status, answer.header("location")), (303, sandbox.return_url(&id).as_str()));
        let hooks = sandbox.hooks_of(count + 1).await;
        let hook = &hooks[count];
        assert_eq!(hook.body["type"], "payment.failed");
        assert_eq!(hook.body["data"]["attempt"]["decline_reason"], reason);
        let session = sandbox.query(&id).await;
        assert_eq!((&session["status"], &session["last_decline"]), (&json!("open"), &json!(reason)));
    }
}

#[tokio::test]
async fn a_challenge_is_told_only_once_it_is_decided() {
    let sandbox = Sandbox::start().await;
    let id = sandbox.session(1003).await;
    assert_eq!(sandbox.scan(&id).await.header("location"), format!("/pay/{id}/challenge"));
    assert_eq!(sandbox.query(&id).await["status"], "requires_action");
    assert!(sandbox.hooks().is_empty());
    assert_eq!(sandbox.enter_code(&id, "000000").await.status, 422);
    let answer = sandbox.enter_code(&id, "123456").await;
    assert_eq!(answer.header("location"), sandbox.return_url(&id));
    assert_eq!(kinds(&sandbox.hooks_of(1).await), ["payment.succeeded"]);
}

#[tokio::test]
async fn a_late_webhook_comes_after_the_query_has_told() {
    let sandbox = Sandbox::with_unit(Duration::from_millis(40)).await;
    let id = sandbox.session(1004).await;
    sandbox.scan(&id).await;
    assert_eq!(sandbox.query(&id).await["status"], "paid");
    assert!(sandbox.hooks().is_empty());
    assert_eq!(kinds(&sandbox.hooks_of(1).await), ["payment.succeeded"]);
}

#[tokio::test]
async fn a_duplicate_webhook_comes_three_times_with_one_id() {
    let sandbox = Sandbox::start().await;
    let id = sandbox.session(1005).await;
    sandbox.scan(&id).await;
    let hooks = sandbox.hooks_of(3).await;
    assert_eq!(hooks.iter().map(|hook| &hook.id).collect::<HashSet<_>>().len(), 1);
    assert!(hooks.iter().all(|hook| sandbox.verify(hook).is_ok()));
}

#[tokio::test]
async fn a_lost_webhook_never_comes_until_it_is_redelivered() {
    let sandbox = Sandbox::start().await;
    let id = sandbox.session(1006).await;
    sandbox.scan(&id).await;
    sandbox.hooks_of(0).await;
    assert_eq!(sandbox.query(&id).await["status"], "paid");
    let (_, list) = sandbox.call("GET", &format!("/v1/sessions/{id}/events"), &Value::Null).await;
    let event = list["events"][1]["id"].as_str().unwrap().to_owned();
    let path = format!("/v1/sessions/{id}/events/{event}/redeliver");
    assert_eq!(sandbox.call("POST", &path, &Value::Null).await.0, 202);
    let hooks = sandbox.hooks_of(1).await;
    assert_eq!((&hooks[0].id, sandbox.verify(&hooks[0])), (&event, Ok(())));
}

#[tokio::test]
async fn a_reordered_failure_arrives_after_the_success() {
    let sandbox = Sandbox::start().await;
    let id = sandbox.session(1007).await;
    sandbox.scan(&id).await;
    sandbox.hooks_of(0).await;
    assert_eq!(sandbox.query(&id).await["last_decline"], "declined");
    sandbox.scan(&id).await;
    let hooks = sandbox.hooks_of(2).await;
    assert_eq!(kinds(&hooks), ["payment.succeeded", "payment.failed"]);
    assert!(hooks[0].body["sequence"].as_i64() > hooks[1].body["sequence"].as_i64());
}

#[tokio::test]
async fn wrong_amounts_and_currencies_are_only_in_the_webhook() {
    let sandbox = Sandbox::start().await;
    for (count, amount) in [1008, 1009].into_iter().enumerate() {
        let id = sandbox.session(amount).await;
        sandbox.scan(&id).await;
        let hooks = sandbox.hooks_of(count + 1).await;
        assert_eq!(sandbox.verify(&hooks[count]), Ok(()));
        let session = sandbox.query(&id).await;
        assert_eq!((&session["amount_minor"], &session["currency"]), (&json!(amount), &json!("CNY")));
    }
    let hooks = sandbox.hooks();
    assert_eq!(hooks[0].body["data"]["amount_minor"], 1009);
    assert_eq!(hooks[0].body["data"]["currency"], "CNY");
    assert_eq!(hooks[1].body["data"]["amount_minor"], 1009);
    assert_eq!(hooks[1].body["data"]["currency"], "USD");
}

#[tokio::test]
async fn forged_and_stale_webhooks_do_not_verify_and_are_not_repeated() {
    let sandbox = Sandbox::start().await;
    sandbox.shop_answers(&[401, 401]);
    for (count, (amount, error)) in
        [(1011, SignatureError::Wrong), (1012, SignatureError::OutOfTime)].into_iter().enumerate()
    {
        let id = sandbox.session(amount).await;
        sandbox.scan(&id).await;
        let hooks = sandbox.hooks_of(count + 1).await;
        assert_eq!(sandbox.verify(&hooks[count]), Err(error));
        assert_eq!(sandbox.query(&id).await["status"], "paid");
    }
}

#[tokio::test]
async fn a_webhook_is_repeated_until_the_shop_takes_it() {
    let sandbox = Sandbox::start().await;
    sandbox.shop_answers(&[500, 302]);
    let id = sandbox.session(1000).await;
    sandbox.scan(&id).await;
    let hooks = sandbox.hooks_of(3).await;
    assert!(hooks.iter().all(|hook| hook.id == hooks[0].id && hook.raw == hooks[0].raw));
    let (_, list) = sandbox.call("GET", &format!("/v1/sessions/{id}/events"), &Value::Null).await;
    let statuses: Vec<_> =
        list["events"][1]["deliveries"].as_array().unwrap().iter().map(|one| &one["http_status"]).collect();
    assert_eq!(statuses, [500, 302, 204]);
}

#[tokio::test]
async fn each_magic_card_does_what_its_amount_does() {
    let sandbox = Sandbox::start().await;
    for row in TABLE {
        let by_amount = sandbox.session(5000 + row.ending.unwrap_or(0)).await;
        let by_card = sandbox.session(5000).await;
        let first = sandbox.scan(&by_amount).await;
        let second = sandbox.pay_by_card(&by_card, row.card).await;
        assert_eq!((first.status, second.status), (303, 303), "{row:?}");
        let (one, other) = (sandbox.query(&by_amount).await, sandbox.query(&by_card).await);
        assert_eq!(one["status"], other["status"], "{row:?}");
        assert_eq!(one["last_decline"], other["last_decline"], "{row:?}");
        assert_eq!(other["attempts"][0]["card_last4"], json!(row.card[12..]));
        if let Effect::Decline(reason) = row.effect {
            assert_eq!(one["last_decline"], json!(reason));
        }
    }
}

#[tokio::test]
async fn closing_and_refunding_are_told_too() {
    let sandbox = Sandbox::start().await;
    let id = sandbox.session(1000).await;
    sandbox.call("POST", &format!("/v1/sessions/{id}/close"), &Value::Null).await;
    assert_eq!(kinds(&sandbox.hooks_of(1).await), ["payment.closed"]);
    let id = sandbox.session(1006).await;
    sandbox.scan(&id).await;
    let body = json!({"amount_minor": 6, "idempotency_key": "r"});
    sandbox.call("POST", &format!("/v1/sessions/{id}/refunds"), &body).await;
    let hooks = sandbox.hooks_of(2).await;
    assert_eq!(hooks[1].body["type"], "refund.succeeded");
    assert_eq!(hooks[1].body["data"]["refund"]["amount_minor"], 6);
    assert_eq!(hooks[1].body["data"]["refunded_minor"], 6);
}

#[tokio::test]
async fn stopping_finishes_cleanly_with_webhooks_still_waiting() {
    let sandbox = Sandbox::with_unit(Duration::from_secs(3600)).await;
    let id = sandbox.session(1004).await;
    sandbox.scan(&id).await;
    let ended = tokio::time::timeout(Duration::from_secs(8), sandbox.stop()).await;
    assert!(ended.unwrap().is_ok());
}
