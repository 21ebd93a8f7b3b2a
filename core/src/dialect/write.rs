//! Filling the holes of an example.

use serde_json::{Map, Value};

use super::captures::Captures;
use super::condition::Condition;
use super::example::{Example, Hole, Key, Mark, Piece, Subject, Thing};
use super::value::{Values, apply, json, text_in};
use crate::signal::{Candidate, Description};

/// What holes stand for at one moment.
#[derive(Clone, Copy)]
pub(crate) struct Scope<'a> {
    pub(crate) values: &'a Values,
    /// A message that was read: its captures come first, and its sender is the other one.
    pub(crate) captured: Option<&'a Captures>,
    pub(crate) peer: Option<&'a Value>,
    pub(crate) what: What<'a>,
}

/// Why an example cannot be filled.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Unfilled {
    /// This hole has no value.
    NoValue(String),
    /// It would be larger than anything that is sent.
    TooLong,
}

/// The largest message that is written, in bytes: nothing larger would be read either.
pub(crate) const MOST_WRITTEN: usize = 256 * 1024;

/// How much may still be written, counted while it is, so that a document cannot fill the memory first.
struct Room(usize);

impl Room {
    fn take(&mut self, bytes: usize) -> Result<(), Unfilled> {
        self.0 = self.0.checked_sub(bytes).ok_or(Unfilled::TooLong)?;
        Ok(())
    }

    fn take_value(&mut self, value: &Value) -> Result<(), Unfilled> {
        match value {
            Value::String(text) => self.take(text.len()),
            Value::Array(_) | Value::Object(_) => self.take(json(value).len()),
            Value::Null | Value::Bool(_) | Value::Number(_) => self.take(1),
        }
    }
}

/// What is said.
#[derive(Clone, Copy)]
pub(crate) enum What<'a> {
    Nothing,
    Description(&'a Description),
    /// One, or a batch.
    Candidates(&'a [Candidate]),
    End,
    Message(&'a Value),
    /// The socket closed by itself.
    Close {
        code: u16,
        reason: &'a str,
    },
}

impl Scope<'_> {
    /// Whether all of these conditions hold.
    pub(crate) fn hold(&self, conditions: &[Condition]) -> bool {
        conditions.iter().all(|condition| condition.holds(self))
    }

    /// Fills an example. None: it is optional and has no value.
    pub(crate) fn fill(&self, example: &Example) -> Result<Option<Value>, Unfilled> {
        self.pour(example, &mut Room(MOST_WRITTEN))
    }

    fn pour(&self, example: &Example, room: &mut Room) -> Result<Option<Value>, Unfilled> {
        let value = match example {
            Example::Fixed(fixed) => {
                room.take_value(fixed)?;
                fixed.clone()
            }
            Example::Hole(hole) => return self.fill_hole(hole, room),
            Example::Text(pieces) => Value::String(self.text(pieces, room)?),
            Example::Object(entries) => {
                let mut object = Map::new();
                for (key, example) in entries {
                    if let Some(value) = self.pour(example, room)? {
                        object.insert(self.key(key, room)?, value);
                    }
                }
                Value::Object(object)
            }
            Example::List(examples) => {
                let mut items = Vec::new();
                for example in examples {
                    items.push(self.pour(example, room)?.unwrap_or_default());
                }
                Value::Array(items)
            }
            Example::Repeat(element) => Value::Array(self.repeat(element, room)?),
            Example::Piped(pipe, example) => {
                let Some(value) = self.pour(example, room)? else {
                    return Ok(None);
                };
                let piped = apply(*pipe, value);
                room.take_value(&piped)?;
                piped
            }
        };
        Ok(Some(value))
    }

    fn key(&self, key: &Key, room: &mut Room) -> Result<String, Unfilled> {
        let key = match key {
            Key::Plain(key) => key.clone(),
            Key::Hole(hole) => text_in(&self.must(hole)?),
        };
        room.take(key.len())?;
        Ok(key)
    }

    /// The element once for each candidate.
    fn repeat(&self, element: &Example, room: &mut Room) -> Result<Vec<Value>, Unfilled> {
        let mut items = Vec::new();
        match self.what {
            What::Candidates(candidates) => {
                for candidate in candidates {
                    let one = Self {
                        what: What::Candidates(std::slice::from_ref(candidate)),
                        ..*self
                    };
                    items.extend(one.pour(element, room)?);
                }
            }
            What::End => items.extend(self.pour(element, room)?),
            What::Nothing | What::Description(_) | What::Message(_) | What::Close { .. } => {}
        }
        Ok(items)
    }

    fn text(&self, pieces: &[Piece], room: &mut Room) -> Result<String, Unfilled> {
        let mut text = String::new();
        for piece in pieces {
            let more = match piece {
                Piece::Literal(literal) => literal.clone(),
                Piece::Hole(hole) => text_in(&self.must(hole)?),
            };
            room.take(more.len())?;
            text.push_str(&more);
        }
        Ok(text)
    }

    fn fill_hole(&self, hole: &Hole, room: &mut Room) -> Result<Option<Value>, Unfilled> {
        let value = self.hole(hole)?;
        if let Some(value) = &value {
            room.take_value(value)?;
        }
        Ok(value)
    }

    fn must(&self, hole: &Hole) -> Result<Value, Unfilled> {
        self.hole(hole)?
            .ok_or_else(|| Unfilled::NoValue(hole.name()))
    }

    /// The value of a hole, through its pipes.
    pub(crate) fn hole(&self, hole: &Hole) -> Result<Option<Value>, Unfilled> {
        let optional = hole.mark == Mark::Optional;
        let mut value = match self.look_up(&hole.subject) {
            None | Some(Value::Null) if optional => return Ok(None),
            None => return Err(Unfilled::NoValue(hole.name())),
            Some(value) => value,
        };
        for pipe in &hole.pipes {
            value = apply(*pipe, value);
        }
        Ok(Some(value))
    }

    fn look_up(&self, subject: &Subject) -> Option<Value> {
        match subject {
            Subject::Variable(name) => self.variable(name),
            Subject::Peer => self.peer(),
            // Read, the sender is the other one; written, it is me.
            Subject::From if self.captured.is_some() => self.peer(),
            Subject::To if self.captured.is_some() => self.variable("self"),
            Subject::From => self.variable("self"),
            Subject::To => self.peer(),
            Subject::Thing(thing, part) => self.part(*thing, part),
            Subject::Message => match self.what {
                What::Message(message) => Some(message.clone()),
                _ => None,
            },
            Subject::Anything => None,
        }
    }

    fn variable(&self, name: &str) -> Option<Value> {
        let captured = self
            .captured
            .and_then(|captured| captured.variables.get(name));
        captured.or_else(|| self.values.get(name)).cloned()
    }

    fn peer(&self) -> Option<Value> {
        self.captured
            .and_then(|captured| captured.peer.as_ref())
            .or(self.peer)
            .cloned()
    }

    /// A thing or its part. An absent part is null, which `?` leaves out.
    fn part(&self, thing: Thing, part: &str) -> Option<Value> {
        let whole = match (thing, self.what) {
            (Thing::Description, What::Description(description)) => description_value(description),
            (Thing::Candidate, What::Candidates(candidates)) => {
                candidate_value(candidates.first()?)
            }
            (Thing::Candidate, What::End) if part == "candidate" => return Some(Value::from("")),
            (Thing::Candidate, What::End) => Value::Null,
            (Thing::Close, What::Close { code, reason }) => close_value(code, reason),
            _ => return None,
        };
        if part.is_empty() {
            Some(whole)
        } else {
            Some(whole.get(part).cloned().unwrap_or_default())
        }
    }
}

fn description_value(description: &Description) -> Value {
    let mut whole = Map::new();
    whole.insert("type".to_owned(), Value::from(description.kind.word()));
    whole.insert("sdp".to_owned(), Value::from(description.sdp.as_str()));
    Value::Object(whole)
}

fn close_value(code: u16, reason: &str) -> Value {
    let mut whole = Map::new();
    whole.insert("code".to_owned(), Value::from(code));
    whole.insert("reason".to_owned(), Value::from(reason));
    Value::Object(whole)
}

fn candidate_value(candidate: &Candidate) -> Value {
    let parts = [
        ("candidate", Some(Value::from(candidate.candidate.as_str()))),
        ("sdpMid", candidate.sdp_mid.as_deref().map(Value::from)),
        ("sdpMLineIndex", candidate.sdp_m_line_index.map(Value::from)),
        (
            "usernameFragment",
            candidate.username_fragment.as_deref().map(Value::from),
        ),
    ];
    let mut whole = Map::new();
    for (name, part) in parts {
        if let Some(part) = part {
            whole.insert(name.to_owned(), part);
        }
    }
    Value::Object(whole)
}
