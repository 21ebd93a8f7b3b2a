//! The record of a run: each event as plain data, for listeners and exports.

use serde_json::{Map, Value, json};

use crate::io::{Event, Fate, Side, What};
use crate::signal::Candidate;
use crate::trouble::Trouble;
use crate::words::Message;

/// The version of the data below: it changes when a name or a meaning does.
pub const VERSION: u32 = 1;

/// One event as JSON: `v`, `at` (milliseconds on the page's time origin), `attempt`, `kind`, and what belongs to the kind.
pub fn json(event: &Event) -> Value {
    let (kind, mut data) = describe(&event.what);
    data.insert("v".to_owned(), VERSION.into());
    data.insert("at".to_owned(), event.at.into());
    data.insert("attempt".to_owned(), event.attempt.into());
    data.insert("kind".to_owned(), kind.into());
    Value::Object(data)
}

fn describe(what: &What) -> (&'static str, Map<String, Value>) {
    let (kind, data) = match what {
        What::Contacts { contacts } => ("contacts", {
            let list = contacts.iter().map(|contact| {
                json!({"host": contact.host, "purpose": message(&contact.purpose), "namedBy": message(&contact.named_by)})
            });
            json!({"contacts": list.collect::<Vec<_>>()})
        }),
        What::Joining {
            endpoint,
            room,
            mode,
            dialect,
            ice_servers,
        } => (
            "joining",
            json!({"endpoint": endpoint, "room": room, "mode": mode, "dialect": dialect, "iceServers": ice_servers}),
        ),
        What::FieldRefused {
            field,
            message: why,
        } => (
            "field-refused",
            json!({"field": field, "message": message(why)}),
        ),
        What::Left => ("left", json!({})),
        What::Link { state, note } => (
            "link",
            json!({"state": state.word(), "note": note.as_ref().map(message)}),
        ),
        What::Joined { me, again } => ("joined", json!({"me": me, "again": again})),
        What::PeerJoined { peer } => ("peer-joined", json!({"peer": peer})),
        What::PeerLeft { peer, message: why } => {
            ("peer-left", json!({"peer": peer, "message": message(why)}))
        }
        What::Role { role, why } => (
            "role",
            json!({"role": role.map(crate::io::Role::word), "why": message(why)}),
        ),
        What::AttemptBegan => ("attempt-began", json!({})),
        What::AttemptEnded { why } => ("attempt-ended", json!({"why": message(why)})),
        other => return describe_more(other),
    };
    (kind, object(data))
}

fn describe_more(what: &What) -> (&'static str, Map<String, Value>) {
    let (kind, data) = match what {
        What::Step {
            step,
            status,
            whose,
            evidence,
            fact,
        } => (
            "step",
            json!({"step": step, "status": status.word(), "whose": whose.word(),
                "evidence": evidence.map(crate::step::Evidence::word), "fact": fact.as_ref().map(message)}),
        ),
        What::Control {
            command,
            available,
            reason,
        } => (
            "control",
            json!({"command": command, "available": available, "reason": reason.as_ref().map(message)}),
        ),
        What::Call {
            step,
            call,
            by_page,
        } => (
            "call",
            json!({"step": step, "call": call, "byPage": by_page}),
        ),
        What::Done { step, call, fact } => (
            "done",
            json!({"step": step, "call": call, "fact": fact.as_ref().map(message)}),
        ),
        What::State { name, value } => ("state", json!({"name": name.words().1, "value": value})),
        What::Sent {
            step,
            kind,
            to,
            text,
            again,
        } => (
            "sent",
            json!({"step": step, "signal": kind, "to": to, "text": text, "again": again}),
        ),
        What::Received {
            step,
            kind,
            from,
            text,
        } => (
            "received",
            json!({"step": step, "signal": kind, "from": from, "text": text}),
        ),
        What::Note { message: note } => ("note", json!({"message": message(note)})),
        What::Trouble(trouble) => ("trouble", trouble_json(trouble)),
        What::SignalToCarry { text } => ("signal-to-carry", json!({"text": text})),
        What::Outcome { refused, .. } => {
            ("outcome", json!({"refused": refused.as_ref().map(message)}))
        }
        other => return describe_media(other),
    };
    (kind, object(data))
}

fn describe_media(what: &What) -> (&'static str, Map<String, Value>) {
    let (kind, data) = match what {
        What::Described {
            side: of,
            description,
        } => (
            "description",
            json!({"side": side(*of), "type": description.kind.word(), "sdp": description.sdp}),
        ),
        What::Candidate {
            side: of,
            index,
            candidate: one,
        } => (
            "candidate",
            json!({"side": side(*of), "index": index, "candidate": candidate(one)}),
        ),
        What::CandidateFate {
            side: of,
            index,
            fate: what,
        } => (
            "candidate-fate",
            json!({"side": side(*of), "index": index, "fate": fate(*what)}),
        ),
        What::GatheringEnded { count } => ("gathering-ended", json!({"count": count})),
        What::Channel {
            label,
            options,
            state,
        } => (
            "channel",
            json!({"label": label, "options": options, "state": state}),
        ),
        What::Chat { side: of, text } => ("chat", json!({"side": side(*of), "text": text})),
        What::ChatRefused { text, message: why } => (
            "chat-refused",
            json!({"text": text, "message": message(why)}),
        ),
        What::SelectedPair { local, remote } => {
            ("selected-pair", json!({"local": local, "remote": remote}))
        }
        _ => ("other", json!({})),
    };
    (kind, object(data))
}

fn object(value: Value) -> Map<String, Value> {
    match value {
        Value::Object(map) => map,
        _ => Map::new(),
    }
}

fn message(message: &Message) -> Value {
    let args: Map<String, Value> = message
        .args
        .iter()
        .map(|(name, value)| ((*name).to_owned(), Value::from(value.as_str())))
        .collect();
    json!({"id": message.id, "args": args})
}

fn side(side: Side) -> &'static str {
    match side {
        Side::Mine => "mine",
        Side::Theirs => "theirs",
    }
}

fn fate(fate: Fate) -> &'static str {
    match fate {
        Fate::Kept => "kept",
        Fate::Used => "used",
        Fate::Dropped => "dropped",
        Fate::Selected => "selected",
    }
}

fn candidate(candidate: &Candidate) -> Value {
    json!({"candidate": candidate.candidate, "sdpMid": candidate.sdp_mid, "sdpMLineIndex": candidate.sdp_m_line_index,
        "usernameFragment": candidate.username_fragment})
}

fn trouble_json(trouble: &Trouble) -> Value {
    let fault = trouble
        .fault
        .as_ref()
        .map(|fault| json!({"name": fault.name, "message": fault.message}));
    json!({"blame": trouble.blame.word(), "doing": message(&trouble.doing), "cause": message(&trouble.cause),
        "advice": message(&trouble.advice), "fault": fault, "step": trouble.step})
}
