//! Rows about candidates and the checks between them: never sent, never gathered, never successful.

use super::attempt::Attempt;
use super::judging::Judging;
use super::{Diagnosis, Owner, Tone};
use crate::io::{Millis, Role};
use crate::words::say;

/// After this a person who only pauses has gone on, or left a step out of its order.
const LEFT_OUT: Millis = 10_000.0;
/// The same where the other side's person may be the one who pauses.
const OTHERS_PAUSE: Millis = 30_000.0;
/// The page repairs what failed by itself; only what stays failed is told.
const REPAIRS: Millis = 3_000.0;
/// A server that does its part answers within a second; browsers ask for up to 40 s.
const ANSWERS: Millis = 8_000.0;
const GATHERS: Millis = 15_000.0;
/// Checks between two that know each other take less than a second, and Firefox fails earlier than this.
const UNFOUND: Millis = 20_000.0;

/// What a trouble says of these situations in fewer words.
const NO_ROUTE: &[&str] = &["trouble.no-route", "trouble.gave-up"];
const NO_CANDIDATES: &[&str] = &[
    "trouble.no-candidates",
    "trouble.no-route",
    "trouble.gave-up",
];

pub(super) fn s4_candidates_never_sent(judging: &Judging<'_>) -> Option<Diagnosis> {
    let attempt = &judging.known.attempt;
    let agreed = never_up(attempt)?;
    let silent = attempt.theirs.all == 0 && !attempt.inside;
    // Without a candidate to send the missing thing is another one.
    if !silent || attempt.mine.all == 0 || gave_up(judging).is_some() {
        return None;
    }
    let since = attempt.candidates_said.map_or(agreed, |at| at.max(agreed));
    let failed = attempt.failed_since();
    let due = match failed {
        Some(at) => judging.past(at, REPAIRS),
        None => judging.past(since, patience(judging)?),
    };
    if !due {
        return None;
    }
    let (sent, found) = (attempt.mine.used, attempt.mine.all);
    let value = say("diagnosis.value.of")
        .with("count", sent)
        .with("all", found);
    let base = |whose| {
        judging
            .found("S4", since, whose)
            .explains(NO_CANDIDATES)
            .good("diagnosis.fact.agreed", &attempt.signaling.value)
            .judged("diagnosis.fact.sent", value.clone(), sent > 0)
            .bad("diagnosis.fact.received", 0)
    };
    let theirs = judging.candidates_step(false);
    if sent == 0 {
        let mut missing = base(Owner::Mine).step(judging.candidates_step(true));
        missing.count = found;
        let missing = missing.also(theirs, say("diagnosis.s4.also"));
        return Some(missing.mend("send-candidates"));
    }
    let mut found = base(Owner::Theirs).step(theirs);
    found.title = say("diagnosis.s4.title.theirs");
    found.why = say("diagnosis.s4.why.theirs");
    found.advice = say("diagnosis.s4.advice.theirs");
    Some(found)
}

/// How long silence means nothing; none if it never means anything: the user's next step is the one that is missing.
fn patience(judging: &Judging<'_>) -> Option<Millis> {
    let attempt = &judging.known.attempt;
    if judging.is_auto() {
        return Some(LEFT_OUT);
    }
    let offers = judging.known.role == Some(Role::Offerer);
    // The offerer has set the answer, so the other side has set both too, or has left something out.
    match (offers, attempt.mine.used > 0) {
        // Sending comes before setting the answer in the course: it was left out.
        (true, false) => Some(LEFT_OUT),
        (true, true) => Some(OTHERS_PAUSE),
        (false, _) => None,
    }
}

pub(super) fn s4a_firefox_gave_up(judging: &Judging<'_>) -> Option<Diagnosis> {
    let failed = gave_up(judging)?;
    if !judging.past(failed, REPAIRS) {
        return None;
    }
    let attempt = &judging.known.attempt;
    let agreed = attempt.agreed_since()?;
    let found = judging
        .found("S4a", failed, Owner::Mine)
        .explains(NO_CANDIDATES)
        .good("diagnosis.fact.agreed", &attempt.signaling.value)
        .bad("diagnosis.fact.received", attempt.theirs.used)
        .judged(
            "diagnosis.fact.held",
            say("diagnosis.value.seconds").with("count", whole(failed - agreed)),
            false,
        )
        .bad("diagnosis.fact.ice", &attempt.ice.value);
    Some(found.mend("restart-ice"))
}

/// Firefox failed without ever having had a candidate to check: since when.
fn gave_up(judging: &Judging<'_>) -> Option<Millis> {
    let attempt = &judging.known.attempt;
    let firefox = attempt.local.as_ref().is_some_and(|local| local.of_firefox);
    let failed = attempt.failed_since()?;
    let nothing = attempt.theirs.used == 0 && attempt.connected.is_none() && !attempt.inside;
    (firefox && nothing && attempt.agreed.is_some()).then_some(failed)
}

pub(super) fn s5_no_pair_works(judging: &Judging<'_>) -> Option<Diagnosis> {
    let found = no_route("S5", judging)?;
    let attempt = &judging.known.attempt;
    if strict(attempt) || attempt.theirs.names == attempt.theirs.all {
        return None;
    }
    let found = found.bad("diagnosis.fact.ice", &attempt.ice.value);
    let tried = say("diagnosis.value.times").with("count", attempt.failures.max(1));
    Some(found.judged("diagnosis.fact.tried", tried, false))
}

pub(super) fn s6_strict_networks(judging: &Judging<'_>) -> Option<Diagnosis> {
    let attempt = &judging.known.attempt;
    let found = no_route("S6", judging).filter(|_| strict(attempt))?;
    let found = found
        .good("diagnosis.fact.reflexive.mine", attempt.mine.reflexive)
        .good("diagnosis.fact.reflexive.theirs", attempt.theirs.reflexive);
    Some(found.bad("diagnosis.fact.relayed", 0))
}

pub(super) fn s10_names_of_one_network(judging: &Judging<'_>) -> Option<Diagnosis> {
    let attempt = &judging.known.attempt;
    let only_names = attempt.theirs.names == attempt.theirs.all && attempt.theirs.all > 0;
    let failed = no_route("S10", judging).or_else(|| unfound(judging));
    let found = failed.filter(|_| only_names)?;
    let found = found.bad("diagnosis.fact.names.theirs", attempt.theirs.names);
    Some(found.bad("diagnosis.fact.names.mine", attempt.mine.names))
}

/// A name that nobody answers to is no candidate for Chromium: it checks nothing, and does not fail either.
fn unfound(judging: &Judging<'_>) -> Option<Diagnosis> {
    let attempt = &judging.known.attempt;
    let agreed = never_up(attempt)?;
    // The answerer cannot know whether the other side's person has set the answer yet.
    let over = judging.is_auto() || judging.known.role == Some(Role::Offerer);
    let since = attempt.theirs.used_at.max(agreed);
    let due = over && attempt.theirs.used > 0 && judging.past(since, UNFOUND);
    due.then(|| between(judging.found("S10", since, Owner::Network), attempt))
}

/// Both sides knew addresses of each other, and the browser gave up on all of them.
fn no_route(row: &'static str, judging: &Judging<'_>) -> Option<Diagnosis> {
    let attempt = &judging.known.attempt;
    never_up(attempt)?;
    let tried = attempt.theirs.used > 0 || attempt.inside;
    let again = attempt.failures > 1;
    let since = attempt
        .failed_since()
        .or_else(|| again.then_some(attempt.connection.at))?;
    if !tried || !(again || judging.past(since, REPAIRS)) {
        return None;
    }
    let found = between(judging.found(row, since, Owner::Network), attempt);
    Some(found.mend("restart-ice"))
}

/// What each side knew of the other.
fn between(found: Diagnosis, attempt: &Attempt) -> Diagnosis {
    let found = found.explains(NO_ROUTE);
    found
        .good("diagnosis.fact.sent", attempt.mine.used)
        .good("diagnosis.fact.received", attempt.theirs.all)
}

pub(super) fn s7_relay_policy_without_relay(judging: &Judging<'_>) -> Option<Diagnosis> {
    let attempt = &judging.known.attempt;
    let (at, count) = attempt.gathered?;
    if !judging.known.run.relay_only || count > 0 || attempt.channel_open {
        return None;
    }
    let found = judging
        .found("S7", at, Owner::Mine)
        .bad("diagnosis.fact.policy", "relay")
        .judged(
            "diagnosis.fact.servers",
            say("fact.state").with("state", judging.known.run.ice_servers),
            judging.known.run.ice_servers > 0,
        )
        .good("diagnosis.fact.gathering", "complete")
        .bad("diagnosis.fact.mine", 0);
    Some(
        found
            .step(judging.step_of("create-peer-connection"))
            .mend("leave"),
    )
}

pub(super) fn s8_server_is_dead(judging: &Judging<'_>) -> Option<Diagnosis> {
    let attempt = &judging.known.attempt;
    if attempt.channel_open || judging.known.run.ice_servers == 0 {
        return None;
    }
    let late = attempt
        .errors
        .iter()
        .find(|(_, after, ..)| *after >= ANSWERS);
    let gathers = attempt.gathering.value == "gathering";
    let useless = attempt.mine.reflexive + attempt.mine.relayed == 0;
    let since = match late {
        Some((at, ..)) => *at,
        None if gathers && useless && judging.past(attempt.gathering.at, GATHERS) => {
            attempt.gathering.at
        }
        None => return None,
    };
    let url = late.map_or("", |(.., url)| url.as_str());
    let took = late.map_or_else(
        || judging.seconds_since(since),
        |(_, after, ..)| whole(*after),
    );
    let found = judging
        .found("S8", since, Owner::Network)
        .tone(Tone::Odd)
        .good("diagnosis.fact.mine", attempt.mine.all)
        .judged(
            "diagnosis.fact.gathers",
            say("diagnosis.value.seconds").with("count", took),
            false,
        );
    Some(if url.is_empty() {
        found
    } else {
        found.bad("diagnosis.fact.server", url)
    })
}

pub(super) fn s9_server_failed_and_is_not_needed(judging: &Judging<'_>) -> Option<Diagnosis> {
    let attempt = &judging.known.attempt;
    let quick = |(_, after, ..): &&(Millis, Millis, u16, String)| *after < ANSWERS;
    let (at, _, code, url) = attempt.errors.iter().find(quick)?;
    let failed = attempt.failed_since().is_some();
    let works = attempt.mine.reflexive + attempt.mine.relayed > 0;
    // A server that did its part for one family of addresses needs no word while nothing is wrong.
    if attempt.mine.all == 0 || attempt.channel_open || (works && !failed) {
        return None;
    }
    let found = judging
        .found("S9", *at, Owner::Network)
        .tone(Tone::Calm)
        .good("diagnosis.fact.mine", attempt.mine.all)
        .bad("diagnosis.fact.server", url);
    Some(found.bad("diagnosis.fact.code", code))
}

/// Both descriptions have been set for so long, and no connection came of it yet.
fn never_up(attempt: &Attempt) -> Option<Millis> {
    let agreed = attempt.agreed_since()?;
    (attempt.connected.is_none() && !attempt.channel_open).then_some(agreed)
}

/// Both are reached from outside by an address of their network, and no relay helps.
fn strict(attempt: &Attempt) -> bool {
    let relayed = attempt.mine.relayed + attempt.theirs.relayed;
    attempt.mine.reflexive > 0 && attempt.theirs.reflexive > 0 && relayed == 0
}

/// Whole seconds of a time in milliseconds.
fn whole(ms: Millis) -> u64 {
    (ms.max(0.0) / 1000.0).round() as u64
}
