//! Refusals of `setLocalDescription()`.

use super::super::Case;
use super::super::call::Method::SetLocal;
use super::super::silent::is_theirs;
use super::{Row, STATE, mine};
use crate::command::Plain;
use crate::signal::DescriptionKind::{self, Answer, Offer};
use crate::step::Whose;

/// The engines disagree on whether a foreign answer is a matter of the state.
const MODIFIED: &[&str] = &[
    "InvalidModificationError",
    "InvalidAccessError",
    "OperationError",
];
const UNMADE: &[&str] = &[
    "InvalidModificationError",
    "InvalidStateError",
    "InvalidAccessError",
];

pub(super) const ROWS: [Row; 8] = [
    Row::new("A3", "offer-owed-answer", SetLocal, STATE, |case| {
        kind(case) == Some(Offer) && case.state == "have-remote-offer"
    })
    .mended(|_| mine(Plain::CreateAnswer)),
    Row::new("A5", "answer-is-theirs", SetLocal, UNMADE, |case| {
        kind(case) == Some(Answer) && case.seen.mine.given.is_some() && is_theirs(case.seen)
    })
    .mended(create_answer),
    Row::new("A5", "answer-edited", SetLocal, UNMADE, |case| {
        kind(case) == Some(Answer) && case.seen.mine.edited
    })
    .mended(create_answer),
    Row::new("A5", "answer-not-made", SetLocal, UNMADE, |case| {
        kind(case) == Some(Answer)
    })
    .mended(create_answer),
    Row::new("A6", "local-is-theirs", SetLocal, MODIFIED, |case| {
        is_theirs(case.seen)
    })
    .mended(|case| {
        mine(if case.seen.theirs.waits() {
            Plain::SetRemoteDescription
        } else {
            Plain::CreateOffer
        })
    }),
    Row::new("A7", "offer-edited", SetLocal, MODIFIED, |case| {
        case.seen.mine.edited
    })
    .mended(|_| mine(Plain::CreateOffer)),
    Row::new("A7", "offer-outdated", SetLocal, MODIFIED, |case| {
        case.seen.outdated
    })
    .mended(|_| mine(Plain::CreateOffer)),
    Row::new("A7", "offer-not-the-last", SetLocal, MODIFIED, |_| true)
        .mended(|_| mine(Plain::CreateOffer)),
];

fn kind(case: &Case<'_>) -> Option<DescriptionKind> {
    case.call.kind().or(case.seen.mine.kind())
}

fn create_answer(case: &Case<'_>) -> Option<(Plain, Whose)> {
    let owes = case.state == "have-remote-offer";
    if owes {
        mine(Plain::CreateAnswer)
    } else {
        None
    }
}
