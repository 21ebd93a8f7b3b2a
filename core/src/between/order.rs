//! The events of two records in the order of their times, as they come: each side tells its own in order, but in batches.

use std::collections::VecDeque;

use crate::io::{Event, Millis, Role, What};

/// What was told and not taken yet.
#[derive(Debug, Clone, Default)]
pub struct Order {
    offerer: VecDeque<Event>,
    answerer: VecDeque<Event>,
}

impl Order {
    /// One more event of a side.
    pub fn push(&mut self, role: Role, event: Event) {
        match role {
            Role::Offerer => self.offerer.push_back(event),
            Role::Answerer => self.answerer.push_back(event),
        }
    }

    /// The next event of both that is not later than `until`.
    pub fn next(&mut self, until: Millis) -> Option<(Role, Event)> {
        let role = match (self.offerer.front(), self.answerer.front()) {
            (Some(offerer), Some(answerer)) => earlier(offerer, answerer),
            (Some(_), None) => Role::Offerer,
            (None, _) => Role::Answerer,
        };
        let queue = match role {
            Role::Offerer => &mut self.offerer,
            Role::Answerer => &mut self.answerer,
        };
        let next = queue.pop_front_if(|event| event.at <= until)?;
        Some((role, next))
    }

    /// Whether nothing waits.
    pub fn is_empty(&self) -> bool {
        self.offerer.is_empty() && self.answerer.is_empty()
    }
}

/// Whose event was first. Clocks are coarse: at the same time, what was sent was before it came.
fn earlier(offerer: &Event, answerer: &Event) -> Role {
    let came = |event: &Event| matches!(event.what, What::Received { .. });
    let later = offerer.at > answerer.at;
    if later || offerer.at == answerer.at && came(offerer) && !came(answerer) {
        Role::Answerer
    } else {
        Role::Offerer
    }
}
