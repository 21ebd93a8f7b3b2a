//! One conversation with one server: what its holes stand for, and who the other one is.

mod asking;
mod hearing;
mod hiding;
mod keeping;
mod telling;
mod turns;

use std::rc::Rc;

use serde_json::Value;

use super::Dialect;
use super::address;
use super::document::{Document, Polite};
use super::event::Event;
use super::make::{Random, Source};
use super::partner::Partner;
use super::told::{Fetch, Reading, Say, Target, Told, Written};
use super::value::{Values, compare, text_of};
use super::variable;
use super::write::{Scope, What};
use crate::io::Millis;
use crate::signal::DescriptionKind;
use asking::Requests;
use turns::Turns;

/// The variables of one conversation. It outlives connections; leaving the room ends it.
#[derive(Debug, Clone)]
pub struct Conversation {
    document: Rc<Document>,
    given: Values,
    /// Asked of the user and left empty: no default stands in for it.
    left_empty: Vec<String>,
    values: Values,
    source: Source,
    partner: Partner,
    turns: Turns,
    requests: Requests,
    /// The answer of the present call was sent or came.
    answered: bool,
    /// Credentials that were read: shown to nobody.
    secrets: Vec<String>,
}

impl Conversation {
    /// A conversation of a user who gave these values (`endpoint`, `room`, and whatever the dialect asks); an empty one
    /// is none. `seed` is the randomness of the values that the dialect makes.
    pub fn new(dialect: &Dialect, given: &[(&str, &str)], seed: u64) -> Self {
        let mut values = Values::default();
        for (name, value) in given.iter().filter(|(_, value)| !value.is_empty()) {
            values.set(name, Value::from(*value));
        }
        let left_empty = given.iter().filter(|(_, value)| value.is_empty());
        let mut conversation = Self {
            document: dialect.document(),
            given: values.clone(),
            left_empty: left_empty.map(|(name, _)| (*name).to_owned()).collect(),
            values,
            source: Source {
                random: Random(seed),
                now: 0.0,
                count: 0,
            },
            partner: Partner::default(),
            turns: Turns::default(),
            requests: Requests::default(),
            answered: false,
            secrets: Vec::new(),
        };
        conversation.renew();
        conversation
    }

    /// A conversation in which nothing is given and nothing is made: only what the document itself declares holds. For
    /// frames that were captured from somebody else's page.
    pub fn unbound(dialect: &Dialect) -> Self {
        let mut conversation = Self::new(dialect, &[], 0);
        let secret_or_made = dialect.document();
        for variable in &secret_or_made.variables {
            if variable.secret || !matches!(variable.source, Some(variable::Source::Value(_))) {
                conversation.values.remove(&variable.name);
            }
        }
        conversation
    }

    /// What this conversation knows, under another document.
    pub fn under(&self, dialect: &Dialect) -> Self {
        let mut other = self.clone();
        other.document = dialect.document();
        other.turns = Turns::default();
        other.requests = Requests::default();
        for variable in &other.document.clone().variables {
            if other.values.get(&variable.name).is_none() {
                other.begin_value(variable);
            }
        }
        other
    }

    /// The time, in milliseconds since 1970 (`Date.now()`). It does not run backwards.
    pub fn at(&mut self, now: Millis) {
        self.source.now = self.source.now.max(now);
    }

    /// Begins a new connection: forgets all but what the user gave and what lives as long as the room, and says what is
    /// fetched before the socket opens. Once that is answered, [`Self::target`] tells where to connect.
    pub fn begin(&mut self) -> Written {
        self.renew();
        let document = Rc::clone(&self.document);
        if let Some(address) = &document.address {
            self.renew_message(&address.text);
            self.renew_message(&address.query);
        }
        self.tell(Event::Connect, What::Nothing)
    }

    /// Where to connect. None: the dialect has no server.
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

    /// [`Self::begin`] and [`Self::target`] in one, for a dialect that fetches nothing.
    ///
    /// # Errors
    /// The name of a hole of the URL that has no value.
    pub fn connect(&mut self) -> Result<Option<Target>, String> {
        self.begin();
        self.target()
    }

    /// Puts something into frames.
    pub fn write(&mut self, say: Say<'_>) -> Written {
        let written = match say {
            // A framing with a handshake is open once that is done.
            Say::Open if self.document.frames.greets() => return Written::default(),
            Say::Open => self.opened(),
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
            Say::Close { code, reason } => self.tell(Event::Close, What::Close { code, reason }),
        };
        match say {
            Say::Description(description) if written.went() => {
                self.partner.begin_call();
                self.answered = description.kind == DescriptionKind::Answer;
                if self.answered {
                    self.turns.stop(Event::Offer);
                    self.turns.stop(Event::RequestOffer);
                }
            }
            Say::Leave => self.partner.end_call(),
            Say::Close { .. } => self.turns = Turns::default(),
            _ => {}
        }
        self.heed(&written.told);
        written
    }

    /// The user, or a transport that knows who is there, picks the peer; none ends the call.
    pub fn set_peer(&mut self, peer: Option<&str>) {
        self.partner.pick(peer);
        self.heed(&[]);
    }

    /// The call is over without a word; who was called can be called again, and others may call.
    pub fn call_over(&mut self) {
        self.partner.end_call();
        self.heed(&[]);
    }

    /// My id, once there is one.
    pub fn self_id(&self) -> Option<String> {
        self.values.get("self").and_then(text_of)
    }

    /// The id of the other one, once there is one.
    pub fn peer(&self) -> Option<String> {
        self.partner.id()
    }

    /// The room's name, as the server calls it.
    pub fn room(&self) -> Option<String> {
        self.values.get("room").and_then(text_of)
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

    fn scope<'a>(&'a self, what: What<'a>) -> Scope<'a> {
        Scope {
            values: &self.values,
            captured: None,
            peer: self.partner.current(),
            what,
        }
    }

    /// Keeps in step with what was told: who the other one is, and whether a call began or ended.
    fn heed(&mut self, told: &[Told]) {
        self.partner.settle(told, self.values.get("peer"));
        for told in told {
            if let Told::Description { description, .. } = told {
                self.answered = description.kind == DescriptionKind::Answer;
                self.turns.stop(Event::RequestOffer);
                if self.answered {
                    self.turns.stop(Event::Offer);
                }
            }
        }
        if self.partner.take_ended() {
            self.answered = false;
            self.turns.stop(Event::Offer);
            self.turns.stop(Event::RequestOffer);
            self.renew_call();
        }
    }
}

/// What is to go out.
enum Outgoing {
    Frame(String),
    Fetch(Fetch),
}

impl Outgoing {
    fn into_written(self, written: &mut Written) {
        match self {
            Self::Frame(frame) => written.frames.push(frame),
            Self::Fetch(fetch) => written.fetches.push(fetch),
        }
    }

    fn into_reading(self, reading: &mut Reading) {
        match self {
            Self::Frame(frame) => reading.replies.push(frame),
            Self::Fetch(fetch) => reading.fetches.push(fetch),
        }
    }
}
