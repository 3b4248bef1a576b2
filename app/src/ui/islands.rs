//! The frame's islands, and the event by which islands tell each other how much is in the cart.
#![expect(missing_docs, reason = "the island macro makes a struct without a comment")]

use crate::cart::client;
use crate::i18n::common as t;
use crate::kernel::Locale;
use leptos::leptos_dom::helpers::window_event_listener_untyped;
use leptos::prelude::*;
use leptos::task::spawn_local;
use leptos::wasm_bindgen::{JsCast, JsValue};
use web_sys::{CustomEvent, CustomEventInit, HtmlElement};

/// The window event that carries the number of units in the cart as its `detail`.
const CART_EVENT: &str = "jishi:cart";
/// Where the last number is kept (`html[data-cart]`) for islands that wake up later.
const CART_KEY: &str = "cart";

/// The document's root element. Browser only.
fn root() -> Option<HtmlElement> {
    web_sys::window()?.document()?.document_element()?.dyn_into().ok()
}

/// Tells every badge how many units are in the cart. Browser only.
pub fn announce_cart(count: u32) {
    if let Some(root) = root() {
        let _ = root.dataset().set(CART_KEY, &count.to_string());
    }
    let init = CustomEventInit::new();
    init.set_detail(&JsValue::from_f64(f64::from(count)));
    let event = CustomEvent::new_with_event_init_dict(CART_EVENT, &init);
    if let (Some(window), Ok(event)) = (web_sys::window(), event) {
        let _ = window.dispatch_event(&event);
    }
}

/// The last announced number.
fn announced() -> Option<u32> {
    root()?.dataset().get(CART_KEY)?.parse().ok()
}

/// Asks the server for this browser's cart and announces its size; silence when it cannot be reached.
fn load_cart() {
    spawn_local(async {
        if let Ok(count) = client::count().await {
            announce_cart(count);
        }
    });
}

/// True for a `pageshow` event of a page that comes back from the back/forward cache.
fn is_restored(event: &web_sys::Event) -> bool {
    js_sys::Reflect::get(event, &JsValue::from_str("persisted")).is_ok_and(|value| value.is_truthy())
}

/// How many units are in the cart. Pages are the same for everybody, so the number arrives after loading.
#[island]
pub fn CartBadge(
    /// The language.
    locale: Locale,
    /// True for the one badge of a page that asks the server; the others listen.
    is_loading: bool,
) -> impl IntoView {
    let count = RwSignal::new(0_u32);
    Effect::new(move |_| {
        let _ = window_event_listener_untyped(CART_EVENT, move |event| {
            let detail = event.dyn_ref::<CustomEvent>().map(CustomEvent::detail);
            let number = detail.and_then(|detail| detail.as_f64());
            let _ = count.try_set(number.map_or(0, |number| number as u32));
        });
        if let Some(number) = announced() {
            count.set(number);
        }
        if is_loading {
            load_cart();
            let _ = window_event_listener_untyped("pageshow", |event| {
                if is_restored(&event) {
                    load_cart();
                }
            });
        }
    });
    view! {
        <span class="badge" hidden=move || count.get() == 0>
            <span aria-hidden="true">{move || count.get()}</span>
            <span class="hidden">{move || t::cart_units(locale, count.get())}</span>
        </span>
    }
}

/// The last island of a page: marks the document (`html[data-hydrated="true"]`) once every island is ready.
#[island]
pub fn Ready() -> impl IntoView {
    Effect::new(|_| {
        if let Some(root) = root() {
            let _ = root.dataset().set("hydrated", "true");
        }
    });
}
