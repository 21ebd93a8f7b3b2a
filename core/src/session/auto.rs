//! Auto mode: the page clicks the next step by itself, whatever the table says it is.

use super::{By, Session};
use crate::settings::Mode;
use crate::step;

/// More steps than one input can lead to.
const MOST: usize = 8;

impl Session {
    /// Takes steps as long as there is a next one and somebody to connect with.
    pub(super) fn autopilot(&mut self) {
        for _ in 0..MOST {
            if !self.may_go_on() {
                return;
            }
            let Some(command) = step::next(&self.facts).and_then(|step| step.command) else {
                return;
            };
            self.take(command, By::Page, None);
        }
    }

    fn may_go_on(&self) -> bool {
        let alone = self.facts.run.peer_present == Some(false) && self.facts.attempt.came.is_none();
        let paused = self.run.as_ref().is_none_or(|run| run.paused);
        self.mode() == Mode::Auto && !paused && !alone && self.facts.attempt.failed.is_none()
    }
}
