//! The format of a catalogue's file, as it is read. What it may hold is checked in [`super::import_check`].

use super::row::{FaqDoc, SpecDoc};
use super::shelves::file::CollectionEntry;
use app::kernel::Localized;
use serde::Deserialize;
use std::collections::{BTreeMap, BTreeSet};
use time::{Date, OffsetDateTime};

/// The whole file.
#[derive(Debug, Deserialize)]
pub struct CatalogFile {
    /// Version of the format.
    pub version: u32,
    /// Decimal places that the file's prices are written in.
    pub minor_units: BTreeMap<String, u32>,
    /// The home page.
    pub home: HomeEntry,
    /// Categories, parents and children in any order.
    pub categories: Vec<CategoryEntry>,
    /// Every collection, in their order; a file without them leaves those of the shop alone.
    pub collections: Option<Vec<CollectionEntry>>,
    /// Products.
    pub products: Vec<ProductEntry>,
}

impl CatalogFile {
    /// Every picture and film that it names.
    #[must_use]
    pub fn files(&self) -> BTreeSet<&str> {
        let media =
            self.products.iter().flat_map(|entry| entry.media.iter().map(|media| media.file.as_str()));
        self.wide_files().chain(media).collect()
    }

    /// Those of the home page and of categories.
    pub fn wide_files(&self) -> impl Iterator<Item = &str> {
        let banners = self.categories.iter().filter_map(|entry| entry.banner.as_deref());
        std::iter::once(self.home.hero.as_str()).chain(banners)
    }
}

/// The home page.
#[derive(Debug, Deserialize)]
pub struct HomeEntry {
    /// Opening picture.
    pub hero: String,
    /// Its text alternative.
    pub alt: Localized,
}

/// A category.
#[derive(Debug, Deserialize)]
pub struct CategoryEntry {
    /// Unique key.
    pub slug: String,
    /// Name.
    pub name: Localized,
    /// Key of the parent.
    pub parent: Option<String>,
    /// Sort order.
    pub position: i64,
    /// Wide picture.
    pub banner: Option<String>,
    /// Keys that it had before; their addresses lead to it.
    #[serde(default)]
    pub formerly: Vec<String>,
}

/// A product.
#[derive(Debug, Deserialize)]
#[expect(missing_docs, reason = "the fields are those of the file, described beside it")]
pub struct ProductEntry {
    pub slug: String,
    pub category: String,
    pub title: Localized,
    pub subtitle: Localized,
    pub description: Localized,
    pub brand: Localized,
    #[serde(default)]
    pub specs: Vec<SpecDoc>,
    #[serde(default)]
    pub options: Vec<super::row::OptionDoc>,
    pub variants: Vec<VariantEntry>,
    #[serde(default)]
    pub tags: Vec<Localized>,
    #[serde(default)]
    pub media: Vec<MediaEntry>,
    pub tax_class: String,
    pub shelf_life_days: Option<i64>,
    pub origin: OriginEntry,
    pub launch_date: String,
    pub publish_at: Option<String>,
    #[serde(default)]
    pub care: Localized,
    #[serde(default)]
    pub faq: Vec<FaqDoc>,
}

/// Country of origin.
#[derive(Debug, Deserialize)]
pub struct OriginEntry {
    /// Its name.
    pub name: Localized,
}

/// A picture or video.
#[derive(Debug, Deserialize)]
pub struct MediaEntry {
    /// Path below the file's folder.
    pub file: String,
    /// `image` or `video`.
    pub kind: String,
    /// Text alternative.
    pub alt: Localized,
    /// Pixels.
    pub width: u32,
    /// Pixels.
    pub height: u32,
}

/// A variant.
#[derive(Debug, Deserialize)]
#[expect(missing_docs, reason = "the fields are those of the file, described beside it")]
pub struct VariantEntry {
    pub sku: String,
    #[serde(default)]
    pub options: BTreeMap<String, String>,
    pub price: BTreeMap<String, i64>,
    #[serde(default)]
    pub cost: BTreeMap<String, i64>,
    #[serde(default)]
    pub compare_at: BTreeMap<String, i64>,
    pub weight_g: i64,
    pub dimensions_mm: Dimensions,
    pub barcode: Option<String>,
    #[serde(default)]
    pub stock: i64,
    #[serde(default)]
    pub images: Vec<String>,
}

/// A box around a variant, in millimetres.
#[derive(Debug, Deserialize)]
#[expect(missing_docs, reason = "the names say it")]
pub struct Dimensions {
    pub length: i64,
    pub width: i64,
    pub height: i64,
}

/// The launch date of a product.
#[must_use]
pub fn launch_date(text: &str) -> Option<Date> {
    Date::parse(text, &time::format_description::well_known::Iso8601::DATE).ok()
}

/// What becomes of a product's publication.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Publication {
    /// A known product stays as it is; a new one is on show at once.
    Kept,
    /// On show at once, unless a moment is set already.
    Shown,
    /// Not on show.
    Hidden,
    /// On show from this moment on.
    From(OffsetDateTime),
}

/// `never`, `now`, a moment with its offset, or nothing.
#[must_use]
pub fn publication(text: Option<&str>) -> Option<Publication> {
    match text {
        None => Some(Publication::Kept),
        Some("never") => Some(Publication::Hidden),
        Some("now") => Some(Publication::Shown),
        Some(moment) => OffsetDateTime::parse(moment, &time::format_description::well_known::Rfc3339)
            .ok()
            .map(Publication::From),
    }
}
