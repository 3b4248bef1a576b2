//! Placed orders behind their port, and what follows from them.

pub mod access;
pub mod jobs;
pub mod mail;
pub mod row;
pub mod service;
pub mod standing;
pub mod statuses;

/// Topic of the event after an order was placed.
pub const ORDER_PLACED: &str = "order.placed";
/// Topic of the event after an order was paid.
pub const ORDER_PAID: &str = "order.paid";
/// Topic of the event after an order was called off, by the shopper or because it was not paid in time.
pub const ORDER_CANCELLED: &str = "order.cancelled";
/// Name of the sequence of order numbers.
pub const NUMBERS: &str = "order";
