//! Rows of collections, and what their rules say.

use app::kernel::Localized;
use serde::{Deserialize, Serialize};
use sqlx::types::Json;
use std::collections::BTreeMap;
use time::Date;

/// What can have had another key before.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Shelf {
    /// A category.
    Category,
    /// A collection.
    Collection,
}

impl Shelf {
    /// The name in the database.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Category => "category",
            Self::Collection => "collection",
        }
    }
}

/// A collection.
#[derive(Debug, Clone, sqlx::FromRow)]
pub struct CollectionRow {
    /// URL key.
    pub slug: String,
    /// Name.
    pub name: Json<Localized>,
    /// One sentence below it.
    pub summary: Json<Localized>,
    /// What belongs into it.
    pub rule: Json<RuleDoc>,
}

/// A collection to be written.
#[derive(Debug, Clone, Copy)]
pub struct CollectionWrite<'a> {
    /// URL key.
    pub slug: &'a str,
    /// Sort order.
    pub position: i64,
    /// Name.
    pub name: &'a Localized,
    /// One sentence below it.
    pub summary: &'a Localized,
    /// What belongs into it.
    pub rule: &'a RuleDoc,
}

/// What belongs into a collection; every condition must hold.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct RuleDoc {
    /// Stands in one of these categories, named by their keys, or below one of them.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub categories: Vec<String>,
    /// Has one of these tags, named by their label in either language.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub tags: Vec<String>,
    /// Launched in the last days.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub launched_within_days: Option<u16>,
    /// Has a version whose price is reduced.
    pub is_offer: bool,
    /// Has a version for at most this price in minor units, by currency; a currency that is not named has no limit.
    #[serde(skip_serializing_if = "BTreeMap::is_empty")]
    pub price_up_to: BTreeMap<String, i64>,
    /// Can be bought now.
    pub in_stock: bool,
}

/// A collection's rule as the repo takes it.
#[derive(Debug, Clone)]
pub struct RuleRequest<'a> {
    /// Keys of categories, present or former ones; none for all.
    pub categories: &'a [String],
    /// Labels of tags; none for all.
    pub tags: &'a [String],
    /// Launched on this day or later.
    pub launched_since: Option<Date>,
    /// Reduced.
    pub is_offer: bool,
    /// Minor units.
    pub price_up_to: Option<i64>,
    /// Can be bought now.
    pub is_in_stock: bool,
    /// Prices of this currency.
    pub currency: &'static str,
    /// Microseconds: products published later are not there yet.
    pub now: i64,
    /// Rows at most.
    pub limit: i64,
    /// Rows to skip.
    pub offset: i64,
}
