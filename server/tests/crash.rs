//! The shop is killed (`kill -9`) at random moments while people buy and pay, and started again; on PostgreSQL its
//! connections to the database are cut as well.
//! No paid order is lost, no unit is sold twice, every charge has its order or its refund, and each order has its mails
//! once.
//!
//! ```sh
//! JISHI_CRASH_CHECKOUTS=2000 cargo test -p app -p server -p xtask --features app/ssr --test crash -- --nocapture
//! ```
//! Without it there are 30 checkouts, and 300 where `CI` is set. Each run makes other random choices; it says by which
//! seed, and `JISHI_CRASH_SEED` makes them again (when whom the blow hits is up to the machine, though).
#![expect(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::indexing_slicing,
    clippy::panic,
    reason = "a test that cannot go on must stop"
)]

#[expect(unused_macros, reason = "both databases are named here")]
#[path = "support/mod.rs"]
mod support;

#[path = "crash/mails.rs"]
mod mails;
#[path = "crash/people.rs"]
mod people;
#[path = "crash/processes.rs"]
mod processes;

use people::{Attempt, Customer};
use processes::{Gateway, Shop, number};
use server::db::Handle;
use server::on;
use server::platform::entropy::{Entropy, SeededEntropy, SystemEntropy};
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, AtomicUsize, Ordering};
use std::time::Duration;
use support::{Backend, World};

/// The article that everybody wants.
const SKU: &str = "JS-TK01-TENMOK";
/// People who buy at the same time.
const CROWD: usize = 4;

/// Kills the shop again and again until the crowd is done. Gives how often.
async fn trouble(shop: Arc<Shop>, is_done: Arc<AtomicBool>, seed: u64) -> usize {
    let chance = SeededEntropy::new(seed);
    let chance: &dyn Entropy = &chance;
    let mut kills = 0;
    while !is_done.load(Ordering::SeqCst) {
        let wait = 20 + u64::from(u16::from_be_bytes(chance.bytes::<2>())) % 280;
        tokio::time::sleep(Duration::from_millis(wait)).await;
        if is_done.load(Ordering::SeqCst) {
            break;
        }
        // On PostgreSQL every third time it is not the shop that dies, but its way to the database.
        if wait % 3 == 0 && shop.cut_connections().await {
            continue;
        }
        shop.kill_and_restart().await;
        kills += 1;
    }
    kills
}

/// Everybody buys and pays while the shop keeps dying. Gives what they remember.
async fn riot(shop: &Arc<Shop>, gateway: &Gateway, checkouts: usize, seed: u64) -> (Vec<Attempt>, usize) {
    let is_done = Arc::new(AtomicBool::new(false));
    let killer = tokio::spawn(trouble(shop.clone(), is_done.clone(), seed));
    let left = Arc::new(AtomicUsize::new(checkouts));
    let mut crowd = Vec::new();
    for turn in 0..CROWD {
        let (shop, gateway, left) = (shop.url.clone(), gateway.url.clone(), left.clone());
        crowd.push(tokio::spawn(async move {
            let mut memories = Vec::new();
            while left.fetch_update(Ordering::SeqCst, Ordering::SeqCst, |n| n.checked_sub(1)).is_ok() {
                let customer =
                    Customer::new(&shop, &gateway, seed + memories.len() as u64 * 100 + turn as u64);
                memories.push(customer.buy(SKU).await);
            }
            memories
        }));
    }
    let mut memories = Vec::new();
    for person in crowd {
        memories.extend(person.await.unwrap());
    }
    is_done.store(true, Ordering::SeqCst);
    (memories, killer.await.unwrap())
}

/// Asks until the books have settled: every order that was paid at the gateway is paid here.
async fn settle(world: &World, attempts: &[Attempt]) {
    let paid: Vec<&str> = attempts.iter().filter(|one| one.is_charged).map(|one| one.session()).collect();
    for _ in 0..360 {
        let mut open = 0;
        let mut conn = world.database.read_latest().await.unwrap();
        for session in &paid {
            let row = on!(conn, payments::find_by_session("sandbox", session)).unwrap();
            open += usize::from(row.is_none_or(|row| row.status != "completed"));
        }
        if open == 0 {
            return;
        }
        drop(conn);
        tokio::time::sleep(Duration::from_millis(500)).await;
    }
    panic!("money that was taken at the gateway did not reach the books");
}

/// A seed of four digits, so that it is easily typed again.
fn chosen_seed() -> usize {
    let chance: &dyn Entropy = &SystemEntropy;
    usize::from(u16::from_be_bytes(chance.bytes::<2>())) % 10_000
}

async fn survive(backend: Backend) {
    let world = World::new(backend).await;
    world.with_demo().await;
    let usual = if processes::is_ci() { 300 } else { 30 };
    let checkouts = number("JISHI_CRASH_CHECKOUTS", usual);
    let seed = number("JISHI_CRASH_SEED", chosen_seed());
    println!("{backend:?}: {checkouts} checkouts, JISHI_CRASH_SEED={seed}");
    let units = i64::try_from(checkouts).unwrap() - 4;
    server::inventory::cli::set(&world.database, &world.platform, SKU, units, "counted").await.unwrap();
    let gateway = Gateway::start().await;
    let shop = Arc::new(Shop::start(&world.url, world.folder(), &gateway).await);
    let (attempts, kills) = riot(&shop, &gateway, checkouts, seed as u64).await;
    settle(&world, &attempts).await;
    let charged = attempts.iter().filter(|one| one.is_charged).count();
    let session_count = attempts.iter().filter(|one| one.pay_url.is_some()).count();
    println!(
        "{backend:?}: {checkouts} checkouts, {session_count} payments begun, {charged} paid, {kills} kills"
    );
    shop.stop().await;
    assert_no_unit_sold_twice(&world, units).await;
    assert_every_charge_is_booked(&world, &gateway, &attempts).await;
    assert_no_other_charge_is_booked(&world, charged).await;
    mails::assert_each_order_has_its_mails_once(&world, &gateway, &shop).await;
    let report = server::check::run(&world.database).await.unwrap();
    assert!(report.is_healthy(), "{report}");
    assert!(kills > 0 && charged > 0, "{kills} kills, {charged} charges: nothing was tried");
}

async fn assert_no_unit_sold_twice(world: &World, units: i64) {
    let mut conn = world.database.read_latest().await.unwrap();
    let level = on!(conn, inventory::list_levels_of_sku(SKU)).unwrap()[0].clone();
    assert_eq!(level.on_hand, units);
    assert!((0..=units).contains(&level.allocated), "{level:?}");
}

/// What the gateway took is what the books say, session by session.
async fn assert_every_charge_is_booked(world: &World, gateway: &Gateway, attempts: &[Attempt]) {
    let mut conn = world.database.read_latest().await.unwrap();
    for attempt in attempts.iter().filter(|attempt| attempt.pay_url.is_some()) {
        let theirs = gateway.session(attempt.session()).await;
        let row = on!(conn, payments::find_by_session("sandbox", attempt.session())).unwrap().unwrap();
        let order = on!(conn, orders::find(row.order_id)).unwrap().unwrap();
        assert_eq!(
            theirs["captured_minor"].as_i64().unwrap() > 0,
            row.status == "completed",
            "{theirs} {row:?}"
        );
        assert_eq!(order.charged_minor, theirs["captured_minor"].as_i64().unwrap(), "{theirs}");
        assert_eq!(order.refunded_minor, theirs["refunded_minor"].as_i64().unwrap(), "{theirs}");
        let stands = (order.status.as_str(), order.payment_status.as_str());
        assert!(
            order.charged_minor == 0 || stands == ("placed", "paid") || stands == ("cancelled", "refunded"),
            "{order:?}"
        );
    }
}

/// The books know of no money that the gateway did not take, and of none twice.
async fn assert_no_other_charge_is_booked(world: &World, charged: usize) {
    let mut conn = world.database.read_latest().await.unwrap();
    let sql = "SELECT COUNT(*) FROM payment_entry WHERE kind = 'charge'";
    let booked: i64 = match conn.handle() {
        Handle::Sqlite(c) => sqlx::query_scalar(sql).fetch_one(c).await.unwrap(),
        Handle::Postgres(c) => sqlx::query_scalar(sql).fetch_one(c).await.unwrap(),
    };
    assert_eq!(booked, i64::try_from(charged).unwrap());
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_shop_that_is_killed_again_and_again_loses_no_money_and_no_goods_on_sqlite() {
    survive(Backend::Sqlite).await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_shop_that_is_killed_again_and_again_loses_no_money_and_no_goods_on_postgresql() {
    survive(Backend::Postgres).await;
}
