//! What a document promises across its keys and rules, checked before anything runs.

use serde_json::Value;

use super::document::Document;
use super::event::Event;
use super::example::{Example, Hole, Key, Mark, Node, Piece, Subject, Thing};
use super::frames::Frames;
use super::mistake::Wrong;
use super::parse::Checker;
use super::rule::Rule;
use super::variable::Source;

/// The most names that messages give values to.
const MOST_NAMES: usize = 128;

/// A URL starts with a hole and cannot change the host that the user, or a server that the user named, has given.
pub(crate) fn url(text: Vec<Piece>, told: &[Event], c: &mut Checker) -> Example {
    match text.first() {
        Some(Piece::Hole(hole)) => {
            let known = matches!(hole.subject, Subject::Variable(_));
            c.unless(known, Wrong::FixedHost);
            c.starts.push((c.path.clone(), hole.name()));
        }
        _ => c.wrong(Wrong::FixedHost),
    }
    if let Some(Piece::Literal(next)) = text.get(1) {
        c.unless(next.starts_with(['/', '?']), Wrong::LongerHost);
    }
    let optional = |p: &Piece| matches!(p, Piece::Hole(hole) if hole.mark == Mark::Optional);
    c.unless(!text.iter().any(optional), Wrong::OptionalInText);
    let text = Example::Text(text);
    example(&text, None, Some(told), c);
    text
}

/// An example at the place where the checker stands: what it means if it is read, on which events it is written.
pub(crate) fn example(
    example: &Example,
    means: Option<&[Event]>,
    told: Option<&[Event]>,
    c: &mut Checker,
) {
    let mut path = c.path.clone();
    example.walk(&mut path, false, &mut |pointer, node, repeated| {
        let wrong = match node {
            Node::Repeat(element) => (told.is_some() && !element.mentions(Subject::is_candidate))
                .then_some(Wrong::RepeatWithoutCandidate),
            Node::Hole(hole) => {
                note_uses(hole, means.is_some(), told.is_some(), pointer, c);
                wrong_hole(hole, repeated, means, told)
            }
        };
        if let Some(wrong) = wrong {
            let here = std::mem::replace(&mut c.path, pointer.to_owned());
            c.wrong(wrong);
            c.path = here;
        }
    });
    for event in means.unwrap_or_default() {
        let (such, hole): (fn(&Subject) -> bool, _) = match event {
            Event::Offer | Event::Answer => (Subject::is_description, "description…"),
            Event::Candidate => (Subject::is_candidate, "candidate…"),
            Event::Message => (Subject::is_message, "message"),
            Event::Peers => (Subject::is_sender, "peer"),
            Event::IceServers => (Subject::is_ice_server, "iceServer…"),
            _ => continue,
        };
        c.unless(example.mentions(such), Wrong::NeedsHole(event.name(), hole));
    }
}

fn wrong_hole(
    hole: &Hole,
    repeated: bool,
    means: Option<&[Event]>,
    told: Option<&[Event]>,
) -> Option<Wrong> {
    let in_element = matches!(
        hole.subject,
        Subject::Anything
            | Subject::Peer
            | Subject::Message
            | Subject::Thing(Thing::Candidate | Thing::IceServer, _)
    );
    let wraps =
        |events: Option<&[Event]>| events.is_some_and(|events| events.contains(&Event::Message));
    if hole.subject == Subject::Message && !wraps(means) && !wraps(told) {
        // Envelopes are one level deep, so that a frame cannot lead in for ever.
        return Some(Wrong::OnlyEnvelope);
    }
    if means.is_some() && hole.name() == "endpoint" {
        return Some(Wrong::EndpointRead);
    }
    if repeated && !in_element {
        return Some(Wrong::NotRepeatable(hole.name()));
    }
    let Some(told) = told else {
        let closing = matches!(hole.subject, Subject::Thing(Thing::Close, _));
        return closing.then(|| Wrong::OnlyClosing(hole.name()));
    };
    let fits: fn(Event) -> bool = match hole.subject {
        Subject::Thing(Thing::Close, _) if told != [Event::Close] => {
            return Some(Wrong::OnlyClosing(hole.name()));
        }
        Subject::Thing(Thing::Close, _) => return None,
        Subject::Anything | Subject::Thing(Thing::Error | Thing::IceServer, _) => {
            return Some(Wrong::OnlyRead(hole.name()));
        }
        Subject::Thing(Thing::Description, _) => Event::is_description,
        Subject::Thing(Thing::Candidate, _) => Event::is_candidate,
        Subject::Message => |event| event == Event::Message,
        Subject::Variable(_) | Subject::Peer | Subject::From | Subject::To => return None,
    };
    let without = told
        .iter()
        .find(|event| !fits(**event))
        .map(|event| event.name());
    let without = without.or(if told.is_empty() { Some("read") } else { None })?;
    (hole.mark != Mark::Optional).then(|| Wrong::NoValueOn(hole.name(), without))
}

/// Notes what a hole needs or fills. Written, the sender is myself and the addressee the other one.
fn note_uses(hole: &Hole, read: bool, written: bool, pointer: &str, c: &mut Checker) {
    let (filled, needed) = match &hole.subject {
        Subject::Variable(name) => (name.as_str(), name.as_str()),
        Subject::Peer => ("peer", "peer"),
        Subject::From => ("peer", "self"),
        Subject::To => ("", "peer"),
        Subject::Anything | Subject::Message | Subject::Thing(..) => return,
    };
    // One name more than allowed is enough to tell.
    if read && c.filled.len() <= MOST_NAMES && !c.filled.iter().any(|name| name == filled) {
        c.filled.push(filled.to_owned());
    }
    if written && hole.mark != Mark::Optional {
        c.needed.push((pointer.to_owned(), needed.to_owned()));
    }
}

/// A whole document whose parts have no mistakes.
pub(crate) fn document(document: &Document, c: &mut Checker) {
    c.path.clear();
    c.unless(
        c.filled.len() <= MOST_NAMES,
        Wrong::TooMuch("names that messages fill", MOST_NAMES),
    );
    for (pointer, name) in std::mem::take(&mut c.needed) {
        let known = matches!(name.as_str(), "endpoint" | "room")
            || document
                .variables
                .iter()
                .any(|v| v.name == name && v.source.is_some())
            || c.filled.contains(&name);
        c.path = pointer;
        c.unless(known, Wrong::NothingFills(name));
    }
    for (pointer, name) in std::mem::take(&mut c.starts) {
        let chosen = document.variables.iter().any(|variable| {
            variable.name == name
                && matches!(variable.source, Some(Source::Value(_) | Source::Make(_)))
        });
        c.path = pointer;
        c.unless(!chosen, Wrong::ChosenHost(name));
    }
    if document.enveloped {
        envelope(document, c);
    }
    if document.frames == Frames::SocketIo {
        packets(document, c);
    }
    // What the parent's rules would have taken, the child's may take from them.
    for (index, rule) in document.rules.iter().enumerate().take(document.own_rules) {
        let mut before = document.rules.iter().take(index);
        if let Some(earlier) = before.position(|earlier| takes_all(earlier, rule)) {
            c.path = rule_pointer(index);
            c.wrong(Wrong::NeverReached(earlier));
        }
    }
}

fn rule_pointer(index: usize) -> String {
    format!("/messages/{index}")
}

fn envelope(document: &Document, c: &mut Checker) {
    let (mut reads, mut names) = (false, false);
    for rule in document
        .rules
        .iter()
        .filter(|rule| rule.means.contains(&Event::Message))
    {
        reads = true;
        names |= rule
            .example()
            .is_some_and(|example| example.mentions(Subject::is_sender));
    }
    c.path = "/messages".to_owned();
    c.unless(
        reads,
        Wrong::HalfEnvelope("reads {message} and means \"message\""),
    );
    for (index, rule) in document.rules.iter().enumerate() {
        let many = rule.writes(Event::Message) && rule.written().len() > 1;
        c.path = rule_pointer(index);
        c.unless(!many, Wrong::ManyEnvelopes);
    }
    c.path = "/messages".to_owned();
    let writes = document.writes(Event::Message);
    c.unless(writes, Wrong::HalfEnvelope("is on \"message\""));
    for (index, rule) in document.rules.iter().enumerate() {
        let twice = names
            && rule.is_inside()
            && rule
                .example()
                .is_some_and(|example| example.mentions(Subject::is_sender));
        c.path = rule_pointer(index);
        c.unless(!twice, Wrong::PeerInside);
    }
}

/// Socket.IO carries events and acknowledgements and nothing else.
fn packets(document: &Document, c: &mut Checker) {
    for (index, rule) in document.rules.iter().enumerate() {
        if document.enveloped && rule.is_inside() {
            continue;
        }
        let fits = |example: &Example| match example {
            Example::List(_) | Example::Fixed(Value::Array(_)) => true,
            Example::Object(entries) => {
                let has = |name: &str| {
                    entries
                        .iter()
                        .any(|(key, _)| matches!(key, Key::Plain(key) if key == name))
                };
                has("id") && (has("event") || has("ack"))
            }
            _ => false,
        };
        c.path = rule_pointer(index);
        c.unless(rule.written().iter().all(fits), Wrong::SocketIoShape);
    }
}

/// Whether nothing is left for the later rule.
fn takes_all(earlier: &Rule, later: &Rule) -> bool {
    if !earlier.conditions.is_empty() {
        return false;
    }
    let same_read =
        earlier.read_source() == later.read_source() && earlier.is_inside() == later.is_inside();
    match (earlier.example(), later.example()) {
        (Some(one), Some(_)) if same_read => {
            // The kind of a description can send it past the earlier rule.
            let told_apart = one.mentions(|s| s.is_description() || s.is_candidate());
            !told_apart
                || later
                    .means
                    .iter()
                    .all(|event| earlier.means.contains(event))
        }
        (_, Some(_)) => false,
        (_, None) => {
            !later.told().is_empty() && later.told().iter().all(|event| earlier.writes(*event))
        }
    }
}
