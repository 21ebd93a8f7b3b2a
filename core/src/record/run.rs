//! What belongs to a stay in a room and to a connection, read back.

use std::borrow::Cow;

use super::known;
use super::object::{Object, Read};
use super::told::near;
use crate::io::{Contact, Fate, Fault, LinkState, Linked, Role, StateName, What};
use crate::signal::{Candidate, Description, DescriptionKind};
use crate::step::{Evidence, Status, Whose};
use crate::trouble::{Blame, Refusal, Trouble};

/// Where this page is: its form, its room, who is there.
pub(super) fn stay(kind: &str, data: &Object<'_>) -> Read<Option<What>> {
    Ok(Some(match kind {
        "contacts" => What::Contacts {
            contacts: data.list("contacts", |value| contact(Object::new(value)?))?,
        },
        "joining" => joining(data)?,
        "field-refused" => What::FieldRefused {
            field: data.owned("field")?,
            message: data.message("message")?,
        },
        "document-linked" => What::DocumentLinked {
            place: data.owned("place")?,
            stage: data.word("stage", &LINKED, Linked::word)?,
        },
        "left" => What::Left,
        "link" => What::Link {
            state: data.word("state", &LINK_STATES, LinkState::word)?,
            note: data.maybe_message("note")?,
        },
        "joined" => What::Joined {
            me: data.maybe("me")?,
            again: data.flag("again")?,
        },
        "room-named" => What::RoomNamed {
            room: data.owned("room")?,
        },
        "peer-joined" => What::PeerJoined {
            peer: data.owned("peer")?,
        },
        "peer-left" => What::PeerLeft {
            peer: data.owned("peer")?,
            message: data.message("message")?,
        },
        "role" => What::Role {
            role: data.maybe_word("role", &[Role::Offerer, Role::Answerer], Role::word)?,
            why: data.message("why")?,
        },
        "attempt-began" => What::AttemptBegan,
        "attempt-ended" => What::AttemptEnded {
            why: data.message("why")?,
        },
        _ => return Ok(None),
    }))
}

const LINKED: [Linked; 3] = [Linked::Unread, Linked::Read, Linked::Halted];
const LINK_STATES: [LinkState; 4] = [
    LinkState::None,
    LinkState::Connecting,
    LinkState::Open,
    LinkState::Closed,
];

fn contact(data: Object<'_>) -> Read<Contact> {
    Ok(Contact {
        host: data.owned("host")?,
        purpose: data.message("purpose")?,
        named_by: data.message("namedBy")?,
    })
}

fn joining(data: &Object<'_>) -> Read<What> {
    Ok(What::Joining {
        endpoint: data.owned("endpoint")?,
        room: data.owned("room")?,
        mode: data.owned("mode")?,
        dialect: data.owned("dialect")?,
        ice_servers: data.texts("iceServers")?,
        vars: data.pairs("vars", "name", "value")?,
        hosts: data.texts("hosts")?,
        alone: data.flag("alone")?,
        tells_peers: data.flag("tellsPeers")?,
        relay_only: data.flag("relayOnly")?,
    })
}

/// What goes between the peers, and what is said about it.
pub(super) fn signals(kind: &str, data: &Object<'_>) -> Read<Option<What>> {
    Ok(Some(match kind {
        "sent" => What::Sent {
            step: data.maybe_number("step")?,
            kind: known::signal(data.text("signal")?),
            to: data.maybe("to")?,
            text: data.owned("text")?,
            again: data.flag("again")?,
            rule: data.maybe_number("rule")?,
        },
        "received" => received(data)?,
        "note" => What::Note {
            message: data.message("message")?,
        },
        "trouble" => What::Trouble(trouble(data)?),
        "signal-to-carry" => What::SignalToCarry {
            text: data.owned("text")?,
        },
        "outcome" => What::Outcome {
            ticket: 0,
            refused: data.maybe_message("refused")?,
        },
        "chat" => What::Chat {
            side: data.side()?,
            text: data.owned("text")?,
        },
        "chat-refused" => What::ChatRefused {
            text: data.owned("text")?,
            message: data.message("message")?,
        },
        _ => return Ok(None),
    }))
}

fn received(data: &Object<'_>) -> Read<What> {
    let events = data.texts("events")?;
    Ok(What::Received {
        step: data.maybe_number("step")?,
        kind: known::signal(data.text("signal")?),
        from: data.maybe("from")?,
        text: data.owned("text")?,
        rule: data.maybe_number("rule")?,
        events: events.iter().map(|word| known::signal(word)).collect(),
        near: near(data, "near")?,
        skipped: near(data, "skipped")?,
    })
}

fn trouble(data: &Object<'_>) -> Read<Trouble> {
    const BLAMES: [Blame; 6] = [
        Blame::Browser,
        Blame::Peer,
        Blame::Endpoint,
        Blame::Network,
        Blame::User,
        Blame::Page,
    ];
    let fault = data.get("fault").map(|value| {
        let said = Object::new(value)?;
        Ok(Fault {
            name: said.owned("name")?,
            message: said.owned("message")?,
        })
    });
    let refusal = data.maybe("call")?.map(|call| {
        Ok(Refusal {
            call: Cow::Owned(call),
            state: data.owned("state")?,
        })
    });
    Ok(Trouble {
        blame: data.word("blame", &BLAMES, Blame::word)?,
        doing: data.message("doing")?,
        cause: data.message("cause")?,
        advice: data.message("advice")?,
        fault: fault.transpose()?,
        step: data.maybe_number("step")?,
        refusal: refusal.transpose()?,
    })
}

/// Steps, controls, calls and states.
pub(super) fn steps(kind: &str, data: &Object<'_>) -> Read<Option<What>> {
    Ok(Some(match kind {
        "step" => What::Step {
            step: data.number("step")?,
            status: data.word("status", &STATUSES, Status::word)?,
            whose: data.word("whose", &WHOSE, Whose::word)?,
            evidence: data.maybe_word("evidence", &EVIDENCES, Evidence::word)?,
            fact: data.maybe_message("fact")?,
        },
        "control" => What::Control {
            command: known::control(data.text("command")?).ok_or("command")?,
            available: data.flag("available")?,
            reason: data.maybe_message("reason")?,
        },
        "call" => What::Call {
            step: data.maybe_number("step")?,
            call: data.owned("call")?,
            by_page: data.flag("byPage")?,
        },
        "done" => What::Done {
            step: data.maybe_number("step")?,
            call: data.owned("call")?,
            fact: data.maybe_message("fact")?,
        },
        "state" => What::State {
            name: data.word("name", &StateName::ALL, |name| name.words().1)?,
            value: data.owned("value")?,
        },
        _ => return Ok(None),
    }))
}

const STATUSES: [Status; 6] = [
    Status::Done,
    Status::Next,
    Status::Possible,
    Status::Waiting,
    Status::Skipped,
    Status::Failed,
];
const WHOSE: [Whose; 3] = [Whose::Mine, Whose::Theirs, Whose::Relay];
const EVIDENCES: [Evidence; 2] = [Evidence::Observed, Evidence::Inferred];

/// Descriptions, candidates and channels.
pub(super) fn media(kind: &str, data: &Object<'_>) -> Read<Option<What>> {
    Ok(Some(match kind {
        "description" => What::Described {
            side: data.side()?,
            description: description(data)?,
        },
        "candidate" => What::Candidate {
            side: data.side()?,
            index: data.number("index")?,
            candidate: candidate(data.object("candidate")?)?,
        },
        "candidate-fate" => What::CandidateFate {
            side: data.side()?,
            index: data.number("index")?,
            fate: fate(data.text("fate")?)?,
        },
        "gathering-ended" => What::GatheringEnded {
            count: data.number("count")?,
        },
        "channel" => What::Channel {
            label: data.owned("label")?,
            options: data.owned("options")?,
            state: data.owned("state")?,
        },
        "selected-pair" => What::SelectedPair {
            local: data.owned("local")?,
            remote: data.owned("remote")?,
        },
        _ => return Ok(None),
    }))
}

/// The members `type` and `sdp`.
pub(super) fn description(data: &Object<'_>) -> Read<Description> {
    Ok(Description {
        kind: DescriptionKind::from_word(data.text("type")?).ok_or("type")?,
        sdp: data.owned("sdp")?,
    })
}

fn candidate(data: Object<'_>) -> Read<Candidate> {
    Ok(Candidate {
        candidate: data.owned("candidate")?,
        sdp_mid: data.maybe("sdpMid")?,
        sdp_m_line_index: data.maybe_number("sdpMLineIndex")?,
        username_fragment: data.maybe("usernameFragment")?,
    })
}

fn fate(word: &str) -> Read<Fate> {
    match word {
        "kept" => Ok(Fate::Kept),
        "used" => Ok(Fate::Used),
        "dropped" => Ok(Fate::Dropped),
        "selected" => Ok(Fate::Selected),
        _ => Err("fate"),
    }
}
