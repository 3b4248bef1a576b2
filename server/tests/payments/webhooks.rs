//! Messages that must not be believed, and messages that come too often.

use crate::market::{KEY, Market, TOTAL, card};
use http::StatusCode;
use serde_json::{Value, json};

async fn success_of(market: &Market, session: &str) -> Value {
    let events = market.events(session).await;
    events.into_iter().find(|event| event["type"] == "payment.succeeded").unwrap()
}

on_both! {
    async fn the_same_webhook_twenty_times_beside_the_return_is_one_payment(world) {
        let market = Market::open(world).await;
        let unpaid = market.buyer().order().await;
        let before = market.stock().await;
        let back = unpaid.pay(card::LOST).await;
        let event = success_of(&market, &unpaid.session()).await;
        let mut tasks = Vec::new();
        for turn in 0..24 {
            let (market, event, unpaid, back) = (market.clone(), event.clone(), unpaid.clone(), back.clone());
            tasks.push(tokio::spawn(async move {
                if turn % 6 == 5 {
                    unpaid.open(&back).await;
                } else {
                    assert_eq!(market.deliver(&event).await.status, StatusCode::NO_CONTENT);
                }
            }));
        }
        for task in tasks {
            task.await.unwrap();
        }
        unpaid.expect("placed", "paid", &["placed", "paid"]).await;
        assert_eq!(unpaid.money().await, (TOTAL, 0));
        let messages = market.messages().await;
        assert_eq!(messages.iter().map(|(_, count)| count).sum::<i64>(), 1, "{messages:?}");
        assert_eq!(market.stock().await, before, "the stock was promised when the order was placed, and stays so");
        market.run_jobs().await;
        assert_eq!(market.mails(), ["已付款", "我们收到了"]);
        market.assert_sound().await;
    }

    async fn what_the_gateway_says_wrongly_is_refused_recorded_and_asked_again(world) {
        let market = Market::open(world).await;
        for (number, status, reason) in [
            (card::FORGED, 401, "forged"),
            (card::STALE, 401, "stale"),
            (card::WRONG_AMOUNT, 422, "wrong_amount"),
            (card::WRONG_CURRENCY, 422, "wrong_currency"),
        ] {
            let unpaid = market.buyer().order().await;
            unpaid.pay(number).await;
            assert_eq!(market.webhook_statuses(&unpaid.session(), 1).await, [status], "{reason}");
            unpaid.expect("placed", "none", &["placed"]).await;
            assert_eq!(unpaid.money().await, (0, 0));
            assert!(market.messages().await.contains(&(reason.to_owned(), 1)), "{reason}");
            // The refusal has not taken the message's id: the true one still counts.
            let event = success_of(&market, &unpaid.session()).await;
            assert_eq!(market.deliver(&event).await.status, StatusCode::NO_CONTENT);
            unpaid.expect("placed", "paid", &["placed", "paid"]).await;
        }
        market.assert_sound().await;
    }

    async fn a_message_about_somebody_else_s_order_changes_nothing(world) {
        let market = Market::open(world).await;
        let (mine, other) = (market.buyer().order().await, market.buyer().order().await);
        let told = |id: &str, data: Value| json!({"id": id, "type": "payment.succeeded", "sequence": 9, "data": data});
        let data = |session: String, reference: &str, minor: i64| json!({"session": session, "reference": reference,
            "status": "paid", "amount_minor": minor, "currency": "CNY", "captured_minor": minor, "refunded_minor": 0});
        let matrix = [
            (told("evt_a", data(mine.session(), &other.number, TOTAL)), 422),
            (told("evt_b", data("ps_nobody".into(), &mine.number, TOTAL)), 404),
            (told("evt_c", data(mine.session(), &mine.number, 1)), 422),
            (told("evt_d", json!({"session": mine.session()})), 400),
        ];
        for (body, status) in matrix {
            assert_eq!(market.deliver_signed(KEY, 0, &body).await.status.as_u16(), status, "{body}");
        }
        let short = json!({"session": mine.session(), "reference": mine.number, "status": "paid", "amount_minor": TOTAL,
            "currency": "CNY", "captured_minor": TOTAL - 1});
        assert_eq!(market.deliver_signed(KEY, 0, &told("evt_e", short)).await.status.as_u16(), 422);
        let right = told("evt_f", data(mine.session(), &mine.number, TOTAL));
        assert_eq!(market.deliver_signed("another key", 0, &right).await.status.as_u16(), 401);
        assert_eq!(market.deliver_signed(KEY, 301, &right).await.status.as_u16(), 401);
        mine.expect("placed", "none", &["placed"]).await;
        other.expect("placed", "none", &["placed"]).await;
        assert_eq!(market.messages().await.iter().map(|(_, count)| count).sum::<i64>(), 7);
        for path in ["stripe", "cash_on_delivery"] {
            let url = format!("{}/api/payments/webhooks/{path}", market.shop);
            let request = http::Request::post(url).body(axum::body::Body::from("{}")).unwrap();
            assert_eq!(market.send(request).await.status, StatusCode::NOT_FOUND, "{path}");
        }
    }
}
