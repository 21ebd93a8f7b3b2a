//! The heads of the three lanes: who stands where in this run.

use web_sys::Element;
use webrtc_steps_core::io::{Role, What};
use webrtc_steps_core::settings;

use crate::views::bar::short;
use crate::views::dom::{self, Build};
use crate::words::Words;

/// The lanes' heads. This peer is always the left one.
pub(super) struct Lanes {
    words: Words,
    me: Element,
    between: Element,
    host: Element,
    peer: Element,
    mine: Element,
    theirs: Element,
}

impl Lanes {
    pub(super) fn new(build: &Build<'_>) -> Self {
        Self {
            words: build.words.clone(),
            me: build.part("me"),
            between: build.part("between"),
            host: build.part("host"),
            peer: build.part("peer"),
            mine: build.part("node-a"),
            theirs: build.part("node-b"),
        }
    }

    pub(super) fn apply(&self, what: &What) {
        match what {
            What::Joining { endpoint, .. } => {
                let (between, host) = match endpoint.trim() {
                    "tabs:" => ("ui.between.tabs", self.words.text("ui.between.no-server")),
                    "paste:" => ("ui.between.paste", self.words.text("ui.between.no-server")),
                    socket => (
                        "ui.between.relay",
                        settings::host(socket).unwrap_or(socket).to_owned(),
                    ),
                };
                dom::say(&self.between, &self.words.text(between));
                dom::say(&self.host, &host);
                dom::say(&self.me, "");
                dom::say(&self.peer, &self.words.text("ui.not-here"));
            }
            What::Joined { me: Some(me), .. } => dom::say(&self.me, &short(me)),
            What::PeerJoined { peer } => dom::say(&self.peer, &short(peer)),
            What::PeerLeft { .. } => dom::say(&self.peer, &self.words.text("ui.not-here")),
            What::Role { role, .. } => {
                dom::mark(&self.mine, "class", &format!("node {}", shape(*role)));
                dom::mark(&self.theirs, "class", &format!("node {}", other(*role)));
            }
            _ => {}
        }
    }
}

/// The class of this peer's lane.
pub(super) fn shape(role: Option<Role>) -> &'static str {
    match role {
        Some(Role::Offerer) => "of",
        Some(Role::Answerer) => "an",
        None => "un",
    }
}

/// The class of the other peer's lane.
pub(super) fn other(role: Option<Role>) -> &'static str {
    match role {
        Some(Role::Offerer) => "an",
        Some(Role::Answerer) => "of",
        None => "un",
    }
}
