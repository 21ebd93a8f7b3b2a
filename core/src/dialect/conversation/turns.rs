//! What is said again and again: keep-alives, announcements, an offer until it is answered.

use std::rc::Rc;

use super::Conversation;
use crate::dialect::event::Event;
use crate::dialect::told::Written;
use crate::dialect::write::What;
use crate::io::Millis;
use crate::signal::Description;

/// The most things that are repeated at once.
const MOST_TURNS: usize = 16;

/// Everything that is repeated at present.
#[derive(Debug, Clone, Default)]
pub(super) struct Turns(Vec<Turn>);

#[derive(Debug, Clone)]
struct Turn {
    rule: usize,
    event: Event,
    /// What the event carried.
    description: Option<Description>,
    last: Millis,
}

impl Turns {
    /// A rule was told, or begins with the opening: its next turn is one interval away.
    pub(super) fn begin(&mut self, rule: usize, event: Event, what: What<'_>, now: Millis) {
        self.0.retain(|turn| turn.rule != rule);
        if self.0.len() < MOST_TURNS {
            let description = match what {
                What::Description(description) => Some(description.clone()),
                _ => None,
            };
            self.0.push(Turn {
                rule,
                event,
                description,
                last: now,
            });
        }
    }

    /// What this event began is repeated no longer.
    pub(super) fn stop(&mut self, event: Event) {
        self.0.retain(|turn| turn.event != event);
    }
}

impl Conversation {
    /// When something is to be repeated next, on the clock of [`Self::at`]. None: nothing is, or its interval is not
    /// known yet.
    pub fn next_turn(&self) -> Option<Millis> {
        let due = self.turns.0.iter().filter_map(|turn| self.due(turn));
        due.min_by(f64::total_cmp)
    }

    /// Says what is due by now. A turn is skipped while a hole has no value or a condition does not hold.
    pub fn turn(&mut self) -> Written {
        let document = Rc::clone(&self.document);
        let now = self.source.now;
        let mut all = Written::default();
        for at in 0..self.turns.0.len() {
            let Some(turn) = self.turns.0.get(at).cloned() else {
                break;
            };
            let Some(rule) = document.rules.get(turn.rule) else {
                continue;
            };
            if self.due(&turn).is_none_or(|due| due > now) {
                continue;
            }
            if let Some(turn) = self.turns.0.get_mut(at) {
                turn.last = now;
            }
            let what = match &turn.description {
                Some(description) => What::Description(description),
                None => What::Nothing,
            };
            if !self.scope(what).hold(&rule.conditions) {
                continue;
            }
            let mut one = self.perform(turn.rule, rule, what);
            all.rule = one.rule;
            all.frames.append(&mut one.frames);
            all.fetches.append(&mut one.fetches);
            all.told.append(&mut one.told);
        }
        self.heed(&all.told);
        all
    }

    fn due(&self, turn: &Turn) -> Option<Millis> {
        let rule = self.document.rules.get(turn.rule)?;
        let interval = rule.every.as_ref()?.interval(&self.scope(What::Nothing))?;
        Some(turn.last + interval)
    }
}
