//! The documents and signals that the promises are made over.

use webrtc_steps_core::dialect::{Conversation, Dialect};
use webrtc_steps_core::signal::{Candidate, Description, DescriptionKind};

pub(crate) const GIVEN: [(&str, &str); 2] =
    [("endpoint", "ws://127.0.0.1:9"), ("room", "blue room")];

/// The first example of the language's own manual.
pub(crate) const MY_SERVER: &str = r#"{
  "dialect": "My server",
  "url": "{endpoint}/ws?room={room}",
  "messages": [
    {"on": "open", "send": {"type": "join", "room": "{room}"}},
    {"read": {"type": "welcome", "id": "{self}", "others": ["{peer}", "..."]}, "means": ["joined", "request-offer"]},
    {"read": {"type": "joined", "id": "{peer}"}, "means": "peer-joined"},
    {"both": {"type": "offer", "from": "{from}", "to": "{to}", "sdp": "{description.sdp}"}, "means": "offer"},
    {"both": {"type": "answer", "from": "{from}", "to": "{to}", "sdp": "{description.sdp}"}, "means": "answer"},
    {"both": {"type": "ice", "from": "{from}", "to": "{to}", "candidate": "{candidate}"}, "means": ["candidate", "end"]},
    {"read": {"type": "left", "id": "{peer}"}, "means": "leave"},
    {"read": {"type": "ping"}, "send": {"type": "pong"}}
  ]
}"#;

pub(crate) const RAW: &str = r#"{
  "dialect": "raw descriptions",
  "url": "{endpoint}",
  "messages": [
    {"both": "{description}", "means": ["offer", "answer"]},
    {"both": "{candidate}", "means": "candidate"}
  ]
}"#;

pub(crate) const SAMPLES_CHANNEL: &str = r#"{
  "dialect": "webrtc/samples channel page",
  "url": "{endpoint}",
  "messages": [
    {"both": {"type": "ready"}, "means": "request-offer"},
    {"both": {"type": "{description.type}", "sdp": "{description.sdp}"}, "means": ["offer", "answer"]},
    {"on": "end", "send": {"type": "candidate", "candidate": null}},
    {"both": {"type": "candidate", "candidate": "{candidate.candidate}", "sdpMid": "{candidate.sdpMid?}", "sdpMLineIndex": "{candidate.sdpMLineIndex?}"}, "means": "candidate"},
    {"both": {"type": "bye"}, "means": "leave"}
  ]
}"#;

pub(crate) const SIMPLE_PEER: &str = r#"{
  "dialect": "simple-peer signals",
  "url": "{endpoint}",
  "messages": [
    {"both": {"type": "{description.type}", "sdp": "{description.sdp}"}, "means": ["offer", "answer"]},
    {"both": {"type": "candidate", "candidate": "{candidate}"}, "means": "candidate"},
    {"both": {"type": "renegotiate", "renegotiate": true}, "means": "request-offer"},
    {"read": {"type": "transceiverRequest"}, "means": "request-offer"}
  ]
}"#;

pub(crate) const TRYSTERO: &str = r#"{
  "dialect": "Trystero ws-relay as a bare relay",
  "url": "{endpoint}",
  "variables": {"self": {"make": "uuid"}},
  "messages": [
    {"on": "open", "sends": [
      {"type": "subscribe", "topic": "{room}"},
      {"type": "publish", "topic": "{room}", "payload": {"from": "{self}", "hello": true}}]},
    {"on": "message", "send": {"type": "publish", "topic": "{room}", "payload": "{message}"}},
    {"read": {"topic": "{room}", "payload": "{message}"}, "means": "message"},
    {"both": {"from": "{from}", "hello": true}, "means": "request-offer"},
    {"both": {"from": "{from}", "to": "{to}", "description": "{description}"}, "means": ["offer", "answer"]},
    {"both": {"from": "{from}", "to": "{to}", "candidate": "{candidate}"}, "means": ["candidate", "end"]}
  ]
}"#;

/// Matchbox and wasm-peers, without what needs a clock or channels.
pub(crate) const MATCHBOX: &str = r#"{
  "dialect": "matchbox",
  "url": "{endpoint}/{room}",
  "messages": [
    {"read": {"IdAssigned": "{self}"}, "means": "joined"},
    {"read": {"NewPeer": "{peer}"}, "means": "request-offer"},
    {"read": {"PeerLeft": "{peer}"}, "means": "leave"},
    {"on": "message", "send": {"Signal": {"receiver": "{peer}", "data": "{message}"}}},
    {"read": {"Signal": {"sender": "{peer}", "data": "{message}"}}, "means": "message"},
    {"both": {"Offer": "{description.sdp}"}, "means": "offer"},
    {"both": {"Answer": "{description.sdp}"}, "means": "answer"},
    {"both": {"IceCandidate": "{candidate|json}"}, "means": ["candidate", "end"]}
  ]
}"#;

/// Ids as numbers, hand-made candidate text, a condition, one variable overwritten.
pub(crate) const GODOT: &str = r#"{
  "dialect": "Godot webrtc_signaling",
  "url": "{endpoint}/",
  "messages": [
    {"on": "open", "if": "{room}", "send": {"type": 0, "id": 0, "data": "{room}"}},
    {"read": {"type": 1, "id": "{self}"}},
    {"read": {"type": 0, "data": "{room!}"}, "means": "joined"},
    {"read": {"type": 2, "id": "{peer}"}, "if": "{peer} < {self}", "means": "request-offer"},
    {"read": {"type": 2, "id": "{peer}"}, "means": "peer-joined"},
    {"read": {"type": 3, "id": "{peer}"}, "means": "leave"},
    {"both": {"type": 4, "id": "{peer}", "data": "{description.sdp}"}, "means": "offer"},
    {"both": {"type": 5, "id": "{peer}", "data": "{description.sdp}"}, "means": "answer"},
    {"both": {"type": 6, "id": "{peer}", "data": "\n{candidate.sdpMid}\n{candidate.sdpMLineIndex}\n{candidate.candidate}"}, "means": "candidate"}
  ]
}"#;

/// Candidates as one batch, a bare id in a sentence.
pub(crate) const COURSE: &str = r#"{
  "dialect": "course app",
  "url": "{endpoint}/?userId={self}",
  "variables": {"self": {"make": "integer 1 999999"}, "process": {"value": "WEBRTC_PROCESS"}},
  "messages": [
    {"on": "open", "send": {"data": {"type": "JOIN_ROOM_REQUEST", "roomName": "{room}", "userId": "{self}"}}},
    {"read": {"data": {"type": "JOIN_ROOM_RESPONSE_SUCCESS", "creatorId": "{peer}"}}, "means": ["joined", "request-offer"]},
    {"both": {"label": "{process}", "data": {"type": "OFFER", "offer": "{description}", "otherUserId": "{to}"}}, "means": "offer"},
    {"both": {"label": "{process}", "data": {"type": "ICE_CANDIDATES", "candidatesArray": ["{candidate}", "..."], "otherUserId": "{to}"}}, "means": "candidate"},
    {"read": {"data": {"type": "DISCONNECT_ROOM_NOTIFICATION", "message": "User {peer} has been disconnected"}}, "means": "leave"}
  ]
}"#;

pub(crate) const ALL: [&str; 8] = [
    MY_SERVER,
    RAW,
    SAMPLES_CHANNEL,
    SIMPLE_PEER,
    TRYSTERO,
    MATCHBOX,
    GODOT,
    COURSE,
];

pub(crate) fn load(text: &str) -> Dialect {
    Dialect::load(text).unwrap_or_else(|mistakes| {
        panic!(
            "{}",
            mistakes
                .iter()
                .map(|m| format!("{m}\n"))
                .collect::<String>()
        )
    })
}

pub(crate) fn start(text: &str) -> Conversation {
    let mut conversation = Conversation::new(&load(text), &GIVEN, 1);
    conversation.connect().expect("the URL has all it needs");
    conversation
}

pub(crate) fn built_in(name: &str) -> Conversation {
    start(Dialect::built_in(name).expect("built in"))
}

pub(crate) fn offer() -> Description {
    Description {
        kind: DescriptionKind::Offer,
        sdp: "v=0\r\ns=-\r\n".to_owned(),
    }
}

pub(crate) fn answer() -> Description {
    Description {
        kind: DescriptionKind::Answer,
        ..offer()
    }
}

pub(crate) fn candidate() -> Candidate {
    Candidate {
        candidate: "candidate:1 1 udp 2122260223 192.0.2.1 5000 typ host".to_owned(),
        sdp_mid: Some("0".to_owned()),
        sdp_m_line_index: Some(0),
        username_fragment: Some("abcd".to_owned()),
    }
}

pub(crate) fn some(text: &str) -> Option<String> {
    Some(text.to_owned())
}

/// One frame of the relay's, read by somebody who has joined as `me` beside `peer`.
pub(crate) fn joined(me: &str, peer: &str) -> Conversation {
    let mut conversation = built_in("relay");
    conversation.read(&format!(
        r#"{{"joined": {{"self": "{me}", "peers": ["{peer}"], "resume": "t0k/n", "version": 1}}}}"#
    ));
    conversation
}

pub(crate) fn only(frames: Vec<String>) -> String {
    let [frame] = <[String; 1]>::try_from(frames).expect("one frame");
    frame
}

/// What the relay does to a frame on its way from `sender`.
pub(crate) fn relayed(frame: &str, sender: &str) -> String {
    frame.replacen(r#""to":""#, &format!(r#""from":"{sender}","was":""#), 1)
}
