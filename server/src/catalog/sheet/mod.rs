//! Products as a Shopify product CSV: out of the shop ([`mod@write`]) and into it ([`read`] parses, [`apply`] stores).
//!
//! Texts are in English and prices in US dollars, as the format has one language and one currency; the columns that
//! end with `CNY` hold the other prices, and one JSON column holds what the format has no place for (the other
//! language, specifications, care, questions), so that a shop reads back all that it has written.
//! No cell is a formula to a spreadsheet program ([`formula`]).

pub mod apply;
mod formula;
mod money;
mod read;
mod write;

pub use apply::{SheetReport, import};
pub use write::export;

use super::row::ProductDoc;
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;

/// Columns in the order in which they are written.
pub(in crate::catalog) const COLUMNS: [&str; 31] = [
    "Handle",
    "Title",
    "Body (HTML)",
    "Vendor",
    "Type",
    "Tags",
    "Published",
    "Option1 Name",
    "Option1 Value",
    "Option2 Name",
    "Option2 Value",
    "Option3 Name",
    "Option3 Value",
    "Variant SKU",
    "Variant Grams",
    "Variant Inventory Qty",
    "Variant Price",
    "Variant Compare At Price",
    "Variant Barcode",
    "Image Src",
    "Image Position",
    "Image Alt Text",
    "Variant Image",
    "Cost per item",
    "Status",
    "Variant Price CNY",
    "Variant Compare At Price CNY",
    "Cost per item CNY",
    "Variant Option Keys",
    "Variant Dimensions mm",
    "Jishi (product.metafields.jishi.document)",
];

/// The column with what the format has no place for.
const DOCUMENT: &str = "Jishi (product.metafields.jishi.document)";

/// The content of that column.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
struct Extra {
    content: ProductDoc,
    tax_class: String,
    shelf_life_days: Option<i64>,
    launch_date: String,
    /// Every variant's pictures, by SKU: the format has room for one.
    #[serde(default)]
    pictures: BTreeMap<String, Vec<String>>,
}

/// What was wrong with a row. Row 1 holds the names of the columns.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CellError {
    /// The row.
    pub row: u64,
    /// The column.
    pub column: &'static str,
    /// What is wrong.
    pub message: String,
}

impl std::fmt::Display for CellError {
    fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(formatter, "row {}, column “{}”: {}", self.row, self.column, self.message)
    }
}
