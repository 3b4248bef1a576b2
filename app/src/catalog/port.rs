//! What pages ask of the catalogue.

use super::model::{
    CategoryLink, CategoryPage, CollectionLink, CollectionPage, FeedItem, HomePage, PageKind, ProductCard,
    ProductId, ProductPage, SitemapEntry, SitemapPart, View,
};
use crate::error::AppError;
use crate::kernel::{PageNumber, Slug};
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
    /// A part of the public pages for the sitemap.
    async fn sitemap(&self, part: SitemapPart) -> Result<Vec<SitemapEntry>, AppError>;
    /// Where a sitemap of several files is cut: the product before the first one of each file.
    async fn sitemap_cuts(&self, per_file: usize) -> Result<Vec<String>, AppError>;
    /// Every collection.
    async fn collections(&self, view: View) -> Result<Vec<CollectionLink>, AppError>;
    /// A collection with a page of what its rule picks. [`AppError::NotFound`] as for categories.
    async fn collection(&self, view: View, slug: &Slug, page: PageNumber)
    -> Result<CollectionPage, AppError>;
    /// The present key of what had this one before.
    async fn moved(&self, kind: PageKind, slug: &Slug) -> Result<Option<String>, AppError>;
    /// Cards of products by their keys, a dozen at most; unknown ones are left out.
    async fn seen(&self, view: View, slugs: &[Slug]) -> Result<Vec<ProductCard>, AppError>;
    /// A part of the product feed, behind the product `after`; empty at the end.
    async fn feed(&self, view: View, after: &str) -> Result<Vec<FeedItem>, AppError>;
}
