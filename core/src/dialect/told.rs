//! The words between a conversation and the session: what is said, what was told.

use std::fmt;

use super::mistake::Why;
use crate::settings::{ChannelOptions, IceServer};
use crate::signal::{Candidate, Description};

/// What the session has to tell the other side or the server.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Say<'a> {
    /// The transport is open.
    Open,
    /// The other one shall offer.
    RequestOffer,
    /// An offer or an answer.
    Description(&'a Description),
    /// Candidates, one frame each unless the dialect writes batches ([`super::Dialect::batches`]).
    Candidates(&'a [Candidate]),
    /// Gathering has ended.
    End,
    /// I go, or hang up.
    Leave,
    /// The transport closed by itself, with a WebSocket close code and reason (RFC 6455 7.4).
    Close { code: u16, reason: &'a str },
}

/// What a frame, or an event of our own, was taken to mean. A peer or sender is none where the dialect names none
/// and none is current: then it is "the other side".
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Told {
    /// The server has us; the negotiation may be sent.
    Joined,
    /// Somebody is there. It says nothing of who offers.
    PeerJoined { peer: Option<String> },
    /// I shall offer.
    RequestOffer { peer: Option<String> },
    /// An offer or an answer came.
    Description {
        from: Option<String>,
        description: Description,
    },
    /// A candidate came.
    Candidate {
        from: Option<String>,
        candidate: Candidate,
    },
    /// No more candidates will come.
    End { from: Option<String> },
    /// The peer has gone: the server said so.
    PeerLeft { peer: Option<String> },
    /// The peer said itself that it hangs up. It may still be in the room.
    HungUp { peer: Option<String> },
    /// The room is over.
    Closed,
    /// Exactly these are there: the others have gone.
    Peers(Vec<String>),
    /// STUN and TURN servers that the signaling server names.
    IceServers(Vec<IceServer>),
    /// An HTTP request of the dialect failed, was refused (status 400 or more), or was answered by something that does
    /// not fit. Before the socket opens, it keeps it closed.
    Refused {
        url: String,
        status: Option<u16>,
        /// The browser's words, the beginning of the answer, or why it does not fit.
        why: String,
    },
    /// The server, or somebody, complains.
    Error {
        peer: Option<String>,
        code: Option<String>,
        message: Option<String>,
    },
}

impl Told {
    /// The word of the dialect language for it.
    pub fn word(&self) -> &'static str {
        match self {
            Self::Joined => "joined",
            Self::PeerJoined { .. } => "peer-joined",
            Self::RequestOffer { .. } => "request-offer",
            Self::Description { description, .. } => description.kind.word(),
            Self::Candidate { .. } => "candidate",
            Self::End { .. } => "end",
            Self::PeerLeft { .. } | Self::HungUp { .. } => "leave",
            Self::Closed => "closed",
            Self::Peers(_) => "peers",
            Self::IceServers(_) => "ice-servers",
            Self::Error { .. } | Self::Refused { .. } => "error",
        }
    }
}

/// What became of a frame.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Reading {
    /// The events, in order.
    pub told: Vec<Told>,
    /// Frames to send back.
    pub replies: Vec<String>,
    /// HTTP requests to make.
    pub fetches: Vec<Fetch>,
    /// The holes that took a value: name and text, secrets blotted out.
    pub captured: Vec<(String, String)>,
    /// The rule that fitted, as its place in `messages`: the one inside an envelope, if there is one.
    pub rule: Option<usize>,
    /// Nothing fitted, or not what was inside the envelope: the rule that came furthest.
    pub unknown: Option<Nearest>,
    /// A reply was not sent, because this hole has no value.
    pub held: Option<String>,
    /// A reply was not sent, because it would have been larger than 256 KiB.
    pub too_long: bool,
    /// A repeated element of which nothing fitted, though there was something: where the first of it failed, and why.
    pub skipped: Option<Nearest>,
    /// During a call, somebody else spoke: only who is there and errors are told, nothing was stored or answered.
    pub stranger: Option<String>,
}

/// The rule that came furthest on a frame that fitted none. Its text says why not further.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Nearest {
    /// Its place in `messages`; none if no rule was tried.
    pub rule: Option<usize>,
    /// JSON pointer into the frame, to where it failed.
    pub pointer: String,
    pub why: Why,
    /// What `why` speaks of: what the example has, or a hole.
    pub detail: String,
    /// The value that the hole has already, shortened, secrets blotted out.
    pub value: Option<String>,
}

impl fmt::Display for Nearest {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let value = self.value.as_ref();
        let value = value.map(|value| format!(": {value}"));
        self.why.say(&self.detail, &value.unwrap_or_default(), f)
    }
}

/// What became of something said.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Written {
    /// The frames to send, in order; empty if the dialect has no rule for it, keeps silent, or one is held.
    pub frames: Vec<String>,
    /// HTTP requests to make. Their answers go to [`super::Conversation::fetched`].
    pub fetches: Vec<Fetch>,
    /// What a rule concludes from it at once (`{"on": "open", "means": "request-offer"}`).
    pub told: Vec<Told>,
    /// The rule that fitted, as its place in `messages`; none: this dialect does not say such a thing.
    pub rule: Option<usize>,
    /// Nothing was written, because this hole has no value yet. Say it again later.
    pub held: Option<String>,
    /// Nothing was written, because it would have been larger than 256 KiB.
    pub too_long: bool,
}

impl Written {
    /// Whether it was said: a rule fitted and nothing held it back.
    pub fn went(&self) -> bool {
        self.rule.is_some() && self.held.is_none() && !self.too_long
    }
}

/// Where to connect.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Target {
    pub url: String,
    /// WebSocket subprotocols.
    pub protocols: Vec<String>,
}

/// An HTTP request that a dialect asks for: without cookies, without following redirects.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Fetch {
    /// Its answer is handed in under this number.
    pub id: u32,
    pub method: String,
    /// An `http:` or `https:` URL.
    pub url: String,
    pub headers: Vec<(String, String)>,
    pub body: Option<String>,
    /// The server sends no CORS headers: the request goes as `no-cors` text/plain and its answer is unreadable.
    pub blind: bool,
}

/// What became of an HTTP request.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum FetchAnswer {
    /// A readable answer.
    Came { status: u16, text: String },
    /// It went out, and nothing of the answer can be read.
    Blind,
    /// It could not be made, was not answered in time, or its answer was too long: the browser's own words.
    Failed(String),
}

/// A data channel that the dialect's other side expects.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Channel {
    pub label: String,
    /// With `negotiated`, both sides create it.
    pub options: ChannelOptions,
}

/// A variable that the user gives: the field `var.NAME`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Ask {
    pub name: String,
    /// What to ask, in the document's words.
    pub question: String,
    pub default: String,
    /// The answers allowed; any if there are none.
    pub choices: Vec<String>,
    /// Its value is shown to nobody and is part of no link.
    pub secret: bool,
}
