//! From rows to the cart as shown. Pure functions.

use super::load::CartRows;
use super::row::{AlternativeRow, LineRow};
use crate::catalog::view::{options_text, variant_picture};
use crate::checkout::sums::{Item, cut};
use crate::discounts::apply;
use crate::discounts::row::DiscountRow;
use app::ErrorCode;
use app::cart::model::{Alternative, CartLine, CartProblem, CartView};
use app::cart::view::discounts::discounts_html;
use app::catalog::model::View;
use app::checkout::discount::Discount;
use app::i18n::fmt;
use app::kernel::{Currency, Money, RatePpm};

/// Alternatives shown for a line that is sold out.
const ALTERNATIVES: usize = 3;

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

/// A line, without alternatives.
#[must_use]
pub fn line(row: &LineRow, view: View) -> CartLine {
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
        price_before: price_before(row, view),
        alternatives: Vec::new(),
    }
}

/// The price when the line was put in, if that was in the same currency and is another one now.
fn price_before(row: &LineRow, view: View) -> Option<Money> {
    let before = Money::new(row.added_minor, Currency::from_code(&row.added_currency)?);
    let now = Money::new(row.amount_minor?, view.currency);
    (row.is_sold && before.currency == now.currency && before != now).then_some(before)
}

fn alternative(row: &AlternativeRow, view: View) -> Option<Alternative> {
    let price = Money::new(row.amount_minor?, view.currency);
    Some(Alternative {
        slug: row.slug.clone(),
        title: row.content.title.get(view.locale).to_owned(),
        price,
        price_text: fmt::money(view.locale, price),
    })
}

/// A line of the cart, with what can be bought instead.
fn line_of_cart(row: &LineRow, alternatives: &[AlternativeRow], view: View) -> CartLine {
    let found = alternatives.iter().filter(|found| found.product_id == row.product_id);
    let alternatives = match problem(row) {
        Some(ErrorCode::SoldOut) => {
            found.filter_map(|found| alternative(found, view)).take(ALTERNATIVES).collect()
        }
        _ => Vec::new(),
    };
    CartLine { alternatives, ..line(row, view) }
}

/// What is to be looked at about lines.
#[must_use]
pub fn problems(lines: &[CartLine]) -> Vec<CartProblem> {
    let found = lines.iter().filter_map(|line| Some((line, line.kind_of_problem()?)));
    found
        .map(|(line, code)| CartProblem {
            sku: line.sku.clone(),
            title: name(line),
            code,
            available: line.available,
        })
        .collect()
}

/// Title and options: two variants of a product are told apart.
fn name(line: &CartLine) -> String {
    match line.options.as_str() {
        "" => line.title.clone(),
        options => format!("{} · {options}", line.title),
    }
}

/// What is taken off these lines, and what they cost after it.
fn discounted(discounts: &[DiscountRow], lines: &[&LineRow], view: View) -> (Vec<Discount>, Option<i64>) {
    if discounts.is_empty() {
        return (Vec::new(), None);
    }
    let items: Vec<Item> = lines
        .iter()
        .map(|line| Item {
            unit_minor: line.amount_minor.unwrap_or(0),
            quantity: line.quantity,
            rate: RatePpm::ZERO,
        })
        .collect();
    let cuts = apply::cuts(discounts, lines);
    let Ok((sums, taken)) = cut(&items, &cuts) else { return (Vec::new(), None) };
    let applied = apply::applied(discounts, &cuts, taken);
    let shown = applied.iter().map(|applied| apply::shown(applied, lines, view)).collect();
    (shown, Some(sums.iter().map(|line| line.total_minor).sum()))
}

/// Whether a line counts in the sum: also one of which fewer are left than are wanted.
const fn is_counted(problem: Option<ErrorCode>) -> bool {
    matches!(problem, None | Some(ErrorCode::NotEnoughStock))
}

/// The cart of these rows.
#[must_use]
pub fn cart(rows: &CartRows, view: View) -> CartView {
    let lines: Vec<CartLine> =
        rows.lines.iter().map(|row| line_of_cart(row, &rows.alternatives, view)).collect();
    let counted: Vec<&LineRow> = rows.lines.iter().filter(|row| is_counted(problem(row))).collect();
    let goods = lines
        .iter()
        .filter(|line| is_counted(line.problem))
        .fold(Money::zero(view.currency), |sum, line| sum.plus(line.total).unwrap_or(sum));
    let (discounts, left) = discounted(&rows.discounts, &counted, view);
    let subtotal = left.map_or(goods, |minor| Money::new(minor, view.currency));
    CartView {
        count: lines.iter().map(|line| line.quantity).sum(),
        is_ready: !lines.is_empty() && lines.iter().all(|line| line.problem.is_none()),
        discounts_html: discounts_html(view.locale, goods, &discounts),
        discounts,
        subtotal,
        subtotal_text: fmt::money(view.locale, subtotal),
        problems: problems(&lines),
        saved: rows.saved.iter().map(|row| line(row, view)).collect(),
        lines,
    }
}
