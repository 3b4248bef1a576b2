//! Placing an order: one transaction whose body reads as its table of contents.
//!
//! Lock order: cart → stock levels by id → number sequence. Nothing outside of the database happens in between.

use super::row::{RateRow, RatesOf};
use super::totals::{Calculation, calculate, taxed_region};
use crate::cart::row::LineRow;
use crate::cart::view::{self as cart_view, problem};
use crate::db::time::to_micros;
use crate::db::{Database, Tx};
use crate::delivery::offer::chosen;
use crate::delivery::zone::zone_region;
use crate::fault::Fault;
use crate::inventory::ledger::{MAIN_WAREHOUSE, movement};
use crate::inventory::row::StockRow;
use crate::jobs::outbox::{Event, emit};
use crate::on;
use crate::orders::row::{OrderRow, OrderWrite};
use crate::orders::{NUMBERS, ORDER_PLACED};
use crate::payments::provider::Providers;
use crate::payments::row::{AttemptWrite, IntentWrite, PaymentRow};
use crate::platform::Platform;
use app::catalog::model::View;
use app::checkout::model::PlaceOrder;
use app::kernel::PublicId;
use app::orders::model::{OrderEventKind, OrderFacts, PUBLIC_PREFIX};
use app::payments::model::PaymentMethod;
use app::routes::href;
use app::{AppError, ErrorCode};
use sqlx::types::Json;
use time::OffsetDateTime;
use uuid::Uuid;

/// The first order's number; people should not see how young a shop is.
const FIRST_NUMBER: i64 = 100_001;

/// One attempt to place the order of a guest's cart.
pub struct Placing<'a> {
    /// Where it happens.
    pub database: &'a Database,
    /// Clock and ids.
    pub platform: &'a Platform,
    /// How long goods are reserved, and where payers come back to.
    pub providers: &'a Providers,
    /// The hash of the guest's secret.
    pub guest_hash: &'a [u8],
    /// Language and currency of the order.
    pub view: View,
    /// What the shopper asked for.
    pub command: &'a PlaceOrder,
    /// When.
    pub at: OffsetDateTime,
}

/// The order that was placed, or that the cart had become already.
#[derive(Debug, Clone)]
pub struct Receipt {
    /// Its internal id.
    pub order_id: Uuid,
    /// Its public id.
    pub public_id: String,
    /// Its number for people.
    pub number: String,
    /// The try to pay that was begun with it; `None` when somebody else has placed it.
    pub fresh: Option<(OrderRow, PaymentRow)>,
}

impl Placing<'_> {
    /// Places the order, or finds the one that this cart has become already.
    ///
    /// # Errors
    /// A conflict that names why it cannot be; nothing has happened then.
    pub async fn run(&self) -> Result<Receipt, Fault> {
        let mut tx = self.database.write().await?;
        let Some(cart_id) = on!(tx, cart::complete(self.guest_hash, self.now()))? else {
            return self.replay(&mut tx).await;
        };
        let lines = on!(tx, cart::list_lines(cart_id, self.view.currency.code(), self.now()))?;
        refuse_problems(&lines, self.view)?;
        let sums = self.calculate(&mut tx, cart_id, &lines).await?;
        self.refuse_another_way(&sums)?;
        self.refuse_changed_total(&sums)?;
        let levels = allocate(&mut tx, cart_id, &lines, (self.view, self.now())).await?;
        let order = self.write_order(&mut tx, cart_id, &lines, &sums).await?;
        self.write_movements(&mut tx, order.id, &lines, &levels).await?;
        let payment = self.write_payment(&mut tx, &order).await?;
        let subject = order.id.to_string();
        emit(
            &mut tx,
            self.platform,
            Event { topic: ORDER_PLACED, subject: &subject, payload: serde_json::json!({}) },
        )
        .await?;
        tx.commit().await?;
        Ok(Receipt {
            order_id: order.id,
            public_id: order.public_id.clone(),
            number: order.number.clone(),
            fresh: Some((order.into(), payment)),
        })
    }

    pub(super) fn now(&self) -> i64 {
        to_micros(self.at)
    }

    pub(super) fn id(&self) -> Uuid {
        self.platform.entropy.uuid_v7(self.at)
    }

    /// The order that a parallel or repeated call has made of this cart.
    async fn replay(&self, tx: &mut Tx) -> Result<Receipt, Fault> {
        let cart_id = on!(tx, cart::find_completed(self.guest_hash))?;
        let cart_id = cart_id.ok_or(Fault::conflict(ErrorCode::CartEmpty))?;
        let order: Option<OrderRow> = on!(tx, orders::find_by_cart(cart_id))?;
        order
            .map(|order| Receipt {
                order_id: order.id,
                public_id: order.public_id,
                number: order.number,
                fresh: None,
            })
            .ok_or(Fault::Broken("a completed cart without an order"))
    }

    async fn calculate(&self, tx: &mut Tx, cart_id: Uuid, lines: &[LineRow]) -> Result<Calculation, Fault> {
        let (address, currency) = (&self.command.address, self.view.currency);
        let taxed_region = taxed_region(address.country, &address.region, currency);
        let region = zone_region(address.country, &address.region);
        let (country, now) = (address.country.code(), self.now());
        let of = RatesOf { currency: currency.code(), country, region, taxed_region, cart_id, now };
        let rows = on!(tx, checkout::list_rates(of))?;
        calculate(lines, &RateRow::split(&rows), &self.command.delivery, currency)
    }

    /// What cannot go the wanted way does not go another one unasked.
    fn refuse_another_way(&self, sums: &Calculation) -> Result<(), Fault> {
        let wanted = self.command.delivery.as_str();
        match chosen(&sums.ways, wanted) {
            Some(way) if wanted.is_empty() || way.rate.code == wanted => Ok(()),
            _ => Err(AppError::field("delivery", ErrorCode::DeliveryUnavailable).into()),
        }
    }

    fn refuse_changed_total(&self, sums: &Calculation) -> Result<(), Fault> {
        match self.command.expected_total {
            Some(expected) if expected != sums.totals.total => {
                Err(AppError::TotalChanged(sums.totals.total).into())
            }
            _ => Ok(()),
        }
    }

    async fn write_order(
        &self,
        tx: &mut Tx,
        cart_id: Uuid,
        lines: &[LineRow],
        sums: &Calculation,
    ) -> Result<OrderWrite, Fault> {
        let number = on!(tx, orders::next_number(NUMBERS, FIRST_NUMBER))?;
        let order = self.order(cart_id, number, lines, sums);
        on!(tx, orders::insert(&order))?;
        let rows = self.order_lines(order.id, lines, sums);
        on!(tx, orders::insert_lines(&rows))?;
        if !sums.discounts.is_empty() {
            let (discounts, parts) = self.order_discounts(order.id, &rows, sums);
            on!(tx, dialect::insert_discounts(&discounts, &parts))?;
        }
        on!(tx, orders::insert_event(self.id(), order.id, OrderEventKind::Placed.name(), self.now()))?;
        Ok(order)
    }

    fn order(&self, cart_id: Uuid, number: i64, lines: &[LineRow], sums: &Calculation) -> OrderWrite {
        let totals = sums.totals;
        let way = chosen(&sums.ways, &self.command.delivery);
        let facts = OrderFacts {
            is_cancelled: false,
            total_minor: totals.total.minor,
            pending_minor: if self.is_cash() { totals.total.minor } else { 0 },
            charged_minor: 0,
            refunded_minor: 0,
            ordered_units: lines.iter().map(|line| line.quantity).sum(),
            shipped_units: 0,
        };
        let (status, payment_status, fulfillment_status) = facts.derive();
        OrderWrite {
            id: self.id(),
            public_id: PublicId::new(PUBLIC_PREFIX, self.platform.entropy.bytes()).as_str().to_owned(),
            number: format!("J{number}"),
            cart_id,
            guest_hash: self.guest_hash.to_vec(),
            status: status.name(),
            payment_status: payment_status.name(),
            fulfillment_status: fulfillment_status.name(),
            locale: self.view.locale.code(),
            currency: self.view.currency.code(),
            subtotal_minor: totals.subtotal.minor,
            discount_minor: totals.discount.minor,
            shipping_minor: totals.shipping.minor,
            tax_minor: totals.tax_included.minor,
            tax_added_minor: totals.tax_added.minor,
            total_minor: totals.total.minor,
            email: self.command.email.as_str().to_owned(),
            address: self.command.address.clone(),
            note: self.command.note.clone(),
            wishes: self.command.wishes.clone(),
            delivery: way.map(|way| Json(way.rate.delivery(self.at))),
            payment_method: self.command.payment_method.name(),
            now: self.now(),
        }
    }

    async fn write_movements(
        &self,
        tx: &mut Tx,
        order_id: Uuid,
        lines: &[LineRow],
        levels: &[StockRow],
    ) -> Result<(), Fault> {
        let rows: Vec<_> = levels
            .iter()
            .filter_map(|level| {
                let line = lines.iter().find(|line| line.variant_id == level.variant_id)?;
                let cause = format!("order:{order_id}:{}", level.id);
                Some(movement(self.platform, level, "allocated", line.quantity, cause))
            })
            .collect();
        on!(tx, inventory::insert_movements(&rows))?;
        Ok(())
    }

    fn is_cash(&self) -> bool {
        self.command.payment_method == PaymentMethod::CashOnDelivery
    }

    /// What is to be paid, and the first try to do so. Goods that are not paid at the door are reserved for a while, unless
    /// there is nothing to pay.
    async fn write_payment(&self, tx: &mut Tx, order: &OrderWrite) -> Result<PaymentRow, Fault> {
        let end = to_micros(self.at + self.providers.hold);
        let intent = IntentWrite {
            id: self.id(),
            order_id: order.id,
            amount_minor: order.total_minor,
            currency: order.currency,
            expires_at: (!self.is_cash() && order.total_minor > 0).then_some(end),
            now: self.now(),
        };
        let page = href::order(self.view.locale, &order.public_id);
        let attempt = AttemptWrite {
            id: self.id(),
            intent_id: intent.id,
            method: self.command.payment_method,
            return_url: format!("{}{page}", self.providers.base_url),
            now: self.now(),
        };
        on!(tx, payments::insert_intent(&intent))?;
        on!(tx, payments::insert_attempt(&attempt))?;
        Ok(PaymentRow::fresh(&intent, attempt))
    }
}

/// Refuses an empty cart, and one with lines that cannot be bought: all of them are named.
fn refuse_problems(lines: &[LineRow], view: View) -> Result<(), Fault> {
    if lines.is_empty() {
        return Err(Fault::conflict(ErrorCode::CartEmpty));
    }
    let blocking: Vec<_> = lines.iter().filter(|line| problem(line).is_some()).collect();
    if blocking.is_empty() { Ok(()) } else { Err(blocked(blocking, view)) }
}

/// The refusal that names these lines.
fn blocked<'a>(lines: impl IntoIterator<Item = &'a LineRow>, view: View) -> Fault {
    let lines: Vec<_> = lines.into_iter().map(|line| cart_view::line(line, view)).collect();
    AppError::Blocked(cart_view::problems(&lines)).into()
}

/// Promises every line or refuses all of them. The conditional update is the guard; the earlier look was a courtesy.
async fn allocate(
    tx: &mut Tx,
    cart_id: Uuid,
    lines: &[LineRow],
    (view, now): (View, i64),
) -> Result<Vec<StockRow>, Fault> {
    on!(tx, dialect::lock_stock_of_cart(cart_id))?;
    let levels = on!(tx, inventory::allocate_cart(MAIN_WAREHOUSE, cart_id))?;
    if levels.len() == lines.len() {
        return Ok(levels);
    }
    // Somebody else was quicker: what is left now is told.
    let mut short = on!(tx, cart::list_lines(cart_id, view.currency.code(), now))?;
    short.retain(|line| levels.iter().all(|level| level.variant_id != line.variant_id));
    short.retain(|line| problem(line).is_some());
    if short.is_empty() { Err(Fault::conflict(ErrorCode::SoldOut)) } else { Err(blocked(&short, view)) }
}
