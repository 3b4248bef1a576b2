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
    /// The rate that its price contains.
    pub rate: RatePpm,
}

/// Something to take off: of one item, or of all of them together.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Cut {
    /// Which item; `None` for all of them.
    pub item: Option<usize>,
    /// How much is to be taken off, at most.
    pub amount_minor: i64,
}

/// What a cut comes to: never more than there is to take it off.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct CutSum {
    /// What is taken off.
    pub amount_minor: i64,
    /// How much of it each item bears, in their order. They add up to the amount.
    pub parts: Vec<i64>,
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
    /// What is taken off it, its part of what is taken off everything among it.
    pub discount_minor: i64,
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
    /// One per cut, in their order.
    pub cuts: Vec<CutSum>,
    /// What is taken off the lines.
    pub discount: i64,
    /// The lines' prices, discounts taken off.
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

/// Lines with everything taken off, and what each cut comes to. What is taken off one line goes first, whatever the order:
/// what is taken off everything is divided by what the lines still cost.
///
/// # Errors
/// [`Fault::Broken`] when a sum does not fit.
pub fn cut(items: &[Item], cuts: &[Cut]) -> Result<(Vec<LineSum>, Vec<CutSum>), Fault> {
    let mut lines = Vec::with_capacity(items.len());
    for item in items {
        let total_minor = item.unit_minor.checked_mul(item.quantity).ok_or(TOO_LARGE)?;
        let (unit_minor, tax_ppm) = (item.unit_minor, item.rate.ppm());
        lines.push(LineSum { unit_minor, discount_minor: 0, total_minor, tax_ppm, tax_minor: 0 });
    }
    total(lines.iter().map(|line| line.total_minor))?;
    let mut sums = vec![CutSum::default(); cuts.len()];
    for is_of_one in [true, false] {
        for (cut, sum) in cuts.iter().zip(&mut sums) {
            if cut.item.is_some() == is_of_one {
                *sum = take_off(*cut, &mut lines);
            }
        }
    }
    Ok((lines, sums))
}

/// Takes one cut off: each line bears its part by largest remainder, none more than it still costs.
fn take_off(cut: Cut, lines: &mut [LineSum]) -> CutSum {
    let is_meant = |index: usize| cut.item.is_none_or(|item| item == index);
    let weights: Vec<i64> = lines
        .iter()
        .enumerate()
        .map(|(index, line)| if is_meant(index) { line.total_minor.max(0) } else { 0 })
        .collect();
    let amount_minor = cut.amount_minor.clamp(0, weights.iter().sum());
    let parts = if amount_minor == 0 { vec![0; lines.len()] } else { prorate(amount_minor, &weights) };
    for (line, part) in lines.iter_mut().zip(&parts) {
        line.total_minor -= part;
        line.discount_minor += part;
    }
    CutSum { amount_minor, parts }
}

fn total(mut amounts: impl Iterator<Item = i64>) -> Result<i64, Fault> {
    amounts.try_fold(0_i64, |sum, amount| sum.checked_add(amount)).ok_or(TOO_LARGE)
}

/// What the goods cost after discounts; delivery is priced by it.
///
/// # Errors
/// [`Fault::Broken`] when a sum does not fit.
pub fn goods(items: &[Item], cuts: &[Cut]) -> Result<i64, Fault> {
    total(cut(items, cuts)?.0.iter().map(|line| line.total_minor))
}

/// Sums up an order: its items, what is taken off them, what delivery costs.
///
/// # Errors
/// [`Fault::Broken`] when a sum does not fit.
pub fn sum_up(items: &[Item], cuts: &[Cut], delivery: i64, tax: Tax) -> Result<Sums, Fault> {
    let (mut lines, cuts) = cut(items, cuts)?;
    let discount = lines.iter().map(|line| line.discount_minor).sum();
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
    Ok(Sums { lines, cuts, discount, subtotal, delivery, delivery_tax, tax_included, tax_added, total })
}

/// A tax divided among the lines and the delivery, which comes last.
fn divide(tax: i64, lines: &[LineSum], delivery: i64) -> Vec<i64> {
    let weights: Vec<i64> = lines.iter().map(|line| line.total_minor).chain([delivery]).collect();
    prorate(tax, &weights)
}

#[cfg(test)]
#[path = "sums_tests.rs"]
mod tests;
