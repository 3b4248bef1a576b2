//! The checkout: one page, one form, from a cart to a placed order.
//!
//! What was typed is kept with the cart (the *draft*), so nothing is lost on a wrong field, a reload or a closed tab.

pub mod address;
pub mod api;
pub mod discount;
pub mod draft;
pub mod early;
pub mod form;
pub mod islands;
pub mod model;
pub mod pages;
pub mod port;
pub mod view;
pub mod wishes;
