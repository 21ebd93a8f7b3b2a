//! What the user switches on and off, and what the page tells of itself.

use super::Session;
use crate::command::Switch;
use crate::io::{Ticket, What};

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
            let option = option.name();
            self.tell(What::Option { option, on });
        }
        self.outcome(ticket, None);
    }
}
