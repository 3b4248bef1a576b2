//! Discounts taken off lines: pure functions between their rows and the sums.

use super::row::DiscountRow;
use crate::cart::row::LineRow;
use crate::checkout::sums::{Cut, CutSum};
use app::catalog::model::View;
use app::checkout::discount::Discount;
use app::kernel::Money;

/// A discount with what it comes to.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Applied {
    /// What was granted.
    pub row: DiscountRow,
    /// The line that it is for, by its place; `None` for all of them.
    pub line: Option<usize>,
    /// What is taken off, and how much of it each line bears.
    pub sum: CutSum,
}

/// What the discounts ask of these lines. One for an article that is not among them finds nothing to take off.
#[must_use]
pub fn cuts(discounts: &[DiscountRow], lines: &[&LineRow]) -> Vec<Cut> {
    let cut = |discount: &DiscountRow| Cut {
        item: discount
            .variant_id
            .map(|id| lines.iter().position(|line| line.variant_id == id).unwrap_or(lines.len())),
        amount_minor: discount.amount_minor,
    };
    discounts.iter().map(cut).collect()
}

/// Discounts that come to something.
#[must_use]
pub fn applied(discounts: &[DiscountRow], cuts: &[Cut], sums: Vec<CutSum>) -> Vec<Applied> {
    let all = discounts.iter().zip(cuts).zip(sums);
    all.filter(|(_, sum)| sum.amount_minor > 0)
        .map(|((row, cut), sum)| Applied { row: row.clone(), line: cut.item, sum })
        .collect()
}

/// A discount as it is shown beside these lines.
#[must_use]
pub fn shown(applied: &Applied, lines: &[&LineRow], view: View) -> Discount {
    let line = applied.line.and_then(|line| lines.get(line));
    Discount {
        code: applied.row.code.clone(),
        label: applied.row.label.0.clone(),
        article: line.map(|line| line.content.title.get(view.locale).to_owned()).unwrap_or_default(),
        amount: Money::new(applied.sum.amount_minor, view.currency),
    }
}
