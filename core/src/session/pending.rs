//! The descriptions that wait to be set: told whenever they change, and changed by the user.

use super::Session;
use crate::facts::Size;
use crate::guard;
use crate::io::{Side, Ticket, What};
use crate::signal::Description;
use crate::words::say;

/// A description that waits to be set, and whether the user changed it.
#[derive(Debug, Default, Clone, PartialEq, Eq)]
pub(super) struct Waiting {
    description: Option<Description>,
    edited: bool,
}

impl Session {
    /// Tells what the next call that sets a description will be given, where that is new.
    pub(super) fn show_pending(&mut self) {
        for side in [Side::Mine, Side::Theirs] {
            let attempt = &self.attempt;
            let (description, edited, shown) = match side {
                Side::Mine => (&attempt.created, attempt.edited_mine, &mut self.shown.mine),
                Side::Theirs => (
                    &attempt.received,
                    attempt.edited_theirs,
                    &mut self.shown.theirs,
                ),
            };
            let description = description.as_ref().filter(|_| !attempt.closed);
            let edited = edited && description.is_some();
            if shown.description.as_ref() == description && shown.edited == edited {
                continue;
            }
            let description = description.cloned();
            shown.description.clone_from(&description);
            shown.edited = edited;
            self.tell(What::Pending {
                side,
                description,
                edited,
            });
        }
    }

    /// Replaces the text of a description that waits to be set. What the browser says about it is told when it is set.
    pub(super) fn edit(&mut self, side: Side, sdp: String, ticket: Option<Ticket>) {
        if let Err(reason) = guard::idle(&self.facts) {
            return self.outcome(ticket, Some(reason));
        }
        let attempt = &mut self.attempt;
        let (place, edited) = match side {
            Side::Mine => (&mut attempt.created, &mut attempt.edited_mine),
            Side::Theirs => (&mut attempt.received, &mut attempt.edited_theirs),
        };
        let Some(waiting) = place.as_mut() else {
            return self.outcome(ticket, Some(say("reason.nothing-to-edit")));
        };
        *edited |= waiting.sdp != sdp;
        waiting.sdp = sdp;
        let changed = waiting.clone();
        let size = Size {
            kind: changed.kind,
            bytes: changed.sdp.len(),
        };
        let facts = &mut self.facts.attempt;
        match side {
            Side::Mine => {
                facts.created = Some(size);
                facts.made = Some(size);
                attempt.made = Some(changed);
            }
            Side::Theirs => facts.received = Some(size),
        }
        self.outcome(ticket, None);
    }
}
