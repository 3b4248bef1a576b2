//! Rows of the catalogue and the documents inside of them.

use super::import_file::Publication;
use app::kernel::Localized;
use serde::{Deserialize, Serialize};
use sqlx::types::Json;
use std::collections::BTreeMap;
use time::Date;
use uuid::Uuid;

/// A category.
#[derive(Debug, Clone, sqlx::FromRow)]
pub struct CategoryRow {
    /// Its id.
    pub id: Uuid,
    /// URL key.
    pub slug: String,
    /// The parent's id.
    pub parent_id: Option<Uuid>,
    /// Name in every language.
    pub name: Json<Localized>,
    /// Wide picture.
    pub banner: Option<Json<MediaDoc>>,
}

/// A picture or video as stored inside of other rows.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct MediaDoc {
    /// Name of the blob.
    pub file: String,
    /// True for a video.
    pub is_video: bool,
    /// Text alternative.
    pub alt: Localized,
    /// Pixels.
    pub width: u32,
    /// Pixels.
    pub height: u32,
}

/// A name with a value.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct SpecDoc {
    /// What is told.
    pub name: Localized,
    /// What it is.
    pub value: Localized,
}

/// A question with its answer.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct FaqDoc {
    /// What people ask.
    pub question: Localized,
    /// What is so.
    pub answer: Localized,
}

/// An option of a product.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct OptionDoc {
    /// Key in variants and in the page's query.
    pub key: String,
    /// Name.
    pub name: Localized,
    /// Values in their order.
    pub values: Vec<OptionValueDoc>,
}

/// A value of an option.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct OptionValueDoc {
    /// Key in variants and in the page's query.
    pub key: String,
    /// Label.
    pub label: Localized,
}

/// Everything of a product that is shown but never searched by SQL.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct ProductDoc {
    /// Title.
    pub title: Localized,
    /// One line below it.
    pub subtitle: Localized,
    /// Paragraphs, separated by a blank line.
    pub description: Localized,
    /// Brand.
    pub brand: Localized,
    /// Specifications.
    pub specs: Vec<SpecDoc>,
    /// Options, the picture-changing one first.
    pub options: Vec<OptionDoc>,
    /// Pictures and videos, the hero first.
    pub media: Vec<MediaDoc>,
    /// Care guide.
    pub care: Localized,
    /// Questions and answers.
    pub faq: Vec<FaqDoc>,
    /// Tags.
    pub tags: Vec<Localized>,
    /// Country of origin.
    pub origin: Localized,
}

/// A published product.
#[derive(Debug, Clone, sqlx::FromRow)]
pub struct ProductRow {
    /// Its id.
    pub id: Uuid,
    /// URL key.
    pub slug: String,
    /// Its category's id.
    pub category_id: Uuid,
    /// Texts and media.
    pub content: Json<ProductDoc>,
    /// Days a fresh unit keeps.
    pub shelf_life_days: Option<i64>,
}

/// What a card shows of a product's document; the rest of it is skipped, not read.
#[derive(Debug, Clone, Deserialize)]
pub struct CardDoc {
    /// Title.
    pub title: Localized,
    /// One line below it.
    pub subtitle: Localized,
    /// Pictures and videos, the hero first.
    pub media: Vec<MediaDoc>,
}

/// A variant with its price in one currency and what can be bought of it.
#[derive(Debug, Clone, sqlx::FromRow)]
pub struct VariantRow {
    /// Its product.
    pub product_id: Uuid,
    /// Stock keeping unit.
    pub sku: String,
    /// Option key → value key.
    pub options: Json<BTreeMap<String, String>>,
    /// Names of blobs, the one to show first.
    pub pictures: Json<Vec<String>>,
    /// EAN-13.
    pub barcode: Option<String>,
    /// Minor units.
    pub amount_minor: i64,
    /// Minor units.
    pub compare_at_minor: Option<i64>,
    /// Units on hand that nobody was promised.
    pub available: i64,
    /// Minor units: the lowest price of the 30 days before the present one, of a reduced variant that has had one.
    pub lowest_minor: Option<i64>,
}

/// A category to be written.
#[derive(Debug, Clone)]
pub struct CategoryWrite {
    /// Id for a new row.
    pub id: Uuid,
    /// URL key.
    pub slug: String,
    /// The parent's id.
    pub parent_id: Option<Uuid>,
    /// Sort order.
    pub position: i64,
    /// Name.
    pub name: Localized,
    /// Wide picture.
    pub banner: Option<MediaDoc>,
}

/// A product to be written.
#[derive(Debug, Clone)]
pub struct ProductWrite {
    /// Id for a new row.
    pub id: Uuid,
    /// URL key.
    pub slug: String,
    /// Its category.
    pub category_id: Uuid,
    /// Texts and media.
    pub content: ProductDoc,
    /// `standard` or `reduced`.
    pub tax_class: String,
    /// Days a fresh unit keeps.
    pub shelf_life_days: Option<i64>,
    /// First day on sale.
    pub launch_date: Date,
    /// When it is on show.
    pub publication: Publication,
    /// Microseconds.
    pub now: i64,
}

/// A variant to be written.
#[derive(Debug, Clone)]
pub struct VariantWrite {
    /// Id for a new row.
    pub id: Uuid,
    /// Its product.
    pub product_id: Uuid,
    /// Stock keeping unit.
    pub sku: String,
    /// Sort order.
    pub position: i64,
    /// Option key → value key.
    pub options: BTreeMap<String, String>,
    /// Names of blobs.
    pub pictures: Vec<String>,
    /// EAN-13.
    pub barcode: Option<String>,
    /// Grams.
    pub weight_g: i64,
    /// Length, width, height in millimetres.
    pub dimensions_mm: [i64; 3],
}

/// A price to be written.
#[derive(Debug, Clone)]
pub struct PriceWrite {
    /// Which variant.
    pub variant_id: Uuid,
    /// ISO code.
    pub currency: &'static str,
    /// Minor units.
    pub amount_minor: i64,
    /// Minor units.
    pub compare_at_minor: Option<i64>,
    /// Minor units.
    pub cost_minor: Option<i64>,
}

/// A short row of products, as the repo takes it: the latest first.
#[derive(Debug, Clone, Copy)]
pub struct ListRequest<'a> {
    /// Only these categories; `None` for all.
    pub categories: Option<&'a [Uuid]>,
    /// Only products with a reduced price.
    pub is_offer: bool,
    /// Prices of this currency.
    pub currency: &'static str,
    /// Rows at most.
    pub limit: i64,
    /// Microseconds: products published later are not there yet.
    pub now: i64,
}
