//! From rows to the cart as shown. Pure functions.

use super::row::LineRow;
use crate::catalog::view::{options_text, variant_picture};
use app::ErrorCode;
use app::cart::model::{CartLine, CartView};
use app::catalog::model::View;
use app::i18n::fmt;
use app::kernel::Money;

/// Why a line cannot be bought as it is.
#[must_use]
pub fn problem(row: &LineRow) -> Option<ErrorCode> {
    match row {
        _ if !row.is_sold || row.available <= 0 => Some(ErrorCode::SoldOut),
        _ if row.amount_minor.is_none() => Some(ErrorCode::NoPrice),
        _ if row.available < row.quantity => Some(ErrorCode::NotEnoughStock),
        _ => None,
    }
}

fn line(row: &LineRow, view: View) -> CartLine {
    let unit_price = Money::new(row.amount_minor.unwrap_or(0), view.currency);
    let total = unit_price.times(row.quantity).unwrap_or(Money::zero(view.currency));
    CartLine {
        sku: row.sku.clone(),
        slug: row.slug.clone(),
        title: row.content.title.get(view.locale).to_owned(),
        options: options_text(&row.content, &row.options, view.locale),
        picture: variant_picture(&row.content, &row.pictures, view.locale),
        quantity: u32::try_from(row.quantity).unwrap_or(0),
        available: row.available.max(0),
        unit_price,
        total,
        unit_price_text: fmt::money(view.locale, unit_price),
        total_text: fmt::money(view.locale, total),
        problem: problem(row),
    }
}

/// The cart of these lines.
#[must_use]
pub fn cart(rows: &[LineRow], view: View) -> CartView {
    let lines: Vec<CartLine> = rows.iter().map(|row| line(row, view)).collect();
    let buyable =
        lines.iter().filter(|line| line.problem.is_none() || line.problem == Some(ErrorCode::NotEnoughStock));
    let subtotal = buyable.fold(Money::zero(view.currency), |sum, line| sum.plus(line.total).unwrap_or(sum));
    CartView {
        count: lines.iter().map(|line| line.quantity).sum(),
        is_ready: !lines.is_empty() && lines.iter().all(|line| line.problem.is_none()),
        subtotal,
        subtotal_text: fmt::money(view.locale, subtotal),
        lines,
    }
}
