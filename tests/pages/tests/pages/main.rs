//! The element in pages that are not ours, in both browsers: what a teacher, a reader and a first visitor are promised.

mod books;
mod device;
mod plain;
mod start;

use std::process::ExitCode;

use anyhow::Result;
use webrtc_steps_tabs::ring::Ring;

fn main() -> Result<ExitCode> {
    let mut ring = Ring::new()?;
    plain::promises(&mut ring);
    books::promises(&mut ring);
    start::promises(&mut ring);
    device::promises(&mut ring);
    Ok(ring.run())
}
