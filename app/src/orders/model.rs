//! The order page's content. Its states are in [`super::status`].

pub use super::status::{FulfillmentStatus, OrderEventKind, OrderFacts, OrderStatus, PaymentStatus};
use crate::catalog::model::Picture;
use crate::checkout::discount::Discount;
use crate::checkout::model::{Address, Totals};
use crate::checkout::wishes::Wishes;
use crate::delivery::model::Delivery;
use crate::id;
use crate::kernel::{Money, PublicId};
use crate::payments::model::{PayOffer, PaymentMethod};
use time::OffsetDateTime;

id!(/// An order's internal id.
    OrderId);

/// Prefix of an order's public id.
pub const PUBLIC_PREFIX: &str = "or";

/// One bought variant, as it was when the order was placed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct OrderLine {
    /// Stock keeping unit.
    pub sku: String,
    /// URL key of the product.
    pub slug: String,
    /// Title.
    pub title: String,
    /// Chosen options.
    pub options: String,
    /// Picture.
    pub picture: Option<Picture>,
    /// Units.
    pub quantity: u32,
    /// Price of one unit.
    pub unit_price: Money,
    /// What is taken off the line, its part of what is taken off everything among it.
    pub discount: Money,
    /// Price of the line, discounts taken off.
    pub total: Money,
    /// The rate of its tax, in parts per million.
    pub tax_ppm: i64,
    /// The tax in its price.
    pub tax: Money,
}

impl OrderLine {
    /// Price of the line before anything was taken off.
    #[must_use]
    pub const fn whole(&self) -> Money {
        Money::new(self.total.minor.saturating_add(self.discount.minor), self.total.currency)
    }
}

/// Who sells, as an invoice says it. Whatever is not set is empty.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Seller {
    /// The registered name.
    pub name: String,
    /// The tax number.
    pub tax_number: String,
    /// The address in one line.
    pub address: String,
}

/// What the order page shows.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct OrderPage {
    /// Opaque id.
    pub public_id: PublicId,
    /// Number for people.
    pub number: String,
    /// Whether it stands.
    pub status: OrderStatus,
    /// What has been paid.
    pub payment_status: PaymentStatus,
    /// What has been sent.
    pub fulfillment_status: FulfillmentStatus,
    /// When it was placed.
    pub placed_at: OffsetDateTime,
    /// How it is paid.
    pub payment_method: PaymentMethod,
    /// What was bought.
    pub lines: Vec<OrderLine>,
    /// Sums.
    pub totals: Totals,
    /// What was taken off in them.
    pub discounts: Vec<Discount>,
    /// Where it goes.
    pub address: Address,
    /// Where the confirmation went.
    pub email: String,
    /// A wish for the courier.
    pub note: String,
    /// Gift wrap and invoice.
    pub wishes: Wishes,
    /// How it travels; `None` for orders from before there was a choice.
    pub delivery: Option<Delivery>,
    /// What happened, oldest first.
    pub events: Vec<(OrderEventKind, OffsetDateTime)>,
    /// What can be done to pay it; `None` when there is nothing to pay online.
    pub offer: Option<PayOffer>,
    /// Whether its time to pay ran out.
    pub is_expired: bool,
    /// Whether the reader may call it off.
    pub can_cancel: bool,
    /// Who sold it.
    pub seller: Seller,
}

/// An order that still waits for its payment.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct WaitingOrder {
    /// Opaque id.
    pub public_id: PublicId,
    /// Number for people.
    pub number: String,
    /// Until when the goods are reserved.
    pub pay_by: OffsetDateTime,
}
