//! The workbench's promises: what is tried changes nothing, what is proposed fits, and a change of dialect loses nothing.

#![allow(
    clippy::expect_used,
    clippy::panic,
    clippy::indexing_slicing,
    reason = "helpers of tests fail the test"
)]

#[path = "workbench/desk.rs"]
mod desk;
#[path = "dialect/placeholders.rs"]
#[allow(dead_code, reason = "the transcripts need more of it")]
mod placeholders;
#[path = "workbench/recognising.rs"]
mod recognising;
#[path = "workbench/switching.rs"]
mod switching;
#[path = "workbench/trying.rs"]
mod trying;
