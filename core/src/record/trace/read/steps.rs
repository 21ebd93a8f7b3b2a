//! The steps of the course, judged over what the lines tell. What was handed over is known by what came of it.

use super::{Reader, parts};
use crate::facts::Size;
use crate::io::{Role, StateName};
use crate::signal::{Description, DescriptionKind};
use crate::step;

impl Reader {
    /// A connection that is recorded had a way to its peer.
    pub(super) fn begin_facts(&mut self) {
        let run = &mut self.facts.run;
        (run.begun, run.joined, run.linked) = (true, true, true);
        run.role = Some(self.role);
        run.peer_present = Some(true);
        run.attempt = self.attempt;
        let attempt = &mut self.facts.attempt;
        attempt.peer_connection = true;
        // The answerer's listener is part of creating it.
        attempt.channel_added = self.role == Role::Answerer;
    }

    pub(super) fn learn_made(&mut self, made: Option<&Description>) {
        let made = made.map(size);
        self.facts.attempt.created = made;
        self.facts.attempt.made = made;
    }

    pub(super) fn learn_local(&mut self, set: &Description) {
        let attempt = &mut self.facts.attempt;
        attempt.local = Some(size(set));
        attempt.made = attempt.made.or(attempt.local);
        attempt.created = None;
    }

    pub(super) fn learn_received(&mut self, received: &Description) {
        let attempt = &mut self.facts.attempt;
        attempt.came = Some(size(received));
        attempt.received = attempt.came;
        if received.kind == DescriptionKind::Answer {
            self.hand_over(DescriptionKind::Offer);
        }
    }

    pub(super) fn learn_remote(&mut self) {
        let attempt = &mut self.facts.attempt;
        attempt.remote = attempt.received.take().or(attempt.remote);
    }

    pub(super) fn learn_state(&mut self, name: StateName, value: &str) {
        let attempt = &mut self.facts.attempt;
        match name {
            StateName::Signaling => value.clone_into(&mut attempt.signaling),
            StateName::Connection => {
                value.clone_into(&mut attempt.connection);
                attempt.ever_connected |= value == "connected";
            }
            StateName::Channel => attempt.channel_open = value == "open",
            StateName::IceConnection if value == "connected" => {
                // Checks are answered only by who knows both descriptions and a candidate.
                let own = attempt.local.map(|local| local.kind);
                attempt.handed = attempt.found;
                if let Some(own) = own {
                    self.hand_over(own);
                }
            }
            _ => {}
        }
    }

    fn hand_over(&mut self, kind: DescriptionKind) {
        let attempt = &mut self.facts.attempt;
        attempt.given = Some(kind);
        attempt.spoken = true;
    }

    pub(super) fn learn_channel(&mut self, value: &serde_json::Value) {
        self.facts.attempt.channel_added = true;
        self.facts.attempt.channel_label = Some(parts::label(value));
    }

    /// Tells every step that stands otherwise than before.
    pub(super) fn judge(&mut self) {
        let steps = step::stand(&self.facts);
        for new in step::news(&self.shown, &steps) {
            self.tell(new);
        }
        self.shown = steps;
    }
}

fn size(description: &Description) -> Size {
    Size {
        kind: description.kind,
        bytes: description.sdp.len(),
    }
}
