//! A record as a file: which formats there are, reading whichever it is, and writing one without what is private.

use serde_json::Value;

use super::private::{Keep, strip};
use super::{document, internals, rtcstats};
use crate::io::{Event, Millis};
use crate::words::{Message, say};

/// The longest text that is read, in bytes.
pub const LONGEST: usize = 64 * 1024 * 1024;
/// The most events that are read.
pub const MOST_EVENTS: usize = 100_000;

/// What a record can be written as.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Format {
    /// This project's own JSON: everything the page knows.
    Own,
    /// What Chromium's `chrome://webrtc-internals` saves: calls, events and statistics of each peer connection.
    Internals,
    /// The text that rtcstats collects: the same, a line each.
    Rtcstats,
}

impl Format {
    /// All, in the order they are offered.
    pub const ALL: [Self; 3] = [Self::Own, Self::Internals, Self::Rtcstats];

    /// `own`, `internals` or `rtcstats`.
    pub fn word(self) -> &'static str {
        match self {
            Self::Own => "own",
            Self::Internals => "internals",
            Self::Rtcstats => "rtcstats",
        }
    }
}

/// What was seen of one run: of one page, or of one peer connection in a dump.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Run {
    /// What the file calls it; empty for a page's own record.
    pub name: String,
    /// When its clock was 0, in milliseconds since 1970; 0 if that is not told.
    pub origin: Millis,
    /// In the order of their times.
    pub events: Vec<Event>,
}

/// A file that was read.
#[derive(Debug, Clone, PartialEq)]
pub struct Opened {
    pub format: Format,
    /// `navigator.userAgent` of the browser it is of; empty if that is not told.
    pub agent: String,
    pub runs: Vec<Run>,
    /// What could not be read as events.
    pub skipped: usize,
}

/// What is told of a record beside its events.
#[derive(Debug, Clone, Copy)]
pub struct About<'a> {
    /// Milliseconds since 1970.
    pub made: Millis,
    /// When the events' clock was 0, in milliseconds since 1970 (`performance.timeOrigin`).
    pub origin: Millis,
    pub agent: &'a str,
    pub keep: Keep,
}

/// Writes a record in a format, without what is private unless it is kept by choice.
pub fn write(format: Format, events: &[Event], about: &About<'_>) -> String {
    let events = strip(events, about.keep);
    match format {
        Format::Own => document::write(&events, about),
        Format::Internals => internals::write(&events, about),
        Format::Rtcstats => rtcstats::write(&events, about),
    }
}

/// Reads a file of any of the formats.
///
/// # Errors
/// A sentence: it is too large, of another format or version, damaged, or empty.
pub fn open(text: &str) -> Result<Opened, Message> {
    if text.len() > LONGEST {
        return Err(too_large(text.len()));
    }
    let opened = if rtcstats::is_one(text) {
        rtcstats::read(text)?
    } else {
        open_json(text)?
    };
    let count: usize = opened.runs.iter().map(|run| run.events.len()).sum();
    match count {
        0 => Err(say("record.empty")),
        _ if count > MOST_EVENTS => Err(too_many(count)),
        _ => Ok(opened),
    }
}

fn open_json(text: &str) -> Result<Opened, Message> {
    let value: Value =
        serde_json::from_str(text).map_err(|wrong| say("record.not-json").with("why", wrong))?;
    let members = value.as_object().ok_or_else(|| say("record.unknown"))?;
    if document::is_one(members) {
        document::read(members)
    } else if internals::is_one(members) {
        internals::read(members)
    } else {
        Err(say("record.unknown"))
    }
}

/// The sentence for a file that is not even read.
pub fn too_large(bytes: usize) -> Message {
    let mebibytes = |bytes: usize| bytes.div_ceil(1024 * 1024);
    say("record.too-large")
        .with("size", mebibytes(bytes))
        .with("limit", mebibytes(LONGEST))
}

pub(super) fn too_many(count: usize) -> Message {
    say("record.too-many")
        .with("count", count)
        .with("limit", MOST_EVENTS)
}
