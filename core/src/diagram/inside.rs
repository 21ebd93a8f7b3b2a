//! What opens inside a row: the whole of the event it stands for.

use std::borrow::Cow;

use serde_json::Value;

use super::{Inside, Row};
use crate::io::{Event, Millis, StateName, What};
use crate::trouble::Trouble;

/// One thing that opens inside a row.
#[derive(Debug, Clone, PartialEq)]
pub enum Part<'a> {
    /// A text as it travelled.
    Wire(Cow<'a, str>),
    /// A description: its SDP, line by line.
    Lines(&'a str),
    /// The path that a state took in this attempt until then: its words, each with when.
    Path(&'static str, Vec<(&'a str, Millis)>),
    /// A refusal or another trouble, and whether everything is as it was before.
    Trouble(&'a Trouble, bool),
    /// Steps that somebody else must have taken.
    Steps(&'a [u8]),
}

/// What opens inside a row of the run that `record` holds.
pub fn parts<'a>(row: &'a Row, record: &'a [Event]) -> Vec<Part<'a>> {
    let place = match &row.inside {
        Inside::Nothing => return Vec::new(),
        Inside::Steps(steps) => return vec![Part::Steps(steps)],
        Inside::Event(place) => *place,
    };
    let Some(event) = record.get(place) else {
        return Vec::new();
    };
    match &event.what {
        What::Sent { text, .. }
        | What::Received { text, .. }
        | What::Disturbed { text, .. }
        | What::SignalToCarry { text }
        | What::Chat { text, .. }
        | What::Fetched { text, .. } => vec![Part::Wire(text.into())],
        What::Fetching { method, url, body } => {
            let asked = [method.as_str(), " ", url].concat();
            let body = body.iter().map(|body| Part::Wire(body.into()));
            [Part::Wire(asked.into())].into_iter().chain(body).collect()
        }
        What::Described { description, .. }
        | What::Pending {
            description: Some(description),
            ..
        } => vec![Part::Lines(&description.sdp)],
        What::Candidate { candidate, .. } => vec![Part::Wire((&candidate.candidate).into())],
        What::SelectedPair { local, remote } => {
            vec![Part::Wire(local.into()), Part::Wire(remote.into())]
        }
        What::State { name, .. } => vec![path(*name, record, place)],
        What::Stats { text } => pairs(text).map(Part::Wire).into_iter().collect(),
        What::Trouble(trouble) => vec![Part::Trouble(trouble, row.kept)],
        _ => Vec::new(),
    }
}

/// The words of a state from the beginning of the attempt to one event.
fn path(name: StateName, record: &[Event], until: usize) -> Part<'_> {
    let upto = record.get(..=until).unwrap_or(record);
    let words = upto.iter().rev();
    let words = words.take_while(|event| event.what != What::AttemptBegan);
    let mut words: Vec<_> = words
        .filter_map(|event| match &event.what {
            What::State { name: of, value } if *of == name => Some((value.as_str(), event.at)),
            _ => None,
        })
        .collect();
    words.reverse();
    words.dedup_by(|later, before| later.0 == before.0);
    Part::Path(name.words().1, words)
}

/// The candidate pairs of `getStats()`, indented.
fn pairs(text: &str) -> Option<Cow<'_, str>> {
    let entries: Vec<Value> = serde_json::from_str(text).ok()?;
    let is_pair =
        |entry: &Value| entry.get("type").and_then(Value::as_str) == Some("candidate-pair");
    let pairs: Vec<Value> = entries.into_iter().filter(is_pair).collect();
    Some(Cow::Owned(serde_json::to_string(&pairs).ok()?))
}
