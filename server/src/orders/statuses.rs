//! The one writer of an order's three statuses.

use crate::db::Tx;
use crate::on;
use app::orders::model::OrderFacts;
use uuid::Uuid;

/// Derives an order's statuses from its facts and stores them.
///
/// # Errors
/// The database's error.
pub async fn store(tx: &mut Tx, order_id: Uuid) -> sqlx::Result<()> {
    let facts = on!(tx, orders::facts(order_id))?;
    let statuses = OrderFacts {
        is_cancelled: facts.is_cancelled,
        total_minor: facts.total_minor,
        pending_minor: facts.pending_minor,
        charged_minor: facts.charged_minor,
        refunded_minor: facts.refunded_minor,
        ordered_units: facts.ordered_units,
        shipped_units: 0,
    }
    .derive();
    on!(tx, orders::update_statuses(order_id, statuses))
}
