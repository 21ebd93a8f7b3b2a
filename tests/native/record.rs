//! The record of a run: written, read back, kept free of private data, and in the formats of other tools.

#![allow(
    clippy::expect_used,
    clippy::indexing_slicing,
    clippy::panic,
    reason = "helpers of tests fail the test"
)]

#[path = "record/events.rs"]
mod events;
