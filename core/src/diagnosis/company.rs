//! Rows about the other side: nobody there, there too late, only an echo, or gone without a word.

use super::judging::Judging;
use super::{Diagnosis, Owner, Tone};
use crate::io::{Millis, Role, Side};
use crate::words::say;

/// A goodbye may come after the channel has closed.
const GOODBYE: Millis = 3_000.0;
/// An interruption that a browser mends by itself is over.
const INTERRUPTED: Millis = 3_000.0;
/// A page that takes the steps by itself answers at once; people do not.
const ANSWERS: Millis = 15_000.0;
const PEOPLE_ANSWER: Millis = 600_000.0;
/// What is said again to somebody who came, is said at once.
const SAYS_AGAIN: Millis = 5_000.0;

pub(super) fn s11_own_offer_came_back(judging: &Judging<'_>) -> Option<Diagnosis> {
    let known = judging.known;
    let attempt = &known.attempt;
    let (local, remote) = (attempt.own.as_ref(), attempt.remote.as_ref());
    let same = local.zip(remote).filter(|(local, remote)| {
        !local.fingerprint.is_empty() && local.fingerprint == remote.fingerprint
    });
    let said = known.trouble_of(&["trouble.own-echo"]);
    let since = same
        .map(|(_, remote)| remote.at)
        .or(said.map(|(at, _)| at))
        .or(known.run.echoed)?;
    if attempt.channel_open || (same.is_none() && attempt.answered.is_some()) {
        return None;
    }
    let mut found = judging
        .found("S11", since, Owner::Endpoint)
        .tone(Tone::Odd)
        .explains(&["trouble.own-echo"])
        .with("endpoint", &known.run.endpoint);
    if let Some(local) = local {
        let short: String = local.fingerprint.chars().take(FINGERPRINT).collect();
        let ufrag = same.map_or(&local.ufrag, |(_, remote)| &remote.ufrag);
        found = found
            .bad("diagnosis.fact.fingerprint.mine", &short)
            .bad("diagnosis.fact.fingerprint.theirs", &short)
            .bad("diagnosis.fact.ufrag", ufrag);
    }
    Some(found)
}

/// `sha-256` and the first bytes.
const FINGERPRINT: usize = 19;

pub(super) fn s17_other_side_closed(judging: &Judging<'_>) -> Option<Diagnosis> {
    let known = judging.known;
    let attempt = &known.attempt;
    let ended = known.ended.as_ref();
    let closed = ended
        .filter(|ended| ended.why == "ended.channel-closed")
        .map(|ended| ended.at);
    let since = closed.or(attempt
        .channel_closed
        .filter(|_| attempt.closed_by_call.is_none()))?;
    let bye = known.run.goodbye.is_some_and(|at| at + GOODBYE > since);
    if bye || !judging.past(since, GOODBYE) {
        return None;
    }
    let state = ended.map_or(&attempt.connection.value, |ended| &ended.connection);
    let found = judging
        .found("S17", since, Owner::Theirs)
        .tone(Tone::Odd)
        .bad("diagnosis.fact.channel", "closed")
        .judged("diagnosis.fact.goodbye", say("diagnosis.value.none"), false)
        .bad("diagnosis.fact.connection", state);
    Some(found.explains(LOST))
}

const LOST: &[&str] = &["trouble.lost"];

pub(super) fn s18_closing_tells_nobody(judging: &Judging<'_>) -> Option<Diagnosis> {
    let known = judging.known;
    let (at, trouble) = known.trouble.as_ref()?;
    let refusal = trouble.refusal.as_ref()?;
    let attempt = &known.attempt;
    let closed = attempt.closed_by_call.is_some();
    if refusal.state != "closed" || !closed || attempt.connection.value == "closed" {
        return None;
    }
    let found = judging
        .found("S18", *at, Owner::Mine)
        .tone(Tone::Calm)
        .bad("diagnosis.fact.refused", &refusal.call)
        .bad("diagnosis.fact.signaling", "closed")
        .judged(
            "diagnosis.fact.told-closed",
            say("diagnosis.value.none"),
            false,
        );
    Some(found.step(judging.step_of("create-peer-connection")))
}

pub(super) fn s20_joined_after_the_offer(judging: &Judging<'_>) -> Option<Diagnosis> {
    let (attempt, run) = (&judging.known.attempt, &judging.known.run);
    let said = attempt.said.as_ref().filter(|said| said.kind == "offer")?;
    let came = run.company_since()?;
    let late = came > said.at && attempt.remote.is_none();
    if !late || !judging.past(came, SAYS_AGAIN) {
        return None;
    }
    let found = judging
        .found("S20", came, Owner::Mine)
        .judged("diagnosis.fact.offer-sent", before(came - said.at), false)
        .good("diagnosis.fact.present", run.peers.len())
        .judged("diagnosis.fact.answer", say("diagnosis.value.none"), false);
    Some(found.step(8).mend("send-offer"))
}

fn before(ms: Millis) -> crate::words::Message {
    let seconds = (ms.max(0.0) / 1000.0).ceil() as u64;
    say("diagnosis.value.before").with("count", seconds)
}

/// A fault on purpose took an offer or an answer.
pub(super) fn signal_lost_on_purpose(judging: &Judging<'_>) -> Option<Diagnosis> {
    let (at, side, kind) = judging.known.run.taken?;
    let attempt = &judging.known.attempt;
    let again = attempt.said.as_ref().is_some_and(|said| said.at > at);
    let arrived = match side {
        Side::Theirs => attempt.remote.as_ref().is_some_and(|remote| remote.at > at),
        Side::Mine => attempt.remote.is_some() && kind == "offer",
    };
    if arrived || again && side == Side::Mine || attempt.channel_open {
        return None;
    }
    if !judging.past(at, SAYS_AGAIN) {
        return None;
    }
    let whose = match side {
        Side::Mine => Owner::Mine,
        Side::Theirs => Owner::Theirs,
    };
    let found = judging
        .found("lost", at, whose)
        .with("kind", kind)
        .bad("diagnosis.fact.taken", kind)
        .judged(
            "diagnosis.fact.on-purpose",
            say("diagnosis.value.yes"),
            false,
        );
    let command = match kind {
        "offer" => "send-offer",
        _ => "send-answer",
    };
    Some(match (side, kind) {
        (Side::Mine, _) => found.step(judging.step_of(command)).mend(command),
        (Side::Theirs, "offer") => found.step(8),
        (Side::Theirs, _) => found.step(21),
    })
}

pub(super) fn s22_interrupted(judging: &Judging<'_>) -> Option<Diagnosis> {
    let (since, value) = interrupted(judging)?;
    if is_gone(judging) {
        return None;
    }
    let failed = value == "failed";
    let found = judging
        .found("S22", since, Owner::Network)
        .explains(LOST)
        .tone(if failed { Tone::Stuck } else { Tone::Calm })
        .bad("diagnosis.fact.connection", value)
        .good("diagnosis.fact.present", judging.known.run.peers.len());
    Some(if failed {
        found.mend("restart-ice")
    } else {
        found
    })
}

pub(super) fn s27_no_goodbye(judging: &Judging<'_>) -> Option<Diagnosis> {
    let known = judging.known;
    let gone = known
        .ended
        .as_ref()
        .filter(|ended| ended.why == "ended.gone" && !ended.channel_closed)
        .map(|ended| (ended.at, ended.connection.as_str()));
    let (since, value) = gone.or_else(|| interrupted(judging).filter(|_| is_gone(judging)))?;
    let found = judging
        .found("S27", since, Owner::Theirs)
        .explains(LOST)
        .tone(Tone::Odd)
        .with("seconds", judging.seconds_since(since))
        .bad("diagnosis.fact.connection", value)
        .judged("diagnosis.fact.goodbye", say("diagnosis.value.none"), false);
    let left = say(match known.run.left {
        Some(_) => "diagnosis.value.gone",
        None => "diagnosis.value.unknown",
    });
    Some(found.judged("diagnosis.fact.in-room", left, false))
}

/// A connection that was up and is not now: since when, and what the browser calls it.
fn interrupted<'a>(judging: &Judging<'a>) -> Option<(Millis, &'a str)> {
    let attempt = &judging.known.attempt;
    attempt.connected?;
    let state = &attempt.connection;
    let down = matches!(state.value.as_str(), "disconnected" | "failed");
    let closed = attempt.channel_closed.is_some() || attempt.closed_by_call.is_some();
    let due = down && !closed && judging.past(state.at, INTERRUPTED);
    due.then_some((state.at, state.value.as_str()))
}

/// Nobody is in the room any more, as far as anybody tells.
fn is_gone(judging: &Judging<'_>) -> bool {
    let run = &judging.known.run;
    run.left.is_some() || !run.tells_peers
}

/// The offer is out and nothing at all came back: another room, or nobody.
pub(super) fn nobody_answers(judging: &Judging<'_>) -> Option<Diagnosis> {
    let (attempt, run) = (&judging.known.attempt, &judging.known.run);
    let said = attempt.said.as_ref().filter(|said| said.kind == "offer")?;
    let silent = run.peers.is_empty() && run.understood.is_none() && attempt.remote.is_none();
    let by_hand = run.endpoint == "paste:" || run.alone;
    if !silent || by_hand || judging.known.role == Some(Role::Answerer) {
        return None;
    }
    let patience = if judging.is_auto() && !run.tells_peers {
        ANSWERS
    } else {
        PEOPLE_ANSWER
    };
    if !judging.past(said.at, patience) {
        return None;
    }
    let found = judging
        .found("rooms", said.at, Owner::Theirs)
        .with("room", &run.room)
        .with("endpoint", &run.endpoint)
        .with("dialect", &run.dialect)
        .good("diagnosis.fact.said", "offer")
        .bad("diagnosis.fact.came", 0)
        .bad("diagnosis.fact.room", &run.room);
    Some(found.bad("diagnosis.fact.dialect", &run.dialect).step(11))
}
