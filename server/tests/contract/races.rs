//! Real parallelism: the answers and the rows.

use crate::support::{World, ZH};
use app::cart::model::AddToCart;
use app::kernel::Sku;
use app::{AppError, ErrorCode, Services};
use server::boot::services::wire;
use server::on;

const SKU: &str = "JS-TK01-TENMOK";

async fn set_stock(world: &World, units: i64) {
    server::inventory::cli::set(&world.database, &world.platform, SKU, units, "counted").await.unwrap();
}

/// `buyers` guests with one unit each in their cart, while there is enough for all; then `units` are left and all buy.
async fn sale(
    world: &World,
    services: &Services,
    buyers: usize,
    units: i64,
) -> Vec<Result<String, AppError>> {
    set_stock(world, 1000).await;
    let mut tasks = Vec::new();
    let mut guests = Vec::new();
    for _ in 0..buyers {
        let guest = world.guest();
        services.carts.add(&guest, ZH, &AddToCart::parse(SKU, "1").unwrap()).await.unwrap();
        guests.push(guest);
    }
    set_stock(world, units).await;
    for guest in guests {
        let checkout = services.checkout.clone();
        let command = crate::orders::form().parse().unwrap();
        tasks.push(tokio::spawn(async move {
            checkout.place(&guest, ZH, &command).await.map(|placed| placed.number)
        }));
    }
    let mut results = Vec::new();
    for task in tasks {
        results.push(task.await.unwrap());
    }
    results
}

async fn level(world: &World) -> (i64, i64) {
    let mut conn = world.database.read_latest().await.unwrap();
    let level = on!(conn, inventory::list_levels_of_sku(SKU)).unwrap()[0].clone();
    (level.on_hand, level.allocated)
}

on_both! {
    async fn the_last_unit_is_sold_once_to_fifty_parallel_buyers(world) {
        world.with_demo().await;
        let services = wire(&world.database, &world.platform);
        let results = sale(&world, &services, 50, 1).await;
        assert_eq!(results.iter().filter(|result| result.is_ok()).count(), 1, "{results:?}");
        let refusals = results.iter().filter(|result| matches!(result, Err(error) if error.code() == ErrorCode::SoldOut)).count();
        assert_eq!(refusals, 49, "{results:?}");
        assert_eq!(level(&world).await, (1, 1));
        assert!(server::check::run(&world.database).await.unwrap().is_healthy());
    }

    async fn ten_units_make_ten_orders_with_ten_numbers(world) {
        world.with_demo().await;
        let services = wire(&world.database, &world.platform);
        let results = sale(&world, &services, 30, 10).await;
        let mut numbers: Vec<String> = results.into_iter().filter_map(Result::ok).collect();
        numbers.sort();
        assert_eq!(numbers, (100_001..=100_010).map(|number| format!("J{number}")).collect::<Vec<_>>());
        assert_eq!(level(&world).await, (10, 10));
    }

    async fn what_was_put_aside_comes_back_once_however_many_ask_for_it(world) {
        world.with_demo().await;
        set_stock(&world, 1000).await;
        let services = wire(&world.database, &world.platform);
        let guest = world.guest();
        let sku = Sku::parse(SKU).unwrap();
        services.carts.add(&guest, ZH, &AddToCart::parse(SKU, "3").unwrap()).await.unwrap();
        services.carts.save(&guest, ZH, &sku).await.unwrap();
        let tasks: Vec<_> = (0..10).map(|_| {
            let (carts, guest, sku) = (services.carts.clone(), guest.clone(), sku.clone());
            tokio::spawn(async move { carts.restore(&guest, ZH, &sku).await })
        }).collect();
        let mut answers = Vec::new();
        for task in tasks {
            answers.push(task.await.unwrap());
        }
        assert_eq!(answers.iter().filter(|answer| answer.is_ok()).count(), 1, "{answers:?}");
        let others: Vec<_> = answers.into_iter().filter_map(Result::err).collect();
        assert_eq!(others, vec![AppError::NotFound; 9]);
        let hash = server::cart::guest_hash(&guest);
        let mut conn = world.database.read_latest().await.unwrap();
        let cart = on!(conn, cart::find_latest(&hash)).unwrap().unwrap();
        let lines = on!(conn, cart::list_lines(cart.id, "CNY", i64::MAX)).unwrap();
        assert_eq!(lines.iter().map(|line| line.quantity).collect::<Vec<_>>(), [3]);
        assert_eq!(on!(conn, cart::count_saved(&hash)).unwrap(), 0);
    }

    async fn twenty_parallel_placings_of_one_cart_are_one_order_and_everybody_gets_it(world) {
        world.with_demo().await;
        let services = wire(&world.database, &world.platform);
        let guest = world.guest();
        services.carts.add(&guest, ZH, &AddToCart::parse(SKU, "1").unwrap()).await.unwrap();
        let tasks: Vec<_> = (0..20).map(|_| {
            let (checkout, guest) = (services.checkout.clone(), guest.clone());
            let command = crate::orders::form().parse().unwrap();
            tokio::spawn(async move { checkout.place(&guest, ZH, &command).await.unwrap().number })
        }).collect();
        for task in tasks {
            assert_eq!(task.await.unwrap(), "J100001");
        }
        assert_eq!(level(&world).await.1, 1);
    }
}
