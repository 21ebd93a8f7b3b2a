//! Refusals of `setRemoteDescription()` and `createAnswer()`.

use super::super::Case;
use super::super::call::Method::{CreateAnswer, SetRemote};
use super::super::given::{Harm, harm, same_sections};
use super::{Row, STATE, TEXT, TYPE, mine, theirs};
use crate::command::Plain;
use crate::sdp;
use crate::signal::DescriptionKind::{self, Answer, Offer};
use crate::step::Whose;

pub(super) const ROWS: [Row; 19] = [
    Row::new("A1", "answer-twice", SetRemote, STATE, |case| {
        answer_in(case, "stable") && took(case, Answer)
    }),
    Row::new("A1", "answer-unasked", SetRemote, STATE, |case| {
        answer_in(case, "stable")
    })
    .mended(offer_first),
    Row::new("A2", "answer-withdrawn", SetRemote, STATE, |case| {
        answer_in(case, "have-remote-offer") && case.seen.offered
    })
    .mended(answer_theirs),
    Row::new("A2", "answer-owed", SetRemote, STATE, |case| {
        answer_in(case, "have-remote-offer")
    })
    .mended(answer_theirs),
    Row::new("A4", "offer-not-set", CreateAnswer, STATE, |case| {
        came(case) == Some(Offer) && case.seen.theirs.waits()
    })
    .mended(|_| mine(Plain::SetRemoteDescription)),
    Row::new("A4", "answered-already", CreateAnswer, STATE, |case| {
        case.state == "stable" && (took(case, Offer) || took(case, Answer))
    }),
    Row::new("A4", "own-offer", CreateAnswer, STATE, |case| {
        case.state == "have-local-offer"
    })
    .mended(|_| theirs(Plain::SendAnswer)),
    Row::new("A4", "no-offer-came", CreateAnswer, STATE, |_| true)
        .mended(|_| theirs(Plain::SendOffer)),
    Row::new("A21", "not-a-description", SetRemote, TYPE, |_| true).mended(send_again),
    Row::new("A14", "sdp-escaped", SetRemote, TEXT, |case| {
        harmed(case, Harm::Escaped)
    })
    .mended(send_again),
    Row::new("A16", "sdp-indented", SetRemote, TEXT, |case| {
        harmed(case, Harm::Indented)
    })
    .mended(send_again),
    Row::new("A21", "no-type", SetRemote, TEXT, |case| {
        case.call.kind().is_none() && (came(case).is_none() || !case.call.argument.is_empty())
    })
    .mended(send_again),
    Row::new("A15", "sdp-cut", SetRemote, TEXT, |case| {
        harmed(case, Harm::Cut)
    })
    .mended(send_again),
    Row::new("A17", "no-fingerprint", SetRemote, TEXT, |case| {
        harmed(case, Harm::NoFingerprint)
    })
    .mended(send_again),
    Row::new("A17", "no-credentials", SetRemote, TEXT, |case| {
        harmed(case, Harm::NoIce)
    })
    .mended(send_again),
    Row::new("A13", "no-last-line-end", SetRemote, TEXT, |case| {
        harmed(case, Harm::NoLastLineEnd)
    })
    .mended(send_again),
    Row::new("A18", "offer-as-answer", SetRemote, TEXT, |case| {
        kind(case) == Some(Answer) && text(case).is_some_and(offers_both_roles)
    })
    .mended(|_| theirs(Plain::SendAnswer)),
    Row::new("A19", "answer-to-another", SetRemote, TEXT, |case| {
        kind(case) == Some(Answer) && differs(case, case.seen.mine.set_sdp())
    }),
    Row::new("A20", "sections-moved", SetRemote, TEXT, |case| {
        kind(case) == Some(Offer) && differs(case, case.seen.theirs.set_sdp())
    })
    .mended(|_| mine(Plain::Close)),
];

fn answer_in(case: &Case<'_>, state: &str) -> bool {
    kind(case) == Some(Answer) && case.state == state
}

/// The kind that the call names, else the one that was given.
fn kind(case: &Case<'_>) -> Option<DescriptionKind> {
    case.call.kind().or(came(case))
}

fn came(case: &Case<'_>) -> Option<DescriptionKind> {
    case.seen.theirs.kind()
}

/// Whether one of theirs of this kind was set.
fn took(case: &Case<'_>, kind: DescriptionKind) -> bool {
    let set = case.seen.theirs.set.as_ref();
    set.is_some_and(|set| set.kind == kind)
}

fn text<'a>(case: &Case<'a>) -> Option<&'a str> {
    case.seen.theirs.given_sdp()
}

fn harmed(case: &Case<'_>, expected: Harm) -> bool {
    let whole = case.seen.theirs.whole();
    text(case).and_then(|text| harm(text, whole)) == Some(expected)
}

/// An offer leaves the choice of the DTLS role open, an answer must not (RFC 8842 5.3).
fn offers_both_roles(sdp: &str) -> bool {
    sdp::attribute(sdp, "setup") == Some("actpass")
}

fn differs(case: &Case<'_>, before: Option<&str>) -> bool {
    let both = text(case).zip(before);
    both.is_some_and(|(text, before)| !same_sections(text, before))
}

fn offer_first(case: &Case<'_>) -> Option<(Plain, Whose)> {
    let made = case.seen.mine.kind() == Some(Offer) && case.seen.mine.waits();
    mine(if made {
        Plain::SetLocalDescription
    } else {
        Plain::CreateOffer
    })
}

fn answer_theirs(case: &Case<'_>) -> Option<(Plain, Whose)> {
    let made = case.seen.mine.kind() == Some(Answer) && case.seen.mine.waits();
    mine(if made {
        Plain::SetLocalDescription
    } else {
        Plain::CreateAnswer
    })
}

fn send_again(case: &Case<'_>) -> Option<(Plain, Whose)> {
    theirs(match kind(case) {
        Some(Answer) => Plain::SendAnswer,
        _ => Plain::SendOffer,
    })
}
