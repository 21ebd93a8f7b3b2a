//! Three lamps in a chain, each waiting for the one above: the signaling link, ICE, then DTLS and SCTP. Each says in a word how
//! it stands, and below its last fact or what it waits for.

use web_sys::Element;
use webrtc_steps_core::io::{Fate, LinkState, Side, StateName, What};
use webrtc_steps_core::sdp;

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
    known: Known,
}

/// What is known of the present attempt.
#[derive(Default)]
struct Known {
    /// `iceConnectionState`, `connectionState` and `signalingState`.
    ice: String,
    connection: String,
    signaling: String,
    /// ICE found a pair once.
    reached: bool,
    sent: usize,
    received: usize,
    /// Descriptions of either side, and whether candidates are inside.
    described: [bool; 2],
    inside: bool,
    /// The channel's label and state.
    channel: Option<(String, String)>,
}

impl Lamps {
    pub(super) fn new(build: &Build<'_>) -> Self {
        let lamps = Self {
            words: build.words.clone(),
            link: Lamp::find(build, "lamp-link"),
            ice: Lamp::find(build, "lamp-ice"),
            dtls: Lamp::find(build, "lamp-dtls"),
            known: Known::default(),
        };
        lamps.link.show("idle", "none");
        lamps.rest();
        lamps
    }

    pub(super) fn apply(&mut self, what: &What) {
        match what {
            What::AttemptBegan | What::Joining { .. } => {
                self.known = Known::default();
                self.rest();
            }
            what if self.known.apply(what) => {
                self.show_ice();
                self.show_dtls();
            }
            what => self.signaling(what),
        }
    }

    fn signaling(&self, what: &What) {
        let words = &self.words;
        let fact = match what {
            What::Link { state, note } => {
                let light = match state {
                    LinkState::Open => "up",
                    LinkState::Connecting => "work",
                    LinkState::None | LinkState::Closed => "idle",
                };
                self.link.show(light, state.word());
                words.say_or_nothing(note.as_ref())
            }
            What::PeerJoined { peer } => {
                let peer = crate::views::bar::who(words, peer);
                words.with("ui.lamp.peer", &[("peer", &peer)])
            }
            What::PeerLeft { message, .. } => words.say(message),
            What::Sent { kind, .. } if is_signal(kind) => {
                words.with("ui.lamp.sent", &[("kind", kind)])
            }
            What::Received { kind, .. } if is_signal(kind) => {
                words.with("ui.lamp.came", &[("kind", kind)])
            }
            _ => return,
        };
        dom::say(&self.link.fact, &fact);
    }

    fn rest(&self) {
        self.ice.show("idle", &self.words.text("ui.lamp.ice.waits"));
        self.dtls
            .show("idle", &self.words.text("ui.lamp.dtls.waits"));
        dom::say(&self.ice.fact, &self.words.text("ui.lamp.turn"));
        dom::say(&self.dtls.fact, &self.words.text("ui.lamp.turn"));
    }

    fn show_ice(&self) {
        let (known, words) = (&self.known, &self.words);
        // Chromium leaves ICE at `disconnected` when it gives up, and tells the failure in the connection's state only.
        let failed = known.connection == "failed" && !known.reached;
        let state = if failed { "failed" } else { &known.ice };
        let counts: [(&str, &dyn std::fmt::Display); 2] =
            [("sent", &known.sent), ("received", &known.received)];
        if known.has_nothing_to_check() {
            // A person may be about to send them: that is no failure.
            let light = light(state);
            self.ice.show(light, &words.text("ui.lamp.ice.none"));
            return dom::say(&self.ice.fact, &words.with("ui.lamp.ice.nothing", &counts));
        }
        match state {
            "" => {}
            "new" => self.ice.show("idle", &words.text("ui.lamp.ice.waits")),
            state => self.ice.show(light(state), state),
        }
        let id = match state {
            "new" | "" if !known.is_agreed() => "ui.lamp.ice.descriptions",
            _ => "ui.lamp.candidates",
        };
        dom::say(&self.ice.fact, &words.with(id, &counts));
    }

    fn show_dtls(&self) {
        let (known, words) = (&self.known, &self.words);
        let open = known
            .channel
            .as_ref()
            .is_some_and(|(_, state)| state == "open");
        // The channel's own word is the last one: the states of a fast connection come after it.
        let (light, says) = match known.connection.as_str() {
            "failed" if known.reached => ("down", "failed".to_owned()),
            _ if open => ("up", "open".to_owned()),
            "connected" => ("work", words.text("ui.lamp.dtls.up")),
            "connecting" if known.reached => ("work", words.text("ui.lamp.dtls.keys")),
            _ => ("idle", words.text("ui.lamp.dtls.waits")),
        };
        let closed = known.channel.as_ref();
        let closed = closed.filter(|(_, state)| state.starts_with("clos") && known.reached);
        match closed {
            Some((_, state)) => self.dtls.show("down", state),
            None => self.dtls.show(light, &says),
        }
        let fact = match &known.channel {
            Some((label, state)) if known.reached => {
                words.with("ui.lamp.channel", &[("label", label), ("state", state)])
            }
            _ => words.text("ui.lamp.turn"),
        };
        dom::say(&self.dtls.fact, &fact);
    }
}

impl Known {
    /// Takes what belongs to the attempt; whether it did.
    fn apply(&mut self, what: &What) -> bool {
        match what {
            What::State { name, value } => return self.state(*name, value),
            What::CandidateFate {
                side: Side::Mine,
                fate: Fate::Used,
                ..
            } => self.sent += 1,
            What::Candidate {
                side: Side::Theirs, ..
            } => self.received += 1,
            What::Described { side, description } => {
                let [mine, theirs] = &mut self.described;
                *(if *side == Side::Mine { mine } else { theirs }) = true;
                self.inside |= sdp::candidates(&description.sdp).next().is_some();
            }
            What::Channel { label, state, .. } => {
                self.channel = Some((label.clone(), state.clone()));
            }
            _ => return false,
        }
        true
    }

    fn state(&mut self, name: StateName, value: &str) -> bool {
        let known = match name {
            StateName::IceConnection => &mut self.ice,
            StateName::Connection => &mut self.connection,
            StateName::Signaling => &mut self.signaling,
            StateName::IceGathering | StateName::Channel => return false,
        };
        value.clone_into(known);
        self.reached |= matches!(value, "connected" | "completed");
        true
    }

    /// Both descriptions are set.
    fn is_agreed(&self) -> bool {
        self.described == [true, true] && self.signaling == "stable"
    }

    /// Both descriptions are set, and no candidate went either way.
    fn has_nothing_to_check(&self) -> bool {
        let none = self.sent == 0 && self.received == 0 && !self.inside;
        let idle = matches!(self.ice.as_str(), "new" | "failed");
        none && idle && self.is_agreed()
    }
}

/// Whether a message is for the other peer, and not the endpoint's own.
fn is_signal(kind: &str) -> bool {
    matches!(kind, "offer" | "answer" | "candidate" | "end" | "bye")
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
