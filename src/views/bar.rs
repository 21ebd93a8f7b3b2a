//! The bar at the top: how far the run is, which room, who is here, and the way out.

use web_sys::Element;
use webrtc_steps_core::brief;
use webrtc_steps_core::command::Switch;
use webrtc_steps_core::io::{Event, What};
use webrtc_steps_core::step::{STEPS, Status, Step, Whose};
use webrtc_steps_core::words::Message;

use super::control::Control;
use super::dom::{self, Build};
use super::steps::shape_of;
use crate::words::Words;

/// The bar, and what it has to remember to say who is here.
pub(crate) struct Bar {
    words: Words,
    nodes: Vec<Element>,
    said: Element,
    room: Element,
    present: Element,
    leave: Control,
    fails: Control,
    fail: Element,
    /// Of each step: whether it is done or skipped.
    done: [bool; 26],
    next: Option<u8>,
    by_hand: bool,
    /// The server is the other party.
    alone: bool,
    tells_peers: bool,
}

impl Bar {
    pub(crate) fn new(build: &Build<'_>) -> Self {
        build.stamp(include_str!("bar.html"));
        Self {
            words: build.words.clone(),
            nodes: score(build),
            said: build.part("said"),
            room: build.part("room"),
            present: build.part("present"),
            leave: build.control("leave"),
            fails: build.control("let-me-fail"),
            fail: build.find("[data-command=let-me-fail]"),
            done: [false; 26],
            next: None,
            by_hand: false,
            alone: false,
            tells_peers: true,
        }
    }

    pub(crate) fn apply(&mut self, event: &Event) {
        self.leave.apply(event, &self.words);
        self.fails.apply(event, &self.words);
        match &event.what {
            What::Joining {
                room,
                endpoint,
                alone,
                tells_peers,
                ..
            } => {
                (self.alone, self.tells_peers) = (*alone, *tells_peers);
                // What is carried by hand has no room.
                self.by_hand = endpoint.starts_with("paste:");
                let name = if self.by_hand {
                    self.words.text("ui.between.paste")
                } else {
                    brief::room(room)
                };
                self.name(&name, if self.by_hand { "" } else { room });
                dom::say(&self.present, &self.words.text("ui.present.joining"));
            }
            What::Option { option, on } if *option == Switch::LetMeFail.name() => {
                let checked = if *on { "true" } else { "false" };
                dom::mark(&self.fail, "aria-checked", checked);
            }
            What::RoomNamed { room } => self.name(&brief::room(room), room),
            What::Joined { .. } if self.by_hand => dom::say(&self.present, ""),
            What::Joined { .. } => {
                let id = match (self.alone, self.tells_peers) {
                    (true, _) => "ui.present.server",
                    (false, true) => "ui.present.alone",
                    (false, false) => "ui.present.unknown",
                };
                dom::say(&self.present, &self.words.text(id));
            }
            What::PeerJoined { peer } => {
                dom::say(
                    &self.present,
                    &self
                        .words
                        .with("ui.present.peer", &[("peer", &who(&self.words, peer))]),
                );
            }
            What::PeerLeft { message, .. } if gone(message) => {
                dom::say(&self.present, &self.words.text("ui.present.alone"))
            }
            What::Step {
                step,
                status,
                whose,
                ..
            } => self.step(*step, *status, *whose),
            _ => {}
        }
    }

    fn name(&self, name: &str, whole: &str) {
        dom::say(&self.room, name);
        dom::mark(&self.room, "title", whole);
    }

    fn step(&mut self, step: u8, status: Status, whose: Whose) {
        let index = usize::from(step).wrapping_sub(1);
        let (Some(done), Some(node)) = (self.done.get_mut(index), self.nodes.get(index)) else {
            return;
        };
        *done = matches!(status, Status::Done | Status::Skipped);
        let mine = status == Status::Next && whose == Whose::Mine;
        for (class, wanted) in [
            ("ring", !*done && !mine),
            ("now", mine),
            ("no", status == Status::Failed),
        ] {
            if wanted {
                dom::class(node, class)
            } else {
                dom::unclass(node, class)
            }
        }
        if mine {
            self.next = Some(step);
        } else if self.next == Some(step) {
            self.next = None;
        }
        let count = self.done.iter().filter(|done| **done).count();
        let said = match self.next {
            Some(step) => self.words.with("ui.score.next", &[("step", &step)]),
            None => self.words.with("ui.score.done", &[("count", &count)]),
        };
        dom::say(&self.said, &said);
    }
}

/// Whom a dialect names, or nobody in particular.
pub(crate) fn who(words: &Words, peer: &str) -> String {
    if peer.is_empty() {
        words.text("ui.peer.unnamed")
    } else {
        brief::name(peer)
    }
}

/// Whether somebody who left is gone from the room: one who only said goodbye is still in it.
pub(crate) fn gone(message: &Message) -> bool {
    message.id != "left.bye"
}

/// The 26 nodes in their five groups.
fn score(build: &Build<'_>) -> Vec<Element> {
    let mut inner = build.part("score");
    let list = inner.clone();
    let group = build.template("group", &["steps"]);
    let mark = build.template("mark", &["node"]);
    let mut last = 0;
    let node = |row: &Step| {
        if last != row.stage {
            last = row.stage;
            let item = group.stamp()?;
            dom::append(&list, &item);
            inner = dom::part(&item, "steps")?;
        }
        let item = mark.stamp()?;
        dom::append(&inner, &item);
        let node = dom::part(&item, "node")?;
        dom::class(&node, shape_of(row.number));
        Some(node)
    };
    STEPS.iter().filter_map(node).collect()
}
