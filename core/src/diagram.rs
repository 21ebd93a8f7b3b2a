//! The sequence diagram as data: a fold over the record of a run into rows, which a page or a picture then draws.

mod calls;
mod inside;
mod marks;
mod messages;
mod network;
mod reads;
mod row;
mod svg;
mod tail;

use std::collections::{BTreeMap, BTreeSet};

pub use inside::{Part, parts};
pub use reads::{Say, sentence, text, unseen, when};
pub use row::{Inside, Lane, Row, Scene, Shape, Text, Tone, When, Wire};
pub(crate) use svg::draw;
pub use svg::svg;
pub(crate) use tail::gap;

use crate::brief;
use crate::io::{Event, LinkState, Millis, Side, What};
use crate::settings;
use crate::words::say;
use calls::Calls;
use tail::Waiting;

/// A silence before a row that is worth saying, in milliseconds.
pub const SILENCE: Millis = 10_000.0;

/// Who stands above the lifelines: a name and a second line each.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Heads {
    pub me: String,
    /// `diagram.between.…`: what carries the signals.
    pub between: Text,
    pub host: Text,
    pub peer: Text,
    pub servers: Text,
}

/// The rows of a run so far. Everything is kept as data, so that what was folded away can be drawn again.
#[derive(Debug, Clone, Default)]
pub struct Diagram {
    heads: Heads,
    scene: Scene,
    rows: Vec<Row>,
    changed: BTreeSet<usize>,
    /// Events taken so far.
    told: usize,
    began: Millis,
    at: Millis,
    calls: Calls,
    waiting: Waiting,
    servers: Vec<String>,
    /// What the dialect repeats: its rule, its row, and how often it went out.
    repeats: Vec<(Option<usize>, usize, u32)>,
    /// The rows of candidates, by whose and which.
    candidates: BTreeMap<(bool, usize), usize>,
    /// The row of the ICE checks of this attempt.
    checks: Option<usize>,
    /// The row of steps that are being inferred now.
    inferred: Option<usize>,
    /// The first channel of this attempt.
    talk: Option<String>,
    /// Whether the page was in the background last.
    hidden: bool,
    /// The row that says so.
    away: Option<usize>,
}

impl Diagram {
    /// Takes one event: at most two rows come of it, or an older row says more.
    pub fn apply(&mut self, event: &Event) {
        self.told += 1;
        self.at = event.at;
        self.scene(&event.what);
        self.head(&event.what);
        self.waiting.apply(event);
        self.marks(event);
        self.calls(event);
        self.signals(&event.what);
        self.network(&event.what);
        self.direct(&event.what);
        self.theirs(&event.what);
    }

    /// How many events were taken so far.
    pub fn told(&self) -> usize {
        self.told
    }

    /// Every row so far, oldest first.
    pub fn rows(&self) -> &[Row] {
        &self.rows
    }

    /// Rows that say more than when they were drawn, by their place. Told once.
    pub fn take_changed(&mut self) -> BTreeSet<usize> {
        std::mem::take(&mut self.changed)
    }

    /// What stands after the last row: a silence, what was never sent, and what the next step does.
    pub fn tail(&self, now: Millis) -> Vec<Row> {
        self.waiting.rows(self, now)
    }

    pub fn heads(&self) -> &Heads {
        &self.heads
    }

    /// How the lifelines look now.
    pub fn now(&self) -> Scene {
        self.scene
    }

    /// A time of the run as a person reads it: minutes, seconds and milliseconds since it began.
    pub fn clock(&self, at: Millis) -> String {
        brief::clock(at - self.began)
    }

    /// Keeps what the lifelines say: whose they are, whether a peer connection is there, whether the channel is open.
    fn scene(&mut self, what: &What) {
        let scene = &mut self.scene;
        match what {
            What::Role { role, .. } => scene.role = *role,
            What::Done { call, .. } if call.starts_with("new ") => scene.mine = true,
            What::AttemptBegan | What::AttemptEnded { .. } | What::Left => {
                (scene.mine, scene.theirs, scene.open) = (false, false, false);
                self.talk = None;
            }
            What::Received {
                kind: "offer" | "answer",
                ..
            } => scene.theirs = true,
            What::Channel { label, state, .. } => {
                // Channels that came later open and close without changing who talks how.
                let first = self.talk.get_or_insert_with(|| label.clone());
                if first == label {
                    scene.open = state == "open";
                }
            }
            What::Link { state, .. } => scene.linked = *state == LinkState::Open,
            What::CandidateError { .. } => scene.servers = true,
            _ => {}
        }
    }

    fn head(&mut self, what: &What) {
        let heads = &mut self.heads;
        match what {
            What::Joining {
                endpoint,
                ice_servers,
                ..
            } => {
                self.began = self.at;
                self.scene.servers = !ice_servers.is_empty();
                self.servers.clone_from(ice_servers);
                *heads = Heads::default();
                let (between, host) = match endpoint.trim() {
                    "tabs:" => ("diagram.between.tabs", say("diagram.no-server").into()),
                    "line:" => ("diagram.between.line", say("diagram.no-server").into()),
                    "paste:" => ("diagram.between.paste", say("diagram.no-server").into()),
                    socket => (
                        "diagram.between.relay",
                        settings::host(socket).unwrap_or(socket).into(),
                    ),
                };
                (heads.between, heads.host) = (say(between).into(), host);
                heads.peer = say("diagram.not-here").into();
                heads.servers = match ice_servers.as_slice() {
                    [one] => brief::name(one).into(),
                    all => say("diagram.servers").with("count", all.len()).into(),
                };
            }
            What::Joined { me: Some(me), .. } => heads.me = brief::name(me),
            What::PeerJoined { peer } => heads.peer = brief::name(peer).into(),
            What::PeerLeft { .. } => heads.peer = say("diagram.not-here").into(),
            _ => {}
        }
    }

    /// Puts a row at the end, at the time of the event that is being taken; its place.
    fn put(&mut self, row: Row) -> usize {
        let last = self.rows.last().map(|row| row.when);
        // In a conversation silence means nothing.
        if let (Some(When::At(last)), false) = (last, self.scene.open)
            && self.at - last >= SILENCE
            && last >= self.began
        {
            let gap = self.placed(gap(self.at - last));
            self.rows.push(Row {
                event: None,
                when: When::Lasts,
                ..gap
            });
        }
        let row = self.placed(row);
        self.rows.push(row);
        self.rows.len() - 1
    }

    fn placed(&self, row: Row) -> Row {
        Row {
            event: Some(self.told),
            when: When::At(self.at),
            scene: self.scene,
            ..row
        }
    }

    /// Changes an older row.
    fn change(&mut self, place: usize, change: impl FnOnce(&mut Row)) {
        if let Some(row) = self.rows.get_mut(place) {
            change(row);
            self.changed.insert(place);
        }
    }

    /// The event that is being taken, as what opens.
    fn this(&self) -> Inside {
        Inside::Event(self.told - 1)
    }
}

/// Whose lane a side has.
fn lane(side: Side) -> Lane {
    match side {
        Side::Mine => Lane::Mine,
        Side::Theirs => Lane::Theirs,
    }
}
