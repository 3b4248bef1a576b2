//! Rows of delivery and tax rates.

/// What delivery costs in a currency.
#[derive(Debug, Clone, Copy, sqlx::FromRow)]
pub struct ShippingRow {
    /// Minor units.
    pub amount_minor: i64,
    /// Free from this subtotal on.
    pub free_from_minor: Option<i64>,
}

/// What placing an order needs of both tables at once: the delivery's price beside each tax rate.
#[derive(Debug, Clone, sqlx::FromRow)]
#[expect(missing_docs, reason = "the fields are the columns of the two rows below")]
pub struct RateRow {
    pub amount_minor: Option<i64>,
    pub free_from_minor: Option<i64>,
    pub tax_class: Option<String>,
    pub ppm: Option<i64>,
}

impl RateRow {
    /// The two tables apart.
    #[must_use]
    pub fn split(rows: Vec<Self>) -> (Option<ShippingRow>, Vec<TaxRow>) {
        let shipping = rows.first().and_then(|row| {
            Some(ShippingRow { amount_minor: row.amount_minor?, free_from_minor: row.free_from_minor })
        });
        let tax =
            rows.into_iter().filter_map(|row| Some(TaxRow { tax_class: row.tax_class?, ppm: row.ppm? }));
        (shipping, tax.collect())
    }
}

/// A tax rate of a destination.
#[derive(Debug, Clone, sqlx::FromRow)]
pub struct TaxRow {
    /// `standard` or `reduced`.
    pub tax_class: String,
    /// Parts per million, contained in the price.
    pub ppm: i64,
}
