//! A peer connection as other tools record it: calls, their outcomes, events and statistics, each a line with a time.
//! Both formats of dumps are written from it and read into it.

mod read;
mod write;

use serde_json::Value;

use crate::io::{AttemptNumber, Millis};

pub(super) use read::events;
pub(super) use write::lines;

/// One line.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Line {
    /// Milliseconds since 1970.
    pub(super) at: Millis,
    pub(super) attempt: AttemptNumber,
    /// `createOffer`, `createOfferOnSuccess`, `onicecandidate`, `getStats`, …
    pub(super) method: String,
    /// What was given or came: plain data, null for nothing. Statistics are an object, by id.
    pub(super) value: Value,
}
