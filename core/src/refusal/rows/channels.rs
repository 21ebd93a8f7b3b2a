//! Refusals of data channels: `createDataChannel()` and `send()`.

use super::super::call::Method::{CreateDataChannel, Send};
use super::{Lost, OPERATION, Row, TYPE};

/// The second is the page's own: there is no channel to ask.
const NOT_OPEN: &[&str] = &["InvalidStateError", "Error"];

pub(super) const ROWS: [Row; 8] = [
    Row::new("A23", "send-late", Send, NOT_OPEN, |case| {
        case.seen.closed || case.state == "closed"
    })
    .losing(Lost::Line),
    Row::new("A22", "send-early", Send, NOT_OPEN, |_| true).losing(Lost::Line),
    Row::new("A24", "message-too-big", Send, TYPE, |_| true).losing(Lost::Line),
    Row::new("A25", "send-too-fast", Send, OPERATION, |_| true).losing(Lost::Line),
    Row::new("A26", "channel-no-id", CreateDataChannel, TYPE, |case| {
        case.call.has_member("negotiated") && !case.call.has_member("id")
    }),
    Row::new(
        "A26",
        "channel-two-limits",
        CreateDataChannel,
        TYPE,
        |case| case.call.has_member("maxRetransmits") && case.call.has_member("maxPacketLifeTime"),
    ),
    Row::new("A26", "channel-options", CreateDataChannel, TYPE, |_| true),
    Row::new(
        "A26",
        "channel-id-used",
        CreateDataChannel,
        OPERATION,
        |_| true,
    ),
];
