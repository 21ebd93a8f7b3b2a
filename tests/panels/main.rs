//! The panels in a real browser.
//!
//! At most four modules of JavaScript belong to one test binary: the runner's server begins with four threads, and of more requests that
//! come at once one can be left waiting for ever.
#![cfg(target_arch = "wasm32")]
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::indexing_slicing,
    reason = "clippy.toml allows them in tests, and takes no function here for one"
)]

use wasm_bindgen_test::wasm_bindgen_test_configure;

wasm_bindgen_test_configure!(run_in_browser);

#[allow(
    dead_code,
    unused_imports,
    reason = "the tests of the element use the rest"
)]
#[path = "../browser/support/mod.rs"]
mod support;

mod between;
mod candidates;
mod descriptions;
mod diagram;
mod exercises;
mod faults;
mod opened;
mod opening;
mod record;
mod refusals;
mod silent;
