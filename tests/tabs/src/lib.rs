//! Two tabs of real browsers on the built page, driven through the names of the page's contract alone.

pub mod browser;
pub mod children;
pub mod command;
mod console;
pub mod course;
mod devtools;
mod env;
pub mod pairing;
pub mod paste;
pub mod program;
pub mod proxy;
pub mod relay;
pub mod ring;
pub mod snapshot;
pub mod tab;
pub mod turn;
pub mod world;
