//! The rows of the timeline: appended, never redrawn; the oldest are folded away at a limit.

use web_sys::Element;
use webrtc_steps_core::io::{LinkState, Role, What};
use webrtc_steps_core::trouble::Trouble;

use super::lost_count;
use super::scene::{other, shape};
use crate::views::dom::{self, Build, Template};
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

impl Wire<'_> {
    /// Whether the endpoint only passes it on; other messages begin or end at its lane.
    fn is_between_peers(&self) -> bool {
        let negotiates = matches!(self.kind, "offer" | "answer" | "candidate" | "end");
        negotiates || self.outward && self.peer.is_some()
    }
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
    pub(super) fn new(build: &Build<'_>) -> Self {
        Self {
            words: build.words.clone(),
            list: build.part("list"),
            older: build.part("older"),
            act: build.template("act", &["time", "node", "act", "what", "fact"]),
            wire: build.template(
                "wire",
                &[
                    "time", "node-a", "near", "said", "kind", "size", "node-s", "far", "node-b",
                    "opened", "head", "sent", "indented", "meaning",
                ],
            ),
            direct: build.template("direct", &["time", "near", "said", "kind", "size"]),
            mark: build.template("mark", &["what", "fact"]),
            trouble: build.template("trouble", &["time", "what", "fault", "doing", "advice"]),
            time: String::new(),
            newest: None,
            gone: 0,
            role: None,
            connection: false,
            their_connection: false,
            open: false,
            linked: false,
        }
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
        let row = self.act.stamp()?;
        let (lane, who, place) = match lane {
            Lane::Mine => ("on-a", shape(self.role), "a"),
            Lane::Endpoint => ("on-s", "en", "sb"),
        };
        let number = act.step.map(|step| step.to_string()).unwrap_or_default();
        dom::dress(&row, "node", &["node", lane, who, dot(&number)]);
        dom::dress(&row, "act", &["act", place, act.class]);
        self.fill(
            &row,
            &[("node", &number), ("what", act.what), ("fact", act.fact)],
        );
        self.put(&row);
        Some(row)
    }

    pub(super) fn mark(&mut self, what: &str, fact: &str) {
        if let Some(row) = self.mark.stamp() {
            self.fill(&row, &[("what", what), ("fact", fact)]);
            self.put(&row);
        }
    }

    /// Something between the two peers, past the endpoint. `way` is `to`, `fro` or `both`.
    pub(super) fn direct(&mut self, way: &str, kind: &str, size: &str, said: &str) {
        let Some(row) = self.direct.stamp() else {
            return;
        };
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
        dom::dress(&row, "near", &["wire ab", who, way, direct]);
        self.fill(&row, &[("kind", kind), ("size", size), ("said", said)]);
        self.put(&row);
    }

    pub(super) fn trouble(&mut self, trouble: &Trouble) {
        let Some(row) = self.trouble.stamp() else {
            return;
        };
        let [what, doing, advice] = [&trouble.cause, &trouble.doing, &trouble.advice]
            .map(|message| self.words.say(message));
        self.fill(
            &row,
            &[("what", &what), ("doing", &doing), ("advice", &advice)],
        );
        if let Some(fault) = dom::part(&row, "fault") {
            dom::say_or_hide(
                &fault,
                &trouble.fault.as_ref().map(verbatim).unwrap_or_default(),
            );
        }
        self.put(&row);
    }

    /// A message over the endpoint, with its text inside.
    pub(super) fn wire(&mut self, wire: &Wire<'_>) -> Option<Element> {
        let row = self.wire.stamp()?;
        let between = wire.is_between_peers();
        let sender = match (wire.outward, between) {
            (true, _) => shape(self.role),
            (false, true) => other(self.role),
            (false, false) => "en",
        };
        let way = if wire.outward { "to" } else { "fro" };
        dom::dress(&row, "near", &["wire as", sender, way, pad(wire)]);
        dom::dress(&row, "far", &["wire sb faint dash", sender, way]);
        dom::dress(&row, "opened", &["opened", sender]);
        self.nodes(&row, wire, between);
        self.inside(&row, wire);
        self.put(&row);
        Some(row)
    }

    /// The numbers of the three steps a message touches; dots where it belongs to none.
    fn nodes(&self, row: &Element, wire: &Wire<'_>, between: bool) {
        let (endpoint, far) = match (wire.kind, wire.outward) {
            ("offer", true) => ("10", "12"),
            ("offer", false) => ("10", "8"),
            ("answer", true) => ("23", "24"),
            ("answer", false) => ("23", "21"),
            _ => ("", ""),
        };
        let near = wire.step.map(|step| step.to_string()).unwrap_or_default();
        dom::dress(row, "node-a", &["node on-a", shape(self.role), dot(&near)]);
        dom::dress(row, "node-s", &["node on-s en", dot(endpoint)]);
        dom::dress(row, "node-b", &["node on-b", other(self.role)]);
        dom::fill(
            row,
            &[("node-a", &near), ("node-s", endpoint), ("node-b", far)],
        );
        let gone = [("far", between), ("node-b", between && !far.is_empty())];
        for (name, _) in gone.iter().filter(|(_, stays)| !stays) {
            if let Some(part) = dom::part(row, name) {
                part.remove();
            }
        }
    }

    fn inside(&self, row: &Element, wire: &Wire<'_>) {
        let words = &self.words;
        let bytes = wire.text.len();
        let unnamed = words.text(match (wire.is_between_peers(), wire.outward) {
            (false, _) => "ui.the-endpoint",
            (true, true) => "ui.everybody",
            (true, false) => "ui.somebody",
        });
        let peer = wire.peer.as_deref().unwrap_or(&unnamed);
        let again = if wire.again {
            words.text("ui.again")
        } else {
            String::new()
        };
        let (said, head) = if wire.outward {
            ("ui.said.sent", "ui.head.sent")
        } else {
            ("ui.said.received", "ui.head.received")
        };
        let head = words.with(
            head,
            &[("kind", &wire.kind), ("peer", &peer), ("bytes", &bytes)],
        );
        let size = [
            &words.with("ui.bytes.short", &[("count", &bytes)]),
            " ",
            &again,
        ]
        .concat();
        let meaning = match wire.kind {
            "offer" | "answer" | "candidate" | "end" | "joined" | "peer-joined" | "leave"
            | "bye" => wire.kind,
            _ => "other",
        };
        let meaning = words.text(&["ui.meaning.", meaning].concat());
        self.fill(
            row,
            &[
                ("kind", wire.kind),
                ("size", size.trim()),
                ("said", &words.text(said)),
                ("head", &head),
            ],
        );
        dom::fill(row, &[("sent", wire.text), ("meaning", &meaning)]);
    }

    fn fill(&self, row: &Element, parts: &[(&str, &str)]) {
        dom::fill(row, parts);
        dom::fill(row, &[("time", &self.time)]);
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

/// A node without a number is a dot.
fn dot(number: &str) -> &'static str {
    if number.is_empty() { "dot" } else { "" }
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
