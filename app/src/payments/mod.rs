//! Payments: how an order is paid and what has been received for it.

pub mod model;
