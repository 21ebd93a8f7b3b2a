//! A signaling relay: small rooms over WebSocket in which peers pass each other messages that the relay
//! does not read. It serves the built page too. The protocol is described in README.md.

mod address;
mod connections;
mod door;
mod envelope;
mod freshness;
mod lingering;
mod lost_seats;
mod origin;
mod outbox;
mod page;
mod rate;
mod refusal;
mod room;
mod rooms;
mod server;
mod settings;
mod socket;

pub use origin::{NotAnOrigin, Origin};
pub use page::PageMissing;
pub use server::{Relay, StartError, start};
pub use settings::{Limits, Settings};
