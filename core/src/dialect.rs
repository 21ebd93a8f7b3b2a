//! How one signaling server talks: documents of examples with holes, read and written by one grammar.
//!
//! [`Dialect::load`] checks a document and lists every mistake. A [`Conversation`] then holds the values of the holes:
//! [`Conversation::connect`] gives the URL, [`Conversation::read`] takes a frame in, [`Conversation::write`] puts
//! something into frames. The engine knows no transport, no clock and no randomness but the seed it is given; it
//! keeps no queue: what is held back for want of a value, the session says again.
//!
//! Beyond the written language: `"url": null` is a dialect without a server; `"query": {"key": "{x?}"}` beside the
//! URL is the part of it that is left out while it has no value; a variable `"per": "room"` outlives a lost
//! connection; one that is `"secret"` is blotted out by [`Conversation::shown`].

mod address;
mod captures;
mod check;
mod conclude;
mod condition;
mod conversation;
mod document;
mod event;
mod example;
mod make;
mod mistake;
mod parse;
mod partner;
mod read;
mod rule;
mod standin;
mod told;
mod value;
mod write;

use std::rc::Rc;

pub use conversation::Conversation;
pub use mistake::{Mistake, Why, Wrong};
pub use told::{Ask, Channel, Fetch, FetchAnswer, Nearest, Reading, Say, Target, Told, Written};

use document::Document;
use event::Event;

/// The documents that come with the page: name and text. A new one is a file and a row.
pub const BUILT_IN: [(&str, &str); 3] = [
    ("relay", include_str!("dialects/relay.json")),
    ("tabs", include_str!("dialects/tabs.json")),
    ("paste", include_str!("dialects/paste.json")),
];

/// A document without mistakes. Cheap to clone.
#[derive(Debug, Clone)]
pub struct Dialect(Rc<Document>);

impl Dialect {
    /// Reads and checks a document. The error is every mistake that was found, at least one.
    pub fn load(text: &str) -> Result<Self, Vec<Mistake>> {
        Document::load(text).map(|document| Self(Rc::new(document)))
    }

    /// The text of a built-in document.
    pub fn built_in(name: &str) -> Option<&'static str> {
        BUILT_IN
            .into_iter()
            .find(|(known, _)| *known == name)
            .map(|(_, text)| text)
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
        self.0
            .rules
            .iter()
            .any(|rule| rule.means.contains(&Event::Joined))
    }

    /// Whether the other one can be asked to offer.
    pub fn asks_for_offers(&self) -> bool {
        self.0.writes(Event::RequestOffer)
    }

    /// Whether it calls a server, and so needs an endpoint.
    pub fn has_server(&self) -> bool {
        self.0.address.is_some()
    }

    /// Reads and checks a document that may extend another; `parents` finds the text of one by its name.
    ///
    /// # Errors
    /// Every mistake that was found, at least one.
    pub fn load_with(
        text: &str,
        _parents: &dyn Fn(&str) -> Option<String>,
    ) -> Result<Self, Vec<Mistake>> {
        Self::load(text)
    }

    /// The name of the dialect that this document extends, if it says one.
    pub fn parent_of(_text: &str) -> Option<String> {
        None
    }

    /// The data channels its other side expects; none: the user's own.
    pub fn channels(&self) -> &[Channel] {
        &[]
    }

    /// The variables that the user gives.
    pub fn asks(&self) -> &[Ask] {
        &[]
    }

    /// Whether the server may name STUN and TURN servers.
    pub fn names_ice_servers(&self) -> bool {
        false
    }

    /// Whether it makes HTTP requests to the endpoint's host.
    pub fn fetches(&self) -> bool {
        false
    }

    /// A rule of it as JSON, by its place in `messages`.
    pub fn rule(&self, _index: usize) -> Option<String> {
        None
    }

    fn document(&self) -> Rc<Document> {
        Rc::clone(&self.0)
    }
}
