//! Payments: how an order is paid, and what providers tell about it.

pub mod api;
pub mod form;
pub mod model;
pub mod port;
