//! Every repo, compiled for PostgreSQL, and the few statements that truly differ.

#![expect(clippy::duplicate_mod, reason = "each repo is compiled once per database; that is the point of it")]

/// The driver.
pub type Db = sqlx::Postgres;
/// What every repo function takes first.
pub type Connection = <Db as sqlx::Database>::Connection;

pub mod dialect;

#[path = "../../cart/repo.rs"]
pub mod cart;
#[path = "../../catalog/repo.rs"]
pub mod catalog;
#[path = "../../checkout/repo.rs"]
pub mod checkout;
#[path = "../../delivery/repo.rs"]
pub mod delivery;
#[path = "../../discounts/repo.rs"]
pub mod discounts;
#[path = "../../inventory/repo.rs"]
pub mod inventory;
#[path = "../../jobs/repo.rs"]
pub mod jobs;
#[path = "../../orders/repo.rs"]
pub mod orders;
#[path = "../../payments/repo.rs"]
pub mod payments;
#[path = "../../search/repo.rs"]
pub mod search;
#[path = "../../catalog/shelves/repo.rs"]
pub mod shelves;
#[path = "../../catalog/storefront/repo.rs"]
pub mod storefront;
#[path = "../../payments/tasks_repo.rs"]
pub mod tasks;
