//! The relay from outside: real sockets on free ports, the library in this process and the binary in its own.

#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::indexing_slicing,
    reason = "a test that cannot go on has failed"
)]

mod client;
mod limits;
mod origins;
mod page;
mod program;
mod resume;
mod rooms;
