//! Wires every slice's service to its port, and collects the slices' job handlers.

use crate::cart::service::CartService;
use crate::catalog::service::CatalogService;
use crate::catalog::storefront::jobs::{CountSales, FindNeighbours};
use crate::checkout::service::CheckoutService;
use crate::db::Database;
use crate::jobs::Handler;
use crate::orders::access::OrderLinks;
use crate::orders::jobs::ConfirmationMail;
use crate::orders::service::OrderService;
use crate::platform::Platform;
use crate::search::service::SearchService;
use app::Services;
use std::sync::Arc;

/// The search, which the running shop also keeps up to date.
#[must_use]
pub fn search(database: &Database, platform: &Platform) -> SearchService {
    let catalog = Arc::new(CatalogService { database: database.clone(), platform: platform.clone() });
    SearchService::new(database.clone(), platform.clone(), catalog)
}

/// Every port with its service.
#[must_use]
pub fn wire(database: &Database, platform: &Platform) -> Services {
    wire_with(database, platform, Arc::new(search(database, platform)))
}

/// Every port with its service, and a search that is kept up to date elsewhere.
#[must_use]
pub fn wire_with(database: &Database, platform: &Platform, search: Arc<SearchService>) -> Services {
    let parts = || (database.clone(), platform.clone());
    let (db, pf) = parts();
    let catalog = Arc::new(CatalogService { database: db, platform: pf });
    let (db, pf) = parts();
    let carts = Arc::new(CartService { database: db, platform: pf });
    let (db, pf) = parts();
    let checkout = Arc::new(CheckoutService { database: db, platform: pf });
    let links = Arc::new(OrderLinks::new(database.clone(), platform.clone()));
    let orders = Arc::new(OrderService { database: database.clone(), links });
    Services { catalog, carts, checkout, orders, search }
}

/// Every handler that the worker runs.
#[must_use]
pub fn handlers(database: &Database, platform: &Platform, base_url: &str) -> Vec<Arc<dyn Handler>> {
    let links = Arc::new(OrderLinks::new(database.clone(), platform.clone()));
    vec![
        Arc::new(ConfirmationMail {
            database: database.clone(),
            platform: platform.clone(),
            links,
            base_url: base_url.to_owned(),
        }),
        Arc::new(CountSales { database: database.clone() }),
        Arc::new(FindNeighbours { database: database.clone(), platform: platform.clone() }),
    ]
}
