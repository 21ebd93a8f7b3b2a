//! Draws one row: which nodes it has, which wires, in whose colour, and how it reads.

use web_sys::Element;
use webrtc_steps::views::dom::{self, Build, Template};
use webrtc_steps::words::Words;
use webrtc_steps_core::diagram::{Lane, Row, Shape, Tone, Wire, unseen, when};

use super::{Clock, said, shapes};

/// The templates of rows.
pub(crate) struct Draw {
    words: Words,
    act: Template,
    wire: Template,
    mark: Template,
    gap: Template,
}

impl Draw {
    pub(crate) fn new(build: &Build<'_>) -> Self {
        let wire = [
            "time", "node-a", "wire", "what", "fact", "node-s", "onward", "node-b", "unseen",
        ];
        Self {
            words: build.words.clone(),
            act: build.template("act", &["time", "node", "act", "what", "fact", "unseen"]),
            wire: build.template("wire", &wire),
            mark: build.template("mark", &["time", "what", "fact"]),
            gap: build.template("gap", &["what"]),
        }
    }

    /// A new row.
    pub(crate) fn row(&self, row: &Row, clock: Clock<'_>) -> Option<Element> {
        let item = match row.shape {
            Shape::Act(_) => &self.act,
            Shape::Wire(_) => &self.wire,
            Shape::Mark => &self.mark,
            Shape::Gap => &self.gap,
        };
        let item = item.stamp()?;
        if let Some(event) = row.event {
            dom::mark(&item, "data-at", &format!("event-{event}"));
        }
        self.fill(&item, row, clock);
        Some(item)
    }

    /// What a row says and how it looks, also when it says more later.
    pub(crate) fn fill(&self, item: &Element, row: &Row, clock: Clock<'_>) {
        let say = |message: &_| self.words.say(message);
        dom::mark(item, "class", &classes(row));
        let [what, fact] = [&row.what, &row.fact].map(|text| said(&self.words, text));
        let time = when(row, clock, &say);
        dom::fill(item, &[("what", &what), ("fact", &fact), ("time", &time)]);
        match &row.shape {
            Shape::Act(lane) => act(item, row, *lane),
            Shape::Wire(of) => wire(item, row, of),
            Shape::Mark | Shape::Gap => {}
        }
        // The name of a row is its content: what is seen of it, and in words what its shapes show.
        let unseen = unseen(row, &say);
        dom::fill(item, &[("unseen", &format!("{unseen}."))]);
    }
}

/// How the lifelines look behind a row, and how sure it is.
fn classes(row: &Row) -> String {
    let scene = row.scene;
    let me = ["me-", shapes(scene)[0]].concat();
    let all = [
        ("ev", true),
        (&me, true),
        ("gap", row.shape == Shape::Gap),
        ("pa", scene.mine),
        ("pb", scene.theirs),
        ("piped", scene.open),
        ("s0", !scene.linked),
        ("four", scene.servers),
        ("refused", row.tone == Tone::Bad),
        ("guessed", row.tone == Tone::Inferred),
        ("ghost", row.tone == Tone::Ghost),
        ("never", row.tone == Tone::Never),
        ("disturbed", row.disorder.is_some()),
        ("both", scene.both),
    ];
    let wanted = all.iter().filter(|(_, wanted)| *wanted);
    let wanted: Vec<_> = wanted.map(|(class, _)| *class).collect();
    wanted.join(" ")
}

/// Something that one of them did by itself.
fn act(item: &Element, row: &Row, lane: Lane) {
    let number = number(row.step);
    let refused = row.tone == Tone::Bad && row.code;
    let who = if row.tone == Tone::Bad {
        "no"
    } else {
        who(lane, row)
    };
    let text = if refused { "✕" } else { &number };
    let look = match row.tone {
        Tone::Ghost => "ring",
        Tone::Inferred => "ring dash",
        _ => "",
    };
    dom::dress(item, "node", &["node", on(lane), who, look, dot(text)]);
    dom::fill(item, &[("node", text)]);
    let place = match lane {
        Lane::Theirs => "b",
        Lane::Mine => "a",
        Lane::Endpoint | Lane::Servers => "sb",
    };
    let code = if row.code { "mono" } else { "" };
    dom::dress(item, "act", &["act", place, who_of_ghost(row, who), code]);
}

/// A ghost's call wears the colour of whose it is.
fn who_of_ghost(row: &Row, who: &'static str) -> &'static str {
    if row.tone == Tone::Ghost { who } else { "" }
}

/// Something that went from one to another: its segment with the envelope, and the part that is inferred.
fn wire(item: &Element, row: &Row, wire: &Wire) {
    let wrong = matches!(row.tone, Tone::Bad | Tone::Never);
    let sender = if wrong { "no" } else { who(wire.sender, row) };
    let right = place(wire.from) < place(wire.to);
    let way = match (wire.both, right) {
        (true, _) => "both direct",
        (false, true) => "to",
        (false, false) => "fro",
    };
    let span = span(wire.from, wire.to);
    let style = match row.tone {
        Tone::Inferred => "faint dash",
        _ if wire.both && !row.scene.open => "checks",
        _ => "",
    };
    let pad = pad(row, wire);
    let dropped = row.disorder == Some("drop");
    let cut = if dropped { "cut" } else { "" };
    dom::dress(item, "wire", &["wire", span, sender, way, style, pad, cut]);
    let onward = match (wire.onward && !dropped, span) {
        (false, _) => "",
        (true, "as") => "sb",
        (true, _) => "as",
    };
    let pale = if row.tone == Tone::Never || wire.arrived {
        ""
    } else {
        "faint dash"
    };
    let head = onward_pad(row, wire);
    dom::dress(item, "onward", &["wire", onward, sender, way, pale, head]);
    if let Some(part) = dom::part(item, "onward") {
        dom::show(&part, !onward.is_empty());
    }
    nodes(item, row, wire);
}

/// The numbers of the steps a message touches; dots where it belongs to none.
fn nodes(item: &Element, row: &Row, wire: &Wire) {
    let open = match row.tone {
        Tone::Ghost | Tone::Never => "ring",
        _ => "",
    };
    let far_open = match (row.tone, place(wire.from) < place(wire.to)) {
        // That it arrived there is not seen.
        (Tone::Seen, true) if !row.scene.both => "ring dash",
        (Tone::Seen, _) => "",
        _ => open,
    };
    let [mine, theirs] = match row.tone {
        Tone::Never => ["no", "no"],
        _ => shapes(row.scene),
    };
    let servers = wire.from == Lane::Servers || wire.to == Lane::Servers;
    // From peer to peer an arrow says enough.
    let beside = span(wire.from, wire.to) != "ab";
    let touches = |lane| beside && (wire.from == lane || wire.to == lane || wire.arrived);
    let stuck = row.tone == Tone::Never;
    let (middle, middle_on) = if servers {
        ("sv ring", "on-v")
    } else {
        ("en", "on-s")
    };
    let numbers = [
        (
            "node-a",
            mine,
            "on-a",
            open,
            row.step,
            touches(Lane::Mine) || row.step.is_some(),
        ),
        (
            "node-s",
            middle,
            middle_on,
            open,
            wire.endpoint,
            servers || beside && !stuck,
        ),
        (
            "node-b",
            theirs,
            "on-b",
            far_open,
            wire.far,
            wire.far.is_some() || row.scene.both && touches(Lane::Theirs),
        ),
    ];
    for (part, who, on, open, step, shown) in numbers {
        let number = number(step);
        dom::dress(item, part, &["node", on, who, open, dot(&number)]);
        dom::fill(item, &[(part, &number)]);
        if let Some(node) = dom::part(item, part) {
            dom::show(&node, shown);
        }
    }
}

fn number(step: Option<u8>) -> String {
    step.map(|step| step.to_string()).unwrap_or_default()
}

/// A node without a number is a dot.
fn dot(number: &str) -> &'static str {
    if number.is_empty() { "dot" } else { "" }
}

/// The class of whoever stands at a lane.
fn who(lane: Lane, row: &Row) -> &'static str {
    let [mine, theirs] = shapes(row.scene);
    match lane {
        Lane::Mine => mine,
        Lane::Endpoint => "en",
        Lane::Servers => "sv",
        Lane::Theirs => theirs,
    }
}

fn on(lane: Lane) -> &'static str {
    match lane {
        Lane::Mine => "on-a",
        Lane::Endpoint => "on-s",
        Lane::Servers => "on-v",
        Lane::Theirs => "on-b",
    }
}

/// The lanes from left to right.
fn place(lane: Lane) -> u8 {
    match lane {
        Lane::Mine => 0,
        Lane::Endpoint => 1,
        Lane::Servers => 2,
        Lane::Theirs => 3,
    }
}

/// The part of the row that a wire crosses.
fn span(from: Lane, to: Lane) -> &'static str {
    let (low, high) = (place(from).min(place(to)), place(from).max(place(to)));
    match (low, high) {
        (0, 1) => "as",
        (0, 2) => "av",
        (1, _) => "sb",
        (2, _) => "vb",
        _ => "ab",
    }
}

/// The same for the part that is beyond the endpoint, or was before it.
fn onward_pad(row: &Row, wire: &Wire) -> &'static str {
    let to = match (wire.from, wire.to) {
        _ if row.tone == Tone::Never => return "",
        (Lane::Mine, Lane::Endpoint) => Lane::Theirs,
        (_, Lane::Endpoint) => Lane::Mine,
        _ => Lane::Endpoint,
    };
    head_pad(row, wire, to)
}

/// How far an arrow's head stays away from the node it leads to.
fn pad(row: &Row, wire: &Wire) -> &'static str {
    if wire.both {
        return "";
    }
    head_pad(row, wire, wire.to)
}

fn head_pad(row: &Row, wire: &Wire, to: Lane) -> &'static str {
    let beside = span(wire.from, wire.to) != "ab";
    let (step, node) = match to {
        Lane::Mine => (row.step, beside),
        Lane::Endpoint => (wire.endpoint, true),
        Lane::Servers => (None, true),
        Lane::Theirs => (wire.far, beside && row.scene.both),
    };
    match (step, place(wire.from) < place(wire.to)) {
        (Some(_), true) => "pad-e",
        (Some(_), false) => "pad-s",
        (None, _) if node => "pad-d",
        _ => "",
    }
}
