//! Promises of the dialect engine: what built-in documents say, what holes mean, what a strange frame does.

#![allow(
    clippy::expect_used,
    clippy::panic,
    reason = "helpers of tests fail the test"
)]

#[path = "dialect/documents.rs"]
mod documents;
#[path = "dialect/given.rs"]
mod given;
#[path = "dialect/hiding.rs"]
mod hiding;
#[path = "dialect/in_time.rs"]
mod in_time;
#[path = "dialect/language.rs"]
mod language;
#[path = "dialect/protocols.rs"]
mod protocols;
