//! What a document promises across its keys and rules, checked before anything runs.

use super::condition::Condition;
use super::document::Document;
use super::event::Event;
use super::example::{Example, Hole, Mark, Piece, Subject, enter};
use super::mistake::Wrong;
use super::parse::{Checker, Use, Way};
use super::rule::Rule;

/// A URL starts with `{endpoint}` and cannot change the host that the user typed.
pub(crate) fn url(text: &[Piece], c: &mut Checker) {
    match text.first() {
        Some(Piece::Hole(hole)) if hole.name() == "endpoint" => {}
        Some(Piece::Hole(hole)) => {
            c.wrong(Wrong::NotYet(format!(
                "a URL that starts with {{{}}}",
                hole.name()
            )));
        }
        _ => c.wrong(Wrong::FixedHost),
    }
    if let Some(Piece::Literal(next)) = text.get(1)
        && !next.starts_with(['/', '?'])
    {
        c.wrong(Wrong::LongerHost);
    }
    written(&Example::Text(text.to_vec()), &[], c);
}

/// A condition needs its holes.
pub(crate) fn condition(condition: &Condition, c: &mut Checker) {
    for subject in condition.subjects() {
        note_use(c, c.path.clone(), subject, Way::Written);
    }
}

/// An example that is written when one of these events is told; the checker stands at it.
pub(crate) fn written(example: &Example, told: &[Event], c: &mut Checker) {
    let mut path = c.path.clone();
    example.walk(&mut path, false, &mut |pointer, hole, repeated| {
        if let Some(wrong) = not_written(hole, told) {
            c.wrong_at(pointer.to_owned(), wrong);
        }
        repeatable(c, pointer, hole, repeated);
        if hole.mark != Mark::Optional {
            note_use(c, pointer.to_owned(), &hole.subject, Way::Written);
        }
    });
    repeats(example, &mut path, c);
}

/// Why a hole can have no value to write, if it cannot.
fn not_written(hole: &Hole, told: &[Event]) -> Option<Wrong> {
    let fits: fn(Event) -> bool = match hole.subject {
        Subject::Anything | Subject::Error(_) => return Some(Wrong::OnlyRead(hole.name())),
        Subject::Description(_) => Event::is_description,
        Subject::Candidate(_) => Event::is_candidate,
        Subject::Message => |event| event == Event::Message,
        Subject::Variable(_) | Subject::Peer | Subject::From | Subject::To => return None,
    };
    if hole.mark == Mark::Optional {
        return None;
    }
    match told.iter().find(|event| !fits(**event)) {
        Some(event) => Some(Wrong::NoValueOn(hole.name(), event.name())),
        None if told.is_empty() => Some(Wrong::NoValueOn(hole.name(), "read")),
        None => None,
    }
}

/// Notes each repeated element that has nothing to repeat for.
fn repeats(example: &Example, path: &mut String, c: &mut Checker) {
    match example {
        Example::Object(entries) => {
            for (key, example) in entries {
                let mark = enter(path, key);
                repeats(example, path, c);
                path.truncate(mark);
            }
        }
        Example::List(items) => {
            for (index, example) in items.iter().enumerate() {
                let mark = enter(path, &index.to_string());
                repeats(example, path, c);
                path.truncate(mark);
            }
        }
        Example::Repeat(element) if !element.mentions(Subject::is_candidate) => {
            c.wrong_at(path.clone(), Wrong::RepeatWithoutCandidate);
        }
        Example::Piped(_, example) => repeats(example, path, c),
        Example::Repeat(_) | Example::Fixed(_) | Example::Hole(_) | Example::Text(_) => {}
    }
}

/// An example that is read with these conclusions; the checker stands at it.
pub(crate) fn read(example: &Example, means: &[Event], c: &mut Checker) {
    let mut path = c.path.clone();
    example.walk(&mut path, false, &mut |pointer, hole, repeated| {
        if hole.name() == "endpoint" {
            c.wrong_at(pointer.to_owned(), Wrong::EndpointRead);
        }
        repeatable(c, pointer, hole, repeated);
        note_use(c, pointer.to_owned(), &hole.subject, Way::Read);
    });
    for event in means {
        let (such, hole): (fn(&Subject) -> bool, _) = match event {
            Event::Offer | Event::Answer => (Subject::is_description, "description…"),
            Event::Candidate => (Subject::is_candidate, "candidate…"),
            Event::Message => (Subject::is_message, "message"),
            _ => continue,
        };
        if !example.mentions(such) {
            c.wrong(Wrong::NeedsHole(event.name(), hole));
        }
    }
}

/// What a rule that reads nothing cannot conclude.
pub(crate) fn concluded(means: &[Event], c: &mut Checker) {
    let carried = |e: &Event| e.is_description() || e.is_candidate() || *e == Event::Message;
    if let Some(event) = means.iter().find(|event| carried(event)) {
        c.wrong(Wrong::WrongSide(
            event.name(),
            "be concluded from a message: use read or both",
        ));
    }
}

fn repeatable(c: &mut Checker, pointer: &str, hole: &Hole, repeated: bool) {
    let repeatable = matches!(
        hole.subject,
        Subject::Anything | Subject::Peer | Subject::Candidate(_) | Subject::Message
    );
    if repeated && !repeatable {
        c.wrong_at(pointer.to_owned(), Wrong::NotRepeatable(hole.name()));
    }
}

fn note_use(c: &mut Checker, pointer: String, subject: &Subject, way: Way) {
    // Written, the sender is myself; what is addressed to somebody needs the other one.
    let subject = match (subject, way) {
        (Subject::From, Way::Written) => Subject::Variable("self".to_owned()),
        (Subject::From, Way::Read) | (Subject::To, Way::Written) => Subject::Peer,
        (subject, _) => subject.clone(),
    };
    if matches!(subject, Subject::Variable(_) | Subject::Peer) {
        c.uses.push(Use {
            pointer,
            subject,
            way,
        });
    }
}

/// A whole document whose parts have no mistakes.
pub(crate) fn document(document: &Document, c: &mut Checker) {
    filled(document, c);
    envelope(document, c);
    reached(document, c);
}

fn filled(document: &Document, c: &mut Checker) {
    let uses = std::mem::take(&mut c.uses);
    for needed in uses.iter().filter(|one| one.way == Way::Written) {
        let name = needed.subject.name();
        let known = matches!(name.as_str(), "endpoint" | "room")
            || document
                .variables
                .iter()
                .any(|variable| variable.name == name && variable.filled())
            || uses
                .iter()
                .any(|one| one.way == Way::Read && one.subject == needed.subject);
        if !known {
            c.wrong_at(needed.pointer.clone(), Wrong::NothingFills(name));
        }
    }
}

fn envelope(document: &Document, c: &mut Checker) {
    if !document.enveloped {
        return;
    }
    let unwraps: Vec<_> = document
        .rules
        .iter()
        .filter(|rule| rule.means.contains(&Event::Message))
        .filter_map(Rule::example)
        .collect();
    let mark = c.enter("messages");
    if unwraps.is_empty() {
        c.wrong(Wrong::HalfEnvelope("reads {message} and means \"message\""));
    }
    if !document
        .rules
        .iter()
        .any(|rule| rule.writes(Event::Message))
    {
        c.wrong(Wrong::HalfEnvelope("is on \"message\""));
    }
    let named = unwraps
        .iter()
        .any(|example| example.mentions(Subject::is_sender));
    for (index, rule) in document.rules.iter().enumerate() {
        if let Some(example) = rule.example()
            && named
            && rule.is_inside()
        {
            let mut path = format!("/messages/{index}/both");
            example.walk(&mut path, false, &mut |pointer, hole, _| {
                if hole.subject.is_sender() {
                    c.wrong_at(pointer.to_owned(), Wrong::PeerInside(hole.name()));
                }
            });
        }
    }
    c.leave(mark);
}

fn reached(document: &Document, c: &mut Checker) {
    for (index, rule) in document.rules.iter().enumerate() {
        let before = document.rules.iter().take(index);
        if let Some(earlier) = before
            .into_iter()
            .position(|earlier| takes_all(earlier, rule))
        {
            c.wrong_at(format!("/messages/{index}"), Wrong::NeverReached(earlier));
        }
    }
}

/// Whether nothing is left for the later rule.
fn takes_all(earlier: &Rule, later: &Rule) -> bool {
    if !earlier.conditions.is_empty() {
        return false;
    }
    match (earlier.example(), later.example()) {
        (Some(one), Some(other)) => {
            // The kind of a description can send it past the earlier rule.
            let told_apart = one.mentions(|s| s.is_description() || s.is_candidate())
                && !later
                    .means
                    .iter()
                    .all(|event| earlier.means.contains(event));
            one == other && earlier.is_inside() == later.is_inside() && !told_apart
        }
        (_, Some(_)) => false,
        (_, None) => {
            !later.told().is_empty() && later.told().iter().all(|event| earlier.writes(*event))
        }
    }
}
