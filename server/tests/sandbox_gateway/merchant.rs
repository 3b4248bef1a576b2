//! The merchant API: signatures, idempotency, refunds, closing, expiry, and whatever else comes down the wire.

use crate::harness::Sandbox;
use axum::body::Body;
use axum::http::{HeaderValue, Request};
use futures::future::join_all;
use serde_json::{Value, json};
use std::collections::HashSet;

#[tokio::test]
async fn only_signed_requests_in_time_get_through() {
    let sandbox = Sandbox::start().await;
    let body = sandbox.order(1000).to_string();
    let request = || sandbox.signed("POST", "/v1/sessions", body.as_bytes());
    let mut unsigned = request();
    unsigned.headers_mut().remove("request-signature");
    let mut forged = request();
    forged.headers_mut().insert("request-signature", HeaderValue::from_static("v1,AAAA"));
    let mut renamed = request();
    renamed.headers_mut().insert("request-id", HeaderValue::from_static("req_other"));
    let (parts, _) = request().into_parts();
    let altered = Request::from_parts(parts, Body::from(body.replace("1000", "1")));
    let mut opaque = request();
    opaque.headers_mut().insert("request-id", HeaderValue::from_bytes(b"\xff").unwrap());
    let mut nameless = request();
    nameless.headers_mut().insert("request-id", HeaderValue::from_static(""));
    let stale = request();
    for bad in [unsigned, forged, renamed, altered, opaque, nameless] {
        assert_eq!(sandbox.send(bad).await.status, 401);
    }
    sandbox.clock.advance(time::Duration::seconds(301));
    assert_eq!(sandbox.send(stale).await.status, 401);
    assert_eq!(sandbox.send(request()).await.status, 201);
}

#[tokio::test]
async fn one_key_makes_one_session_however_often_it_comes() {
    let sandbox = Sandbox::start().await;
    let order = sandbox.order(1000);
    let calls = (0..20).map(|_| sandbox.call("POST", "/v1/sessions", &order));
    let answers = join_all(calls).await;
    assert_eq!(answers.iter().filter(|(status, _)| *status == 201).count(), 1);
    assert!(answers.iter().all(|(status, _)| matches!(status, 200 | 201)));
    assert_eq!(answers.iter().map(|(_, session)| session["id"].to_string()).collect::<HashSet<_>>().len(), 1);
    let mut other = order.clone();
    other["amount_minor"] = json!(1001);
    let (status, error) = sandbox.call("POST", "/v1/sessions", &other).await;
    assert_eq!((status, &error["error"]), (409, &json!("idempotency_mismatch")));
}

#[tokio::test]
async fn parallel_refunds_never_exceed_what_was_captured() {
    let sandbox = Sandbox::start().await;
    let id = sandbox.session(1000).await;
    let path = format!("/v1/sessions/{id}/refunds");
    let body = json!({"amount_minor": 1, "idempotency_key": "early"});
    assert_eq!(sandbox.call("POST", &path, &body).await.1["error"], "not_paid");
    sandbox.scan(&id).await;
    let bodies: Vec<_> =
        (0..20).map(|n| json!({"amount_minor": 300, "idempotency_key": format!("r{n}")})).collect();
    let answers = join_all(bodies.iter().map(|body| sandbox.call("POST", &path, body))).await;
    assert_eq!(answers.iter().filter(|(status, _)| *status == 201).count(), 3);
    assert!(answers.iter().all(|(status, answer)| *status == 201 || answer["error"] == "exceeds_captured"));
    assert_eq!(sandbox.query(&id).await["refunded_minor"], 900);
}

#[tokio::test]
async fn a_refund_is_made_once_for_its_key() {
    let sandbox = Sandbox::start().await;
    let id = sandbox.session(1000).await;
    sandbox.scan(&id).await;
    let path = format!("/v1/sessions/{id}/refunds");
    let body = json!({"amount_minor": 400, "idempotency_key": "r", "reason": "退货"});
    let (first, made) = sandbox.call("POST", &path, &body).await;
    let (second, same) = sandbox.call("POST", &path, &body).await;
    assert_eq!((first, second), (201, 200));
    assert_eq!(made, same);
    let other = json!({"amount_minor": 401, "idempotency_key": "r", "reason": "退货"});
    assert_eq!(sandbox.call("POST", &path, &other).await.1["error"], "idempotency_mismatch");
    assert_eq!(sandbox.query(&id).await["refunded_minor"], 400);
}

#[tokio::test]
async fn closing_stops_the_payer_and_paying_stops_the_closing() {
    let sandbox = Sandbox::start().await;
    let id = sandbox.session(1000).await;
    let close = format!("/v1/sessions/{id}/close");
    for _ in 0..2 {
        let (status, session) = sandbox.call("POST", &close, &Value::Null).await;
        assert_eq!((status, &session["status"]), (200, &json!("closed")));
    }
    assert_eq!(sandbox.scan(&id).await.status, 409);
    let id = sandbox.session(1000).await;
    sandbox.scan(&id).await;
    let (status, error) = sandbox.call("POST", &format!("/v1/sessions/{id}/close"), &Value::Null).await;
    assert_eq!((status, &error["error"]), (409, &json!("already_paid")));
}

#[tokio::test]
async fn paying_and_closing_at_the_same_moment_have_one_winner() {
    let sandbox = Sandbox::start().await;
    for _ in 0..20 {
        let id = sandbox.session(1000).await;
        let close = format!("/v1/sessions/{id}/close");
        let (paid, closed) = tokio::join!(sandbox.scan(&id), sandbox.call("POST", &close, &Value::Null));
        let status = sandbox.query(&id).await["status"].clone();
        assert_eq!(paid.status == 303, status == "paid");
        assert_eq!(closed.0 == 200, status == "closed");
    }
}

#[tokio::test]
async fn an_expired_session_cannot_be_paid_and_says_so_when_it_is_read() {
    let sandbox = Sandbox::start().await;
    let mut order = sandbox.order(1000);
    order["expires_in_seconds"] = json!(60);
    let id = sandbox.session_of(&order).await;
    sandbox.clock.advance(time::Duration::seconds(60));
    assert_eq!(sandbox.scan(&id).await.status, 409);
    assert_eq!(sandbox.query(&id).await["status"], "expired");
    assert_eq!(sandbox.call("POST", "/v1/sessions", &order).await.1["status"], "expired");
    let (_, list) = sandbox.call("GET", &format!("/v1/sessions/{id}/events"), &Value::Null).await;
    let kinds: Vec<_> = list["events"].as_array().unwrap().iter().map(|event| &event["type"]).collect();
    assert_eq!(kinds, ["session.created", "payment.expired"]);
}

#[tokio::test]
async fn hostile_bodies_are_refused_politely() {
    let sandbox = Sandbox::start().await;
    let mut bodies: Vec<Vec<u8>> =
        ["", "{", "null", "[]", "{}", "\"x\"", "1e999", "\u{feff}{}"].map(Vec::from).into();
    bodies.push(vec![0xff, 0xfe, 0x00]);
    bodies.push("[".repeat(10_000).into_bytes());
    let values = [
        json!(null),
        json!(-1),
        json!(0),
        json!(1.5),
        json!("1000"),
        json!(u64::MAX),
        json!([1]),
        json!("\u{0}"),
    ];
    for field in
        ["amount_minor", "currency", "reference", "return_url", "locale", "idempotency_key", "surprise"]
    {
        for value in &values {
            let mut order = sandbox.order(1000);
            order[field] = value.clone();
            if !(field == "idempotency_key" || field == "reference") || !value.is_string() {
                bodies.push(order.to_string().into_bytes());
            }
        }
    }
    for body in bodies {
        let answer = sandbox.send(sandbox.signed("POST", "/v1/sessions", &body)).await;
        let shown = String::from_utf8_lossy(&body).chars().take(200).collect::<String>();
        assert!(matches!(answer.status, 400 | 422), "{} for {shown}", answer.status);
        assert!(answer.json()["error"].is_string());
    }
}

#[tokio::test]
async fn bodies_and_paths_out_of_bounds_are_refused() {
    let sandbox = Sandbox::start().await;
    let large = vec![b' '; 16 * 1024 + 1];
    assert_eq!(sandbox.send(sandbox.signed("POST", "/v1/sessions", &large)).await.status, 413);
    for path in
        ["/v1/sessions/ps_x", "/v1/sessions/%00", "/v1/sessions/%ff", "/v1/sessions/..%2f..", "/v1/nothing"]
    {
        let status = sandbox.send(sandbox.signed("GET", path, b"")).await.status;
        assert!(matches!(status, 400 | 404), "{status} for {path}");
    }
    let id = sandbox.session(1000).await;
    let created = sandbox.call("GET", &format!("/v1/sessions/{id}/events"), &Value::Null).await.1;
    let event = created["events"][0]["id"].as_str().unwrap().to_owned();
    let path = format!("/v1/sessions/{id}/events/{event}/redeliver");
    assert_eq!(sandbox.call("POST", &path, &Value::Null).await.0, 404, "an event without a webhook");
    assert_eq!(sandbox.get("/healthz").await.text, "ok");
}
