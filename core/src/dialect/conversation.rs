//! One conversation with one server: what its holes stand for, and who the other one is.

use std::rc::Rc;

use serde_json::{Map, Value};

use super::Dialect;
use super::address;
use super::captures::{Captures, Heard};
use super::document::{Document, Polite, Source};
use super::event::Event;
use super::example::{Example, Subject};
use super::make::Random;
use super::mistake::Why;
use super::read::{Miss, try_rule};
use super::rule::Rule;
use super::told::{Nearest, Reading, Say, Target, Told, Written};
use super::value::{compare, decode, same, text_of};
use super::write::{Scope, What};
use crate::signal::DescriptionKind;

/// The largest frame that is read, in bytes.
const MOST_FRAME: usize = 256 * 1024;
/// The most ids whose form is kept.
const MOST_PEERS: usize = 256;

/// The variables of one conversation. It outlives connections; leaving the room ends it.
#[derive(Debug, Clone)]
pub struct Conversation {
    document: Rc<Document>,
    given: Map<String, Value>,
    values: Map<String, Value>,
    random: Random,
    peer: Option<Value>,
    standing: Standing,
    in_call: bool,
    /// Ids that are no texts, by their text.
    forms: Map<String, Value>,
}

/// How the current peer became it; a later standing wins.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Standing {
    Nobody,
    Seen,
    Asked,
    Offered,
    Given,
}

impl Conversation {
    /// A conversation of a user who gave these values (`endpoint`, `room`, and whatever the dialect declares); an
    /// empty one is none. `seed` is the randomness of the values that the dialect makes.
    pub fn new(dialect: &Dialect, given: &[(&str, &str)], seed: u64) -> Self {
        let valued = given.iter().filter(|(_, value)| !value.is_empty());
        let given = valued.map(|(name, value)| ((*name).to_owned(), Value::from(*value))).collect();
        let mut conversation = Self {
            document: dialect.document(),
            given,
            values: Map::new(),
            random: Random(seed),
            peer: None,
            standing: Standing::Nobody,
            in_call: false,
            forms: Map::new(),
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
        Ok(Some(Target { url, protocols: self.document.protocols.clone() }))
    }

    /// Takes in a frame, whatever it is.
    pub fn read(&mut self, frame: &str) -> Reading {
        let mut reading = Reading::default();
        let value = if frame.len() > MOST_FRAME { Err(Why::TooLong) } else { decode(frame) };
        match value {
            Ok(value) => self.take(&value, None, &mut reading),
            Err(why) => {
                reading.unknown = Some(Nearest { rule: None, pointer: String::new(), why });
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
        };
        match say {
            Say::Description(_) if written.held.is_none() => self.in_call = true,
            Say::Leave => self.end_call(false),
            _ => {}
        }
        self.settle(&written.told);
        written
    }

    /// The user, or a transport that knows who is there, picks the peer; none ends the call.
    pub fn set_peer(&mut self, peer: Option<&str>) {
        self.in_call = peer.is_some();
        self.standing = if peer.is_some() { Standing::Given } else { Standing::Nobody };
        self.peer = peer.map(|id| self.forms.get(id).cloned().unwrap_or_else(|| Value::from(id)));
    }

    /// My id, once there is one.
    pub fn self_id(&self) -> Option<String> {
        self.values.get("self").and_then(text_of)
    }

    /// The id of the other one, once there is one.
    pub fn peer(&self) -> Option<String> {
        self.peer.as_ref().and_then(text_of)
    }

    /// Whether I yield when two offers cross: as the dialect says, else the smaller id does. None while that cannot
    /// be told.
    pub fn polite(&self) -> Option<bool> {
        match &self.document.polite {
            Some(Polite::Always(polite)) => Some(*polite),
            Some(Polite::If(condition)) => {
                Some(self.scope(What::Nothing).hold(std::slice::from_ref(condition)))
            }
            None => Some(compare(self.values.get("self")?, self.peer.as_ref()?).is_lt()),
        }
    }

    /// A frame or URL as it may be shown: the values of secret variables are blotted out.
    pub fn shown(&self, text: &str) -> String {
        let mut shown = text.to_owned();
        for variable in self.document.variables.iter().filter(|variable| variable.secret) {
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
        let mut before = std::mem::replace(&mut self.values, self.given.clone());
        for variable in &document.variables {
            let name = &variable.name;
            let kept = if variable.per_room { before.remove(name) } else { None };
            if let Some(kept) = kept {
                self.values.insert(name.clone(), kept);
            } else if !self.given.contains_key(name)
                && let Some(source) = &variable.source
            {
                let value = match source {
                    Source::Value(value) => value.clone(),
                    Source::Make(make) => make.make(&mut self.random),
                };
                self.values.insert(name.clone(), value);
            }
        }
        self.end_call(true);
    }

    /// Whoever the user named stays the one to talk to; a peer who only hung up can be called again.
    fn end_call(&mut self, gone: bool) {
        self.in_call = false;
        if let Some(given) = self.values.get("peer") {
            self.peer = Some(given.clone());
            self.standing = Standing::Given;
        } else if gone {
            self.peer = None;
            self.standing = Standing::Nobody;
        } else {
            self.standing = self.standing.min(Standing::Seen);
        }
    }

    fn scope<'a>(&'a self, what: What<'a>) -> Scope<'a> {
        Scope { values: &self.values, captured: None, peer: self.peer.as_ref(), what }
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
            written.told = self.conclude(rule, &mut Captures::default(), None);
        }
        written
    }

    fn tell_candidates(&self, candidates: &[crate::signal::Candidate]) -> Written {
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
        let message = scope.fill(example)?.unwrap_or_default();
        if !(self.document.enveloped && rule.is_inside()) {
            return Ok(Some(message.to_string()));
        }
        let Some(wrap) = self.fitting(Event::Message).and_then(|(_, rule)| rule.written().first())
        else {
            return Ok(None);
        };
        let outside = Scope { what: What::Message(&message), ..*scope };
        Ok(Some(outside.fill(wrap)?.unwrap_or_default().to_string()))
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
            let current = peer.or(self.peer.as_ref());
            match try_rule(rule, example, message, &self.values, current) {
                Ok(captures) => {
                    reading.rule = Some(index);
                    return self.act(rule, captures, peer, reading);
                }
                Err(miss) => {
                    if furthest.as_ref().is_none_or(|(_, best)| best.progress < miss.progress) {
                        furthest = Some((index, miss));
                    }
                }
            }
        }
        let prefix = inside.map_or("", |inside| inside.pointer);
        reading.unknown = Some(match furthest {
            Some((rule, miss)) => {
                let pointer = format!("{prefix}{}", miss.pointer);
                Nearest { rule: Some(rule), pointer, why: miss.why }
            }
            None => Nearest { rule: None, pointer: prefix.to_owned(), why: Why::NoRule },
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
        let stranger = sender.as_ref().filter(|sender| {
            self.in_call && self.peer.as_ref().is_some_and(|peer| !same(peer, sender))
        });
        if let Some(stranger) = stranger {
            reading.stranger = text_of(stranger);
        } else {
            self.values.append(&mut captures.variables);
            self.reply(rule, sender.as_ref(), reading);
        }
        self.keep_forms(&captures);
        let mut told = self.conclude(rule, &mut captures, envelope);
        if stranger.is_some() {
            told.retain(may_come_from_a_stranger);
        }
        self.settle(&told);
        reading.told.append(&mut told);
        for (pointer, message) in &captures.messages {
            let inside = Inside { pointer, peer: sender.as_ref() };
            self.take(message, Some(inside), reading);
        }
    }

    fn reply(&self, rule: &Rule, sender: Option<&Value>, reading: &mut Reading) {
        let scope = Scope { peer: sender.or(self.peer.as_ref()), ..self.scope(What::Nothing) };
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

    /// An id is written in the form in which it was first read.
    fn keep_forms(&mut self, captures: &Captures) {
        for id in captures.peers.iter().chain(&captures.peer).filter(|id| !id.is_string()) {
            if let Some(text) = text_of(id)
                && self.forms.len() < MOST_PEERS
            {
                self.forms.entry(text).or_insert_with(|| id.clone());
            }
        }
    }

    /// The events that a rule means, in its order; one whose hole captured nothing is left out.
    fn conclude(
        &self,
        rule: &Rule,
        captures: &mut Captures,
        envelope: Option<&Value>,
    ) -> Vec<Told> {
        let named = captures.peer.as_ref().or(envelope).and_then(text_of);
        let from = named.clone().or_else(|| self.peer());
        let about = about(rule, captures, named.clone());
        let mut told = Vec::new();
        for event in &rule.means {
            match event {
                Event::Joined => told.push(Told::Joined),
                Event::Closed => told.push(Told::Closed),
                Event::PeerJoined => {
                    told.extend(about.iter().cloned().map(|peer| Told::PeerJoined { peer }));
                }
                Event::RequestOffer => {
                    told.extend(about.iter().cloned().map(|peer| Told::RequestOffer { peer }));
                }
                Event::Leave => told.extend(about.iter().map(|peer| {
                    let peer = peer.clone().or_else(|| self.peer());
                    if rule.is_both() { Told::HungUp { peer } } else { Told::PeerLeft { peer } }
                })),
                Event::Offer | Event::Answer => {
                    let description = captures.description.finish();
                    told.extend(description.map(|description| Told::Description {
                        from: from.clone(),
                        description,
                    }));
                }
                Event::Candidate | Event::End => {
                    let only_end = captures.candidates.is_empty() && !rule.takes_candidates();
                    if *event == Event::End && only_end {
                        told.push(Told::End { from: from.clone() });
                    }
                    told.extend(captures.candidates.drain(..).map(|heard| match heard {
                        Heard::Candidate(candidate) => {
                            Told::Candidate { from: from.clone(), candidate }
                        }
                        Heard::End => Told::End { from: from.clone() },
                    }));
                }
                Event::Error => told.push(Told::Error {
                    peer: named.clone(),
                    code: captures.error.code.take(),
                    message: captures.error.message.take(),
                }),
                // Messages inside are read next; the others are never concluded.
                _ => {}
            }
        }
        told
    }

    /// Keeps the current peer in step with what was told.
    fn settle(&mut self, told: &[Told]) {
        for event in told {
            match event {
                Told::Description { from, description } => {
                    if description.kind == DescriptionKind::Offer {
                        self.prefer(from.as_deref(), Standing::Offered);
                        self.in_call = true;
                    }
                }
                Told::RequestOffer { peer } => self.prefer(peer.as_deref(), Standing::Asked),
                Told::PeerJoined { peer } => self.prefer(peer.as_deref(), Standing::Seen),
                Told::PeerLeft { peer } if *peer == self.peer() => self.end_call(true),
                Told::HungUp { peer } if *peer == self.peer() => self.end_call(false),
                Told::Closed => self.end_call(true),
                _ => {}
            }
        }
    }

    fn prefer(&mut self, peer: Option<&str>, standing: Standing) {
        let Some(id) = peer else {
            return;
        };
        let latest = standing == Standing::Offered && self.standing == standing;
        if !self.in_call && (self.standing < standing || latest) {
            self.peer = Some(self.forms.get(id).cloned().unwrap_or_else(|| Value::from(id)));
            self.standing = standing;
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

/// Whom an event is about: each of a list, the one named, or nobody in particular.
fn about(rule: &Rule, captures: &Captures, named: Option<String>) -> Vec<Option<String>> {
    if !captures.peers.is_empty() {
        return captures.peers.iter().map(text_of).collect();
    }
    let names = rule.example().is_some_and(|example| example.mentions(Subject::is_sender));
    if names && captures.peer.is_none() { Vec::new() } else { vec![named] }
}

/// During a call, another peer is only news.
fn may_come_from_a_stranger(told: &Told) -> bool {
    match told {
        Told::PeerJoined { .. }
        | Told::PeerLeft { .. }
        | Told::HungUp { .. }
        | Told::Error { .. } => true,
        Told::Joined
        | Told::RequestOffer { .. }
        | Told::Description { .. }
        | Told::Candidate { .. }
        | Told::End { .. }
        | Told::Closed => false,
    }
}
