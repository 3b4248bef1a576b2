//! What makes the cart quick to use. Without these islands the same forms work as plain posts.
//!
//! [`CartLines`] holds the server's latest answer; each [`line::CartLineRow`] and the [`totals::CartTotals`]
//! show their part of it. Titles and pictures stay the server's HTML.

pub mod line;
pub mod totals;

use crate::cart::model::CartView;
use leptos::prelude::*;

/// The latest cart that the server has answered with; `None` until something was changed.
#[derive(Clone, Copy)]
pub(super) struct Latest(RwSignal<Option<CartView>>);

impl Latest {
    /// The one of the surrounding [`CartLines`], or a lone one.
    fn current() -> Self {
        use_context().unwrap_or_else(|| Self(RwSignal::new(None)))
    }

    /// Shows an answer everywhere on the page. Browser only.
    fn accept(self, cart: CartView) {
        crate::ui::islands::announce_cart(cart.count);
        self.0.set(Some(cart));
    }
}

/// Joins the islands of a cart.
#[island]
pub fn CartLines(children: Children) -> impl IntoView {
    provide_context(Latest(RwSignal::new(None)));
    Effect::new(|_| crate::ui::browser::reload_when_restored());
    view! { <div class="cart-columns">{children()}</div> }
}
