//! How many SQL statements it takes to place an order, for both ways to pay, and to change a cart of any size: budgets, on
//! both databases.
//! A program of its own, since it listens to everything that the database driver does.
#![expect(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::indexing_slicing,
    reason = "a test that cannot go on must stop"
)]

#[expect(unused_macros, reason = "one test walks through both databases")]
#[path = "support/mod.rs"]
mod support;

use app::cart::bulk::{BulkItem, MAX_ITEMS, parse_items};
use app::cart::model::{AddToCart, MAX_LINES, UpdateLine};
use app::checkout::model::CheckoutForm;
use app::kernel::{GuestToken, Localized, Money, Sku};
use server::boot::services::{wire, wire_with};
use server::discounts::service::{Discounts, Grant};
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

/// Two discounts: off the whole cart, and off one line.
async fn grant(world: &World, guest: &GuestToken) {
    let discounts = Discounts { database: world.database.clone(), platform: world.platform.clone() };
    let whole = Grant {
        code: "whole".into(),
        label: Localized { zh: "立减".into(), en: "Off".into() },
        amount: Money::new(1_000, ZH.currency),
        sku: None,
        ends_at: None,
    };
    let line = Grant { sku: Sku::parse("JS-PA48-WHEAT"), ..whole.clone() };
    discounts.set(guest, "test", &[whole, line]).await.unwrap();
}

/// Statements for one order of three articles, perhaps with discounts.
async fn count(world: &World, method: &str, is_discounted: bool) -> usize {
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
    if is_discounted {
        grant(world, &guest).await;
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

/// The articles as lists, one unit each, so many that they fill a cart.
fn lists(skus: &[String]) -> Vec<Vec<BulkItem>> {
    let most = &skus[..MAX_LINES.min(skus.len())];
    most.chunks(MAX_ITEMS).map(|list| parse_items(&list.join(","))).collect()
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
async fn check_cart(world: &World, skus: &[String]) {
    let (small, for_small, _) = count_update(world, &lists(&skus[..4])).await;
    let (large, for_large, for_list) = count_update(world, &lists(skus)).await;
    assert!((4..=5).contains(&small) && large == MAX_LINES, "{small} and {large} lines");
    assert_eq!(for_small, for_large, "a larger cart takes no more statements");
    assert!(for_large <= 6 && for_list <= 6, "{for_large} for a line, {for_list} for a list");
    println!("{for_large} statements for a line of {large}, {for_list} for a list");
}

#[tokio::test]
async fn placing_an_order_stays_within_fifteen_statements() {
    tracing::subscriber::set_global_default(Count).unwrap();
    for backend in [Backend::Sqlite, Backend::Postgres] {
        let world = World::new(backend).await;
        let skus = world.with_copies(4).await;
        check_cart(&world, &skus).await;
        for (method, is_discounted) in
            [("cash_on_delivery", false), ("sandbox", false), ("cash_on_delivery", true), ("sandbox", true)]
        {
            let statements = count(&world, method, is_discounted).await;
            let what = format!("{method} on {backend:?}, discounts: {is_discounted}");
            assert!((8..=BUDGET).contains(&statements), "{statements} statements, {what}");
            println!("{statements} statements, {what}");
        }
    }
}
