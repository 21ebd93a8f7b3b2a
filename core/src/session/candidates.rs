//! Candidates of both sides: kept until the button says so, sent as they come, given to the browser in time.

use super::Session;
use super::attempt::Pending;
use super::speak::Said;
use crate::dialect::Say;
use crate::io::{Effect, Fate, Fault, Operation, Side, Ticket, What};
use crate::sdp;
use crate::signal::{Candidate, DescriptionKind};
use crate::trouble;
use crate::words::say;

/// A candidate of this side.
#[derive(Debug)]
pub(super) struct Mine {
    pub(super) candidate: Candidate,
    /// Released by the user or the mode.
    handed: bool,
    spoken: bool,
}

/// A candidate of the other side.
#[derive(Debug)]
pub(super) struct Theirs {
    candidate: Candidate,
    given: bool,
}

/// More than any real peer has; what comes beyond is told and dropped.
const MOST: usize = 256;

impl Session {
    /// `icecandidate`: one of ours.
    pub(super) fn found_candidate(&mut self, candidate: Candidate) {
        if self.attempt.mine.len() >= MOST {
            return;
        }
        let index = self.attempt.mine.len();
        self.attempt.mine.push(Mine {
            candidate: candidate.clone(),
            handed: false,
            spoken: false,
        });
        self.facts.attempt.found = self.facts.attempt.found.saturating_add(1);
        self.tell(What::Candidate {
            side: Side::Mine,
            index,
            candidate,
        });
        if self.facts.attempt.flowing {
            self.hand_over();
        }
    }

    pub(super) fn gathering_ended(&mut self, complete: Option<String>) {
        if std::mem::replace(&mut self.facts.attempt.gathering_ended, true) {
            return;
        }
        self.attempt.complete = complete;
        self.tell(What::GatheringEnded {
            count: self.facts.attempt.found,
        });
        self.speak(false);
    }

    /// From now on our candidates go as they come, those kept so far first.
    pub(super) fn let_candidates_flow(&mut self, ticket: Option<Ticket>) {
        self.flow();
        if !self.heard() {
            self.note_kept();
        } else if !self.facts.attempt.gathering_ended {
            self.note(say("note.later-candidates"));
        }
        self.outcome(ticket, None);
    }

    pub(super) fn flow(&mut self) {
        if !self.facts.attempt.flowing {
            self.facts.attempt.flowing = true;
            self.facts.attempt.early = self.facts.offers() && !self.facts.attempt.answer_came();
        }
        self.hand_over();
    }

    fn hand_over(&mut self) {
        for mine in &mut self.attempt.mine {
            mine.handed = true;
        }
        self.facts.attempt.handed = self.attempt.mine.len();
        self.speak(false);
    }

    /// Says the candidates that were handed over and belong to the present ICE session.
    pub(super) fn speak_candidates(&mut self, again: bool) {
        if !self.facts.attempt.flowing {
            return;
        }
        let present = self
            .attempt
            .local
            .as_ref()
            .and_then(|local| sdp::ufrag(&local.sdp))
            .map(str::to_owned);
        let due: Vec<usize> = (0_usize..)
            .zip(&self.attempt.mine)
            .filter(|(_, mine)| mine.handed && (again || !mine.spoken))
            .filter(|(_, mine)| {
                let own = sdp::candidate_ufrag(&mine.candidate);
                own.zip(present.as_deref())
                    .is_none_or(|(own, now)| own == now)
            })
            .map(|(index, _)| index)
            .collect();
        let ended = self.facts.attempt.gathering_ended;
        let batches = self.run.as_ref().is_some_and(|run| run.batches);
        let together = if batches { due.len().max(1) } else { 1 };
        if batches && !ended {
            return;
        }
        for some in due.chunks(together) {
            if self.speak_some(some) == Said::Held {
                return;
            }
        }
        if ended && (again || !self.attempt.end_spoken) {
            let before = std::mem::replace(&mut self.attempt.end_spoken, true);
            self.attempt.end_spoken = self.say(Say::End, "end", before) == Said::Done;
        }
    }

    /// Says one candidate, or those of a batch.
    fn speak_some(&mut self, indices: &[usize]) -> Said {
        let mut candidates = Vec::new();
        let mut fresh = Vec::new();
        for index in indices {
            if let Some(mine) = self.attempt.mine.get_mut(*index) {
                if !std::mem::replace(&mut mine.spoken, true) {
                    fresh.push(*index);
                }
                candidates.push(mine.candidate.clone());
            }
        }
        let again = fresh.is_empty();
        let said = self.say(Say::Candidates(&candidates), "candidate", again);
        for index in fresh {
            match (said, self.attempt.mine.get_mut(index)) {
                (Said::Held, Some(mine)) => mine.spoken = false,
                _ => self.tell(What::CandidateFate {
                    side: Side::Mine,
                    index,
                    fate: Fate::Used,
                }),
            }
        }
        said
    }

    /// One of theirs came: given to the browser once their description is set, kept until then.
    pub(super) fn receive_candidate(&mut self, from: Option<&str>, candidate: Candidate) {
        let partner = self.run.as_ref().and_then(|run| run.partner.as_deref());
        if from
            .zip(partner)
            .is_some_and(|(from, partner)| from != partner)
        {
            return self.note(say("note.third-candidate"));
        }
        if self
            .attempt
            .theirs
            .iter()
            .any(|known| known.candidate == candidate)
        {
            return;
        }
        if self.attempt.theirs.len() >= MOST {
            return self.note(say("note.too-many-candidates").with("limit", MOST));
        }
        let index = self.attempt.theirs.len();
        self.attempt.theirs.push(Theirs {
            candidate: candidate.clone(),
            given: false,
        });
        self.facts.attempt.theirs = index + 1;
        self.count_waiting();
        if self.facts.attempt.given != Some(DescriptionKind::Answer) {
            self.facts.attempt.theirs_early = true;
        }
        self.tell(What::Candidate {
            side: Side::Theirs,
            index,
            candidate,
        });
        let by_hand = self.facts.options.add_by_hand;
        if self.attempt.remote.is_some() && !self.remote_is_being_set() && !by_hand {
            self.give_to_browser(index);
        }
    }

    /// Those kept until their description was set.
    pub(super) fn apply_kept_candidates(&mut self) {
        if !self.facts.options.add_by_hand {
            self.give_kept();
        }
    }

    /// Gives the browser what it was not given yet.
    fn give_kept(&mut self) {
        for index in 0..self.attempt.theirs.len() {
            let mut theirs = self.attempt.theirs.iter().skip(index);
            if theirs.next().is_some_and(|theirs| !theirs.given) {
                self.give_to_browser(index);
            }
        }
    }

    /// The user adds what came until now. The last of them says how that went.
    pub(super) fn add_candidates(&mut self, ticket: Option<Ticket>) {
        self.give_kept();
        let mut pending = self.attempt.pending.iter_mut().rev();
        match pending.find(|pending| pending.candidate.is_some()) {
            Some(last) => last.ticket = ticket,
            None => self.outcome(ticket, None),
        }
    }

    fn count_waiting(&mut self) {
        let waiting = self.attempt.theirs.iter().filter(|theirs| !theirs.given);
        self.facts.attempt.theirs_waiting = waiting.count();
    }

    /// Whether gathering is about to begin.
    pub(super) fn is_setting_local(&self) -> bool {
        self.attempt
            .pending
            .iter()
            .any(|pending| matches!(pending.operation, Operation::SetLocalDescription(_)))
    }

    fn remote_is_being_set(&self) -> bool {
        self.attempt
            .pending
            .iter()
            .any(|pending| matches!(pending.operation, Operation::SetRemoteDescription(_)))
    }

    fn give_to_browser(&mut self, index: usize) {
        let present = self
            .attempt
            .remote
            .as_ref()
            .and_then(|remote| sdp::ufrag(&remote.sdp))
            .map(str::to_owned);
        let Some(theirs) = self.attempt.theirs.get_mut(index) else {
            return;
        };
        theirs.given = true;
        let candidate = theirs.candidate.clone();
        self.count_waiting();
        let of = sdp::candidate_ufrag(&candidate);
        if of
            .zip(present.as_deref())
            .is_some_and(|(own, now)| own != now)
        {
            let note = say("note.old-candidate").with("ufrag", of.unwrap_or(""));
            self.tell(What::CandidateFate {
                side: Side::Theirs,
                index,
                fate: Fate::Dropped,
            });
            return self.note(note);
        }
        self.order_candidate(candidate, Some(index));
    }

    pub(super) fn order_candidate(&mut self, candidate: Candidate, index: Option<usize>) {
        self.attempt.pending.push_back(Pending {
            candidate: index,
            ..Pending::new(Operation::AddCandidate)
        });
        self.order(Effect::AddCandidate {
            attempt: self.attempt.number,
            candidate,
        });
    }

    pub(super) fn candidate_added(&mut self, pending: &Pending) {
        if let Some(index) = pending.candidate {
            self.facts.attempt.usable = self.facts.attempt.usable.saturating_add(1);
            self.tell(What::CandidateFate {
                side: Side::Theirs,
                index,
                fate: Fate::Used,
            });
        }
    }

    pub(super) fn candidate_refused(&mut self, pending: &Pending, fault: Fault) {
        let Some(index) = pending.candidate else {
            return self.holding_refused();
        };
        // What came before its description can be added again.
        let early = self.facts.options.add_by_hand && self.attempt.remote.is_none();
        if let Some(theirs) = self.attempt.theirs.get_mut(index) {
            theirs.given = !early;
        }
        self.count_waiting();
        let fate = if early { Fate::Kept } else { Fate::Dropped };
        self.tell(What::CandidateFate {
            side: Side::Theirs,
            index,
            fate,
        });
        let trouble = trouble::of_refusal(Operation::AddCandidate, fault, &self.facts);
        let message = trouble.cause.clone();
        self.tell(What::Trouble(trouble));
        self.outcome(pending.ticket, Some(message));
    }
}
