//! The cart's sum and the way to the checkout.
#![expect(missing_docs, reason = "the island macro makes a struct without a comment")]

use super::Latest;
use crate::checkout::model::Totals;
use crate::i18n::{cart as t, fmt};
use crate::kernel::{Locale, Money};
use leptos::prelude::*;
use serde::{Deserialize, Serialize};

/// What the page knows about the fee of delivery.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub enum Shipping {
    /// It is free, for a cart of at least this sum.
    Free(Money),
    /// It becomes free from this sum on.
    FreeFrom(Money),
    /// Nothing is known before the checkout.
    Later,
}

impl Shipping {
    /// Reads it off the sums of a cart.
    #[must_use]
    pub fn of(totals: &Totals) -> Self {
        let threshold = totals.missing_for_free_shipping.and_then(|missing| missing.plus(totals.subtotal));
        match threshold {
            Some(threshold) => Self::FreeFrom(threshold),
            None if totals.shipping.minor == 0 && totals.subtotal.minor > 0 => Self::Free(totals.subtotal),
            None => Self::Later,
        }
    }

    /// The sentence for a cart of this sum.
    #[must_use]
    pub fn text(self, locale: Locale, subtotal: Money) -> String {
        match self {
            Self::Free(from) | Self::FreeFrom(from) if subtotal.minor >= from.minor => {
                t::shipping_free(locale).to_owned()
            }
            Self::FreeFrom(from) if subtotal.minor > 0 => {
                let missing = Money::new(from.minor.saturating_sub(subtotal.minor), from.currency);
                t::shipping_missing(locale, fmt::money(locale, missing))
            }
            _ => t::shipping_later(locale).to_owned(),
        }
    }
}

/// What the sum shows.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct SumFacts {
    /// Units in the cart.
    pub count: u32,
    /// Sum of what can be bought.
    pub subtotal: Money,
    /// The same in words.
    pub subtotal_text: String,
    /// True when the checkout is open.
    pub is_ready: bool,
}

impl From<&crate::cart::model::CartView> for SumFacts {
    fn from(cart: &crate::cart::model::CartView) -> Self {
        Self {
            count: cart.count,
            subtotal: cart.subtotal,
            subtotal_text: cart.subtotal_text.clone(),
            is_ready: cart.is_ready && cart.count > 0,
        }
    }
}

/// The sum, what delivery costs, and the page's main action.
#[island]
pub fn CartTotals(
    /// The language.
    locale: Locale,
    /// The sum when the page was made.
    facts: SumFacts,
    /// The fee of delivery.
    shipping: Shipping,
) -> impl IntoView {
    let latest = Latest::current();
    let first = facts.clone();
    let now =
        Memo::new(move |_| latest.0.with(|cart| cart.as_ref().map_or_else(|| first.clone(), SumFacts::from)));
    let has_changed = move || latest.0.with(Option::is_some);
    let checkout = crate::routes::href::checkout(locale);
    view! {
        <p class="summary-row">
            <span>{t::subtotal(locale)}</span>
            <strong class="summary-sum">{move || now.with(|sum| sum.subtotal_text.clone())}</strong>
        </p>
        <p class="summary-hint">{move || now.with(|sum| shipping.text(locale, sum.subtotal))}</p>
        <p class="summary-hint">{t::tax_note(locale)}</p>
        <a
            class="button button-main summary-action"
            href=move || now.with(|sum| sum.is_ready).then(|| checkout.clone())
            role=move || (!now.with(|sum| sum.is_ready)).then_some("link")
            aria-disabled=move || (!now.with(|sum| sum.is_ready)).then_some("true")
            aria-describedby="cart-blocked"
        >
            {t::checkout(locale)}
        </a>
        <p class="summary-blocked" id="cart-blocked" hidden=move || now.with(|sum| sum.is_ready)>
            {move || {
                now.with(|sum| if sum.count == 0 { t::blocked_empty(locale) } else { t::blocked(locale) })
            }}
        </p>
        <p class="hidden" role="status">
            {move || {
                has_changed().then(|| now.with(|sum| [t::subtotal(locale), " ", &sum.subtotal_text].concat()))
            }}
        </p>
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::kernel::Currency;

    fn totals(subtotal: i64, shipping: i64, missing: Option<i64>) -> Totals {
        let money = |minor| Money::new(minor, Currency::Cny);
        Totals {
            subtotal: money(subtotal),
            shipping: money(shipping),
            tax_included: money(0),
            total: money(subtotal + shipping),
            missing_for_free_shipping: missing.map(money),
        }
    }

    #[test]
    fn the_way_to_free_delivery_follows_the_sum() {
        let shipping = Shipping::of(&totals(12_000, 1_200, Some(7_900)));
        let text = |minor| shipping.text(Locale::En, Money::new(minor, Currency::Cny));
        assert_eq!(text(12_000), "Add CN¥79.00 more for free delivery.");
        assert_eq!(text(19_900), "Delivery is free.");
        assert!(text(0).contains("at checkout"));
    }

    #[test]
    fn a_free_cart_that_shrinks_promises_nothing() {
        let shipping = Shipping::of(&totals(40_000, 0, None));
        assert_eq!(shipping.text(Locale::Zh, Money::new(40_000, Currency::Cny)), "已享免运费。");
        assert!(shipping.text(Locale::Zh, Money::new(100, Currency::Cny)).contains("结算页"));
    }
}
