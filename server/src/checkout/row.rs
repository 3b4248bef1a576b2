//! Rows of delivery and tax rates.

/// What delivery costs in a currency.
#[derive(Debug, Clone, Copy, sqlx::FromRow)]
pub struct ShippingRow {
    /// Minor units.
    pub amount_minor: i64,
    /// Free from this subtotal on.
    pub free_from_minor: Option<i64>,
}

/// A tax rate of a destination.
#[derive(Debug, Clone, sqlx::FromRow)]
pub struct TaxRow {
    /// `standard` or `reduced`.
    pub tax_class: String,
    /// Parts per million, contained in the price.
    pub ppm: i64,
}
