//! The element in pages that are not ours, in both browsers: what a teacher, a reader and a first visitor are promised.

mod attributes;
mod books;
mod bundler;
mod device;
mod everyone;
mod examples;
mod isolation;
mod languages;
mod lifetime;
mod looks;
mod package;
mod pair;
mod plain;
mod policy;
mod start;
mod visit;

use std::process::ExitCode;

use anyhow::Result;
use webrtc_steps_tabs::ring::Ring;

fn main() -> Result<ExitCode> {
    let mut ring = Ring::new()?;
    looks::promises(&mut ring);
    languages::promises(&mut ring);
    plain::promises(&mut ring);
    lifetime::promises(&mut ring);
    attributes::promises(&mut ring);
    isolation::promises(&mut ring);
    package::promises(&mut ring);
    policy::promises(&mut ring);
    bundler::promises(&mut ring);
    examples::promises(&mut ring);
    books::promises(&mut ring);
    start::promises(&mut ring);
    device::promises(&mut ring);
    pair::promises(&mut ring);
    visit::promises(&mut ring);
    everyone::promises(&mut ring);
    Ok(ring.run())
}
