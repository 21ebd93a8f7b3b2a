//! What both sides tell of: a message that one sent and the other received, and what the two do together.

use std::collections::VecDeque;

use super::{Between, mirror, other, wait};
use crate::diagram::{Inside, Row, Shape, When};
use crate::io::{Event, Millis, Role, What};

/// How far apart the two may tell of what they do together, in milliseconds: a person stands between them. A line of chat comes when it
/// comes.
const TOGETHER: Millis = 60_000.0;

/// What the other side did not tell of yet.
#[derive(Debug, Clone, Default)]
pub(super) struct Meeting {
    /// Signals on their way.
    flying: VecDeque<Flying>,
    /// What both do, by the place of its row, and who told of it.
    told: VecDeque<(usize, Role)>,
}

/// A signal on its way.
#[derive(Debug, Clone)]
struct Flying {
    entry: usize,
    sender: Role,
    kind: &'static str,
    text: String,
    /// The step of the endpoint that passes it on.
    endpoint: Option<u8>,
}

impl Between {
    /// A signal that goes out: that it is passed on and comes is known when the other side tells so. The endpoint's step.
    pub(super) fn depart(&self, role: Role, row: &mut Row, event: &Event) -> Option<u8> {
        let Shape::Wire(wire) = &mut row.shape else {
            return None;
        };
        if !wire.onward || !matches!(event.what, What::Sent { .. }) {
            return None;
        }
        let arrival = match role {
            Role::Offerer => &mut wire.far,
            Role::Answerer => &mut row.step,
        };
        *arrival = None;
        wire.endpoint.take()
    }

    /// What the other side will tell of too.
    pub(super) fn await_other(
        &mut self,
        role: Role,
        entry: usize,
        event: &Event,
        endpoint: Option<u8>,
    ) {
        let Some(put) = self.entries.get(entry) else {
            return;
        };
        match &event.what {
            What::Sent { kind, text, .. } if matches!(&put.row.shape, Shape::Wire(wire) if wire.onward) =>
            {
                let flying = Flying {
                    entry,
                    sender: role,
                    kind,
                    text: text.clone(),
                    endpoint,
                };
                wait(&mut self.meeting.flying, flying);
            }
            what if mirror::is_mutual(&put.row, what) => {
                wait(&mut self.meeting.told, (entry, role));
            }
            _ => {}
        }
    }

    /// Whether the other side told of this before: then its row says more.
    pub(super) fn meets(&mut self, role: Role, row: &Row, event: &Event) -> bool {
        match &event.what {
            What::Received {
                step, kind, text, ..
            } => self.lands(role, *step, (kind, text), &row.inside),
            what if mirror::is_mutual(row, what) => self.told_too(role, row, event),
            _ => false,
        }
    }

    /// A signal came: the first one on its way with this text, or else of this kind, where the line wrote it anew.
    fn lands(&mut self, role: Role, step: Option<u8>, came: (&str, &str), inside: &Inside) -> bool {
        let (kind, text) = came;
        let sent = |flying: &Flying| flying.sender == other(role) && flying.kind == kind;
        let flying = &mut self.meeting.flying;
        let same = flying
            .iter()
            .position(|flying| sent(flying) && flying.text == text);
        let Some(at) = same.or_else(|| flying.iter().position(sent)) else {
            return false;
        };
        let Some(flying) = flying.remove(at) else {
            return false;
        };
        let Some(entry) = self.entries.get_mut(flying.entry) else {
            return false;
        };
        let row = &mut entry.row;
        if let Shape::Wire(wire) = &mut row.shape {
            wire.arrived = true;
            wire.endpoint = flying.endpoint;
            let arrival = match role {
                Role::Answerer => &mut wire.far,
                Role::Offerer => &mut row.step,
            };
            *arrival = step;
        }
        row.inside = inside.clone();
        entry.record = role;
        entry.also = Some((role, self.at));
        self.changed.insert(flying.entry);
        true
    }

    /// The other end tells of what both do.
    fn told_too(&mut self, role: Role, row: &Row, event: &Event) -> bool {
        let line = matches!(event.what, What::Chat { .. });
        let same = |(place, teller): &(usize, Role)| {
            let Some(entry) = self.entries.get(*place) else {
                return false;
            };
            let near = matches!(entry.row.when, When::At(at) if event.at - at <= TOGETHER);
            *teller != role
                && entry.row.shape == row.shape
                && entry.row.what == row.what
                && (!line || entry.row.fact == row.fact)
                && (line || near)
        };
        let Some(at) = self.meeting.told.iter().position(same) else {
            return false;
        };
        let Some((place, _)) = self.meeting.told.remove(at) else {
            return false;
        };
        if let Some(entry) = self.entries.get_mut(place) {
            entry.also = Some((role, self.at));
        }
        self.changed.insert(place);
        true
    }
}
