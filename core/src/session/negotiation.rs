//! The calls on the peer connection in the order a person or the page asks for them, and what each brings.

use super::attempt::{Chain, Pending};
use super::members::Run;
use super::{By, Session};
use crate::facts::Size;
use crate::guard::call;
use crate::io::{Effect, Operation, Role, Side, Ticket, What};
use crate::sdp;
use crate::signal::{Description, DescriptionKind};
use crate::words::{Message, say};

impl Session {
    pub(super) fn create_peer_connection(&mut self, by: By, ticket: Option<Ticket>) {
        let attempt = self.attempt.number;
        let ice_servers = self.run.as_ref().map(Run::ice_servers).unwrap_or_default();
        let relay_only = self.run.as_ref().is_some_and(|run| run.settings.relay_only);
        self.operate(
            Operation::Create,
            Effect::CreatePeerConnection {
                attempt,
                ice_servers,
                relay_only,
            },
            by,
            ticket,
        );
    }

    /// Whoever creates an offer first is the offerer.
    pub(super) fn create_offer(&mut self, by: By, ticket: Option<Ticket>) {
        if self.facts.may_begin() {
            // The page takes every step from here by itself.
            self.set_role(Role::Offerer, say("role.offered-first"));
            return self.outcome(ticket, None);
        }
        if !self.facts.offers() {
            self.set_role(Role::Offerer, say("role.offered-first"));
            if self.facts.attempt.channel_label.is_none() {
                self.note(say("note.channel-for-offer"));
                self.add_data_channel(By::Page, None);
            }
        }
        let effect = Effect::CreateOffer {
            attempt: self.attempt.number,
            ice_restart: false,
        };
        self.operate(Operation::CreateOffer, effect, by, ticket);
    }

    pub(super) fn create_answer(&mut self, by: By, ticket: Option<Ticket>) {
        self.add_agreed_channels();
        let effect = Effect::CreateAnswer {
            attempt: self.attempt.number,
        };
        self.operate(Operation::CreateAnswer, effect, by, ticket);
    }

    pub(super) fn set_local(&mut self, by: By, ticket: Option<Ticket>) {
        let Some(description) = self.attempt.created.clone() else {
            return self.outcome(ticket, Some(say("reason.no-offer-made")));
        };
        let before = self.attempt.local.as_ref();
        if before.and_then(|local| sdp::ufrag(&local.sdp)) != sdp::ufrag(&description.sdp) {
            // Gathering starts anew with it, and may begin before the call is done.
            self.facts.attempt.gathering_ended = false;
            self.facts.attempt.found = 0;
            self.attempt.end_spoken = false;
        }
        let operation = Operation::SetLocalDescription(description.kind);
        let effect = Effect::SetLocalDescription {
            attempt: self.attempt.number,
            description,
        };
        self.operate(operation, effect, by, ticket);
    }

    pub(super) fn add_track(&mut self, by: By, ticket: Option<Ticket>) {
        let attempt = self.attempt.number;
        let effect = Effect::AddTrack { attempt };
        self.operate(Operation::AddTrack, effect, by, ticket);
    }

    pub(super) fn set_remote(&mut self, by: By, ticket: Option<Ticket>) {
        let Some(description) = self.attempt.received.clone() else {
            return self.outcome(ticket, Some(say("reason.no-answer-came")));
        };
        self.order_remote(description, by, ticket);
    }

    pub(super) fn order_remote(
        &mut self,
        description: Description,
        by: By,
        ticket: Option<Ticket>,
    ) {
        self.attempt.received = Some(description.clone());
        let operation = Operation::SetRemoteDescription(description.kind);
        let effect = Effect::SetRemoteDescription {
            attempt: self.attempt.number,
            description,
        };
        self.operate(operation, effect, by, ticket);
    }

    /// The browser did what it was asked.
    pub(super) fn done(&mut self, operation: Operation, description: Option<Description>) {
        let Some(pending) = self.settle(operation) else {
            return;
        };
        match operation {
            Operation::Create => self.created_peer_connection(),
            Operation::AddDataChannel => self.added_channel(),
            Operation::AddTrack => self.tell(What::Track {
                side: Side::Mine,
                kind: "video".to_owned(),
            }),
            Operation::CreateOffer | Operation::CreateAnswer => {
                self.created(description, pending.forced);
            }
            Operation::SetLocalDescription(_) => self.local_set(&pending),
            Operation::SetRemoteDescription(_) => self.remote_set(&pending),
            Operation::AddCandidate => self.candidate_added(&pending),
            Operation::Send => self.line_sent(),
        }
        if !matches!(operation, Operation::AddCandidate | Operation::Send) {
            let fact = self.fact_of(operation);
            self.tell(What::Done {
                step: pending.step,
                call: call(operation).to_owned(),
                fact,
            });
        }
        self.outcome(pending.ticket, None);
        if !pending.forced {
            self.go_on(operation);
        }
    }

    fn created_peer_connection(&mut self) {
        let facts = &mut self.facts.attempt;
        facts.peer_connection = true;
        facts.signaling = "stable".to_owned();
        facts.connection = "new".to_owned();
    }

    fn created(&mut self, description: Option<Description>, forced: bool) {
        let Some(description) = description else {
            return;
        };
        let size = size(&description);
        // What the steps have led to stays what it is.
        let made = self.facts.attempt.made.filter(|_| forced);
        let replaces = made.is_none_or(|made| made.kind == description.kind);
        if self.attempt.chain == Chain::None || forced {
            self.facts.attempt.created = Some(size);
            if replaces {
                self.facts.attempt.made = Some(size);
            }
            if description.kind == DescriptionKind::Offer && sdp::sections(&description.sdp) == 0 {
                self.note(say("note.empty-offer"));
            }
        }
        self.attempt.edited_mine = false;
        self.attempt.created = Some(description.clone());
        self.attempt.own = Some(description.clone());
        if replaces {
            self.attempt.made = Some(description);
        }
    }

    fn local_set(&mut self, pending: &Pending) {
        let withdrawn = self.attempt.created.take().is_none() && !pending.forced;
        let Some(local) = pending.given.clone().filter(|_| !withdrawn) else {
            return;
        };
        self.facts.attempt.created = None;
        if pending.forced && !self.is_own(&local) {
            return self.note(say("note.theirs-as-mine"));
        }
        self.facts.attempt.local = Some(size(&local));
        self.tell(What::Described {
            side: Side::Mine,
            description: local.clone(),
        });
        self.attempt.local = Some(local);
        if self.mode() != crate::settings::Mode::Manual
            && self.facts.attempt.given.is_some()
            && self.facts.run.trickles
        {
            self.flow();
        }
    }

    fn remote_set(&mut self, pending: &Pending) {
        let withdrawn = self.attempt.received.take().is_none() && !pending.forced;
        let Some(received) = pending.given.clone().filter(|_| !withdrawn) else {
            return;
        };
        if pending.forced || self.may_fail() {
            self.remote_taken(&received);
            self.attempt.received = None;
        }
        self.facts.attempt.received = None;
        self.facts.attempt.remote = Some(size(&received));
        let largest = sdp::attribute(&received.sdp, "max-message-size")
            .and_then(|size| size.parse::<u64>().ok());
        if self.attempt.max_message.is_none() {
            self.attempt.max_message = largest.filter(|size| *size > 0);
        }
        self.attempt.remote = Some(received);
        self.apply_kept_candidates();
    }

    /// The fact that stands at the end of the step's row.
    fn fact_of(&self, operation: Operation) -> Option<Message> {
        let facts = &self.facts.attempt;
        match operation {
            Operation::Create => Some(say("fact.attempt").with("number", self.attempt.number)),
            Operation::AddDataChannel => facts
                .channel_label
                .as_ref()
                .map(|label| say("fact.channel").with("label", label)),
            Operation::CreateOffer | Operation::CreateAnswer => self
                .attempt
                .made
                .as_ref()
                .map(|made| say("fact.bytes").with("count", made.sdp.len())),
            Operation::SetLocalDescription(_) | Operation::SetRemoteDescription(_) => {
                Some(say("fact.state").with("state", &facts.signaling))
            }
            Operation::AddCandidate | Operation::Send | Operation::AddTrack => None,
        }
    }

    /// The browser refused: told once, with what it means here.
    pub(super) fn refused(&mut self, operation: Operation, fault: crate::io::Fault) {
        let Some(pending) = self.settle(operation) else {
            return;
        };
        match operation {
            Operation::AddCandidate => return self.candidate_refused(&pending, fault),
            Operation::Send => return self.line_refused(fault),
            Operation::AddDataChannel => self.channel_refused(),
            _ => {}
        }
        if !pending.forced {
            self.attempt.chain = Chain::None;
            self.facts.attempt.restarting = false;
            self.facts.attempt.failed = pending.step;
        }
        self.tell_refusal(&pending, fault);
    }

    fn tell_refusal(&mut self, pending: &Pending, fault: crate::io::Fault) {
        let trouble =
            crate::trouble::of_refusal(pending.operation, fault, &self.facts).at_step(pending.step);
        let message = trouble.cause.clone();
        self.tell(What::Trouble(trouble));
        self.outcome(pending.ticket, Some(message));
    }
}

fn size(description: &Description) -> Size {
    Size {
        kind: description.kind,
        bytes: description.sdp.len(),
    }
}
