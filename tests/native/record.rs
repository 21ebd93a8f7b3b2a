//! The record of a run: written, read back, kept free of private data, and in the formats of other tools.

#![allow(
    clippy::expect_used,
    clippy::indexing_slicing,
    clippy::panic,
    reason = "helpers of tests fail the test"
)]

#[path = "pair/types.rs"]
mod declared;
#[path = "record/dumps.rs"]
mod dumps;
#[path = "record/events.rs"]
mod events;
#[path = "record/files.rs"]
mod files;
#[path = "record/plain_reader.rs"]
mod plain_reader;
#[path = "record/private.rs"]
mod private;
#[path = "record/types.rs"]
mod types;
