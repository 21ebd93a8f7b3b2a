//! Who the other one is, when nobody says so in the message at hand.

use serde_json::Value;

use super::captures::Captures;
use super::told::Told;
use super::value::{Values, same, text_of};
use crate::signal::DescriptionKind;

/// The most ids whose form is kept.
const MOST_PEERS: usize = 256;

/// The current peer, and whether a call with it is under way.
#[derive(Debug, Clone, Default)]
pub(crate) struct Partner {
    current: Option<Value>,
    standing: Standing,
    in_call: bool,
    /// A call ended, or could have begun and will not, since this was asked last.
    ended: bool,
    /// Ids that are no texts, by their text.
    forms: Values,
}

/// How the current peer became it; a later standing wins.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, PartialOrd, Ord)]
enum Standing {
    #[default]
    Nobody,
    Seen,
    Asked,
    Offered,
    Given,
}

impl Partner {
    pub(crate) fn current(&self) -> Option<&Value> {
        self.current.as_ref()
    }

    pub(crate) fn id(&self) -> Option<String> {
        self.current.as_ref().and_then(text_of)
    }

    /// The user, or a transport that knows who is there, picks; none ends the call.
    pub(crate) fn pick(&mut self, peer: Option<&str>) {
        self.ended |= peer.is_none();
        self.in_call = peer.is_some();
        self.standing = if peer.is_some() {
            Standing::Given
        } else {
            Standing::Nobody
        };
        self.current = peer.map(|id| self.in_form(id));
    }

    pub(crate) fn begin_call(&mut self) {
        self.in_call = true;
    }

    /// Ends the call; the peer may still be there and can be called again.
    pub(crate) fn end_call(&mut self) {
        self.ended = true;
        self.in_call = false;
        self.standing = self.standing.min(Standing::Seen);
    }

    /// Ends the call with a peer who is gone. One whom the user named stays the one to talk to.
    pub(crate) fn forget(&mut self, given: Option<&Value>) {
        self.ended = true;
        self.in_call = false;
        self.current = given.cloned();
        self.standing = if given.is_some() {
            Standing::Given
        } else {
            Standing::Nobody
        };
    }

    /// Whether a call ended since this was asked last.
    pub(crate) fn take_ended(&mut self) -> bool {
        std::mem::take(&mut self.ended)
    }

    /// Whether a call is under way with somebody else.
    pub(crate) fn excludes(&self, sender: &Value) -> bool {
        self.in_call
            && self
                .current
                .as_ref()
                .is_some_and(|peer| !same(peer, sender))
    }

    /// An id is written in the form in which it was first read.
    pub(crate) fn keep_forms(&mut self, captures: &Captures) {
        for id in captures
            .peers
            .iter()
            .chain(&captures.peer)
            .filter(|id| !id.is_string())
        {
            if let Some(text) = text_of(id)
                && self.forms.get(&text).is_none()
                && self.forms.len() < MOST_PEERS
            {
                self.forms.set(&text, id.clone());
            }
        }
    }

    /// Keeps in step with what was told. `given` is the peer whom the user named, if any.
    pub(crate) fn settle(&mut self, told: &[Told], given: Option<&Value>) {
        for event in told {
            match event {
                Told::Description { from, description }
                    if description.kind == DescriptionKind::Offer =>
                {
                    self.prefer(from.as_deref(), Standing::Offered);
                    self.in_call = true;
                }
                // Who answers an offer that was made to nobody in particular is the one.
                Told::Description { from, .. } if self.current.is_none() => {
                    self.prefer(from.as_deref(), Standing::Offered);
                }
                Told::RequestOffer { peer } => self.prefer(peer.as_deref(), Standing::Asked),
                Told::PeerJoined { peer } => self.prefer(peer.as_deref(), Standing::Seen),
                Told::PeerLeft { peer } if *peer == self.id() => self.forget(given),
                Told::HungUp { peer } if *peer == self.id() => self.end_call(),
                Told::Peers(peers) if self.current.is_none() => {
                    self.prefer(peers.first().map(String::as_str), Standing::Seen);
                }
                Told::Peers(peers) if self.id().is_some_and(|id| !peers.contains(&id)) => {
                    self.forget(given);
                }
                Told::Closed => self.forget(given),
                _ => {}
            }
        }
    }

    fn prefer(&mut self, peer: Option<&str>, standing: Standing) {
        let Some(id) = peer else {
            return;
        };
        let latest = standing == Standing::Offered && self.standing == standing;
        let free = !self.in_call || self.current.is_none();
        if free && (self.standing < standing || latest) {
            self.current = Some(self.in_form(id));
            self.standing = standing;
        }
    }

    fn in_form(&self, id: &str) -> Value {
        self.forms
            .get(id)
            .cloned()
            .unwrap_or_else(|| Value::from(id))
    }
}
