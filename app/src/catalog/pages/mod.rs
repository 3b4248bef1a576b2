//! The catalogue's pages: one file per route.

pub mod categories;
pub mod collection;
pub mod home;
pub mod product;
pub mod seen;

pub use categories::CategoriesPage;
pub use collection::CollectionPage;
pub use home::HomePage;
pub use product::ProductPage;
pub use seen::SeenPage;
