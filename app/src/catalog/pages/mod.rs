//! The catalogue's pages: one file per route.

pub mod category;
pub mod home;
pub mod product;
pub mod search;

pub use category::CategoryPage;
pub use home::HomePage;
pub use product::ProductPage;
pub use search::SearchPage;
