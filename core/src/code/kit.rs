//! The parts of a program that are the same in every one; of some kinds, the one that the run needs.

use super::fold::Joining;
use super::rules::Rules;

const CONNECTION: &str = include_str!("kit/connection.js");
const SIGNALS: &str = include_str!("kit/signals.js");
const HOLES: &str = include_str!("kit/holes.js");
const MATCH: &str = include_str!("kit/match.js");
const CONVERSATION: &str = include_str!("kit/conversation.js");
const FRAMES: [(&str, &str); 4] = [
    ("json", include_str!("kit/frames-json.js")),
    ("text", include_str!("kit/frames-text.js")),
    ("records", include_str!("kit/frames-records.js")),
    ("socket.io", include_str!("kit/frames-socket.io.js")),
];
const PAGE: &str = include_str!("kit/page.js");

/// The parts in their order.
pub(super) fn parts(joining: &Joining, rules: &Rules) -> [&'static str; 10] {
    let transport = match joining.endpoint.as_str() {
        "tabs:" | "line:" => include_str!("kit/tabs.js"),
        "paste:" => include_str!("kit/paste.js"),
        _ => include_str!("kit/socket.js"),
    };
    let named = |(name, _): &&(&str, &str)| *name == rules.frames();
    let frames = FRAMES.iter().find(named).map_or("", |(_, text)| text);
    let repeat = if rules.some("every") {
        include_str!("kit/repeat.js")
    } else {
        include_str!("kit/repeat-none.js")
    };
    let fetch = if rules.some("fetch") {
        include_str!("kit/fetch.js")
    } else {
        include_str!("kit/fetch-none.js")
    };
    [
        CONNECTION,
        transport,
        SIGNALS,
        HOLES,
        MATCH,
        CONVERSATION,
        frames,
        repeat,
        fetch,
        PAGE,
    ]
}
