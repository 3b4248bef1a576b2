//! Cancelling, running out of time, and money that comes back.

use crate::market::{Market, TOTAL, card};
use http::StatusCode;
use serde_json::Value;

on_both! {
    async fn an_order_that_is_not_paid_in_time_ends_and_frees_its_goods(world) {
        let market = Market::open(world).await;
        let before = market.stock().await;
        let unpaid = market.buyer().order().await;
        assert_eq!(market.stock().await, (before.0, before.1 + 1));
        market.advance(30 * 60 + 1);
        let page = unpaid.page().await;
        assert!(page.contains("付款时间已过") && !page.contains("去付款"), "it takes effect when it is read: {page}");
        assert_eq!(unpaid.pay_by("sandbox").await.json()["detail"], "payment_expired");
        unpaid.expect("cancelled", "voided", &["placed", "expired"]).await;
        market.run_rounds().await;
        unpaid.expect("cancelled", "voided", &["placed", "expired"]).await;
        assert_eq!(market.stock().await, before);
        market.run_jobs().await;
        assert_eq!(market.mails(), ["已取消", "我们收到了"]);
        market.assert_sound().await;
    }

    async fn the_round_ends_what_nobody_looks_at(world) {
        let market = Market::open(world).await;
        let before = market.stock().await;
        let unpaid = market.buyer().order().await;
        market.advance(30 * 60 - 1);
        market.run_rounds().await;
        unpaid.expect("placed", "none", &["placed"]).await;
        market.advance(1);
        market.run_rounds().await;
        unpaid.expect("cancelled", "voided", &["placed", "expired"]).await;
        assert_eq!(market.stock().await, before);
        let session = market.ask_gateway("GET", &format!("/v1/sessions/{}", unpaid.session()), &Value::Null).await;
        assert!(matches!(session["status"].as_str(), Some("closed" | "expired")), "{session}");
        market.assert_sound().await;
    }

    async fn a_payment_in_the_last_moment_keeps_the_order(world) {
        let market = Market::open(world).await;
        let unpaid = market.buyer().order().await;
        unpaid.pay(card::LOST).await;
        market.advance(31 * 60);
        market.run_rounds().await;
        unpaid.expect("placed", "paid", &["placed", "paid"]).await;
        assert_eq!(unpaid.money().await, (TOTAL, 0));
        market.assert_sound().await;
    }

    async fn cancelling_an_unpaid_order_closes_it_at_the_gateway_too(world) {
        let market = Market::open(world).await;
        let before = market.stock().await;
        let unpaid = market.buyer().order().await;
        assert_eq!(unpaid.cancel().await.status, StatusCode::OK);
        unpaid.expect("cancelled", "voided", &["placed", "cancelled"]).await;
        assert_eq!(unpaid.cancel().await.status, StatusCode::OK, "twice is once");
        assert_eq!(unpaid.pay_by("sandbox").await.status, StatusCode::CONFLICT);
        assert_eq!(market.stock().await, before);
        let session = market.ask_gateway("GET", &format!("/v1/sessions/{}", unpaid.session()), &Value::Null).await;
        assert_eq!(session["status"], "closed");
        market.assert_sound().await;
    }

    async fn cancelling_a_paid_order_sends_the_money_back_once(world) {
        let market = Market::open(world).await;
        let before = market.stock().await;
        let unpaid = market.buyer().order().await;
        unpaid.open(&unpaid.pay(card::PLAIN).await).await;
        let mut tasks = Vec::new();
        for _ in 0..8 {
            let unpaid = unpaid.clone();
            tasks.push(tokio::spawn(async move { unpaid.cancel().await.status }));
        }
        for task in tasks {
            assert_eq!(task.await.unwrap(), StatusCode::OK);
        }
        market.run_jobs().await;
        market.run_jobs().await;
        unpaid.expect("cancelled", "refunded", &["placed", "paid", "cancelled", "refund_started", "refunded"]).await;
        assert_eq!(unpaid.money().await, (TOTAL, TOTAL));
        assert_eq!(market.stock().await, before);
        let session = market.ask_gateway("GET", &format!("/v1/sessions/{}", unpaid.session()), &Value::Null).await;
        assert_eq!(session["refunded_minor"].as_i64(), Some(TOTAL));
        assert_eq!(market.mails(), ["已付款", "已取消", "已退款", "我们收到了"]);
        assert!(unpaid.page().await.contains("款项已全部退还"));
        market.assert_sound().await;
    }

    async fn cancelling_while_the_payment_arrives_pays_it_back(world) {
        let market = Market::open(world).await;
        let unpaid = market.buyer().order().await;
        unpaid.pay(card::LOST).await;
        assert_eq!(unpaid.cancel().await.status, StatusCode::OK);
        market.run_jobs().await;
        let (status, payment, _) = unpaid.rows().await;
        assert_eq!((status.as_str(), payment.as_str()), ("cancelled", "refunded"));
        assert_eq!(unpaid.money().await, (TOTAL, TOTAL));
        market.assert_sound().await;
    }

    async fn cash_that_was_collected_cannot_be_cancelled(world) {
        let market = Market::open(world).await;
        let buyer = market.buyer();
        buyer.fill_cart().await;
        let placed = buyer.place("cash_on_delivery", "application/json").await.json();
        let (number, order) = (placed["number"].as_str().unwrap(), placed["order"].as_str().unwrap());
        server::payments::cli::collect(&market.world.database, &market.world.platform, number).await.unwrap();
        let answer = buyer.post("/api/orders/cancel", &format!("order={order}"), "application/json").await;
        assert_eq!(answer.json()["detail"], "state_changed");
        market.assert_sound().await;
    }
}
