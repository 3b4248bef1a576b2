//! From the gateway's page to a paid order, whatever way the news take.

use crate::market::{Market, TOTAL, card};
use http::StatusCode;

/// Events of an order that was paid at the first try.
const PAID: [&str; 2] = ["placed", "paid"];

on_both! {
    async fn a_plain_form_leads_to_the_gateway_and_back_to_a_paid_order(world) {
        let market = Market::open(world).await;
        let buyer = market.buyer();
        buyer.fill_cart().await;
        let placed = buyer.place("sandbox", "text/html").await;
        assert_eq!(placed.status, StatusCode::SEE_OTHER);
        assert!(placed.location().starts_with(&format!("{}/pay/ps_", market.gateway)), "{}", placed.location());
        let policy = buyer.get(&format!("{}/zh/checkout", market.shop)).await.headers["content-security-policy"].clone();
        assert!(policy.to_str().unwrap().contains(&format!("form-action 'self' {};", market.gateway)), "{policy:?}");

        let unpaid = market.buyer().order().await;
        unpaid.expect("placed", "none", &["placed"]).await;
        let page = unpaid.page().await;
        assert!(page.contains("去付款 · ¥428.00") && page.contains("还剩 30 分钟") && page.contains("改为货到付款"), "{page}");
        let back = unpaid.pay(card::PLAIN).await;
        assert_eq!(back, format!("{}/zh/orders/{}?session={}", market.shop, unpaid.order, unpaid.session()));
        let page = unpaid.open(&back).await;
        assert!(page.contains("款项已收到") && !page.contains("去付款"), "{page}");
        unpaid.expect("placed", "paid", &PAID).await;
        assert_eq!(unpaid.money().await, (TOTAL, 0));
        market.run_jobs().await;
        assert_eq!(market.mails(), ["已付款", "我们收到了", "我们收到了"]);
        market.assert_sound().await;
    }

    async fn a_webhook_alone_makes_the_order_paid(world) {
        let market = Market::open(world).await;
        let unpaid = market.buyer().order().await;
        unpaid.pay(card::DOUBLED).await;
        assert_eq!(market.webhook_statuses(&unpaid.session(), 3).await, [204, 204, 204]);
        unpaid.expect("placed", "paid", &PAID).await;
        assert_eq!(market.messages().await, [("applied".to_owned(), 1)]);
        market.assert_sound().await;
    }

    async fn the_return_comes_before_the_webhook(world) {
        let market = Market::open(world).await;
        let unpaid = market.buyer().order().await;
        let back = unpaid.pay(card::LATE).await;
        unpaid.open(&back).await;
        unpaid.expect("placed", "paid", &PAID).await;
        assert_eq!(market.webhook_statuses(&unpaid.session(), 1).await, [204]);
        unpaid.expect("placed", "paid", &PAID).await;
        assert_eq!(market.messages().await, [("nothing".to_owned(), 1)]);
        market.assert_sound().await;
    }

    async fn a_lost_webhook_and_a_closed_tab_are_made_up_for_by_asking(world) {
        let market = Market::open(world).await;
        let unpaid = market.buyer().order().await;
        unpaid.pay(card::LOST).await;
        market.run_rounds().await;
        unpaid.expect("placed", "none", &["placed"]).await;
        market.advance(16);
        market.run_rounds().await;
        unpaid.expect("placed", "paid", &PAID).await;
        market.assert_sound().await;
    }

    async fn a_challenge_is_told_as_waiting_until_it_is_passed(world) {
        let market = Market::open(world).await;
        let unpaid = market.buyer().order().await;
        unpaid.pay(card::CHALLENGE).await;
        let session = unpaid.session();
        let back = format!("{}/zh/orders/{}?session={session}", market.shop, unpaid.order);
        assert!(unpaid.open(&back).await.contains("正在等待支付平台确认"));
        unpaid.open(&unpaid.confirm("123456").await).await;
        unpaid.expect("placed", "paid", &PAID).await;
        market.assert_sound().await;
    }

    async fn a_declined_card_is_one_tap_from_another_try(world) {
        let market = Market::open(world).await;
        let unpaid = market.buyer().order().await;
        let page = unpaid.open(&unpaid.pay(card::NO_MONEY).await).await;
        assert!(page.contains("账户余额不足") && page.contains("再试一次 · ¥428.00"), "{page}");
        unpaid.expect("placed", "none", &["placed", "payment_failed"]).await;
        market.run_jobs().await;
        let again = unpaid.pay_by("sandbox").await;
        assert_eq!(again.json()["url"].as_str(), Some(unpaid.pay_url.as_str()), "the same page takes another card");
        unpaid.open(&unpaid.pay(card::PLAIN).await).await;
        unpaid.expect("placed", "paid", &["placed", "payment_failed", "paid"]).await;
        market.run_jobs().await;
        assert_eq!(market.mails(), ["付款未成功", "已付款", "我们收到了"]);
        assert_eq!(market.stock().await.1, 1);
        market.assert_sound().await;
    }

    async fn webhooks_in_the_wrong_order_do_not_undo_a_payment(world) {
        let market = Market::open(world).await;
        let unpaid = market.buyer().order().await;
        unpaid.pay(card::REORDERED).await;
        unpaid.pay(card::REORDERED).await;
        assert_eq!(market.webhook_statuses(&unpaid.session(), 2).await, [204, 204]);
        unpaid.expect("placed", "paid", &PAID).await;
        market.assert_sound().await;
    }

    async fn after_a_decline_cash_will_do_and_the_card_can_no_longer_be_charged(world) {
        let market = Market::open(world).await;
        let unpaid = market.buyer().order().await;
        unpaid.open(&unpaid.pay(card::NO_MONEY).await).await;
        let cash = unpaid.pay_by("cash_on_delivery").await;
        assert_eq!((cash.status, cash.json()["url"].as_str()), (StatusCode::OK, Some(format!("/zh/orders/{}", unpaid.order).as_str())));
        unpaid.expect("placed", "pending", &["placed", "payment_failed", "cash_chosen"]).await;
        let session = market.ask_gateway("GET", &format!("/v1/sessions/{}", unpaid.session()), &serde_json::Value::Null).await;
        assert_eq!(session["status"], "closed");
        let page = unpaid.page().await;
        assert!(page.contains("请准备好 ¥428.00 现金") && !page.contains("商品为您保留到"), "{page}");
        assert_eq!(unpaid.pay_by("sandbox").await.status, StatusCode::CONFLICT);
        market.advance(86_400);
        market.run_rounds().await;
        unpaid.expect("placed", "pending", &["placed", "payment_failed", "cash_chosen"]).await;
        server::payments::cli::collect(&market.world.database, &market.world.platform, &unpaid.number).await.unwrap();
        assert_eq!(unpaid.rows().await.1, "paid");
        market.assert_sound().await;
    }

    async fn a_payment_that_arrives_while_switching_to_cash_wins(world) {
        let market = Market::open(world).await;
        let unpaid = market.buyer().order().await;
        unpaid.pay(card::LOST).await;
        let cash = unpaid.pay_by("cash_on_delivery").await;
        assert_eq!(cash.status, StatusCode::OK, "{}", cash.text);
        unpaid.expect("placed", "paid", &PAID).await;
        market.assert_sound().await;
    }

    async fn strangers_can_neither_pay_nor_cancel_nor_learn_of_an_order(world) {
        let market = Market::open(world).await;
        let unpaid = market.buyer().order().await;
        let stranger = crate::market::Unpaid { buyer: market.buyer(), ..unpaid.clone() };
        assert_eq!(stranger.pay_by("sandbox").await.status, StatusCode::NOT_FOUND);
        assert_eq!(stranger.cancel().await.status, StatusCode::NOT_FOUND);
        let url = format!("{}/zh/orders/{}?session={}", market.shop, unpaid.order, unpaid.session());
        assert_eq!(stranger.buyer.get(&url).await.status, StatusCode::NOT_FOUND);
        assert_eq!(unpaid.pay_by("bitcoin").await.status, StatusCode::UNPROCESSABLE_ENTITY);
        unpaid.expect("placed", "none", &["placed"]).await;
    }

    async fn the_mail_s_link_is_enough_to_pay_and_to_come_back(world) {
        let market = Market::open(world).await;
        let unpaid = market.buyer().order().await;
        market.run_jobs().await;
        let text = market.world.parts.mailer.sent()[0].text.clone();
        let key = text.split("?key=").nth(1).unwrap().lines().next().unwrap().to_owned();
        assert!(text.contains("商品为您保留到 2026年11月23日 16:30"), "{text}");
        let other = market.buyer();
        let page = other.get(&format!("{}/zh/orders/{}?key={key}", market.shop, unpaid.order)).await;
        assert!(page.text.contains(&format!("name=\"key\" value=\"{key}\"")), "{}", page.text);
        let form = format!("order={}&key={key}&payment_method=sandbox", unpaid.order);
        let paid = other.post("/api/payments/pay", &form, "text/html").await;
        assert_eq!((paid.status, paid.location()), (StatusCode::SEE_OTHER, unpaid.pay_url.as_str()));
    }
}
