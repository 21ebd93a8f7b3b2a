//! One conversation with one server: what its holes stand for, and who the other one is.

use std::rc::Rc;

use serde_json::Value;

use super::Dialect;
use super::address;
use super::captures::Captures;
use super::conclude::{conclude, may_come_from_a_stranger};
use super::document::{Document, Polite, Source};
use super::event::Event;
use super::example::{Example, Hole};
use super::make::Random;
use super::mistake::Why;
use super::partner::Partner;
use super::read::{Miss, try_rule};
use super::rule::Rule;
use super::told::{FetchAnswer, Nearest, Reading, Say, Target, Written};

use super::value::{Values, compare, decode, json, text_of};
use super::write::{Scope, What};
use crate::io::Millis;
use crate::signal::{Candidate, DescriptionKind};

/// The largest frame that is read, in bytes.
const MOST_FRAME: usize = 256 * 1024;

/// The variables of one conversation. It outlives connections; leaving the room ends it.
#[derive(Debug, Clone)]
pub struct Conversation {
    document: Rc<Document>,
    given: Values,
    values: Values,
    random: Random,
    partner: Partner,
}

impl Conversation {
    /// A conversation of a user who gave these values (`endpoint`, `room`, and whatever the dialect declares); an
    /// empty one is none. `seed` is the randomness of the values that the dialect makes.
    pub fn new(dialect: &Dialect, given: &[(&str, &str)], seed: u64) -> Self {
        let mut values = Values::default();
        for (name, value) in given.iter().filter(|(_, value)| !value.is_empty()) {
            values.set(name, Value::from(*value));
        }
        let mut conversation = Self {
            document: dialect.document(),
            given: values.clone(),
            values,
            random: Random(seed),
            partner: Partner::default(),
        };
        conversation.renew();
        conversation
    }

    /// Begins a new connection: forgets all but what the user gave and what lives as long as the room. None: the
    /// dialect has no server. The error names a hole of the URL that has no value.
    pub fn connect(&mut self) -> Result<Option<Target>, String> {
        self.renew();
        let Some(address) = &self.document.address else {
            return Ok(None);
        };
        let url = address::fill(address, &self.scope(What::Nothing))?;
        Ok(Some(Target {
            url,
            protocols: self.document.protocols.clone(),
        }))
    }

    /// Begins a new connection: forgets all but what the user gave and what lives as long as the room, and says what is
    /// fetched before the socket opens. Once that is answered, [`Self::target`] tells where to connect.
    pub fn begin(&mut self) -> Written {
        self.renew();
        Written::default()
    }

    /// Where to connect. None: the dialect has no server. The error names a hole of the URL that has no value.
    ///
    /// # Errors
    /// The name of a hole of the URL that has no value.
    pub fn target(&self) -> Result<Option<Target>, String> {
        let Some(address) = &self.document.address else {
            return Ok(None);
        };
        let url = address::fill(address, &self.scope(What::Nothing))?;
        Ok(Some(Target {
            url,
            protocols: self.document.protocols.clone(),
        }))
    }

    /// Takes in the answer to a request. An error that is told before the socket opens keeps it closed.
    pub fn fetched(&mut self, _id: u32, _answer: &FetchAnswer) -> Reading {
        Reading::default()
    }

    /// The time, in milliseconds since 1970 (`Date.now()`), for values that are made of it.
    pub fn at(&mut self, _now: Millis) {}

    /// When something is to be repeated next, on the clock of [`Self::at`].
    pub fn next_turn(&self) -> Option<Millis> {
        None
    }

    /// Says what is due to be repeated by now.
    pub fn turn(&mut self) -> Written {
        Written::default()
    }

    /// Takes in a frame, whatever it is.
    pub fn read(&mut self, frame: &str) -> Reading {
        let mut reading = Reading::default();
        let value = if frame.len() > MOST_FRAME {
            Err(Why::TooLong)
        } else {
            decode(frame)
        };
        match value {
            Ok(value) => self.take(&value, None, &mut reading),
            Err(why) => {
                reading.unknown = Some(Nearest {
                    why,
                    ..Nearest::default()
                });
            }
        }
        reading
    }

    /// Puts something into frames.
    pub fn write(&mut self, say: Say<'_>) -> Written {
        let written = match say {
            Say::Open => self.tell(Event::Open, What::Nothing),
            Say::RequestOffer => self.tell(Event::RequestOffer, What::Nothing),
            Say::Description(description) => {
                let event = match description.kind {
                    DescriptionKind::Offer => Event::Offer,
                    DescriptionKind::Answer => Event::Answer,
                };
                self.tell(event, What::Description(description))
            }
            Say::Candidates(candidates) => return self.tell_candidates(candidates),
            Say::End => self.tell(Event::End, What::End),
            Say::Leave => self.tell(Event::Leave, What::Nothing),
            Say::Close { .. } => self.tell(Event::Close, What::Nothing),
        };
        match say {
            Say::Description(_) if written.rule.is_some() && written.held.is_none() => {
                self.partner.begin_call();
            }
            Say::Leave => self.partner.end_call(),
            _ => {}
        }
        self.partner.settle(&written.told, self.values.get("peer"));
        written
    }

    /// The user, or a transport that knows who is there, picks the peer; none ends the call.
    pub fn set_peer(&mut self, peer: Option<&str>) {
        self.partner.pick(peer);
    }

    /// My id, once there is one.
    pub fn self_id(&self) -> Option<String> {
        self.values.get("self").and_then(text_of)
    }

    /// The id of the other one, once there is one.
    pub fn peer(&self) -> Option<String> {
        self.partner.id()
    }

    /// Whether I yield when two offers cross: as the dialect says, else the smaller id does. None while that cannot
    /// be told.
    pub fn polite(&self) -> Option<bool> {
        match &self.document.polite {
            Some(Polite::Always(polite)) => Some(*polite),
            Some(Polite::If(condition)) => Some(
                self.scope(What::Nothing)
                    .hold(std::slice::from_ref(condition)),
            ),
            None => Some(compare(self.values.get("self")?, self.partner.current()?).is_lt()),
        }
    }

    /// A frame or URL as it may be shown: the values of secret variables are blotted out.
    pub fn shown(&self, text: &str) -> String {
        let mut shown = text.to_owned();
        for variable in self
            .document
            .variables
            .iter()
            .filter(|variable| variable.secret)
        {
            let Some(secret) = self.values.get(&variable.name).and_then(text_of) else {
                continue;
            };
            for form in [address::encode(&secret), secret] {
                if !form.is_empty() {
                    shown = shown.replace(&form, "…");
                }
            }
        }
        shown
    }

    fn renew(&mut self) {
        let document = Rc::clone(&self.document);
        let before = std::mem::replace(&mut self.values, self.given.clone());
        for variable in &document.variables {
            let kept = before.get(&variable.name).filter(|_| variable.per_room);
            let value = match (kept, &variable.source) {
                (Some(kept), _) => kept.clone(),
                (None, _) if self.given.get(&variable.name).is_some() => continue,
                (None, Some(Source::Value(value))) => value.clone(),
                (None, Some(Source::Make(make))) => make.make(&mut self.random),
                (None, None) => continue,
            };
            self.values.set(&variable.name, value);
        }
        self.partner.forget(self.values.get("peer"));
    }

    fn scope<'a>(&'a self, what: What<'a>) -> Scope<'a> {
        Scope {
            values: &self.values,
            captured: None,
            peer: self.partner.current(),
            what,
        }
    }

    /// Tells an event: the first rule that fits acts, alone.
    fn tell(&self, event: Event, what: What<'_>) -> Written {
        let mut written = Written::default();
        let Some((index, rule)) = self.fitting(event) else {
            return written;
        };
        written.rule = Some(index);
        for example in rule.written() {
            match self.frame(rule, example, &self.scope(what)) {
                Ok(frame) => written.frames.extend(frame),
                Err(hole) => {
                    written.frames.clear();
                    written.held = Some(hole);
                    return written;
                }
            }
        }
        if !rule.is_both() {
            written.told = conclude(rule, &mut Captures::default(), None, self.partner.id());
        }
        written
    }

    fn tell_candidates(&self, candidates: &[Candidate]) -> Written {
        let mut all = Written::default();
        let batch = self.document.batches();
        for some in candidates.chunks(if batch { candidates.len().max(1) } else { 1 }) {
            let one = self.tell(Event::Candidate, What::Candidates(some));
            all.rule = one.rule;
            all.frames.extend(one.frames);
            if one.held.is_some() {
                all.held = one.held;
                all.frames.clear();
                break;
            }
        }
        all
    }

    fn fitting(&self, event: Event) -> Option<(usize, &Rule)> {
        let scope = self.scope(What::Nothing);
        let mut rules = self.document.rules.iter().enumerate();
        rules.find(|(_, rule)| rule.writes(event) && scope.hold(&rule.conditions))
    }

    /// One message as a frame, inside the envelope if it belongs there. None: the envelope keeps silent.
    fn frame(
        &self,
        rule: &Rule,
        example: &Example,
        scope: &Scope<'_>,
    ) -> Result<Option<String>, String> {
        let message = scope.fill(example).map_err(Hole::name)?.unwrap_or_default();
        if !(self.document.enveloped && rule.is_inside()) {
            return Ok(Some(json(&message)));
        }
        let Some(wrap) = self
            .fitting(Event::Message)
            .and_then(|(_, rule)| rule.written().first())
        else {
            return Ok(None);
        };
        let outside = Scope {
            what: What::Message(&message),
            ..*scope
        };
        let whole = outside.fill(wrap).map_err(Hole::name)?.unwrap_or_default();
        Ok(Some(json(&whole)))
    }

    /// Reads a message: outside if there is no pointer, else what stood at that pointer inside.
    fn take(&mut self, message: &Value, inside: Option<Inside<'_>>, reading: &mut Reading) {
        let document = Rc::clone(&self.document);
        let peer = inside.as_ref().and_then(|inside| inside.peer);
        let mut furthest: Option<(usize, Miss)> = None;
        for (index, rule) in document.rules.iter().enumerate() {
            let here = document.enveloped && rule.is_inside();
            let Some(example) = rule.example().filter(|_| here == inside.is_some()) else {
                continue;
            };
            let current = peer.or(self.partner.current());
            match try_rule(rule, example, message, &self.values, current) {
                Ok(captures) => {
                    reading.rule = Some(index);
                    return self.act(rule, captures, peer, reading);
                }
                Err(miss) => {
                    if furthest
                        .as_ref()
                        .is_none_or(|(_, best)| best.progress < miss.progress)
                    {
                        furthest = Some((index, miss));
                    }
                }
            }
        }
        let prefix = inside.map_or("", |inside| inside.pointer);
        reading.unknown = Some(match furthest {
            Some((rule, miss)) => Nearest {
                rule: Some(rule),
                pointer: format!("{prefix}{}", miss.pointer),
                why: miss.why,
                detail: miss.detail,
            },
            None => Nearest {
                pointer: prefix.to_owned(),
                ..Nearest::default()
            },
        });
    }

    /// Does what the rule that fitted says.
    fn act(
        &mut self,
        rule: &Rule,
        mut captures: Captures,
        envelope: Option<&Value>,
        reading: &mut Reading,
    ) {
        let sender = captures.peer.clone().or_else(|| envelope.cloned());
        let stranger = sender
            .as_ref()
            .filter(|sender| self.partner.excludes(sender));
        if let Some(stranger) = stranger {
            reading.stranger = text_of(stranger);
        } else {
            self.values.take(&mut captures.variables);
            self.reply(rule, sender.as_ref(), reading);
        }
        self.partner.keep_forms(&captures);
        let mut told = conclude(rule, &mut captures, envelope, self.partner.id());
        if stranger.is_some() {
            told.retain(may_come_from_a_stranger);
        }
        self.partner.settle(&told, self.values.get("peer"));
        reading.told.append(&mut told);
        for (pointer, message) in &captures.messages {
            let inside = Inside {
                pointer,
                peer: sender.as_ref(),
            };
            self.take(message, Some(inside), reading);
        }
    }

    fn reply(&self, rule: &Rule, sender: Option<&Value>, reading: &mut Reading) {
        let scope = Scope {
            peer: sender.or(self.partner.current()),
            ..self.scope(What::Nothing)
        };
        if rule.is_both() {
            return;
        }
        for example in rule.written() {
            match self.frame(rule, example, &scope) {
                Ok(frame) => reading.replies.extend(frame),
                Err(hole) => reading.held = Some(hole),
            }
        }
    }
}

/// A message that came inside another.
struct Inside<'a> {
    /// Where it stood in the frame.
    pointer: &'a str,
    /// Whom the envelope named.
    peer: Option<&'a Value>,
}
