//! Rows of delivery and tax rates.

use crate::discounts::row::DiscountRow;
use app::kernel::Localized;
use sqlx::types::Json;
use uuid::Uuid;

/// For which order rates are looked up.
#[derive(Debug, Clone, Copy)]
pub struct RatesOf<'a> {
    /// Its currency.
    pub currency: &'a str,
    /// The country that it goes to.
    pub country: &'a str,
    /// A state's code, or empty.
    pub region: &'a str,
    /// The cart that it is made of.
    pub cart_id: Uuid,
    /// Microseconds.
    pub now: i64,
}

/// What delivery costs in a currency.
#[derive(Debug, Clone, Copy)]
pub struct ShippingRow {
    /// Minor units.
    pub amount_minor: i64,
    /// Free from this subtotal on.
    pub free_from_minor: Option<i64>,
}

/// What an order's sums need of four tables at once: the same in each row beside one tax rate and one discount, every
/// rate with every discount.
#[derive(Debug, Clone, sqlx::FromRow)]
#[expect(missing_docs, reason = "the fields are the columns of the rows below")]
pub struct RateRow {
    pub amount_minor: Option<i64>,
    pub free_from_minor: Option<i64>,
    pub added_ppm: Option<i64>,
    pub is_on_delivery: Option<bool>,
    pub tax_class: Option<String>,
    pub ppm: Option<i64>,
    pub origin: Option<String>,
    pub code: Option<String>,
    pub variant_id: Option<Uuid>,
    pub label: Option<Json<Localized>>,
    pub discount_minor: Option<i64>,
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
    /// What is taken off, in its order.
    pub discounts: Vec<DiscountRow>,
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
        let class = first.and_then(|row| row.tax_class.clone());
        let of_one_rate = rows.iter().filter(|row| row.tax_class == class);
        let discounts = of_one_rate.filter_map(Self::discount).collect();
        let rates =
            rows.into_iter().filter_map(|row| Some(TaxRow { tax_class: row.tax_class?, ppm: row.ppm? }));
        let mut tax: Vec<TaxRow> = rates.collect();
        tax.dedup_by(|right, left| right.tax_class == left.tax_class);
        Rates { shipping, tax, added, discounts }
    }

    fn discount(&self) -> Option<DiscountRow> {
        Some(DiscountRow {
            origin: self.origin.clone()?,
            code: self.code.clone()?,
            variant_id: self.variant_id,
            label: self.label.clone()?,
            amount_minor: self.discount_minor?,
        })
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
