//! The cart of a guest: what somebody means to buy. Nothing is promised yet: prices and stock are looked up
//! whenever it is shown, and again when the order is placed.

pub mod api;
pub mod bulk;
pub mod client;
pub mod drawer;
pub mod islands;
pub mod model;
pub mod pages;
pub mod port;
pub mod view;
