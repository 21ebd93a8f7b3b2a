//! What lies between two browsers: which pairs of ICE sessions work, and what each side sees when the other is gone.

use webrtc_steps_core::io::{RtcReport, StateName};
use webrtc_steps_core::sdp;

use super::browser::{Channel, Connection};
use super::sdp::Engine;
use super::world::{Due, World};

/// Checks and keys, then the channel, in ms.
const CHECKS: f64 = 20.0;
const KEYS: f64 = 4.0;

impl World {
    /// Sees for every connection how its checks stand; called whenever a description or a candidate was set.
    pub(crate) fn look_for_pairs(&mut self) {
        for side in 0..self.sides.len() {
            self.watch_patience(side);
            for with in (0..self.sides.len()).filter(|with| *with != side) {
                self.look_at(side, with);
            }
        }
    }

    fn look_at(&mut self, side: usize, with: usize) {
        let (Some(mine), Some(theirs)) =
            (&self.sides[side].connection, &self.sides[with].connection)
        else {
            return;
        };
        let attempt = mine.attempt;
        if !self.network.direct
            || mine.ice.dead
            || mine.state == "connected" && !is_new(mine, theirs)
        {
            return;
        }
        if mutual(mine, theirs) && mine.ice.real + theirs.ice.real > 0 && !theirs.ice.dead {
            return self.later(CHECKS, side, Due::Connects { attempt, with });
        }
        // Each answers checks as soon as its own description is set; that is enough for Chromium, Firefox waits for more.
        let answers = mine.speaker.engine == Engine::Chromium
            && names(mine, theirs)
            && !theirs.ice.local.is_empty();
        if mine.ice.agreed() && mine.ice.real > 0 && answers && mine.ice_state == "checking" {
            self.ice_state(side, attempt, "connected");
        }
    }

    /// The checks of both succeeded: keys are agreed, then the channel opens.
    pub(crate) fn connects(&mut self, side: usize, attempt: u32, with: usize) {
        let (Some(mine), Some(theirs)) =
            (&self.sides[side].connection, &self.sides[with].connection)
        else {
            return;
        };
        let fits =
            mine.attempt == attempt && mutual(mine, theirs) && !mine.ice.dead && !theirs.ice.dead;
        let is_up = mine.state == "connected" && !is_new(mine, theirs);
        if !fits || is_up || !self.network.direct {
            return;
        }
        let partner = Some((with, theirs.attempt));
        let announced = theirs
            .channel
            .as_ref()
            .filter(|channel| channel.own && !channel.negotiated)
            .map(|channel| channel.label.clone());
        let agreed = theirs
            .channel
            .as_ref()
            .is_some_and(|channel| channel.negotiated);
        let Some(mine) = self.connection(side, attempt) else {
            return;
        };
        mine.partner = partner;
        let before = std::mem::replace(&mut mine.state, "connected");
        self.ice_state(side, attempt, "connected");
        if before != "connected" {
            self.state(side, attempt, StateName::Connection, "connected");
        }
        if before != "connected" {
            self.open_channels(side, attempt, announced, agreed);
        }
    }

    /// A channel of one's own opens; one of the other side's is announced, and both may be there after two offers crossed.
    fn open_channels(
        &mut self,
        side: usize,
        attempt: u32,
        announced: Option<String>,
        agreed: bool,
    ) {
        let Some(mine) = self.connection(side, attempt) else {
            return;
        };
        let is_own = mine
            .channel
            .as_ref()
            .is_some_and(|channel| channel.state == "connecting" && channel.negotiated == agreed);
        if let Some(label) = announced.filter(|_| is_own || mine.channel.is_none()) {
            mine.channel.get_or_insert(Channel {
                label: label.clone(),
                state: "connecting",
                own: false,
                negotiated: false,
                buffered: 0,
            });
            self.report(side, attempt, RtcReport::ChannelAnnounced { label });
            self.later(KEYS, side, Due::ChannelOpens { attempt });
        }
        if is_own {
            self.later(KEYS, side, Due::ChannelOpens { attempt });
        }
    }

    pub(crate) fn channel_opens(&mut self, side: usize, attempt: u32) {
        self.channel_state(side, attempt, "open");
    }

    pub(crate) fn channel_closes(&mut self, side: usize, attempt: u32) {
        self.channel_state(side, attempt, "closing");
        self.channel_state(side, attempt, "closed");
    }

    fn channel_state(&mut self, side: usize, attempt: u32, state: &'static str) {
        let Some(channel) = self
            .connection(side, attempt)
            .and_then(|connection| connection.channel.as_mut())
        else {
            return;
        };
        channel.state = state;
        let (label, state) = (channel.label.clone(), state.to_owned());
        self.report(side, attempt, RtcReport::ChannelState { label, state });
    }

    /// The patience of a browser is over, unless something changed meanwhile.
    pub(crate) fn lose_patience(&mut self, side: usize, attempt: u32) {
        let now = self.now;
        let Some(connection) = self.connection(side, attempt) else {
            return;
        };
        let engine = connection.speaker.engine;
        let over = connection
            .ice
            .gives_up_at(engine)
            .is_some_and(|at| now >= at);
        let waiting =
            matches!(connection.ice_state, "new" | "checking") && connection.state != "failed";
        if !over || !waiting {
            return;
        }
        // Chromium comes back when a pair works later; Firefox does not.
        connection.ice.dead = engine == Engine::Firefox;
        connection.state = "failed";
        self.ice_state(
            side,
            attempt,
            if engine == Engine::Firefox {
                "failed"
            } else {
                "disconnected"
            },
        );
        self.state(side, attempt, StateName::Connection, "failed");
    }

    /// The other end does not answer any more; `cut` is the cut of the network it is due to.
    pub(crate) fn fades(&mut self, side: usize, attempt: u32, to: &'static str, cut: u32) {
        let healed = self.network.direct || cut != self.network.cuts;
        let partner = self.sides[side]
            .connection
            .as_ref()
            .and_then(|connection| connection.partner);
        let there = partner.is_some_and(|(other, theirs)| {
            self.sides[other]
                .connection
                .as_ref()
                .is_some_and(|connection| connection.attempt == theirs)
        });
        let Some(connection) = self
            .connection(side, attempt)
            .filter(|_| !(healed && there))
        else {
            return;
        };
        connection.state = to;
        connection.ice.dead = to == "failed" && connection.speaker.engine == Engine::Firefox;
        self.ice_state(side, attempt, to);
        self.state(side, attempt, StateName::Connection, to);
    }

    /// Closes a side's connection; the other end learns of it.
    pub(crate) fn close_connection(&mut self, side: usize, attempt: u32) {
        if self.connection(side, attempt).is_none() {
            return;
        }
        let partner = self.sides[side]
            .connection
            .take()
            .and_then(|connection| connection.partner);
        if let Some((other, theirs)) = partner {
            self.later(50.0, other, Due::ChannelCloses { attempt: theirs });
            self.fade(other, theirs);
        }
    }

    /// Cuts the direct way between all browsers, or heals it.
    pub(crate) fn cut(&mut self, direct: bool) {
        self.network.direct = direct;
        self.network.cuts += 1;
        if direct {
            return self.look_for_pairs();
        }
        for side in 0..self.sides.len() {
            let connected = self.sides[side]
                .connection
                .as_ref()
                .filter(|connection| connection.state == "connected");
            if let Some(attempt) = connected.map(|connection| connection.attempt) {
                self.fade(side, attempt);
            }
        }
    }

    /// A page dies without a word.
    pub(crate) fn crash(&mut self, side: usize) {
        self.sides[side].gone = true;
        self.close_link(side, None);
        if let Some((other, theirs)) = self.sides[side]
            .connection
            .take()
            .and_then(|connection| connection.partner)
        {
            self.fade(other, theirs);
        }
    }

    fn fade(&mut self, side: usize, attempt: u32) {
        let (first, second) = match self.sides[side].engine {
            Engine::Chromium => (5_100.0, 15_100.0),
            Engine::Firefox => (10_400.0, 30_900.0),
        };
        let cut = self.network.cuts;
        self.later(
            first,
            side,
            Due::Fades {
                attempt,
                to: "disconnected",
                cut,
            },
        );
        self.later(
            second,
            side,
            Due::Fades {
                attempt,
                to: "failed",
                cut,
            },
        );
    }

    fn watch_patience(&mut self, side: usize) {
        let now = self.now;
        let Some(connection) = &mut self.sides[side].connection else {
            return;
        };
        let attempt = connection.attempt;
        let checks = connection.ice.agreed()
            && (connection.ice.real > 0 || connection.speaker.engine == Engine::Firefox);
        let fresh = matches!(connection.ice_state, "new" | "failed" | "disconnected")
            && !connection.ice.dead;
        let Some(at) = connection.ice.gives_up_at(connection.speaker.engine) else {
            return;
        };
        if checks && fresh && at > now && connection.state != "connected" {
            connection.state = "connecting";
            self.ice_state(side, attempt, "checking");
            self.state(side, attempt, StateName::Connection, "connecting");
        }
        self.later(at - now, side, Due::Patience { attempt });
    }

    fn ice_state(&mut self, side: usize, attempt: u32, value: &'static str) {
        let Some(connection) = self.connection(side, attempt) else {
            return;
        };
        if std::mem::replace(&mut connection.ice_state, value) != value {
            self.state(side, attempt, StateName::IceConnection, value);
        }
    }
}

/// The description set at `mine` is of `theirs`.
fn names(mine: &Connection, theirs: &Connection) -> bool {
    let remote = mine
        .remote
        .as_ref()
        .and_then(|remote| sdp::fingerprint(&remote.sdp));
    remote == Some(theirs.speaker.fingerprint().as_str()) && mine.ice.remote == theirs.ice.local
}

/// Both have agreed, with each other and on the same ICE sessions.
fn mutual(mine: &Connection, theirs: &Connection) -> bool {
    mine.ice.agreed() && theirs.ice.agreed() && names(mine, theirs) && names(theirs, mine)
}

/// A connected pair looks again only when a restart began new ICE sessions.
fn is_new(mine: &Connection, theirs: &Connection) -> bool {
    mine.ice_state != "connected"
        || mine
            .partner
            .is_none_or(|(_, attempt)| attempt != theirs.attempt)
}
