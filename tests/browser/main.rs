//! The page's program in a real browser: driver, transports and views, two elements in one page, nothing left behind.

#![cfg(target_arch = "wasm32")]
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::indexing_slicing,
    reason = "clippy.toml allows them in tests, and takes no function here for one"
)]

mod support;

mod beginning;
mod chat;
mod connecting;
mod controls;
mod documents;
mod driver;
mod hostile;
mod lamps;
mod lifetime;
mod on_purpose;
mod record;
mod run;
mod socket;
mod workbench;

wasm_bindgen_test::wasm_bindgen_test_configure!(run_in_browser);
