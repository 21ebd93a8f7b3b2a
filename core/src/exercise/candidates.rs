//! Candidates: before the description they belong to; as they come, or all at once.

use super::glare::{fault_name, fault_state};
use super::seen::{Kept, Seen, became, received, refused, sent};
use super::tasks::{BY_HAND, CONNECTED, FRESH, ROOM, task};
use super::{Deed, Exercise, Finding, Task, Whose, ms};
use crate::command::Switch;
use crate::io::{Fate, Side, StateName, What};
use crate::words::say;

/// The browser cannot take a candidate before it knows whose it is.
pub(super) const BEFORE_DESCRIPTION: Exercise = Exercise {
    id: "candidates-first",
    begin: &[
        Deed::Switch(Switch::AddByHand, true),
        Deed::Switch(Switch::LetMeFail, true),
    ],
    tasks: &[
        ROOM,
        BY_HAND,
        FRESH,
        task("candidates-come", Whose::Both, "candidates", |seen| {
            seen.has(their_candidate)
        }),
        task(
            "candidates-too-early",
            Whose::Mine,
            "add-candidates",
            |seen| seen.has(refused("addIceCandidate")),
        ),
        task("candidates-set-remote", Whose::Mine, "", |seen| {
            described(seen).is_some()
        }),
        task("candidates-right", Whose::Mine, "faults", |seen| {
            taken(seen).is_some()
        }),
        CONNECTED,
    ],
    check: refused_then_taken,
};

fn their_candidate(what: &What) -> bool {
    let side = Side::Theirs;
    matches!(what, What::Candidate { side: of, .. } if *of == side)
}

/// Their description is set.
fn described(seen: &Seen) -> Option<&Kept> {
    let refusal = seen.first(refused("addIceCandidate"))?;
    seen.after(
        refusal,
        |what| matches!(what, What::Done { call, .. } if call.starts_with("setRemoteDescription")),
    )
}

fn taken(seen: &Seen) -> Option<&Kept> {
    seen.after(described(seen)?, |what| {
        let side = Side::Theirs;
        matches!(what, What::CandidateFate { side: of, fate: Fate::Used, .. } if *of == side)
    })
}

fn refused_then_taken(seen: &Seen) -> Vec<Finding> {
    let refusal = seen.first(refused("addIceCandidate"));
    let taken = taken(seen);
    let open = seen.first(became(StateName::Channel, "open"));
    let name = refusal.map_or_else(String::new, fault_name);
    let state = refusal.map_or_else(String::new, fault_state);
    vec![
        Finding::new(
            refusal.is_some(),
            say("finding.candidate-refused")
                .with("error", name)
                .with("state", state),
        )
        .seen_at(refusal),
        Finding::new(taken.is_some(), say("finding.candidate-taken")).seen_at(taken),
        Finding::new(open.is_some(), say("finding.connected")).seen_at(open),
    ]
}

/// The same connection twice, timed.
pub(super) const TRICKLE_OR_WAIT: Exercise = Exercise {
    id: "trickle-or-wait",
    begin: &[],
    tasks: &[
        ROOM,
        task("trickle-auto", Whose::Mine, "", |seen| {
            seen.now.joined && seen.now.mode == "auto"
        }),
        task("trickle-close", Whose::Mine, "step-2", Seen::fresh),
        task("trickle-first", Whose::Mine, "step-2", |seen| {
            first_run(seen).is_some()
        }),
        task("trickle-close-again", Whose::Mine, "step-2", |seen| {
            second_begins(seen).is_some()
        }),
        Task {
            name: "trickle-gathered",
            whose: Whose::Mine,
            place: "step-2",
            begin: &[
                Deed::hold(Side::Mine, "candidate"),
                Deed::hold(Side::Theirs, "candidate"),
            ],
            done: |seen| gathered(seen).is_some(),
        },
        Task {
            name: "trickle-second",
            whose: Whose::Page,
            place: "states",
            begin: &[
                Deed::free(Side::Mine, "candidate"),
                Deed::free(Side::Theirs, "candidate"),
            ],
            done: |seen| second_run(seen).is_some(),
        },
    ],
    check: compared,
};

/// From an offer to `connected`: both moments.
type Run<'a> = (&'a Kept, &'a Kept);

fn run_after<'a>(seen: &'a Seen, from: Option<&'a Kept>) -> Option<Run<'a>> {
    let offer = |what: &What| sent("offer")(what) || received("offer")(what);
    let offer = match from {
        Some(from) => seen.after(from, offer)?,
        None => seen.first(offer)?,
    };
    let connected = seen.after(offer, became(StateName::Connection, "connected"))?;
    Some((offer, connected))
}

fn first_run(seen: &Seen) -> Option<Run<'_>> {
    run_after(seen, None)
}

fn second_begins(seen: &Seen) -> Option<&Kept> {
    let (_, connected) = first_run(seen)?;
    seen.after(connected, |what| matches!(what, What::AttemptBegan))
}

fn gathered(seen: &Seen) -> Option<&Kept> {
    seen.after(second_begins(seen)?, is_gathered)
}

fn is_gathered(what: &What) -> bool {
    matches!(what, What::GatheringEnded { .. })
}

fn second_run(seen: &Seen) -> Option<Run<'_>> {
    run_after(seen, Some(second_begins(seen)?))
}

fn compared(seen: &Seen) -> Vec<Finding> {
    let took = |run: Option<Run<'_>>| {
        run.map_or_else(String::new, |(offer, connected)| {
            ms(offer.event.at, connected.event.at)
        })
    };
    let (first, second) = (first_run(seen), second_run(seen));
    // Nothing of either side passed before gathering was complete. What came before the offer was late of the run before.
    let waited = second
        .zip(gathered(seen))
        .is_some_and(|((from, _), until)| {
            let candidate = |what: &What| sent("candidate")(what) || received("candidate")(what);
            let passed = seen.after(from, candidate);
            passed.is_none_or(|passed| passed.number > until.number)
        });
    let gathering = second
        .zip(gathered(seen))
        .map_or_else(String::new, |((offer, _), ended)| {
            ms(offer.event.at, ended.event.at)
        });
    vec![
        Finding::new(
            first.is_some(),
            say("finding.trickled").with("ms", took(first)),
        )
        .seen_at(first.map(|(_, connected)| connected)),
        Finding::new(
            second.is_some() && waited,
            say("finding.waited").with("ms", took(second)),
        )
        .seen_at(second.map(|(_, connected)| connected)),
        Finding::new(
            gathered(seen).is_some(),
            say("finding.gathering").with("ms", gathering),
        )
        .seen_at(gathered(seen)),
    ]
}
