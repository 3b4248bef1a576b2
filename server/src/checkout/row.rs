//! Rows of delivery and tax rates.

use crate::delivery::offer::Rate;
use crate::delivery::tariff::Tariff;
use crate::discounts::row::DiscountRow;
use app::delivery::arrival::Days;
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
    /// The province or state that it goes to, as zones name it, or empty.
    pub region: &'a str,
    /// The code of the state whose tax is added, or empty.
    pub taxed_region: &'a str,
    /// The cart that it is made of.
    pub cart_id: Uuid,
    /// Microseconds.
    pub now: i64,
}

/// What an order's sums need of many tables at once: every way of delivery with every tax rate with every discount.
#[derive(Debug, Clone, sqlx::FromRow)]
#[expect(missing_docs, reason = "the fields are the columns of the rows below")]
pub struct RateRow {
    pub way: Option<String>,
    pub way_name: Option<Json<Localized>>,
    pub about: Option<Json<Localized>>,
    pub days_from: Option<i64>,
    pub days_to: Option<i64>,
    pub first_g: Option<i64>,
    pub first_minor: Option<i64>,
    pub step_g: Option<i64>,
    pub step_minor: Option<i64>,
    pub most_g: Option<i64>,
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
    /// The methods that go there, in their order.
    pub delivery: Vec<Rate>,
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
    pub fn split(rows: &[Self]) -> Rates {
        let Some(first) = rows.first() else { return Rates::default() };
        let of_one_way = || rows.iter().filter(|row| row.way == first.way);
        let mut tax: Vec<TaxRow> = of_one_way().filter_map(Self::tax).collect();
        tax.dedup_by(|right, left| right.tax_class == left.tax_class);
        let discounts = of_one_way().filter(|row| row.tax_class == first.tax_class);
        let mut delivery: Vec<Rate> = rows.iter().filter_map(Self::delivery).collect();
        delivery.dedup_by(|right, left| right.code == left.code);
        Rates {
            delivery,
            tax,
            added: first
                .added_ppm
                .zip(first.is_on_delivery)
                .map(|(ppm, is_on_delivery)| AddedTaxRow { ppm, is_on_delivery }),
            discounts: discounts.filter_map(Self::discount).collect(),
        }
    }

    fn delivery(&self) -> Option<Rate> {
        let tariff = Tariff {
            first_g: self.first_g?,
            first_minor: self.first_minor?,
            step_g: self.step_g?,
            step_minor: self.step_minor?,
            most_g: self.most_g,
            free_from_minor: self.free_from_minor,
        };
        Some(Rate {
            code: self.way.clone()?,
            name: self.way_name.clone()?.0,
            about: self.about.clone()?.0,
            days: Days { from: self.days_from?, to: self.days_to? },
            tariff,
        })
    }

    fn tax(&self) -> Option<TaxRow> {
        Some(TaxRow { tax_class: self.tax_class.clone()?, ppm: self.ppm? })
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
