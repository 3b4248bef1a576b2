//! Rows that the index is made from, and what was looked for.

use app::kernel::Localized;
use serde::Deserialize;
use sqlx::types::Json;
use std::collections::BTreeMap;
use time::Date;
use uuid::Uuid;

/// A published product.
#[derive(Debug, Clone, sqlx::FromRow)]
pub struct SourceRow {
    /// Its id.
    pub id: Uuid,
    /// Its category's id.
    pub category_id: Uuid,
    /// Texts.
    pub content: Json<SourceDoc>,
    /// First day on sale.
    pub launch_date: Date,
    /// Microseconds.
    pub published_at: i64,
    /// Microseconds.
    pub updated_at: i64,
}

/// The part of a product's document that is searched.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(default)]
#[expect(missing_docs, reason = "the fields are those of the catalogue's document")]
pub struct SourceDoc {
    pub title: Localized,
    pub subtitle: Localized,
    pub brand: Localized,
    pub specs: Vec<SourceSpec>,
    pub options: Vec<SourceOption>,
    pub tags: Vec<Localized>,
}

/// A specification.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(default)]
pub struct SourceSpec {
    /// What it is.
    pub value: Localized,
}

/// An option.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(default)]
pub struct SourceOption {
    /// Key in variants.
    pub key: String,
    /// Name.
    pub name: Localized,
    /// Values.
    pub values: Vec<SourceOptionValue>,
}

/// A value of an option.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(default)]
pub struct SourceOptionValue {
    /// Key in variants.
    pub key: String,
    /// Label.
    pub label: Localized,
}

/// A variant with one of its prices.
#[derive(Debug, Clone, sqlx::FromRow)]
pub struct OfferRow {
    /// Its product.
    pub product_id: Uuid,
    /// Its id.
    pub id: Uuid,
    /// Stock keeping unit.
    pub sku: String,
    /// EAN-13.
    pub barcode: Option<String>,
    /// Option key → value key.
    pub options: Json<BTreeMap<String, String>>,
    /// ISO code.
    pub currency: String,
    /// Minor units.
    pub amount_minor: i64,
    /// Minor units.
    pub compare_at_minor: Option<i64>,
    /// Units that can be bought.
    pub available: i64,
}

/// A category.
#[derive(Debug, Clone, sqlx::FromRow)]
pub struct CategoryRow {
    /// Its id.
    pub id: Uuid,
    /// URL key.
    pub slug: String,
    /// The parent's id.
    pub parent_id: Option<Uuid>,
    /// Name.
    pub name: Json<Localized>,
}

/// An event of the outbox.
#[derive(Debug, Clone, sqlx::FromRow)]
pub struct EventRow {
    /// Its id.
    pub id: Uuid,
    /// What kind of thing.
    pub topic: String,
    /// To what.
    pub subject: String,
}

/// How often a text was looked for on a day.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct TallyWrite {
    /// The day in UTC.
    pub day: Date,
    /// Code of the language.
    pub locale: &'static str,
    /// The text.
    pub text: String,
    /// Searches.
    pub searches: i64,
    /// Products that the last one found.
    pub hits: i64,
    /// Results that were followed.
    pub clicks: i64,
    /// Their places in the list, added up.
    pub rank_sum: i64,
}

/// How often a text was looked for in some days.
#[derive(Debug, Clone, PartialEq, Eq, sqlx::FromRow, serde::Serialize)]
pub struct QueryRow {
    /// Code of the language.
    pub locale: String,
    /// The text.
    pub text: String,
    /// Searches.
    pub searches: i64,
    /// Products that were found, at most.
    pub hits: i64,
    /// Results that were followed.
    pub clicks: i64,
    /// Their places in the list, added up.
    pub rank_sum: i64,
}
