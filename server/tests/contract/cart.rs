//! The cart's port.

use crate::support::{World, ZH};
use app::cart::model::{AddToCart, UpdateLine};
use app::cart::port::Carts as _;
use app::{AppError, ErrorCode};
use server::cart::service::CartService;
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
}
