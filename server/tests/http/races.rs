//! Real parallelism through the router, on both databases: what every buyer is told, and what the rows say.

use crate::cart::FORM;
use crate::shop::{Answer, BASE, Browser, Shop};
use crate::support::World;
use http::StatusCode;
use server::db::Handle;
use server::http::rate::RateLimit;
use server::on;
use std::collections::BTreeSet;

const SKU: &str = "JS-TK01-TENMOK";
const PLACE: &str = "/api/checkout/place";
const JSON: &str = "application/json";

async fn open(world: World) -> Shop {
    Shop::in_world(world, BASE, |state| state.with_rates(RateLimit::Off)).await
}

async fn set_stock(shop: &Shop, units: i64) {
    let world = &shop.world;
    server::inventory::cli::set(&world.database, &world.platform, SKU, units, "counted").await.unwrap();
}

/// So many browsers with one unit each in their cart, while there is enough for all; then `units` are left and all buy.
async fn sale(shop: &Shop, buyers: usize, units: i64) -> Vec<Answer> {
    set_stock(shop, 1000).await;
    let mut browsers = Vec::new();
    for _ in 0..buyers {
        browsers.push(Browser::with(shop, &format!("{SKU}:1")).await);
    }
    set_stock(shop, units).await;
    let begun = browsers.iter().map(|browser| browser.begin(PLACE, JSON, FORM.to_owned()));
    finish(begun.collect()).await
}

async fn finish(begun: Vec<tokio::task::JoinHandle<Answer>>) -> Vec<Answer> {
    futures::future::join_all(begun).await.into_iter().map(Result::unwrap).collect()
}

/// The orders of those who got one. Everybody else must have been told that the article is sold out.
fn orders_of(answers: &[Answer]) -> BTreeSet<String> {
    let mut orders = BTreeSet::new();
    for answer in answers {
        let json = answer.json();
        if answer.status == StatusCode::OK {
            assert!(orders.insert(json["order"].as_str().unwrap().to_owned()), "{json}");
        } else {
            assert_eq!(answer.status, StatusCode::CONFLICT, "{json}");
            assert_eq!((&json["error"], &json["detail"]), (&"conflict".into(), &"sold_out".into()), "{json}");
            assert_eq!(
                (&json["problems"][0]["sku"], &json["problems"][0]["code"]),
                (&SKU.into(), &"sold_out".into())
            );
        }
    }
    orders
}

async fn number(shop: &Shop, sql: &'static str) -> i64 {
    let mut conn = shop.world.database.read_latest().await.unwrap();
    match conn.handle() {
        Handle::Sqlite(conn) => sqlx::query_scalar(sql).fetch_one(conn).await.unwrap(),
        Handle::Postgres(conn) => sqlx::query_scalar(sql).fetch_one(conn).await.unwrap(),
    }
}

/// `sold` of `units` are sold, one to each order, and the books agree everywhere.
async fn assert_rows(shop: &Shop, units: i64, sold: i64) {
    let mut conn = shop.world.database.read_latest().await.unwrap();
    let level = on!(conn, inventory::list_levels_of_sku(SKU)).unwrap().remove(0);
    assert_eq!((level.on_hand, level.allocated), (units, sold));
    drop(conn);
    for (what, sql) in [
        ("orders", "SELECT COUNT(*) FROM orders WHERE status = 'placed'"),
        ("orders of any kind", "SELECT COUNT(*) FROM orders"),
        ("lines", "SELECT COUNT(*) FROM order_line WHERE quantity = 1"),
        ("lines of any kind", "SELECT COUNT(*) FROM order_line"),
        ("payments to come", "SELECT COUNT(*) FROM payment_intent"),
        ("tries to pay", "SELECT COUNT(*) FROM payment_attempt"),
        ("numbers", "SELECT COUNT(DISTINCT number) FROM orders"),
        ("entries in the ledger", "SELECT COUNT(*) FROM stock_movement WHERE kind = 'allocated'"),
        ("carts that became orders", "SELECT COUNT(*) FROM cart WHERE status = 'completed'"),
        ("events", "SELECT COUNT(*) FROM outbox WHERE topic = 'order.placed'"),
    ] {
        assert_eq!(number(shop, sql).await, sold, "{what}");
    }
    let wrong = "SELECT COUNT(*) FROM stock_level WHERE on_hand < 0 OR allocated < 0 OR allocated > on_hand";
    assert_eq!(number(shop, wrong).await, 0);
    let report = server::check::run(&shop.world.database).await.unwrap();
    assert!(report.is_healthy(), "{report}");
}

/// Carts that still hold what their owners could not have.
async fn left(shop: &Shop) -> i64 {
    let sql = "SELECT COUNT(*) FROM cart_line JOIN cart ON cart.id = cart_line.cart_id WHERE cart.status = 'active'";
    number(shop, sql).await
}

on_both! {
    async fn the_last_unit_is_one_order_and_forty_nine_refusals_that_say_why(world) {
        let shop = open(world).await;
        let answers = sale(&shop, 50, 1).await;
        assert_eq!(orders_of(&answers).len(), 1);
        assert_rows(&shop, 1, 1).await;
        assert_eq!(left(&shop).await, 49, "nobody's cart is lost");
    }

    async fn ten_units_are_ten_orders_of_fifty_who_want_them(world) {
        let shop = open(world).await;
        let answers = sale(&shop, 50, 10).await;
        assert_eq!(orders_of(&answers).len(), 10);
        assert_rows(&shop, 10, 10).await;
        assert_eq!(left(&shop).await, 40, "nobody's cart is lost");
    }

    async fn pressing_twice_at_once_is_one_order_that_both_are_led_to(world) {
        let shop = open(world).await;
        set_stock(&shop, 10).await;
        let browser = Browser::with(&shop, &format!("{SKU}:1")).await;
        let begun = (0..2).map(|_| browser.begin(PLACE, "text/html", FORM.to_owned())).collect();
        let ways = finish(begun).await.iter().map(|answer| {
            assert_eq!(answer.status, StatusCode::SEE_OTHER, "{}", answer.text());
            answer.header("location").to_owned()
        }).collect::<BTreeSet<_>>();
        assert_eq!(ways.len(), 1, "{ways:?}");
        let order = ways.first().unwrap();
        assert!(order.starts_with("/en/orders/"), "{order}");
        assert_eq!(browser.open(order).await.status, StatusCode::OK);
        assert_rows(&shop, 10, 1).await;
    }

    async fn twenty_parallel_orders_of_one_cart_are_one_that_everybody_gets(world) {
        let shop = open(world).await;
        set_stock(&shop, 10).await;
        let browser = Browser::with(&shop, &format!("{SKU}:1")).await;
        let begun = (0..20).map(|_| browser.begin(PLACE, JSON, FORM.to_owned())).collect();
        let orders = finish(begun).await.iter().map(|answer| {
            assert_eq!(answer.status, StatusCode::OK, "{}", answer.text());
            answer.json()["order"].as_str().unwrap().to_owned()
        }).collect::<BTreeSet<_>>();
        assert_eq!(orders.len(), 1, "{orders:?}");
        assert_rows(&shop, 10, 1).await;
        assert_eq!(left(&shop).await, 0);
    }
}
