//! Many at once: one cart placed by many calls, many buyers of few goods.

use crate::market::{Market, SKU, name};
use http::StatusCode;
use std::collections::HashSet;

on_both! {
    async fn parallel_placings_of_one_cart_are_one_order_with_one_payment(world) {
        let market = Market::open(world).await;
        for count in [2, 20] {
            let (buyer, before) = (market.buyer(), market.stock().await);
            buyer.fill_cart().await;
            let mut tasks = Vec::new();
            for _ in 0..count {
                let buyer = buyer.clone();
                tasks.push(tokio::spawn(async move { buyer.place("sandbox", "application/json").await }));
            }
            let mut seen = HashSet::new();
            for task in tasks {
                let answer = task.await.unwrap();
                assert_eq!(answer.status, StatusCode::OK, "{}", answer.text);
                seen.insert((answer.json()["number"].to_string(), answer.json()["url"].to_string()));
            }
            assert_eq!(seen.len(), 1, "{seen:?} on {}", name(market.world.backend));
            assert!(seen.iter().next().unwrap().1.contains("/pay/ps_"), "{seen:?}");
            assert_eq!(market.stock().await, (before.0, before.1 + 1));
        }
        market.assert_sound().await;
    }

    async fn the_last_unit_is_sold_to_one_of_twenty_who_would_pay_online(world) {
        let market = Market::open(world).await;
        let (database, platform) = (&market.world.database, &market.world.platform);
        server::inventory::cli::set(database, platform, SKU, 100, "counted").await.unwrap();
        let mut buyers = Vec::new();
        for _ in 0..20 {
            let buyer = market.buyer();
            buyer.fill_cart().await;
            buyers.push(buyer);
        }
        server::inventory::cli::set(database, platform, SKU, 1, "counted").await.unwrap();
        let tasks: Vec<_> = buyers
            .into_iter()
            .map(|buyer| tokio::spawn(async move { buyer.place("sandbox", "application/json").await }))
            .collect();
        let mut answers = Vec::new();
        for task in tasks {
            let answer = task.await.unwrap();
            answers.push((answer.status.as_u16(), answer.json()["detail"].as_str().unwrap_or("").to_owned()));
        }
        assert_eq!(answers.iter().filter(|answer| answer.0 == 200).count(), 1, "{answers:?}");
        assert_eq!(answers.iter().filter(|answer| **answer == (409, "sold_out".to_owned())).count(), 19, "{answers:?}");
        assert_eq!(market.stock().await, (1, 1));
        market.assert_sound().await;
    }
}
