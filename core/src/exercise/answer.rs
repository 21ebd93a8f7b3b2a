//! The answer is lost: nothing tells, until it is sent again.

use super::seen::{Kept, Seen, became, hit, received, sent};
use super::tasks::{CONNECTED, FRESH, ROOM, task};
use super::{Deed, Exercise, Finding, Whose, ms};
use crate::io::{Role, Side, StateName, What};
use crate::words::say;

/// How long to look at a page on which nothing happens, in milliseconds.
const SILENCE: f64 = 4_000.0;

/// The next answer does not get through, whichever way it goes.
pub(super) const LOST: Exercise = Exercise {
    id: "answer-lost",
    begin: &[
        Deed::lose(Side::Mine, "answer"),
        Deed::lose(Side::Theirs, "answer"),
    ],
    tasks: &[
        ROOM,
        FRESH,
        task("answer-until-answer", Whose::Both, "", |seen| {
            lost(seen).is_some()
        }),
        task("answer-silence", Whose::Page, "states", |seen| {
            lost(seen).is_some_and(|lost| seen.clock - lost.event.at >= SILENCE)
        }),
        task("answer-again", Whose::Answerer, "step-21", |seen| {
            again(seen).is_some()
        }),
        CONNECTED,
    ],
    check,
};

fn lost(seen: &Seen) -> Option<&Kept> {
    let mine = hit(Side::Mine, "drop", "answer");
    let theirs = hit(Side::Theirs, "drop", "answer");
    seen.first(|what| mine(what) || theirs(what))
}

/// The answer, sent once more.
fn again(seen: &Seen) -> Option<&Kept> {
    let answer = |what: &What| sent("answer")(what) || received("answer")(what);
    seen.after(lost(seen)?, answer)
}

fn check(seen: &Seen) -> Vec<Finding> {
    let (lost, again) = (lost(seen), again(seen));
    let times = lost.zip(again);
    let waited = times.map_or_else(String::new, |(lost, again)| {
        ms(lost.event.at, again.event.at)
    });
    let troubled = times.is_some_and(|(lost, again)| {
        let between = |kept: &&Kept| kept.number > lost.number && kept.number < again.number;
        let mut between = seen.all().filter(between);
        between.any(
            |kept| matches!(&kept.event.what, What::Trouble(trouble) if trouble.fault.is_some()),
        )
    });
    let stuck = match seen.now.role {
        Some(Role::Answerer) => say("finding.answerer-believed"),
        _ => say("finding.offerer-waited"),
    };
    let open = again.and_then(|from| {
        let open = seen.after(from, became(StateName::Channel, "open"))?;
        Some((ms(from.event.at, open.event.at), open))
    });
    let took = open.as_ref().map_or("", |(took, _)| took).to_owned();
    vec![
        Finding::new(lost.is_some(), say("finding.answer-dropped")).seen_at(lost),
        Finding::new(
            times.is_some() && !troubled,
            say("finding.nobody-told").with("ms", waited),
        )
        .at("states"),
        Finding::new(times.is_some(), stuck).at("diagnosis"),
        Finding::new(open.is_some(), say("finding.mended").with("ms", took))
            .seen_at(open.map(|(_, open)| open)),
    ]
}
