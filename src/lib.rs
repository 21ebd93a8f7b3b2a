//! How the browser does it: one element's session on real peer connections, links and views.

#![cfg_attr(
    not(feature = "element"),
    allow(dead_code, reason = "the panels use the views only")
)]

mod app;
mod begin;
mod clipboard;
mod documents;
mod driver;
mod fault;
mod http;
mod inbox;
#[cfg(feature = "element")]
mod mounted;
mod promise;
mod signaling;
mod timers;
pub mod views;
pub mod words;

#[cfg(feature = "element")]
pub use mounted::{Mounted, mount, trust};
