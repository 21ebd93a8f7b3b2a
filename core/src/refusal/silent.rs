//! Mistakes of part A that a browser accepts without a word: told by facts, and only where they break something.

use crate::io::{Fate, Side, What};
use crate::sdp;
use crate::signal::{Candidate, DescriptionKind};

use super::Case;
use super::call::{Call, Method};
use super::rows::{Row, mine, theirs};
use super::seen::Seen;
use crate::command::Plain;

const LOCAL_IS_THEIRS: usize = 0;
const FINGERPRINT_CHANGED: usize = 1;
const CANDIDATE_OLD: usize = 2;
const END_EARLY: usize = 3;
const ANSWER_AS_OFFER: usize = 4;
const SENT_AFTER_CLOSE: usize = 5;
const OLD_SERVER_FORM: usize = 6;
const CANDIDATE_DROPPED: usize = 7;
const CANDIDATE_MANGLED: usize = 8;

/// The rows that no error tells of.
pub(super) static ROWS: [Row; 9] = [
    Row::silent("A6", "local-is-theirs").mended(|_| mine(Plain::Close)),
    Row::silent("A7", "fingerprint-changed").mended(|_| mine(Plain::Close)),
    Row::silent("A11", "candidate-old-taken"),
    Row::silent("A12", "end-early"),
    Row::silent("A18", "answer-as-offer").mended(|_: &Case<'_>| theirs(Plain::SendOffer)),
    Row::silent("A23", "send-late-taken"),
    Row::silent("A29", "server-old-form"),
    Row::silent("A11", "candidate-old-dropped"),
    Row::silent("A10", "candidate-mangled-taken").mended(|_| theirs(Plain::SendCandidates)),
];

/// The mistake that a fact is, seen from what was before it, and the call it was made with.
pub(super) fn find(seen: &Seen, what: &What) -> Option<(&'static Row, Call)> {
    let (row, call) = match what {
        What::Done { call, .. } => {
            let call = Call::read(call);
            (done(seen, &call)?, call)
        }
        What::Call { call, .. } => {
            let call = Call::read(call);
            (called(seen, &call)?, call)
        }
        What::CandidateFate {
            side: Side::Theirs,
            index,
            fate: Fate::Used,
        } => {
            let candidate = seen.candidate(*index)?;
            let row = match (is_old(seen, candidate), is_mangled(candidate)) {
                (true, _) => CANDIDATE_OLD,
                (false, true) => CANDIDATE_MANGLED,
                (false, false) => return None,
            };
            (row, Call::read("addIceCandidate()"))
        }
        // The page itself drops such a candidate. After an ICE restart, or where others have done, that is as it should be.
        What::CandidateFate {
            side: Side::Theirs,
            index,
            fate: Fate::Dropped,
        } if seen.theirs.sets == 1 && !seen.connected => {
            seen.candidate(*index)
                .filter(|candidate| is_old(seen, candidate))?;
            (CANDIDATE_DROPPED, Call::read("addIceCandidate()"))
        }
        What::Chat {
            side: Side::Mine, ..
        } if seen.closed => (SENT_AFTER_CLOSE, Call::read("send()")),
        _ => return None,
    };
    Some((ROWS.get(row)?, call))
}

fn done(seen: &Seen, call: &Call) -> Option<usize> {
    match call.method {
        Method::SetLocal if is_theirs(seen) => Some(LOCAL_IS_THEIRS),
        Method::SetLocal if has_another_fingerprint(seen) => Some(FINGERPRINT_CHANGED),
        Method::SetRemote if is_an_answer(seen, call) => Some(ANSWER_AS_OFFER),
        _ => None,
    }
}

fn called(seen: &Seen, call: &Call) -> Option<usize> {
    match call.method {
        Method::AddCandidate if call.ends_candidates() && seen.theirs.set.is_none() => {
            Some(END_EARLY)
        }
        Method::New if call.has_member("url") && !call.has_member("urls") => Some(OLD_SERVER_FORM),
        _ => None,
    }
}

/// Whether the description of this side is one of the other side: it carries their fingerprint (RFC 8122).
pub(super) fn is_theirs(seen: &Seen) -> bool {
    let fingerprint = |sdp: Option<&'_ str>| sdp.and_then(sdp::fingerprint).map(str::to_owned);
    let theirs = fingerprint(seen.theirs.original.as_ref().map(|one| one.sdp.as_str()));
    // An own offer that came back is another matter: then their fingerprint is this side's.
    let own = fingerprint(seen.mine.original.as_ref().map(|one| one.sdp.as_str()));
    match seen.mine.given_sdp() {
        // Nothing was made here: what was given can only be what came.
        None => theirs.is_some(),
        given => fingerprint(given).is_some_and(|given| Some(given) == theirs) && own != theirs,
    }
}

fn has_another_fingerprint(seen: &Seen) -> bool {
    let given = seen.mine.given_sdp().and_then(sdp::fingerprint);
    let own = seen.mine.whole().and_then(sdp::fingerprint);
    given.zip(own).is_some_and(|(given, own)| given != own)
}

/// A first offer that has already chosen its DTLS role is an answer (RFC 8842 5.2): both engines take it, and then nothing fits.
fn is_an_answer(seen: &Seen, call: &Call) -> bool {
    let chosen = seen
        .theirs
        .given_sdp()
        .and_then(|sdp| sdp::attribute(sdp, "setup"));
    let kind = call.kind().or(seen.theirs.kind());
    kind == Some(DescriptionKind::Offer)
        && seen.theirs.set.is_none()
        && matches!(chosen, Some("active" | "passive"))
}

/// Whether a candidate belongs to another ICE session than the description that is set (RFC 8839 5.4).
pub(super) fn is_old(seen: &Seen, candidate: &Candidate) -> bool {
    let present = seen.theirs.set_sdp().and_then(sdp::ufrag);
    let own = sdp::candidate_ufrag(candidate);
    own.zip(present)
        .is_some_and(|(own, present)| own != present)
}

/// Whether a candidate's text lacks what every candidate has, up to its type (RFC 8839 5.1).
pub(super) fn is_mangled(candidate: &Candidate) -> bool {
    let mut fields = candidate.candidate.split_ascii_whitespace().skip(6);
    fields.next() != Some("typ") || fields.next().is_none()
}
