//! Small things that only a browser can do, for islands. Nothing here panics; on the server nothing calls it.

use leptos::leptos_dom::helpers::window_event_listener_untyped;
use leptos::wasm_bindgen::{JsCast, JsValue};
use web_sys::HtmlElement;

/// Goes to another page.
pub fn go_to(path: &str) {
    if let Some(window) = web_sys::window() {
        let _ = window.location().set_href(path);
    }
}

/// Loads the page anew when it comes back from the back/forward cache: prices, stock and totals on it may be old.
pub fn reload_when_restored() {
    let _ = window_event_listener_untyped("pageshow", |event| {
        let is_restored = js_sys::Reflect::get(&event, &JsValue::from_str("persisted"));
        if is_restored.is_ok_and(|value| value.is_truthy())
            && let Some(window) = web_sys::window()
        {
            let _ = window.location().reload();
        }
    });
}

/// An element of the document.
#[must_use]
pub fn element(id: &str) -> Option<HtmlElement> {
    web_sys::window()?.document()?.get_element_by_id(id)?.dyn_into().ok()
}

/// Moves the focus to an element once the page shows what was just changed.
pub fn focus_soon(id: String) {
    leptos::prelude::request_animation_frame(move || {
        if let Some(element) = element(&id) {
            let _ = element.focus();
        }
    });
}
