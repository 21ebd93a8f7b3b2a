//! What is known of one peer connection: its calls, states, descriptions, candidates and channels, each with its time.

use crate::io::{Event, Fate, Millis, Role, Side, StateName, What};
use crate::sdp;
use crate::signal::{Candidate, Description, DescriptionKind};
use crate::step::{Status, Whose};

/// One attempt, as the record tells it.
#[derive(Debug, Clone, Default)]
pub(super) struct Attempt {
    /// Calls without an end so far, as JavaScript without values.
    pub(super) calls: Vec<(String, Millis)>,
    pub(super) local: Option<Described>,
    /// The description of this side that was set last, even if it was withdrawn.
    pub(super) own: Option<Described>,
    pub(super) remote: Option<Described>,
    /// When `setLocalDescription` and `setRemoteDescription` were done last.
    pub(super) local_set: Option<Millis>,
    pub(super) remote_set: Option<Millis>,
    pub(super) signaling: State,
    pub(super) gathering: State,
    pub(super) ice: State,
    pub(super) connection: State,
    /// Since when an offer of this side waits for its answer.
    offered: Option<Millis>,
    pub(super) rolled_back: Option<Millis>,
    pub(super) agreed: Option<Millis>,
    pub(super) connected: Option<Millis>,
    /// How often it failed.
    pub(super) failures: usize,
    pub(super) mine: Tally,
    pub(super) theirs: Tally,
    pub(super) gathered: Option<(Millis, usize)>,
    /// `icecandidateerror`: when, how long after gathering began, code and URL.
    pub(super) errors: Vec<(Millis, Millis, u16, String)>,
    pub(super) said: Option<Said>,
    pub(super) candidates_said: Option<Millis>,
    pub(super) answered: Option<Millis>,
    /// Candidates travel inside the descriptions.
    pub(super) inside: bool,
    /// The step that is this side's to take, in its order.
    pub(super) next: Option<u8>,
    pub(super) channel: Channel,
    pub(super) channel_open: bool,
    pub(super) channel_closed: Option<Millis>,
    pub(super) needed: Option<Millis>,
    pub(super) track: Option<Millis>,
    pub(super) their_picture: Option<Millis>,
    /// A line of ours that was said while nothing passed.
    pub(super) lost_line: Option<Millis>,
    pub(super) closed_by_call: Option<Millis>,
    /// The statistics tell of a channel that is open.
    pub(super) measured_open: Option<Millis>,
}

/// A description, read as far as it is judged on.
#[derive(Debug, Clone)]
pub(super) struct Described {
    pub(super) kind: DescriptionKind,
    pub(super) at: Millis,
    pub(super) sections: usize,
    pub(super) has_channel: bool,
    pub(super) candidates: usize,
    pub(super) fingerprint: String,
    pub(super) ufrag: String,
    pub(super) of_firefox: bool,
}

/// A state's present word, and since when.
#[derive(Debug, Clone, Default)]
pub(super) struct State {
    pub(super) value: String,
    pub(super) at: Millis,
}

/// Candidates of one side, counted.
#[derive(Debug, Clone, Copy, Default)]
pub(super) struct Tally {
    pub(super) all: usize,
    /// Mine: sent. Theirs: taken by the browser.
    pub(super) used: usize,
    /// Hosts whose address is a name that only their own network knows.
    pub(super) names: usize,
    pub(super) reflexive: usize,
    pub(super) relayed: usize,
    /// When the last one was sent, or taken.
    pub(super) used_at: Millis,
}

/// The description that was said last.
#[derive(Debug, Clone)]
pub(super) struct Said {
    pub(super) kind: &'static str,
    pub(super) at: Millis,
    pub(super) with_candidates: bool,
}

/// What is known of the chat's channel.
#[derive(Debug, Clone, Default)]
pub(super) struct Channel {
    /// `createDataChannel()` was done here.
    pub(super) made: bool,
    pub(super) label: String,
    pub(super) options: String,
    pub(super) announced: Option<Millis>,
    /// A listener for `datachannel` was attached.
    pub(super) listens: Option<Millis>,
}

impl Attempt {
    pub(super) fn apply(&mut self, event: &Event, role: Option<Role>) {
        let at = event.at;
        match &event.what {
            What::Call { call, .. } => self.called(at, call),
            What::Done { call, .. } => self.done(at, call),
            What::Trouble(trouble) => {
                if let Some(refusal) = &trouble.refusal {
                    self.calls.retain(|(call, _)| *call != refusal.call);
                }
            }
            What::State { name, value } => self.state(at, *name, value),
            What::Described { side, description } => self.described(at, *side, description),
            What::Candidate {
                side, candidate, ..
            } => self.tally(*side).count(candidate),
            What::CandidateFate {
                side,
                fate: Fate::Used,
                ..
            } => {
                let tally = self.tally(*side);
                (tally.used, tally.used_at) = (tally.used + 1, at);
            }
            What::GatheringEnded { count } => self.gathered = Some((at, *count)),
            What::CandidateError { url, code, .. } => {
                let after = at - self.gathering.at;
                if self.errors.len() < MOST_ERRORS {
                    self.errors.push((at, after, *code, url.clone()));
                }
            }
            What::Sent { kind, text, .. } => self.said(at, kind, text),
            What::Step {
                step,
                status,
                whose,
                fact,
                ..
            } => {
                if fact.as_ref().is_some_and(|fact| fact.id == "fact.inside") {
                    self.inside = true;
                }
                self.stands(*step, *status, *whose);
            }
            what => self.channels(at, what, role),
        }
    }

    /// Both descriptions are set and nothing is being negotiated: since when.
    pub(super) fn agreed_since(&self) -> Option<Millis> {
        self.agreed.filter(|_| self.signaling.value == "stable")
    }

    /// The browser gave up, and has not taken it up again: since when.
    pub(super) fn failed_since(&self) -> Option<Millis> {
        let state = [&self.connection, &self.ice];
        let failed = state.iter().filter(|state| state.value == "failed");
        failed.map(|state| state.at).reduce(f64::min)
    }

    fn tally(&mut self, side: Side) -> &mut Tally {
        match side {
            Side::Mine => &mut self.mine,
            Side::Theirs => &mut self.theirs,
        }
    }

    fn called(&mut self, at: Millis, call: &str) {
        self.calls.push((call.to_owned(), at));
        if call.starts_with("createOffer") {
            self.needed = None;
        }
    }

    fn done(&mut self, at: Millis, call: &str) {
        self.calls.retain(|(pending, _)| pending != call);
        match call {
            call if call.starts_with("setLocalDescription") => self.local_set = Some(at),
            call if call.starts_with("setRemoteDescription") => self.remote_set = Some(at),
            call if call.starts_with("createDataChannel") => self.channel.made = true,
            call if call.starts_with("addEventListener(\"datachannel\"") => {
                self.channel.listens = Some(at);
            }
            "close()" => self.closed_by_call = Some(at),
            _ => {}
        }
        self.agree(at);
    }

    fn agree(&mut self, at: Millis) {
        let both = self.local_set.is_some() && self.remote_set.is_some();
        if both && self.signaling.value == "stable" && self.agreed.is_none() {
            self.agreed = Some(at);
        }
    }

    fn state(&mut self, at: Millis, name: StateName, value: &str) {
        let state = match name {
            StateName::Signaling => &mut self.signaling,
            StateName::IceGathering => &mut self.gathering,
            StateName::IceConnection => &mut self.ice,
            StateName::Connection => &mut self.connection,
            StateName::Channel => return self.channel_state(at, value),
        };
        if state.value == value {
            return;
        }
        *state = State {
            value: value.to_owned(),
            at,
        };
        match (name, value) {
            (StateName::Signaling, _) => self.signaled(at, value),
            (StateName::Connection, "connected") => self.connected = Some(at),
            (StateName::Connection, "failed") => self.failures += 1,
            _ => {}
        }
        self.agree(at);
    }

    /// A rollback passes through `stable` in both browsers, so it is told from an answer by there being none.
    fn signaled(&mut self, at: Millis, value: &str) {
        match value {
            "have-local-offer" => self.offered = Some(at),
            "have-remote-offer" if self.offered.is_some() => self.roll_back(at),
            "stable" => {
                self.rolled_back = None;
                let answered = |offered: &Millis| self.answered.is_none_or(|at| at < *offered);
                self.offered = self.offered.filter(answered);
            }
            _ => {}
        }
    }

    /// The offer of this side never was.
    fn roll_back(&mut self, at: Millis) {
        (self.rolled_back, self.offered) = (Some(at), None);
        (self.local, self.local_set, self.said) = (None, None, None);
        (self.mine, self.gathered) = (Tally::default(), None);
    }

    fn channel_state(&mut self, at: Millis, value: &str) {
        let was_open = std::mem::replace(&mut self.channel_open, value == "open");
        if was_open && value != "open" {
            self.channel_closed = Some(at);
        }
    }

    fn described(&mut self, at: Millis, side: Side, description: &Description) {
        let known = Some(Described::read(at, description));
        match side {
            Side::Mine => (self.local, self.own) = (known.clone(), known),
            Side::Theirs => {
                if description.kind == DescriptionKind::Answer {
                    self.answered = Some(at);
                }
                self.remote = known;
            }
        }
    }

    fn said(&mut self, at: Millis, kind: &'static str, text: &str) {
        match kind {
            "offer" | "answer" => {
                self.said = Some(Said {
                    kind,
                    at,
                    with_candidates: text.contains("candidate:"),
                });
            }
            "candidate" => self.candidates_said = Some(at),
            _ => {}
        }
    }

    fn stands(&mut self, step: u8, status: Status, whose: Whose) {
        if status == Status::Next && whose == Whose::Mine {
            self.next = Some(step);
        } else if self.next == Some(step) {
            self.next = None;
        }
    }

    fn channels(&mut self, at: Millis, what: &What, role: Option<Role>) {
        match what {
            What::Channel {
                label,
                options,
                state,
            } => {
                self.channel.label.clone_from(label);
                if !options.is_empty() {
                    self.channel.options.clone_from(options);
                }
                match state.as_str() {
                    "announced" => self.channel.announced = Some(at),
                    "connecting" if role.is_some() => self.channel.made = true,
                    "open" => self.channel_open = true,
                    _ => {}
                }
            }
            What::NegotiationNeeded => self.needed = Some(at),
            What::Track { side, kind } => match side {
                Side::Mine => self.track = Some(at),
                Side::Theirs if kind == "video" => self.their_picture = Some(at),
                Side::Theirs => {}
            },
            What::Chat {
                side: Side::Mine, ..
            } if !matches!(self.connection.value.as_str(), "connected" | "") => {
                self.lost_line = Some(at);
            }
            What::Stats { text } if open_in(text) => {
                self.measured_open = Some(self.measured_open.unwrap_or(at));
            }
            _ => {}
        }
    }
}

const MOST_ERRORS: usize = 32;

/// Whether the statistics have a data channel that is open.
fn open_in(stats: &str) -> bool {
    let entries = serde_json::from_str::<Vec<serde_json::Value>>(stats).unwrap_or_default();
    entries.iter().any(|entry| {
        let is = |name: &str, value: &str| entry.get(name).is_some_and(|found| found == value);
        is("type", "data-channel") && is("state", "open")
    })
}

impl Described {
    fn read(at: Millis, description: &Description) -> Self {
        let sdp = description.sdp.as_str();
        Self {
            kind: description.kind,
            at,
            sections: sdp::sections(sdp),
            has_channel: sdp.lines().any(|line| line.starts_with("m=application")),
            candidates: sdp::candidates(sdp).count(),
            fingerprint: sdp::fingerprint(sdp).unwrap_or_default().to_owned(),
            ufrag: sdp::ufrag(sdp).unwrap_or_default().to_owned(),
            of_firefox: sdp::from_firefox(sdp),
        }
    }
}

impl Tally {
    fn count(&mut self, candidate: &Candidate) {
        self.all += 1;
        let Some(parts) = sdp::parts(&candidate.candidate) else {
            return;
        };
        match parts.kind {
            "host" if parts.address.ends_with(".local") => self.names += 1,
            "srflx" => self.reflexive += 1,
            "relay" => self.relayed += 1,
            _ => {}
        }
    }
}
