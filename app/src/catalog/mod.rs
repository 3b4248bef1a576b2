//! The catalogue: products with their options and variants, categories, media, prices; browsing.
//!
//! Vocabulary: a *product* is what a page shows; a *variant* is what is sold, stocked and has an SKU;
//! *options* (colour, size) tell the variants of a product apart.

pub mod islands;
pub mod model;
pub mod pages;
pub mod port;
pub mod schema;
pub mod view;
