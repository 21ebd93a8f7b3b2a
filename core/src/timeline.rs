//! The record of a run: each event as plain data, for listeners and exports.

mod dialects;
mod observed;
mod signals;

use serde_json::{Map, Value};

use crate::io::{Contact, Event, Fate, Role, Side, What};
use crate::signal::Candidate;
use crate::step::Evidence;
use crate::words::Message;

/// The version of the data below: it changes when a name or a meaning does.
pub const VERSION: u32 = 1;

/// One event as JSON: `v`, `at` (milliseconds on the page's time origin), `attempt`, `kind`, and what belongs to the kind.
pub fn json(event: &Event) -> Value {
    let mut data = Data::default();
    describe_run(&event.what, &mut data);
    data.put("v", VERSION.into());
    data.put("at", event.at.into());
    data.put("attempt", event.attempt.into());
    data.text("kind", kind(&event.what));
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

    fn flag(&mut self, name: &str, holds: bool) -> &mut Self {
        self.put(name, holds.into())
    }

    fn step(&mut self, step: Option<u8>) -> &mut Self {
        self.put("step", step.map_or(Value::Null, Value::from))
    }

    fn rule(&mut self, rule: Option<usize>) -> &mut Self {
        self.put("rule", rule.map_or(Value::Null, Value::from))
    }

    /// Mistakes of a document: pointer and sentence of each.
    fn mistakes(&mut self, mistakes: &[(String, String)]) -> &mut Self {
        self.put("mistakes", pairs(mistakes, "pointer", "message"))
    }

    fn side(&mut self, side: Side) -> &mut Self {
        self.text("side", if side == Side::Mine { "mine" } else { "theirs" })
    }
}

/// The word of a kind of event.
fn kind(what: &What) -> &'static str {
    match what {
        What::Contacts { .. } => "contacts",
        What::Joining { .. } => "joining",
        What::FieldRefused { .. } => "field-refused",
        What::Page { .. } => "page",
        What::Option { .. } => "option",
        What::Disturbances(_) => "disturbances",
        What::Disturbed { .. } => "disturbed",
        What::Pending { .. } => "pending",
        What::CandidateError { .. } => "candidate-error",
        What::NegotiationNeeded => "negotiation-needed",
        What::Track { .. } => "track",
        What::Stats { .. } => "stats",
        What::Left => "left",
        What::Link { .. } => "link",
        What::Joined { .. } => "joined",
        What::RoomNamed { .. } => "room-named",
        What::PeerJoined { .. } => "peer-joined",
        What::PeerLeft { .. } => "peer-left",
        What::Role { .. } => "role",
        What::AttemptBegan => "attempt-began",
        What::AttemptEnded { .. } => "attempt-ended",
        What::Step { .. } => "step",
        What::Control { .. } => "control",
        What::Call { .. } => "call",
        What::Done { .. } => "done",
        What::State { .. } => "state",
        What::Sent { .. } => "sent",
        What::Received { .. } => "received",
        What::Described { .. } => "description",
        What::Candidate { .. } => "candidate",
        What::CandidateFate { .. } => "candidate-fate",
        What::GatheringEnded { .. } => "gathering-ended",
        What::Channel { .. } => "channel",
        What::Chat { .. } => "chat",
        What::ChatRefused { .. } => "chat-refused",
        What::SelectedPair { .. } => "selected-pair",
        What::Note { .. } => "note",
        What::Trouble(_) => "trouble",
        What::SignalToCarry { .. } => "signal-to-carry",
        What::Outcome { .. } => "outcome",
        What::Dialect(_) => "dialect",
        What::DocumentLinked { .. } => "document-linked",
        What::Opened { .. } => "opened",
        What::Probed { .. } => "probed",
        What::Fits(_) => "fits",
        What::Fetching { .. } => "fetching",
        What::Fetched { .. } => "fetched",
    }
}

/// What belongs to the stay in the room.
fn describe_run(what: &What, data: &mut Data) {
    match what {
        What::Contacts { contacts } => {
            data.put("contacts", contacts.iter().map(contact_json).collect());
        }
        What::Joining {
            endpoint,
            room,
            mode,
            dialect,
            ice_servers,
            vars,
            hosts,
            alone,
            tells_peers,
            relay_only,
        } => {
            data.text("endpoint", endpoint)
                .text("room", room)
                .text("mode", mode)
                .text("dialect", dialect);
            data.put(
                "iceServers",
                ice_servers.iter().map(String::as_str).collect(),
            );
            data.put("vars", pairs(vars, "name", "value"));
            data.put("hosts", hosts.iter().map(String::as_str).collect());
            data.flag("alone", *alone)
                .flag("tellsPeers", *tells_peers)
                .flag("relayOnly", *relay_only);
        }
        What::FieldRefused { field, message } => {
            data.text("field", field).message("message", message);
        }
        What::DocumentLinked { place, stage } => {
            data.text("place", place).text("stage", stage.word());
        }
        What::Link { state, note } => {
            data.text("state", state.word())
                .maybe_message("note", note.as_ref());
        }
        What::Joined { me, again } => {
            data.maybe("me", me.as_deref()).flag("again", *again);
        }
        What::RoomNamed { room } => {
            data.text("room", room);
        }
        What::PeerJoined { peer } => {
            data.text("peer", peer);
        }
        What::PeerLeft { peer, message } => {
            data.text("peer", peer).message("message", message);
        }
        What::Role { role, why } => {
            data.maybe("role", role.map(Role::word)).message("why", why);
        }
        What::AttemptEnded { why } => {
            data.message("why", why);
        }
        other => signals::describe(other, data),
    }
}

/// What belongs to the steps and the peer connection.
fn describe_connection(what: &What, data: &mut Data) {
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
        }
        What::Control {
            command,
            available,
            reason,
        } => {
            data.text("command", command)
                .flag("available", *available)
                .maybe_message("reason", reason.as_ref());
        }
        What::Call {
            step,
            call,
            by_page,
        } => {
            data.step(*step).text("call", call).flag("byPage", *by_page);
        }
        What::Done { step, call, fact } => {
            data.step(*step)
                .text("call", call)
                .maybe_message("fact", fact.as_ref());
        }
        What::State { name, value } => {
            data.text("name", name.words().1).text("value", value);
        }
        other => describe_media(other, data),
    }
}

/// Descriptions, candidates and channels.
fn describe_media(what: &What, data: &mut Data) {
    match what {
        What::Described { side, description } => {
            data.side(*side)
                .text("type", description.kind.word())
                .text("sdp", &description.sdp);
        }
        What::Candidate {
            side,
            index,
            candidate,
        } => {
            data.side(*side)
                .number("index", *index)
                .put("candidate", candidate_json(candidate));
        }
        What::CandidateFate { side, index, fate } => {
            data.side(*side)
                .number("index", *index)
                .text("fate", fate_word(*fate));
        }
        What::GatheringEnded { count } => {
            data.number("count", *count);
        }
        What::Channel {
            label,
            options,
            state,
        } => {
            data.text("label", label)
                .text("options", options)
                .text("state", state);
        }
        What::SelectedPair { local, remote } => {
            data.text("local", local).text("remote", remote);
        }
        other => observed::describe(other, data),
    }
}

fn pairs(pairs: &[(String, String)], first: &str, second: &str) -> Value {
    let one = |(a, b): &(String, String)| {
        let mut data = Data::default();
        data.text(first, a).text(second, b);
        Value::Object(data.0)
    };
    pairs.iter().map(one).collect()
}

fn contact_json(contact: &Contact) -> Value {
    let mut data = Data::default();
    data.text("host", &contact.host);
    data.message("purpose", &contact.purpose)
        .message("namedBy", &contact.named_by);
    Value::Object(data.0)
}

fn said(message: &Message) -> Value {
    let mut args = Data::default();
    for (name, value) in &message.args {
        args.text(name, value);
    }
    let mut data = Data::default();
    data.text("id", &message.id)
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
