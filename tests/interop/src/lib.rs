//! Other people's signaling servers and WebRTC clients, started on loopback and ended with their test.

pub mod foreign;
pub mod installed;
mod listening;
pub mod page;
pub mod server;
