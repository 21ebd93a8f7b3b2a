//! What is true of the run and its present attempt: all that steps and guards are judged over.

use crate::io::{Operation, Role};
use crate::settings::Mode;
use crate::signal::DescriptionKind;

/// Facts, nothing derived. Those of the attempt start anew with each attempt.
#[derive(Debug, Clone, PartialEq)]
pub struct Facts {
    pub run: RunFacts,
    pub attempt: AttemptFacts,
    pub options: Options,
}

/// What the user switched on ([`crate::command::Switch`]); it outlives a run.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Options {
    pub let_me_fail: bool,
    pub add_by_hand: bool,
    pub stop_answering: bool,
    pub statistics: bool,
}

/// What holds from `join` to `leave`.
#[derive(Debug, Clone, PartialEq)]
pub struct RunFacts {
    /// `join` was clicked and `leave` was not: there is something to leave.
    pub begun: bool,
    /// The room has us, and has not lost us for good.
    pub joined: bool,
    /// Signals can go out now.
    pub linked: bool,
    pub mode: Mode,
    pub role: Option<Role>,
    /// Whether somebody else is in the room; `None` where nobody can know (`paste:`, bare relays).
    pub peer_present: Option<bool>,
    pub ice_servers: usize,
    /// Whether candidates travel by themselves, or inside the description only.
    pub trickles: bool,
    pub attempt: u32,
}

/// What holds for one peer connection.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct AttemptFacts {
    pub peer_connection: bool,
    /// The operation the browser is working on.
    pub busy: Option<Operation>,
    /// The offerer's channel was created, or the answerer's listener made plain.
    pub channel_added: bool,
    /// The label of the channel, once there is one.
    pub channel_label: Option<String>,
    /// A description made here and not set yet.
    pub created: Option<Size>,
    /// The description made last, set or not.
    pub made: Option<Size>,
    pub local: Option<Size>,
    pub remote: Option<Size>,
    /// A description that came and is not set yet.
    pub received: Option<Size>,
    /// The last description that came, set or not.
    pub came: Option<Size>,
    /// Our description was handed over (or is kept for the one who joins).
    pub given: Option<DescriptionKind>,
    /// What was given has left this page.
    pub spoken: bool,
    pub gathering_ended: bool,
    /// Candidates of ours: gathered, and handed over.
    pub found: usize,
    pub handed: usize,
    /// Ours go as they come from now on.
    pub flowing: bool,
    /// Ours began to flow before the answer came.
    pub early: bool,
    /// Candidates of theirs: come, and taken by the browser.
    pub theirs: usize,
    pub usable: usize,
    /// Candidates of theirs that were not given to the browser yet.
    pub theirs_waiting: usize,
    /// Theirs began to come before our answer was given.
    pub theirs_early: bool,
    /// `signalingState`, in the browser's word.
    pub signaling: String,
    /// `connectionState`, in the browser's word.
    pub connection: String,
    pub channel_open: bool,
    pub ever_connected: bool,
    /// The step whose call was refused last.
    pub failed: Option<u8>,
    /// A restart is under way.
    pub restarting: bool,
    /// The document to carry by hand is ready (`paste:`).
    pub carryable: bool,
}

/// A description, as far as steps need it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Size {
    pub kind: DescriptionKind,
    /// UTF-8 bytes of its SDP.
    pub bytes: usize,
}

impl Facts {
    /// Before anything happened.
    pub fn new() -> Self {
        Self {
            run: RunFacts {
                begun: false,
                joined: false,
                linked: false,
                mode: Mode::Manual,
                role: None,
                peer_present: None,
                ice_servers: 0,
                trickles: true,
                attempt: 0,
            },
            attempt: AttemptFacts::default(),
            options: Options::default(),
        }
    }

    /// Everything but the user's options begins anew.
    pub fn renew(&mut self) {
        *self = Self {
            options: self.options,
            ..Self::new()
        };
    }

    /// Whether all it takes is to offer: everything else follows by itself, and nobody tells whether somebody waits too.
    pub fn may_begin(&self) -> bool {
        let waits = self.run.role == Some(Role::Answerer) && self.run.peer_present.is_none();
        let untouched = !self.attempt.peer_connection
            && self.attempt.busy.is_none()
            && self.attempt.came.is_none();
        self.run.mode == Mode::Auto && waits && untouched
    }

    /// Whether this page is the offerer.
    pub fn offers(&self) -> bool {
        self.run.role == Some(Role::Offerer)
    }
}

impl Default for Facts {
    fn default() -> Self {
        Self::new()
    }
}

impl AttemptFacts {
    /// Both descriptions are set and nothing is being negotiated.
    pub fn agreed(&self) -> bool {
        self.local.is_some() && self.remote.is_some() && self.signaling == "stable"
    }

    /// An offer of theirs came and was not answered yet.
    pub fn offer_came(&self) -> bool {
        self.came
            .is_some_and(|came| came.kind == DescriptionKind::Offer)
    }

    /// Their answer came.
    pub fn answer_came(&self) -> bool {
        self.came
            .is_some_and(|came| came.kind == DescriptionKind::Answer)
    }

    /// Whether a peer connection is up now.
    pub fn connected(&self) -> bool {
        self.connection == "connected"
    }
}
