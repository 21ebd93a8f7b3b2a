//! Three lamps in a chain, each waiting for the one above: the signaling link, ICE, then DTLS and SCTP.

use web_sys::Element;
use webrtc_steps_core::io::{LinkState, Side, StateName, What};

use crate::views::dom::{self, Build};
use crate::words::Words;

/// One lamp: its light, its word and its last fact.
struct Lamp {
    item: Element,
    says: Element,
    fact: Element,
}

impl Lamp {
    fn find(build: &Build<'_>, name: &str) -> Self {
        let build = build.within(&format!("[data-part={name}]"));
        Self {
            says: build.part("says"),
            fact: build.part("fact"),
            item: build.place,
        }
    }

    fn show(&self, light: &str, says: &str) {
        dom::mark(&self.item, "data-lamp", light);
        dom::say(&self.says, says);
    }
}

/// The chain.
pub(super) struct Lamps {
    words: Words,
    link: Lamp,
    ice: Lamp,
    dtls: Lamp,
    mine: usize,
    theirs: usize,
    open: bool,
}

impl Lamps {
    pub(super) fn new(build: &Build<'_>) -> Self {
        let lamps = Self {
            words: build.words.clone(),
            link: Lamp::find(build, "lamp-link"),
            ice: Lamp::find(build, "lamp-ice"),
            dtls: Lamp::find(build, "lamp-dtls"),
            mine: 0,
            theirs: 0,
            open: false,
        };
        lamps.link.show("idle", "none");
        lamps.rest();
        lamps
    }

    pub(super) fn apply(&mut self, what: &What) {
        match what {
            What::Link { state, note } => {
                let light = match state {
                    LinkState::Open => "up",
                    LinkState::Connecting => "work",
                    LinkState::None | LinkState::Closed => "idle",
                };
                self.link.show(light, state.word());
                dom::say(
                    &self.link.fact,
                    &note
                        .as_ref()
                        .map(|note| self.words.say(note))
                        .unwrap_or_default(),
                );
            }
            What::PeerJoined { peer } => {
                let peer = crate::views::bar::who(&self.words, peer);
                dom::say(
                    &self.link.fact,
                    &self.words.with("ui.lamp.peer", &[("peer", &peer)]),
                );
            }
            What::PeerLeft { message, .. } => dom::say(&self.link.fact, &self.words.say(message)),
            What::AttemptBegan | What::Joining { .. } => {
                (self.mine, self.theirs, self.open) = (0, 0, false);
                self.rest();
            }
            What::State {
                name: StateName::IceConnection,
                value,
            } => self.ice.show(light(value), value),
            What::State {
                name: StateName::Connection,
                value,
            } => self.connection(value),
            What::Channel { label, state, .. } => self.channel(label, state),
            What::Candidate { side, .. } => {
                match side {
                    Side::Mine => self.mine += 1,
                    Side::Theirs => self.theirs += 1,
                }
                dom::say(
                    &self.ice.fact,
                    &self.words.with(
                        "ui.lamp.candidates",
                        &[("mine", &self.mine), ("theirs", &self.theirs)],
                    ),
                );
            }
            _ => {}
        }
    }

    fn rest(&self) {
        self.ice.show("idle", &self.words.text("ui.lamp.ice.waits"));
        self.dtls
            .show("idle", &self.words.text("ui.lamp.dtls.waits"));
        dom::say(&self.ice.fact, &self.words.text("ui.lamp.turn"));
        dom::say(&self.dtls.fact, &self.words.text("ui.lamp.turn"));
    }

    fn connection(&self, value: &str) {
        // The channel's own word is the last one: the states of a fast connection come after it.
        if self.open && value != "failed" {
            return;
        }
        match value {
            "connecting" => self.dtls.show("work", value),
            "failed" => self.dtls.show("down", value),
            "connected" => self.dtls.show("work", &self.words.text("ui.lamp.dtls.up")),
            _ => {}
        }
    }

    fn channel(&mut self, label: &str, state: &str) {
        self.open = state == "open";
        let light = match state {
            "open" => "up",
            "connecting" => "idle",
            _ => "down",
        };
        if state != "connecting" {
            self.dtls.show(light, state);
        }
        dom::say(
            &self.dtls.fact,
            &self
                .words
                .with("ui.lamp.channel", &[("label", &label), ("state", &state)]),
        );
    }
}

/// The light of an ICE connection state.
fn light(state: &str) -> &'static str {
    match state {
        "connected" | "completed" => "up",
        "checking" => "work",
        "failed" | "disconnected" => "down",
        _ => "idle",
    }
}
