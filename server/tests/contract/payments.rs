//! What a provider can do to a shop and its books: silence, news that are too late, refunds of too much.

use crate::support::fake::{Fake, notice};
use crate::support::{World, ZH};
use app::cart::model::AddToCart;
use app::checkout::model::{CheckoutForm, PlaceOrder, Placed};
use app::kernel::{GuestToken, PublicId};
use app::orders::model::OrderPage;
use app::payments::model::{PaymentMethod, Reader, Refusal};
use app::{AppError, ErrorCode, Services};
use server::boot::services::{handlers_with, rounds, wire_with};
use server::jobs::worker::Runner;
use server::on;
use server::payments::refund::{self, RefundWish};
use server::payments::row::PaymentRow;
use server::payments::tasks;

const SKU: &str = "JS-TK01-TENMOK";

/// A shop with a provider of the test's own, and one guest.
struct Shop {
    world: World,
    fake: Fake,
    services: Services,
    guest: GuestToken,
}

impl Shop {
    async fn open(world: World) -> Self {
        world.with_demo().await;
        let fake = Fake::default();
        let services = wire_with(
            &world.database,
            &world.platform,
            &fake.providers(),
            std::sync::Arc::new(server::boot::services::search(&world.database, &world.platform)),
        );
        let guest = world.guest();
        services.carts.add(&guest, ZH, &AddToCart::parse(SKU, "1").unwrap()).await.unwrap();
        Self { world, fake, services, guest }
    }

    fn command() -> PlaceOrder {
        CheckoutForm { payment_method: "sandbox".into(), ..crate::orders::form() }.parse().unwrap()
    }

    async fn place(&self) -> Placed {
        self.services.checkout.place(&self.guest, ZH, &Self::command()).await.unwrap()
    }

    fn reader(&self) -> Reader {
        Reader { guest: Some(self.guest.clone()), key: None }
    }

    async fn pay(&self, placed: &Placed, method: PaymentMethod) -> Result<String, AppError> {
        let id = PublicId::parse("or", &placed.order).unwrap();
        self.services.payments.pay(&self.reader(), &id, method).await
    }

    async fn page(&self, placed: &Placed) -> OrderPage {
        let id = PublicId::parse("or", &placed.order).unwrap();
        self.services.orders.page(Some(&self.guest), None, &id, app::kernel::Locale::Zh).await.unwrap()
    }

    async fn run_rounds(&self) {
        for round in rounds(&self.world.database, &self.world.platform, &self.fake.providers()) {
            round.run().await.unwrap();
        }
    }

    async fn run_jobs(&self) {
        let handlers = handlers_with(&self.world.database, &self.world.platform, &self.fake.providers());
        let (database, platform) = (self.world.database.clone(), self.world.platform.clone());
        Runner { database, platform, handlers }.run_until_idle().await.unwrap();
    }

    fn set_down(&self, is_down: bool) {
        self.fake.0.lock().unwrap().is_down = is_down;
    }

    fn advance_minutes(&self, minutes: i64) {
        self.world.parts.clock.advance(time::Duration::minutes(minutes));
    }

    /// The row of the order's current try.
    async fn payment(&self, placed: &Placed) -> PaymentRow {
        let mut conn = self.world.database.read_latest().await.unwrap();
        let order = on!(conn, orders::find_by_public_id(&placed.order)).unwrap().unwrap();
        on!(conn, payments::find_current(order.id)).unwrap().unwrap()
    }

    async fn assert_sound(&self) {
        let report = server::check::run(&self.world.database).await.unwrap();
        assert!(report.is_healthy(), "{report}");
    }
}

on_both! {
    async fn a_provider_that_is_silent_loses_no_order(world) {
        let shop = Shop::open(world).await;
        shop.set_down(true);
        let placed = shop.place().await;
        assert_eq!(placed.url, format!("/zh/orders/{}?problem=payment_unavailable", placed.order));
        let unavailable = AppError::Conflict(ErrorCode::PaymentUnavailable);
        assert_eq!(shop.pay(&placed, PaymentMethod::Sandbox).await, Err(unavailable.clone()));
        shop.set_down(false);
        let url = shop.pay(&placed, PaymentMethod::Sandbox).await.unwrap();
        assert_eq!(url, format!("http://pay.test/{}", shop.payment(&placed).await.session.unwrap()));
        shop.set_down(true);
        assert_eq!(shop.pay(&placed, PaymentMethod::CashOnDelivery).await, Err(unavailable), "it must be closed first");
        shop.set_down(false);
        shop.pay(&placed, PaymentMethod::CashOnDelivery).await.unwrap();
        assert_eq!(shop.fake.0.lock().unwrap().closed.len(), 1);
        assert_eq!(shop.page(&placed).await.payment_method, PaymentMethod::CashOnDelivery);
        shop.assert_sound().await;
    }

    async fn time_does_not_run_out_while_the_provider_cannot_be_asked_to_close(world) {
        let shop = Shop::open(world).await;
        let placed = shop.place().await;
        shop.advance_minutes(31);
        shop.set_down(true);
        shop.run_rounds().await;
        assert_eq!(shop.payment(&placed).await.intent_status, "open", "the goods are still reserved");
        assert!(shop.page(&placed).await.is_expired, "but the page says that the time is over");
        shop.set_down(false);
        shop.run_rounds().await;
        assert_eq!(shop.payment(&placed).await.intent_status, "expired");
        shop.assert_sound().await;
    }

    async fn money_that_comes_after_the_end_goes_back_and_is_told(world) {
        let shop = Shop::open(world).await;
        let placed = shop.place().await;
        shop.advance_minutes(31);
        shop.run_rounds().await;
        let news = notice("evt_1", "paid");
        for _ in 0..3 {
            assert_eq!(shop.services.payments.receive("sandbox", &news).await, Ok(Ok(())));
        }
        shop.run_jobs().await;
        shop.run_jobs().await;
        let page = shop.page(&placed).await;
        assert_eq!((page.payment_status.name(), page.is_expired), ("refunded", true));
        let mut kinds: Vec<_> = page.events.iter().map(|event| event.0.name()).collect();
        kinds.sort_unstable();
        assert_eq!(kinds, ["expired", "paid_late", "placed", "refund_started", "refunded"]);
        assert_eq!(shop.fake.0.lock().unwrap().refunds.len(), 1);
        let mut conn = shop.world.database.read_latest().await.unwrap();
        assert_eq!(on!(conn, tasks::list_open(9)).unwrap().len(), 1);
        assert_eq!(on!(conn, inventory::list_levels_of_sku(SKU)).unwrap()[0].allocated, 0, "the stock is not resurrected");
        shop.assert_sound().await;
    }

    async fn what_a_person_has_to_look_at_is_listed_until_it_is_noted_as_done(world) {
        let shop = Shop::open(world).await;
        let (database, platform) = (&shop.world.database, &shop.world.platform);
        assert_eq!(tasks::list(database, platform).await.unwrap(), "There is nothing to look at.");
        let placed = shop.place().await;
        shop.advance_minutes(31);
        shop.run_rounds().await;
        shop.services.payments.receive("sandbox", &notice("evt_1", "paid")).await.unwrap().unwrap();
        shop.advance_minutes(60 * 50);
        let mut conn = database.read_latest().await.unwrap();
        let open = on!(conn, tasks::list_open(9)).unwrap();
        assert_eq!((open.len(), on!(conn, tasks::count_open()).unwrap()), (1, 1));
        let (id, order) = (open[0].id, open[0].order_number.clone());
        assert_eq!((open[0].kind.as_str(), order.as_deref(), open[0].done_at), ("paid_late", Some(placed.number.as_str()), None));
        let told = tasks::list(database, platform).await.unwrap();
        assert!(told.starts_with(&format!("{id}   2 days  J100001   paid_late: order J100001: money arrived")), "{told}");
        let unknown = tasks::finish(database, platform, uuid::Uuid::nil()).await.unwrap_err();
        assert!(unknown.to_string().contains("there is no task"), "{unknown}");
        assert!(tasks::list(database, platform).await.unwrap().contains("paid_late"), "an error ends nothing");
        assert!(tasks::finish(database, platform, id).await.unwrap().starts_with("done: paid_late"));
        let first = on!(conn, tasks::find(id)).unwrap().unwrap().done_at;
        assert!(first.is_some());
        shop.advance_minutes(1);
        assert!(tasks::finish(database, platform, id).await.unwrap().starts_with("it was done before"));
        assert_eq!(on!(conn, tasks::find(id)).unwrap().unwrap().done_at, first, "the first moment counts");
        assert_eq!(tasks::list(database, platform).await.unwrap(), "There is nothing to look at.");
        assert_eq!(on!(conn, tasks::find(uuid::Uuid::nil())).unwrap(), None);
        shop.run_jobs().await;
        assert_eq!(on!(conn, tasks::count_open()).unwrap(), 0, "the same cause is not told again");
        shop.assert_sound().await;
    }

    async fn a_refund_waits_for_a_provider_that_is_down(world) {
        let shop = Shop::open(world).await;
        let placed = shop.place().await;
        shop.services.payments.receive("sandbox", &notice("evt_1", "paid")).await.unwrap().unwrap();
        let id = PublicId::parse("or", &placed.order).unwrap();
        shop.services.payments.cancel(&shop.reader(), &id).await.unwrap();
        shop.set_down(true);
        shop.run_jobs().await;
        assert_eq!(shop.page(&placed).await.payment_status.name(), "paid");
        shop.set_down(false);
        shop.advance_minutes(1);
        shop.run_jobs().await;
        assert_eq!(shop.page(&placed).await.payment_status.name(), "refunded");
        shop.assert_sound().await;
    }

    async fn refunds_together_never_exceed_what_came_in(world) {
        let shop = Shop::open(world).await;
        let placed = shop.place().await;
        shop.services.payments.receive("sandbox", &notice("evt_1", "paid")).await.unwrap().unwrap();
        let payment = shop.payment(&placed).await;
        let request = async |amount_minor: i64, cause: &str| {
            let (order_id, attempt_id) = (payment.order_id, payment.attempt_id);
            let wish = RefundWish { order_id, attempt_id, amount_minor, reason: "test", cause: cause.into() };
            let mut tx = shop.world.database.write().await.unwrap();
            let is_new = refund::request(&mut tx, &shop.world.platform, wish).await.unwrap();
            tx.commit().await.unwrap();
            is_new
        };
        assert!(request(20_000, "a").await);
        assert!(!request(20_000, "a").await, "one cause is one refund");
        assert!(!request(22_801, "b").await && !request(0, "c").await && !request(-1, "d").await);
        assert!(request(22_800, "e").await);
        shop.run_jobs().await;
        let page = shop.page(&placed).await;
        assert_eq!(page.payment_status.name(), "refunded");
        let paid: i64 = shop.fake.0.lock().unwrap().refunds.iter().map(|refund| refund.1).sum();
        assert_eq!(paid, 42_800);
        shop.assert_sound().await;
    }

    async fn refused_messages_are_forgotten_after_a_while(world) {
        let shop = Shop::open(world).await;
        shop.place().await;
        assert_eq!(shop.services.payments.receive("sandbox", &notice("evt_1", "rubbish")).await, Ok(Err(Refusal::Forged)));
        let count = async || {
            let mut conn = shop.world.database.read_latest().await.unwrap();
            on!(conn, payments::count_messages()).unwrap()
        };
        assert_eq!(count().await, [("forged".to_owned(), 1)]);
        shop.run_rounds().await;
        assert_eq!(count().await.len(), 1);
        shop.advance_minutes(60 * 24 * 31);
        shop.run_rounds().await;
        assert_eq!(count().await, []);
    }

    async fn a_method_that_is_not_offered_places_nothing(world) {
        world.with_demo().await;
        let (services, guest) = (server::boot::services::wire(&world.database, &world.platform), world.guest());
        services.carts.add(&guest, ZH, &AddToCart::parse(SKU, "1").unwrap()).await.unwrap();
        let refused = services.checkout.place(&guest, ZH, &Shop::command()).await.unwrap_err();
        assert_eq!(refused, AppError::field("payment_method", ErrorCode::PaymentMethodUnknown));
        assert_eq!(services.carts.view(Some(&guest), ZH).await.unwrap().count, 1);
    }
}
