//! The record of a run: each event as plain data, for listeners and exports.

use serde_json::{Map, Value};

use crate::io::{Event, Fate, Role, Side, What};
use crate::signal::Candidate;
use crate::step::Evidence;
use crate::trouble::Trouble;
use crate::words::Message;

/// The version of the data below: it changes when a name or a meaning does.
pub const VERSION: u32 = 1;

/// One event as JSON: `v`, `at` (milliseconds on the page's time origin), `attempt`, `kind`, and what belongs to the kind.
pub fn json(event: &Event) -> Value {
    let mut data = Data::default();
    let kind = describe(&event.what, &mut data);
    data.put("v", VERSION.into());
    data.put("at", event.at.into());
    data.put("attempt", event.attempt.into());
    data.text("kind", kind);
    Value::Object(data.0)
}

/// Members of a JSON object, put in by functions that are compiled once.
#[derive(Default)]
struct Data(Map<String, Value>);

impl Data {
    #[inline(never)]
    fn put(&mut self, name: &str, value: Value) -> &mut Self {
        self.0.insert(name.to_owned(), value);
        self
    }

    #[inline(never)]
    fn text(&mut self, name: &str, text: &str) -> &mut Self {
        self.put(name, text.into())
    }

    #[inline(never)]
    fn maybe(&mut self, name: &str, text: Option<&str>) -> &mut Self {
        self.put(name, text.map_or(Value::Null, Value::from))
    }

    fn message(&mut self, name: &str, message: &Message) -> &mut Self {
        self.put(name, said(message))
    }

    fn maybe_message(&mut self, name: &str, message: Option<&Message>) -> &mut Self {
        self.put(name, message.map_or(Value::Null, said))
    }

    fn number(&mut self, name: &str, number: usize) -> &mut Self {
        self.put(name, number.into())
    }

    fn step(&mut self, step: Option<u8>) -> &mut Self {
        self.put("step", step.map_or(Value::Null, Value::from))
    }

    fn side(&mut self, side: Side) -> &mut Self {
        self.text("side", if side == Side::Mine { "mine" } else { "theirs" })
    }
}

fn describe(what: &What, data: &mut Data) -> &'static str {
    match what {
        What::Contacts { contacts } => {
            let list = contacts.iter().map(|contact| {
                let mut one = Data::default();
                one.text("host", &contact.host);
                one.message("purpose", &contact.purpose)
                    .message("namedBy", &contact.named_by);
                Value::Object(one.0)
            });
            data.put("contacts", list.collect());
            "contacts"
        }
        What::Joining {
            endpoint,
            room,
            mode,
            dialect,
            ice_servers,
        } => {
            data.text("endpoint", endpoint)
                .text("room", room)
                .text("mode", mode)
                .text("dialect", dialect);
            data.put(
                "iceServers",
                ice_servers.iter().map(String::as_str).collect(),
            );
            "joining"
        }
        What::FieldRefused { field, message } => {
            data.text("field", field).message("message", message);
            "field-refused"
        }
        What::Left => "left",
        What::Link { state, note } => {
            data.text("state", state.word())
                .maybe_message("note", note.as_ref());
            "link"
        }
        What::Joined { me, again } => {
            data.maybe("me", me.as_deref())
                .put("again", (*again).into());
            "joined"
        }
        What::PeerJoined { peer } => {
            data.text("peer", peer);
            "peer-joined"
        }
        What::PeerLeft { peer, message } => {
            data.text("peer", peer).message("message", message);
            "peer-left"
        }
        What::Role { role, why } => {
            data.maybe("role", role.map(Role::word)).message("why", why);
            "role"
        }
        What::AttemptBegan => "attempt-began",
        What::AttemptEnded { why } => {
            data.message("why", why);
            "attempt-ended"
        }
        other => describe_steps(other, data),
    }
}

fn describe_steps(what: &What, data: &mut Data) -> &'static str {
    match what {
        What::Step {
            step,
            status,
            whose,
            evidence,
            fact,
        } => {
            data.step(Some(*step))
                .text("status", status.word())
                .text("whose", whose.word());
            data.maybe("evidence", evidence.map(Evidence::word))
                .maybe_message("fact", fact.as_ref());
            "step"
        }
        What::Control {
            command,
            available,
            reason,
        } => {
            data.text("command", command)
                .put("available", (*available).into());
            data.maybe_message("reason", reason.as_ref());
            "control"
        }
        What::Call {
            step,
            call,
            by_page,
        } => {
            data.step(*step)
                .text("call", call)
                .put("byPage", (*by_page).into());
            "call"
        }
        What::Done { step, call, fact } => {
            data.step(*step)
                .text("call", call)
                .maybe_message("fact", fact.as_ref());
            "done"
        }
        What::State { name, value } => {
            data.text("name", name.words().1).text("value", value);
            "state"
        }
        What::Sent {
            step,
            kind,
            to,
            text,
            again,
        } => {
            data.step(*step)
                .text("signal", kind)
                .maybe("to", to.as_deref())
                .text("text", text);
            data.put("again", (*again).into());
            "sent"
        }
        What::Received {
            step,
            kind,
            from,
            text,
        } => {
            data.step(*step)
                .text("signal", kind)
                .maybe("from", from.as_deref())
                .text("text", text);
            "received"
        }
        What::Note { message } => {
            data.message("message", message);
            "note"
        }
        What::Trouble(trouble) => {
            describe_trouble(trouble, data);
            "trouble"
        }
        other => describe_media(other, data),
    }
}

fn describe_media(what: &What, data: &mut Data) -> &'static str {
    match what {
        What::SignalToCarry { text } => {
            data.text("text", text);
            "signal-to-carry"
        }
        What::Outcome { refused, .. } => {
            data.maybe_message("refused", refused.as_ref());
            "outcome"
        }
        What::Described { side, description } => {
            data.side(*side)
                .text("type", description.kind.word())
                .text("sdp", &description.sdp);
            "description"
        }
        What::Candidate {
            side,
            index,
            candidate,
        } => {
            data.side(*side)
                .number("index", *index)
                .put("candidate", candidate_json(candidate));
            "candidate"
        }
        What::CandidateFate { side, index, fate } => {
            data.side(*side)
                .number("index", *index)
                .text("fate", fate_word(*fate));
            "candidate-fate"
        }
        What::GatheringEnded { count } => {
            data.number("count", *count);
            "gathering-ended"
        }
        What::Channel {
            label,
            options,
            state,
        } => {
            data.text("label", label)
                .text("options", options)
                .text("state", state);
            "channel"
        }
        What::Chat { side, text } => {
            data.side(*side).text("text", text);
            "chat"
        }
        What::ChatRefused { text, message } => {
            data.text("text", text).message("message", message);
            "chat-refused"
        }
        What::SelectedPair { local, remote } => {
            data.text("local", local).text("remote", remote);
            "selected-pair"
        }
        _ => "other",
    }
}

fn describe_trouble(trouble: &Trouble, data: &mut Data) {
    let fault = trouble.fault.as_ref().map_or(Value::Null, |fault| {
        let mut said = Data::default();
        said.text("name", &fault.name)
            .text("message", &fault.message);
        Value::Object(said.0)
    });
    data.text("blame", trouble.blame.word())
        .message("doing", &trouble.doing)
        .message("cause", &trouble.cause);
    data.message("advice", &trouble.advice)
        .put("fault", fault)
        .step(trouble.step);
}

fn said(message: &Message) -> Value {
    let mut args = Data::default();
    for (name, value) in &message.args {
        args.text(name, value);
    }
    let mut data = Data::default();
    data.text("id", message.id)
        .put("args", Value::Object(args.0));
    Value::Object(data.0)
}

fn candidate_json(candidate: &Candidate) -> Value {
    let mut data = Data::default();
    data.text("candidate", &candidate.candidate)
        .maybe("sdpMid", candidate.sdp_mid.as_deref());
    data.put(
        "sdpMLineIndex",
        candidate.sdp_m_line_index.map_or(Value::Null, Value::from),
    );
    data.maybe("usernameFragment", candidate.username_fragment.as_deref());
    Value::Object(data.0)
}

fn fate_word(fate: Fate) -> &'static str {
    match fate {
        Fate::Kept => "kept",
        Fate::Used => "used",
        Fate::Dropped => "dropped",
        Fate::Selected => "selected",
    }
}
