//! Signals in and out: frames read through the dialect, and what was given said to whoever is there.

use super::Session;
use crate::dialect::{Conversation, Nearest, Say, Told};
use crate::io::{Effect, Near, Role, Ticket, What};
use crate::sdp;
use crate::settings::Endpoint;
use crate::signal::{Description, DescriptionKind};
use crate::trouble::{Blame, Trouble};
use crate::words::say;

impl Session {
    /// A text came over the link.
    pub(super) fn frame(&mut self, text: &str) {
        let Some(run) = &mut self.run else { return };
        let reading = run.conversation.read(text);
        let shown = run.conversation.shown(text);
        let (kind, from) = match (reading.told.first(), &reading.unknown) {
            (Some(told), _) => (told.word(), sender(told)),
            (None, None) => ("notice", None),
            (None, Some(_)) => ("unknown", None),
        };
        let step = self.step_of_arrival(kind);
        self.tell(What::Received {
            step,
            kind,
            from,
            text: shown,
            rule: reading.rule,
            near: reading.unknown.as_ref().map(near),
        });
        if let Some(stranger) = &reading.stranger {
            self.note(say("note.stranger").with("peer", stranger));
        }
        if reading.unknown.is_some() {
            self.note(say("note.unknown-frame"));
            self.bench_unknown(text);
        }
        for reply in reading.replies {
            self.transmit(reply, "reply", false, reading.rule);
        }
        for told in reading.told {
            self.told(told);
        }
        self.settle_role();
    }

    fn told(&mut self, told: Told) {
        match told {
            Told::Joined => self.joined(),
            Told::PeerJoined { peer } => self.peer_joined(&peer.unwrap_or_default()),
            Told::RequestOffer { peer } => self.asked_to_offer(peer),
            Told::Description { from, description } => self.receive(from, description),
            Told::Candidate { from, candidate } => {
                self.receive_candidate(from.as_deref(), candidate)
            }
            Told::End { .. } => self.note(say("note.their-end")),
            Told::PeerLeft { peer } => self.gone(peer, false),
            Told::HungUp { peer } => self.gone(peer, true),
            Told::Closed => self.peer_hung_up(say("ended.closed")),
            Told::Peers(_) | Told::IceServers(_) => {}
            Told::Refused { why, .. } => {
                self.told_error(None, say("trouble.endpoint-said").with("text", why));
            }
            Told::Error { code, message, .. } => {
                let text = message.or_else(|| code.clone()).unwrap_or_default();
                let cause = say("trouble.endpoint-said").with("text", text);
                self.told_error(code.as_deref(), cause);
            }
        }
    }

    fn gone(&mut self, peer: Option<String>, by_peer: bool) {
        let partner = self.run.as_ref().and_then(|run| run.partner.clone());
        self.peer_left(&peer.or(partner).unwrap_or_default(), by_peer);
    }

    /// Says what was given and not said yet; `again` says all of it, for one who may have missed it.
    pub(super) fn speak(&mut self, again: bool) {
        if !self.heard() {
            return;
        }
        self.speak_description(again);
        self.speak_candidates(again);
    }

    fn speak_description(&mut self, again: bool) {
        let spoken = self.facts.attempt.spoken;
        let Some(given) = self.attempt.given.clone() else {
            return;
        };
        if spoken && !again {
            return;
        }
        self.facts.attempt.spoken = true;
        let sdp = match &self.attempt.complete {
            Some(complete) if !self.facts.run.trickles => complete.clone(),
            _ => given.sdp,
        };
        let kind = given.kind;
        self.say(
            Say::Description(&Description { kind, sdp }),
            kind.word(),
            spoken,
        );
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

    /// Writes one thing through the dialect. `again`: it was said before.
    pub(super) fn say(&mut self, what: Say<'_>, kind: &'static str, again: bool) {
        let Some(run) = &mut self.run else { return };
        let written = run.conversation.write(what);
        if let Some(hole) = written.held {
            self.note(say("note.held").with("hole", hole));
        }
        for frame in written.frames {
            self.transmit(frame, kind, again, written.rule);
        }
        for told in written.told {
            self.told(told);
        }
    }

    fn transmit(&mut self, text: String, kind: &'static str, again: bool, rule: Option<usize>) {
        let Some(run) = &self.run else { return };
        let (to, by_hand) = (
            run.partner.clone(),
            run.settings.endpoint == Endpoint::Paste,
        );
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

    pub(super) fn copy_signal(&mut self, ticket: Option<Ticket>) {
        self.order(Effect::Copy {
            text: self.attempt.carried.clone(),
        });
        self.outcome(ticket, None);
    }

    /// Reads what was carried here by hand, mending what copying did to it.
    pub(super) fn read_signal(&mut self, text: &str, ticket: Option<Ticket>) {
        let by_hand = self
            .run
            .as_ref()
            .is_some_and(|run| run.settings.endpoint == Endpoint::Paste);
        if !by_hand || !self.facts.run.joined {
            return self.outcome(ticket, Some(say("reason.nothing-to-read")));
        }
        let text = text.trim();
        if text.is_empty() {
            return self.outcome(ticket, Some(say("reason.nothing-pasted")));
        }
        if let Some(sdp) = bare_sdp(text) {
            let (kind, unread) = (DescriptionKind::Offer, sdp.clone());
            // Its lines have to be lines before they can tell what it is.
            let mended = sdp::mend(&Description { kind, sdp: unread }).0;
            let kind = sdp::kind_of(&mended.sdp);
            self.note(say("note.mended-kind").with("kind", kind.word()));
            self.receive(None, Description { kind, sdp });
        } else if let Some(readable) = self.readable(text) {
            self.frame(&readable);
        } else {
            let (doing, cause) = (say("doing.read-signal"), say("trouble.not-a-signal"));
            let (advice, step) = (say("advice.copy-all"), None);
            let message = cause.clone();
            self.tell(What::Trouble(Trouble {
                blame: Blame::User,
                doing,
                cause,
                advice,
                fault: None,
                step,
            }));
            return self.outcome(ticket, Some(message));
        }
        self.outcome(ticket, None);
    }

    /// The text as the dialect can read it: as it is, or with one layer of escaping taken off.
    fn readable(&mut self, text: &str) -> Option<String> {
        let run = self.run.as_ref()?;
        if means_something(&run.conversation, text) {
            return Some(text.to_owned());
        }
        let quoted = if text.starts_with('"') {
            text.to_owned()
        } else {
            format!("\"{text}\"")
        };
        let once: String = serde_json::from_str::<serde_json::Value>(&quoted)
            .ok()?
            .as_str()?
            .to_owned();
        let readable = means_something(&run.conversation, &once);
        if readable {
            self.note(say("note.mended-escaped"));
        }
        readable.then_some(once)
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

    fn step_of_arrival(&self, kind: &str) -> Option<u8> {
        match (kind, self.facts.run.role) {
            ("offer", _) => Some(12),
            ("answer", _) => Some(24),
            ("candidate" | "end", Some(Role::Offerer)) => Some(24),
            _ => None,
        }
    }
}

/// Whether a text would be read as anything, without reading it yet.
fn means_something(conversation: &Conversation, text: &str) -> bool {
    !conversation.clone().read(text).told.is_empty()
}

/// From whom something came.
fn sender(told: &Told) -> Option<String> {
    match told {
        Told::Description { from, .. } | Told::Candidate { from, .. } | Told::End { from } => {
            from.clone()
        }
        Told::PeerJoined { peer }
        | Told::RequestOffer { peer }
        | Told::PeerLeft { peer }
        | Told::HungUp { peer }
        | Told::Error { peer, .. } => peer.clone(),
        Told::Joined
        | Told::Closed
        | Told::Peers(_)
        | Told::IceServers(_)
        | Told::Refused { .. } => None,
    }
}

/// SDP pasted without anything around it, perhaps indented or with its line ends in letters.
fn bare_sdp(text: &str) -> Option<String> {
    text.starts_with("v=0").then(|| text.to_owned())
}

/// Why a frame fitted nothing, as a fact.
pub(super) fn near(nearest: &Nearest) -> Near {
    Near {
        rule: nearest.rule,
        pointer: nearest.pointer.clone(),
        why: nearest.to_string(),
    }
}
