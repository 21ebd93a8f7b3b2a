//! The dump of `chrome://webrtc-internals`: `{UserAgent, getUserMedia, PeerConnections: {"<pid>-<n>": {url, rtcConfiguration,
//! constraints, updateLog, stats}}}`.

mod series;

use serde_json::{Map, Value, json};

use super::clock::{from_iso, iso};
use super::file::{About, Format, Opened, Run};
use super::trace::{self, Line};
use crate::io::{Event, Millis};
use crate::words::{Message, say};

/// Writes events. What is private in them has to be out already.
///
/// Values are in the older form (`type: offer, sdp: …`), which importers of any age read; times in both forms.
pub(super) fn write(events: &[Event], about: &About<'_>) -> String {
    let lines = trace::lines(events, about.origin);
    let mut connections = Map::new();
    let mut attempts: Vec<u32> = lines.iter().map(|line| line.attempt).collect();
    attempts.dedup();
    for attempt in attempts {
        let own: Vec<&Line> = lines
            .iter()
            .filter(|line| line.attempt == attempt)
            .collect();
        connections.insert(format!("1-{attempt}"), connection(&own));
    }
    let dump = json!({
        "getUserMedia": [],
        "PeerConnections": connections,
        "UserAgent": about.agent,
        // Importers take its absence for a dump of a browser too old for them.
        "UserAgentData": {"brands": [], "fullVersionList": [], "mobile": false, "platform": ""},
        "timestamp": about.made,
    });
    format!("{dump:#}\n")
}

fn connection(lines: &[&Line]) -> Value {
    let created = lines.iter().find(|line| line.method == "create");
    let update =
        |line: &&&Line| !matches!(line.method.as_str(), "create" | "getStats") && !is_end(line);
    let log: Vec<Value> = lines
        .iter()
        .filter(update)
        .map(|line| entry(line))
        .collect();
    json!({
        "pid": 1,
        "url": "",
        "rtcConfiguration": created.map_or_else(|| "{}".to_owned(), |line| line.value.to_string()),
        "constraints": "",
        "updateLog": log,
        "stats": series::write(lines),
    })
}

/// The end of candidates is no entry here; the gathering state says it.
fn is_end(line: &Line) -> bool {
    line.method == "onicecandidate" && line.value.is_null()
}

fn entry(line: &Line) -> Value {
    let kind = match line.method.as_str() {
        "ondatachannel" => "datachannel",
        "ontrack" => "track",
        method => method.strip_prefix("on").unwrap_or(method),
    };
    json!({
        "time": iso(line.at),
        "timestamp": line.at,
        "type": kind,
        "value": said(&line.value),
    })
}

/// A value as the older form has it.
fn said(value: &Value) -> String {
    let member = |name: &str| value.get(name).and_then(Value::as_str);
    if let (Some(kind), Some(sdp)) = (member("type"), member("sdp")) {
        return format!("type: {kind}, sdp: {sdp}");
    }
    if let Some(candidate) = member("candidate") {
        let index = value.get("sdpMLineIndex").unwrap_or(&Value::Null);
        return format!(
            "sdpMid: {}, sdpMLineIndex: {index}, candidate: {candidate}",
            member("sdpMid").unwrap_or_default()
        );
    }
    match value {
        Value::Null => String::new(),
        Value::String(text) => text.clone(),
        Value::Object(members) => {
            let parts = members.iter().map(|(name, value)| match value {
                Value::String(text) => format!("{name}: {text}"),
                other => format!("{name}: {other}"),
            });
            parts.collect::<Vec<_>>().join(", ")
        }
        other => other.to_string(),
    }
}

/// Whether an object is such a dump.
pub(super) fn is_one(members: &Map<String, Value>) -> bool {
    members.get("PeerConnections").is_some_and(Value::is_object)
}

/// Reads a dump: each of its peer connections is a run.
///
/// # Errors
/// A sentence: it has no peer connection.
pub(super) fn read(members: &Map<String, Value>) -> Result<Opened, Message> {
    let connections = members.get("PeerConnections").and_then(Value::as_object);
    let mut skipped = 0;
    let mut runs = Vec::new();
    for (name, connection) in connections.into_iter().flatten() {
        let (lines, left_out) = lines(connection);
        skipped += left_out;
        if let Some(first) = lines.first() {
            let origin = first.at;
            let events = trace::events(&lines, origin);
            let name = name.clone();
            runs.push(Run {
                name,
                origin,
                events,
            });
        }
    }
    if runs.is_empty() {
        return Err(say("record.no-connection"));
    }
    runs.sort_by(|one, other| one.origin.total_cmp(&other.origin));
    let agent = members.get("UserAgent").and_then(Value::as_str);
    Ok(Opened {
        format: Format::Internals,
        agent: agent.unwrap_or_default().to_owned(),
        runs,
        skipped,
    })
}

/// The lines of a connection in the order of their times, and how many entries have none.
fn lines(connection: &Value) -> (Vec<Line>, usize) {
    let log = connection.get("updateLog").and_then(Value::as_array);
    let log = log.map(Vec::as_slice).unwrap_or_default();
    let mut lines: Vec<Line> = log.iter().filter_map(update).collect();
    let left_out = log.len() - lines.len();
    if let Some(stats) = connection.get("stats").and_then(Value::as_object) {
        lines.extend(series::read(stats));
    }
    lines.sort_by(|one, other| one.at.total_cmp(&other.at));
    (lines, left_out)
}

fn update(entry: &Value) -> Option<Line> {
    Some(Line {
        at: time(entry)?,
        attempt: 1,
        method: entry.get("type")?.as_str()?.to_owned(),
        value: entry.get("value").cloned().unwrap_or(Value::Null),
    })
}

/// `timestamp` in milliseconds since 1970, or `time`: the same as text, or a date.
fn time(entry: &Value) -> Option<Millis> {
    let told = |name: &str| match entry.get(name)? {
        Value::String(text) => from_iso(text).or_else(|| text.parse().ok()),
        other => other.as_f64(),
    };
    told("timestamp")
        .or_else(|| told("time"))
        .filter(|time| time.is_finite())
}
