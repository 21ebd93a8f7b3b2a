//! Two tabs on the built page, through WebDriver: what a person is promised, in both browsers and across them.

mod course;
mod empty_room;
mod foreign;
mod human_speed;
mod internals;
mod leaving;
mod order;
mod paste;
mod pending;
mod places;
mod programs;
mod relay_lost;
mod relay_only;
mod run;
mod without_server;
mod workbench;

use std::process::ExitCode;

use anyhow::Result;
use webrtc_steps_tabs::ring::Ring;

fn main() -> Result<ExitCode> {
    let mut ring = Ring::new()?;
    // Those with pauses first: the others work while they pause.
    human_speed::promises(&mut ring);
    leaving::promises(&mut ring);
    course::promises(&mut ring);
    paste::promises(&mut ring);
    without_server::promises(&mut ring);
    relay_lost::promises(&mut ring);
    pending::promises(&mut ring);
    empty_room::promises(&mut ring);
    order::promises(&mut ring);
    run::promises(&mut ring);
    places::promises(&mut ring);
    internals::promises(&mut ring);
    relay_only::promises(&mut ring);
    foreign::promises(&mut ring);
    programs::promises(&mut ring);
    workbench::promises(&mut ring);
    Ok(ring.run())
}
