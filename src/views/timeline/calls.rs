//! The rows of an attempt: its calls with what they produced, its states, its candidates and its troubles.

use std::fmt::Display;

use webrtc_steps_core::io::{Event, Role, Side, StateName, What};
use webrtc_steps_core::sdp;
use webrtc_steps_core::step::{Status, Whose};
use webrtc_steps_core::words::Message;

use super::Timeline;
use super::rows::{Act, Lane};
use crate::views::dom;

impl Timeline {
    /// An attempt begins, is decided on, goes wrong, ends.
    pub(super) fn attempt(&mut self, event: &Event) {
        let words = self.words.clone();
        match &event.what {
            What::AttemptBegan => {
                self.written.clear();
                self.pending = None;
                let number = [("number", &event.attempt as &dyn Display)];
                self.rows.mark(&words.with("ui.row.attempt", &number), "");
            }
            What::AttemptEnded { why } => {
                self.rows.mark(&words.text("ui.row.ended"), &words.say(why))
            }
            What::Step {
                step,
                status: Status::Done,
                whose: Whose::Mine,
                fact: Some(fact),
                ..
            } => {
                self.decided(*step, &words.say(fact));
            }
            What::Trouble(trouble) => {
                if let Some((_, row)) = self.pending.take().filter(|_| trouble.fault.is_some()) {
                    dom::class(&row, "refused");
                }
                self.rows.trouble(trouble);
            }
            What::Note { message } => self.rows.act(Lane::Mine, &Act::note(&words.say(message))),
            _ => {}
        }
    }

    /// The calls on the peer connection and what it told.
    pub(super) fn calls(&mut self, what: &What) {
        let words = self.words.clone();
        match what {
            What::Call {
                step,
                call,
                by_page,
            } => {
                let fact = if *by_page {
                    words.text("ui.row.by-page")
                } else {
                    String::new()
                };
                let row = self
                    .rows
                    .put_act(Lane::Mine, &Act::code(call).step(*step).fact(&fact));
                self.pending = row.map(|row| (call.clone(), row));
            }
            What::Done { call, fact, step } => self.done(call, fact.as_ref(), *step),
            What::State { name, value } => self.state(*name, value),
            What::Candidate {
                side, candidate, ..
            } => {
                let id = match side {
                    Side::Mine => "ui.row.candidate",
                    Side::Theirs => "ui.row.candidate.theirs",
                };
                let fact = sdp::route(&candidate.candidate);
                self.rows
                    .act(Lane::Mine, &Act::text(&words.text(id)).fact(&fact));
            }
            What::GatheringEnded { count } => {
                let fact = words.with("ui.row.gathered", &[("count", &count)]);
                let step = if self.role == Some(Role::Answerer) {
                    20
                } else {
                    7
                };
                let said = words.text("ui.row.gathering-ended");
                self.rows
                    .act(Lane::Mine, &Act::text(&said).step(Some(step)).fact(&fact));
            }
            _ => {}
        }
    }

    /// What a call produced is written at the end of its own row.
    fn done(&mut self, call: &str, fact: Option<&Message>, step: Option<u8>) {
        let said = self.words.say_or_nothing(fact);
        let changed = fact
            .filter(|fact| fact.id == "fact.state")
            .map(|_| said.clone());
        let said = if changed.is_some() {
            format!("→ {said}")
        } else {
            said
        };
        self.signaling = changed;
        match self.pending.take_if(|(pending, _)| pending == call) {
            Some((_, row)) if !said.is_empty() => {
                if let Some(place) = dom::part(&row, "fact") {
                    dom::say(&place, &said);
                }
            }
            Some(_) => {}
            // It needed no call of its own: a listener that was registered long before.
            None => self
                .rows
                .act(Lane::Mine, &Act::code(call).step(step).fact(&said)),
        }
    }

    /// A state changed; what stands in a call's row already, and where each began, is not said again.
    fn state(&mut self, name: StateName, value: &str) {
        let beginning =
            matches!(value, "none" | "new") || (name == StateName::Signaling && !self.moved);
        // A call that sets a description says the new state at the end of its own row, now or when it is done.
        let setting = self
            .pending
            .as_ref()
            .is_some_and(|(call, _)| call.starts_with("set"));
        let said = match name {
            StateName::Signaling => setting || self.signaling.as_deref() == Some(value),
            // So does the end of gathering.
            StateName::IceGathering => value == "complete",
            // The channel has rows of its own.
            StateName::Channel => true,
            StateName::IceConnection | StateName::Connection => false,
        };
        if name == StateName::Signaling {
            self.moved = !matches!(value, "none" | "closed");
        }
        if !beginning && !said {
            self.rows.act(
                Lane::Mine,
                &Act::code(name.words().1).fact(&format!("→ {value}")),
            );
        }
    }

    /// The steps that only decide something have no call: their row is their fact.
    fn decided(&mut self, step: u8, fact: &str) {
        if matches!(step, 1 | 3 | 13 | 15) && !self.written.contains(&step) {
            self.written.push(step);
            let title = self.words.text(&format!("step.{step}.title"));
            self.rows
                .act(Lane::Mine, &Act::text(&title).step(Some(step)).fact(fact));
        }
    }
}
