//! From a cart to a paid order, and who may read it.

use crate::support::{World, ZH};
use app::cart::model::{AddToCart, ProblemKind};
use app::checkout::model::{CheckoutForm, Draft, PlaceOrder, Placed};
use app::checkout::wishes::WishesForm;
use app::kernel::{Currency, GuestToken, Locale, Money, PublicId};
use app::orders::model::{FulfillmentStatus, OrderEventKind, OrderPage, OrderStatus, PaymentStatus};
use app::{AppError, ErrorCode, Services};
use server::boot::services::{handlers, wire};
use server::jobs::worker::Runner;
use server::on;

const TEAPOT: &str = "JS-TK01-CELADO";
const SCARCE: &str = "JS-TK01-TENMOK";

fn services(world: &World) -> Services {
    wire(&world.database, &world.platform)
}

pub(crate) fn form() -> CheckoutForm {
    CheckoutForm {
        name: "李雷".into(),
        phone: "13800138000".into(),
        email: "li@example.com".into(),
        country: "CN".into(),
        region: "浙江省".into(),
        city: "杭州市".into(),
        district: "西湖区".into(),
        line1: "龙井路 1 号".into(),
        payment_method: "cash_on_delivery".into(),
        ..CheckoutForm::default()
    }
}

fn command() -> PlaceOrder {
    form().parse().unwrap()
}

fn wished() -> WishesForm {
    WishesForm {
        gift_message: "生日快乐 <3".into(),
        invoice: "company".into(),
        invoice_title: "福州某某有限公司".into(),
        tax_number: "91350100M000100Y43".into(),
        ..WishesForm::default()
    }
}

async fn fill(services: &Services, guest: &GuestToken, sku: &str, quantity: &str) {
    services.carts.add(guest, ZH, &AddToCart::parse(sku, quantity).unwrap()).await.unwrap();
}

async fn read(
    services: &Services,
    guest: Option<&GuestToken>,
    key: Option<&str>,
    placed: &Placed,
) -> Result<OrderPage, AppError> {
    let id = PublicId::parse("or", &placed.order).unwrap();
    services.orders.page(guest, key, &id, Locale::Zh).await
}

async fn run_jobs(world: &World) {
    let handlers = handlers(&world.database, &world.platform, "http://shop.test");
    Runner { database: world.database.clone(), platform: world.platform.clone(), handlers }
        .run_until_idle()
        .await
        .unwrap();
}

async fn stock(world: &World, sku: &str) -> (i64, i64) {
    let mut conn = world.database.read_latest().await.unwrap();
    let level = on!(conn, inventory::list_levels_of_sku(sku)).unwrap()[0].clone();
    (level.on_hand, level.allocated)
}

on_both! {
    async fn a_cart_becomes_an_order_and_cash_makes_it_paid(world) {
        world.with_demo().await;
        let (services, guest) = (services(&world), world.guest());
        fill(&services, &guest, TEAPOT, "2").await;
        fill(&services, &guest, SCARCE, "1").await;
        let placed = services.checkout.place(&guest, ZH, &command()).await.unwrap();
        assert_eq!((placed.number.as_str(), placed.url.as_str()), ("J100001", format!("/zh/orders/{}", placed.order).as_str()));
        let page = read(&services, Some(&guest), None, &placed).await.unwrap();
        assert_eq!((page.status, page.payment_status, page.fulfillment_status), (OrderStatus::Placed, PaymentStatus::Pending, FulfillmentStatus::Unfulfilled));
        assert_eq!((page.totals.subtotal.minor, page.totals.shipping.minor, page.totals.total.minor), (128_400, 0, 128_400));
        assert_eq!(page.totals.tax_included.minor, 9_848 + 4_924);
        assert_eq!(page.lines.iter().map(|line| (line.sku.as_str(), line.quantity)).collect::<Vec<_>>(), [(TEAPOT, 2), (SCARCE, 1)]);
        assert_eq!((stock(&world, TEAPOT).await, stock(&world, SCARCE).await), ((139, 2), (4, 1)));
        assert_eq!(services.carts.view(Some(&guest), ZH).await.unwrap().count, 0);

        world.parts.clock.advance(time::Duration::hours(30));
        assert!(server::payments::cli::collect(&world.database, &world.platform, &placed.number).await.unwrap().contains("1,284.00"));
        let again = server::payments::cli::collect(&world.database, &world.platform, &placed.number).await;
        assert!(again.unwrap_err().to_string().contains("no cash"), "cash is counted once");
        assert!(server::payments::cli::collect(&world.database, &world.platform, "J999999").await.is_err());
        let page = read(&services, Some(&guest), None, &placed).await.unwrap();
        assert_eq!(page.payment_status, PaymentStatus::Paid);
        assert_eq!(page.events.iter().map(|event| event.0).collect::<Vec<_>>(), [OrderEventKind::Placed, OrderEventKind::Paid]);
        let report = server::check::run(&world.database).await.unwrap();
        assert!(report.is_healthy(), "{report}");
    }

    async fn only_the_buyer_and_the_mails_link_open_an_order(world) {
        world.with_demo().await;
        let (services, guest) = (services(&world), world.guest());
        fill(&services, &guest, TEAPOT, "1").await;
        let placed = services.checkout.place(&guest, ZH, &command()).await.unwrap();
        run_jobs(&world).await;
        let mails = world.parts.mailer.sent();
        assert_eq!(mails.len(), 1);
        assert!(mails[0].subject.contains("J100001") && mails[0].to == "li@example.com");
        let key = mails[0].text.split("?key=").nth(1).unwrap().lines().next().unwrap().to_owned();
        assert!(mails[0].text.contains(&format!("http://shop.test/zh/orders/{}?key=", placed.order)));
        let stranger = world.guest();
        assert_eq!(read(&services, Some(&stranger), None, &placed).await.unwrap_err(), AppError::NotFound);
        assert_eq!(read(&services, None, None, &placed).await.unwrap_err(), AppError::NotFound);
        for forged in ["", "x", &"0".repeat(64), &"é".repeat(32)] {
            assert_eq!(read(&services, None, Some(forged), &placed).await.unwrap_err(), AppError::NotFound);
        }
        assert!(read(&services, None, Some(&key), &placed).await.is_ok());
        let unknown = PublicId::new("or", [1; 22]);
        assert_eq!(services.orders.page(Some(&guest), Some(&key), &unknown, Locale::Zh).await.unwrap_err(), AppError::NotFound);
    }

    async fn the_confirmation_is_sent_once(world) {
        world.with_demo().await;
        let (services, guest) = (services(&world), world.guest());
        fill(&services, &guest, TEAPOT, "1").await;
        services.checkout.place(&guest, ZH, &command()).await.unwrap();
        services.checkout.place(&guest, ZH, &command()).await.unwrap();
        run_jobs(&world).await;
        run_jobs(&world).await;
        assert_eq!(world.parts.mailer.sent().len(), 1);
    }

    async fn placing_again_gives_the_same_order(world) {
        world.with_demo().await;
        let (services, guest) = (services(&world), world.guest());
        fill(&services, &guest, TEAPOT, "1").await;
        let first = services.checkout.place(&guest, ZH, &command()).await.unwrap();
        assert_eq!(services.checkout.place(&guest, ZH, &command()).await.unwrap(), first);
        fill(&services, &guest, TEAPOT, "1").await;
        let second = services.checkout.place(&guest, ZH, &command()).await.unwrap();
        assert_eq!(second.number, "J100002");
    }

    async fn a_refused_order_changes_nothing(world) {
        world.with_demo().await;
        let (services, guest) = (services(&world), world.guest());
        let refused = async |command: &PlaceOrder| services.checkout.place(&guest, ZH, command).await.unwrap_err();
        assert_eq!(refused(&command()).await, AppError::Conflict(ErrorCode::CartEmpty));
        fill(&services, &guest, SCARCE, "3").await;
        let stale = CheckoutForm { expected_total: "1".into(), currency: "CNY".into(), ..form() }.parse().unwrap();
        assert_eq!(refused(&stale).await, AppError::TotalChanged(Money::new(128_400, Currency::Cny)));
        server::inventory::cli::set(&world.database, &world.platform, SCARCE, 2, "counted").await.unwrap();
        let AppError::Blocked(problems) = refused(&command()).await else { panic!("a refusal names its lines") };
        assert_eq!((problems[0].sku.as_str(), problems[0].code, problems[0].available), (SCARCE, ProblemKind::NotEnoughStock, 2));
        server::inventory::cli::set(&world.database, &world.platform, SCARCE, 0, "counted").await.unwrap();
        assert_eq!(refused(&command()).await.code(), ErrorCode::SoldOut);
        assert_eq!(services.carts.view(Some(&guest), ZH).await.unwrap().count, 3, "the cart is still there");
        server::inventory::cli::set(&world.database, &world.platform, SCARCE, 3, "counted").await.unwrap();
        assert_eq!(services.checkout.place(&guest, ZH, &command()).await.unwrap().number, "J100001", "no number was lost");
    }

    async fn what_was_typed_is_kept_until_the_order_is_placed(world) {
        world.with_demo().await;
        let (services, guest) = (services(&world), world.guest());
        services.checkout.save_draft(&guest, &Draft { form: form(), ..Draft::default() }).await.unwrap();
        fill(&services, &guest, TEAPOT, "1").await;
        let wrong = CheckoutForm { email: "nonsense".into(), name: "长".repeat(5000), ..form() };
        services.checkout.save_draft(&guest, &Draft { form: wrong, wishes: wished(), ..Draft::default() }).await.unwrap();
        let page = services.checkout.page(Some(&guest), ZH).await.unwrap();
        assert_eq!((page.draft.email.as_str(), page.draft.name.chars().count()), ("nonsense", 1000));
        assert_eq!((page.totals.total.minor, &page.wishes), (42_800, &wished()));
        services.checkout.place(&guest, ZH, &command()).await.unwrap();
        assert_eq!(services.checkout.page(Some(&guest), ZH).await.unwrap().draft, CheckoutForm::default());
    }

    async fn small_orders_pay_for_delivery(world) {
        world.with_demo().await;
        let (services, guest) = (services(&world), world.guest());
        fill(&services, &guest, "JS-PA48-WHEAT", "1").await;
        let totals = services.checkout.page(Some(&guest), ZH).await.unwrap().totals;
        assert_eq!((totals.subtotal.minor, totals.shipping.minor, totals.total.minor), (3200, 1200, 4400));
        assert_eq!(totals.missing_for_free_shipping.map(|money| money.minor), Some(16_700));
        // Noodles are food (9 %), delivery is taxed at 13 %.
        assert_eq!(totals.tax_included.minor, 264 + 138);
    }

    async fn wishes_are_stored_with_the_order_and_written_in_the_confirmation(world) {
        world.with_demo().await;
        let (services, guest) = (services(&world), world.guest());
        fill(&services, &guest, TEAPOT, "1").await;
        let command = Draft { form: form(), wishes: wished(), ..Draft::default() }.parse().unwrap();
        let placed = services.checkout.place(&guest, ZH, &command).await.unwrap();
        let page = read(&services, Some(&guest), None, &placed).await.unwrap();
        assert_eq!(page.wishes, command.wishes);
        let line = &page.lines[0];
        assert_eq!((line.tax_ppm, line.tax.minor), (130_000, 4_924));
        run_jobs(&world).await;
        let mail = &world.parts.mailer.sent()[0];
        assert!(mail.text.contains("贺卡：生日快乐 <3") && mail.text.contains("91350100M000100Y43"), "{}", mail.text);
        assert!(mail.html.contains("生日快乐 &lt;3"), "{}", mail.html);
    }

    async fn the_order_that_waits_for_its_payment_is_told_to_its_guest_only(world) {
        world.with_demo().await;
        let providers = crate::support::fake::Fake::default().providers();
        let search = std::sync::Arc::new(server::boot::services::search(&world.database, &world.platform));
        let services = server::boot::services::wire_with(&world.database, &world.platform, &providers, search);
        let guest = world.guest();
        assert_eq!(services.orders.waiting(Some(&guest)).await.unwrap(), None);
        fill(&services, &guest, TEAPOT, "1").await;
        let online = CheckoutForm { payment_method: "sandbox".into(), ..form() }.parse().unwrap();
        let placed = services.checkout.place(&guest, ZH, &online).await.unwrap();
        let waiting = services.orders.waiting(Some(&guest)).await.unwrap().unwrap();
        assert_eq!((waiting.public_id.as_str(), waiting.number.as_str()), (placed.order.as_str(), "J100001"));
        assert_eq!(services.orders.waiting(Some(&world.guest())).await.unwrap(), None);
        assert_eq!(services.orders.waiting(None).await.unwrap(), None);
        world.parts.clock.advance(time::Duration::hours(2));
        assert_eq!(services.orders.waiting(Some(&guest)).await.unwrap(), None, "its time is over");
    }
}
