//! Discounts and taxes of an order as integers: pure, without a database and without prices' origins.
//!
//! A tax that prices contain is rounded once per line. A tax that is added has one rate for a destination: it is rounded
//! once, on everything that it is for, and divided among the lines by largest remainder. Both ways the lines and the
//! delivery add up to the order's figure.

use crate::fault::Fault;
use app::kernel::RatePpm;
use app::kernel::money::prorate;

/// What is bought of an article.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Item {
    /// Price of one unit.
    pub unit_minor: i64,
    /// Units.
    pub quantity: i64,
    /// What is taken off the line.
    pub discount_minor: i64,
    /// The rate that its price contains.
    pub rate: RatePpm,
}

/// How a destination is taxed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Tax {
    /// Prices contain it; delivery has this rate.
    Included(RatePpm),
    /// It is added, at this rate; perhaps to delivery too.
    Added(RatePpm, bool),
}

/// A line's sums in minor units.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct LineSum {
    /// Price of one unit.
    pub unit_minor: i64,
    /// Price of the line, discounts taken off.
    pub total_minor: i64,
    /// The rate of its tax.
    pub tax_ppm: i64,
    /// Its tax: in its price, or added to it.
    pub tax_minor: i64,
}

/// The sums of an order.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Sums {
    /// One per item, in their order.
    pub lines: Vec<LineSum>,
    /// The lines' prices.
    pub subtotal: i64,
    /// Delivery.
    pub delivery: i64,
    /// Tax of the delivery.
    pub delivery_tax: i64,
    /// Tax in the prices.
    pub tax_included: i64,
    /// Tax on top of them.
    pub tax_added: i64,
    /// What is to be paid.
    pub total: i64,
}

const TOO_LARGE: Fault = Fault::Broken("a sum does not fit");

/// Lines with their own discounts and their part of the order's: never less than nothing.
fn lines(items: &[Item], discount: i64) -> Result<Vec<LineSum>, Fault> {
    let mut lines = Vec::with_capacity(items.len());
    for item in items {
        let whole = item.unit_minor.checked_mul(item.quantity).ok_or(TOO_LARGE)?;
        let total_minor = whole - item.discount_minor.clamp(0, whole.max(0));
        let (unit_minor, tax_ppm) = (item.unit_minor, item.rate.ppm());
        lines.push(LineSum { unit_minor, total_minor, tax_ppm, tax_minor: 0 });
    }
    let weights: Vec<i64> = lines.iter().map(|line| line.total_minor).collect();
    let subtotal = total(weights.iter().copied())?;
    if subtotal > 0 {
        for (line, part) in lines.iter_mut().zip(prorate(discount.clamp(0, subtotal), &weights)) {
            line.total_minor -= part;
        }
    }
    Ok(lines)
}

fn total(mut amounts: impl Iterator<Item = i64>) -> Result<i64, Fault> {
    amounts.try_fold(0_i64, |sum, amount| sum.checked_add(amount)).ok_or(TOO_LARGE)
}

/// What the goods cost after discounts; delivery is priced by it.
///
/// # Errors
/// [`Fault::Broken`] when a sum does not fit.
pub fn goods(items: &[Item], discount: i64) -> Result<i64, Fault> {
    total(lines(items, discount)?.iter().map(|line| line.total_minor))
}

/// Sums up an order: its items, a discount on all of them, what delivery costs.
///
/// # Errors
/// [`Fault::Broken`] when a sum does not fit.
pub fn sum_up(items: &[Item], discount: i64, delivery: i64, tax: Tax) -> Result<Sums, Fault> {
    let mut lines = lines(items, discount)?;
    let subtotal = total(lines.iter().map(|line| line.total_minor))?;
    let (delivery_tax, tax_included, tax_added) = match tax {
        Tax::Included(rate) => {
            for (line, item) in lines.iter_mut().zip(items) {
                line.tax_minor = item.rate.within_gross(line.total_minor);
            }
            let delivery_tax = rate.within_gross(delivery);
            let goods_tax = total(lines.iter().map(|line| line.tax_minor))?;
            (delivery_tax, goods_tax.checked_add(delivery_tax).ok_or(TOO_LARGE)?, 0)
        }
        Tax::Added(rate, is_on_delivery) => {
            let taxed = if is_on_delivery { delivery } else { 0 };
            let added = rate.on_net(subtotal.checked_add(taxed).ok_or(TOO_LARGE)?);
            let mut parts = divide(added, &lines, taxed);
            let delivery_tax = parts.pop().unwrap_or(0);
            for (line, part) in lines.iter_mut().zip(parts) {
                (line.tax_ppm, line.tax_minor) = (rate.ppm(), part);
            }
            (delivery_tax, 0, added)
        }
    };
    let total = total([subtotal, delivery, tax_added].into_iter())?;
    Ok(Sums { lines, subtotal, delivery, delivery_tax, tax_included, tax_added, total })
}

/// A tax divided among the lines and the delivery, which comes last.
fn divide(tax: i64, lines: &[LineSum], delivery: i64) -> Vec<i64> {
    let weights: Vec<i64> = lines.iter().map(|line| line.total_minor).chain([delivery]).collect();
    prorate(tax, &weights)
}

#[cfg(test)]
#[path = "sums_tests.rs"]
mod tests;
