//! Placed orders behind their port, and what follows from them.

pub mod access;
pub mod jobs;
pub mod mail;
pub mod row;
pub mod service;

/// Topic of the event after an order was placed.
pub const ORDER_PLACED: &str = "order.placed";
/// Topic of the event after an order was paid.
pub const ORDER_PAID: &str = "order.paid";
/// Name of the sequence of order numbers.
pub const NUMBERS: &str = "order";
