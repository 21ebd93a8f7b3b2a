//! On a connection that stands: new candidates, one more channel, a track.

use super::seen::{Kept, Seen, became, received, renewed, sent};
use super::tasks::{CONNECTED, ROOM, task};
use super::{Exercise, Finding, Whose, ms};
use crate::io::{Side, StateName, What};
use crate::sdp;
use crate::signal::DescriptionKind;
use crate::words::say;

/// How long to look at a page on which nothing happens, in milliseconds.
const SILENCE: f64 = 3_000.0;

/// An ICE restart (RFC 8445 2.4).
pub(super) const RESTART: Exercise = Exercise {
    id: "restart-ice",
    begin: &[],
    tasks: &[
        ROOM,
        CONNECTED,
        task("restart-click", Whose::Mine, "", |seen| {
            renewal(seen, Side::Mine).is_some()
        }),
        task(
            "restart-theirs",
            Whose::Page,
            "description-theirs",
            |seen| renewal(seen, Side::Theirs).is_some(),
        ),
        task("restart-settled", Whose::Page, "candidates", |seen| {
            is_settled(seen) && seen.connected()
        }),
    ],
    check: restarted,
};

/// One more data channel.
pub(super) const CHANNEL: Exercise = Exercise {
    id: "channel-later",
    begin: &[],
    tasks: &[
        ROOM,
        CONNECTED,
        task("channel-add", Whose::Mine, "step-4", |seen| {
            another(seen).is_some()
        }),
        task("channel-opens", Whose::Page, "states", |seen| {
            opened(seen).is_some()
        }),
    ],
    check: opened_at_once,
};

/// A track, which nobody gets before it is negotiated.
pub(super) const TRACK: Exercise = Exercise {
    id: "track-later",
    begin: &[],
    tasks: &[
        ROOM,
        CONNECTED,
        task("track-add", Whose::Mine, "faults", |seen| {
            added(seen).is_some()
        }),
        task("track-silence", Whose::Theirs, "", |seen| {
            added(seen).is_some_and(|added| seen.clock - added.event.at >= SILENCE)
        }),
        task("track-renegotiate", Whose::Mine, "faults", |seen| {
            agreed(seen).is_some()
        }),
        // Firefox shows `connecting` for a moment while the new section joins the transport.
        task("track-stands", Whose::Page, "states", Seen::connected),
    ],
    check: negotiated,
};

/// The name of a side's ICE session when the connection was seen to stand.
fn ufrag_before(seen: &Seen, side: Side) -> Option<&str> {
    let (_, stood) = seen.stood.as_ref()?;
    let described = match side {
        Side::Mine => &stood.local,
        Side::Theirs => &stood.remote,
    };
    sdp::ufrag(&described.as_ref()?.sdp)
}

/// The first description of a side with another ICE session.
fn renewal(seen: &Seen, side: Side) -> Option<&Kept> {
    seen.while_standing(renewed(side, ufrag_before(seen, side)?))
}

fn is_settled(seen: &Seen) -> bool {
    let Some(mine) = renewal(seen, Side::Mine) else {
        return false;
    };
    let found = seen.after(mine, is_my_candidate);
    found.is_some() && seen.now.signaling == "stable"
}

fn is_my_candidate(what: &What) -> bool {
    let side = Side::Mine;
    matches!(what, What::Candidate { side: of, .. } if *of == side)
}

fn restarted(seen: &Seen) -> Vec<Finding> {
    let mine = renewal(seen, Side::Mine);
    let (before, after) = (
        ufrag_before(seen, Side::Mine).unwrap_or_default(),
        seen.now
            .local
            .as_ref()
            .and_then(|local| sdp::ufrag(&local.sdp))
            .unwrap_or(""),
    );
    let found = mine.map_or(0, |from| {
        let later = seen.all().filter(|kept| kept.number > from.number);
        later
            .filter(|kept| is_my_candidate(&kept.event.what))
            .count()
    });
    vec![
        Finding::new(
            before != after && mine.is_some(),
            say("finding.ufrag")
                .with("before", before)
                .with("after", after),
        )
        .seen_at(mine),
        Finding::new(
            found > 0,
            say("finding.new-candidates").with("count", found),
        )
        .at("candidates"),
        stayed(seen, mine),
    ]
}

/// The connection stayed up since then, and it is the same one.
fn stayed(seen: &Seen, from: Option<&Kept>) -> Finding {
    let broke = |what: &What| {
        matches!(what, What::AttemptBegan | What::AttemptEnded { .. })
            || became(StateName::Connection, "failed")(what)
            || became(StateName::Channel, "closed")(what)
    };
    let broken = from.and_then(|from| seen.after(from, broke));
    let holds = broken.is_none() && seen.connected();
    Finding::new(holds, say("finding.stayed")).at("states")
}

/// A channel beside the first, and only after the first was open.
fn another(seen: &Seen) -> Option<&Kept> {
    let (_, stood) = seen.stood.as_ref()?;
    let first = stood.label.as_ref()?;
    seen.while_standing(|what| matches!(what, What::Channel { label, .. } if label != first))
}

fn opened(seen: &Seen) -> Option<&Kept> {
    let another = another(seen)?;
    let What::Channel { label, state, .. } = &another.event.what else {
        return None;
    };
    if state == "open" {
        return Some(another);
    }
    seen.after(another, |what| {
        matches!(what, What::Channel { label: of, state, .. } if of == label && state == "open")
    })
}

fn opened_at_once(seen: &Seen) -> Vec<Finding> {
    let (added, open) = (another(seen), opened(seen));
    let both = added.zip(open);
    let took = both.map_or_else(String::new, |(added, open)| {
        ms(added.event.at, open.event.at)
    });
    let label = added.map_or("", |added| match &added.event.what {
        What::Channel { label, .. } => label,
        _ => "",
    });
    let offered = added
        .and_then(|added| seen.after(added, |what| sent("offer")(what) || received("offer")(what)));
    let needed =
        added.and_then(|added| seen.after(added, |what| matches!(what, What::NegotiationNeeded)));
    vec![
        Finding::new(
            both.is_some(),
            say("finding.channel-opened")
                .with("label", label)
                .with("ms", took),
        )
        .seen_at(open),
        Finding::new(
            offered.is_none() && needed.is_none(),
            say("finding.no-negotiation"),
        )
        .at("description-mine"),
        stayed(seen, added),
    ]
}

fn added(seen: &Seen) -> Option<&Kept> {
    let side = Side::Mine;
    seen.while_standing(|what| matches!(what, What::Track { side: of, .. } if *of == side))
}

/// Both descriptions of the second negotiation are set.
fn agreed(seen: &Seen) -> Option<&Kept> {
    let offer = seen.after(added(seen)?, described(Side::Mine, DescriptionKind::Offer))?;
    let answer = seen.after(offer, described(Side::Theirs, DescriptionKind::Answer))?;
    seen.after(answer, became(StateName::Signaling, "stable"))
}

fn described(side: Side, kind: DescriptionKind) -> impl Fn(&What) -> bool {
    move |what| {
        matches!(what, What::Described { side: of, description }
            if *of == side && description.kind == kind)
    }
}

fn negotiated(seen: &Seen) -> Vec<Finding> {
    let added = added(seen);
    let needed = added.and_then(|added| {
        // The browser may tell it before the page tells of the track.
        let mut all = seen
            .all()
            .filter(|kept| kept.event.at >= added.event.at - 500.0);
        all.find(|kept| matches!(kept.event.what, What::NegotiationNeeded))
    });
    let offer =
        added.and_then(|added| seen.after(added, described(Side::Mine, DescriptionKind::Offer)));
    let quiet = added
        .zip(offer)
        .map(|(added, offer)| ms(added.event.at, offer.event.at));
    let media = |text: Option<&str>| {
        let lines = text.into_iter().flat_map(str::lines);
        let media = lines.filter_map(|line| line.strip_prefix("m=video "));
        media
            .map(|rest| !rest.starts_with("0 "))
            .collect::<Vec<_>>()
    };
    let sdp_of = |description: &Option<crate::signal::Description>| {
        description
            .as_ref()
            .map(|description| description.sdp.clone())
    };
    let (mine, theirs) = (sdp_of(&seen.now.local), sdp_of(&seen.now.remote));
    let taken = media(theirs.as_deref()).contains(&true);
    let sections = mine.as_deref().map_or(0, sdp::sections);
    vec![
        Finding::new(needed.is_some(), say("finding.negotiation-needed")).seen_at(needed),
        Finding::new(
            quiet.is_some(),
            say("finding.track-waited").with("ms", quiet.unwrap_or_default()),
        )
        .seen_at(offer),
        Finding::new(
            media(mine.as_deref()).contains(&true) && taken,
            say("finding.track-agreed").with("count", sections),
        )
        .at("description-theirs"),
        stayed(seen, added),
    ]
}
