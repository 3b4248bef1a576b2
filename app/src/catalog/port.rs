//! What pages ask of the catalogue.

use super::model::{
    CategoryLink, CategoryPage, HomePage, Listing, ProductPage, SearchPage, SearchQuery, SitemapEntry, View,
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
    /// A category with a page of its products. [`AppError::NotFound`] for an unknown one or a page behind the end.
    async fn category(&self, view: View, slug: &Slug, listing: Listing) -> Result<CategoryPage, AppError>;
    /// A product. [`AppError::NotFound`] unless it is published.
    async fn product(&self, view: View, slug: &Slug) -> Result<ProductPage, AppError>;
    /// Products that match every word. An empty query finds nothing.
    async fn search(&self, view: View, query: &SearchQuery, listing: Listing)
    -> Result<SearchPage, AppError>;
    /// Every public page for the sitemap.
    async fn sitemap(&self) -> Result<Vec<SitemapEntry>, AppError>;
}
