//! The sums shown at the checkout, its page, and what placing an order answers.

pub use super::address::Address;
use super::discount::Discount;
pub use super::draft::Draft;
pub use super::form::{CheckoutForm, PlaceOrder};
use super::wishes::WishesForm;
use crate::cart::model::CartView;
use crate::delivery::model::DeliveryChoice;
use crate::error::FieldErrors;
use crate::kernel::Money;
use crate::payments::model::PaymentMethod;
use serde::{Deserialize, Serialize};

/// The sums of an order to be.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct Totals {
    /// Goods, discounts taken off.
    pub subtotal: Money,
    /// What is taken off them.
    pub discount: Money,
    /// Delivery.
    pub shipping: Money,
    /// Tax contained in goods and delivery.
    pub tax_included: Money,
    /// Tax that is added to them, by the state that the order goes to.
    pub tax_added: Money,
    /// What is to be paid.
    pub total: Money,
    /// What is missing for free delivery; `None` when it is free already or never.
    pub missing_for_free_shipping: Option<Money>,
}

/// What the checkout page shows.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CheckoutPage {
    /// The cart.
    pub cart: CartView,
    /// Its sums.
    pub totals: Totals,
    /// What is taken off in them.
    pub discounts: Vec<Discount>,
    /// What was typed before.
    pub draft: CheckoutForm,
    /// The wishes among it.
    pub wishes: WishesForm,
    /// The ways that the parcel can go; none when it is too heavy.
    pub deliveries: Vec<DeliveryChoice>,
    /// The payment methods that are offered.
    pub methods: Vec<PaymentMethod>,
    /// Help with the places of the address.
    pub help: AddressHelp,
    /// The text to be taken apart, or what it had replaced.
    pub paste: String,
}

/// What the form offers and advises about places.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct AddressHelp {
    /// Provinces or states of the chosen country.
    pub regions: Vec<String>,
    /// Cities of the province.
    pub cities: Vec<String>,
    /// Districts of the city.
    pub districts: Vec<String>,
    /// What is wrong with what was typed, apart from what the form finds by itself.
    pub errors: FieldErrors,
    /// A sentence for fields that are wrong.
    pub advice: Vec<(&'static str, String)>,
    /// What the form sends along to be believed when the same names come again.
    pub insisted: String,
}

/// What follows from what is typed so far, for a page that is open.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Filled {
    /// Provinces or states of the chosen country.
    pub regions: Vec<String>,
    /// Cities of the province.
    pub cities: Vec<String>,
    /// Districts of the city.
    pub districts: Vec<String>,
    /// The ways of delivery as HTML.
    pub deliveries: String,
    /// The sums as HTML.
    pub totals: String,
    /// The total in minor units.
    pub total_minor: i64,
    /// The total as it is written.
    pub total_text: String,
    /// The words on the button.
    pub place: String,
}

/// The answer to a placed order.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Placed {
    /// Public id of the order.
    pub order: String,
    /// The order's number for people.
    pub number: String,
    /// Where to go next: the page of the payment provider, or that of the order.
    pub url: String,
}
