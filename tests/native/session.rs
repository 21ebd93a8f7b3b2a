//! The session's promises: scenarios as text, two peers on a bad network, inputs nobody thought of.

#![allow(
    clippy::expect_used,
    clippy::indexing_slicing,
    clippy::panic,
    reason = "helpers of tests fail the test"
)]

mod anything;
mod between;
mod diagram;
mod foreign;
mod network;
mod pair;
mod properties;
mod scenarios;
mod script;
mod silence;
mod weather;
