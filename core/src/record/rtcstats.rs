//! The text of rtcstats: a first line that names it, a second of metadata, then a JSON array per line:
//! `[method, connection, value, …, milliseconds since the line before]`.

mod names;
mod reports;

use std::collections::BTreeMap;

use serde_json::{Value, json};

use super::file::{About, Format, Opened, Run};
use super::trace::{self, Line};
use crate::io::{Event, Millis};
use crate::words::{Message, say};

const FIRST: &str = "RTCStatsDump";

/// Writes events. What is private in them has to be out already.
pub(super) fn write(events: &[Event], about: &About<'_>) -> String {
    let mut text = format!(
        "{FIRST}\n{}\n",
        json!({"fileFormat": 3, "userAgent": about.agent})
    );
    let mut before = 0.0;
    let mut reports: BTreeMap<u32, Value> = BTreeMap::new();
    for line in trace::lines(events, about.origin) {
        let value = if line.method == "getStats" {
            let known = reports.insert(line.attempt, line.value.clone());
            reports::difference(known.as_ref(), &line.value)
        } else {
            line.value
        };
        let name = format!("PC_{}", line.attempt);
        let entry = json!([line.method, name, value, line.at - before]);
        before = line.at;
        text.push_str(&entry.to_string());
        text.push('\n');
    }
    text
}

/// Whether a text is such a dump.
pub(super) fn is_one(text: &str) -> bool {
    text.lines()
        .next()
        .is_some_and(|line| line.trim_end() == FIRST)
}

/// Reads a dump: each of its peer connections is a run.
///
/// # Errors
/// A sentence: it has no peer connection.
pub(super) fn read(text: &str) -> Result<Opened, Message> {
    let mut lines = text.lines().skip(1);
    let about: Value = serde_json::from_str(lines.next().unwrap_or_default()).unwrap_or_default();
    let mut reader = Reader::default();
    for line in lines.filter(|line| !line.is_empty()) {
        if reader.line(line).is_none() {
            reader.skipped += 1;
        }
    }
    let runs: Vec<Run> = reader
        .connections
        .into_iter()
        .map(|(name, lines)| run(name, &lines))
        .collect();
    if runs.is_empty() {
        return Err(say("record.no-connection"));
    }
    let agent = ["userAgent", "UserAgent"]
        .into_iter()
        .find_map(|name| about.get(name)?.as_str());
    Ok(Opened {
        format: Format::Rtcstats,
        agent: agent.unwrap_or_default().to_owned(),
        runs,
        skipped: reader.skipped,
    })
}

fn run(name: String, lines: &[Line]) -> Run {
    let origin = lines.first().map_or(0.0, |line| line.at);
    let events = trace::events(lines, origin);
    Run {
        name,
        origin,
        events,
    }
}

#[derive(Default)]
struct Reader {
    now: Millis,
    /// In the order they first appear.
    connections: Vec<(String, Vec<Line>)>,
    /// The last report of each connection: the next tells only what is different.
    reports: BTreeMap<String, Value>,
    skipped: usize,
}

impl Reader {
    /// Takes a line; `None` if it is none.
    fn line(&mut self, text: &str) -> Option<()> {
        let line: Value = serde_json::from_str(text).ok()?;
        let parts = line.as_array()?;
        let [method, connection, value, .., since] = parts.as_slice() else {
            return None;
        };
        let since = since.as_f64().filter(|since| since.is_finite())?;
        self.now += since;
        // What belongs to no connection is about the page.
        let Some(name) = connection.as_str() else {
            return Some(());
        };
        let method = names::method(method)?;
        let value = if method == "getStats" {
            let known = self.reports.get(name);
            let report = reports::whole(known, value);
            self.reports.insert(name.to_owned(), report.clone());
            report
        } else {
            value.clone()
        };
        let line = Line {
            at: self.now,
            attempt: 1,
            method,
            value,
        };
        match self.connections.iter_mut().find(|(known, _)| known == name) {
            Some((_, lines)) => lines.push(line),
            None => self.connections.push((name.to_owned(), vec![line])),
        }
        Some(())
    }
}
