//! The WASM entry. Hydrates the islands that a page carries; everything else is server-rendered.

#[expect(unused_imports, reason = "the linker drops every island export unless `app` is really used")]
use app::*;

/// Called by the page's bootstrap script once the module has loaded.
#[wasm_bindgen::prelude::wasm_bindgen]
pub fn hydrate() {
    console_error_panic_hook::set_once();
    leptos::mount::hydrate_islands();
}
