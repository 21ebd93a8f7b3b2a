//! The element in pages that are not ours, in both browsers: what a teacher, a reader and a first visitor are promised.

mod books;
mod everyone;
mod plain;

use std::process::ExitCode;

use anyhow::Result;
use webrtc_steps_tabs::ring::Ring;

fn main() -> Result<ExitCode> {
    let mut ring = Ring::new()?;
    plain::promises(&mut ring);
    books::promises(&mut ring);
    everyone::promises(&mut ring);
    Ok(ring.run())
}
