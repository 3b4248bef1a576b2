//! Rows of orders.

use app::catalog::model::Picture;
use app::checkout::model::Address;
use app::checkout::wishes::Wishes;
use app::delivery::model::Delivery;
use sqlx::types::Json;
use uuid::Uuid;

/// An order.
#[derive(Debug, Clone, sqlx::FromRow)]
#[expect(missing_docs, reason = "the fields are the columns, described in the migration")]
pub struct OrderRow {
    pub id: Uuid,
    pub public_id: String,
    pub number: String,
    pub guest_hash: Vec<u8>,
    pub status: String,
    pub payment_status: String,
    pub fulfillment_status: String,
    pub locale: String,
    pub currency: String,
    pub subtotal_minor: i64,
    pub discount_minor: i64,
    pub shipping_minor: i64,
    pub tax_minor: i64,
    pub tax_added_minor: i64,
    pub total_minor: i64,
    pub charged_minor: i64,
    pub refunded_minor: i64,
    pub email: String,
    pub address: Json<Address>,
    pub note: String,
    pub payment_method: String,
    pub placed_at: i64,
    pub wishes: Json<Wishes>,
    pub delivery: Option<Json<Delivery>>,
}

/// An order to be written.
#[derive(Debug, Clone)]
#[expect(missing_docs, reason = "the fields are the columns, described in the migration")]
pub struct OrderWrite {
    pub id: Uuid,
    pub public_id: String,
    pub number: String,
    pub cart_id: Uuid,
    pub guest_hash: Vec<u8>,
    pub status: &'static str,
    pub payment_status: &'static str,
    pub fulfillment_status: &'static str,
    pub locale: &'static str,
    pub currency: &'static str,
    pub subtotal_minor: i64,
    pub discount_minor: i64,
    pub shipping_minor: i64,
    pub tax_minor: i64,
    pub tax_added_minor: i64,
    pub total_minor: i64,
    pub email: String,
    pub address: Address,
    pub note: String,
    pub payment_method: &'static str,
    pub wishes: Wishes,
    pub delivery: Option<Json<Delivery>>,
    pub now: i64,
}

/// A line of an order, read or to be written.
#[derive(Debug, Clone, sqlx::FromRow)]
#[expect(missing_docs, reason = "the fields are the columns, described in the migration")]
pub struct OrderLineRow {
    pub id: Uuid,
    pub order_id: Uuid,
    pub position: i64,
    pub variant_id: Uuid,
    pub sku: String,
    pub slug: String,
    pub title: String,
    pub options: String,
    pub picture: Option<Json<Picture>>,
    pub quantity: i64,
    pub unit_minor: i64,
    pub discount_minor: i64,
    pub total_minor: i64,
    pub tax_class: String,
    pub tax_ppm: i64,
    pub tax_minor: i64,
}

/// The facts from which an order's statuses follow.
#[derive(Debug, Clone, sqlx::FromRow)]
#[expect(missing_docs, reason = "the names say it; sums in minor units")]
pub struct FactsRow {
    pub is_cancelled: bool,
    pub total_minor: i64,
    pub pending_minor: i64,
    pub charged_minor: i64,
    pub refunded_minor: i64,
    pub ordered_units: i64,
}

impl From<OrderWrite> for OrderRow {
    /// The order as it is right after it was written.
    fn from(order: OrderWrite) -> Self {
        Self {
            id: order.id,
            public_id: order.public_id,
            number: order.number,
            guest_hash: order.guest_hash,
            status: order.status.to_owned(),
            payment_status: order.payment_status.to_owned(),
            fulfillment_status: order.fulfillment_status.to_owned(),
            locale: order.locale.to_owned(),
            currency: order.currency.to_owned(),
            subtotal_minor: order.subtotal_minor,
            discount_minor: order.discount_minor,
            shipping_minor: order.shipping_minor,
            tax_minor: order.tax_minor,
            tax_added_minor: order.tax_added_minor,
            total_minor: order.total_minor,
            charged_minor: 0,
            refunded_minor: 0,
            email: order.email,
            address: Json(order.address),
            note: order.note,
            payment_method: order.payment_method.to_owned(),
            placed_at: order.now,
            wishes: Json(order.wishes),
            delivery: order.delivery,
        }
    }
}
