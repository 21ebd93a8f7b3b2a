//! What it means: three lamps, the states and their paths, both descriptions, every candidate and its fate.

mod candidates;
mod description;
mod lamps;
mod states;

use webrtc_steps_core::io::Event;

use self::candidates::Candidates;
use self::description::Descriptions;
use self::lamps::Lamps;
use self::states::States;
use super::dom::Build;


/// The right pane.
pub(crate) struct Details {
    lamps: Lamps,
    states: States,
    descriptions: Descriptions,
    candidates: Candidates,
}

impl Details {
    pub(crate) fn new(build: &Build<'_>) -> Self {
        build.stamp(include_str!("details.html"));
        Self {
            lamps: Lamps::new(build),
            states: States::new(build),
            descriptions: Descriptions::new(build),
            candidates: Candidates::new(build),
        }
    }

    pub(crate) fn apply(&mut self, event: &Event) {
        self.lamps.apply(&event.what);
        self.states.apply(&event.what);
        self.descriptions.apply(&event.what);
        self.candidates.apply(&event.what);
    }
}
