//! Rows of delivery and tax rates.

/// What delivery costs in a currency.
#[derive(Debug, Clone, Copy)]
pub struct ShippingRow {
    /// Minor units.
    pub amount_minor: i64,
    /// Free from this subtotal on.
    pub free_from_minor: Option<i64>,
}

/// What an order's sums need of all three tables at once: the same in each row beside one tax rate.
#[derive(Debug, Clone, sqlx::FromRow)]
#[expect(missing_docs, reason = "the fields are the columns of the rows below")]
pub struct RateRow {
    pub amount_minor: Option<i64>,
    pub free_from_minor: Option<i64>,
    pub added_ppm: Option<i64>,
    pub is_on_delivery: Option<bool>,
    pub tax_class: Option<String>,
    pub ppm: Option<i64>,
}

/// What delivery costs and how a destination is taxed.
#[derive(Debug, Clone, Default)]
pub struct Rates {
    /// Delivery; `None` when the currency has no rate.
    pub shipping: Option<ShippingRow>,
    /// Taxes that prices contain.
    pub tax: Vec<TaxRow>,
    /// The tax that is added instead.
    pub added: Option<AddedTaxRow>,
}

/// A tax that is added to prices.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct AddedTaxRow {
    /// Parts per million.
    pub ppm: i64,
    /// Whether delivery is taxed too.
    pub is_on_delivery: bool,
}

impl RateRow {
    /// The tables apart.
    #[must_use]
    pub fn split(rows: Vec<Self>) -> Rates {
        let first = rows.first();
        let shipping = first.and_then(|row| {
            Some(ShippingRow { amount_minor: row.amount_minor?, free_from_minor: row.free_from_minor })
        });
        let added = first
            .and_then(|row| Some(AddedTaxRow { ppm: row.added_ppm?, is_on_delivery: row.is_on_delivery? }));
        let tax =
            rows.into_iter().filter_map(|row| Some(TaxRow { tax_class: row.tax_class?, ppm: row.ppm? }));
        Rates { shipping, tax: tax.collect(), added }
    }
}

/// A tax rate of a destination.
#[derive(Debug, Clone)]
pub struct TaxRow {
    /// `standard` or `reduced`.
    pub tax_class: String,
    /// Parts per million, contained in the price.
    pub ppm: i64,
}
