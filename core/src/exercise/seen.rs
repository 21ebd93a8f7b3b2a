//! What an exercise is judged over: how things stand, and what happened since it began.

use std::collections::{BTreeSet, VecDeque};

use crate::command::Switch;
use crate::io::{AttemptNumber, Event, Millis, Role, Side, StateName, What};
use crate::sdp;
use crate::signal::Description;

/// More than two whole attempts tell; of a longer run the oldest goes.
const MOST: usize = 1_000;

/// An event that was kept, with its number in the record, from 1.
#[derive(Debug, Clone, PartialEq)]
pub struct Kept {
    pub number: usize,
    pub event: Event,
}

/// How things stand now, whenever it became so.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Now {
    pub joined: bool,
    /// Somebody is there, or nobody would tell.
    pub peer: bool,
    pub mode: String,
    pub relay_only: bool,
    /// A TURN server is named.
    pub turn: bool,
    pub role: Option<Role>,
    pub attempt: AttemptNumber,
    pub signaling: String,
    pub connection: String,
    pub channel: String,
    pub local: Option<Description>,
    pub remote: Option<Description>,
    /// The channel that opened first in this attempt.
    pub label: Option<String>,
    /// The options of the page that are on.
    pub options: BTreeSet<Switch>,
}

/// The fold.
#[derive(Debug, Default)]
pub struct Seen {
    pub now: Now,
    /// How things stood when the connection of the present attempt was first seen to stand, and after which event.
    pub stood: Option<(usize, Now)>,
    /// The latest moment that is known.
    pub clock: Millis,
    /// What happened since the exercise began, oldest first.
    since: VecDeque<Kept>,
    /// An exercise is under way.
    pub(super) keeps: bool,
    count: usize,
}

impl Seen {
    /// Takes one fact.
    pub(super) fn apply(&mut self, event: &Event) {
        self.count += 1;
        let number = self.count;
        self.clock = self.clock.max(event.at);
        self.now.take(event);
        self.note_standing(number);
        if !self.keeps || is_chatter(&event.what) {
            return;
        }
        if self.since.len() >= MOST {
            self.since.pop_front();
        }
        let event = event.clone();
        self.since.push_back(Kept { number, event });
    }

    /// An exercise begins: nothing of what was before counts.
    pub(super) fn begin(&mut self) {
        self.keeps = true;
        self.since.clear();
        self.stood = None;
        self.note_standing(self.count);
    }

    /// A connection that stands is remembered as it was then; one of an older attempt is not.
    fn note_standing(&mut self, number: usize) {
        let older = |(_, now): &mut (usize, Now)| now.attempt != self.now.attempt;
        self.stood.take_if(older);
        if self.keeps && self.stood.is_none() && self.connected() {
            self.stood = Some((number, self.now.clone()));
        }
    }

    /// What happened since the exercise began.
    pub fn all(&self) -> impl Iterator<Item = &Kept> {
        self.since.iter()
    }

    /// The first event that fits.
    pub fn first(&self, fits: impl Fn(&What) -> bool) -> Option<&Kept> {
        self.all().find(|kept| fits(&kept.event.what))
    }

    /// The first event after another one that fits.
    pub fn after(&self, kept: &Kept, fits: impl Fn(&What) -> bool) -> Option<&Kept> {
        let mut later = self.all().filter(|other| other.number > kept.number);
        later.find(|other| fits(&other.event.what))
    }

    /// The first event that fits while a connection stands.
    pub fn while_standing(&self, fits: impl Fn(&What) -> bool) -> Option<&Kept> {
        let (number, _) = self.stood.as_ref()?;
        let mut later = self.all().filter(|kept| kept.number > *number);
        later.find(|kept| fits(&kept.event.what))
    }

    /// Whether anything fits.
    pub fn has(&self, fits: impl Fn(&What) -> bool) -> bool {
        self.first(fits).is_some()
    }

    /// The channel is open and the connection stands.
    pub fn connected(&self) -> bool {
        self.now.channel == "open" && self.now.connection == "connected"
    }

    /// Nothing was offered or answered yet in the present attempt.
    pub fn fresh(&self) -> bool {
        self.now.local.is_none() && self.now.remote.is_none()
    }
}

impl Now {
    fn take(&mut self, event: &Event) {
        self.attempt = event.attempt;
        match &event.what {
            What::Joining {
                mode,
                relay_only,
                ice_servers,
                tells_peers,
                alone,
                ..
            } => {
                self.mode.clone_from(mode);
                self.relay_only = *relay_only;
                self.turn = ice_servers.iter().any(|url| url.starts_with("turn"));
                self.peer = *alone || !*tells_peers;
            }
            What::Joined { .. } => self.joined = true,
            What::Left => (self.joined, self.peer) = (false, false),
            What::PeerJoined { .. } => self.peer = true,
            What::PeerLeft { message, .. } => self.peer &= message.id == "left.bye",
            What::Role { role, .. } => self.role = *role,
            What::AttemptBegan => self.begin_attempt(),
            What::State { name, value } => self.state(*name, value),
            What::Described { side, description } => {
                let described = match side {
                    Side::Mine => &mut self.local,
                    Side::Theirs => &mut self.remote,
                };
                *described = Some(description.clone());
            }
            What::Channel { label, state, .. } if state == "open" => {
                self.label.get_or_insert_with(|| label.clone());
            }
            What::Option { option, on } => self.option(option, *on),
            _ => {}
        }
    }

    fn begin_attempt(&mut self) {
        for state in [&mut self.signaling, &mut self.connection, &mut self.channel] {
            state.clear();
        }
        (self.local, self.remote, self.label) = (None, None, None);
    }

    fn state(&mut self, name: StateName, value: &str) {
        let state = match name {
            StateName::Signaling => &mut self.signaling,
            StateName::Connection => &mut self.connection,
            StateName::Channel => &mut self.channel,
            StateName::IceGathering | StateName::IceConnection => return,
        };
        value.clone_into(state);
    }

    fn option(&mut self, name: &str, on: bool) {
        let Some(option) = Switch::from_name(name) else {
            return;
        };
        if on {
            self.options.insert(option);
        } else {
            self.options.remove(&option);
        }
    }
}

/// What no exercise looks at.
fn is_chatter(what: &What) -> bool {
    matches!(
        what,
        What::Step { .. }
            | What::Control { .. }
            | What::Contacts { .. }
            | What::Chat { .. }
            | What::Stats { .. }
            | What::Probed { .. }
            | What::Opened { .. }
            | What::Dialect(_)
    )
}

/// A signal of this kind went out.
pub(super) fn sent(kind: &str) -> impl Fn(&What) -> bool {
    move |what| matches!(what, What::Sent { kind: sent, .. } if *sent == kind)
}

/// A signal of this kind was read.
pub(super) fn received(kind: &str) -> impl Fn(&What) -> bool {
    move |what| matches!(what, What::Received { kind: read, .. } if *read == kind)
}

/// A fault on purpose hit a signal.
pub(super) fn hit(side: Side, disorder: &str, kind: &str) -> impl Fn(&What) -> bool {
    move |what| {
        matches!(what, What::Disturbed { side: of, disorder: did, kind: signal, .. }
            if *of == side && *did == disorder && *signal == kind)
    }
}

/// A state took this value.
pub(super) fn became(name: StateName, value: &str) -> impl Fn(&What) -> bool {
    move |what| matches!(what, What::State { name: of, value: is } if *of == name && is == value)
}

/// The browser refused a call that begins so.
pub(super) fn refused(call: &str) -> impl Fn(&What) -> bool {
    move |what| {
        matches!(what, What::Trouble(trouble)
            if trouble.refusal.as_ref().is_some_and(|refusal| refusal.call.starts_with(call)))
    }
}

/// A description of one side with another ICE session than this.
pub(super) fn renewed(side: Side, ufrag: &str) -> impl Fn(&What) -> bool {
    move |what| {
        matches!(what, What::Described { side: of, description }
            if *of == side && sdp::ufrag(&description.sdp).is_some_and(|now| now != ufrag))
    }
}
