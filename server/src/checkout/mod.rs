//! The checkout behind its port: from a cart to a placed order.

pub mod place;
pub mod row;
pub mod service;
mod snapshot;
pub mod sums;
pub mod totals;
