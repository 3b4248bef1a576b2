//! Many articles at once: one statement to look them up and one to write them, however many there are.

use super::row::{LineRow, LineWrite, OfferRow};
use super::service::{CartService, OpenCart, refusal};
use super::view;
use crate::db::time::to_micros;
use crate::fault::Fault;
use crate::on;
use app::ErrorCode;
use app::cart::bulk::{Added, BulkAnswer, BulkItem, Refused, SharedItem};
use app::cart::model::{AddToCart, CartLine};
use app::catalog::model::View;
use app::kernel::GuestToken;

/// The numbers of everything that can be asked for.
fn skus(items: &[BulkItem]) -> Vec<&str> {
    let mut skus: Vec<&str> =
        items.iter().filter_map(|item| item.asked.as_ref().ok()).map(|asked| asked.sku.as_str()).collect();
    skus.sort_unstable();
    skus.dedup();
    skus
}

/// What a list comes to, worked out before anything is written.
#[derive(Default)]
struct Plan {
    added: Vec<Added>,
    refused: Vec<Refused>,
    /// Articles that get units; `in_cart` is what they have from now on.
    changed: Vec<OfferRow>,
}

impl Plan {
    fn of(items: &[BulkItem], mut offers: Vec<OfferRow>) -> Self {
        let mut plan = Self::default();
        // Lines that are new make the cart fuller for those after them.
        let mut new_lines = 0;
        for item in items {
            match take(item, &mut offers, &mut new_lines) {
                Ok(added) => plan.added.push(added),
                Err(code) => plan.refused.push(Refused { sku: item.sku.clone(), code }),
            }
        }
        let place = |offer: &OfferRow| plan.added.iter().position(|added| added.sku == offer.sku);
        offers.retain(|offer| place(offer).is_some());
        offers.sort_by_key(place);
        Self { changed: offers, ..plan }
    }
}

fn take(item: &BulkItem, offers: &mut [OfferRow], new_lines: &mut i64) -> Result<Added, ErrorCode> {
    let asked: &AddToCart = item.asked.as_ref().map_err(|code| *code)?;
    let offer = offers.iter_mut().find(|offer| offer.sku == asked.sku.as_str());
    let offer = offer.ok_or(ErrorCode::SkuUnknown)?;
    let units = asked.quantity.get();
    let wanted = offer.in_cart + i64::from(units);
    let fuller = OfferRow { lines: offer.lines + *new_lines, ..offer.clone() };
    if let Some(code) = refusal(&fuller, wanted) {
        return Err(code);
    }
    *new_lines += i64::from(offer.in_cart == 0);
    offer.in_cart = wanted;
    Ok(Added { sku: offer.sku.clone(), quantity: units })
}

impl CartService {
    /// Adds what can be added. When that is nothing, nothing at all is written.
    pub(super) async fn add_list(
        &self,
        guest: &GuestToken,
        view: View,
        items: &[BulkItem],
    ) -> Result<BulkAnswer, Fault> {
        let mut cart: OpenCart = self.open(guest).await?;
        let offers = on!(cart.tx, cart::list_offers(cart.id, &skus(items), view.currency.code(), cart.now))?;
        let Plan { added, refused, changed } = Plan::of(items, offers);
        if added.is_empty() {
            drop(cart);
            return Ok(BulkAnswer { cart: self.show(Some(guest), view).await?, added, refused });
        }
        // A microsecond apart, so that they stay in the order of the list.
        let placed = changed.iter().map(|offer| cart.line(view, offer, offer.in_cart)).zip(0..);
        let lines: Vec<LineWrite> =
            placed.map(|(line, place)| LineWrite { now: line.now + place, ..line }).collect();
        on!(cart.tx, cart::upsert_lines(&lines))?;
        Ok(BulkAnswer { cart: cart.finish(view).await?, added, refused })
    }

    /// What a list names, as it could be bought now.
    pub(super) async fn look_up(&self, view: View, items: &[BulkItem]) -> Result<Vec<SharedItem>, Fault> {
        let mut conn = self.database.read().await?;
        let now = to_micros(self.platform.clock.now());
        let rows = on!(conn, cart::list_articles(&skus(items), view.currency.code(), now))?;
        Ok(items.iter().map(|item| shared(item, &rows, view)).collect())
    }
}

fn shared(item: &BulkItem, rows: &[LineRow], view: View) -> SharedItem {
    let sku = item.sku.clone();
    let line: Result<CartLine, ErrorCode> = item.asked.as_ref().map_err(|code| *code).and_then(|asked| {
        let row = rows.iter().find(|row| row.sku == asked.sku.as_str()).ok_or(ErrorCode::SkuUnknown)?;
        Ok(view::line(&LineRow { quantity: i64::from(asked.quantity.get()), ..row.clone() }, view))
    });
    match line {
        Ok(line) => SharedItem { sku, problem: line.problem, line: Some(line) },
        Err(code) => SharedItem { sku, line: None, problem: Some(code) },
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use app::cart::bulk::parse_items;
    use uuid::Uuid;

    fn offer(sku: &str, available: i64, in_cart: i64, lines: i64) -> OfferRow {
        OfferRow {
            variant_id: Uuid::nil(),
            sku: sku.into(),
            amount_minor: Some(100),
            available,
            in_cart,
            lines,
        }
    }

    fn plan(text: &str, offers: Vec<OfferRow>) -> Plan {
        Plan::of(&parse_items(text), offers)
    }

    #[test]
    fn an_article_named_twice_adds_up_and_is_refused_beyond_the_stock() {
        let plan = plan("A:2,A:1,A:1", vec![offer("A", 4, 1, 1)]);
        assert_eq!(plan.added.iter().map(|added| added.quantity).collect::<Vec<_>>(), [2, 1]);
        assert_eq!(plan.refused, [Refused { sku: "A".into(), code: ErrorCode::NotEnoughStock }]);
        assert_eq!(plan.changed.iter().map(|offer| offer.in_cart).collect::<Vec<_>>(), [4]);
    }

    #[test]
    fn a_cart_that_is_almost_full_takes_one_more_article() {
        let plan = plan("A,B,C:0,D", vec![offer("A", 9, 0, 499), offer("B", 9, 0, 499)]);
        assert_eq!(plan.added.iter().map(|added| added.sku.as_str()).collect::<Vec<_>>(), ["A"]);
        let refused: Vec<_> = plan.refused.iter().map(|refused| refused.code).collect();
        assert_eq!(refused, [ErrorCode::CartFull, ErrorCode::QuantityInvalid, ErrorCode::SkuUnknown]);
    }
}
