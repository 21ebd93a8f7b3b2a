//! What it means: three lamps.

mod lamps;

use webrtc_steps_core::io::Event;

use self::lamps::Lamps;
use super::dom::Build;

/// The right pane, as far as it is there before the panels are.
pub(crate) struct Details {
    lamps: Lamps,
}

impl Details {
    pub(crate) fn new(build: &Build<'_>) -> Self {
        build.stamp(include_str!("details.html"));
        Self {
            lamps: Lamps::new(build),
        }
    }

    pub(crate) fn apply(&mut self, event: &Event) {
        self.lamps.apply(&event.what);
    }
}
