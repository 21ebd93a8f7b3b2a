//! The run that lines tell of: as events, so that every view and diagnosis can work on it.

mod media;
mod parts;
mod stats;
mod steps;

use serde_json::Value;

use super::Line;
use crate::facts::Facts;
use crate::io::{AttemptNumber, Event, Fate, Millis, Operation, Role, Side, StateName, What};
use crate::signal::{Description, DescriptionKind};
use crate::step::Standing;
use crate::trouble;
use crate::words::{Message, say};
use parts::{description, fault, text};
use stats::Watched;

/// The events of one peer connection, told as attempt 1. Times count from `origin`, milliseconds since 1970.
pub(in crate::record) fn events(lines: &[Line], origin: Millis) -> Vec<Event> {
    let mut reader = Reader::new(role(lines), origin);
    if let Some(first) = lines.first() {
        reader.begin(first.at);
    }
    for line in lines {
        reader.at = line.at - origin;
        reader.line(&line.method, &line.value);
        reader.judge();
    }
    reader.events
}

/// Who made an offer offers; who was given one first answers.
fn role(lines: &[Line]) -> Role {
    let answers = lines.iter().find_map(|line| match line.method.as_str() {
        "createOffer" => Some(false),
        "setRemoteDescription" => {
            Some(description(&line.value).is_some_and(|one| one.kind == DescriptionKind::Offer))
        }
        _ => None,
    });
    if answers == Some(true) {
        Role::Answerer
    } else {
        Role::Offerer
    }
}

struct Reader {
    events: Vec<Event>,
    at: Millis,
    attempt: AttemptNumber,
    role: Role,
    facts: Facts,
    /// How the steps stood when they were told last.
    shown: Vec<Standing>,
    /// What was made and is not set yet.
    created: Option<Description>,
    /// What is being set here.
    local: Option<Description>,
    /// What kind is being set of theirs.
    remote: DescriptionKind,
    /// The first exchange is over: what follows belongs to no step.
    agreed: bool,
    mine: usize,
    theirs: usize,
    gathered: bool,
    closed: bool,
    watched: Watched,
}

impl Reader {
    fn new(role: Role, origin: Millis) -> Self {
        Self {
            events: Vec::new(),
            at: -origin,
            attempt: 1,
            role,
            facts: Facts::new(),
            shown: Vec::new(),
            created: None,
            local: None,
            remote: DescriptionKind::Offer,
            agreed: false,
            mine: 0,
            theirs: 0,
            gathered: false,
            closed: false,
            watched: Watched::default(),
        }
    }

    fn begin(&mut self, first: Millis) {
        self.at += first;
        self.tell(What::AttemptBegan);
        self.begin_facts();
        let (role, why) = (Some(self.role), say("record.role"));
        self.tell(What::Role { role, why });
        let call = "new RTCPeerConnection()";
        self.call(call, 2, 14);
        let fact = Some(say("fact.attempt").with("number", self.attempt));
        let step = self.step(2, 14);
        self.done(call, step, fact);
        for (name, value) in [
            (StateName::Signaling, "stable"),
            (StateName::IceGathering, "new"),
            (StateName::IceConnection, "new"),
            (StateName::Connection, "new"),
        ] {
            self.state(name, value);
        }
    }

    fn line(&mut self, method: &str, value: &Value) {
        // A tool of before 2025 leaves out the first two letters.
        match method.strip_prefix("on").unwrap_or(method) {
            "signalingstatechange" => self.changed(StateName::Signaling, value),
            "icegatheringstatechange" => self.changed(StateName::IceGathering, value),
            "iceconnectionstatechange" => self.changed(StateName::IceConnection, value),
            "connectionstatechange" => self.changed(StateName::Connection, value),
            "icecandidate" => self.gather(value),
            "icecandidateerror" => self.candidate_error(value),
            "negotiationneeded" => self.tell(What::NegotiationNeeded),
            "track" => self.track(Side::Theirs, value),
            "datachannel" => self.channel(value, "announced"),
            "addTransceiver" | "addTrack" => self.track(Side::Mine, value),
            "addIceCandidate" => self.add(value),
            "addIceCandidateOnFailure" => {
                self.fate(self.theirs.checked_sub(1), Fate::Dropped);
                self.refused(Operation::AddCandidate, value);
            }
            "createDataChannel" => self.create_channel(value),
            "close" => self.close(),
            "getStats" => self.stats(value),
            _ => self.negotiate(method, value),
        }
    }

    fn negotiate(&mut self, method: &str, value: &Value) {
        let given = description(value);
        let kind = |given: &Option<Description>| {
            given
                .as_ref()
                .map_or(DescriptionKind::Offer, |one| one.kind)
        };
        match method {
            "createOffer" => self.call("createOffer()", 5, 5),
            "createAnswer" => self.call("createAnswer()", 18, 18),
            "createOfferOnSuccess" => self.made("createOffer()", 5, given),
            "createAnswerOnSuccess" => self.made("createAnswer()", 18, given),
            "createOfferOnFailure" => self.refused(Operation::CreateOffer, value),
            "createAnswerOnFailure" => self.refused(Operation::CreateAnswer, value),
            "setLocalDescription" => {
                // Without an argument the browser sets what it made, or makes it.
                self.local = given.or_else(|| self.created.clone());
                let call = Operation::SetLocalDescription(kind(&self.local));
                self.call(crate::guard::call(call), 6, 19);
            }
            "setRemoteDescription" => {
                let call = Operation::SetRemoteDescription(kind(&given));
                self.remote = kind(&given);
                if let Some(description) = given {
                    self.learn_received(&description);
                    let side = Side::Theirs;
                    self.tell(What::Described { side, description });
                }
                self.call(crate::guard::call(call), 26, 17);
            }
            "setLocalDescriptionOnSuccess" => self.local_set(given),
            "setRemoteDescriptionOnSuccess" => self.remote_set(),
            "setLocalDescriptionOnFailure" => {
                let call = Operation::SetLocalDescription(kind(&self.local));
                self.refused(call, value);
            }
            "setRemoteDescriptionOnFailure" => {
                self.refused(Operation::SetRemoteDescription(self.remote), value);
            }
            _ => {}
        }
    }

    fn made(&mut self, call: &'static str, step: u8, given: Option<Description>) {
        let bytes = given.as_ref().map_or(0, |one| one.sdp.len());
        self.learn_made(given.as_ref());
        self.created = given;
        let step = self.step(step, step);
        self.done(call, step, Some(say("fact.bytes").with("count", bytes)));
    }

    fn local_set(&mut self, given: Option<Description>) {
        let set = given
            .or_else(|| self.local.take())
            .or_else(|| self.created.take());
        let kind = set.as_ref().map_or(DescriptionKind::Offer, |one| one.kind);
        if let Some(description) = set {
            self.learn_local(&description);
            let side = Side::Mine;
            self.tell(What::Described { side, description });
        }
        let step = self.step(6, 19);
        let fact = self.in_state();
        self.done(
            crate::guard::call(Operation::SetLocalDescription(kind)),
            step,
            fact,
        );
        self.agreed |= kind == DescriptionKind::Answer;
    }

    fn remote_set(&mut self) {
        self.learn_remote();
        let step = self.step(26, 17);
        let fact = self.in_state();
        self.done(
            crate::guard::call(Operation::SetRemoteDescription(self.remote)),
            step,
            fact,
        );
        self.agreed |= self.remote == DescriptionKind::Answer;
    }

    fn in_state(&self) -> Option<Message> {
        Some(say("fact.state").with("state", &self.facts.attempt.signaling))
    }

    fn changed(&mut self, name: StateName, value: &Value) {
        let value = text(value);
        self.state(name, &value);
        let over = name == StateName::IceGathering && value == "complete";
        if over && !self.gathered {
            self.gathered = true;
            self.facts.attempt.gathering_ended = true;
            self.tell(What::GatheringEnded { count: self.mine });
        }
    }

    fn close(&mut self) {
        if !self.closed {
            self.closed = true;
            for name in [
                StateName::Signaling,
                StateName::IceConnection,
                StateName::Connection,
            ] {
                self.state(name, "closed");
            }
            self.tell(What::AttemptEnded {
                why: say("record.closed"),
            });
        }
    }

    fn refused(&mut self, operation: Operation, value: &Value) {
        let trouble = trouble::of_refusal(operation, fault(value), &self.facts);
        self.tell(What::Trouble(trouble));
    }

    fn state(&mut self, name: StateName, value: &str) {
        self.learn_state(name, value);
        let value = value.to_owned();
        self.tell(What::State { name, value });
    }

    fn call(&mut self, call: &str, offerer: u8, answerer: u8) {
        let step = self.step(offerer, answerer);
        let (call, by_page) = (call.to_owned(), false);
        self.tell(What::Call {
            step,
            call,
            by_page,
        });
    }

    fn done(&mut self, call: &str, step: Option<u8>, fact: Option<Message>) {
        let call = call.to_owned();
        self.tell(What::Done { step, call, fact });
    }

    /// The step of this side, during the first exchange.
    fn step(&self, offerer: u8, answerer: u8) -> Option<u8> {
        let step = if self.role == Role::Offerer {
            offerer
        } else {
            answerer
        };
        (!self.agreed).then_some(step)
    }

    fn tell(&mut self, what: What) {
        self.events.push(Event {
            at: self.at,
            attempt: self.attempt,
            what,
        });
    }
}
