//! What should happen while two peers connect: the session, its steps and its dialects.
//!
//! The contract: give [`Session::handle`] the time and one [`io::Input`]; then take [`Session::poll`] until it is
//! empty. Orders to the browser come as [`io::Effect`], facts for views and listeners as [`io::Event`]. There is no
//! clock, no randomness and no browser in here: all three are inputs, so the same inputs give the same outputs.

pub mod between;
pub mod brief;
pub mod built_in;
pub mod candidate;
pub mod code;
pub mod command;
pub mod diagnosis;
pub mod diagram;
pub mod dialect;
pub mod exercise;
pub mod facts;
pub mod guard;
pub mod ice_servers;
pub mod io;
pub mod machine;
pub mod pairs;
pub mod record;
pub mod refusal;
pub mod room;
pub mod sdp;
pub mod session;
pub mod settings;
pub mod signal;
pub mod step;
pub mod tabs;
pub mod timeline;
pub mod trouble;
pub mod words;

pub use session::{Output, Session};
