//! The panels in a real browser, beside the elements they explain.

#![cfg(target_arch = "wasm32")]
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::indexing_slicing,
    reason = "clippy.toml allows them in tests, and takes no function here for one"
)]

#[allow(
    dead_code,
    unused_imports,
    reason = "shared with the element's own tests"
)]
#[path = "../browser/support/mod.rs"]
mod support;

mod opened;
mod opening;
mod refusals;

wasm_bindgen_test::wasm_bindgen_test_configure!(run_in_browser);
