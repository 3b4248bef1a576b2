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
use app::Services;
use std::sync::Arc;

/// Every port with its service.
#[must_use]
pub fn wire(database: &Database, platform: &Platform) -> Services {
    let parts = || (database.clone(), platform.clone());
    let (db, pf) = parts();
    let catalog = Arc::new(CatalogService { database: db, platform: pf });
    let (db, pf) = parts();
    let carts = Arc::new(CartService { database: db, platform: pf });
    let (db, pf) = parts();
    let checkout = Arc::new(CheckoutService { database: db, platform: pf });
    let links = Arc::new(OrderLinks::new(database.clone(), platform.clone()));
    let orders = Arc::new(OrderService { database: database.clone(), links });
    Services { catalog, carts, checkout, orders }
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
