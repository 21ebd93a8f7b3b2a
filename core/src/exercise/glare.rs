//! Both offer at once, without roles and with them.

use super::seen::{Kept, Seen, became, hit, received, refused, sent};
use super::tasks::{BY_HAND, CONNECTED, FRESH, ROOM, task};
use super::{Deed, Exercise, Finding, Task, Whose, ms};
use crate::command::Switch;
use crate::io::{Side, StateName, What};
use crate::words::say;

/// Both offers are held in this page until both are made: so they cross at any speed.
const HOLD_MINE: Deed = Deed::hold(Side::Mine, "offer");
const HOLD_THEIRS: Deed = Deed::hold(Side::Theirs, "offer");

/// Nobody gives way: each side applies the offer of the other.
pub(super) const WITHOUT_ROLES: Exercise = Exercise {
    id: "glare-without-roles",
    begin: &[
        Deed::Switch(Switch::LetMeFail, true),
        HOLD_MINE,
        HOLD_THEIRS,
    ],
    tasks: &[
        ROOM,
        BY_HAND,
        FRESH,
        OFFER_MINE,
        task(
            "glare-offer-theirs-failing",
            Whose::Theirs,
            "",
            is_theirs_out,
        ),
        CROSS,
        task("glare-apply-theirs", Whose::Mine, "states", is_applied),
        task("glare-they-apply-yours", Whose::Theirs, "", is_answered),
        task(
            "glare-apply-answer",
            Whose::Mine,
            "states",
            is_answer_refused,
        ),
    ],
    check: lost_both,
};

/// The page's rule: one offer gives way, the other stands.
pub(super) const WITH_ROLES: Exercise = Exercise {
    id: "glare-with-roles",
    begin: &[
        Deed::Switch(Switch::LetMeFail, false),
        HOLD_MINE,
        HOLD_THEIRS,
    ],
    tasks: &[
        ROOM,
        FRESH,
        OFFER_MINE,
        task("glare-offer-theirs", Whose::Theirs, "", is_theirs_out),
        CROSS,
        task("glare-one-yields", Whose::Page, "", |seen| {
            stood(seen).or(yielded(seen)).is_some()
        }),
        CONNECTED,
    ],
    check: kept_one,
};

const OFFER_MINE: Task = task("glare-offer-mine", Whose::Mine, "step-5", |seen| {
    mine_out(seen).is_some()
});

/// Both are on their way: this page lets them go.
const CROSS: Task = Task {
    name: "glare-cross",
    whose: Whose::Page,
    place: "",
    begin: &[
        Deed::free(Side::Mine, "offer"),
        Deed::free(Side::Theirs, "offer"),
    ],
    done: |seen| crossed(seen).is_some(),
};

fn mine_out(seen: &Seen) -> Option<&Kept> {
    seen.first(hit(Side::Mine, "delay", "offer"))
}

fn theirs_out(seen: &Seen) -> Option<&Kept> {
    seen.first(hit(Side::Theirs, "delay", "offer"))
}

fn is_theirs_out(seen: &Seen) -> bool {
    theirs_out(seen).is_some()
}

/// The moment their offer arrived while ours was out.
fn crossed(seen: &Seen) -> Option<&Kept> {
    let out = theirs_out(seen)?;
    let came = seen.after(out, received("offer"))?;
    seen.after(mine_out(seen)?, sent("offer"))?;
    Some(came)
}

/// Their offer was set over ours: the browser rolled ours back.
fn applied(seen: &Seen) -> Option<&Kept> {
    seen.after(
        crossed(seen)?,
        became(StateName::Signaling, "have-remote-offer"),
    )
}

fn is_applied(seen: &Seen) -> bool {
    applied(seen).is_some()
}

/// Their answer to the offer of ours that is gone.
fn answered(seen: &Seen) -> Option<&Kept> {
    seen.after(crossed(seen)?, received("answer"))
}

fn is_answered(seen: &Seen) -> bool {
    answered(seen).is_some()
}

fn is_answer_refused(seen: &Seen) -> bool {
    seen.has(refused("setRemoteDescription(answer"))
}

fn stood(seen: &Seen) -> Option<&Kept> {
    seen.after(
        theirs_out(seen)?,
        |what| matches!(what, What::Note { message } if message.id == "note.glare-stand"),
    )
}

fn yielded(seen: &Seen) -> Option<&Kept> {
    seen.after(
        theirs_out(seen)?,
        |what| matches!(what, What::Role { why, .. } if why.id == "role.yielded"),
    )
}

/// How far apart the two offers were made.
fn apart(seen: &Seen) -> Finding {
    let both = mine_out(seen).zip(theirs_out(seen));
    let gap = both.map_or_else(String::new, |(mine, theirs)| {
        let (a, b) = (mine.event.at, theirs.event.at);
        ms(a.min(b), a.max(b))
    });
    Finding::new(both.is_some(), say("finding.crossed").with("ms", gap)).seen_at(crossed(seen))
}

fn lost_both(seen: &Seen) -> Vec<Finding> {
    let applied = applied(seen);
    let quiet = crossed(seen).is_some_and(|crossed| {
        let fault = seen.after(crossed, refused("setRemoteDescription(offer"));
        applied.is_some() && fault.is_none()
    });
    let answered = answered(seen);
    let refusal = seen.first(refused("setRemoteDescription(answer"));
    let name = refusal.map_or_else(String::new, fault_name);
    let state = refusal.map_or_else(String::new, fault_state);
    let opened =
        crossed(seen).and_then(|from| seen.after(from, became(StateName::Channel, "open")));
    vec![
        apart(seen),
        Finding::new(quiet, say("finding.silent-rollback")).seen_at(applied),
        Finding::new(answered.is_some(), say("finding.answer-for-nothing")).seen_at(answered),
        Finding::new(
            refusal.is_some(),
            say("finding.answer-refused")
                .with("error", name)
                .with("state", state),
        )
        .seen_at(refusal),
        Finding::new(opened.is_none(), say("finding.no-connection")).at("states"),
    ]
}

fn kept_one(seen: &Seen) -> Vec<Finding> {
    let (stood, yielded) = (stood(seen), yielded(seen));
    let who = match stood {
        Some(_) => say("finding.yours-stood"),
        None => say("finding.yours-yielded"),
    };
    let answer = |what: &What| sent("answer")(what) || received("answer")(what);
    let first = crossed(seen).and_then(|from| seen.after(from, answer));
    let refusal = seen.first(refused("setRemoteDescription"));
    let open = crossed(seen).and_then(|from| {
        let open = seen.after(from, became(StateName::Channel, "open"))?;
        Some((ms(from.event.at, open.event.at), open))
    });
    let took = open.as_ref().map_or("", |(took, _)| took).to_owned();
    vec![
        apart(seen),
        Finding::new(stood.is_some() != yielded.is_some(), who).seen_at(stood.or(yielded)),
        Finding::new(
            first.is_some() && refusal.is_none(),
            say("finding.one-answer"),
        )
        .seen_at(first),
        Finding::new(
            open.is_some(),
            say("finding.connected-after-crossing").with("ms", took),
        )
        .seen_at(open.map(|(_, open)| open)),
    ]
}

/// The browser's name of what it refused with.
pub(super) fn fault_name(kept: &Kept) -> String {
    match &kept.event.what {
        What::Trouble(trouble) => trouble.fault.as_ref().map(|fault| fault.name.clone()),
        _ => None,
    }
    .unwrap_or_default()
}

/// `signalingState` when it refused.
pub(super) fn fault_state(kept: &Kept) -> String {
    match &kept.event.what {
        What::Trouble(trouble) => trouble
            .refusal
            .as_ref()
            .map(|refusal| refusal.state.clone()),
        _ => None,
    }
    .unwrap_or_default()
}
