//! Rows about steps that were skipped, came too late or were taken with the wrong thing.

use super::judging::Judging;
use super::{Diagnosis, Owner};
use crate::io::{Millis, Role};
use crate::signal::DescriptionKind;
use crate::words::say;

/// A call that the user is about to follow up with the next one.
const MOMENT: Millis = 1_500.0;
/// A step that was left out, and not only put off.
const LEFT_OUT: Millis = 10_000.0;
/// No browser needs so long for a call.
const SETTLES: Millis = 15_000.0;

pub(super) fn s1_offer_without_sections(judging: &Judging<'_>) -> Option<Diagnosis> {
    let attempt = &judging.known.attempt;
    let local = attempt.local.as_ref().filter(|local| {
        local.sections == 0 && local.kind == DescriptionKind::Offer && !attempt.channel_open
    })?;
    if !judging.past(local.at, MOMENT) {
        return None;
    }
    let found = judging
        .found("S1", local.at, Owner::Mine)
        .good("diagnosis.fact.local", local.kind.word())
        .bad("diagnosis.fact.sections", 0)
        .bad("diagnosis.fact.gathering", &attempt.gathering.value)
        .bad("diagnosis.fact.mine", attempt.mine.all);
    Some(if attempt.remote_set.is_some() {
        found.step(4).mend("close")
    } else if attempt.channel.made {
        found.step(5).mend("create-offer")
    } else {
        found.step(4).mend("add-data-channel")
    })
}

pub(super) fn s2_local_description_not_set(judging: &Judging<'_>) -> Option<Diagnosis> {
    let attempt = &judging.known.attempt;
    let said = attempt.said.as_ref()?;
    let begun = attempt.connection.value == "new" || attempt.connection.value.is_empty();
    if attempt.local_set.is_some() || attempt.local.is_some() || !begun {
        return None;
    }
    let answered = attempt.answered.is_some();
    if !answered && !judging.past(said.at, LEFT_OUT) {
        return None;
    }
    let step = judging.step_of("set-local-description");
    let found = judging
        .found("S2", said.at, Owner::Mine)
        .with("kind", said.kind)
        .good("diagnosis.fact.said", said.kind)
        .judged("diagnosis.fact.local", say("diagnosis.value.none"), false)
        .bad("diagnosis.fact.mine", attempt.mine.all);
    Some(found.step(step).mend("set-local-description"))
}

pub(super) fn s3_candidate_events_missed(judging: &Judging<'_>) -> Option<Diagnosis> {
    let attempt = &judging.known.attempt;
    let (at, count) = attempt.gathered?;
    let local = attempt.local.as_ref()?;
    if count > 0 || attempt.mine.all > 0 || local.candidates == 0 || attempt.channel_open {
        return None;
    }
    let found = judging
        .found("S3", at, Owner::Mine)
        .good("diagnosis.fact.gathering", &attempt.gathering.value)
        .good("diagnosis.fact.inside", local.candidates)
        .bad("diagnosis.fact.told", 0);
    let gathers = match judging.known.role {
        Some(Role::Answerer) => 20,
        _ => 7,
    };
    Some(found.step(gathers))
}

pub(super) fn s12_offer_rolled_back(judging: &Judging<'_>) -> Option<Diagnosis> {
    let attempt = &judging.known.attempt;
    let at = attempt.rolled_back?;
    if !judging.past(at, MOMENT) {
        return None;
    }
    let found = judging
        .found("S12", at, Owner::Mine)
        .judged(
            "diagnosis.fact.path",
            say("diagnosis.value.rolled-back"),
            false,
        )
        .good("diagnosis.fact.remote", "offer")
        .judged("diagnosis.fact.error", say("diagnosis.value.none"), true);
    let made = attempt.next == judging.step_of("set-local-description");
    let command = if made && attempt.next.is_some() {
        "set-local-description"
    } else {
        "create-answer"
    };
    Some(found.step(judging.step_of(command)).mend(command))
}

pub(super) fn s19_description_without_its_candidates(judging: &Judging<'_>) -> Option<Diagnosis> {
    let attempt = &judging.known.attempt;
    let said = attempt.said.as_ref().filter(|said| !said.with_candidates)?;
    let (at, count) = attempt.gathered.filter(|(_, count)| *count > 0)?;
    let by_hand = attempt.inside || judging.known.run.endpoint == "paste:";
    if !by_hand || attempt.candidates_said.is_some() || attempt.channel_open {
        return None;
    }
    let found = judging
        .found("S19", at.max(said.at), Owner::Mine)
        .with("kind", said.kind)
        .bad("diagnosis.fact.in-said", 0)
        .good("diagnosis.fact.found", count)
        .bad("diagnosis.fact.sent", 0);
    let command = match said.kind {
        "offer" => "send-offer",
        _ => "send-answer",
    };
    Some(found.step(judging.step_of(command)).mend(command))
}

pub(super) fn s25_call_never_settles(judging: &Judging<'_>) -> Option<Diagnosis> {
    let attempt = &judging.known.attempt;
    let (call, at) = attempt.calls.first()?;
    if !judging.past(*at, SETTLES) {
        return None;
    }
    let closed = attempt.signaling.value == "closed" || attempt.closed_by_call.is_some();
    let mut found = judging
        .found("S25", *at, Owner::Mine)
        .with("call", call)
        .bad("diagnosis.fact.pending", call);
    if closed {
        found = found.bad("diagnosis.fact.signaling", "closed");
    }
    Some(found.mend("close"))
}

pub(super) fn s29_channel_threw(judging: &Judging<'_>) -> Option<Diagnosis> {
    let (at, trouble) = judging.known.trouble.as_ref()?;
    let refusal = trouble.refusal.as_ref()?;
    if refusal.call != "createDataChannel()" {
        return None;
    }
    let name = trouble.fault.as_ref().map_or("", |fault| &fault.name);
    let found = judging
        .found("S29", *at, Owner::Mine)
        .bad("diagnosis.fact.error", name)
        .good("diagnosis.fact.signaling", &refusal.state)
        .step(judging.step_of("add-data-channel").or(Some(4)));
    Some(found.mend("leave"))
}
