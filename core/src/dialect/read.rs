//! Matching a message with an example, and capturing what stands in its holes.

mod text;

use serde_json::{Map, Value};

use super::captures::{Captures, Heard, candidate, description, ice_server};
use super::condition::Condition;
use super::event::Event;
use super::example::{Example, Hole, Key, Mark, Subject, enter};
use super::mistake::Why;
use super::value::{Values, equal, json, same, text_of, undo};
use super::write::{Scope, What};
use crate::signal::{Description, DescriptionKind};

/// The most elements that a repeated element takes.
const MOST_REPEATED: usize = 256;
/// The longest value that is remembered, in bytes.
const MOST_REMEMBERED: usize = 4096;

/// One try of one rule.
pub(crate) struct Matcher<'a> {
    values: &'a Values,
    captures: Captures,
    /// Where we are in the message; left where it failed.
    path: String,
    /// How much matched so far.
    progress: usize,
    /// What the last failure speaks of.
    detail: String,
}

/// How far a rule came, and why not further.
#[derive(Debug)]
pub(crate) struct Miss {
    pub(crate) progress: usize,
    pub(crate) pointer: String,
    pub(crate) why: Why,
    pub(crate) detail: String,
}

/// What a message is tried against.
#[derive(Clone, Copy)]
pub(crate) struct Trial<'a> {
    pub(crate) example: &'a Example,
    pub(crate) means: &'a [Event],
    pub(crate) conditions: &'a [Condition],
    pub(crate) values: &'a Values,
    /// Whom the message is from when it does not say.
    pub(crate) peer: Option<&'a Value>,
}

/// Tries an example on a message.
pub(crate) fn try_example(trial: Trial<'_>, message: &Value) -> Result<Captures, Miss> {
    let Trial {
        example,
        means,
        conditions,
        values,
        peer,
    } = trial;
    let mut matcher = Matcher {
        values,
        captures: Captures::default(),
        path: String::new(),
        progress: 0,
        detail: String::new(),
    };
    let outcome = matcher
        .matches(example, message)
        .and_then(|()| matcher.not_from_me())
        .and_then(|()| matcher.agrees(means))
        .and_then(|()| matcher.conditions_hold(conditions, peer));
    match outcome {
        Ok(()) => Ok(matcher.captures),
        Err(why) => Err(Miss {
            progress: matcher.progress,
            pointer: matcher.path,
            why,
            detail: matcher.detail,
        }),
    }
}

impl Matcher<'_> {
    fn matches(&mut self, example: &Example, value: &Value) -> Result<(), Why> {
        match example {
            Example::Fixed(fixed) if equal(fixed, value) => {
                self.progress += 1;
                Ok(())
            }
            Example::Fixed(fixed) => Err(self.differs(json(fixed))),
            Example::Hole(hole) => self.capture(hole, value),
            Example::Text(pieces) => match value {
                Value::String(text) => self.text(pieces, text),
                _ => Err(Why::NotA("a text")),
            },
            Example::Object(entries) => match value {
                Value::Object(object) => self.object(entries, object),
                _ => Err(Why::NotA("an object")),
            },
            Example::List(examples) => match value {
                Value::Array(items) => self.list(examples, items),
                _ => Err(Why::NotA("a list")),
            },
            Example::Repeat(element) => match value {
                Value::Array(items) => {
                    self.repeat(element, items);
                    Ok(())
                }
                _ => Err(Why::NotA("a list")),
            },
            Example::Piped(pipe, example) => {
                let undone = undo(*pipe, value).ok_or(Why::NotA("what the pipe makes"))?;
                self.matches(example, &undone)
            }
        }
    }

    fn object(
        &mut self,
        entries: &[(Key, Example)],
        object: &Map<String, Value>,
    ) -> Result<(), Why> {
        for (key, example) in entries {
            let key = match key {
                Key::Plain(key) => key.clone(),
                Key::Hole(hole) if hole.subject.is_sender() => {
                    for (key, item) in object.iter().take(MOST_REPEATED) {
                        // What does not fit is passed over.
                        let _passed_over = self.element(example, key, item, Some(hole)).is_err();
                    }
                    continue;
                }
                Key::Hole(hole) => match self.bound(hole).as_ref().and_then(text_of) {
                    Some(key) => key,
                    None => {
                        hole.name().clone_into(&mut self.detail);
                        return Err(Why::NoValue);
                    }
                },
            };
            let mark = enter(&mut self.path, &key);
            self.entry(example, object.get(&key))?;
            self.path.truncate(mark);
        }
        Ok(())
    }

    fn list(&mut self, examples: &[Example], items: &[Value]) -> Result<(), Why> {
        for (index, example) in examples.iter().enumerate() {
            let mark = enter(&mut self.path, &index.to_string());
            self.entry(example, items.get(index))?;
            self.path.truncate(mark);
        }
        Ok(())
    }

    fn entry(&mut self, example: &Example, value: Option<&Value>) -> Result<(), Why> {
        match value {
            None | Some(Value::Null) if example.optional() => Ok(()),
            None => Err(Why::Missing),
            Some(value) => {
                self.progress += 1;
                self.matches(example, value)
            }
        }
    }

    fn differs(&mut self, expected: String) -> Why {
        self.detail = expected;
        Why::Differs
    }

    fn bound_already(&mut self, name: &str) -> Why {
        name.clone_into(&mut self.detail);
        Why::Bound
    }

    /// Elements that do not match are skipped.
    fn repeat(&mut self, element: &Example, items: &[Value]) {
        let (mut any, mut first) = (false, None);
        for (index, item) in items.iter().take(MOST_REPEATED).enumerate() {
            match self.element(element, &index.to_string(), item, None) {
                Ok(()) => any = true,
                // One's own id is passed over in every roster.
                Err(miss) if miss.why == Why::Echo => any = true,
                Err(miss) => first = first.or(Some(miss)),
            }
        }
        if !any && first.is_some() {
            self.captures.skipped = first;
        }
    }

    /// One of many; `named` is the hole that stands for its key.
    fn element(
        &mut self,
        element: &Example,
        key: &str,
        item: &Value,
        named: Option<&Hole>,
    ) -> Result<(), Miss> {
        let (mark, progress) = (enter(&mut self.path, key), self.progress);
        let outside = std::mem::take(&mut self.captures);
        let name = named.map_or(Ok(()), |hole| self.capture(hole, &Value::from(key)));
        let matched = name.and_then(|()| self.matches(element, item));
        let inside = std::mem::replace(&mut self.captures, outside);
        let heard = inside.candidate.value.as_ref().map(candidate);
        let server = inside.ice_server.value.as_ref().map(ice_server);
        let matched = match (&heard, &server) {
            (Some(None), _) => matched.and(Err(Why::NotA("a candidate"))),
            (_, Some(None)) => matched.and(Err(Why::NotA("a STUN or TURN server"))),
            _ => matched,
        };
        let miss = matched.map_err(|why| Miss {
            progress: self.progress,
            pointer: self.path.clone(),
            why,
            detail: std::mem::take(&mut self.detail),
        });
        self.path.truncate(mark);
        self.progress = progress;
        miss?;
        self.captures.peers.extend(inside.peer);
        self.captures.candidates.extend(heard.flatten());
        self.captures.ice_servers.extend(server.flatten());
        self.captures.messages.extend(inside.messages);
        Ok(())
    }

    /// The value that a hole must equal, if it has to.
    fn bound(&self, hole: &Hole) -> Option<Value> {
        let name = match &hole.subject {
            Subject::To => "self",
            Subject::Variable(name) => name,
            _ => return None,
        };
        let captured = self.captures.variables.get(name);
        let known = if hole.mark == Mark::New {
            None
        } else {
            self.values.get(name)
        };
        captured.or(known).cloned()
    }

    fn capture(&mut self, hole: &Hole, value: &Value) -> Result<(), Why> {
        let mut undone = None;
        for pipe in hole.pipes.iter().rev() {
            let before = undone.as_ref().unwrap_or(value);
            undone = Some(undo(*pipe, before).ok_or(Why::NotA("what the pipe makes"))?);
        }
        let value = undone.as_ref().unwrap_or(value);
        match &hole.subject {
            Subject::Anything => {}
            Subject::Variable(name) => self.variable(hole, name, value)?,
            Subject::Peer | Subject::From => self.peer(value)?,
            Subject::To => match self.bound(hole) {
                Some(me) if !same(&me, value) => return Err(Why::NotForMe),
                _ => {}
            },
            Subject::Thing(thing, part) => {
                self.captures.draft(*thing).take(part, value, &self.path);
            }
            Subject::Message => self
                .captures
                .messages
                .push((self.path.clone(), value.clone())),
        }
        self.progress += 1;
        Ok(())
    }

    fn variable(&mut self, hole: &Hole, name: &str, value: &Value) -> Result<(), Why> {
        match self.bound(hole) {
            Some(bound) if same(&bound, value) => Ok(()),
            Some(_) => Err(self.bound_already(name)),
            None => {
                memorable(value)?;
                self.captures.variables.set(name, value.clone());
                Ok(())
            }
        }
    }

    fn peer(&mut self, value: &Value) -> Result<(), Why> {
        if text_of(value).is_none_or(|id| id.is_empty()) {
            return Err(Why::NotA("an id"));
        }
        memorable(value)?;
        if self.values.get("self").is_some_and(|me| same(me, value)) {
            return Err(Why::Echo);
        }
        match &self.captures.peer {
            Some(peer) if !same(peer, value) => Err(self.bound_already("peer")),
            Some(_) => Ok(()),
            None => {
                self.captures.peer = Some(value.clone());
                Ok(())
            }
        }
    }

    /// The echo filter, for an own id that was learnt from the same message.
    fn not_from_me(&mut self) -> Result<(), Why> {
        let Some(me) = self.captures.variables.get("self") else {
            return Ok(());
        };
        self.captures.peers.retain(|peer| !same(me, peer));
        match &self.captures.peer {
            Some(peer) if same(me, peer) => Err(Why::Echo),
            _ => Ok(()),
        }
    }

    /// A description and candidates are well-formed and what the rule says it means.
    fn agrees(&mut self, means: &[Event]) -> Result<(), Why> {
        let captures = &mut self.captures;
        if let Some(value) = &captures.description.value {
            captures.read = described(value, means);
            if captures.read.is_none() {
                self.path = std::mem::take(&mut captures.description.pointer);
                return Err(Why::NotA("a description that this rule means"));
            }
        }
        if let Some(value) = &captures.candidate.value {
            captures.candidates.extend(candidate(value));
            if captures.candidates.is_empty() {
                self.path = std::mem::take(&mut captures.candidate.pointer);
                return Err(Why::NotA("a candidate"));
            }
        }
        if let Some(value) = &captures.ice_server.value {
            captures.ice_servers.extend(ice_server(value));
            if captures.ice_servers.is_empty() {
                self.path = std::mem::take(&mut captures.ice_server.pointer);
                return Err(Why::NotA("a STUN or TURN server"));
            }
        }
        let only_end = means.contains(&Event::End) && !means.contains(&Event::Candidate);
        if only_end && captures.candidates.iter().any(|heard| *heard != Heard::End) {
            return Err(Why::NotA("an end of candidates"));
        }
        Ok(())
    }

    fn conditions_hold(&self, conditions: &[Condition], peer: Option<&Value>) -> Result<(), Why> {
        let scope = Scope {
            values: self.values,
            captured: Some(&self.captures),
            peer,
            what: What::Nothing,
        };
        if scope.hold(conditions) {
            Ok(())
        } else {
            Err(Why::Condition)
        }
    }
}

/// The description, if it is one and the rule means its kind. Without a kind, the first one meant counts.
fn described(value: &Value, means: &[Event]) -> Option<Description> {
    let (kind, sdp) = description(value)?;
    let mut kinds = means.iter().filter_map(|event| match event {
        Event::Offer => Some(DescriptionKind::Offer),
        Event::Answer => Some(DescriptionKind::Answer),
        _ => None,
    });
    let kind = match kind {
        Some(kind) => kinds.find(|meant| *meant == kind)?,
        None => kinds.next()?,
    };
    Some(Description { kind, sdp })
}

/// Null is no value, and what is too long is not kept.
fn memorable(value: &Value) -> Result<(), Why> {
    let length = match value {
        Value::Null => return Err(Why::NotA("a value")),
        Value::String(text) => text.len(),
        Value::Array(_) | Value::Object(_) => json(value).len(),
        Value::Bool(_) | Value::Number(_) => 0,
    };
    if length > MOST_REMEMBERED {
        Err(Why::LongValue)
    } else {
        Ok(())
    }
}
