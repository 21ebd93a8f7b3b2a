//! Refusals of `new RTCPeerConnection()`, of calls on a closed one, and of `getUserMedia()`.

use super::super::Case;
use super::super::call::Method::{GetUserMedia, New, Send};
use super::super::server::{Wrong, wrong};
use super::{Row, STATE, TYPE, mine};
use crate::command::Plain;

const SYNTAX: &[&str] = &["SyntaxError"];
const ACCESS: &[&str] = &["InvalidAccessError"];
const UNKNOWN: &[&str] = &["UnknownError"];
const DENIED: &[&str] = &["NotAllowedError", "SecurityError"];

pub(super) const CLOSED: [Row; 1] = [Row::new("A31", "after-close", New, STATE, |case| {
    case.state == "closed" && ![New, Send].contains(&case.call.method)
})
.on_any_call()
.mended(|_| mine(Plain::CreatePeerConnection))];

pub(super) const ROWS: [Row; 15] = [
    Row::new("A30", "server-port-blocked", New, SYNTAX, |case| {
        has(case, Wrong::Blocked)
    })
    .mended(|_| mine(Plain::Leave)),
    Row::new("A27", "server-slashes", New, SYNTAX, |case| {
        has(case, Wrong::Slashes)
    })
    .mended(|_| mine(Plain::Leave)),
    Row::new("A27", "server-scheme", New, SYNTAX, |case| {
        has(case, Wrong::Scheme)
    })
    .mended(|_| mine(Plain::Leave)),
    Row::new("A27", "server-no-scheme", New, SYNTAX, |case| {
        has(case, Wrong::NoScheme)
    })
    .mended(|_| mine(Plain::Leave)),
    Row::new("A27", "server-query", New, SYNTAX, |case| {
        has(case, Wrong::Query)
    })
    .mended(|_| mine(Plain::Leave)),
    Row::new("A27", "server-port", New, SYNTAX, |case| {
        has(case, Wrong::Port)
    })
    .mended(|_| mine(Plain::Leave)),
    Row::new("A27", "server-empty", New, SYNTAX, |case| {
        has(case, Wrong::Empty)
    })
    .mended(|_| mine(Plain::Leave)),
    Row::new("A27", "server-address", New, SYNTAX, |_| true).mended(|_| mine(Plain::Leave)),
    Row::new("A28", "server-credentials", New, ACCESS, |_| true).mended(|_| mine(Plain::Leave)),
    Row::new("A32", "too-many", New, UNKNOWN, |_| true),
    Row::new("A33", "media-insecure", GetUserMedia, TYPE, |case| {
        case.seen.secure != Some(true)
    }),
    Row::new(
        "A34",
        "media-none",
        GetUserMedia,
        &["NotFoundError"],
        |_| true,
    ),
    Row::new("A35", "media-framed", GetUserMedia, DENIED, |case| {
        case.seen.framed
    }),
    Row::new("A34", "media-denied", GetUserMedia, DENIED, |_| true),
    Row::new(
        "A34",
        "media-busy",
        GetUserMedia,
        &["NotReadableError"],
        |_| true,
    ),
];

/// Whether the first server with a mistake has this one.
fn has(case: &Case<'_>, mistake: Wrong) -> bool {
    let found = case.seen.servers.iter().find_map(|url| wrong(url));
    found == Some(mistake)
}
