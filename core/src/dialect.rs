//! How one signaling server talks: documents of examples with holes, read and written by one grammar.
//!
//! [`Dialect::load`] checks a document and lists every mistake. A [`Conversation`] then holds the values of the holes:
//! [`Conversation::begin`] and [`Conversation::target`] give the URL, [`Conversation::read`] takes a frame in, [`Conversation::write`] puts
//! something into frames. The engine knows no transport, no clock and no randomness but the seed it is given; it
//! keeps no queue: what is held back for want of a value, the session says again.
//!
//! Beyond the written language: `"url": null` is a dialect without a server; `"query": {"key": "{x?}"}` beside the
//! URL is the part of it that is left out while it has no value; a variable `"per": "room"` outlives a lost
//! connection; one that is `"secret"` is blotted out by [`Conversation::shown`].

mod address;
mod built_in;
mod captures;
mod channel;
mod check;
mod conclude;
mod condition;
mod conversation;
mod document;
mod event;
mod every;
mod example;
mod extend;
mod fetch;
mod frames;
mod make;
mod mistake;
mod parse;
mod partner;
mod read;
mod rule;
mod told;
mod value;
mod variable;
mod write;

use std::rc::Rc;

use serde_json::{Map, Value};

pub(crate) use address::encode;
pub use conversation::Conversation;
pub use mistake::{Mistake, Why, Wrong};
pub use told::{Ask, Channel, Fetch, FetchAnswer, Nearest, Reading, Say, Target, Told, Written};
pub(crate) use value::from_base64;

use document::Document;
use event::Event;
use example::Example;
use frames::Frames;

/// The documents that are part of the program: name and text. In the browser those are the project's own three; the page
/// fetches the others from its own origin when somebody wants them. A new one is a file and a row in `dialect/built_in.rs`.
pub use built_in::BUILT_IN;

/// A document without mistakes. Cheap to clone.
#[derive(Debug, Clone)]
pub struct Dialect(Rc<Document>);

impl Dialect {
    /// Reads and checks a document that extends none, or one that is built in.
    ///
    /// # Errors
    /// Every mistake that was found, at least one.
    pub fn load(text: &str) -> Result<Self, Vec<Mistake>> {
        Self::load_with(text, &|name| Self::built_in(name).map(str::to_owned))
    }

    /// Reads and checks a document that may extend another; `parents` finds the text of one by its name.
    ///
    /// # Errors
    /// Every mistake that was found, at least one.
    pub fn load_with(
        text: &str,
        parents: &dyn Fn(&str) -> Option<String>,
    ) -> Result<Self, Vec<Mistake>> {
        Document::load(text, parents).map(|document| Self(Rc::new(document)))
    }

    /// The name of the dialect that this document extends, if it says one.
    pub fn parent_of(text: &str) -> Option<String> {
        let object = document::whole(text).ok()?;
        extend::parent(&object).map(str::to_owned)
    }

    /// The text of a built-in document.
    pub fn built_in(name: &str) -> Option<&'static str> {
        let row = BUILT_IN.iter().find(|(known, _)| *known == name);
        row.map(|(_, text)| *text)
    }

    /// Its name, for people.
    pub fn name(&self) -> &str {
        &self.0.name
    }

    /// Whether candidates can be written. If not, a description waits for the end of gathering.
    pub fn trickles(&self) -> bool {
        self.0.writes(Event::Candidate)
    }

    /// Whether candidates are written as one batch, once gathering has ended.
    pub fn batches(&self) -> bool {
        self.0.batches()
    }

    /// Whether a message says that the server has us. If not, opening does.
    pub fn joins_by_message(&self) -> bool {
        let joins = |rule: &rule::Rule| rule.means.contains(&Event::Joined);
        self.0.frames == Frames::SocketIo || self.0.rules.iter().any(joins)
    }

    /// Whether some message tells who is there, so that nobody told means that nobody is.
    pub fn names_peers(&self) -> bool {
        let tells = |rule: &rule::Rule| {
            let presence = rule
                .means
                .iter()
                .any(|event| matches!(event, Event::PeerJoined | Event::Peers));
            let roster = || rule.example().is_some_and(Example::lists_peers);
            !rule.is_both() && (presence || roster())
        };
        self.0.rules.iter().any(tells)
    }

    /// Whether two pages like this one can meet through it: what the offerer writes, the answerer reads, and back. If
    /// not, the server itself is the other party.
    pub fn meets_itself(&self) -> bool {
        let reads = |event| self.0.rules.iter().any(|rule| rule.reads(event));
        [Event::Offer, Event::Answer]
            .into_iter()
            .all(|event| self.0.writes(event) && reads(event))
    }

    /// Whether the other one can be asked to offer.
    pub fn asks_for_offers(&self) -> bool {
        self.0.writes(Event::RequestOffer)
    }

    /// Whether it calls a server, and so needs an endpoint.
    pub fn has_server(&self) -> bool {
        self.0.address.is_some()
    }

    /// The data channels its other side expects; none: the user's own.
    pub fn channels(&self) -> &[Channel] {
        &self.0.channels
    }

    /// The variables that the user gives.
    pub fn asks(&self) -> &[Ask] {
        &self.0.asks
    }

    /// Whether the server may name STUN and TURN servers.
    pub fn names_ice_servers(&self) -> bool {
        self.0
            .rules
            .iter()
            .any(|rule| rule.means.contains(&Event::IceServers))
    }

    /// Whether it makes HTTP requests to the endpoint's host.
    pub fn fetches(&self) -> bool {
        self.0.rules.iter().any(|rule| rule.request.is_some())
    }

    /// A rule as the document has it, by its place in `messages`. Those of a document it extends follow its own.
    pub fn rule(&self, index: usize) -> Option<String> {
        self.0
            .rules
            .get(index)
            .map(|rule| value::json(&rule.source))
    }

    /// Anything the document says for people.
    pub fn note(&self) -> Option<&str> {
        self.0.note.as_deref()
    }

    /// The document as JSON, with everything that it takes over from those it extends, and without the values of secrets.
    pub fn whole(&self) -> String {
        let mut merged = self.0.merged.clone();
        let variables = merged.get_mut("variables").and_then(Value::as_object_mut);
        for declared in variables.into_iter().flat_map(|all| all.values_mut()) {
            let object = declared.as_object_mut();
            let is_secret =
                |object: &&mut Map<String, Value>| object.get("secret") == Some(&Value::Bool(true));
            if let Some(secret) = object.filter(is_secret) {
                secret.remove("value");
                secret.remove("default");
            }
        }
        value::json(&Value::Object(merged))
    }

    fn document(&self) -> Rc<Document> {
        Rc::clone(&self.0)
    }
}
