//! Every repo function and every service on SQLite and on PostgreSQL: the same calls, the same answers.
#![expect(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::indexing_slicing,
    reason = "a test that cannot go on must stop"
)]

#[macro_use]
#[path = "support/mod.rs"]
mod support;

#[path = "contract/backup.rs"]
mod backup;
#[path = "contract/buying.rs"]
mod buying;
#[path = "contract/cart.rs"]
mod cart;
#[path = "contract/catalog.rs"]
mod catalog;
#[path = "contract/delivery.rs"]
mod delivery;
#[path = "contract/discounts.rs"]
mod discounts;
#[path = "contract/jobs.rs"]
mod jobs;
#[path = "contract/large_import.rs"]
mod large_import;
#[path = "contract/letters.rs"]
mod letters;
#[path = "contract/orders.rs"]
mod orders;
#[path = "contract/payments.rs"]
mod payments;
#[path = "contract/races.rs"]
mod races;
#[path = "contract/schedule.rs"]
mod schedule;
#[path = "contract/schema.rs"]
mod schema;
#[path = "contract/search.rs"]
mod search;
#[path = "contract/sheet.rs"]
mod sheet;
#[path = "contract/shelves.rs"]
mod shelves;
#[path = "contract/stock.rs"]
mod stock;
#[path = "contract/storefront.rs"]
mod storefront;
