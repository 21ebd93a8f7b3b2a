//! The rows of the timeline: appended, never redrawn; the oldest are folded away at a limit.

use web_sys::Element;
use webrtc_steps_core::io::{LinkState, Role, What};
use webrtc_steps_core::trouble::Trouble;

use super::lost_count;
use super::scene::{other, shape};
use crate::views::dom::{self, Template};
use crate::views::trouble::verbatim;
use crate::words::Words;

/// The rows that stay on the page.
const MOST_ROWS: u32 = 500;

/// Where something happened.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Lane {
    Mine,
    Endpoint,
}

/// Something a peer did by itself.
#[derive(Default)]
pub(super) struct Act<'a> {
    what: &'a str,
    fact: &'a str,
    step: Option<u8>,
    class: &'static str,
}

impl<'a> Act<'a> {
    pub(super) fn text(what: &'a str) -> Self {
        Self {
            what,
            ..Self::default()
        }
    }

    /// A call or a property, in the type of code.
    pub(super) fn code(what: &'a str) -> Self {
        Self {
            what,
            class: "mono",
            ..Self::default()
        }
    }

    /// Something the page did or learnt by itself.
    pub(super) fn note(what: &'a str) -> Self {
        Self {
            what,
            class: "noted",
            ..Self::default()
        }
    }

    pub(super) fn fact(self, fact: &'a str) -> Self {
        Self { fact, ..self }
    }

    pub(super) fn step(self, step: Option<u8>) -> Self {
        Self { step, ..self }
    }
}

/// A message over the endpoint.
pub(super) struct Wire<'a> {
    pub(super) outward: bool,
    pub(super) step: Option<u8>,
    pub(super) kind: &'a str,
    pub(super) peer: Option<String>,
    pub(super) text: &'a str,
    pub(super) again: bool,
}

/// The list of rows and how the lifelines behind the next row look.
pub(super) struct Rows {
    words: Words,
    list: Element,
    older: Element,
    act: Template,
    wire: Template,
    direct: Template,
    mark: Template,
    trouble: Template,
    time: String,
    newest: Option<Element>,
    gone: u32,
    role: Option<Role>,
    connection: bool,
    their_connection: bool,
    open: bool,
    linked: bool,
}

impl Rows {
    pub(super) fn new(place: &Element, words: &Words) -> Result<Self, String> {
        Ok(Self {
            words: words.clone(),
            list: dom::part(place, "list")?,
            older: dom::part(place, "older")?,
            act: Template::find(place, "act")?,
            wire: Template::find(place, "wire")?,
            direct: Template::find(place, "direct")?,
            mark: Template::find(place, "mark")?,
            trouble: Template::find(place, "trouble")?,
            time: String::new(),
            newest: None,
            gone: 0,
            role: None,
            connection: false,
            their_connection: false,
            open: false,
            linked: false,
        })
    }

    /// Keeps what the lifelines say: whose they are, whether a peer connection is there, whether the channel is open.
    pub(super) fn scene(&mut self, what: &What) {
        match what {
            What::Role { role, .. } => self.role = *role,
            What::Done { call, .. } if call.starts_with("new ") => self.connection = true,
            What::AttemptBegan | What::AttemptEnded { .. } | What::Left => {
                (self.connection, self.their_connection, self.open) = (false, false, false)
            }
            What::Received {
                kind: "offer" | "answer",
                ..
            } => self.their_connection = true,
            What::Channel { state, .. } => self.open = state == "open",
            What::Link { state, .. } => self.linked = *state == LinkState::Open,
            _ => {}
        }
    }

    /// The time that the next rows carry.
    pub(super) fn at(&mut self, time: String) {
        self.time = time;
    }

    pub(super) fn act(&mut self, lane: Lane, act: &Act<'_>) {
        self.put_act(lane, act);
    }

    /// [`Rows::act`], handing back the row for what is still to come of it.
    pub(super) fn put_act(&mut self, lane: Lane, act: &Act<'_>) -> Option<Element> {
        let row = self.act.stamp().ok()?;
        let node = dom::part(&row, "node").ok()?;
        let (lane, who, place) = match lane {
            Lane::Mine => ("on-a", shape(self.role), "a"),
            Lane::Endpoint => ("on-s", "en", "sb"),
        };
        dom::mark(
            &node,
            "class",
            &format!(
                "node {lane} {who} {}",
                if act.step.is_some() { "" } else { "dot" }
            ),
        );
        dom::say(
            &node,
            &act.step.map(|step| step.to_string()).unwrap_or_default(),
        );
        dom::mark(
            &dom::part(&row, "act").ok()?,
            "class",
            &format!("act {place} {}", act.class),
        );
        self.fill(&row, &[("what", act.what), ("fact", act.fact)]);
        self.put(&row);
        Some(row)
    }

    pub(super) fn mark(&mut self, what: &str, fact: &str) {
        if let Ok(row) = self.mark.stamp() {
            self.fill(&row, &[("what", what), ("fact", fact)]);
            self.put(&row);
        }
    }

    /// A message over the endpoint, with its text inside.
    pub(super) fn wire(&mut self, wire: &Wire<'_>) {
        // A template was checked when the view was made: what cannot be filled now is left out.
        let _ = self.try_wire(wire);
    }

    /// Something between the two peers, past the endpoint. `way` is `to`, `fro` or `both`.
    pub(super) fn direct(&mut self, way: &str, kind: &str, size: &str, said: &str) {
        let Ok(row) = self.direct.stamp() else { return };
        if let Ok(near) = dom::part(&row, "near") {
            let who = if way == "fro" {
                other(self.role)
            } else {
                shape(self.role)
            };
            let direct = if way.starts_with("both") {
                "direct"
            } else {
                ""
            };
            dom::mark(&near, "class", &format!("wire ab {who} {way} {direct}"));
        }
        self.fill(&row, &[("kind", kind), ("size", size), ("said", said)]);
        self.put(&row);
    }

    pub(super) fn trouble(&mut self, trouble: &Trouble) {
        let Ok(row) = self.trouble.stamp() else {
            return;
        };
        let words = self.words.clone();
        self.fill(
            &row,
            &[
                ("what", &words.say(&trouble.cause)),
                ("doing", &words.say(&trouble.doing)),
                ("advice", &words.say(&trouble.advice)),
            ],
        );
        if let Ok(fault) = dom::part(&row, "fault") {
            dom::say_or_hide(
                &fault,
                &trouble.fault.as_ref().map(verbatim).unwrap_or_default(),
            );
        }
        self.put(&row);
    }

    fn try_wire(&mut self, wire: &Wire<'_>) -> Result<(), String> {
        let row = self.wire.stamp()?;
        // What the endpoint itself says begins at its lane.
        let from_endpoint = matches!(
            wire.kind,
            "joined" | "peer-joined" | "leave" | "closed" | "error" | "notice" | "request-offer"
        );
        let from_peer = wire.outward || !from_endpoint;
        let sender = match (wire.outward, from_peer) {
            (true, _) => shape(self.role),
            (false, true) => other(self.role),
            (false, false) => "en",
        };
        let way = if wire.outward { "to" } else { "fro" };
        dom::mark(
            &dom::part(&row, "near")?,
            "class",
            &format!("wire as {sender} {way} {}", pad(wire)),
        );
        let far = dom::part(&row, "far")?;
        dom::mark(&far, "class", &format!("wire sb {sender} {way} faint dash"));
        if !from_peer {
            far.remove();
        }
        self.nodes(&row, wire, from_peer)?;
        self.inside(&row, wire, sender)?;
        self.put(&row);
        Ok(())
    }

    /// The numbers of the three steps a message touches; dots where it belongs to none.
    fn nodes(&self, row: &Element, wire: &Wire<'_>, from_peer: bool) -> Result<(), String> {
        let (endpoint, far) = match (wire.kind, wire.outward) {
            ("offer", true) => ("10", "12"),
            ("offer", false) => ("10", "8"),
            ("answer", true) => ("23", "24"),
            ("answer", false) => ("23", "21"),
            _ => ("", ""),
        };
        let near = wire.step.map(|step| step.to_string()).unwrap_or_default();
        let nodes = [
            ("node-a", "on-a", shape(self.role), near.as_str()),
            ("node-s", "on-s", "en", endpoint),
            ("node-b", "on-b", other(self.role), far),
        ];
        for (name, lane, who, number) in nodes {
            let node = dom::part(row, name)?;
            let size = if number.is_empty() { "dot" } else { "" };
            dom::mark(&node, "class", &format!("node {lane} {who} {size}"));
            dom::say(&node, number);
            if name == "node-b" && (!from_peer || number.is_empty()) {
                node.remove();
            }
        }
        Ok(())
    }

    fn inside(&self, row: &Element, wire: &Wire<'_>, sender: &str) -> Result<(), String> {
        let words = &self.words;
        let bytes = wire.text.len().to_string();
        let peer = wire
            .peer
            .clone()
            .unwrap_or_else(|| words.text("ui.everybody"));
        let again = if wire.again {
            words.text("ui.again")
        } else {
            String::new()
        };
        let args = [
            ("kind", wire.kind.to_owned()),
            ("peer", peer),
            ("bytes", bytes.clone()),
            ("again", again.clone()),
        ];
        let (said, head) = if wire.outward {
            ("ui.said.sent", "ui.head.sent")
        } else {
            ("ui.said.received", "ui.head.received")
        };
        let size = format!(
            "{} {again}",
            words.with("ui.bytes.short", &[("count", bytes)])
        );
        self.fill(
            row,
            &[
                ("kind", wire.kind),
                ("size", size.trim()),
                ("said", &words.text(said)),
                ("head", &words.with(head, &args)),
            ],
        );
        dom::say(&dom::part(row, "sent")?, wire.text);
        dom::class(&dom::part(row, "opened")?, sender);
        let meaning = match wire.kind {
            "offer" | "answer" | "candidate" | "end" | "joined" | "peer-joined" | "leave"
            | "bye" => wire.kind,
            _ => "other",
        };
        dom::say(
            &dom::part(row, "meaning")?,
            &words.text(&format!("ui.meaning.{meaning}")),
        );
        Ok(())
    }

    fn fill(&self, row: &Element, parts: &[(&str, &str)]) {
        for (name, text) in parts.iter().chain(&[("time", self.time.as_str())]) {
            if let Ok(part) = dom::part(row, name) {
                dom::say(&part, text);
            }
        }
    }

    fn put(&mut self, row: &Element) {
        let me = shape(self.role);
        dom::class(row, &format!("me-{me}"));
        for (class, wanted) in [
            ("pa", self.connection),
            ("pb", self.their_connection),
            ("piped", self.open),
            ("s0", !self.linked),
        ] {
            if wanted {
                dom::class(row, class);
            }
        }
        // Only the newest row draws its wire: a page that is shown again stands still.
        dom::class(row, "new");
        if let Some(before) = self.newest.replace(row.clone()) {
            dom::unclass(&before, "new");
        }
        dom::append(&self.list, row);
        self.gone += dom::trim(&self.list, MOST_ROWS);
        if self.gone > 0 {
            dom::say_or_hide(&self.older, &lost_count(&self.words, self.gone));
        }
    }
}

/// How far an arrow's head stays away from the endpoint's node.
fn pad(wire: &Wire<'_>) -> &'static str {
    match (
        wire.outward,
        matches!(wire.kind, "offer" | "answer"),
        wire.step.is_some(),
    ) {
        (true, true, _) => "pad-e",
        (true, false, _) => "pad-d",
        (false, _, true) => "pad-s",
        (false, ..) => "",
    }
}
