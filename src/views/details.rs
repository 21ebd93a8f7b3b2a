//! What it means: three lamps, the states and their paths, both descriptions, every candidate and its fate.

mod candidates;
mod description;
mod lamps;
mod states;

use web_sys::Element;
use webrtc_steps_core::io::Event;

use self::candidates::Candidates;
use self::description::Descriptions;
use self::lamps::Lamps;
use self::states::States;
use super::dom;
use crate::words::Words;

pub(super) use self::candidates::route;

/// The right pane.
pub(crate) struct Details {
    lamps: Lamps,
    states: States,
    descriptions: Descriptions,
    candidates: Candidates,
}

impl Details {
    pub(crate) fn new(place: &Element, words: &Words) -> Result<Self, String> {
        dom::stamp(place, include_str!("details.html"), words)?;
        Ok(Self {
            lamps: Lamps::new(place, words)?,
            states: States::new(place, words)?,
            descriptions: Descriptions::new(place, words)?,
            candidates: Candidates::new(place, words)?,
        })
    }

    pub(crate) fn apply(&mut self, event: &Event) {
        self.lamps.apply(&event.what);
        self.states.apply(&event.what);
        self.descriptions.apply(&event.what);
        self.candidates.apply(&event.what);
    }
}
