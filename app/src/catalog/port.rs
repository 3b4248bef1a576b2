//! What pages ask of the catalogue.

use super::model::{
    CategoryLink, CategoryPage, HomePage, ProductCard, ProductId, ProductPage, SitemapEntry, View,
};
use crate::error::AppError;
use crate::kernel::Slug;
use async_trait::async_trait;

/// Reading the published catalogue.
#[async_trait]
pub trait Catalog: Send + Sync {
    /// The tree of categories for menus.
    async fn categories(&self, view: View) -> Result<Vec<CategoryLink>, AppError>;
    /// The home page.
    async fn home(&self, view: View) -> Result<HomePage, AppError>;
    /// A category without its products, which the search lists. [`AppError::NotFound`] for an unknown one.
    async fn category(&self, view: View, slug: &Slug) -> Result<CategoryPage, AppError>;
    /// Cards of products in the given order; those that are not sold (any more) are left out.
    async fn cards(&self, view: View, products: &[ProductId]) -> Result<Vec<ProductCard>, AppError>;
    /// A product. [`AppError::NotFound`] unless it is published.
    async fn product(&self, view: View, slug: &Slug) -> Result<ProductPage, AppError>;
    /// Every public page for the sitemap.
    async fn sitemap(&self) -> Result<Vec<SitemapEntry>, AppError>;
}
