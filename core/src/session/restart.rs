//! ICE restarts (RFC 8445 2.4): new candidates for the same connection, carried through by the page on both sides.

use super::attempt::Chain;
use super::{By, Session};
use crate::io::{Effect, Operation, Side, Ticket, What};
use crate::signal::{Description, DescriptionKind};
use crate::words::say;

impl Session {
    /// Makes a restart offer; the rest follows by itself.
    pub(super) fn restart_ice(&mut self, by: By, ticket: Option<Ticket>) {
        self.attempt.chain = Chain::Restart;
        self.facts.attempt.restarting = true;
        let effect = Effect::CreateOffer {
            attempt: self.attempt.number,
            ice_restart: true,
        };
        self.operate(Operation::CreateOffer, effect, by, ticket);
    }

    /// The answer to our restart offer.
    pub(super) fn finish_restart(&mut self, answer: Description) {
        self.tell(What::Described {
            side: Side::Theirs,
            description: answer.clone(),
        });
        self.order_remote(answer, By::Page, None);
    }

    /// The next call of a chain, or none.
    pub(super) fn go_on(&mut self, done: Operation) {
        use DescriptionKind::{Answer, Offer};
        match (self.attempt.chain, done) {
            (Chain::Restart, Operation::CreateOffer) | (Chain::Reply, Operation::CreateAnswer) => {
                self.set_local(By::Page, None);
            }
            (Chain::Reply, Operation::SetRemoteDescription(Offer)) => {
                self.create_answer(By::Page, None)
            }
            (Chain::Restart, Operation::SetLocalDescription(Offer)) => self.give_again(),
            (Chain::Reply, Operation::SetLocalDescription(Answer)) => {
                self.give_again();
                self.end_chain();
            }
            (Chain::Restart, Operation::SetRemoteDescription(Answer)) => self.end_chain(),
            _ => {}
        }
    }

    fn give_again(&mut self) {
        self.attempt.given = self.attempt.made.clone();
        self.facts.attempt.spoken = false;
        self.facts.attempt.flowing = true;
        self.flow();
    }

    fn end_chain(&mut self) {
        self.attempt.chain = Chain::None;
        self.facts.attempt.restarting = false;
        self.note(say("note.restarted"));
    }
}
