//! When a provider that says nothing by itself is asked how a payment stands: every wait, and what comes after the last.

use crate::support::fake::Fake;
use crate::support::{World, ZH};
use app::Services;
use app::cart::model::AddToCart;
use app::checkout::model::CheckoutForm;
use server::boot::services::{rounds, search, wire_with};
use server::on;
use server::payments::provider::Providers;
use server::payments::row::PaymentRow;
use std::sync::Arc;
use time::Duration;

/// Seconds before each question, as docs/operating.md tells them.
const WAITS: [i64; 7] = [15, 60, 5 * 60, 15 * 60, 3_600, 6 * 3_600, 24 * 3_600];

/// A shop whose orders may be paid for longer than all the waits together.
struct Shop {
    world: World,
    fake: Fake,
    providers: Providers,
    services: Services,
}

impl Shop {
    async fn open(world: World) -> Self {
        world.with_demo().await;
        let fake = Fake::default();
        let providers = Providers::new("http://shop.test", Duration::hours(48), vec![Arc::new(fake.clone())]);
        let search = Arc::new(search(&world.database, &world.platform));
        let services = wire_with(&world.database, &world.platform, &providers, search);
        Self { world, fake, providers, services }
    }

    /// An order that waits for its payment; gives its number.
    async fn order(&self) -> String {
        let guest = self.world.guest();
        let units = AddToCart::parse("JS-TK01-TENMOK", "1").unwrap();
        self.services.carts.add(&guest, ZH, &units).await.unwrap();
        let form = CheckoutForm { payment_method: "sandbox".into(), ..crate::orders::form() };
        self.services.checkout.place(&guest, ZH, &form.parse().unwrap()).await.unwrap().number
    }

    async fn payment(&self, number: &str) -> PaymentRow {
        let mut conn = self.world.database.read_latest().await.unwrap();
        let order = on!(conn, orders::find_by_number(number)).unwrap().unwrap();
        on!(conn, payments::find_current(order.id)).unwrap().unwrap()
    }

    /// How often the provider was asked by a round after so many seconds more.
    async fn asked_after(&self, seconds: i64) -> usize {
        self.world.parts.clock.advance(Duration::seconds(seconds));
        let before = self.fake.0.lock().unwrap().questions;
        for round in rounds(&self.world.database, &self.world.platform, &self.providers) {
            round.run().await.unwrap();
        }
        self.fake.0.lock().unwrap().questions - before
    }

    fn set(&self, is_paid: bool, is_down: bool) {
        let mut state = self.fake.0.lock().unwrap();
        (state.is_paid, state.is_down) = (is_paid, is_down);
    }

    async fn assert_sound(&self) {
        let report = server::check::run(&self.world.database).await.unwrap();
        assert!(report.is_healthy(), "{report}");
    }
}

on_both! {
    async fn a_silent_provider_is_asked_after_each_wait_and_then_not_any_more(world) {
        let shop = Shop::open(world).await;
        let number = shop.order().await;
        assert_eq!(shop.asked_after(0).await, 0);
        for (turn, wait) in WAITS.into_iter().enumerate() {
            assert_eq!(shop.asked_after(wait - 1).await, 0, "before question {turn}");
            assert_eq!(shop.asked_after(1).await, 1, "question {turn}, after {wait} s");
            assert_eq!(shop.asked_after(0).await, 0, "once per wait");
            let payment = shop.payment(&number).await;
            assert_eq!((payment.syncs, payment.sync_at.is_some()), (turn as i64 + 1, turn + 1 < WAITS.len()));
        }
        let rest = 48 * 3_600 - WAITS.iter().sum::<i64>();
        assert_eq!(shop.asked_after(rest - 1).await, 0, "nothing is asked after the last wait");
        assert_eq!(shop.payment(&number).await.intent_status, "open", "but it can still be paid");
        shop.asked_after(1).await;
        assert_eq!(shop.payment(&number).await.intent_status, "expired", "until its time is over");
        assert_eq!(shop.fake.0.lock().unwrap().closed.len(), 1);
        shop.assert_sound().await;
    }

    async fn a_payment_that_nobody_told_of_is_found_by_whichever_question_comes_next(world) {
        let shop = Shop::open(world).await;
        for turn in 0..WAITS.len() {
            shop.set(false, false);
            server::inventory::cli::set(&shop.world.database, &shop.world.platform, "JS-TK01-TENMOK", 20, "counted").await.unwrap();
            let number = shop.order().await;
            for wait in &WAITS[..turn] {
                assert_eq!(shop.asked_after(*wait).await, 1);
            }
            shop.set(true, false);
            assert_eq!(shop.asked_after(WAITS[turn] - 1).await, 0);
            assert_eq!(shop.payment(&number).await.intent_status, "open");
            assert_eq!(shop.asked_after(1).await, 1);
            let payment = shop.payment(&number).await;
            assert_eq!((payment.intent_status.as_str(), payment.sync_at), ("completed", None), "question {turn}");
        }
        shop.assert_sound().await;
    }

    async fn money_that_came_after_the_last_question_is_found_when_the_time_is_over(world) {
        let shop = Shop::open(world).await;
        let number = shop.order().await;
        shop.set(false, true);
        for wait in WAITS {
            assert_eq!(shop.asked_after(wait).await, 1, "a provider that is down is asked all the same");
        }
        assert_eq!(shop.payment(&number).await.sync_at, None);
        shop.asked_after(48 * 3_600).await;
        assert_eq!(shop.payment(&number).await.intent_status, "open", "nobody can close it there, so it is kept here");
        shop.set(true, false);
        shop.asked_after(5).await;
        assert_eq!(shop.payment(&number).await.intent_status, "completed", "closing it finds the money");
        shop.assert_sound().await;
    }
}
