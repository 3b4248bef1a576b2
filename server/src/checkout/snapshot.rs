//! The rows of an order's lines and discounts: everything as it is at this moment, copied in. Pure.

use super::place::Placing;
use super::totals::Calculation;
use crate::cart::row::LineRow;
use crate::catalog::view::{options_text, variant_picture};
use crate::discounts::apply::Applied;
use crate::discounts::row::{OrderDiscountRow, PartRow};
use crate::orders::row::OrderLineRow;
use sqlx::types::Json;
use uuid::Uuid;

impl Placing<'_> {
    /// The order's lines, with their part of every discount taken off.
    pub(super) fn order_lines(
        &self,
        order_id: Uuid,
        lines: &[LineRow],
        sums: &Calculation,
    ) -> Vec<OrderLineRow> {
        lines
            .iter()
            .zip(&sums.lines)
            .zip(0..)
            .map(|((line, sum), position)| OrderLineRow {
                id: self.id(),
                order_id,
                position,
                variant_id: line.variant_id,
                sku: line.sku.clone(),
                slug: line.slug.clone(),
                title: line.content.title.get(self.view.locale).to_owned(),
                options: options_text(&line.content, &line.options, self.view.locale),
                picture: variant_picture(&line.content, &line.pictures, self.view.locale).map(Json),
                quantity: line.quantity,
                unit_minor: sum.unit_minor,
                discount_minor: sum.discount_minor,
                total_minor: sum.total_minor,
                tax_class: line.tax_class.clone(),
                tax_ppm: sum.tax_ppm,
                tax_minor: sum.tax_minor,
            })
            .collect()
    }

    /// The order's discounts, and which line bears how much of which.
    pub(super) fn order_discounts(
        &self,
        order_id: Uuid,
        lines: &[OrderLineRow],
        sums: &Calculation,
    ) -> (Vec<OrderDiscountRow>, Vec<PartRow>) {
        let (mut rows, mut parts) = (Vec::new(), Vec::new());
        for (applied, position) in sums.discounts.iter().zip(0..) {
            let id = self.id();
            let Applied { row, line, sum } = applied.clone();
            let bearing = lines.iter().zip(sum.parts).filter(|(_, part)| *part > 0);
            parts.extend(bearing.map(|(line, amount_minor)| PartRow {
                discount_id: id,
                line_id: line.id,
                amount_minor,
            }));
            rows.push(OrderDiscountRow {
                id,
                order_id,
                position,
                line_id: line.and_then(|line| lines.get(line)).map(|line| line.id),
                origin: row.origin,
                code: row.code,
                label: row.label,
                amount_minor: sum.amount_minor,
            });
        }
        (rows, parts)
    }
}
