//! What each mail about an order says: its subject and the sentence that matters, in the order's language, once.

use crate::support::World;
use crate::support::fake::{Fake, notice};
use app::Services;
use app::cart::model::AddToCart;
use app::catalog::model::View;
use app::checkout::model::CheckoutForm;
use app::kernel::{Currency, GuestToken, Locale, PublicId};
use app::payments::model::Reader;
use server::boot::services::{handlers_with, rounds, search, wire_with};
use server::jobs::worker::Runner;
use server::on;
use server::orders::row::OrderRow;
use server::platform::mailer::Mail;
use std::sync::Arc;

/// A shop with a provider of the test's own, one shopper, and the letters that the shopper gets.
struct Desk {
    world: World,
    fake: Fake,
    services: Services,
}

/// An order of the shopper.
struct Order {
    guest: GuestToken,
    id: PublicId,
    row: OrderRow,
}

impl Desk {
    async fn open(world: World) -> Self {
        world.with_demo().await;
        let fake = Fake::default();
        let search = Arc::new(search(&world.database, &world.platform));
        let services = wire_with(&world.database, &world.platform, &fake.providers(), search);
        Self { world, fake, services }
    }

    /// Orders a bowl in a language; everything that is typed is Latin, so that Chinese can only come from the shop.
    async fn order(&self, locale: Locale) -> Order {
        let (guest, view) = (self.world.guest(), View { locale, currency: Currency::Cny });
        self.services
            .carts
            .add(&guest, view, &AddToCart::parse("JS-TK01-TENMOK", "1").unwrap())
            .await
            .unwrap();
        let form = CheckoutForm {
            name: "Li Lei".into(),
            region: "Zhejiang".into(),
            city: "Hangzhou".into(),
            district: "Xihu".into(),
            line1: "1 Longjing Road".into(),
            payment_method: "sandbox".into(),
            ..crate::orders::form()
        };
        let placed = self.services.checkout.place(&guest, view, &form.parse().unwrap()).await.unwrap();
        let mut conn = self.world.database.read_latest().await.unwrap();
        let row = on!(conn, orders::find_by_public_id(&placed.order)).unwrap().unwrap();
        Order { guest, id: PublicId::parse("or", &placed.order).unwrap(), row }
    }

    async fn hear(&self, event: &str, news: &str) {
        self.services.payments.receive("sandbox", &notice(event, news)).await.unwrap().unwrap();
    }

    async fn cancel(&self, order: &Order) {
        let reader = Reader { guest: Some(order.guest.clone()), key: None };
        self.services.payments.cancel(&reader, &order.id).await.unwrap();
    }

    async fn attempt(&self, order: &Order) -> uuid::Uuid {
        let mut conn = self.world.database.read_latest().await.unwrap();
        on!(conn, payments::find_current(order.row.id)).unwrap().unwrap().attempt_id
    }

    /// Does every waiting job, then the named one once more, as after a crash between sending and noting it.
    async fn run_jobs(&self, again: &[(&str, uuid::Uuid)]) {
        let handlers = handlers_with(&self.world.database, &self.world.platform, &self.fake.providers());
        let (database, platform) = (self.world.database.clone(), self.world.platform.clone());
        let runner = Runner { database, platform, handlers };
        runner.run_until_idle().await.unwrap();
        for (kind, subject) in again {
            let handler = runner.handlers.iter().find(|handler| handler.kind() == *kind).unwrap();
            handler.run(&subject.to_string()).await.unwrap();
        }
    }

    /// The letters since `seen` mails. A copy has the first one's key and words, and counts as that one.
    fn letters_since(&self, seen: usize) -> Vec<Mail> {
        let mut letters: Vec<Mail> = Vec::new();
        for mail in &self.world.parts.mailer.sent()[seen..] {
            match letters.iter().find(|letter| letter.key == mail.key) {
                Some(first) => {
                    assert!(first == mail, "two mails with one key differ: {} {}", first.text, mail.text)
                }
                None => letters.push(mail.clone()),
            }
        }
        letters
    }
}

/// That each letter has its subject and its sentence in both forms, and no word of the other language.
fn assert_says(letters: &[Mail], locale: Locale, number: &str, expected: &[(&str, &str)]) {
    assert_eq!(
        letters.len(),
        expected.len(),
        "{:?}",
        letters.iter().map(|mail| &mail.subject).collect::<Vec<_>>()
    );
    for (letter, (subject, sentence)) in letters.iter().zip(expected) {
        assert_eq!(letter.subject, subject.replace('#', number));
        let sentence = sentence.replace('#', number);
        assert!(letter.text.contains(&sentence), "{sentence} in {}", letter.text);
        assert!(letter.html.contains(&sentence), "{sentence} in {}", letter.html);
        assert!(letter.html.contains(&format!("<html lang=\"{}\">", locale.tag())), "{}", letter.html);
        assert!(
            letter.text.contains(&format!("http://shop.test/{}/orders/or_", locale.code())),
            "{}",
            letter.text
        );
        let is_han = |character: char| ('\u{4e00}'..='\u{9fff}').contains(&character);
        let whole = format!("{}{}{}", letter.subject, letter.text, letter.html);
        let greeting = if locale == Locale::Zh { "Li Lei，您好：" } else { "Dear Li Lei," };
        assert!(whole.contains(greeting), "{whole}");
        assert_eq!(whole.contains(is_han), locale == Locale::Zh, "{whole}");
    }
}

const ZH: [(&str, &str); 5] = [
    ("集市订单 #：我们收到了", "谢谢您的订单 #，我们这就为您备货。"),
    ("集市订单 #：付款未成功", "余额不足"),
    ("集市订单 #：已付款", "我们已收到您的付款 ¥428.00"),
    ("集市订单 #：已取消", "已付的款项会原路退还"),
    ("集市订单 #：已退款", "¥428.00 已原路退还给您。"),
];
const EN: [(&str, &str); 5] = [
    ("Your Jishi order #: we have it", "Thank you for your order #. We are getting it ready."),
    ("Your Jishi order #: the payment did not go through", "in another way, until"),
    ("Your Jishi order #: payment received", "Your payment of CN¥428.00 has arrived."),
    ("Your Jishi order #: cancelled", "What you paid is sent back the way it came."),
    ("Your Jishi order #: refunded", "CN¥428.00 has been sent back the way it came."),
];

on_both! {
    async fn every_mail_is_in_the_language_of_its_order_and_the_same_when_its_job_runs_twice(world) {
        let desk = Desk::open(world).await;
        for (locale, expected) in [(Locale::Zh, ZH), (Locale::En, EN)] {
            let seen = desk.world.parts.mailer.sent().len();
            let order = desk.order(locale).await;
            desk.run_jobs(&[("orders.confirmation_mail", order.row.id)]).await;
            desk.hear(&format!("{}-no", order.row.number), "declined").await;
            desk.run_jobs(&[("orders.payment_failed_mail", desk.attempt(&order).await)]).await;
            desk.hear(&format!("{}-yes", order.row.number), "paid").await;
            desk.run_jobs(&[("orders.paid_mail", order.row.id)]).await;
            desk.cancel(&order).await;
            desk.run_jobs(&[]).await;
            let refund = desk.fake.0.lock().unwrap().refunds.last().unwrap().2;
            desk.run_jobs(&[("orders.cancelled_mail", order.row.id), ("orders.refunded_mail", refund)]).await;
            assert_eq!(desk.world.parts.mailer.sent().len() - seen, 10, "each was written twice");
            let mut letters = desk.letters_since(seen);
            // "Cancelled" and "refunded" follow one event; the letters' lane keeps their order.
            assert_says(&letters, locale, &order.row.number, &expected);
            letters.dedup_by_key(|letter| letter.subject.clone());
            assert_eq!(letters.len(), 5, "one of each kind");
        }
    }

    async fn a_cancelled_order_that_was_never_paid_says_that_nothing_was_charged(world) {
        let desk = Desk::open(world).await;
        for (locale, subject, what, money) in [
            (Locale::Zh, "集市订单 #：已取消", "您的订单 # 已取消。", "没有扣款，您无需再做什么。"),
            (Locale::En, "Your Jishi order #: cancelled", "Your order # has been cancelled.", "Nothing was charged"),
        ] {
            let order = desk.order(locale).await;
            desk.run_jobs(&[]).await;
            let seen = desk.world.parts.mailer.sent().len();
            desk.cancel(&order).await;
            desk.run_jobs(&[]).await;
            desk.run_jobs(&[("orders.cancelled_mail", order.row.id)]).await;
            let letters = desk.letters_since(seen);
            for sentence in [what, money] {
                assert_says(&letters, locale, &order.row.number, &[(subject, sentence)]);
            }
        }
    }

    async fn an_order_whose_time_is_over_says_so_in_its_language(world) {
        let desk = Desk::open(world).await;
        let orders = [desk.order(Locale::Zh).await, desk.order(Locale::En).await];
        desk.run_jobs(&[]).await;
        let seen = desk.world.parts.mailer.sent().len();
        desk.world.parts.clock.advance(time::Duration::minutes(31));
        for round in rounds(&desk.world.database, &desk.world.platform, &desk.fake.providers()) {
            round.run().await.unwrap();
        }
        desk.run_jobs(&[]).await;
        let letters = desk.letters_since(seen);
        assert_eq!(letters.len(), 2);
        for (order, locale, subject, sentence) in [
            (&orders[0], Locale::Zh, "集市订单 #：已取消", "您的订单 # 没有在时限内付款，已自动取消。"),
            (&orders[1], Locale::En, "Your Jishi order #: cancelled", "Your order # was not paid in time, so it was called off."),
        ] {
            let its: Vec<_> = letters.iter().filter(|mail| mail.subject.contains(&order.row.number)).cloned().collect();
            assert_says(&its, locale, &order.row.number, &[(subject, sentence)]);
        }
    }
}
