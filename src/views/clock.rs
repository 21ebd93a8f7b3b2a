//! Knows when the run began, to say times of the run as a person reads them.

use webrtc_steps_core::brief;
use webrtc_steps_core::io::{Event, Millis, What};

/// When the run began.
#[derive(Debug, Clone, Copy, Default)]
pub(crate) struct Clock {
    began: Millis,
}

impl Clock {
    pub(crate) fn apply(&mut self, event: &Event) {
        if matches!(event.what, What::Joining { .. }) {
            self.began = event.at;
        }
    }

    /// `0:18.019`, since the run began.
    pub(crate) fn text(&self, at: Millis) -> String {
        brief::clock(at - self.began)
    }
}
