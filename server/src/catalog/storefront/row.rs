//! Rows of the shop window.

use crate::catalog::card::CardRow;
use crate::catalog::row::ProductDoc;
use app::kernel::Localized;
use sqlx::types::Json;
use std::collections::BTreeMap;
use time::Date;
use uuid::Uuid;

/// A product beside another one.
#[derive(Debug, Clone, sqlx::FromRow)]
pub struct NeighbourRow {
    /// `similar` or `match`.
    pub kind: String,
    /// The neighbour.
    #[sqlx(flatten)]
    pub card: CardRow,
}

/// A product's key with its texts and pictures.
#[derive(Debug, Clone, sqlx::FromRow)]
pub struct ContentRow {
    /// URL key.
    pub slug: String,
    /// Texts and media.
    pub content: Json<ProductDoc>,
}

/// What makes products neighbours.
#[derive(Debug, Clone, sqlx::FromRow)]
pub struct TraitRow {
    /// The product.
    pub id: Uuid,
    /// URL key.
    pub slug: String,
    /// Its category.
    pub category_id: Uuid,
    /// The category above it.
    pub parent_id: Option<Uuid>,
    /// Texts and media, of which the tags count.
    pub content: Json<ProductDoc>,
    /// Its lowest price in fen.
    pub price: Option<i64>,
}

/// An article with the product it belongs to.
#[derive(Debug, Clone, sqlx::FromRow)]
pub struct SkuRow {
    /// Stock keeping unit.
    pub sku: String,
    /// The product.
    pub product_id: Uuid,
    /// The product's key.
    pub slug: String,
}

/// An article of the product feed.
#[derive(Debug, Clone, sqlx::FromRow)]
pub struct FeedRow {
    /// URL key of the product.
    pub slug: String,
    /// Texts and media of the product.
    pub content: Json<ProductDoc>,
    /// Name of its category.
    pub category: Json<Localized>,
    /// Stock keeping unit.
    pub sku: String,
    /// Option key → value key.
    pub options: Json<BTreeMap<String, String>>,
    /// Names of blobs, the one to show first.
    pub pictures: Json<Vec<String>>,
    /// EAN-13.
    pub barcode: Option<String>,
    /// Grams.
    pub weight_g: i64,
    /// Minor units.
    pub amount_minor: i64,
    /// Minor units.
    pub compare_at_minor: Option<i64>,
    /// Units on hand that nobody was promised.
    pub available: i64,
}

/// What a product's row holds.
#[derive(Debug, Clone, sqlx::FromRow)]
pub struct DocumentRow {
    /// Texts and media.
    pub content: Json<ProductDoc>,
    /// `standard` or `reduced`.
    pub tax_class: String,
    /// Days a fresh unit keeps.
    pub shelf_life_days: Option<i64>,
    /// First day on sale.
    pub launch_date: Date,
}

/// An article with everything of its product.
#[derive(Debug, Clone, sqlx::FromRow)]
#[expect(missing_docs, reason = "the names are those of the columns; prices are minor units")]
pub struct ExportRow {
    pub slug: String,
    pub content: Json<ProductDoc>,
    pub tax_class: String,
    pub shelf_life_days: Option<i64>,
    pub launch_date: Date,
    pub published_at: Option<i64>,
    pub category: String,
    pub sku: String,
    pub options: Json<BTreeMap<String, String>>,
    pub pictures: Json<Vec<String>>,
    pub barcode: Option<String>,
    pub weight_g: i64,
    pub length_mm: i64,
    pub width_mm: i64,
    pub height_mm: i64,
    pub cny_price: Option<i64>,
    pub cny_former: Option<i64>,
    pub cny_cost: Option<i64>,
    pub usd_price: Option<i64>,
    pub usd_former: Option<i64>,
    pub usd_cost: Option<i64>,
    pub available: i64,
}
