//! Tells the views what changed about steps and controls, and asks to be woken for the next deadline.

use super::pending::Waiting;
use super::{Output, Session};
use crate::command::{Plain, Switch};
use crate::guard;
use crate::io::{Effect, Millis, What};
use crate::settings::Endpoint;
use crate::step::{self, Standing};
use crate::words::{Message, say};

/// What was told last.
#[derive(Default)]
pub(super) struct Shown {
    steps: Vec<Standing>,
    controls: Vec<(&'static str, Option<Message>)>,
    wake: Option<Millis>,
    pub(super) mine: Waiting,
    pub(super) theirs: Waiting,
}

impl Shown {
    /// The timer fired. Clocks are coarse and may say it is not time yet: then it has to be set again.
    pub(super) fn woken(&mut self) {
        self.wake = None;
    }
}

impl Session {
    /// Judges every step and control anew and tells the differences.
    pub(super) fn show(&mut self) {
        self.show_pending();
        let steps = step::stand(&self.facts);
        for new in step::news(&self.shown.steps, &steps) {
            self.tell(new);
        }
        self.shown.steps = steps;
        let controls = self.controls();
        for (index, control) in controls.iter().enumerate() {
            if self.shown.controls.get(index) != Some(control) {
                let (command, reason) = control.clone();
                self.tell(What::Control {
                    command,
                    available: reason.is_none(),
                    reason,
                });
            }
        }
        self.shown.controls = controls;
    }

    /// Every control with the reason why it is not available, if it is not.
    fn controls(&self) -> Vec<(&'static str, Option<Message>)> {
        let by_hand = self
            .run
            .as_ref()
            .is_some_and(|run| run.settings.endpoint == Endpoint::Paste);
        let reason = |holds: bool, id: &'static str| if holds { None } else { Some(say(id)) };
        let mut controls = vec![
            ("join", self.why_no_join()),
            ("send-message", reason(self.may_send(), "chat.not-open")),
            (
                "read-signal",
                reason(by_hand && self.facts.run.joined, "reason.nothing-to-read"),
            ),
        ];
        for (plain, name) in Plain::ALL {
            controls.push((name, guard::permit(&self.facts, plain).err()));
        }
        controls.extend(Switch::ALL.map(|(_, name)| (name, None)));
        controls
    }

    fn why_no_join(&self) -> Option<Message> {
        if self.run.is_some() {
            return Some(say("reason.joined-already"));
        }
        self.waits_for_document()
            .then(|| say("reason.document-coming"))
    }

    /// Asks to be woken at the next deadline, once per deadline.
    pub(super) fn schedule(&mut self) {
        let deadlines = [
            self.link.retry_at,
            self.attempt.patience.next_at,
            self.next_turn(),
            self.faults.next_at(),
            self.attempt.stats_at,
        ];
        let wake = deadlines.into_iter().flatten().reduce(Millis::min);
        if let Some(at) = wake.filter(|_| wake != self.shown.wake) {
            self.out.push_back(Output::Effect(Effect::Wake { at }));
        }
        self.shown.wake = wake;
    }
}
