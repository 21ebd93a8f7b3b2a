//! What it means: three lamps, the states and their paths.

mod lamps;
mod states;

use webrtc_steps_core::io::Event;

use self::lamps::Lamps;
use self::states::States;
use super::dom::Build;

/// The right pane.
pub(crate) struct Details {
    lamps: Lamps,
    states: States,
}

impl Details {
    pub(crate) fn new(build: &Build<'_>) -> Self {
        build.stamp(include_str!("details.html"));
        Self {
            lamps: Lamps::new(build),
            states: States::new(build),
        }
    }

    pub(crate) fn apply(&mut self, event: &Event) {
        self.lamps.apply(&event.what);
        self.states.apply(&event.what);
    }
}
