//! The states of an order, the one function that derives them from facts, and the kinds of what happens to it.

use serde::{Deserialize, Serialize};

macro_rules! named {
    ($(#[$meta:meta])* $name:ident { $($(#[$vmeta:meta])* $variant:ident = $text:literal,)* }) => {
        $(#[$meta])*
        #[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
        #[serde(rename_all = "snake_case")]
        pub enum $name { $($(#[$vmeta])* $variant,)* }

        impl $name {
            /// Every state.
            pub const ALL: &'static [$name] = &[$(Self::$variant,)*];

            /// The name in the database and in JSON.
            #[must_use]
            pub const fn name(self) -> &'static str {
                match self { $(Self::$variant => $text,)* }
            }

            /// Reads a stored name.
            #[must_use]
            pub fn from_name(name: &str) -> Option<Self> {
                Self::ALL.iter().copied().find(|state| state.name() == name)
            }
        }
    };
}

named! {
    /// Whether the order stands.
    OrderStatus {
        /// It stands.
        Placed = "placed",
        /// It was cancelled before shipping.
        Cancelled = "cancelled",
    }
}

named! {
    /// What has been paid, derived from sums.
    PaymentStatus {
        /// Nothing yet, and nothing promised.
        None = "none",
        /// Cash is to be collected, or a provider has promised it.
        Pending = "pending",
        /// A part.
        PartiallyPaid = "partially_paid",
        /// All.
        Paid = "paid",
        /// More than the total.
        Overpaid = "overpaid",
        /// A part went back.
        PartiallyRefunded = "partially_refunded",
        /// All went back.
        Refunded = "refunded",
        /// The order was cancelled before anything was paid.
        Voided = "voided",
    }
}

named! {
    /// What has been sent, derived from quantities.
    FulfillmentStatus {
        /// Nothing sent.
        Unfulfilled = "unfulfilled",
        /// A part sent.
        Partial = "partial",
        /// All sent.
        Fulfilled = "fulfilled",
        /// Nothing will be sent.
        Cancelled = "cancelled",
    }
}

/// The facts from which an order's three statuses follow.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct OrderFacts {
    /// The order was cancelled.
    pub is_cancelled: bool,
    /// What is to be paid, in minor units.
    pub total_minor: i64,
    /// What is promised but not received, in minor units.
    pub pending_minor: i64,
    /// What was received, in minor units.
    pub charged_minor: i64,
    /// What went back, in minor units.
    pub refunded_minor: i64,
    /// Units ordered.
    pub ordered_units: i64,
    /// Units sent.
    pub shipped_units: i64,
}

impl OrderFacts {
    /// The three stored statuses. Nothing else writes them.
    #[must_use]
    pub fn derive(self) -> (OrderStatus, PaymentStatus, FulfillmentStatus) {
        let order = if self.is_cancelled { OrderStatus::Cancelled } else { OrderStatus::Placed };
        (order, self.payment(), self.fulfillment())
    }

    fn payment(self) -> PaymentStatus {
        if self.charged_minor > 0 && self.refunded_minor >= self.charged_minor {
            return PaymentStatus::Refunded;
        }
        if self.refunded_minor > 0 {
            return PaymentStatus::PartiallyRefunded;
        }
        match self.charged_minor {
            charged if charged > self.total_minor => PaymentStatus::Overpaid,
            charged if charged == self.total_minor => PaymentStatus::Paid,
            charged if charged > 0 => PaymentStatus::PartiallyPaid,
            _ if self.is_cancelled => PaymentStatus::Voided,
            _ if self.pending_minor > 0 => PaymentStatus::Pending,
            _ => PaymentStatus::None,
        }
    }

    fn fulfillment(self) -> FulfillmentStatus {
        match self.shipped_units {
            0 if self.is_cancelled => FulfillmentStatus::Cancelled,
            0 => FulfillmentStatus::Unfulfilled,
            shipped if shipped < self.ordered_units => FulfillmentStatus::Partial,
            _ => FulfillmentStatus::Fulfilled,
        }
    }
}

named! {
    /// What happened to an order.
    OrderEventKind {
        /// It was placed.
        Placed = "placed",
        /// The money was received.
        Paid = "paid",
        /// A try to pay was declined.
        PaymentFailed = "payment_failed",
        /// It will be paid at the door instead.
        CashChosen = "cash_chosen",
        /// It was not paid in time, so it was called off.
        Expired = "expired",
        /// It was cancelled.
        Cancelled = "cancelled",
        /// Money arrived after the order was called off; it goes back.
        PaidLate = "paid_late",
        /// Money is on its way back.
        RefundStarted = "refund_started",
        /// Money went back.
        Refunded = "refunded",
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const PLACED: OrderFacts = OrderFacts {
        is_cancelled: false,
        total_minor: 100,
        pending_minor: 100,
        charged_minor: 0,
        refunded_minor: 0,
        ordered_units: 3,
        shipped_units: 0,
    };

    #[test]
    fn payment_status_follows_the_sums() {
        for (charged, refunded, expected) in [
            (0, 0, PaymentStatus::Pending),
            (40, 0, PaymentStatus::PartiallyPaid),
            (100, 0, PaymentStatus::Paid),
            (120, 0, PaymentStatus::Overpaid),
            (100, 40, PaymentStatus::PartiallyRefunded),
            (100, 100, PaymentStatus::Refunded),
        ] {
            let facts = OrderFacts { charged_minor: charged, refunded_minor: refunded, ..PLACED };
            assert_eq!(facts.derive().1, expected, "{charged} {refunded}");
        }
    }

    #[test]
    fn fulfilment_status_follows_the_units() {
        for (shipped, expected) in [
            (0, FulfillmentStatus::Unfulfilled),
            (1, FulfillmentStatus::Partial),
            (3, FulfillmentStatus::Fulfilled),
        ] {
            assert_eq!(OrderFacts { shipped_units: shipped, ..PLACED }.derive().2, expected);
        }
    }

    #[test]
    fn cancelling_before_payment_voids_it() {
        let facts = OrderFacts { is_cancelled: true, ..PLACED };
        assert_eq!(
            facts.derive(),
            (OrderStatus::Cancelled, PaymentStatus::Voided, FulfillmentStatus::Cancelled)
        );
    }

    #[test]
    fn every_state_reads_back_by_its_name() {
        assert!(OrderStatus::ALL.iter().all(|state| OrderStatus::from_name(state.name()) == Some(*state)));
        assert!(
            PaymentStatus::ALL.iter().all(|state| PaymentStatus::from_name(state.name()) == Some(*state))
        );
        assert!(
            FulfillmentStatus::ALL
                .iter()
                .all(|state| FulfillmentStatus::from_name(state.name()) == Some(*state))
        );
    }
}
