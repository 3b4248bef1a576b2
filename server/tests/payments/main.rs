//! Paying, through HTTP: a shop on a socket, the sandbox gateway on another one, both databases.
//! Answers and rows are looked at.
#![expect(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::indexing_slicing,
    clippy::panic,
    reason = "a test that cannot go on must stop"
)]

#[macro_use]
#[path = "../support/mod.rs"]
mod support;

mod ending;
mod golden;
mod market;
mod paying;
mod placing;
mod webhooks;
