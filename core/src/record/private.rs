//! What of a record is nobody else's, left out: addresses, credentials, chat, the room and whom the page contacted.
//!
//! Stand-ins keep what explains a run: an address stays one of its family, what was equal stays equal.

mod names;
mod scan;
mod stand_ins;

use serde_json::{Map, Value};

use crate::io::Event;
use crate::timeline;
use names::Names;
use stand_ins::StandIns;

/// What to keep, by explicit choice. Passwords are never kept.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Keep {
    /// Network addresses, usernames and fingerprints of ICE and DTLS, chat.
    pub private: bool,
    /// The room, the endpoint, STUN and TURN servers and other hosts.
    pub hosts: bool,
}

/// Stands where a text was left out.
const LEFT_OUT: &str = "…";

/// Members that hold words of the vocabulary: no name is looked for in them.
const VOCABULARY: [&str; 21] = [
    "blame", "call", "channels", "command", "dialect", "disorder", "evidence", "events", "fate",
    "id", "kind", "mode", "name", "option", "side", "signal", "stage", "state", "status", "type",
    "whose",
];

/// The same events without what is private.
pub(super) fn strip(events: &[Event], keep: Keep) -> Vec<Event> {
    let mut all: Vec<Value> = events.iter().map(timeline::json).collect();
    let mut names = Names::default();
    let mut seen = StandIns::default();
    for event in &all {
        if !keep.hosts {
            names.learn(event);
        }
        visit(event, &mut |text| seen.learn(text));
    }
    let mut stripper = Stripper {
        keep,
        names,
        stand_ins: seen,
    };
    for event in &mut all {
        stripper.strip(event);
    }
    let read = all.iter().map(super::event);
    read.filter_map(Result::ok).collect()
}

/// Every text of a value.
fn visit(value: &Value, each: &mut dyn FnMut(&str)) {
    match value {
        Value::String(text) => each(text),
        Value::Array(list) => list.iter().for_each(|value| visit(value, each)),
        Value::Object(members) => members.values().for_each(|value| visit(value, each)),
        _ => {}
    }
}

struct Stripper {
    keep: Keep,
    names: Names,
    stand_ins: StandIns,
}

impl Stripper {
    fn strip(&mut self, event: &mut Value) {
        let Some(members) = event.as_object_mut() else {
            return;
        };
        let kind = members
            .get("kind")
            .and_then(Value::as_str)
            .unwrap_or_default()
            .to_owned();
        let chat = matches!(kind.as_str(), "chat" | "chat-refused");
        if let Some(text) = members
            .get_mut("text")
            .filter(|_| chat && !self.keep.private)
        {
            *text = Value::from(LEFT_OUT);
        }
        self.members(members);
    }

    fn members(&mut self, members: &mut Map<String, Value>) {
        for (name, value) in members {
            self.value(name, value);
        }
    }

    fn value(&mut self, name: &str, value: &mut Value) {
        match value {
            // A browser's name has numbers like an address, and is what its behaviour is explained by.
            Value::String(_) if name == "agent" => {}
            Value::String(text) if name == "usernameFragment" && !self.keep.private => {
                *text = self.stand_ins.username(text);
            }
            Value::String(text) => *text = self.text(name, text),
            Value::Array(list) => list.iter_mut().for_each(|value| self.value(name, value)),
            Value::Object(members) => self.members(members),
            _ => {}
        }
    }

    fn text(&mut self, name: &str, text: &str) -> String {
        let cleaned = self.stand_ins.clean(text, self.keep.private);
        if self.keep.hosts || VOCABULARY.contains(&name) {
            return cleaned;
        }
        let whole = matches!(name, "endpoint" | "url");
        let cut = match cleaned.split_once('?').filter(|_| whole) {
            // What stands in a query is a token as likely as not.
            Some((address, _)) => format!("{address}?{LEFT_OUT}"),
            None => cleaned,
        };
        self.names.clean(name, &cut)
    }
}
