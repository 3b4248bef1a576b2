//! The cart's sum and the way to the checkout: the server's HTML, into which `show` writes later answers.
//!
//! Not an island of its own: writing five texts by hand costs a tenth of what a reactive view of them does.

use crate::cart::client::CartAnswer;
use crate::cart::model::CartView;
use crate::checkout::model::Totals;
use crate::i18n::{cart as t, fmt};
use crate::kernel::{Currency, Locale, Money};
use crate::routes::href;
use crate::ui::browser::element;
use leptos::prelude::*;

/// Ids of what changes.
const CUTS: &str = "cart-discounts";
const SUM: &str = "cart-sum";
const HINT: &str = "cart-shipping";
const ACTION: &str = "cart-checkout";
const BLOCKED: &str = "cart-blocked";
const STATUS: &str = "cart-status";

/// What the page knows about the fee of delivery.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
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

    /// For the page: `free 19900 CNY`, `from 19900 CNY` or `later`.
    fn encode(self) -> String {
        let known = |word: &str, from: Money| [word, &from.minor.to_string(), from.currency.code()].join(" ");
        match self {
            Self::Free(from) => known("free", from),
            Self::FreeFrom(from) => known("from", from),
            Self::Later => "later".to_owned(),
        }
    }

    /// Reads it off the page.
    fn decode(text: &str) -> Self {
        let mut words = text.split(' ');
        let word = words.next();
        let minor = words.next().and_then(|minor| minor.parse().ok());
        let currency = words.next().and_then(Currency::from_code);
        match (word, minor.zip(currency)) {
            (Some("free"), Some((minor, currency))) => Self::Free(Money::new(minor, currency)),
            (Some("from"), Some((minor, currency))) => Self::FreeFrom(Money::new(minor, currency)),
            _ => Self::Later,
        }
    }

    /// The sentence for a cart of this sum.
    #[must_use]
    pub fn text(self, locale: Locale, subtotal_minor: i64) -> String {
        match self {
            Self::Free(from) | Self::FreeFrom(from) if subtotal_minor >= from.minor => {
                t::shipping_free(locale).to_owned()
            }
            Self::FreeFrom(from) if subtotal_minor > 0 => {
                let missing = Money::new(from.minor.saturating_sub(subtotal_minor), from.currency);
                t::shipping_missing(locale, fmt::money(locale, missing))
            }
            _ => t::shipping_later(locale).to_owned(),
        }
    }
}

fn blocked_text(locale: Locale, count: u32) -> &'static str {
    if count == 0 { t::blocked_empty(locale) } else { t::blocked(locale) }
}

/// The sum, what delivery costs, and the page's main action.
#[component]
pub fn CartTotals(
    /// The language.
    locale: Locale,
    /// The cart.
    cart: CartView,
    /// The fee of delivery.
    shipping: Shipping,
) -> impl IntoView {
    let is_ready = cart.is_ready && cart.count > 0;
    view! {
        <div class="summary-cuts" id=CUTS inner_html=cart.discounts_html></div>
        <p class="summary-row">
            <span>{t::subtotal(locale)}</span>
            <strong class="summary-sum" id=SUM>
                {cart.subtotal_text}
            </strong>
        </p>
        <p class="summary-hint" id=HINT data-shipping=shipping.encode()>
            {shipping.text(locale, cart.subtotal.minor)}
        </p>
        <p class="summary-hint">{tax_note(locale, cart.subtotal.currency)}</p>
        <a
            class="button button-main summary-action"
            id=ACTION
            href=is_ready.then(|| href::checkout(locale))
            role=(!is_ready).then_some("link")
            aria-disabled=(!is_ready).then_some("true")
            aria-describedby=BLOCKED
        >
            {t::checkout(locale)}
        </a>
        <p class="summary-blocked" id=BLOCKED hidden=is_ready>
            {blocked_text(locale, cart.count)}
        </p>
        <p class="hidden" role="status" id=STATUS></p>
    }
}

/// Whether something comes on top of the prices.
fn tax_note(locale: Locale, currency: Currency) -> &'static str {
    if currency == Currency::Usd { t::tax_note_usd(locale) } else { t::tax_note(locale) }
}

/// Writes an answer of the server into the page. Browser only.
pub(super) fn show(locale: Locale, cart: &CartAnswer) {
    let is_ready = cart.is_ready && cart.count > 0;
    let write = |id: &str, text: &str| {
        if let Some(element) = element(id) {
            element.set_text_content(Some(text));
        }
    };
    if let Some(cuts) = element(CUTS) {
        cuts.set_inner_html(&cart.discounts_html);
    }
    write(SUM, &cart.subtotal_text);
    write(STATUS, &[t::subtotal(locale), " ", &cart.subtotal_text].concat());
    write(BLOCKED, blocked_text(locale, cart.count));
    if let Some(hint) = element(HINT) {
        let shipping = Shipping::decode(&hint.get_attribute("data-shipping").unwrap_or_default());
        hint.set_text_content(Some(&shipping.text(locale, cart.subtotal_minor)));
    }
    if let Some(blocked) = element(BLOCKED) {
        blocked.set_hidden(is_ready);
    }
    if let Some(action) = element(ACTION) {
        set_open(&action, is_ready.then(|| href::checkout(locale)));
    }
}

/// A link with a target, or one that cannot be followed and says so.
fn set_open(action: &web_sys::HtmlElement, target: Option<String>) {
    if let Some(target) = target {
        let _ = action.set_attribute("href", &target);
        let _ = action.remove_attribute("role");
        let _ = action.remove_attribute("aria-disabled");
    } else {
        let _ = action.remove_attribute("href");
        let _ = action.set_attribute("role", "link");
        let _ = action.set_attribute("aria-disabled", "true");
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn totals(subtotal: i64, shipping: i64, missing: Option<i64>) -> Totals {
        let money = |minor| Money::new(minor, Currency::Cny);
        Totals {
            subtotal: money(subtotal),
            discount: money(0),
            shipping: money(shipping),
            tax_included: money(0),
            tax_added: money(0),
            total: money(subtotal + shipping),
            missing_for_free_shipping: missing.map(money),
        }
    }

    #[test]
    fn the_way_to_free_delivery_follows_the_sum() {
        let shipping = Shipping::of(&totals(12_000, 1_200, Some(7_900)));
        let text = |minor| shipping.text(Locale::En, minor);
        assert_eq!(text(12_000), "Add CN¥79.00 more for free delivery.");
        assert_eq!(text(19_900), "Delivery is free.");
        assert!(text(0).contains("at checkout"));
    }

    #[test]
    fn a_free_cart_that_shrinks_promises_nothing() {
        let shipping = Shipping::of(&totals(40_000, 0, None));
        assert_eq!(shipping.text(Locale::Zh, 40_000), "已享免运费。");
        assert!(shipping.text(Locale::Zh, 100).contains("结算页"));
    }

    #[test]
    fn the_fee_reads_back_from_the_page() {
        for shipping in [
            Shipping::of(&totals(12_000, 1_200, Some(7_900))),
            Shipping::of(&totals(40_000, 0, None)),
            Shipping::Later,
        ] {
            assert_eq!(Shipping::decode(&shipping.encode()), shipping);
        }
        assert_eq!(Shipping::decode("free x CNY"), Shipping::Later);
    }
}
