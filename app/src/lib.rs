//! What people see.
//!
//! A page is a function of data: [`render`] takes the frame (who is here, which language) and a function that makes the
//! page, and gives HTML, complete when sent. Pages hold no queries and no `async`. An island ([`islands`]) is the part
//! that thinks in the browser; without it every page still works. The browser gets it in a [`module`], one a page.
//!
//! - [`pages`]: one module a page. - [`components`]: what pages are made of, each with a stylesheet of the same stem.
//! - [`wording`]: every word, in both languages. - [`shell`]: the document around a page. - [`calendar_entry`]: a day for a
//!   calendar.

pub mod islands;
pub mod time_text;
pub mod verification;
pub mod wording;

#[cfg(feature = "ssr")]
pub mod calendar_entry;
#[cfg(feature = "ssr")]
pub mod components;
#[cfg(feature = "ssr")]
pub mod document;
#[cfg(feature = "ssr")]
pub mod module;
#[cfg(feature = "ssr")]
pub mod pages;
#[cfg(feature = "ssr")]
pub mod paper;
#[cfg(feature = "ssr")]
pub mod shell;

#[cfg(feature = "ssr")]
pub use shell::render;

/// Half as large as the standard library's allocator for WebAssembly (docs/performance.md).
#[cfg(all(feature = "hydrate", target_family = "wasm"))]
#[global_allocator]
static ALLOCATOR: talc::wasm::WasmDynamicTalc = talc::wasm::new_wasm_dynamic_allocator();

/// Wakes the islands; called by the loader once the module is there.
#[cfg(all(feature = "hydrate", not(any(feature = "signing", feature = "enrolment", feature = "transfer", feature = "verify"))))]
#[wasm_bindgen::prelude::wasm_bindgen]
pub fn hydrate() {
    leptos::mount::hydrate_islands();
}

/// Wakes what works with keys; called by the loader once the module is there.
#[cfg(any(feature = "signing", feature = "enrolment", feature = "transfer"))]
#[wasm_bindgen::prelude::wasm_bindgen]
pub fn hydrate() {
    islands::signing::begin();
}

/// Wakes what verifies receipts; called by the loader once the module is there.
#[cfg(feature = "verify")]
#[wasm_bindgen::prelude::wasm_bindgen]
pub fn hydrate() {
    islands::verifier::begin();
}
