//! What makes the cart quick to use. Without these islands the same forms work as plain posts.
//!
//! [`CartLines`] holds the server's latest answer; each [`line::CartLineRow`] shows its part of it, and
//! [`totals`] writes the sums. Titles and pictures stay the server's HTML.

#![expect(missing_docs, reason = "the island macro makes a struct without a comment")]

pub mod line;
pub mod totals;

use crate::cart::client::CartAnswer;
use crate::kernel::Locale;
use leptos::prelude::*;

/// The latest cart that the server has answered with; `None` until something was changed.
#[derive(Clone, Copy)]
pub(super) struct Latest(RwSignal<Option<CartAnswer>>, Locale);

impl Latest {
    /// The one of the surrounding [`CartLines`], or a lone one.
    fn current() -> Self {
        use_context().unwrap_or_else(|| Self(RwSignal::new(None), Locale::default()))
    }

    /// Shows an answer everywhere on the page. Browser only.
    fn accept(self, cart: CartAnswer) {
        crate::ui::islands::announce_cart(cart.count);
        totals::show(self.1, &cart);
        self.0.set(Some(cart));
    }
}

/// Joins the islands of a cart.
#[island]
pub fn CartLines(
    /// The language.
    locale: Locale,
    children: Children,
) -> impl IntoView {
    provide_context(Latest(RwSignal::new(None), locale));
    Effect::new(|_| crate::ui::browser::reload_when_restored());
    view! { <div class="cart-columns">{children()}</div> }
}
