//! How the other peer's steps are judged: from what arrived here, never from what it may be doing.

use super::judges::{known, skipped, waiting};
use super::{Evidence, Judgement};
use crate::facts::Facts;
use crate::io::Role;
use crate::words::say;

/// A step of the other peer.
pub(super) fn judge(step: u8, facts: &Facts) -> Judgement {
    match facts.run.role {
        Some(Role::Offerer) => answerers(step, facts),
        _ => offerers(step, facts),
    }
}

fn answerers(step: u8, facts: &Facts) -> Judgement {
    let attempt = &facts.attempt;
    let answered = attempt.answer_came();
    match step {
        11 if facts.run.peer_present == Some(true) => known(Evidence::Observed, None),
        11..=19 if answered => known(Evidence::Inferred, None),
        21 if answered => known(Evidence::Observed, None),
        20 | 22 if !facts.run.trickles && answered => skipped("fact.inside"),
        20 if attempt.theirs > 0 => known(Evidence::Inferred, None),
        22 if attempt.theirs > 0 => known(
            Evidence::Observed,
            Some(say("fact.came").with("count", attempt.theirs)),
        ),
        20 if attempt.ever_connected => known(Evidence::Inferred, None),
        22 if attempt.ever_connected => skipped("fact.not-needed"),
        _ => waiting(),
    }
}

fn offerers(step: u8, facts: &Facts) -> Judgement {
    let attempt = &facts.attempt;
    let offered = attempt.offer_came();
    let count = || Some(say("fact.came").with("count", attempt.theirs));
    match step {
        1..=6 if offered => known(Evidence::Inferred, None),
        8 if offered => known(Evidence::Observed, None),
        7 | 9 | 25 if !facts.run.trickles && offered => skipped("fact.inside"),
        7 if attempt.theirs > 0 => known(Evidence::Inferred, None),
        9 if attempt.theirs > 0 && attempt.theirs_early => known(Evidence::Observed, count()),
        9 if attempt.theirs > 0 => skipped("fact.sent-later"),
        25 if attempt.theirs > 0 => known(Evidence::Observed, count()),
        24 | 26 | 7 if attempt.ever_connected => known(Evidence::Inferred, None),
        9 | 25 if attempt.ever_connected => skipped("fact.not-needed"),
        _ => waiting(),
    }
}
