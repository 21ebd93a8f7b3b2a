//! A row as one sentence, for whoever hears the diagram or reads it in a picture's titles.

use super::{Lane, Row, Scene, Shape, Text, Tone, When};
use crate::words::{Message, say};

/// Says a message in the language of the page.
pub type Say<'a> = &'a dyn Fn(&Message) -> String;

/// A text of a row in words.
pub fn text(text: &Text, words: Say<'_>) -> String {
    match text {
        Text::None => String::new(),
        Text::Said(message) => words(message),
        Text::Plain(plain) => plain.clone(),
    }
}

/// When a row is: `time` for what has one.
pub fn when(row: &Row, time: &dyn Fn(f64) -> String, words: Say<'_>) -> String {
    match row.when {
        When::At(at) => time(at),
        When::Next => words(&say("diagram.next")),
        When::Never => words(&say("diagram.never")),
        When::Lasts => String::new(),
    }
}

/// The whole row: what is to be seen of it, in its order (when, what, what came of it), then what is not.
pub fn sentence(row: &Row, time: &dyn Fn(f64) -> String, words: Say<'_>) -> String {
    let seen = [
        when(row, time, words),
        text(&row.what, words),
        text(&row.fact, words),
    ];
    let parts = [joined(seen, ", "), unseen(row, words)];
    [&joined(parts, ". "), "."].concat()
}

/// What only the shapes of a row show: who, which step, and whether it is inferred.
pub fn unseen(row: &Row, words: Say<'_>) -> String {
    let step = steps(row).map(|step| words(&say("diagram.reads.step").with("step", step)));
    let passed = matches!(&row.shape, Shape::Wire(wire) if wire.onward && !wire.arrived);
    let inferred = match row.tone {
        Tone::Inferred => Some(words(&say("diagram.reads.inferred"))),
        Tone::Seen if passed && row.scene.both => Some(words(&say("between.reads.on-its-way"))),
        Tone::Seen if passed => Some(words(&say("diagram.reads.onward"))),
        _ => None,
    };
    let who = who(&row.shape).map(|who| who.said(row.scene, words));
    joined([who, step, inferred].into_iter().flatten(), ". ")
}

/// What is not empty, without the full stop at its end.
fn joined(parts: impl IntoIterator<Item = String>, between: &str) -> String {
    let parts: Vec<_> = parts
        .into_iter()
        .map(|part| part.trim_end_matches('.').to_owned())
        .filter(|part| !part.is_empty())
        .collect();
    parts.join(between)
}

/// Who did something, or between whom it went.
enum Who {
    One(Lane),
    Both,
    From(Lane, Lane),
}

/// None for what is told about the whole run.
fn who(shape: &Shape) -> Option<Who> {
    let wire = match shape {
        Shape::Mark | Shape::Gap => return None,
        Shape::Act(lane) => return Some(Who::One(*lane)),
        Shape::Wire(wire) if wire.both => return Some(Who::Both),
        Shape::Wire(wire) => wire,
    };
    let far = |lane| {
        if lane == Lane::Mine {
            Lane::Theirs
        } else {
            Lane::Mine
        }
    };
    // What the endpoint passes on goes from peer to peer.
    Some(match (wire.onward, wire.to) {
        (true, Lane::Endpoint) => Who::From(wire.from, far(wire.from)),
        (true, to) => Who::From(far(to), to),
        (false, to) => Who::From(wire.from, to),
    })
}

impl Who {
    fn said(self, scene: Scene, words: Say<'_>) -> String {
        let name = |lane| words(&name(lane, scene));
        words(&match self {
            Self::One(lane) => say("diagram.reads.act").with("who", name(lane)),
            Self::Both => say("diagram.reads.both"),
            Self::From(from, to) => say("diagram.reads.wire")
                .with("from", name(from))
                .with("to", name(to)),
        })
    }
}

/// The steps a row belongs to. Of a message that both sides tell of, these are its sending, its passing on and its coming.
fn steps(row: &Row) -> Option<String> {
    let all = match &row.shape {
        Shape::Wire(wire) if row.scene.both => [row.step, wire.endpoint, wire.far],
        _ => [row.step, None, None],
    };
    let mut all: Vec<u8> = all.into_iter().flatten().collect();
    all.sort_unstable();
    let all: Vec<String> = all.iter().map(u8::to_string).collect();
    (!all.is_empty()).then(|| all.join(", "))
}

/// What a lane is called within a sentence.
fn name(lane: Lane, scene: Scene) -> Message {
    say(match lane {
        Lane::Mine if scene.both => "between.lane.offerer",
        Lane::Theirs if scene.both => "between.lane.answerer",
        Lane::Mine => "diagram.lane.you",
        Lane::Endpoint => "diagram.lane.endpoint",
        Lane::Servers => "diagram.lane.servers",
        Lane::Theirs => "diagram.lane.other",
    })
}
