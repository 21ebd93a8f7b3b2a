//! A row as one sentence, for whoever hears the diagram or reads it in a picture's titles.

use super::{Lane, Row, Shape, Text, Tone, When};
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
    let step = row
        .step
        .map(|step| words(&say("diagram.reads.step").with("step", step)));
    let passed = matches!(&row.shape, Shape::Wire(wire) if wire.onward);
    let inferred = match row.tone {
        Tone::Inferred => Some(words(&say("diagram.reads.inferred"))),
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

/// What a lane is called within a sentence.
fn name(lane: Lane) -> Message {
    say(match lane {
        Lane::Mine => "diagram.lane.you",
        Lane::Endpoint => "diagram.lane.endpoint",
        Lane::Servers => "diagram.lane.servers",
        Lane::Theirs => "diagram.lane.other",
    })
}
