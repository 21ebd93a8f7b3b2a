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

/// The whole row: when, who, what came of it, which step, and whether it is inferred.
pub fn sentence(row: &Row, time: &dyn Fn(f64) -> String, words: Say<'_>) -> String {
    let what = text(&row.what, words);
    let name = |lane| name(lane, row.scene);
    let said = match &row.shape {
        Shape::Mark | Shape::Gap => what,
        Shape::Act(lane) => words(
            &say("diagram.reads.act")
                .with("who", words(&name(*lane)))
                .with("what", what),
        ),
        Shape::Wire(wire) if wire.both => words(&say("diagram.reads.both").with("what", what)),
        Shape::Wire(wire) => {
            let (mut from, mut to) = (wire.from, wire.to);
            if wire.onward {
                match (from, to) {
                    (_, Lane::Endpoint) if from == Lane::Mine => to = Lane::Theirs,
                    (_, Lane::Endpoint) => to = Lane::Mine,
                    _ => from = Lane::Theirs,
                }
            }
            let said = say("diagram.reads.wire").with("what", what);
            let said = said.with("from", words(&name(from)));
            words(&said.with("to", words(&name(to))))
        }
    };
    let step = steps(row).map(|step| words(&say("diagram.reads.step").with("step", step)));
    let passed = matches!(&row.shape, Shape::Wire(wire) if wire.onward && !wire.arrived);
    let inferred = match row.tone {
        Tone::Inferred => Some(words(&say("diagram.reads.inferred"))),
        Tone::Seen if passed && row.scene.both => Some(words(&say("between.reads.on-its-way"))),
        Tone::Seen if passed => Some(words(&say("diagram.reads.onward"))),
        _ => None,
    };
    let parts = [
        Some(when(row, time, words)),
        Some(said),
        Some(text(&row.fact, words)),
        step,
        inferred,
    ];
    let parts = parts.into_iter().flatten();
    let parts: Vec<_> = parts
        .map(|part| part.trim_end_matches('.').to_owned())
        .filter(|part| !part.is_empty())
        .collect();
    [&parts.join(". "), "."].concat()
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
