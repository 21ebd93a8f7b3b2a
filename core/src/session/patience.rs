//! Keeps an attempt alive at human speed: Firefox gives up where a person is only slower, and says nothing.
//!
//! Measured: Firefox fails 5 s after it has both descriptions when no candidate of the other side came, and about 11 s
//! after the last one that leads nowhere; later candidates do not revive it. Its own host candidate with the discard
//! port (9), given back to it as a remote one, keeps its checks going; nothing of it leaves the machine.

use super::Session;
use crate::io::Millis;
use crate::sdp;
use crate::signal::Candidate;
use crate::words::say;

/// What was done to hold the present attempt open.
#[derive(Debug, Default)]
pub(super) struct Patience {
    pub(super) next_at: Option<Millis>,
    times: u32,
    refused: bool,
    /// The other side restarted ICE: it has set our answer.
    pub(super) restarted: bool,
    /// Restarts the page made by itself.
    repairs: u32,
}

/// Firefox allows 5 s; a fast run is over before this.
const FIRST: Millis = 2_500.0;
const EVERY: Millis = 4_000.0;
const MOST_REPAIRS: u32 = 5;

impl Session {
    /// Does what is due.
    pub(super) fn keep_deadlines(&mut self) {
        if self.link.retry_at.is_some_and(|at| self.now >= at) {
            self.open_link();
        }
        self.let_due_go();
        self.watch_statistics();
        self.watch_patience();
        self.take_turns();
    }

    fn watch_patience(&mut self) {
        if !self.needs_holding() {
            self.attempt.patience.next_at = None;
            return;
        }
        match self.attempt.patience.next_at {
            None => self.attempt.patience.next_at = Some(self.now + FIRST),
            Some(at) if self.now >= at => self.hold(),
            Some(_) => {}
        }
    }

    fn needs_holding(&self) -> bool {
        let facts = &self.facts.attempt;
        let local = self.attempt.local.as_ref();
        let impatient = local.is_some_and(|local| sdp::from_firefox(&local.sdp));
        let waiting = matches!(facts.connection.as_str(), "new" | "connecting");
        impatient
            && waiting
            && facts.agreed()
            && !self.attempt.patience.refused
            && !self.both_are_set()
    }

    /// Whether it is known that the other side has both descriptions too, and a candidate of it is in use: then nobody is
    /// slow any more, and a connection that fails has no route. An answer tells the offerer, a restart tells the answerer.
    fn both_are_set(&self) -> bool {
        let told = self.facts.offers() || self.attempt.patience.restarted;
        told && self.facts.attempt.usable > 0
    }

    fn hold(&mut self) {
        self.attempt.patience.next_at = Some(self.now + EVERY);
        let Some(candidate) = self.own_candidate_back() else {
            return;
        };
        if self.attempt.patience.times == 0 {
            self.note(say("note.holding-open"));
        }
        self.attempt.patience.times = self.attempt.patience.times.saturating_add(1);
        self.order_candidate(candidate, None);
    }

    /// The first own UDP host candidate, with the discard port, in the name of the other side's ICE session.
    fn own_candidate_back(&self) -> Option<Candidate> {
        let own = self
            .attempt
            .mine
            .iter()
            .map(|mine| &mine.candidate)
            .find(|candidate| {
                sdp::parts(&candidate.candidate).is_some_and(|parts| {
                    parts.kind == "host" && parts.protocol.eq_ignore_ascii_case("udp")
                })
            })?;
        let parts = sdp::parts(&own.candidate)?;
        // A foundation and priority of its own each time: the browser takes an equal candidate for one it has.
        let times = self.attempt.patience.times;
        let priority = 1_000_000_u32.saturating_sub(times);
        let candidate = format!(
            "candidate:hold{times} 1 udp {priority} {} 9 typ host",
            parts.address
        );
        let username_fragment = self
            .attempt
            .remote
            .as_ref()
            .and_then(|remote| sdp::ufrag(&remote.sdp))
            .map(str::to_owned);
        let (sdp_mid, sdp_m_line_index) = (own.sdp_mid.clone(), own.sdp_m_line_index);
        Some(Candidate {
            candidate,
            sdp_mid,
            sdp_m_line_index,
            username_fragment,
        })
    }

    pub(super) fn holding_refused(&mut self) {
        self.attempt.patience.refused = true;
        self.note(say("note.holding-refused"));
    }

    pub(super) fn connected(&mut self) {
        self.attempt.patience.next_at = None;
        if self.attempt.patience.times > 0 {
            let note = say("note.held-open").with("times", self.attempt.patience.times);
            self.note(note);
        }
    }

    /// A failed connection: the offerer restarts ICE where that can help. Whether it did.
    pub(super) fn repair(&mut self) -> bool {
        let facts = &self.facts.attempt;
        let slow = !facts.ever_connected;
        let automatic = slow || self.mode() == crate::settings::Mode::Auto;
        let possible =
            facts.agreed() && self.heard() && self.facts.run.trickles && !facts.restarting;
        let enough = self.attempt.patience.repairs >= MOST_REPAIRS;
        if !automatic || !possible || enough || !self.facts.offers() {
            return false;
        }
        self.attempt.patience.repairs += 1;
        self.note(say(if slow {
            "note.repair-slow"
        } else {
            "note.repair-lost"
        }));
        self.offer_again(true, super::By::Page, None);
        true
    }
}
