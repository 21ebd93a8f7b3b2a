//! Faults on purpose: what goes out and what comes in is lost, late, twice, out of order, damaged or sent back.

mod damage;

use std::collections::VecDeque;

use super::Session;
use crate::command::{Disorder, Disturbance};
use crate::dialect::{Say, Told};
use crate::io::{LinkState, Millis, Side, Ticket, What};

/// How long a signal waits to be overtaken when nothing follows it.
const LONGEST_WAIT: Millis = 2_000.0;
/// Signals that are held back at once; more go their way.
const MOST_HELD: usize = 256;
/// Normal networks do not say goodbye (RFC 6455 7.4.1, abnormal closure).
const ABNORMAL: u16 = 1006;

/// What is disturbed, and what is held back.
#[derive(Default)]
pub(super) struct Faults {
    all: Vec<Disturbance>,
    held: VecDeque<Held>,
}

/// A signal on its way out, or in.
#[derive(Debug, Clone)]
pub(super) struct Signal {
    pub(super) side: Side,
    pub(super) kind: &'static str,
    pub(super) text: String,
    /// Ours: it was said before, and the rule that wrote it.
    pub(super) again: bool,
    pub(super) rule: Option<usize>,
}

/// A signal that is held back.
struct Held {
    signal: Signal,
    until: Millis,
    /// It waits for the next one.
    overtaken: bool,
}

impl Faults {
    /// When something held back is due next.
    pub(super) fn next_at(&self) -> Option<Millis> {
        let times = self.held.iter().map(|held| held.until);
        times.reduce(Millis::min)
    }

    /// What was held back in a run that is over is lost.
    pub(super) fn forget(&mut self) {
        self.held.clear();
    }

    /// The place of what is to happen to a signal: what names its kind before what names none.
    fn position(&self, side: Side, kind: &str) -> Option<usize> {
        let named = |name: &str| {
            let mut all = self.all.iter();
            all.position(|one| one.side == side && one.kind == name)
        };
        named(kind).or_else(|| named("").filter(|_| is_between_peers(kind)))
    }

    fn waits(&self, side: Side) -> bool {
        let mut held = self.held.iter();
        held.any(|held| held.overtaken && held.signal.side == side)
    }
}

impl Session {
    /// Begins a fault, or ends it: then what it held back goes its way.
    pub(super) fn disturb(&mut self, disturbance: Disturbance, ticket: Option<Ticket>) {
        let (side, kind) = (disturbance.side, disturbance.kind.clone());
        let all = &mut self.faults.all;
        all.retain(|one| one.side != side || one.kind != kind);
        if disturbance.disorder.is_some() && disturbance.times != Some(0) {
            all.push(disturbance);
        }
        self.tell(What::Disturbances(self.faults.all.clone()));
        self.let_go(|held| {
            held.signal.side == side && (kind.is_empty() || held.signal.kind == kind)
        });
        self.outcome(ticket, None);
    }

    /// Something goes out. Whether it is to come back.
    pub(super) fn send_signal(&mut self, signal: Signal) -> bool {
        let hit = self.hit(&signal, &[]);
        self.pass_disturbed(signal, hit);
        hit == Some(Disorder::Echo)
    }

    /// A text came over the link.
    pub(super) fn arrive(&mut self, text: String) {
        let theirs = self.faults.all.iter().any(|one| one.side == Side::Theirs);
        if !theirs && !self.faults.waits(Side::Theirs) {
            return self.frame(&text);
        }
        let Some(run) = &self.run else { return };
        // Looked at without being read: whether it is read at all is still open.
        let told = run.conversation.clone().read(&text).told;
        let signal = Signal {
            side: Side::Theirs,
            kind: told.first().map_or("notice", Told::word),
            text,
            again: false,
            rule: None,
        };
        let credentials = self.credentials_in(&told);
        let hit = self.hit(&signal, &credentials);
        self.pass_disturbed(signal, hit);
        if hit == Some(Disorder::Echo) {
            self.send_back(&told);
        }
    }

    /// What of ours comes back to us, as from an endpoint that hands everything to everybody.
    pub(super) fn come_back(&mut self, what: Say<'_>, kind: &'static str, text: &str) {
        let told: Vec<Told> = match what {
            Say::Description(description) => vec![Told::Description {
                from: None,
                description: description.clone(),
            }],
            Say::Candidates(candidates) => {
                let candidates = candidates.iter().cloned();
                let told = candidates.map(|candidate| Told::Candidate {
                    from: None,
                    candidate,
                });
                told.collect()
            }
            _ => return,
        };
        self.tell(What::Received {
            step: None,
            kind,
            from: None,
            text: self.shown(text, &[]),
            rule: None,
            events: vec![kind],
            near: None,
            skipped: None,
        });
        for told in told {
            self.told(told);
        }
    }

    /// What is held back and due goes its way.
    pub(super) fn let_due_go(&mut self) {
        let now = self.now;
        self.let_go(|held| held.until <= now);
    }

    /// Closes the link as a lost network would: what follows is what follows a loss.
    pub(super) fn lose_link(&mut self, ticket: Option<Ticket>) {
        if self.link.state == LinkState::Open {
            self.drop_link();
            self.link_closed(ABNORMAL, "");
        }
        self.outcome(ticket, None);
    }

    /// What happens to this signal, counted and told without these secrets.
    fn hit(&mut self, signal: &Signal, credentials: &[String]) -> Option<Disorder> {
        let at = self.faults.position(signal.side, signal.kind)?;
        let waits = self.faults.waits(signal.side);
        let full = self.faults.held.len() >= MOST_HELD;
        let one = self.faults.all.get_mut(at)?;
        let disorder = one.disorder?;
        let holds = matches!(disorder, Disorder::Reorder | Disorder::Delay(_));
        if holds && full || waits && disorder == Disorder::Reorder {
            return None;
        }
        if let Some(times) = &mut one.times {
            *times = times.saturating_sub(1);
        }
        let over = one.times == Some(0);
        self.tell(What::Disturbed {
            side: signal.side,
            disorder: disorder.word(),
            kind: signal.kind,
            text: self.shown(&signal.text, credentials),
        });
        if over {
            self.faults.all.remove(at);
            self.tell(What::Disturbances(self.faults.all.clone()));
        }
        Some(disorder)
    }

    fn pass_disturbed(&mut self, mut signal: Signal, hit: Option<Disorder>) {
        match hit {
            Some(Disorder::Drop) => return,
            Some(Disorder::Delay(late)) => return self.hold_signal(signal, f64::from(late), false),
            Some(Disorder::Reorder) => return self.hold_signal(signal, LONGEST_WAIT, true),
            Some(Disorder::Duplicate) => self.pass(signal.clone()),
            Some(Disorder::Corrupt) => signal.text = damage::damaged(&signal.text),
            Some(Disorder::Echo) | None => {}
        }
        let side = signal.side;
        self.pass(signal);
        self.let_go(|held| held.overtaken && held.signal.side == side);
    }

    fn hold_signal(&mut self, signal: Signal, wait: Millis, overtaken: bool) {
        let until = self.now + wait;
        self.faults.held.push_back(Held {
            signal,
            until,
            overtaken,
        });
    }

    fn let_go(&mut self, goes: impl Fn(&Held) -> bool) {
        while let Some(at) = self.faults.held.iter().position(&goes) {
            let held = self.faults.held.remove(at);
            // Over a link that is lost meanwhile nothing goes out.
            let lost =
                |signal: &Signal| signal.side == Side::Mine && self.link.state == LinkState::Closed;
            if let Some(signal) = held.map(|held| held.signal).filter(|one| !lost(one)) {
                self.pass(signal);
            }
        }
    }

    fn pass(&mut self, signal: Signal) {
        match signal.side {
            Side::Mine => self.depart(signal),
            Side::Theirs => self.frame(&signal.text),
        }
    }

    /// Says to the other side what it said, but not what is ours and came back.
    fn send_back(&mut self, told: &[Told]) {
        for told in told {
            match told {
                Told::Description { description, .. } if !self.is_mine(&description.sdp) => {
                    self.say(
                        Say::Description(description),
                        description.kind.word(),
                        false,
                    );
                }
                Told::Candidate { candidate, .. } => {
                    let mut mine = self.attempt.mine.iter();
                    if !mine.any(|mine| mine.candidate == *candidate) {
                        let candidates = std::slice::from_ref(candidate);
                        self.say(Say::Candidates(candidates), "candidate", false);
                    }
                }
                _ => {}
            }
        }
    }
}

/// Whether a signal is meant for the other peer, not for the endpoint.
fn is_between_peers(kind: &str) -> bool {
    let kinds = [
        "offer",
        "answer",
        "candidate",
        "end",
        "request-offer",
        "bye",
    ];
    kinds.contains(&kind)
}
