//! New offers on what is agreed, carried through by the page on both sides: an ICE restart (RFC 8445 2.4) brings new
//! candidates for the same connection, a renegotiation (RFC 8829 4.1.8) what was added to it.

use super::attempt::Chain;
use super::{By, Session};
use crate::io::{Effect, Operation, Side, Ticket, What};
use crate::sdp;
use crate::signal::{Description, DescriptionKind};
use crate::words::say;

impl Session {
    /// Makes a new offer, with a new ICE session if it is a `restart`; the rest follows by itself.
    pub(super) fn offer_again(&mut self, restart: bool, by: By, ticket: Option<Ticket>) {
        self.attempt.chain = Chain::Offer { restart };
        self.facts.attempt.restarting = true;
        let effect = Effect::CreateOffer {
            attempt: self.attempt.number,
            ice_restart: restart,
        };
        self.operate(Operation::CreateOffer, effect, by, ticket);
    }

    /// A new offer of the same peer connection: answered by the page, in every mode.
    pub(super) fn reply_again(&mut self, offer: Description) {
        let mine = matches!(self.attempt.chain, Chain::Offer { .. });
        if !self.facts.attempt.agreed() && !mine {
            return self.odd(&offer, "trouble.offer-too-early", "advice.finish-first");
        }
        if mine && !self.yields(&offer.sdp) {
            return self.note(say("note.glare-stand"));
        }
        let before = self.attempt.remote.as_ref();
        let before = before.and_then(|remote| sdp::ufrag(&remote.sdp));
        let restart = before != sdp::ufrag(&offer.sdp);
        self.attempt.chain = Chain::Reply { restart };
        self.attempt.patience.restarted = true;
        self.facts.attempt.restarting = true;
        self.note(say(if restart {
            "note.their-restart"
        } else {
            "note.their-renegotiation"
        }));
        self.tell(What::Described {
            side: Side::Theirs,
            description: offer.clone(),
        });
        self.order_remote(offer, By::Page, None);
    }

    /// The answer to our new offer.
    pub(super) fn finish_again(&mut self, answer: Description) {
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
            (Chain::Offer { .. }, Operation::CreateOffer)
            | (Chain::Reply { .. }, Operation::CreateAnswer) => {
                self.set_local(By::Page, None);
            }
            (Chain::Reply { .. }, Operation::SetRemoteDescription(Offer)) => {
                self.create_answer(By::Page, None)
            }
            (Chain::Offer { restart }, Operation::SetLocalDescription(Offer)) => {
                self.give_again(restart);
            }
            (Chain::Reply { restart }, Operation::SetLocalDescription(Answer)) => {
                self.give_again(restart);
                self.end_chain(restart);
            }
            (Chain::Offer { restart }, Operation::SetRemoteDescription(Answer)) => {
                self.end_chain(restart);
            }
            _ => {}
        }
    }

    fn give_again(&mut self, restart: bool) {
        self.attempt.given = self.attempt.made.clone();
        self.facts.attempt.spoken = false;
        if restart {
            self.facts.attempt.flowing = true;
            self.flow();
        } else {
            self.speak(false);
        }
    }

    fn end_chain(&mut self, restart: bool) {
        self.attempt.chain = Chain::None;
        self.facts.attempt.restarting = false;
        self.note(say(if restart {
            "note.restarted"
        } else {
            "note.renegotiated"
        }));
    }
}
