//! What was seen of a run that tells refusals apart.

use crate::io::{Event, Fate, FirstChannel, Millis, Role, Side, StateName, What};
use crate::sdp;
use crate::signal::{Candidate, Description, DescriptionKind};

use super::call::{Call, Method};

/// The messages a browser takes where the description does not say (RFC 8841 6.1), in bytes.
const USUAL_MESSAGE: u64 = 65_536;

/// A fold over the record.
#[derive(Debug, Clone, Default)]
pub(super) struct Seen {
    pub(super) role: Option<Role>,
    pub(super) servers: Vec<String>,
    /// Whether the page is a secure context, as far as it was told.
    pub(super) secure: Option<bool>,
    pub(super) framed: bool,
    attempt: Attempt,
}

/// What begins anew with each peer connection.
#[derive(Debug, Clone, Default)]
pub(super) struct Attempt {
    pub(super) signaling: String,
    pub(super) mine: Given,
    pub(super) theirs: Given,
    /// An offer of this side was set.
    pub(super) offered: bool,
    /// Something was added after the offer was made.
    pub(super) outdated: bool,
    /// A connection was up.
    pub(super) connected: bool,
    /// The channel is closed, or about to be.
    pub(super) closed: bool,
    channel: FirstChannel,
    candidates: Vec<(usize, Candidate)>,
    suspect: Option<usize>,
}

/// The descriptions of one side.
#[derive(Debug, Clone, Default)]
pub(super) struct Given {
    /// The newest, and whether the user changed it.
    pub(super) given: Option<Description>,
    pub(super) edited: bool,
    /// The newest before it was changed.
    pub(super) original: Option<Description>,
    /// The one that was set last, and when.
    pub(super) set: Option<Description>,
    pub(super) set_at: Option<Millis>,
    /// How many of this attempt were set.
    pub(super) sets: u32,
}

impl std::ops::Deref for Seen {
    type Target = Attempt;

    fn deref(&self) -> &Attempt {
        &self.attempt
    }
}

impl Seen {
    pub(super) fn apply(&mut self, event: &Event) {
        match &event.what {
            What::Joining { ice_servers, .. } => {
                self.servers.clone_from(ice_servers);
                self.attempt = Attempt::default();
            }
            What::Role { role, .. } => self.role = *role,
            What::Page { secure, .. } => self.secure = Some(*secure),
            What::AttemptBegan => self.attempt = Attempt::default(),
            what => self.attempt.apply(what, event.at),
        }
    }
}

impl Attempt {
    fn apply(&mut self, what: &What, at: Millis) {
        match what {
            What::State { name, value } => match name {
                StateName::Signaling => self.signaling.clone_from(value),
                StateName::Channel => self.channel_is(value),
                StateName::Connection => self.connected |= value == "connected",
                _ => {}
            },
            What::Channel { label, state, .. } if self.channel.follows(label, state) => {
                self.channel_is(state);
            }
            What::Pending {
                side,
                description: Some(description),
                edited,
            } => self.side(*side).take(description, *edited),
            What::Described { side, description } => self.described(*side, description, at),
            What::Done { call, .. } => self.done(&Call::read(call), at),
            What::Candidate {
                side: Side::Theirs,
                index,
                candidate,
            } => {
                self.candidates.push((*index, candidate.clone()));
                self.suspect = Some(*index);
            }
            What::CandidateFate {
                side: Side::Theirs,
                index,
                fate: Fate::Used | Fate::Dropped,
            } => self.suspect = Some(*index),
            _ => {}
        }
    }

    fn channel_is(&mut self, state: &str) {
        self.closed = matches!(state, "closing" | "closed");
    }

    fn side(&mut self, side: Side) -> &mut Given {
        match side {
            Side::Mine => &mut self.mine,
            Side::Theirs => &mut self.theirs,
        }
    }

    /// Theirs is told when it came, mine when it was set.
    fn described(&mut self, side: Side, description: &Description, at: Millis) {
        let given = self.side(side);
        let edited = given.edited && side == Side::Mine;
        given.take(description, edited);
        if side == Side::Mine {
            given.is_set(at);
        }
    }

    fn done(&mut self, call: &Call, at: Millis) {
        match call.method {
            Method::SetLocal => {
                self.offered |= call.kind() == Some(DescriptionKind::Offer);
                self.outdated = false;
                self.mine.is_set(at);
            }
            Method::SetRemote => self.theirs.is_set(at),
            Method::CreateDataChannel => self.outdated = true,
            Method::Other if call.text.starts_with("add") => self.outdated = true,
            Method::Other if call.text.starts_with("createOffer") => self.outdated = false,
            _ => {}
        }
    }

    /// A candidate of the other side by its number.
    pub(super) fn candidate(&self, index: usize) -> Option<&Candidate> {
        let mut all = self.candidates.iter().rev();
        all.find(|(known, _)| *known == index)
            .map(|(_, candidate)| candidate)
    }

    /// The candidate that was spoken of last.
    pub(super) fn suspect(&self) -> Option<&Candidate> {
        self.candidate(self.suspect?)
    }

    /// The largest message the other side takes, in bytes.
    pub(super) fn largest_message(&self) -> u64 {
        let said = self.theirs.given_sdp();
        said.and_then(|sdp| sdp::attribute(sdp, "max-message-size"))
            .and_then(|size| size.parse().ok())
            .unwrap_or(USUAL_MESSAGE)
    }
}

impl Given {
    fn take(&mut self, description: &Description, edited: bool) {
        self.given = Some(description.clone());
        self.edited = edited;
        if !edited {
            self.original = Some(description.clone());
        }
    }

    fn is_set(&mut self, at: Millis) {
        self.set.clone_from(&self.given);
        self.set_at = Some(at);
        self.sets = self.sets.saturating_add(1);
    }

    pub(super) fn given_sdp(&self) -> Option<&str> {
        self.given.as_ref().map(|given| given.sdp.as_str())
    }

    pub(super) fn set_sdp(&self) -> Option<&str> {
        self.set.as_ref().map(|set| set.sdp.as_str())
    }

    pub(super) fn kind(&self) -> Option<DescriptionKind> {
        self.given.as_ref().map(|given| given.kind)
    }

    /// The text before the user changed it, if it was changed.
    pub(super) fn whole(&self) -> Option<&str> {
        let original = self.original.as_ref().filter(|_| self.edited)?;
        Some(&original.sdp)
    }

    /// Whether what was given waits to be set.
    pub(super) fn waits(&self) -> bool {
        self.given.is_some() && self.given != self.set
    }
}
