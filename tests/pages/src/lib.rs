//! Other people's pages with the element in them: served from an origin of their own, opened in a real browser.

pub mod network;
pub mod open;
pub mod package;
pub mod packed;
pub mod scan;
pub mod site;
