//! How many SQL statements it takes to place an order, for both ways to pay, and to change a cart of any size: budgets, on
//! both databases.
//! A program of its own, since it listens to everything that the database driver does.
#![expect(clippy::unwrap_used, clippy::expect_used, reason = "a test that cannot go on must stop")]

#[expect(unused_macros, reason = "one test walks through both databases")]
#[path = "support/mod.rs"]
mod support;

use app::cart::bulk::{BulkItem, MAX_ITEMS, parse_items};
use app::cart::model::{AddToCart, UpdateLine};
use app::checkout::model::CheckoutForm;
use server::boot::services::{wire, wire_with};
use std::sync::atomic::{AtomicUsize, Ordering};
use support::fake::Fake;
use support::{Backend, World, ZH};
use tracing::field::{Field, Visit};
use tracing::{Event, Level, Metadata, Subscriber, span};

/// No order takes more.
const BUDGET: usize = 15;

static STATEMENTS: AtomicUsize = AtomicUsize::new(0);

/// Counts the lines that the driver writes for each statement.
struct Count;

impl Subscriber for Count {
    fn enabled(&self, metadata: &Metadata<'_>) -> bool {
        metadata.target() == "sqlx::query" && *metadata.level() <= Level::DEBUG
    }

    fn new_span(&self, _: &span::Attributes<'_>) -> span::Id {
        span::Id::from_u64(1)
    }

    fn record(&self, _: &span::Id, _: &span::Record<'_>) {}

    fn record_follows_from(&self, _: &span::Id, _: &span::Id) {}

    fn event(&self, event: &Event<'_>) {
        event.record(&mut Statement);
    }

    fn enter(&self, _: &span::Id) {}

    fn exit(&self, _: &span::Id) {}
}

/// Reads what the statement is. The brackets of a transaction are told by one driver only, and are not counted.
struct Statement;

impl Visit for Statement {
    fn record_debug(&mut self, field: &Field, value: &dyn std::fmt::Debug) {
        let text = format!("{value:?}");
        let is_bracket = ["BEGIN", "COMMIT", "ROLLBACK"].iter().any(|word| text.contains(word));
        if field.name() == "summary" && !is_bracket {
            STATEMENTS.fetch_add(1, Ordering::SeqCst);
        }
    }
}

/// Statements for one order of three articles.
async fn count(world: &World, method: &str) -> usize {
    let services = wire_with(
        &world.database,
        &world.platform,
        &Fake::default().providers(),
        std::sync::Arc::new(server::boot::services::search(&world.database, &world.platform)),
    );
    let guest = world.guest();
    for sku in ["JS-TK01-CELADO", "JS-TK01-TENMOK", "JS-PA48-WHEAT"] {
        services.carts.add(&guest, ZH, &AddToCart::parse(sku, "1").unwrap()).await.unwrap();
    }
    let form = CheckoutForm {
        name: "李雷".into(),
        phone: "13800138000".into(),
        email: "li@example.com".into(),
        country: "CN".into(),
        region: "浙江省".into(),
        city: "杭州市".into(),
        district: "西湖区".into(),
        line1: "龙井路 1 号".into(),
        payment_method: method.into(),
        ..CheckoutForm::default()
    };
    let before = STATEMENTS.load(Ordering::SeqCst);
    services.checkout.place(&guest, ZH, &form.parse().unwrap()).await.unwrap();
    STATEMENTS.load(Ordering::SeqCst) - before
}

/// Every article of the demo catalogue that can be bought, one unit each, as lists.
fn lists() -> Vec<Vec<BulkItem>> {
    let file = concat!(env!("CARGO_MANIFEST_DIR"), "/../demo/catalog.json");
    let text = std::fs::read_to_string(file).unwrap();
    let skus: Vec<&str> = text.split("\"sku\"").skip(1).filter_map(|rest| rest.split('"').nth(1)).collect();
    skus.chunks(MAX_ITEMS).map(|list| parse_items(&list.join(","))).collect()
}

/// Statements for another number of units on a line, and for adding a list.
async fn count_update(world: &World, lists: &[Vec<BulkItem>]) -> (usize, usize, usize) {
    let carts = wire(&world.database, &world.platform).carts;
    let guest = world.guest();
    carts.add(&guest, ZH, &AddToCart::parse("JS-TK01-CELADO", "1").unwrap()).await.unwrap();
    let mut lists_took = 0;
    for list in lists {
        let before = STATEMENTS.load(Ordering::SeqCst);
        carts.add_many(&guest, ZH, list).await.unwrap();
        lists_took = STATEMENTS.load(Ordering::SeqCst) - before;
    }
    let update = UpdateLine::parse("JS-TK01-CELADO", "3").unwrap();
    let before = STATEMENTS.load(Ordering::SeqCst);
    let cart = carts.update(&guest, ZH, &update).await.unwrap();
    (cart.lines.len(), STATEMENTS.load(Ordering::SeqCst) - before, lists_took)
}

/// In the same test, since the counter is one for the whole program.
async fn check_cart(world: &World) {
    let (small, for_small, _) = count_update(world, &[]).await;
    let (large, for_large, for_list) = count_update(world, &lists()).await;
    assert!(small == 1 && large > 80, "{small} and {large} lines");
    assert_eq!(for_small, for_large, "a larger cart takes no more statements");
    assert!(for_large <= 6 && for_list <= 6, "{for_large} for a line, {for_list} for a list");
    println!("{for_large} statements for a line of {large}, {for_list} for a list");
}

#[tokio::test]
async fn placing_an_order_stays_within_fifteen_statements() {
    tracing::subscriber::set_global_default(Count).unwrap();
    for backend in [Backend::Sqlite, Backend::Postgres] {
        let world = World::new(backend).await;
        world.with_demo().await;
        check_cart(&world).await;
        for method in ["cash_on_delivery", "sandbox"] {
            let statements = count(&world, method).await;
            assert!((8..=BUDGET).contains(&statements), "{statements} statements, {method} on {backend:?}");
            println!("{statements} statements, {method} on {backend:?}");
        }
    }
}
