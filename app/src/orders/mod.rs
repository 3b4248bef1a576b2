//! Placed orders: what was bought, how it stands, what happened.

pub mod model;
pub mod pages;
pub mod port;
pub mod status;
pub mod view;
