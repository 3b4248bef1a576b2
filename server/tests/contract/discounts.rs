//! What is taken off a cart, and what becomes of it on the order.

use crate::orders::form;
use crate::support::{World, ZH};
use app::cart::model::{AddToCart, UpdateLine};
use app::catalog::model::View;
use app::checkout::model::CheckoutForm;
use app::kernel::{Currency, GuestToken, Locale, Localized, Money, PublicId, Sku};
use app::orders::model::{OrderPage, OrderStatus, PaymentStatus};
use app::{AppError, ErrorCode, Services};
use server::boot::services::{handlers, wire};
use server::discounts::row::PartRow;
use server::discounts::service::{Discounts, Grant, MOST};
use server::fault::Fault;
use server::jobs::worker::Runner;
use server::on;

const TEAPOT: &str = "JS-TK01-CELADO";
const WHEAT: &str = "JS-PA48-WHEAT";

fn discounts(world: &World) -> Discounts {
    Discounts { database: world.database.clone(), platform: world.platform.clone() }
}

fn label(zh: &str, en: &str) -> Localized {
    Localized { zh: zh.into(), en: en.into() }
}

/// Off the whole cart.
fn welcome(minor: i64) -> Grant {
    let label = label("新客立减", "Welcome");
    let amount = Money::new(minor, Currency::Cny);
    Grant { code: "welcome".into(), label, amount, sku: None, ends_at: None }
}

/// Off the noodles.
fn noodles(minor: i64) -> Grant {
    let label = label("面食节", "Noodle days");
    Grant { code: "noodles".into(), label, sku: Sku::parse(WHEAT), ..welcome(minor) }
}

/// A guest with a teapot (428.00) and two packets of noodles (32.00 each); of the same moment, so by article number.
async fn guest_with_cart(world: &World, services: &Services) -> GuestToken {
    let guest = world.guest();
    for (sku, units) in [(TEAPOT, "1"), (WHEAT, "2")] {
        services.carts.add(&guest, ZH, &AddToCart::parse(sku, units).unwrap()).await.unwrap();
    }
    guest
}

async fn place(services: &Services, guest: &GuestToken, seen: i64) -> Result<OrderPage, AppError> {
    let form = CheckoutForm { expected_total: seen.to_string(), currency: "CNY".into(), ..form() };
    let placed = services.checkout.place(guest, ZH, &form.parse().unwrap()).await?;
    let id = PublicId::parse("or", &placed.order).unwrap();
    services.orders.page(Some(guest), None, &id, Locale::Zh).await
}

async fn assert_books_agree(world: &World) {
    let report = server::check::run(&world.database).await.unwrap();
    assert!(report.is_healthy(), "{report}");
}

on_both! {
    async fn discounts_of_a_cart_become_rows_of_the_order_with_the_part_of_each_line(world) {
        world.with_demo().await;
        let services = wire(&world.database, &world.platform);
        let guest = guest_with_cart(&world, &services).await;
        discounts(&world).set(&guest, "promotions", &[welcome(5_000), noodles(400)]).await.unwrap();
        // 428.00 + 64.00 − 4.00 = 488.00, of which 50.00 are divided as 428 : 60.
        let seen = services.checkout.page(Some(&guest), ZH).await.unwrap();
        assert_eq!((seen.totals.discount.minor, seen.totals.subtotal.minor, seen.totals.total.minor), (5_400, 43_800, 43_800));
        let page = place(&services, &guest, 43_800).await.unwrap();
        assert_eq!((page.totals, page.discounts.clone()), (app::checkout::model::Totals { missing_for_free_shipping: None, ..seen.totals }, seen.discounts));
        let lines: Vec<_> = page.lines.iter().map(|line| (line.whole().minor, line.discount.minor, line.total.minor)).collect();
        assert_eq!(lines, [(6_400, 1_015, 5_385), (42_800, 4_385, 38_415)]);
        // 13 % in the teapot, 9 % in the noodles, of what is paid for them; delivery is free.
        assert_eq!(page.lines.iter().map(|line| line.tax.minor).collect::<Vec<_>>(), [445, 4_419]);
        assert_eq!(page.totals.tax_included.minor, 4_419 + 445);
        let mut conn = world.database.read_latest().await.unwrap();
        let order = on!(conn, orders::find_by_public_id(page.public_id.as_str())).unwrap().unwrap();
        assert_eq!((order.discount_minor, order.subtotal_minor, order.total_minor), (5_400, 43_800, 43_800));
        let (rows, lines) = (on!(conn, discounts::list_of_order(order.id)).unwrap(), on!(conn, orders::list_lines(order.id)).unwrap());
        let told: Vec<_> = rows.iter().map(|row| (row.origin.as_str(), row.code.as_str(), row.line_id, row.amount_minor)).collect();
        assert_eq!(told, [("promotions", "welcome", None, 5_000), ("promotions", "noodles", Some(lines[0].id), 400)]);
        assert_eq!(rows[0].label.0, label("新客立减", "Welcome"));
        let part = |discount: usize, line: usize, amount_minor| PartRow { discount_id: rows[discount].id, line_id: lines[line].id, amount_minor };
        assert_eq!(on!(conn, discounts::list_parts(order.id)).unwrap(), [part(0, 0, 615), part(0, 1, 4_385), part(1, 0, 400)]);
        drop(conn);
        assert_books_agree(&world).await;
    }

    async fn what_was_taken_off_an_order_is_never_changed(world) {
        world.with_demo().await;
        let services = wire(&world.database, &world.platform);
        let guest = guest_with_cart(&world, &services).await;
        discounts(&world).set(&guest, "promotions", &[welcome(5_000)]).await.unwrap();
        place(&services, &guest, 44_200).await.unwrap();
        for sql in ["UPDATE order_discount SET amount_minor = 1", "DELETE FROM order_discount_part", "DELETE FROM order_discount"] {
            let mut tx = world.database.write().await.unwrap();
            let refused = match tx.handle() {
                server::db::Handle::Sqlite(c) => sqlx::query(sql).execute(c).await.map(drop),
                server::db::Handle::Postgres(c) => sqlx::query(sql).execute(c).await.map(drop),
            };
            assert!(refused.unwrap_err().to_string().contains("append-only"), "{sql}");
        }
    }

    async fn a_discount_that_comes_or_goes_before_the_order_is_placed_has_to_be_confirmed(world) {
        world.with_demo().await;
        let (services, discounts) = (wire(&world.database, &world.platform), discounts(&world));
        let guest = guest_with_cart(&world, &services).await;
        discounts.set(&guest, "promotions", &[welcome(5_000)]).await.unwrap();
        let now = |minor| AppError::TotalChanged(Money::new(minor, Currency::Cny));
        assert_eq!(place(&services, &guest, 49_200).await.unwrap_err(), now(44_200), "it has come");
        discounts.set(&guest, "promotions", &[]).await.unwrap();
        assert_eq!(place(&services, &guest, 44_200).await.unwrap_err(), now(49_200), "it has gone");
        let end = world.platform.clock.now() + time::Duration::minutes(5);
        discounts.set(&guest, "promotions", &[Grant { ends_at: Some(end), ..welcome(5_000) }]).await.unwrap();
        assert_eq!(services.checkout.page(Some(&guest), ZH).await.unwrap().totals.total.minor, 44_200);
        world.parts.clock.advance(time::Duration::minutes(5));
        assert_eq!(place(&services, &guest, 44_200).await.unwrap_err(), now(49_200), "its time is over");
        assert_eq!(services.carts.view(Some(&guest), ZH).await.unwrap().discounts, []);
        let page = place(&services, &guest, 49_200).await.unwrap();
        assert_eq!((page.number.as_str(), page.totals.discount.minor, page.discounts), ("J100001", 0, vec![]));
        assert_books_agree(&world).await;
    }

    async fn the_cart_shows_what_is_taken_off_and_follows_its_lines(world) {
        world.with_demo().await;
        let services = wire(&world.database, &world.platform);
        let guest = guest_with_cart(&world, &services).await;
        discounts(&world).set(&guest, "promotions", &[noodles(4_000), welcome(5_000)]).await.unwrap();
        let cart = services.carts.view(Some(&guest), ZH).await.unwrap();
        let told: Vec<_> = cart.discounts.iter().map(|one| (one.code.as_str(), one.amount.minor, one.article.is_empty())).collect();
        assert_eq!(told, [("noodles", 4_000, false), ("welcome", 5_000, true)]);
        assert_eq!((cart.subtotal.minor, cart.subtotal_text.as_str()), (40_200, "¥402.00"));
        assert!(cart.discounts_html.contains("面食节（") && cart.discounts_html.contains("−¥40.00"), "{}", cart.discounts_html);
        let update = async |sku: &str, units: &str| services.carts.update(&guest, ZH, &UpdateLine::parse(sku, units).unwrap()).await.unwrap();
        let cart = update(WHEAT, "1").await;
        assert_eq!((cart.discounts[0].amount.minor, cart.subtotal.minor), (3_200, 37_800), "no more than the line costs");
        let cart = update(WHEAT, "0").await;
        assert_eq!((cart.discounts.len(), cart.subtotal.minor), (1, 37_800), "the line's went with it");
        let cart = update(TEAPOT, "0").await;
        assert_eq!((cart.discounts.len(), cart.discounts_html.as_str()), (0, ""));
        let dollars = View { locale: Locale::En, currency: Currency::Usd };
        update(TEAPOT, "1").await;
        assert_eq!(services.carts.view(Some(&guest), dollars).await.unwrap().discounts, [], "it is in another currency");
    }

    async fn each_origin_replaces_its_own_and_nonsense_changes_nothing(world) {
        world.with_demo().await;
        let (services, discounts) = (wire(&world.database, &world.platform), discounts(&world));
        let guest = guest_with_cart(&world, &services).await;
        discounts.set(&guest, "desk", &[Grant { code: "sorry".into(), ..welcome(1_000) }]).await.unwrap();
        discounts.set(&guest, "promotions", &[welcome(5_000), noodles(400)]).await.unwrap();
        discounts.set(&guest, "promotions", &[welcome(2_000)]).await.unwrap();
        let told = async || services.carts.view(Some(&guest), ZH).await.unwrap().discounts.iter().map(|one| one.amount.minor).collect::<Vec<_>>();
        assert_eq!(told().await, [1_000, 2_000]);
        let refusal = async |grants: &[Grant]| match discounts.set(&guest, "promotions", grants).await.unwrap_err() {
            Fault::Told(error) => error.code(),
            other => panic!("{other}"),
        };
        assert_eq!(refusal(&[welcome(0)]).await, ErrorCode::FormUnreadable);
        assert_eq!(refusal(&[Grant { label: Localized::default(), ..welcome(1) }]).await, ErrorCode::FormUnreadable);
        assert_eq!(refusal(&vec![welcome(1); MOST + 1]).await, ErrorCode::FormUnreadable);
        assert_eq!(refusal(&[Grant { sku: Sku::parse("NO-SUCH"), ..welcome(1) }]).await, ErrorCode::SkuUnknown);
        assert_eq!(told().await, [1_000, 2_000]);
        place(&services, &guest, 46_200).await.unwrap();
        assert_eq!(refusal(&[welcome(1)]).await, ErrorCode::CartEmpty, "an order takes no discounts");
    }

    async fn an_order_with_everything_taken_off_costs_its_delivery_and_never_less_than_nothing(world) {
        world.with_demo().await;
        let services = wire(&world.database, &world.platform);
        let guest = guest_with_cart(&world, &services).await;
        discounts(&world).set(&guest, "promotions", &[welcome(9_999_999)]).await.unwrap();
        let page = place(&services, &guest, 1_200).await.unwrap();
        assert_eq!((page.totals.subtotal.minor, page.totals.discount.minor, page.totals.total.minor), (0, 49_200, 1_200));
        assert!(page.lines.iter().all(|line| line.total.minor == 0 && line.tax.minor == 0));
        assert_books_agree(&world).await;
    }

    async fn the_confirmation_names_what_was_taken_off(world) {
        world.with_demo().await;
        let services = wire(&world.database, &world.platform);
        let guest = guest_with_cart(&world, &services).await;
        discounts(&world).set(&guest, "promotions", &[welcome(5_000), noodles(400)]).await.unwrap();
        place(&services, &guest, 43_800).await.unwrap();
        let handlers = handlers(&world.database, &world.platform, "http://shop.test");
        Runner { database: world.database.clone(), platform: world.platform.clone(), handlers }.run_until_idle().await.unwrap();
        let text = &world.parts.mailer.sent()[0].text;
        for told in ["新客立减: −¥50.00", "面食节（", "−¥4.00", "¥428.00", "商品小计: ¥438.00"] {
            assert!(text.contains(told), "{told} in {text}");
        }
    }

    async fn an_order_that_costs_nothing_is_paid_at_once_and_never_runs_out_of_time(world) {
        world.with_demo().await;
        let providers = crate::support::fake::Fake::default().providers();
        let search = std::sync::Arc::new(server::boot::services::search(&world.database, &world.platform));
        let services = server::boot::services::wire_with(&world.database, &world.platform, &providers, search);
        let mut tx = world.database.write().await.unwrap();
        let sql = "UPDATE delivery_rate SET first_minor = 0, step_minor = 0";
        match tx.handle() {
            server::db::Handle::Sqlite(c) => sqlx::query(sql).execute(c).await.map(drop).unwrap(),
            server::db::Handle::Postgres(c) => sqlx::query(sql).execute(c).await.map(drop).unwrap(),
        }
        tx.commit().await.unwrap();
        let guest = guest_with_cart(&world, &services).await;
        discounts(&world).set(&guest, "promotions", &[welcome(9_999_999)]).await.unwrap();
        let online = CheckoutForm { payment_method: "sandbox".into(), ..form() }.parse().unwrap();
        let placed = services.checkout.place(&guest, ZH, &online).await.unwrap();
        assert_eq!(placed.url, format!("/zh/orders/{}", placed.order), "nobody is sent to pay nothing");
        assert_eq!(services.checkout.place(&guest, ZH, &online).await.unwrap().url, placed.url, "nor when it is asked again");
        world.parts.clock.advance(time::Duration::hours(2));
        for round in server::boot::services::rounds(&world.database, &world.platform, &providers) {
            round.run().await.unwrap();
        }
        let id = PublicId::parse("or", &placed.order).unwrap();
        let page = services.orders.page(Some(&guest), None, &id, Locale::Zh).await.unwrap();
        assert_eq!((page.status, page.payment_status, page.is_expired), (OrderStatus::Placed, PaymentStatus::Paid, false));
        assert_books_agree(&world).await;
    }
}
