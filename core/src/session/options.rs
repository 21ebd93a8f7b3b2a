//! What the user switches on and off, and what the page tells of itself.

use super::Session;
use crate::command::Switch;
use crate::io::{Effect, Millis, Ticket, What};

const SECOND: Millis = 1_000.0;

impl Session {
    /// Tells what the browser and this page are.
    pub(super) fn tell_page(&mut self) {
        self.tell(What::Page {
            agent: self.start.agent.clone(),
            secure: self.start.secure,
            hidden: self.start.hidden,
        });
    }

    /// The page went into the background, or came back.
    pub(super) fn page_hidden(&mut self, hidden: bool) {
        if std::mem::replace(&mut self.start.hidden, hidden) != hidden {
            self.tell_page();
        }
    }

    /// Reads the statistics of a connection every second while that is switched on.
    pub(super) fn watch_statistics(&mut self) {
        let watched = self.facts.options.statistics && self.facts.attempt.peer_connection;
        let due = self.attempt.stats_at.is_none_or(|at| self.now >= at);
        if !watched {
            self.attempt.stats_at = None;
        } else if due {
            self.attempt.stats_at = Some(self.now + SECOND);
            self.read_statistics();
        }
    }

    pub(super) fn read_statistics(&mut self) {
        let attempt = self.attempt.number;
        self.order(Effect::ReadStats { attempt });
    }

    /// Switches an option; what is so already is not told again.
    pub(super) fn switch(&mut self, option: Switch, on: bool, ticket: Option<Ticket>) {
        let options = &mut self.facts.options;
        let place = match option {
            Switch::LetMeFail => &mut options.let_me_fail,
            Switch::AddByHand => &mut options.add_by_hand,
            Switch::StopAnswering => &mut options.stop_answering,
            Switch::Statistics => &mut options.statistics,
        };
        if std::mem::replace(place, on) != on {
            self.start.let_me_fail = self.facts.options.let_me_fail;
            self.tell(What::Option {
                option: option.name(),
                on,
            });
            if option == Switch::AddByHand && self.attempt.remote.is_some() {
                self.apply_kept_candidates();
            }
        }
        self.outcome(ticket, None);
    }
}
