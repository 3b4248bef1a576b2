//! The catalogue's pages: one file per route.

pub mod home;
pub mod product;

pub use home::HomePage;
pub use product::ProductPage;
