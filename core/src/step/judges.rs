//! How each step of mine, and of the relay, is judged.

use super::{Evidence, Judgement, Status};
use crate::facts::{Facts, Size};
use crate::io::Role;
use crate::signal::DescriptionKind;
use crate::words::{Message, say};

pub(super) fn waiting() -> Judgement {
    Judgement {
        status: Status::Waiting,
        evidence: None,
        fact: None,
    }
}

pub(super) fn done(fact: Option<Message>) -> Judgement {
    Judgement {
        status: Status::Done,
        evidence: None,
        fact,
    }
}

pub(super) fn known(evidence: Evidence, fact: Option<Message>) -> Judgement {
    Judgement {
        status: Status::Done,
        evidence: Some(evidence),
        fact,
    }
}

pub(super) fn skipped(fact: &'static str) -> Judgement {
    Judgement {
        status: Status::Skipped,
        evidence: None,
        fact: Some(say(fact)),
    }
}

fn when(holds: bool, fact: Option<Message>) -> Judgement {
    if holds { done(fact) } else { waiting() }
}

pub(super) fn ice_servers(facts: &Facts) -> Judgement {
    done(Some(match facts.run.ice_servers {
        0 => say("fact.no-servers"),
        count => say("fact.servers").with("count", count),
    }))
}

pub(super) fn peer_connection(facts: &Facts) -> Judgement {
    when(
        facts.attempt.peer_connection,
        Some(say("fact.attempt").with("number", facts.run.attempt)),
    )
}

pub(super) fn decided(facts: &Facts) -> Judgement {
    when(facts.attempt.peer_connection, Some(say("fact.text")))
}

pub(super) fn channel(facts: &Facts) -> Judgement {
    let label = facts.attempt.channel_label.as_deref();
    let fact = label.map_or_else(
        || say("fact.listening"),
        |label| say("fact.channel").with("label", label),
    );
    when(facts.attempt.channel_added, Some(fact))
}

fn bytes(size: Option<Size>) -> Option<Message> {
    size.map(|size| say("fact.bytes").with("count", size.bytes))
}

pub(super) fn made_offer(facts: &Facts) -> Judgement {
    made(facts, DescriptionKind::Offer)
}

pub(super) fn made_answer(facts: &Facts) -> Judgement {
    made(facts, DescriptionKind::Answer)
}

fn made(facts: &Facts, kind: DescriptionKind) -> Judgement {
    let made = facts.attempt.made.filter(|size| size.kind == kind);
    when(made.is_some(), bytes(made))
}

pub(super) fn local(facts: &Facts) -> Judgement {
    when(facts.attempt.local.is_some(), Some(state(facts)))
}

pub(super) fn remote(facts: &Facts) -> Judgement {
    when(facts.attempt.remote.is_some(), Some(state(facts)))
}

/// The signaling state the browser shows; its word needs no translation.
fn state(facts: &Facts) -> Message {
    say("fact.state").with("state", &facts.attempt.signaling)
}

pub(super) fn gathered(facts: &Facts) -> Judgement {
    let attempt = &facts.attempt;
    if attempt.gathering_ended {
        return done(Some(say("fact.found").with("count", attempt.found)));
    }
    let fact = attempt
        .local
        .is_some()
        .then(|| say("fact.gathering").with("count", attempt.found));
    Judgement { fact, ..waiting() }
}

pub(super) fn offer_sent(facts: &Facts) -> Judgement {
    sent(facts, DescriptionKind::Offer)
}

pub(super) fn answer_sent(facts: &Facts) -> Judgement {
    sent(facts, DescriptionKind::Answer)
}

fn sent(facts: &Facts, kind: DescriptionKind) -> Judgement {
    let fact = if facts.attempt.spoken {
        say("fact.sent")
    } else {
        say("fact.kept")
    };
    when(facts.attempt.given == Some(kind), Some(fact))
}

pub(super) fn sent_early(facts: &Facts) -> Judgement {
    let attempt = &facts.attempt;
    if !facts.run.trickles {
        return skipped("fact.inside");
    }
    match (attempt.flowing, attempt.early) {
        (true, true) => done(Some(handed(facts))),
        (true, false) => skipped("fact.sent-later"),
        (false, _) => waiting(),
    }
}

pub(super) fn candidates_sent(facts: &Facts) -> Judgement {
    if !facts.run.trickles {
        return skipped("fact.inside");
    }
    when(facts.attempt.flowing, Some(handed(facts)))
}

fn handed(facts: &Facts) -> Message {
    say("fact.handed").with("count", facts.attempt.handed)
}

pub(super) fn offer_passed(facts: &Facts) -> Judgement {
    match facts.run.role {
        Some(Role::Answerer) if facts.attempt.offer_came() => known(Evidence::Observed, None),
        Some(Role::Offerer) if facts.attempt.answer_came() => known(Evidence::Inferred, None),
        _ => waiting(),
    }
}

pub(super) fn answer_passed(facts: &Facts) -> Judgement {
    match facts.run.role {
        Some(Role::Offerer) if facts.attempt.answer_came() => known(Evidence::Observed, None),
        Some(Role::Answerer) if facts.attempt.ever_connected => known(Evidence::Inferred, None),
        _ => waiting(),
    }
}

pub(super) fn answerer_joined(_: &Facts) -> Judgement {
    done(Some(say("fact.joined")))
}

pub(super) fn offer_received(facts: &Facts) -> Judgement {
    came(facts, DescriptionKind::Offer)
}

pub(super) fn answer_received(facts: &Facts) -> Judgement {
    came(facts, DescriptionKind::Answer)
}

fn came(facts: &Facts, kind: DescriptionKind) -> Judgement {
    let came = facts.attempt.came.filter(|size| size.kind == kind);
    when(came.is_some(), bytes(came))
}
