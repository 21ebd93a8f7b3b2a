//! Rows about the endpoint, the dialect and the page itself.

use super::judging::Judging;
use super::{Diagnosis, Owner, Tone};
use crate::io::Millis;

/// Frames of another dialect may come before those of this one.
const OTHERS: Millis = 5_000.0;
/// A page in the background is let run once a second; nothing of a set-up takes so long.
const THROTTLED: Millis = 20_000.0;

/// A relay says it with an error, a room of tabs by itself.
const FULL: &[&str] = &["trouble.room-full", "advice.room-full"];

pub(super) fn room_is_full(judging: &Judging<'_>) -> Option<Diagnosis> {
    let (at, trouble) = judging.known.trouble_of(FULL)?;
    let found = judging
        .found("full", at, Owner::Endpoint)
        .explains(FULL)
        .tone(Tone::Odd)
        .with("endpoint", &judging.known.run.endpoint)
        .bad("diagnosis.fact.in-room", 2);
    Some(found.step(trouble.step))
}

pub(super) fn s26_refused_by_the_policy_of_the_page(judging: &Judging<'_>) -> Option<Diagnosis> {
    let (at, trouble) = judging.known.trouble_of(&["trouble.link-policy"])?;
    let said = trouble.fault.as_ref().map_or("", |fault| &fault.message);
    let found = judging
        .found("S26", at, Owner::Mine)
        .explains(&["trouble.link-policy"])
        .with("endpoint", &judging.known.run.endpoint)
        .bad("diagnosis.fact.endpoint", &judging.known.run.endpoint)
        .bad("diagnosis.fact.directive", "connect-src");
    Some(if said.is_empty() {
        found
    } else {
        found.bad("diagnosis.fact.policy-said", said)
    })
}

pub(super) fn s24_insecure_socket_of_a_secure_page(judging: &Judging<'_>) -> Option<Diagnosis> {
    let known = judging.known;
    let (at, trouble) = known.trouble.as_ref()?;
    let fault = trouble.fault.as_ref()?;
    let insecure = known.run.endpoint.starts_with("ws:");
    if fault.name != "SecurityError" || !insecure || trouble.refusal.is_some() {
        return None;
    }
    let found = judging
        .found("S24", *at, Owner::Mine)
        .explains(&["trouble.link-security"])
        .with("endpoint", &known.run.endpoint)
        .bad("diagnosis.fact.endpoint", &known.run.endpoint);
    Some(found.bad("diagnosis.fact.error", &fault.name))
}

/// Descriptions or candidates come in messages that the dialect does not have.
pub(super) fn speaks_another_dialect(judging: &Judging<'_>) -> Option<Diagnosis> {
    let known = judging.known;
    let run = &known.run;
    let (at, why) = run.misread.as_ref()?;
    let understood = known.attempt.remote.is_some() || known.attempt.theirs.all > 0;
    if understood || known.attempt.channel_open || !judging.past(*at, OTHERS) {
        return None;
    }
    let mut found = judging
        .found("dialect", *at, Owner::Endpoint)
        .with("dialect", &run.dialect)
        .bad("diagnosis.fact.dialect", &run.dialect)
        .bad("diagnosis.fact.misread", why);
    if !run.fits.is_empty() {
        found = found.good("diagnosis.fact.fits", run.fits.join(", "));
    }
    Some(found.mend("leave"))
}

/// The page should go on by itself and is not let.
pub(super) fn in_the_background(judging: &Judging<'_>) -> Option<Diagnosis> {
    let known = judging.known;
    let hidden = known.page.hidden_since?;
    let attempt = &known.attempt;
    let waits = judging.is_auto()
        && !known.run.peers.is_empty()
        && attempt.connected.is_none()
        && (attempt.said.is_some() || attempt.remote.is_some());
    if !waits || !judging.past(hidden, THROTTLED) {
        return None;
    }
    let found = judging
        .found("hidden", hidden, Owner::Mine)
        .tone(Tone::Calm)
        .bad("diagnosis.fact.visibility", "hidden");
    Some(found.bad("diagnosis.fact.connection", &attempt.connection.value))
}

/// Something was wanted that browsers keep to secure contexts.
pub(super) fn absent_on_plain_http(judging: &Judging<'_>) -> Option<Diagnosis> {
    let page = &judging.known.page;
    let at = page.missed.filter(|_| page.insecure)?;
    let found = judging
        .found("http", at, Owner::Mine)
        .tone(Tone::Calm)
        .bad("diagnosis.fact.secure", false);
    Some(found)
}
