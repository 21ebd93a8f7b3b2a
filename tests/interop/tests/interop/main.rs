//! The page with other people's signaling servers and WebRTC clients, for real, on loopback.

mod clients;
mod course;
mod invented;
mod janus;
mod lost;
mod programs;
mod relays;
mod rooms;
mod taken_over;
mod two_tabs;

use std::process::ExitCode;

use anyhow::Result;
use webrtc_steps_tabs::ring::Ring;

fn main() -> Result<ExitCode> {
    let mut ring = Ring::new()?;
    two_tabs::promises(&mut ring);
    clients::promises(&mut ring);
    rooms::promises(&mut ring);
    programs::promises(&mut ring);
    course::promises(&mut ring);
    janus::promises(&mut ring);
    invented::promises(&mut ring);
    relays::promises(&mut ring);
    lost::promises(&mut ring);
    taken_over::promises(&mut ring);
    Ok(ring.run())
}
