//! The diagram as a file: one picture of the whole run.

use webrtc_steps_core::diagram::{self, Diagram};

use crate::desk::Desk;
use crate::save::save;

/// Writes the picture and hands it to the browser as a download.
pub(super) fn svg(diagram: &Diagram, now: f64, desk: &Desk) {
    let picture = diagram::svg(diagram, now, &|message| desk.words.say(message));
    save(desk, "webrtc-steps.svg", "image/svg+xml", &picture);
}
