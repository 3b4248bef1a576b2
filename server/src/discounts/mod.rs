//! What is taken off a cart, and what was taken off an order: the room for promotions.
//!
//! A discount is a row with a currency, an amount and perhaps an end, granted by an *origin* (a promotion's engine, a desk
//! that makes amends …) through [`service::Discounts`]. The checkout reads the rows in its recalculation, takes off what
//! there is to take off, and writes what it came to with the order. Whoever grants never writes to an order.

pub mod apply;
pub mod row;
pub mod service;
