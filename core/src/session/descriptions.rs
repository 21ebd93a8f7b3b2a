//! Descriptions that come: whose they are, whether they are new, and what happens when two offers cross.

use super::Session;
use super::attempt::Chain;
use crate::facts::Size;
use crate::io::{Role, Side, Ticket, What};
use crate::sdp::{self, Mend};
use crate::settings::Mode;
use crate::signal::{Description, DescriptionKind};
use crate::trouble::{Blame, Trouble};
use crate::words::say;

impl Session {
    /// A description came from the other side.
    pub(super) fn receive(&mut self, from: Option<String>, description: Description) {
        let (description, mends) = sdp::mend(&description);
        if let Some(peer) = from.as_deref().filter(|peer| !peer.is_empty()) {
            if self.is_stranger(peer) {
                return self.set_aside(peer, description);
            }
            self.heard_from(peer);
        }
        self.attempt.heard = Some(description.clone());
        if self.is_mine(&description.sdp) {
            return self.odd(&description, "trouble.own-echo", "advice.filter-echo");
        }
        self.is_there(from.as_deref().filter(|peer| !peer.is_empty()));
        let answer = description.kind == DescriptionKind::Answer;
        if self.is_known(&description) {
            self.note(say("note.said-again").with("kind", description.kind.word()));
            if answer && self.may_fail() {
                self.accept(description);
            }
            return;
        }
        if sdp::looks_cut(&description.sdp) {
            return self.odd(&description, "trouble.cut", "advice.send-again");
        }
        for mend in mends {
            self.note(say(match mend {
                Mend::LastLineEnd => "note.mended-line-end",
                Mend::Escaped => "note.mended-escaped",
                Mend::Indented => "note.mended-indented",
                Mend::Kind => "note.mended-kind",
            }));
        }
        match description.kind {
            DescriptionKind::Offer => self.receive_offer(description),
            DescriptionKind::Answer => self.receive_answer(description),
        }
    }

    fn receive_offer(&mut self, offer: Description) {
        if let Some(remote) = &self.attempt.remote {
            if sdp::fingerprint(&remote.sdp) == sdp::fingerprint(&offer.sdp) {
                return self.reply_again(offer);
            }
            self.end_attempt(say("ended.new-offer"));
        } else if self.facts.offers() && self.attempt.made.is_some() && self.may_fail() {
            // Nobody yields: the browser rolls ours back if the user sets theirs.
            return self.accept(offer);
        } else if self.attempt.given.is_some() && self.facts.offers() && !self.yields(&offer.sdp) {
            return self.note(say("note.glare-stand"));
        }
        if self.facts.offers() {
            let id = if self.attempt.given.is_some() {
                "role.yielded"
            } else {
                "role.their-offer"
            };
            if self.mode() == Mode::Auto && self.attempt.made.is_some() {
                // Chromium gathers nothing for the answer when an offer is rolled back while it is still being set, and
                // no person is here to learn from the rollback.
                self.end_attempt(say("ended.yielded"));
            } else {
                self.withdraw_offer();
            }
            self.set_role(Role::Answerer, say(id));
        }
        self.set_role(Role::Answerer, say("role.their-offer"));
        self.accept(offer);
    }

    /// Our offer is off: the browser rolls it back when theirs is set (RFC 8829 5.10, implicit rollback).
    pub(super) fn withdraw_offer(&mut self) {
        if self.attempt.made.is_some() {
            self.note(say("note.rolled-back"));
        }
        self.forget_channels();
        self.attempt.created = None;
        self.attempt.made = None;
        self.attempt.given = None;
        self.attempt.local = None;
        self.attempt.mine.clear();
        let facts = &mut self.facts.attempt;
        (facts.created, facts.made, facts.local, facts.given) = (None, None, None, None);
        (
            facts.spoken,
            facts.flowing,
            facts.early,
            facts.gathering_ended,
        ) = (false, false, false, false);
        (facts.found, facts.handed) = (0, 0);
    }

    fn receive_answer(&mut self, answer: Description) {
        if matches!(self.attempt.chain, Chain::Offer { .. }) {
            return self.finish_again(answer);
        }
        if self.may_fail() {
            return self.accept(answer);
        }
        let expected =
            self.facts.offers() && self.facts.attempt.given == Some(DescriptionKind::Offer);
        if !expected && self.attempt.follows_offer {
            return self.note(say("note.stray-answer"));
        }
        if !expected {
            return self.odd(&answer, "trouble.answer-unasked", "advice.offer-first");
        }
        // A second offer made by hand is answered like the first.
        let again = self.facts.attempt.signaling != "have-local-offer";
        if self.attempt.remote.is_some() && again {
            return self.odd(&answer, "trouble.answer-twice", "advice.keep-first");
        }
        self.accept(answer);
    }

    pub(super) fn accept(&mut self, description: Description) {
        let size = Size {
            kind: description.kind,
            bytes: description.sdp.len(),
        };
        self.facts.attempt.received = Some(size);
        self.facts.attempt.came = Some(size);
        if let Some(run) = &mut self.run {
            run.paused = false;
        }
        self.tell(What::Described {
            side: Side::Theirs,
            description: description.clone(),
        });
        self.attempt.edited_theirs = false;
        self.attempt.received = Some(description);
    }

    /// The sender of a description is the one to talk to.
    fn heard_from(&mut self, peer: &str) {
        let partner = self.run.as_ref().and_then(|run| run.partner.clone());
        if partner.as_deref() != Some(peer) {
            self.set_partner(peer);
        }
    }

    /// An offer of somebody else waits until the present partner is gone; nothing else of a stranger is of use.
    fn set_aside(&mut self, peer: &str, description: Description) {
        let partner = self.run.as_ref().and_then(|run| run.partner.clone());
        let note = say("note.third").with("peer", peer);
        self.note(note.with("partner", partner.clone().unwrap_or_default()));
        if let (Some(run), Some(partner)) = (&mut self.run, &partner) {
            // What is said goes on to the partner.
            run.conversation.set_peer(Some(partner));
        }
        if description.kind == DescriptionKind::Offer
            && let Some(run) = &mut self.run
        {
            run.aside = Some((peer.to_owned(), description));
        }
    }

    /// Takes up the offer that was set aside, if who made it is still there.
    pub(super) fn take_up_aside(&mut self) {
        let Some((peer, offer)) = self.run.as_mut().and_then(|run| run.aside.take()) else {
            return;
        };
        if self
            .run
            .as_ref()
            .is_some_and(|run| run.peers.contains(&peer))
        {
            self.receive(Some(peer), offer);
        }
    }

    /// Whether this page's offer gives way: as the dialect says; else the smaller id does, or the smaller fingerprint where there are no ids.
    pub(super) fn yields(&self, theirs: &str) -> bool {
        let run = self.run.as_ref();
        if let Some(polite) = run.and_then(|run| run.conversation.polite()) {
            return polite;
        }
        let ids = run.and_then(|run| run.me.as_deref().zip(run.partner.as_deref()));
        if let Some((me, partner)) = ids {
            return me < partner;
        }
        let mine = self
            .attempt
            .made
            .as_ref()
            .and_then(|made| sdp::fingerprint(&made.sdp));
        mine < sdp::fingerprint(theirs)
    }

    pub(super) fn is_mine(&self, sdp: &str) -> bool {
        let theirs = sdp::fingerprint(sdp);
        let mine = self.attempt.made.as_ref().or(self.attempt.local.as_ref());
        theirs.is_some() && mine.is_some_and(|mine| sdp::fingerprint(&mine.sdp) == theirs)
    }

    fn is_known(&self, description: &Description) -> bool {
        [&self.attempt.received, &self.attempt.remote]
            .into_iter()
            .flatten()
            .any(|known| {
                known.kind == description.kind
                    && sdp::fingerprint(&known.sdp) == sdp::fingerprint(&description.sdp)
                    && sdp::ufrag(&known.sdp) == sdp::ufrag(&description.sdp)
                    && sdp::origin(&known.sdp) == sdp::origin(&description.sdp)
            })
    }

    pub(super) fn odd(
        &mut self,
        description: &Description,
        cause: &'static str,
        advice: &'static str,
    ) {
        let doing = say("doing.read-description").with("kind", description.kind.word());
        let (cause, advice) = (say(cause), say(advice));
        self.tell(What::Trouble(Trouble {
            blame: Blame::Peer,
            doing,
            cause,
            advice,
            fault: None,
            step: None,
            refusal: None,
        }));
    }

    /// Hands our description over: said now, or kept for the one who joins.
    pub(super) fn give_description(&mut self, ticket: Option<Ticket>) {
        let Some(made) = self.attempt.made.clone() else {
            return self.outcome(ticket, Some(say("reason.no-offer-made")));
        };
        if self.facts.attempt.given == Some(made.kind) && self.heard() {
            // Candidates that were lost with it are not said again: those are another step.
            self.attempt.given = Some(made);
            self.speak_description(true);
            return self.outcome(ticket, None);
        }
        self.facts.attempt.given = Some(made.kind);
        self.attempt.given = Some(made);
        if !self.heard() {
            self.note_kept();
        }
        self.speak(false);
        if self.mode() != Mode::Manual
            && self.facts.run.trickles
            && self.facts.attempt.local.is_some()
        {
            self.flow();
        }
        self.outcome(ticket, None);
    }
}
