//! The cart's port.

use crate::support::{World, ZH};
use app::cart::bulk::parse_items;
use app::cart::model::{AddToCart, ProblemKind, UpdateLine, parse_sku};
use app::cart::port::Carts as _;
use app::catalog::model::View;
use app::kernel::Currency;
use app::{AppError, ErrorCode};
use server::cart::service::CartService;
use server::catalog::row::PriceWrite;
use server::on;

const TEAPOT: &str = "JS-TK01-CELADO";
const SCARCE: &str = "JS-TK01-TENMOK";

fn service(world: &World) -> CartService {
    CartService { database: world.database.clone(), platform: world.platform.clone() }
}

fn add(sku: &str, quantity: &str) -> AddToCart {
    AddToCart::parse(sku, quantity).unwrap()
}

on_both! {
    async fn units_add_up_and_lines_go_away(world) {
        world.with_demo().await;
        let (service, guest) = (service(&world), world.guest());
        assert_eq!(service.view(Some(&guest), ZH).await.unwrap().count, 0);
        service.add(&guest, ZH, &add(TEAPOT, "2")).await.unwrap();
        let cart = service.add(&guest, ZH, &add(TEAPOT, "1")).await.unwrap();
        assert_eq!((cart.count, cart.lines.len(), cart.subtotal.minor), (3, 1, 128_400));
        assert_eq!(cart.lines[0].options, "粉青");
        assert_eq!(cart, service.view(Some(&guest), ZH).await.unwrap());
        let cart = service.update(&guest, ZH, &UpdateLine::parse(TEAPOT, "1").unwrap()).await.unwrap();
        assert_eq!(cart.count, 1);
        let cart = service.update(&guest, ZH, &UpdateLine::parse_removal(TEAPOT).unwrap()).await.unwrap();
        assert_eq!((cart.count, cart.is_ready), (0, false));
        service.update(&guest, ZH, &UpdateLine::parse_removal(TEAPOT).unwrap()).await.unwrap();
    }

    async fn what_cannot_be_bought_is_refused_and_nothing_changes(world) {
        world.with_demo().await;
        let (service, guest) = (service(&world), world.guest());
        let refused = async |sku: &str, quantity: &str| service.add(&guest, ZH, &add(sku, quantity)).await.unwrap_err();
        assert_eq!(refused("NO-SUCH-SKU", "1").await, AppError::NotFound);
        assert_eq!(refused(SCARCE, "5").await, AppError::Conflict(ErrorCode::NotEnoughStock));
        server::inventory::cli::set(&world.database, &world.platform, SCARCE, 0, "counted").await.unwrap();
        assert_eq!(refused(SCARCE, "1").await, AppError::Conflict(ErrorCode::SoldOut));
        service.add(&guest, ZH, &add(TEAPOT, "99")).await.unwrap();
        assert_eq!(refused(TEAPOT, "1").await, AppError::Conflict(ErrorCode::QuantityTooLarge));
        assert_eq!(service.view(Some(&guest), ZH).await.unwrap().count, 99);
    }

    async fn a_line_that_sells_out_meanwhile_is_told_and_not_counted(world) {
        world.with_demo().await;
        let (service, guest) = (service(&world), world.guest());
        service.add(&guest, ZH, &add(SCARCE, "3")).await.unwrap();
        server::inventory::cli::set(&world.database, &world.platform, SCARCE, 2, "counted").await.unwrap();
        let cart = service.view(Some(&guest), ZH).await.unwrap();
        assert_eq!((cart.lines[0].problem, cart.is_ready), (Some(ErrorCode::NotEnoughStock), false));
        server::inventory::cli::set(&world.database, &world.platform, SCARCE, 0, "counted").await.unwrap();
        let cart = service.view(Some(&guest), ZH).await.unwrap();
        assert_eq!((cart.lines[0].problem, cart.subtotal.minor), (Some(ErrorCode::SoldOut), 0));
    }

    async fn carts_of_different_guests_are_apart(world) {
        world.with_demo().await;
        let service = service(&world);
        let (first, second) = (world.guest(), world.guest());
        service.add(&first, ZH, &add(TEAPOT, "1")).await.unwrap();
        assert_eq!(service.view(Some(&second), ZH).await.unwrap().count, 0);
        assert_eq!(service.view(None, ZH).await.unwrap().count, 0);
    }

    async fn parallel_adds_of_one_guest_are_all_counted(world) {
        world.with_demo().await;
        let (service, guest) = (std::sync::Arc::new(service(&world)), world.guest());
        let tasks: Vec<_> = (0..20).map(|_| {
            let (service, guest) = (service.clone(), guest.clone());
            tokio::spawn(async move { service.add(&guest, ZH, &add(TEAPOT, "1")).await })
        }).collect();
        for task in tasks {
            task.await.unwrap().unwrap();
        }
        assert_eq!(service.view(Some(&guest), ZH).await.unwrap().count, 20);
    }

    async fn a_cart_holds_at_most_five_hundred_different_articles(world) {
        world.with_demo().await;
        let guest = world.guest();
        let mut tx = world.database.write().await.unwrap();
        let cart = on!(tx, cart::ensure_active(world.platform.entropy.uuid_v7(world.platform.clock.now()), &server::cart::guest_hash(&guest), 1)).unwrap();
        let again = on!(tx, cart::ensure_active(world.platform.entropy.uuid_v7(world.platform.clock.now()), &server::cart::guest_hash(&guest), 2)).unwrap();
        assert_eq!(cart, again, "a guest has one active cart");
        tx.commit().await.unwrap();
        let mut conn = world.database.read_latest().await.unwrap();
        let offer = on!(conn, cart::find_offer(cart, TEAPOT, "CNY", i64::MAX)).unwrap().unwrap();
        assert_eq!((offer.in_cart, offer.lines, offer.available, offer.amount_minor), (0, 0, 139, Some(42_800)));
    }

    async fn a_price_that_changes_is_told_until_the_line_is_set_again(world) {
        world.with_demo().await;
        let (service, guest) = (service(&world), world.guest());
        service.add(&guest, ZH, &add(TEAPOT, "2")).await.unwrap();
        for (price, before) in [(40_000, Some(42_800)), (45_000, Some(42_800)), (42_800, None)] {
            set_price(&world, TEAPOT, price).await;
            let cart = service.view(Some(&guest), ZH).await.unwrap();
            assert_eq!(cart.lines[0].price_before.map(|money| money.minor), before);
            assert_eq!((cart.lines[0].total.minor, cart.is_ready), (2 * price, true));
            let told: Vec<_> = cart.problems.iter().map(|problem| problem.code).collect();
            assert_eq!(told, before.map(|_| ProblemKind::PriceChanged).into_iter().collect::<Vec<_>>());
        }
        set_price(&world, TEAPOT, 40_000).await;
        let dollars = View { currency: Currency::Usd, ..ZH };
        assert_eq!(service.view(Some(&guest), dollars).await.unwrap().lines[0].price_before, None, "another currency is no change");
        let cart = service.update(&guest, ZH, &UpdateLine::parse(TEAPOT, "2").unwrap()).await.unwrap();
        assert_eq!((cart.lines[0].price_before, cart.problems.len()), (None, 0));
    }

    async fn every_problem_of_a_cart_is_named_and_a_sold_out_line_has_alternatives(world) {
        world.with_demo().await;
        let runner = server::jobs::worker::Runner {
            database: world.database.clone(),
            platform: world.platform.clone(),
            handlers: server::boot::services::handlers(&world.database, &world.platform, "http://shop.test"),
        };
        runner.run_until_idle().await.unwrap();
        let (service, guest) = (service(&world), world.guest());
        for (sku, units) in [(TEAPOT, "2"), (SCARCE, "3"), ("JS-PA48-WHEAT", "1")] {
            service.add(&guest, ZH, &add(sku, units)).await.unwrap();
            world.parts.clock.advance(time::Duration::SECOND);
        }
        for (sku, left) in [(TEAPOT, 0), (SCARCE, 2)] {
            server::inventory::cli::set(&world.database, &world.platform, sku, left, "counted").await.unwrap();
        }
        set_price(&world, "JS-PA48-WHEAT", 3500).await;
        let cart = service.view(Some(&guest), ZH).await.unwrap();
        let told: Vec<_> = cart.problems.iter().map(|problem| (problem.sku.as_str(), problem.code, problem.available)).collect();
        assert_eq!(told[..2], [(TEAPOT, ProblemKind::SoldOut, 0), (SCARCE, ProblemKind::NotEnoughStock, 2)]);
        assert_eq!((told.len(), told[2].1), (3, ProblemKind::PriceChanged));
        let alternatives = &cart.lines[0].alternatives;
        assert!((1..=3).contains(&alternatives.len()), "{alternatives:?}");
        assert!(alternatives.iter().all(|found| found.price.minor > 0 && found.slug != "celadon-teapot"), "{alternatives:?}");
        assert!(cart.lines[1..].iter().all(|line| line.alternatives.is_empty()));
    }

    async fn a_line_is_put_aside_and_taken_back_as_far_as_it_can_be_bought(world) {
        world.with_demo().await;
        let (service, guest) = (service(&world), world.guest());
        let (scarce, teapot) = (parse_sku(SCARCE).unwrap(), parse_sku(TEAPOT).unwrap());
        assert_eq!(service.save(&guest, ZH, &scarce).await.unwrap_err(), AppError::NotFound);
        assert_eq!(service.restore(&guest, ZH, &scarce).await.unwrap_err(), AppError::NotFound);
        service.add(&guest, ZH, &add(SCARCE, "4")).await.unwrap();
        service.add(&guest, ZH, &add(TEAPOT, "1")).await.unwrap();
        let cart = service.save(&guest, ZH, &scarce).await.unwrap();
        assert_eq!((cart.count, cart.subtotal.minor, cart.lines.len()), (1, 42_800, 1));
        assert_eq!(cart.saved.iter().map(|line| (line.sku.as_str(), line.quantity)).collect::<Vec<_>>(), [(SCARCE, 4)]);
        assert_eq!(cart, service.view(Some(&guest), ZH).await.unwrap());

        server::inventory::cli::set(&world.database, &world.platform, SCARCE, 3, "counted").await.unwrap();
        let cart = service.restore(&guest, ZH, &scarce).await.unwrap();
        assert_eq!((cart.count, cart.saved[0].quantity, cart.is_ready), (4, 1, true), "three came back, one stays");
        assert_eq!(service.restore(&guest, ZH, &scarce).await.unwrap_err(), AppError::Conflict(ErrorCode::NotEnoughStock));
        let cart = service.save(&guest, ZH, &scarce).await.unwrap();
        assert_eq!(cart.saved[0].quantity, 4, "put aside on top of what was there");
        server::inventory::cli::set(&world.database, &world.platform, SCARCE, 0, "counted").await.unwrap();
        assert_eq!(service.restore(&guest, ZH, &scarce).await.unwrap_err(), AppError::Conflict(ErrorCode::SoldOut));

        service.save(&guest, ZH, &teapot).await.unwrap();
        set_price(&world, TEAPOT, 50_000).await;
        let cart = service.restore(&guest, ZH, &teapot).await.unwrap();
        assert_eq!(cart.lines[0].price_before.map(|money| money.minor), Some(42_800), "the price of then comes back with it");
        let cart = service.forget(&guest, ZH, &scarce).await.unwrap();
        assert_eq!((cart.saved.len(), cart.count), (0, 1));
        service.forget(&guest, ZH, &scarce).await.unwrap();
        assert_eq!(service.view(Some(&world.guest()), ZH).await.unwrap().saved.len(), 0, "nobody else's");
    }

    async fn a_list_is_added_as_far_as_it_can_be_and_the_rest_is_named(world) {
        world.with_demo().await;
        let (service, guest) = (service(&world), world.guest());
        service.add(&guest, ZH, &add(TEAPOT, "1")).await.unwrap();
        let items = parse_items(&format!("{TEAPOT}:2,{SCARCE}:50,NO-SUCH:1,JS-PA48-WHEAT:x,JS-PA48-WHEAT"));
        let answer = service.add_many(&guest, ZH, &items).await.unwrap();
        let added: Vec<_> = answer.added.iter().map(|added| (added.sku.as_str(), added.quantity)).collect();
        assert_eq!(added, [(TEAPOT, 2), ("JS-PA48-WHEAT", 1)]);
        let refused: Vec<_> = answer.refused.iter().map(|refused| (refused.sku.as_str(), refused.code)).collect();
        assert_eq!(refused, [(SCARCE, ErrorCode::NotEnoughStock), ("NO-SUCH", ErrorCode::SkuUnknown), ("JS-PA48-WHEAT", ErrorCode::QuantityInvalid)]);
        assert_eq!((answer.cart.count, answer.cart.lines.len()), (4, 2));

        let stranger = world.guest();
        let none = service.add_many(&stranger, ZH, &parse_items("NO-SUCH")).await.unwrap();
        assert_eq!((none.added.len(), none.cart.count), (0, 0));
        let mut conn = world.database.read_latest().await.unwrap();
        let cart = on!(conn, cart::find_latest(&server::cart::guest_hash(&stranger))).unwrap();
        assert!(cart.is_none(), "nothing added makes no cart");
    }

    async fn a_link_s_articles_are_looked_up_and_nothing_is_written(world) {
        world.with_demo().await;
        let service = service(&world);
        let found = service.shared(ZH, &parse_items(&format!("{SCARCE}:9,{TEAPOT}:2,NO-SUCH,<b>"))).await.unwrap();
        let told: Vec<_> = found.iter().map(|item| (item.line.as_ref().map(|line| line.total.minor), item.problem)).collect();
        assert_eq!(told[1..], [(Some(85_600), None), (None, Some(ErrorCode::SkuUnknown)), (None, Some(ErrorCode::SkuUnknown))]);
        assert_eq!((told[0].0.is_some(), told[0].1), (true, Some(ErrorCode::NotEnoughStock)));
        let mut conn = world.database.read_latest().await.unwrap();
        assert!(on!(conn, cart::list_articles(&[], "CNY", 1)).unwrap().is_empty());
        assert!(on!(conn, cart::list_alternatives(&[], "CNY", 1)).unwrap().is_empty());
    }
}

/// Sells an article at another price from now on.
async fn set_price(world: &World, sku: &str, amount_minor: i64) {
    let mut tx = world.database.write().await.unwrap();
    let variant_id = on!(tx, inventory::find_variant(sku)).unwrap().unwrap();
    let price =
        PriceWrite { variant_id, currency: "CNY", amount_minor, compare_at_minor: None, cost_minor: None };
    on!(tx, catalog::upsert_price(&price)).unwrap();
    tx.commit().await.unwrap();
}
