//! Relay only: without a TURN server nothing leads out, with one everything leads through it.

use super::seen::{Kept, Seen, became};
use super::tasks::{CONNECTED, FRESH, ROOM, task};
use super::{Exercise, Finding, Whose};
use crate::io::{Side, StateName, What};
use crate::sdp;
use crate::words::say;

/// How long the browser may take to name the pair that it chose, in milliseconds; not every browser does.
const NAMING: f64 = 2_000.0;

/// Nothing may be used but a TURN server, and there is none.
pub(super) const NOWHERE: Exercise = Exercise {
    id: "relay-nowhere",
    begin: &[],
    tasks: &[
        task("relay-join-without", Whose::Mine, "", |seen| {
            seen.now.joined && seen.now.relay_only && !seen.now.turn
        }),
        task("relay-gather", Whose::Mine, "step-2", |seen| {
            ended(seen).is_some()
        }),
    ],
    check: found_nothing,
};

/// Everything goes through a TURN server.
pub(super) const THROUGH: Exercise = Exercise {
    id: "relay-through",
    begin: &[],
    tasks: &[
        task("relay-join-with", Whose::Mine, "", |seen| {
            seen.now.joined && seen.now.relay_only && seen.now.turn
        }),
        ROOM,
        FRESH,
        CONNECTED,
        task("relay-pair", Whose::Page, "candidates", |seen| {
            let open = seen.first(became(StateName::Channel, "open"));
            let late = open.is_some_and(|open| seen.clock - open.event.at >= NAMING);
            pair(seen).is_some() || late
        }),
    ],
    check: found_relays,
};

/// Gathering ended in a stay under the policy.
fn ended(seen: &Seen) -> Option<&Kept> {
    let joined = seen.all().filter(|kept| {
        matches!(
            kept.event.what,
            What::Joining {
                relay_only: true,
                ..
            } | What::AttemptBegan
        )
    });
    match joined.last() {
        Some(joined) => seen.after(joined, is_end),
        None => seen.first(is_end),
    }
}

fn is_end(what: &What) -> bool {
    matches!(what, What::GatheringEnded { .. })
}

fn found_nothing(seen: &Seen) -> Vec<Finding> {
    let ended = ended(seen);
    let count = ended.and_then(|kept| match kept.event.what {
        What::GatheringEnded { count } => Some(count),
        _ => None,
    });
    let troubled =
        seen.first(|what| matches!(what, What::Trouble(trouble) if trouble.fault.is_some()));
    let local = seen.now.local.as_ref();
    let inside = local.map_or(0, |local| sdp::candidates(&local.sdp).count());
    vec![
        Finding::new(
            count == Some(0) && inside == 0,
            say("finding.no-candidates").with("count", count.unwrap_or_default()),
        )
        .seen_at(ended),
        Finding::new(troubled.is_none(), say("finding.no-error")).at("candidates"),
    ]
}

fn pair(seen: &Seen) -> Option<&Kept> {
    seen.first(|what| matches!(what, What::SelectedPair { .. }))
}

fn found_relays(seen: &Seen) -> Vec<Finding> {
    let mine = seen.all().filter_map(|kept| match &kept.event.what {
        What::Candidate {
            side, candidate, ..
        } if *side == Side::Mine => Some(candidate),
        _ => None,
    });
    let kinds: Vec<String> = mine
        .map(|candidate| kind(&candidate.candidate).to_owned())
        .collect();
    let pair = pair(seen);
    let only_relays = !kinds.is_empty() && kinds.iter().all(|kind| kind == "relay");
    let (through, said) = match pair.map(|kept| &kept.event.what) {
        Some(What::SelectedPair { local, .. }) => {
            (kind(local) == "relay", say("finding.pair-relayed"))
        }
        // It can be concluded only.
        _ => (only_relays, say("finding.pair-unnamed")),
    };
    let open = seen.first(became(StateName::Channel, "open"));
    vec![
        Finding::new(
            only_relays,
            say("finding.only-relays").with("count", kinds.len()),
        )
        .at("candidates"),
        Finding::new(through, said).seen_at(pair),
        Finding::new(open.is_some(), say("finding.connected")).seen_at(open),
    ]
}

fn kind(candidate: &str) -> &str {
    sdp::parts(candidate).map_or("", |parts| parts.kind)
}
