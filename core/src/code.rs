//! The code behind a run: for each step what just ran, in JavaScript and Rust, and a program that takes this side's place.
//!
//! [`Run`] is a fold over events. Every value in the code comes from them; a value is always a literal, whatever stands in it.

mod fold;
mod frame;
mod kit;
mod literal;
mod order;
mod program;
mod rules;
mod snippet;

pub use fold::{Answer, Changed, Run};
pub use literal::{comment, html_page, js_string, rust_string};
pub use program::Program;
pub use snippet::{Language, Line, Piece};
