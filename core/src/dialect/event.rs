//! The events of the language: what the engine tells a dialect, and what a dialect concludes.

use super::mistake::{Wrong, nearest};

/// An event, as it is written in `on` and `means`.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Event {
    Connect,
    Open,
    RequestOffer,
    Offer,
    Answer,
    Candidate,
    End,
    Leave,
    Close,
    Message,
    Joined,
    PeerJoined,
    Peers,
    IceServers,
    Error,
    Closed,
}

/// Where an event can stand.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Side {
    On,
    Means,
    Both,
}

static EVENTS: [(&str, Event, Side); 16] = [
    ("connect", Event::Connect, Side::On),
    ("open", Event::Open, Side::On),
    ("request-offer", Event::RequestOffer, Side::Both),
    ("offer", Event::Offer, Side::Both),
    ("answer", Event::Answer, Side::Both),
    ("candidate", Event::Candidate, Side::Both),
    ("end", Event::End, Side::Both),
    ("leave", Event::Leave, Side::Both),
    ("close", Event::Close, Side::On),
    ("message", Event::Message, Side::Both),
    ("joined", Event::Joined, Side::Means),
    ("peer-joined", Event::PeerJoined, Side::Means),
    ("peers", Event::Peers, Side::Means),
    ("ice-servers", Event::IceServers, Side::Means),
    ("error", Event::Error, Side::Means),
    ("closed", Event::Closed, Side::Means),
];

impl Event {
    /// Reads a name where only one side, or for `both` both sides, will do.
    pub(crate) fn parse(name: &str, wanted: Side) -> Result<Self, Wrong> {
        let Some(&(name, event, side)) = EVENTS.iter().find(|(known, _, _)| *known == name) else {
            let near = nearest(name, &mut EVENTS.iter().map(|(name, _, _)| *name));
            return Err(Wrong::UnknownEvent(name.to_owned(), near));
        };
        match side {
            Side::Both => Ok(event),
            one if one == wanted => Ok(event),
            Side::On => Err(Wrong::WrongSide(name, "be told: use on")),
            Side::Means => Err(Wrong::WrongSide(name, "be read: use read")),
        }
    }

    pub(crate) fn name(self) -> &'static str {
        let row = EVENTS.iter().find(|(_, event, _)| *event == self);
        row.map_or("", |(name, _, _)| *name)
    }

    pub(crate) fn is_description(self) -> bool {
        matches!(self, Self::Offer | Self::Answer)
    }

    pub(crate) fn is_candidate(self) -> bool {
        matches!(self, Self::Candidate | Self::End)
    }

    /// Whether only a message can bring it.
    pub(crate) fn is_carried(self) -> bool {
        self.is_description() || self.is_candidate() || self == Self::Message
    }
}
