//! Filling the holes of an example.

use serde_json::{Map, Value};

use super::captures::Captures;
use super::condition::Condition;
use super::example::{Example, Hole, Key, Mark, Piece, Subject, Thing};
use super::value::{Values, apply, text_in};
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

    /// Fills an example. None: it is optional and has no value; the error is a hole without a value.
    pub(crate) fn fill<'e>(&self, example: &'e Example) -> Result<Option<Value>, &'e Hole> {
        let value = match example {
            Example::Fixed(fixed) => fixed.clone(),
            Example::Hole(hole) => return self.hole(hole),
            Example::Text(pieces) => Value::String(self.text(pieces)?),
            Example::Object(entries) => {
                let mut object = Map::new();
                for (key, example) in entries {
                    if let Some(value) = self.fill(example)? {
                        object.insert(self.key(key)?, value);
                    }
                }
                Value::Object(object)
            }
            Example::List(examples) => {
                let mut items = Vec::new();
                for example in examples {
                    items.push(self.fill(example)?.unwrap_or_default());
                }
                Value::Array(items)
            }
            Example::Repeat(element) => Value::Array(self.repeat(element)?),
            Example::Piped(pipe, example) => {
                let Some(value) = self.fill(example)? else {
                    return Ok(None);
                };
                apply(*pipe, value)
            }
        };
        Ok(Some(value))
    }

    fn key<'e>(&self, key: &'e Key) -> Result<String, &'e Hole> {
        match key {
            Key::Plain(key) => Ok(key.clone()),
            Key::Hole(hole) => Ok(text_in(&self.hole(hole)?.ok_or(hole)?)),
        }
    }

    /// The element once for each candidate.
    fn repeat<'e>(&self, element: &'e Example) -> Result<Vec<Value>, &'e Hole> {
        let mut items = Vec::new();
        match self.what {
            What::Candidates(candidates) => {
                for candidate in candidates {
                    let one = Self {
                        what: What::Candidates(std::slice::from_ref(candidate)),
                        ..*self
                    };
                    items.extend(one.fill(element)?);
                }
            }
            What::End => items.extend(self.fill(element)?),
            What::Nothing | What::Description(_) | What::Message(_) | What::Close { .. } => {}
        }
        Ok(items)
    }

    fn text<'e>(&self, pieces: &'e [Piece]) -> Result<String, &'e Hole> {
        let mut text = String::new();
        for piece in pieces {
            match piece {
                Piece::Literal(literal) => text.push_str(literal),
                Piece::Hole(hole) => {
                    let value = self.hole(hole)?.ok_or(hole)?;
                    text.push_str(&text_in(&value));
                }
            }
        }
        Ok(text)
    }

    /// The value of a hole, through its pipes.
    pub(crate) fn hole<'e>(&self, hole: &'e Hole) -> Result<Option<Value>, &'e Hole> {
        let optional = hole.mark == Mark::Optional;
        let mut value = match self.look_up(&hole.subject) {
            None | Some(Value::Null) if optional => return Ok(None),
            None => return Err(hole),
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
