//! What was given is said to whoever is there; what a dialect cannot say yet is said again later, in order.

use super::Session;
use super::address::{WRITTEN, addressed};
use super::faults::Signal;
use crate::dialect::Say;
use crate::io::{Effect, Role, Side, What};
use crate::settings::Endpoint;
use crate::signal::Description;
use crate::words::say;

/// What became of something said.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Said {
    /// It is out, or the dialect does not say such a thing.
    Done,
    /// A value is missing: it has to be said again.
    Held,
}

impl Session {
    /// Says what was given and not said yet; `again` says all of it, for one who may have missed it.
    pub(super) fn speak(&mut self, again: bool) {
        if self.heard() && self.speak_description(again) == Said::Done {
            self.speak_candidates(again);
        }
    }

    pub(super) fn speak_description(&mut self, again: bool) -> Said {
        let spoken = self.facts.attempt.spoken;
        let Some(given) = self.attempt.given.clone().filter(|_| !spoken || again) else {
            return Said::Done;
        };
        let whole = !self.facts.run.trickles;
        if whole && !self.facts.attempt.gathering_ended {
            // It waits for its candidates.
            return Said::Held;
        }
        self.facts.attempt.spoken = true;
        let sdp = match &self.attempt.complete {
            Some(complete) if whole => complete.clone(),
            _ => given.sdp,
        };
        let kind = given.kind;
        let description = Description { kind, sdp };
        let said = self.say(Say::Description(&description), kind.word(), spoken);
        self.facts.attempt.spoken &= said == Said::Done;
        said
    }

    /// Whether a signal said now reaches somebody.
    pub(super) fn heard(&self) -> bool {
        self.facts.run.linked && self.facts.run.peer_present != Some(false)
    }

    /// Tells that what was just given waits for somebody to hear it.
    pub(super) fn note_kept(&mut self) {
        let id = if self.facts.run.linked {
            "note.kept-empty"
        } else {
            "note.kept-no-link"
        };
        self.note(say(id));
    }

    /// Says goodbye to the other peer, as far as the link and the dialect carry it.
    pub(super) fn say_bye(&mut self) {
        if self.heard() {
            self.say(Say::Leave, "bye", false);
        }
    }

    /// Says what the dialect wants to be said on opening.
    pub(super) fn say_open(&mut self) {
        self.say(Say::Open, "join", false);
    }

    /// An answerer whose dialect can ask for the offer does so, once for each other peer and attempt.
    pub(super) fn ask_for_offer(&mut self) {
        let answers = self.facts.run.role == Some(Role::Answerer) && self.untouched();
        let Some(run) = self
            .run
            .as_ref()
            .filter(|run| answers && run.asks_for_offers)
        else {
            return;
        };
        let whom = (self.attempt.number, run.partner.clone());
        if !self.heard() || run.asked.as_ref() == Some(&whom) {
            return;
        }
        if self.say(Say::RequestOffer, "request-offer", false) == Said::Done
            && let Some(run) = &mut self.run
        {
            run.asked = Some(whom);
        }
    }

    /// Writes one thing through the dialect. `again`: it was said before.
    pub(super) fn say(&mut self, what: Say<'_>, kind: &'static str, again: bool) -> Said {
        let Some(run) = &mut self.run else {
            return Said::Done;
        };
        let written = run.conversation.write(what);
        let parting = what == Say::Leave;
        if written.too_long {
            self.note(say("note.write-too-long"));
        }
        for fetch in written.fetches {
            self.fetch(fetch, parting);
        }
        for frame in written.frames {
            let text = frame.clone();
            if self.transmit(frame, kind, again, written.rule) {
                self.come_back(what, kind, &text);
            }
        }
        for told in written.told {
            self.told(told);
        }
        match written.held {
            Some(hole) => self.hold_back(hole, parting),
            None => Said::Done,
        }
    }

    /// Tells once what is waited for. A goodbye that cannot be said waits for nothing.
    fn hold_back(&mut self, hole: String, parting: bool) -> Said {
        let Some(run) = self.run.as_mut().filter(|_| !parting) else {
            return Said::Done;
        };
        if !run.held.contains(&hole) {
            run.held.push(hole.clone());
            let id = match hole.as_str() {
                "answer" => "note.held-answer",
                "peer" | "to" => "note.held-peer",
                _ => "note.held",
            };
            self.note(say(id).with("hole", hole));
        }
        Said::Held
    }

    /// Lets a frame go out, unless a fault on purpose holds it. Whether it is to come back.
    pub(super) fn transmit(
        &mut self,
        text: String,
        kind: &'static str,
        again: bool,
        rule: Option<usize>,
    ) -> bool {
        self.send_signal(Signal {
            side: Side::Mine,
            kind,
            text,
            again,
            rule,
        })
    }

    /// A frame goes out, and that is told.
    pub(super) fn depart(&mut self, signal: Signal) {
        let Signal {
            kind,
            text,
            again,
            rule,
            ..
        } = signal;
        let Some(run) = &self.run else { return };
        let to = run.partner.clone();
        let to = to.filter(|_| addressed(&run.dialect, kind, rule, &WRITTEN));
        let by_hand = run.settings.endpoint == Endpoint::Paste;
        let shown = run.conversation.shown(&text);
        let step = self.step_of_departure(kind);
        self.tell(What::Sent {
            step,
            kind,
            to,
            text: shown,
            again,
            rule,
        });
        if by_hand {
            self.facts.attempt.carryable = true;
            self.attempt.carried = text.clone();
            self.tell(What::SignalToCarry { text });
        } else {
            self.send_frame(text);
        }
    }

    fn step_of_departure(&self, kind: &str) -> Option<u8> {
        match (kind, self.facts.run.role?) {
            ("offer", _) => Some(8),
            ("answer", _) => Some(21),
            ("candidate" | "end", Role::Answerer) => Some(22),
            ("candidate" | "end", Role::Offerer) => {
                Some(if self.facts.attempt.early { 9 } else { 25 })
            }
            _ => None,
        }
    }

    /// What the dialect repeats and is due goes out.
    pub(super) fn take_turns(&mut self) {
        let due = self.next_turn().is_some_and(|at| self.now >= at);
        let Some(run) = self.run.as_mut().filter(|_| due) else {
            return;
        };
        let written = run.conversation.turn();
        for fetch in written.fetches {
            self.fetch(fetch, false);
        }
        for frame in written.frames {
            self.transmit(frame, "repeat", false, written.rule);
        }
        for told in written.told {
            self.told(told);
        }
    }

    /// When the dialect repeats something next, on the session's clock.
    pub(super) fn next_turn(&self) -> Option<crate::io::Millis> {
        let open = self.link.state == crate::io::LinkState::Open;
        let run = self.run.as_ref().filter(|_| open)?;
        Some(run.conversation.next_turn()? - self.start.epoch)
    }

    /// Orders a frame out, over an open link only; what matters is said again when it is back.
    pub(super) fn send_frame(&mut self, text: String) {
        if self.link.state == crate::io::LinkState::Open {
            self.order(Effect::SendFrame {
                link: self.link.number,
                text,
            });
        }
    }
}
