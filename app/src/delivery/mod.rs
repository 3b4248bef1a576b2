//! How a parcel travels and when it arrives: what is told on a product's page, offered at the checkout, and remembered
//! by an order.

pub mod arrival;
pub mod model;
