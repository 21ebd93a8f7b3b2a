//! Refusals of `addIceCandidate()`.

use super::super::Case;
use super::super::call::Method::AddCandidate;
use super::super::given::attributes;
use super::super::silent::{is_mangled, is_old};
use super::{Lost, OPERATION, Row, STATE, TYPE, mine, theirs};
use crate::command::Plain;
use crate::sdp;
use crate::signal::Candidate;
use crate::step::Whose;

pub(super) const ROWS: [Row; 8] = [
    Row::new("A12", "end-early", AddCandidate, STATE, |case| {
        case.call.ends_candidates() && early(case)
    })
    .mended(description_first),
    Row::new("A8", "candidate-early", AddCandidate, STATE, early)
        .mended(description_first)
        .losing(Lost::Candidate),
    Row::new("A9", "candidate-nowhere", AddCandidate, TYPE, |_| true)
        .mended(|_| theirs(Plain::SendCandidates))
        .losing(Lost::Candidate),
    Row::new("A11", "candidate-old", AddCandidate, OPERATION, |case| {
        case.seen
            .suspect()
            .is_some_and(|candidate| is_old(case.seen, candidate))
    })
    .losing(Lost::Candidate),
    Row::new(
        "A10",
        "candidate-mangled",
        AddCandidate,
        OPERATION,
        |case| suspect(case, |candidate, _| is_mangled(candidate)),
    )
    .mended(|_| theirs(Plain::SendCandidates))
    .losing(Lost::Candidate),
    Row::new(
        "A10",
        "candidate-other-mid",
        AddCandidate,
        OPERATION,
        |case| {
            suspect(case, |candidate, remote| {
                let mid = candidate.sdp_mid.as_deref();
                mid.is_some_and(|mid| !attributes(remote, "mid").any(|known| known == mid))
            })
        },
    )
    .losing(Lost::Candidate),
    Row::new(
        "A10",
        "candidate-other-index",
        AddCandidate,
        OPERATION,
        |case| {
            suspect(case, |candidate, remote| {
                let index = candidate.sdp_m_line_index.map(usize::from);
                index.is_some_and(|index| index >= sdp::sections(remote))
            })
        },
    )
    .losing(Lost::Candidate),
    Row::new("A10", "candidate-foreign", AddCandidate, OPERATION, |_| {
        true
    })
    .losing(Lost::Candidate),
];

/// No description of theirs is set.
fn early(case: &Case<'_>) -> bool {
    case.seen.theirs.set.is_none()
}

/// Whether something holds for the candidate spoken of and the description it should belong to.
fn suspect(case: &Case<'_>, holds: fn(&Candidate, &str) -> bool) -> bool {
    let remote = case.seen.theirs.set_sdp().unwrap_or("");
    case.seen
        .suspect()
        .is_some_and(|candidate| holds(candidate, remote))
}

fn description_first(case: &Case<'_>) -> Option<(Plain, Whose)> {
    if case.seen.theirs.waits() {
        return mine(Plain::SetRemoteDescription);
    }
    theirs(if case.seen.offered {
        Plain::SendAnswer
    } else {
        Plain::SendOffer
    })
}
