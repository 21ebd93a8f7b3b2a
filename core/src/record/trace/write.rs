//! The lines of a run.

use serde_json::{Map, Value, json};

use super::Line;
use crate::io::{Event, Fate, Millis, Side, StateName, What};
use crate::signal::{Candidate, Description, DescriptionKind};

/// What is remembered while writing.
#[derive(Default)]
struct Writer {
    lines: Vec<Line>,
    origin: Millis,
    /// Of the form: what a peer connection is configured with.
    configuration: Value,
    /// Candidates of the other side, of the present attempt.
    theirs: Vec<Candidate>,
    /// Their description that is set next.
    received: Option<Description>,
    /// The state last told, by name: where it began is no change.
    states: Vec<(StateName, String)>,
}

/// The lines of these events; `origin` is when their clock was 0, in milliseconds since 1970.
pub(in crate::record) fn lines(events: &[Event], origin: Millis) -> Vec<Line> {
    let mut writer = Writer {
        origin,
        configuration: json!({}),
        ..Writer::default()
    };
    for (index, event) in events.iter().enumerate() {
        writer.event(event, events.get(index + 1..).unwrap_or_default());
    }
    writer.lines
}

impl Writer {
    fn event(&mut self, event: &Event, later: &[Event]) {
        match &event.what {
            What::Joining {
                ice_servers,
                relay_only,
                ..
            } => {
                let servers: Vec<Value> = ice_servers
                    .iter()
                    .map(|url| json!({"urls": [url]}))
                    .collect();
                let policy = if *relay_only { "relay" } else { "all" };
                self.configuration = json!({"iceServers": servers, "iceTransportPolicy": policy});
            }
            What::AttemptBegan => {
                self.theirs.clear();
                self.states.clear();
                self.received = None;
            }
            What::AttemptEnded { .. } => self.close(event),
            What::Call { call, .. } => self.call(event, call, later),
            What::Done { call, fact, .. } => {
                let label = fact.as_ref().and_then(|fact| fact.args.first());
                self.done(event, call, label.map(|(_, label)| label.as_str()), later);
            }
            What::Trouble(trouble) => {
                if let (Some(refusal), Some(fault)) = (&trouble.refusal, &trouble.fault) {
                    let method = format!("{}OnFailure", method_of(&refusal.call));
                    self.line(
                        event,
                        &method,
                        format!("{}: {}", fault.name, fault.message).into(),
                    );
                }
            }
            _ => self.observed(event),
        }
    }

    fn observed(&mut self, event: &Event) {
        match &event.what {
            What::State { name, value } => self.state(event, *name, value),
            What::Described {
                side: Side::Theirs,
                description,
            }
            | What::Pending {
                side: Side::Theirs,
                description: Some(description),
                ..
            } => self.received = Some(description.clone()),
            What::Candidate {
                side: Side::Mine,
                candidate,
                ..
            } => self.line(event, "onicecandidate", candidate_json(candidate)),
            What::Candidate { candidate, .. } => self.theirs.push(candidate.clone()),
            What::CandidateFate {
                side: Side::Theirs,
                index,
                fate: Fate::Used,
            } => {
                let value = self.theirs.get(*index).map_or(Value::Null, candidate_json);
                self.line(event, "addIceCandidate", value);
                self.line(event, "addIceCandidateOnSuccess", Value::Null);
            }
            What::GatheringEnded { .. } => self.line(event, "onicecandidate", Value::Null),
            What::CandidateError { url, code, text } => {
                let value = json!({"url": url, "errorCode": code, "errorText": text});
                self.line(event, "onicecandidateerror", value);
            }
            What::NegotiationNeeded => self.line(event, "onnegotiationneeded", Value::Null),
            What::Track { side, kind } => match side {
                Side::Mine => self.line(event, "addTransceiver", json!([kind])),
                Side::Theirs => self.line(event, "ontrack", json!(kind)),
            },
            What::Channel { label, state, .. } if state == "announced" => {
                self.line(event, "ondatachannel", json!({"label": label}));
            }
            What::Stats { text } => self.stats(event, text),
            _ => {}
        }
    }

    fn call(&mut self, event: &Event, call: &str, later: &[Event]) {
        let method = method_of(call);
        let value = match method {
            "createOffer" | "createAnswer" => Value::Null,
            "setLocalDescription" => {
                mine(later, kind_of(call)).map_or(Value::Null, description_json)
            }
            "setRemoteDescription" => self.received.as_ref().map_or(Value::Null, description_json),
            "restartIce" => Value::Null,
            // The rest is told by what comes of it.
            _ => return,
        };
        self.line(event, method, value);
    }

    fn done(&mut self, event: &Event, call: &str, label: Option<&str>, later: &[Event]) {
        match method_of(call) {
            "new RTCPeerConnection" => self.line(event, "create", self.configuration.clone()),
            "createDataChannel" => self.line(
                event,
                "createDataChannel",
                json!({"label": label.unwrap_or_default()}),
            ),
            method @ ("createOffer" | "createAnswer") => {
                let kind = DescriptionKind::from_word(if method == "createOffer" {
                    "offer"
                } else {
                    "answer"
                });
                let made = mine(later, kind).map_or(Value::Null, description_json);
                self.line(event, &format!("{method}OnSuccess"), made);
            }
            method @ ("setLocalDescription" | "setRemoteDescription") => {
                self.line(event, &format!("{method}OnSuccess"), Value::Null);
            }
            _ => {}
        }
    }

    fn state(&mut self, event: &Event, name: StateName, value: &str) {
        let known = self.states.iter_mut().find(|(known, _)| *known == name);
        let begins = known.is_none() && matches!(value, "stable" | "new");
        match known {
            Some((_, known)) if known == value => return,
            Some((_, known)) => *known = value.to_owned(),
            None if value == "none" => return,
            None => self.states.push((name, value.to_owned())),
        }
        let method = match name {
            StateName::Signaling => "onsignalingstatechange",
            StateName::IceGathering => "onicegatheringstatechange",
            StateName::IceConnection => "oniceconnectionstatechange",
            StateName::Connection => "onconnectionstatechange",
            StateName::Channel => return,
        };
        // A connection that is gone has no states; its end is told as such.
        if !begins && value != "none" {
            self.line(event, method, value.into());
        }
    }

    fn stats(&mut self, event: &Event, text: &str) {
        let entries: Vec<Value> = serde_json::from_str(text).unwrap_or_default();
        let by_id: Map<String, Value> = entries
            .into_iter()
            .filter_map(|entry| Some((entry.get("id")?.as_str()?.to_owned(), entry)))
            .collect();
        self.line(event, "getStats", Value::Object(by_id));
    }

    fn close(&mut self, event: &Event) {
        let created = |line: &Line| line.attempt == event.attempt && line.method == "create";
        if self.lines.iter().any(created) {
            self.line(event, "close", Value::Null);
        }
    }

    fn line(&mut self, event: &Event, method: &str, value: Value) {
        self.lines.push(Line {
            at: self.origin + event.at,
            attempt: event.attempt,
            method: method.to_owned(),
            value,
        });
    }
}

/// `setLocalDescription(offer)` is `setLocalDescription`.
fn method_of(call: &str) -> &str {
    call.split('(').next().unwrap_or(call)
}

fn kind_of(call: &str) -> Option<DescriptionKind> {
    let (_, inner) = call.split_once('(')?;
    DescriptionKind::from_word(inner.trim_end_matches(')'))
}

/// The next description of this side: what was just made, or is being set.
fn mine(later: &[Event], kind: Option<DescriptionKind>) -> Option<&Description> {
    let of_mine = later.iter().find_map(|event| match &event.what {
        What::Described {
            side: Side::Mine,
            description,
        }
        | What::Pending {
            side: Side::Mine,
            description: Some(description),
            ..
        } => Some(description),
        _ => None,
    });
    of_mine.filter(|description| kind.is_none_or(|kind| description.kind == kind))
}

fn description_json(description: &Description) -> Value {
    json!({"type": description.kind.word(), "sdp": description.sdp})
}

fn candidate_json(candidate: &Candidate) -> Value {
    json!({
        "candidate": candidate.candidate,
        "sdpMid": candidate.sdp_mid,
        "sdpMLineIndex": candidate.sdp_m_line_index,
        "usernameFragment": candidate.username_fragment,
    })
}
