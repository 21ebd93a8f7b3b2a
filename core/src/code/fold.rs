//! What the code needs to know of a run, folded from its events.

use std::collections::BTreeMap;

use super::order::{Deed, Deeds};
use crate::io::{Chosen, Event, Millis, Role, What};
use crate::step::{Status, Whose};
use crate::words::Message;

/// A run so far.
#[derive(Debug, Clone, Default)]
pub struct Run {
    pub(super) joining: Option<Joining>,
    pub(super) chosen: Option<Chosen>,
    pub(super) me: Option<String>,
    pub(super) partner: Option<String>,
    pub(super) role: Option<Role>,
    /// Label and options of the first channel that this side made.
    pub(super) channel: Option<(String, String)>,
    pub(super) deeds: Deeds,
    /// The steps of this side that ran in the present attempt.
    pub(super) ran: BTreeMap<u8, Ran>,
    /// What the call of a step led to at once, whatever became of it later.
    pub(super) led_to: BTreeMap<u8, Message>,
    /// Frames as on the wire, by step: the first of each.
    pub(super) frames: BTreeMap<u8, String>,
    /// Media were added, or faults were made: a program has neither.
    pub(super) media: bool,
    pub(super) faults: bool,
}

/// What a fact changed of the code.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Changed {
    Nothing,
    /// What is shown of this step.
    Step(u8),
    All,
    /// A run begins.
    Begun,
}

/// A step that ran.
#[derive(Debug, Clone)]
pub(super) struct Ran {
    pub(super) at: Millis,
    pub(super) fact: Option<Message>,
}

/// What was joined with; see [`What::Joining`].
#[derive(Debug, Clone)]
pub(super) struct Joining {
    pub(super) endpoint: String,
    pub(super) room: String,
    pub(super) trickles: bool,
    pub(super) dialect: String,
    pub(super) ice_servers: Vec<String>,
    pub(super) vars: Vec<(String, String)>,
    pub(super) hosts: Vec<String>,
    pub(super) tells_peers: bool,
    pub(super) relay_only: bool,
}

/// An answer to a question of the dialect, as the form has it: name and text.
pub type Answer = (String, String);

impl Run {
    /// Folds a whole record.
    pub fn of(record: &[Event]) -> Self {
        let mut run = Self::default();
        for event in record {
            run.apply(event);
        }
        run
    }

    /// Takes one fact, and says what of the code it changed.
    pub fn apply(&mut self, event: &Event) -> Changed {
        match &event.what {
            What::Joining { .. } => {
                self.begin(&event.what);
                Changed::Begun
            }
            What::Step {
                step,
                status,
                whose: Whose::Mine,
                fact,
                ..
            } => self.step(event.at, *step, *status, fact.as_ref()),
            What::Done { step, call, fact } => {
                let deed = self.deed(Deed::of_call(call));
                deed.max(self.call_done(*step, fact.as_ref()))
            }
            What::Sent {
                step,
                kind,
                to,
                text,
                ..
            } => {
                let deed = self.deed(Deed::of_sent(kind));
                deed.max(self.signal(to.as_ref(), *step, text))
            }
            What::Received {
                step, from, text, ..
            } => self.signal(from.as_ref(), *step, text),
            other => self.circumstance(other),
        }
    }

    /// Whether this step of this side is done, and when that was.
    pub fn ran(&self, step: u8) -> Option<Millis> {
        self.ran.get(&step).map(|ran| ran.at)
    }

    /// The steps of this side that ran, in the order in which they did.
    pub fn steps(&self) -> Vec<u8> {
        let mut steps: Vec<u8> = self.ran.keys().copied().collect();
        steps.sort_by(|a, b| {
            f64::total_cmp(&self.ran(*a).unwrap_or(0.0), &self.ran(*b).unwrap_or(0.0))
        });
        steps
    }

    fn begin(&mut self, what: &What) {
        let What::Joining {
            endpoint,
            room,
            mode,
            dialect,
            ice_servers,
            vars,
            hosts,
            tells_peers,
            relay_only,
            ..
        } = what
        else {
            return;
        };
        let chosen = self.chosen.take();
        *self = Self {
            joining: Some(Joining {
                endpoint: endpoint.clone(),
                room: room.clone(),
                trickles: mode != "manual",
                dialect: dialect.clone(),
                ice_servers: ice_servers.clone(),
                vars: vars.clone(),
                hosts: hosts.clone(),
                tells_peers: *tells_peers,
                relay_only: *relay_only,
            }),
            chosen,
            ..Self::default()
        };
    }

    /// Who and what is there.
    fn circumstance(&mut self, what: &What) -> Changed {
        match what {
            What::Dialect(chosen) => self.chosen = Some(chosen.clone()),
            What::Role {
                role: Some(role), ..
            } => self.role = Some(*role),
            What::Joined { me, .. } => self.me.clone_from(me),
            What::PeerJoined { peer } if !peer.is_empty() => self.partner = Some(peer.clone()),
            What::AttemptBegan => {
                self.deeds = Deeds::default();
                self.ran.clear();
                self.frames.clear();
                self.led_to.clear();
            }
            What::Channel { label, options, .. }
                if !options.is_empty() && self.channel.is_none() =>
            {
                self.channel = Some((label.clone(), options.clone()));
            }
            What::Track { .. } => self.media = true,
            What::Disturbances(faults) => self.faults |= !faults.is_empty(),
            _ => return Changed::Nothing,
        }
        Changed::All
    }

    fn call_done(&mut self, step: Option<u8>, fact: Option<&Message>) -> Changed {
        let (Some(step), Some(fact)) = (step, fact) else {
            return Changed::Nothing;
        };
        self.led_to.insert(step, fact.clone());
        Changed::Step(step)
    }

    fn deed(&mut self, deed: Option<Deed>) -> Changed {
        if self.deeds.extend(deed) {
            Changed::All
        } else {
            Changed::Nothing
        }
    }

    fn step(&mut self, at: Millis, step: u8, status: Status, fact: Option<&Message>) -> Changed {
        let before = self.ran.get(&step).map(|ran| ran.fact.clone());
        if status == Status::Done {
            let ran = self.ran.entry(step).or_insert(Ran { at, fact: None });
            ran.fact = fact.cloned();
        } else {
            self.ran.remove(&step);
        }
        let after = self.ran.get(&step).map(|ran| ran.fact.clone());
        if before == after {
            Changed::Nothing
        } else {
            Changed::Step(step)
        }
    }

    /// A frame went or came; whom it names is the partner.
    fn signal(&mut self, peer: Option<&String>, step: Option<u8>, text: &str) -> Changed {
        let mut changed = Changed::Nothing;
        if peer.is_some() && peer != self.partner.as_ref() {
            self.partner = peer.cloned();
            changed = Changed::All;
        }
        if let Some(step) = step.filter(|step| !self.frames.contains_key(step)) {
            self.frames.insert(step, text.to_owned());
            changed = changed.max(Changed::Step(step));
        }
        changed
    }
}
