//! The server through its router, without a socket: guards, errors, headers, files, health.
//! What the pages show is the business of the slices' own tests and of the browser journeys.
#![expect(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::indexing_slicing,
    reason = "a test that cannot go on must stop"
)]

#[macro_use]
#[path = "../support/mod.rs"]
mod support;

mod buying;
mod cart;
mod contents;
mod discounts;
mod errors;
mod files;
mod forms;
mod fuzz;
mod guards;
mod kept;
mod overload;
mod pages;
mod promises;
mod races;
mod routes;
mod search;
mod shop;
mod storefront;
mod structured;
mod sweep;
mod watch;
