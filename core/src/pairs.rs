//! Candidate pairs as `getStats()` tells them: their state, their checks, their round trip, and which one is used
//! (webrtc-stats 8.16, RFC 8445 6.1.2).

use serde_json::{Map, Value};

use crate::candidate::AddressKind;
use crate::words::{Message, say};

/// One end of a pair.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct End {
    /// `host`, `srflx`, `prflx` or `relay`.
    pub kind: String,
    /// `udp` or `tcp`.
    pub protocol: String,
    /// Empty where the browser hides it.
    pub address: String,
    pub port: String,
    /// How the TURN server is spoken to: `udp`, `tcp` or `tls`.
    pub relay_protocol: Option<String>,
    pub ufrag: Option<String>,
}

/// A pair that the browser checks. What a browser does not tell is `None`.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Pair {
    /// `frozen`, `waiting`, `in-progress`, `failed` or `succeeded`.
    pub state: String,
    pub nominated: Option<bool>,
    /// The connection goes this way now.
    pub selected: bool,
    pub local: End,
    pub remote: End,
    /// Checks sent from here, and how many of them were answered. Those that keep the consent alive are among them.
    pub checks_sent: Option<u64>,
    pub checks_answered: Option<u64>,
    /// Checks that came from the other side, and how many of them were answered.
    pub checks_came: Option<u64>,
    pub checks_replied: Option<u64>,
    /// In milliseconds.
    pub round_trip: Option<f64>,
    pub bytes_sent: Option<u64>,
    pub bytes_received: Option<u64>,
    pub priority: Option<f64>,
}

/// Reads the JSON list of statistics: the selected pair first, then those that work, then the others. What is no such list
/// has no pairs.
pub fn read(text: &str) -> Vec<Pair> {
    let Ok(Value::Array(entries)) = serde_json::from_str(text) else {
        return Vec::new();
    };
    let entries: Vec<&Map<String, Value>> = entries.iter().filter_map(Value::as_object).collect();
    let selected = selected(&entries);
    let pairs = entries.iter().filter(|entry| is(entry, "candidate-pair"));
    let mut pairs: Vec<Pair> = pairs
        .map(|entry| {
            let named = selected.is_some_and(|id| text_of(entry, "id") == Some(id));
            let marked = entry.get("selected").and_then(Value::as_bool) == Some(true);
            Pair {
                selected: named || (selected.is_none() && marked),
                ..pair(entry, &entries)
            }
        })
        .collect();
    pairs.sort_by_key(rank);
    pairs
}

/// Whether the list tells of a connection at all: before the first candidate there is nothing to pair.
fn selected<'a>(entries: &[&'a Map<String, Value>]) -> Option<&'a str> {
    let mut transports = entries.iter().filter(|entry| is(entry, "transport"));
    transports.find_map(|entry| text_of(entry, "selectedCandidatePairId"))
}

fn pair(entry: &Map<String, Value>, entries: &[&Map<String, Value>]) -> Pair {
    let number = |name| entry.get(name).and_then(Value::as_f64);
    let count = |name| entry.get(name).and_then(Value::as_u64);
    let end = |name| {
        let id = text_of(entry, name)?;
        let mut known = entries.iter();
        known
            .find(|entry| text_of(entry, "id") == Some(id))
            .map(|entry| end(entry))
    };
    Pair {
        state: text_of(entry, "state").unwrap_or_default().to_owned(),
        nominated: entry.get("nominated").and_then(Value::as_bool),
        selected: false,
        local: end("localCandidateId").unwrap_or_default(),
        remote: end("remoteCandidateId").unwrap_or_default(),
        checks_sent: count("requestsSent"),
        checks_answered: count("responsesReceived"),
        checks_came: count("requestsReceived"),
        checks_replied: count("responsesSent"),
        round_trip: number("currentRoundTripTime").map(|seconds| seconds * 1000.0),
        bytes_sent: count("bytesSent"),
        bytes_received: count("bytesReceived"),
        priority: number("priority"),
    }
}

fn end(entry: &Map<String, Value>) -> End {
    let text = |name| text_of(entry, name).unwrap_or_default().to_owned();
    let port = entry.get("port").and_then(Value::as_u64);
    let address = text_of(entry, "address").or_else(|| text_of(entry, "ip"));
    // Chromium writes `redacted-ip.invalid` where the page may not know the address; `.invalid` never names anything (RFC 6761).
    let address = address.filter(|address| !address.ends_with(".invalid"));
    End {
        kind: text("candidateType"),
        protocol: text("protocol"),
        address: address.unwrap_or_default().to_owned(),
        port: port.map(|port| port.to_string()).unwrap_or_default(),
        relay_protocol: text_of(entry, "relayProtocol").map(str::to_owned),
        ufrag: text_of(entry, "usernameFragment").map(str::to_owned),
    }
}

fn is(entry: &Map<String, Value>, kind: &str) -> bool {
    text_of(entry, "type") == Some(kind)
}

fn text_of<'a>(entry: &'a Map<String, Value>, name: &str) -> Option<&'a str> {
    entry.get(name)?.as_str()
}

fn rank(pair: &Pair) -> u8 {
    match pair.state.as_str() {
        _ if pair.selected => 0,
        "succeeded" => 1,
        "in-progress" => 2,
        "waiting" => 3,
        "frozen" => 4,
        _ => 5,
    }
}

impl Pair {
    /// What the way from here to there tells about the networks between.
    pub fn means(&self) -> Message {
        let kinds = [self.local.kind.as_str(), self.remote.kind.as_str()];
        // What the browser hides here is behind a `.local` name.
        let mdns = |end: &End| AddressKind::of(&end.address) == AddressKind::Mdns;
        let hidden = |end: &End| end.address.is_empty() || mdns(end);
        match kinds {
            ["relay", "relay"] => say("pair.means.both-relay"),
            ["relay", _] => say("pair.means.my-relay"),
            [_, "relay"] => say("pair.means.their-relay"),
            ["host", "host"] if self.local.protocol == "tcp" => say("pair.means.tcp"),
            ["host", "host"] if hidden(&self.local) || hidden(&self.remote) => {
                say("pair.means.host-mdns")
            }
            ["host", "host"] => say("pair.means.host"),
            [_, "prflx"] => say("pair.means.their-prflx"),
            ["prflx", _] => say("pair.means.my-prflx"),
            ["srflx", _] | [_, "srflx"] => say("pair.means.srflx"),
            _ => say("pair.means.other"),
        }
    }

    /// What its state means.
    pub fn state_says(&self) -> Message {
        match self.state.as_str() {
            "frozen" => say("pair.state.frozen"),
            "waiting" => say("pair.state.waiting"),
            "in-progress" => say("pair.state.in-progress"),
            "failed" => say("pair.state.failed"),
            "succeeded" => say("pair.state.succeeded"),
            other => say("pair.state.other").with("state", other),
        }
    }

    /// The checks in words; what this browser does not count, it says.
    pub fn checks_say(&self) -> Message {
        match (self.checks_sent, self.checks_answered) {
            (Some(sent), Some(answered)) => say("pair.checks")
                .with("sent", sent)
                .with("answered", answered),
            (Some(sent), None) => say("pair.checks-sent").with("sent", sent),
            (None, Some(answered)) => say("pair.checks-answered").with("answered", answered),
            (None, None) => say("pair.checks-unknown"),
        }
    }

    /// The checks that came, in words.
    pub fn came_says(&self) -> Message {
        match (self.checks_came, self.checks_replied) {
            (Some(came), Some(replied)) => say("pair.came")
                .with("came", came)
                .with("answered", replied),
            _ => say("pair.came-unknown"),
        }
    }
}
