//! Rows about what travels over a connection that is up: data channels and tracks.

use super::judging::Judging;
use super::{Diagnosis, Owner, Tone};
use crate::io::{Millis, Role};
use crate::signal::DescriptionKind;
use crate::words::say;

/// A channel opens within a round trip after `connected`.
const OPENS: Millis = 5_000.0;
/// What was added and is about to be offered.
const OFFERS: Millis = 10_000.0;

pub(super) fn s13_channel_on_the_wrong_side(judging: &Judging<'_>) -> Option<Diagnosis> {
    let since = up_without_channel(judging)?;
    let attempt = &judging.known.attempt;
    let offer = attempt.remote.as_ref().filter(|remote| {
        remote.kind == DescriptionKind::Offer && !remote.has_channel && attempt.channel.made
    })?;
    let found = judging
        .found("S13", since, Owner::Mine)
        .good("diagnosis.fact.connection", &attempt.connection.value)
        .bad("diagnosis.fact.channel", "connecting")
        .judged(
            "diagnosis.fact.offer-section",
            say("diagnosis.value.none"),
            offer.has_channel,
        );
    let found = if attempt.needed.is_some() {
        found.bad("diagnosis.fact.event", "negotiationneeded")
    } else {
        found
    };
    Some(found.step(4).mend("renegotiate"))
}

pub(super) fn s14_channel_event_missed(judging: &Judging<'_>) -> Option<Diagnosis> {
    let since = up_without_channel(judging)?;
    let attempt = &judging.known.attempt;
    let channel = &attempt.channel;
    let offered = attempt
        .remote
        .as_ref()
        .is_some_and(|remote| remote.kind == DescriptionKind::Offer && remote.has_channel);
    if !offered || channel.announced.is_some() || channel.made {
        return None;
    }
    let late = channel.listens.is_none_or(|at| at > since);
    let found = judging
        .found("S14", since, Owner::Mine)
        .good("diagnosis.fact.connection", &attempt.connection.value)
        .good("diagnosis.fact.offer-section", "application")
        .judged(
            "diagnosis.fact.listener",
            say(if late {
                "diagnosis.value.late"
            } else {
                "diagnosis.value.early"
            }),
            !late,
        );
    Some(found.bad("diagnosis.fact.announced", 0).step(16))
}

pub(super) fn s15_creator_waits_for_its_own_channel(judging: &Judging<'_>) -> Option<Diagnosis> {
    let since = up_without_channel(judging)?;
    let attempt = &judging.known.attempt;
    let channel = &attempt.channel;
    let listens = channel.listens.is_some() && channel.announced.is_none();
    if !listens || !channel.made || judging.known.role == Some(Role::Answerer) {
        return None;
    }
    let found = judging
        .found("S15", since, Owner::Mine)
        .good("diagnosis.fact.connection", &attempt.connection.value)
        .good("diagnosis.fact.made-here", &channel.label)
        .bad("diagnosis.fact.announced", 0);
    Some(found.step(4))
}

pub(super) fn s28_open_event_missed(judging: &Judging<'_>) -> Option<Diagnosis> {
    let since = up_without_channel(judging)?;
    let attempt = &judging.known.attempt;
    let channel = &attempt.channel;
    let announced = channel.announced.or(attempt.measured_open)?;
    if !judging.past(announced, OPENS) {
        return None;
    }
    let found = judging
        .found("S28", since.max(announced), Owner::Mine)
        .with("label", &channel.label)
        .good("diagnosis.fact.connection", &attempt.connection.value)
        .good("diagnosis.fact.announced", 1);
    let found = if attempt.measured_open.is_some() {
        found.good("diagnosis.fact.measured", "open")
    } else {
        found
    };
    Some(found.bad("diagnosis.fact.opened", 0).step(16))
}

/// Connected for long enough, and no channel opened: since when.
fn up_without_channel(judging: &Judging<'_>) -> Option<Millis> {
    let attempt = &judging.known.attempt;
    let since = attempt.connected?;
    let up = attempt.connection.value == "connected" && !attempt.channel_open;
    let never = attempt.channel_closed.is_none();
    (up && never && judging.past(since, OPENS)).then_some(since)
}

pub(super) fn s16_added_but_not_offered(judging: &Judging<'_>) -> Option<Diagnosis> {
    let attempt = &judging.known.attempt;
    let (needed, agreed) = (attempt.needed?, attempt.agreed_since()?);
    let up = attempt.connection.value == "connected";
    if !up || needed <= agreed || attempt.track.is_none() || !judging.past(needed, OFFERS) {
        return None;
    }
    let found = judging
        .found("S16", needed, Owner::Mine)
        .tone(Tone::Odd)
        .good("diagnosis.fact.connection", &attempt.connection.value)
        .bad("diagnosis.fact.event", "negotiationneeded")
        .judged(
            "diagnosis.fact.offered-since",
            say("diagnosis.value.none"),
            false,
        );
    Some(found.mend("renegotiate"))
}

pub(super) fn s21_lines_lost_by_choice(judging: &Judging<'_>) -> Option<Diagnosis> {
    let attempt = &judging.known.attempt;
    let at = attempt.lost_line?;
    let options = &attempt.channel.options;
    let may_lose = ["maxRetransmits", "maxPacketLifeTime"];
    if !may_lose.iter().any(|limit| options.contains(limit)) {
        return None;
    }
    let found = judging
        .found("S21", at, Owner::Mine)
        .tone(Tone::Odd)
        .bad("diagnosis.fact.options", options)
        .bad("diagnosis.fact.connection", &attempt.connection.value);
    Some(found.step(4))
}

pub(super) fn s23_picture_stays_black(judging: &Judging<'_>) -> Option<Diagnosis> {
    let came = judging.known.attempt.their_picture?;
    let (at, trouble) = judging.known.trouble.as_ref()?;
    let plays = trouble.refusal.as_ref()?.call.starts_with("play(");
    let fault = trouble.fault.as_ref()?;
    if !plays || fault.name != "NotAllowedError" {
        return None;
    }
    let found = judging
        .found("S23", at.max(came), Owner::Mine)
        .tone(Tone::Odd)
        .good("diagnosis.fact.track", "video");
    Some(found.bad("diagnosis.fact.error", &fault.name))
}
