//! The orders' port over the database.

use super::access::OrderLinks;
use super::row::{OrderLineRow, OrderRow};
use super::standing;
use crate::cart::guest_hash;
use crate::db::Database;
use crate::db::time::{from_micros, to_micros};
use crate::discounts::row::OrderDiscountRow;
use crate::fault::Fault;
use crate::on;
use crate::payments::OPEN;
use crate::platform::Platform;
use app::AppError;
use app::checkout::discount::Discount;
use app::checkout::model::Totals;
use app::kernel::{Currency, GuestToken, Locale, Money, PublicId};
use app::orders::model::{
    FulfillmentStatus, OrderEventKind, OrderLine, OrderPage, OrderStatus, PUBLIC_PREFIX, PaymentStatus,
    Seller, WaitingOrder,
};
use app::orders::port::Orders;
use app::payments::model::PaymentMethod;
use async_trait::async_trait;
use std::sync::Arc;

/// Placed orders.
pub struct OrderService {
    /// Where they are.
    pub database: Database,
    /// The clock.
    pub platform: Platform,
    /// Checks the secrets of mails' links.
    pub links: Arc<OrderLinks>,
    /// The payment methods on offer.
    pub methods: Vec<PaymentMethod>,
    /// Who sells.
    pub seller: Seller,
}

impl OrderService {
    async fn load(
        &self,
        guest: Option<&GuestToken>,
        key: Option<&str>,
        id: &PublicId,
    ) -> Result<OrderPage, Fault> {
        let mut conn = self.database.read_latest().await?;
        let order = on!(conn, orders::find_by_public_id(id.as_str()))?;
        let order: OrderRow = order.ok_or(AppError::NotFound)?;
        if !self.links.may_read(guest, key, &order.public_id, &order.guest_hash).await? {
            return Err(AppError::NotFound.into());
        }
        let lines = on!(conn, orders::list_lines(order.id))?;
        let discounts = on!(conn, discounts::list_of_order(order.id))?;
        let events = on!(conn, orders::list_events(order.id))?;
        let payment = on!(conn, payments::find_current(order.id))?;
        let now = to_micros(self.platform.clock.now());
        let mut page = page(order, (lines, discounts), events)
            .ok_or(Fault::Broken("an order's stored value is not known"))?;
        page.seller = self.seller.clone();
        if let Some(payment) = payment {
            standing::add(&mut page, &payment, self.methods.clone(), now);
        }
        Ok(page)
    }
}

impl OrderService {
    async fn find_waiting(&self, guest: Option<&GuestToken>) -> Result<Option<WaitingOrder>, Fault> {
        let Some(guest) = guest else { return Ok(None) };
        let mut conn = self.database.read_latest().await?;
        let order: Option<OrderRow> = on!(conn, orders::find_latest_of(&guest_hash(guest)))?;
        let Some(order) = order.filter(|order| order.status == OrderStatus::Placed.name()) else {
            return Ok(None);
        };
        let payment = on!(conn, payments::find_current(order.id))?;
        let now = to_micros(self.platform.clock.now());
        let open = payment.filter(|payment| payment.intent_status == OPEN && !payment.is_overdue(now));
        let end = open.and_then(|payment| payment.expires_at);
        Ok(end.zip(PublicId::parse(PUBLIC_PREFIX, &order.public_id)).map(|(end, public_id)| WaitingOrder {
            public_id,
            number: order.number,
            pay_by: from_micros(end),
        }))
    }
}

/// The page of an order. `None` when a stored name or currency is not known.
#[must_use]
pub fn page(
    order: OrderRow,
    (lines, discounts): (Vec<OrderLineRow>, Vec<OrderDiscountRow>),
    events: Vec<(String, i64)>,
) -> Option<OrderPage> {
    let currency = Currency::from_code(&order.currency)?;
    let money = |minor| Money::new(minor, currency);
    let discounts = discounts.into_iter().map(|row| discount(row, &lines, currency)).collect();
    Some(OrderPage {
        public_id: PublicId::parse(PUBLIC_PREFIX, &order.public_id)?,
        number: order.number,
        status: OrderStatus::from_name(&order.status)?,
        payment_status: PaymentStatus::from_name(&order.payment_status)?,
        fulfillment_status: FulfillmentStatus::from_name(&order.fulfillment_status)?,
        placed_at: from_micros(order.placed_at),
        payment_method: PaymentMethod::parse(&order.payment_method).ok()?,
        lines: lines.into_iter().map(|line| self::line(line, currency)).collect(),
        totals: Totals {
            subtotal: money(order.subtotal_minor),
            discount: money(order.discount_minor),
            shipping: money(order.shipping_minor),
            tax_included: money(order.tax_minor),
            tax_added: money(order.tax_added_minor),
            total: money(order.total_minor),
            missing_for_free_shipping: None,
        },
        discounts,
        address: order.address.0,
        email: order.email,
        note: order.note,
        wishes: order.wishes.0,
        delivery: order.delivery.map(|delivery| delivery.0),
        events: events
            .into_iter()
            .filter_map(|(kind, at)| Some((OrderEventKind::from_name(&kind)?, from_micros(at))))
            .collect(),
        offer: None,
        is_expired: false,
        can_cancel: false,
        seller: Seller::default(),
    })
}

fn discount(row: OrderDiscountRow, lines: &[OrderLineRow], currency: Currency) -> Discount {
    let line = row.line_id.and_then(|id| lines.iter().find(|line| line.id == id));
    Discount {
        code: row.code,
        label: row.label.0,
        article: line.map(|line| line.title.clone()).unwrap_or_default(),
        amount: Money::new(row.amount_minor, currency),
    }
}

fn line(row: OrderLineRow, currency: Currency) -> OrderLine {
    OrderLine {
        sku: row.sku,
        slug: row.slug,
        title: row.title,
        options: row.options,
        picture: row.picture.map(|picture| picture.0),
        quantity: u32::try_from(row.quantity).unwrap_or(0),
        unit_price: Money::new(row.unit_minor, currency),
        discount: Money::new(row.discount_minor, currency),
        total: Money::new(row.total_minor, currency),
        tax_ppm: row.tax_ppm,
        tax: Money::new(row.tax_minor, currency),
    }
}

#[async_trait]
impl Orders for OrderService {
    async fn page(
        &self,
        guest: Option<&GuestToken>,
        key: Option<&str>,
        id: &PublicId,
        _locale: Locale,
    ) -> Result<OrderPage, AppError> {
        Ok(self.load(guest, key, id).await?)
    }

    async fn waiting(&self, guest: Option<&GuestToken>) -> Result<Option<WaitingOrder>, AppError> {
        Ok(self.find_waiting(guest).await?)
    }
}
