//! One attempt: a peer connection from its preparation to its close, and the orders that wait for the browser.

use std::collections::VecDeque;

use super::candidates::{Mine, Theirs};
use super::{By, Session};
use crate::dialect::Channel;
use crate::facts::AttemptFacts;
use crate::guard::call;
use crate::io::{Effect, Millis, Operation, StateName, Ticket, What};
use crate::signal::Description;
use crate::step;
use crate::words::{Message, say};

/// What belongs to one peer connection and dies with it.
#[derive(Debug, Default)]
pub(super) struct Attempt {
    pub(super) number: u32,
    /// Nothing more is heard of it.
    pub(super) closed: bool,
    /// Made by the browser, not set yet.
    pub(super) created: Option<Description>,
    /// The last one made: what `send-offer` and `send-answer` give away.
    pub(super) made: Option<Description>,
    pub(super) local: Option<Description>,
    pub(super) remote: Option<Description>,
    /// The last one made here, whatever became of it.
    pub(super) own: Option<Description>,
    /// Came from the other side, not set yet.
    pub(super) received: Option<Description>,
    /// The user changed what waits to be set: ours, and theirs.
    pub(super) edited_mine: bool,
    pub(super) edited_theirs: bool,
    /// The last one that came, whatever became of it.
    pub(super) heard: Option<Description>,
    /// Handed over, to be said (again) whenever somebody is there to hear it.
    pub(super) given: Option<Description>,
    pub(super) mine: Vec<Mine>,
    pub(super) theirs: Vec<Theirs>,
    /// The end of candidates was said.
    pub(super) end_spoken: bool,
    /// The complete local description, once gathering ended (`paste:`).
    pub(super) complete: Option<String>,
    /// The attempt before ended while its offer was out: an answer to it may still be on its way.
    pub(super) follows_offer: bool,
    /// The signaling state was told at least once.
    pub(super) signaling_told: bool,
    /// What was last written to be carried by hand.
    pub(super) carried: String,
    pub(super) pending: VecDeque<Pending>,
    pub(super) chain: Chain,
    /// Chat lines on their way into the channel.
    pub(super) sending: VecDeque<(String, Option<Ticket>)>,
    /// The largest message the other side takes, in bytes.
    pub(super) max_message: Option<u64>,
    /// Channels added since the first one opened.
    pub(super) later: u32,
    /// The channels of the plan were asked for.
    pub(super) planned: bool,
    /// Channels that the browser was asked for and has not made yet.
    pub(super) adding: VecDeque<Channel>,
    /// When the statistics are read next.
    pub(super) stats_at: Option<Millis>,
    pub(super) patience: super::patience::Patience,
}

/// An order the browser has not answered yet.
#[derive(Debug)]
pub(super) struct Pending {
    pub(super) operation: Operation,
    pub(super) step: Option<u8>,
    pub(super) ticket: Option<Ticket>,
    /// Which of their candidates, for `AddCandidate`.
    pub(super) candidate: Option<usize>,
    /// What it was given, where it sets a description.
    pub(super) given: Option<Description>,
    /// The user wanted to see it fail: the run does not depend on it.
    pub(super) forced: bool,
}

impl Pending {
    /// An order nobody waits for.
    pub(super) fn new(operation: Operation) -> Self {
        Self {
            operation,
            step: None,
            ticket: None,
            candidate: None,
            given: None,
            forced: false,
        }
    }
}

/// Calls the page makes by itself, one after another: a new offer on what is agreed, or the reply to one.
#[derive(Debug, Default, Clone, Copy, PartialEq, Eq)]
pub(super) enum Chain {
    #[default]
    None,
    /// A new offer of ours; `restart`: with a new ICE session.
    Offer { restart: bool },
    /// The answer to a new offer of theirs.
    Reply { restart: bool },
}

impl Session {
    /// Prepares the next attempt: steps and candidates start anew.
    pub(super) fn begin_attempt(&mut self) {
        let number = self.attempt.number.saturating_add(1);
        self.attempt = Attempt {
            number,
            ..Attempt::default()
        };
        self.facts.attempt = AttemptFacts::default();
        self.facts.run.attempt = number;
        self.tell(What::AttemptBegan);
    }

    /// Closes the peer connection, if there is one, and prepares the next attempt.
    pub(super) fn end_attempt(&mut self, why: Message) {
        let offered = self.facts.attempt.given.is_some() && self.facts.offers();
        let follows_offer = offered && self.attempt.remote.is_none();
        self.close_attempt(why);
        self.begin_attempt();
        self.attempt.follows_offer = follows_offer;
        self.take_up_aside();
    }

    /// Whether the browser has a connection for this attempt, or was ordered to make one.
    pub(super) fn is_alive(&self) -> bool {
        let pending = &self.attempt.pending;
        let ordered = pending
            .iter()
            .any(|pending| pending.operation == Operation::Create);
        !self.attempt.closed && (self.facts.attempt.peer_connection || ordered)
    }

    /// Closes the peer connection for good; nothing more is heard of it.
    pub(super) fn close_attempt(&mut self, why: Message) {
        let alive = self.is_alive();
        self.attempt.closed = true;
        for pending in std::mem::take(&mut self.attempt.pending) {
            self.outcome(pending.ticket, Some(say("reason.attempt-ended")));
        }
        for (text, ticket) in std::mem::take(&mut self.attempt.sending) {
            self.refuse_line(text, say("chat.closed"), ticket);
        }
        if alive {
            let attempt = self.attempt.number;
            self.order(Effect::ClosePeerConnection { attempt });
        }
        if !self.facts.attempt.peer_connection {
            return;
        }
        let closed = || "closed".to_owned();
        if let Some(label) = self.facts.attempt.channel_label.take() {
            let (name, options, state) = (StateName::Channel, String::new(), closed());
            self.tell(What::State {
                name,
                value: closed(),
            });
            self.tell(What::Channel {
                label,
                options,
                state,
            });
        }
        for name in [
            StateName::Signaling,
            StateName::IceConnection,
            StateName::Connection,
        ] {
            self.tell(What::State {
                name,
                value: closed(),
            });
        }
        self.tell(What::AttemptEnded { why });
        self.facts.attempt = AttemptFacts::default();
    }

    /// The user hangs up but stays in the room.
    pub(super) fn close(&mut self, ticket: Option<Ticket>) {
        self.say_bye();
        if let Some(run) = &mut self.run {
            run.paused = true;
        }
        self.end_attempt(say("ended.you"));
        self.outcome(ticket, None);
    }

    /// Orders a call and remembers who waits for it.
    pub(super) fn operate(
        &mut self,
        operation: Operation,
        effect: Effect,
        by: By,
        ticket: Option<Ticket>,
    ) {
        let step = self.step_of(operation);
        if self.facts.attempt.failed == step {
            self.facts.attempt.failed = None;
        }
        let given = match &effect {
            Effect::SetLocalDescription { description, .. }
            | Effect::SetRemoteDescription { description, .. } => Some(description.clone()),
            _ => None,
        };
        self.attempt.pending.push_back(Pending {
            step,
            ticket,
            given,
            ..Pending::new(operation)
        });
        self.facts.attempt.busy = Some(operation);
        self.tell(What::Call {
            step,
            call: call(operation).to_owned(),
            by_page: by == By::Page,
        });
        self.order(effect);
    }

    /// Takes the order that the browser has now answered.
    pub(super) fn settle(&mut self, operation: Operation) -> Option<Pending> {
        let at = self
            .attempt
            .pending
            .iter()
            .position(|pending| pending.operation == operation)?;
        let pending = self.attempt.pending.remove(at);
        let busy = |pending: &&Pending| {
            !matches!(pending.operation, Operation::AddCandidate | Operation::Send)
        };
        self.facts.attempt.busy = self
            .attempt
            .pending
            .iter()
            .find(busy)
            .map(|pending| pending.operation);
        pending
    }

    fn step_of(&self, operation: Operation) -> Option<u8> {
        use crate::command::Plain;
        if self.attempt.chain != Chain::None {
            return None;
        }
        let command = match operation {
            Operation::Create => Plain::CreatePeerConnection,
            Operation::AddDataChannel => Plain::AddDataChannel,
            Operation::CreateOffer => Plain::CreateOffer,
            Operation::CreateAnswer => Plain::CreateAnswer,
            Operation::SetLocalDescription(_) => Plain::SetLocalDescription,
            Operation::SetRemoteDescription(_) => Plain::SetRemoteDescription,
            Operation::AddCandidate | Operation::Send | Operation::AddTrack => return None,
        };
        step::of_command(&self.facts, command)
    }
}
