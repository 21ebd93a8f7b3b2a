//! The one live region: what a person who does not see the page has to hear.

use web_sys::Element;
use webrtc_steps_core::brief;
use webrtc_steps_core::io::{Event, FirstChannel, LinkState, Linked, Side, What};
use webrtc_steps_core::step::{Status, Whose};
use webrtc_steps_core::words::Message;

use super::bar::who;
use super::dom::{self, Build};
use crate::words::Words;

/// Sentences that stay in the region; a screen reader speaks what is added.
const MOST_SENTENCES: u32 = 12;

/// Steps that are heard when they are done, as far as they are this peer's: a description went or came.
const PASSED: [(u8, &str); 4] = [
    (8, "ui.live.offer-sent"),
    (12, "ui.live.offer-came"),
    (21, "ui.live.answer-sent"),
    (24, "ui.live.answer-came"),
];

/// Notes about candidates and their servers: the panels tell them, and they would drown everything else.
const UNSPOKEN: [&str; 7] = [
    "note.their-end",
    "note.old-candidate",
    "note.third-candidate",
    "note.server-error",
    "note.server-refused",
    "note.server-silent",
    "note.unknown-frame",
];

/// The region, and what was said, so that nothing is said twice.
pub(crate) struct Live {
    words: Words,
    region: Element,
    next: Option<u8>,
    /// Of [`PASSED`], what was said in this attempt.
    passed: [bool; 4],
    peer: Option<String>,
    role: &'static str,
    /// What is carried by hand, and has no room.
    by_hand: bool,
    to_carry: bool,
    linked: bool,
    channel: FirstChannel,
    open: bool,
    /// Why the last peer or attempt went: the other of the two has often the same reason.
    went: String,
}

impl Live {
    pub(crate) fn new(build: &Build<'_>) -> Self {
        Self {
            words: build.words.clone(),
            region: build.place.clone(),
            next: None,
            passed: [false; 4],
            peer: None,
            role: "",
            by_hand: false,
            to_carry: false,
            linked: false,
            channel: FirstChannel::default(),
            open: false,
            went: String::new(),
        }
    }

    pub(crate) fn apply(&mut self, event: &Event) {
        match &event.what {
            What::Step {
                step,
                status,
                whose: Whose::Mine,
                ..
            } => self.step(*step, *status),
            What::AttemptBegan => self.begin(),
            What::Joining { endpoint, .. } => {
                (self.peer, self.role) = (None, "");
                self.went.clear();
                self.by_hand = endpoint.starts_with("paste:");
            }
            What::Chat {
                side: Side::Theirs,
                text,
            } => self.hear(text),
            What::Channel { label, state, .. } if self.channel.follows(label, state) => {
                self.channel(state);
            }
            What::SignalToCarry { text } => self.carry(text),
            What::Trouble(trouble) => {
                let parts = [&trouble.doing, &trouble.cause, &trouble.advice];
                let parts = parts.map(|message| self.words.say(message));
                let parts: Vec<_> = parts.iter().map(|part| part.trim()).collect();
                self.say(parts.join(" ").trim());
            }
            What::DocumentLinked {
                place,
                stage: Linked::Halted,
            } => self.say(&self.words.with("ui.linked.read", &[("place", place)])),
            What::FieldRefused { field, message } if field.is_empty() => self.tell(message),
            What::Note { message } if !UNSPOKEN.contains(&message.id.as_ref()) => {
                self.tell(message);
            }
            What::ChatRefused { message, .. } => self.tell(message),
            what => self.company(what),
        }
    }

    /// Who is there, as what, and whether the way to them is.
    fn company(&mut self, what: &What) {
        match what {
            What::Joined { again, .. } if !self.by_hand => {
                let id = if *again {
                    "ui.live.joined-again"
                } else {
                    "ui.live.joined"
                };
                self.say(&self.words.text(id));
            }
            What::PeerJoined { peer } if self.peer.as_ref() != Some(peer) => {
                self.peer = Some(peer.clone());
                self.went.clear();
                let name = who(&self.words, peer);
                self.say(&self.words.with("ui.live.peer", &[("peer", &name)]));
            }
            What::Role {
                role: Some(role),
                why,
            } if self.role != role.word() => {
                self.role = role.word();
                let role = self.words.text(&["ui.you.", role.word()].concat());
                self.say(&[&role, ". ", &self.words.say(why)].concat());
            }
            What::PeerLeft { message, .. } => {
                self.peer = None;
                self.part(message);
            }
            What::AttemptEnded { why } => self.part(why),
            What::Link { state, note } => self.link(*state, note.as_ref()),
            _ => {}
        }
    }

    /// That a link which stood is lost. Each further try to open it stands in the lamps.
    fn link(&mut self, state: LinkState, note: Option<&Message>) {
        if let (LinkState::Closed, true, Some(note)) = (state, self.linked, note) {
            self.part(note);
        }
        match state {
            LinkState::Open => self.linked = true,
            LinkState::Closed | LinkState::None => self.linked = false,
            LinkState::Connecting => {}
        }
    }

    fn begin(&mut self) {
        self.next = None;
        self.passed = [false; 4];
        (self.to_carry, self.open) = (false, false);
        self.channel = FirstChannel::default();
    }

    fn step(&mut self, step: u8, status: Status) {
        let passed = PASSED.iter().zip(&mut self.passed);
        let mut passed = passed.filter(|((number, _), said)| *number == step && !**said);
        if status == Status::Done
            && let Some(((_, id), said)) = passed.next()
        {
            *said = true;
            // A text that is carried by hand has gone nowhere yet.
            if !self.by_hand || matches!(step, 12 | 24) {
                self.say(&self.words.text(id));
            }
        }
        if status == Status::Next && self.next != Some(step) {
            self.next = Some(step);
            let title = self.words.text(&format!("step.{step}.title"));
            let args: [(&str, &dyn std::fmt::Display); 2] = [("step", &step), ("title", &title)];
            self.say(&self.words.with("ui.live.next", &args));
        }
    }

    fn carry(&mut self, text: &str) {
        if !text.is_empty() && !self.to_carry {
            self.say(&self.words.text("ui.live.carry"));
        }
        self.to_carry = !text.is_empty();
    }

    fn channel(&mut self, state: &str) {
        let open = state == "open";
        if open && !self.open {
            self.say(&self.words.text("ui.live.open"));
        }
        // Why it closed is told with the end of the attempt.
        self.open = open;
    }

    fn hear(&self, text: &str) {
        let peer = self.peer.as_deref().filter(|peer| !peer.is_empty());
        let peer = peer.map_or_else(|| self.words.text("ui.peer.unnamed"), brief::name);
        let args: [(&str, &dyn std::fmt::Display); 2] = [("peer", &peer), ("text", &text)];
        self.say(&self.words.with("ui.live.said", &args));
    }

    /// Says why somebody or something went, once.
    fn part(&mut self, why: &Message) {
        let why = self.words.say(why);
        if self.went != why {
            self.say(&why);
            self.went = why;
        }
    }

    fn tell(&self, message: &Message) {
        self.say(&self.words.say(message));
    }

    fn say(&self, sentence: &str) {
        announce(&self.region, sentence);
    }
}

/// Adds a sentence to the region.
pub(super) fn announce(region: &Element, sentence: &str) {
    let Some(line) = region
        .owner_document()
        .and_then(|document| document.create_element("p").ok())
    else {
        return;
    };
    dom::say(&line, sentence);
    dom::append(region, &line);
    dom::trim(region, MOST_SENTENCES);
}
