//! Rows of carts.

use crate::catalog::row::{CardDoc, ProductDoc};
use app::checkout::model::Draft;
use sqlx::types::Json;
use std::collections::BTreeMap;
use uuid::Uuid;

/// A guest's cart.
#[derive(Debug, Clone, sqlx::FromRow)]
pub struct CartRow {
    /// Its id.
    pub id: Uuid,
    /// `active` or `completed`.
    pub status: String,
    /// What was typed at the checkout.
    pub draft: Option<Json<Draft>>,
}

/// A line with everything that showing and placing it need.
#[derive(Debug, Clone, sqlx::FromRow)]
pub struct LineRow {
    /// Which variant.
    pub variant_id: Uuid,
    /// Its product.
    pub product_id: Uuid,
    /// Stock keeping unit.
    pub sku: String,
    /// URL key of the product.
    pub slug: String,
    /// Texts and media of the product.
    pub content: Json<ProductDoc>,
    /// Chosen options.
    pub options: Json<BTreeMap<String, String>>,
    /// Blobs of the variant.
    pub pictures: Json<Vec<String>>,
    /// `standard` or `reduced`.
    pub tax_class: String,
    /// Units.
    pub quantity: i64,
    /// Grams of one.
    pub weight_g: i64,
    /// Whether it is (still) sold at all.
    pub is_sold: bool,
    /// Minor units in the asked currency.
    pub amount_minor: Option<i64>,
    /// Units that can be bought.
    pub available: i64,
    /// The price that was shown when it was put in.
    pub added_minor: i64,
    /// Its currency.
    pub added_currency: String,
}

/// What can be bought instead of a product.
#[derive(Debug, Clone, sqlx::FromRow)]
pub struct AlternativeRow {
    /// Instead of which product.
    pub product_id: Uuid,
    /// URL key.
    pub slug: String,
    /// Its title, among what a card shows.
    pub content: Json<CardDoc>,
    /// The lowest price of what is in stock, in minor units; `None` when nothing is.
    pub amount_minor: Option<i64>,
}

/// A variant that somebody wants to put into a cart.
#[derive(Debug, Clone, sqlx::FromRow)]
pub struct OfferRow {
    /// Its id.
    pub variant_id: Uuid,
    /// Stock keeping unit.
    pub sku: String,
    /// Minor units in the asked currency.
    pub amount_minor: Option<i64>,
    /// Units that can be bought.
    pub available: i64,
    /// Units of it in the cart already.
    pub in_cart: i64,
    /// Different variants in the cart.
    pub lines: i64,
}

/// A line to be written.
#[derive(Debug, Clone)]
pub struct LineWrite {
    /// Which cart.
    pub cart_id: Uuid,
    /// Which variant.
    pub variant_id: Uuid,
    /// Units from now on.
    pub quantity: i64,
    /// The price that was shown.
    pub added_minor: i64,
    /// Its currency.
    pub added_currency: String,
    /// Microseconds.
    pub now: i64,
}

/// An article that was put aside.
#[derive(Debug, Clone, sqlx::FromRow)]
pub struct SavedRow {
    /// Which variant.
    pub variant_id: Uuid,
    /// Units.
    pub quantity: i64,
    /// The price that was shown when it was put in.
    pub added_minor: i64,
    /// Its currency.
    pub added_currency: String,
}
