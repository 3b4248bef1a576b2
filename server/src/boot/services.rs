//! Wires every slice's service to its port, and collects the slices' job handlers.

use crate::cart::service::CartService;
use crate::catalog::service::CatalogService;
use crate::catalog::storefront::jobs::{CountSales, FindNeighbours};
use crate::checkout::service::CheckoutService;
use crate::db::Database;
use crate::jobs::Handler;
use crate::jobs::rounds::Round;
use crate::orders::access::OrderLinks;
use crate::orders::jobs::OrderMail;
use crate::orders::mail::LetterKind;
use crate::orders::service::OrderService;
use crate::payments::provider::{DEFAULT_HOLD, Providers};
use crate::payments::refund::RefundJob;
use crate::payments::rounds::PaymentRound;
use crate::payments::service::PaymentService;
use crate::platform::Platform;
use crate::search::service::SearchService;
use app::Services;
use app::orders::model::Seller;
use std::sync::Arc;

/// The search, which the running shop also keeps up to date.
#[must_use]
pub fn search(database: &Database, platform: &Platform) -> SearchService {
    let catalog = Arc::new(CatalogService::new(database, platform));
    SearchService::new(database.clone(), platform.clone(), catalog)
}

/// Every port with its service, for a shop that is only paid at the door.
#[must_use]
pub fn wire(database: &Database, platform: &Platform) -> Services {
    wire_with(database, platform, &Providers::cash_only(), Arc::new(search(database, platform)))
}

/// Every port with its service, and a search that is kept up to date elsewhere.
#[must_use]
pub fn wire_with(
    database: &Database,
    platform: &Platform,
    providers: &Providers,
    search: Arc<SearchService>,
) -> Services {
    wire_as(database, platform, providers, search, Seller::default())
}

/// Every port with its service, for a seller whose name is on invoices.
#[must_use]
pub fn wire_as(
    database: &Database,
    platform: &Platform,
    providers: &Providers,
    search: Arc<SearchService>,
    seller: Seller,
) -> Services {
    let parts = || (database.clone(), platform.clone());
    let payments = payments(database, platform, providers);
    let catalog = Arc::new(CatalogService::new(database, platform));
    let (db, pf) = parts();
    let carts = Arc::new(CartService { database: db, platform: pf });
    let (db, pf) = parts();
    let checkout = Arc::new(CheckoutService { database: db, platform: pf, payments: payments.clone() });
    let (db, pf) = parts();
    let (links, methods) = (payments.links.clone(), providers.methods());
    let orders = Arc::new(OrderService { database: db, platform: pf, links, methods, seller });
    Services { catalog, carts, checkout, orders, payments: Arc::new(payments), search }
}

fn payments(database: &Database, platform: &Platform, providers: &Providers) -> PaymentService {
    PaymentService {
        database: database.clone(),
        platform: platform.clone(),
        providers: providers.clone(),
        links: Arc::new(OrderLinks::new(database.clone(), platform.clone())),
    }
}

/// Every handler that the worker runs, for a shop that is only paid at the door.
#[must_use]
pub fn handlers(database: &Database, platform: &Platform, base_url: &str) -> Vec<Arc<dyn Handler>> {
    handlers_with(database, platform, &Providers::new(base_url, DEFAULT_HOLD, Vec::new()))
}

/// Every handler that the worker runs.
#[must_use]
pub fn handlers_with(
    database: &Database,
    platform: &Platform,
    providers: &Providers,
) -> Vec<Arc<dyn Handler>> {
    let links = Arc::new(OrderLinks::new(database.clone(), platform.clone()));
    let mut handlers: Vec<Arc<dyn Handler>> = Vec::new();
    for kind in LetterKind::ALL {
        handlers.push(Arc::new(OrderMail {
            kind,
            database: database.clone(),
            platform: platform.clone(),
            links: links.clone(),
            base_url: providers.base_url.to_string(),
        }));
    }
    handlers.push(Arc::new(RefundJob {
        database: database.clone(),
        platform: platform.clone(),
        providers: providers.clone(),
    }));
    handlers.push(Arc::new(CountSales { database: database.clone() }));
    handlers.push(Arc::new(FindNeighbours { database: database.clone(), platform: platform.clone() }));
    handlers
}

/// What is done from time to time.
#[must_use]
pub fn rounds(database: &Database, platform: &Platform, providers: &Providers) -> Vec<Arc<dyn Round>> {
    vec![Arc::new(PaymentRound(payments(database, platform, providers)))]
}
