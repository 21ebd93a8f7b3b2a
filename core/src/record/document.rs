//! The record as this project's own document: versioned JSON, an event on each line.

use serde_json::{Map, Value, json};

use super::clock::iso;
use super::file::{About, Format, MOST_EVENTS, Opened, Run, too_many};
use crate::io::Event;
use crate::timeline;
use crate::words::{Message, say};

/// What `format` says.
const FORMAT: &str = "webrtc-steps-record";
/// It changes when a name or a meaning does.
const VERSION: u64 = 1;

/// Writes events. What is private in them has to be out already.
pub(super) fn write(events: &[Event], about: &About<'_>) -> String {
    let mut left_out = vec!["passwords"];
    if !about.keep.private {
        left_out.extend(["addresses", "credentials", "chat"]);
    }
    if !about.keep.hosts {
        left_out.extend(["hosts", "room"]);
    }
    let head = json!({
        "format": FORMAT,
        "version": VERSION,
        "made": iso(about.made),
        "origin": about.origin,
        "agent": about.agent,
        "leftOut": left_out,
    });
    let mut text = head.to_string().trim_end_matches('}').to_owned();
    text.push_str(",\"events\":[");
    for (index, event) in events.iter().enumerate() {
        text.push_str(if index == 0 { "\n" } else { ",\n" });
        text.push_str(&timeline::json(event).to_string());
    }
    text.push_str("\n]}\n");
    text
}

/// Whether an object says that it is a record of this kind.
pub(super) fn is_one(members: &Map<String, Value>) -> bool {
    members.get("format").and_then(Value::as_str) == Some(FORMAT)
}

/// Reads a record. Events of kinds that this version does not know are counted and left out.
///
/// # Errors
/// A sentence: it is of another version, has no events, or too many.
pub(super) fn read(members: &Map<String, Value>) -> Result<Opened, Message> {
    let version = members.get("version").unwrap_or(&Value::Null);
    if version.as_u64() != Some(VERSION) {
        return Err(say("record.other-version").with("version", version));
    }
    let events = members.get("events").and_then(Value::as_array);
    let events = events.ok_or_else(|| say("record.empty"))?;
    if events.len() > MOST_EVENTS {
        return Err(too_many(events.len()));
    }
    let read = events.iter().filter_map(|value| super::event(value).ok());
    let mut read: Vec<Event> = read.collect();
    let skipped = events.len() - read.len();
    read.sort_by(|one, other| one.at.total_cmp(&other.at));
    let origin = members.get("origin").and_then(Value::as_f64);
    let agent = members.get("agent").and_then(Value::as_str);
    Ok(Opened {
        format: Format::Own,
        agent: agent.unwrap_or_default().to_owned(),
        runs: vec![Run {
            name: String::new(),
            origin: origin.unwrap_or_default(),
            events: read,
        }],
        skipped,
    })
}
