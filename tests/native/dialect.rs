//! Promises of the dialect engine: what built-in documents say, what holes mean, what a strange frame does.

#![allow(
    clippy::expect_used,
    clippy::panic,
    reason = "helpers of tests fail the test"
)]

use std::slice;

use webrtc_steps_core::dialect::{BUILT_IN, Conversation, Dialect, Reading, Say, Told, Why};
use webrtc_steps_core::signal::{Candidate, Description, DescriptionKind};

const GIVEN: [(&str, &str); 2] = [("endpoint", "ws://127.0.0.1:9"), ("room", "blue room")];

/// The first example of the language's own manual.
const MY_SERVER: &str = r#"{
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

const RAW: &str = r#"{
  "dialect": "raw descriptions",
  "url": "{endpoint}",
  "messages": [
    {"both": "{description}", "means": ["offer", "answer"]},
    {"both": "{candidate}", "means": "candidate"}
  ]
}"#;

const SAMPLES_CHANNEL: &str = r#"{
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

const SIMPLE_PEER: &str = r#"{
  "dialect": "simple-peer signals",
  "url": "{endpoint}",
  "messages": [
    {"both": {"type": "{description.type}", "sdp": "{description.sdp}"}, "means": ["offer", "answer"]},
    {"both": {"type": "candidate", "candidate": "{candidate}"}, "means": "candidate"},
    {"both": {"type": "renegotiate", "renegotiate": true}, "means": "request-offer"},
    {"read": {"type": "transceiverRequest"}, "means": "request-offer"}
  ]
}"#;

const TRYSTERO: &str = r#"{
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
const MATCHBOX: &str = r#"{
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
const GODOT: &str = r#"{
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
const COURSE: &str = r#"{
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

const ALL: [&str; 8] = [
    MY_SERVER,
    RAW,
    SAMPLES_CHANNEL,
    SIMPLE_PEER,
    TRYSTERO,
    MATCHBOX,
    GODOT,
    COURSE,
];

fn load(text: &str) -> Dialect {
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

fn start(text: &str) -> Conversation {
    let mut conversation = Conversation::new(&load(text), &GIVEN, 1);
    conversation.connect().expect("the URL has all it needs");
    conversation
}

fn built_in(name: &str) -> Conversation {
    start(Dialect::built_in(name).expect("built in"))
}

fn offer() -> Description {
    Description {
        kind: DescriptionKind::Offer,
        sdp: "v=0\r\ns=-\r\n".to_owned(),
    }
}

fn answer() -> Description {
    Description {
        kind: DescriptionKind::Answer,
        ..offer()
    }
}

fn candidate() -> Candidate {
    Candidate {
        candidate: "candidate:1 1 udp 2122260223 192.0.2.1 5000 typ host".to_owned(),
        sdp_mid: Some("0".to_owned()),
        sdp_m_line_index: Some(0),
        username_fragment: Some("abcd".to_owned()),
    }
}

fn some(text: &str) -> Option<String> {
    Some(text.to_owned())
}

/// One frame of the relay's, read by somebody who has joined as `me` beside `peer`.
fn joined(me: &str, peer: &str) -> Conversation {
    let mut conversation = built_in("relay");
    conversation.read(&format!(
        r#"{{"joined": {{"self": "{me}", "peers": ["{peer}"], "resume": "t0k/n", "version": 1}}}}"#
    ));
    conversation
}

fn only(frames: Vec<String>) -> String {
    let [frame] = <[String; 1]>::try_from(frames).expect("one frame");
    frame
}

/// What the relay does to a frame on its way from `sender`.
fn relayed(frame: &str, sender: &str) -> String {
    frame.replacen(r#""to":""#, &format!(r#""from":"{sender}","was":""#), 1)
}

#[test]
fn every_built_in_document_says_back_what_it_was_told() {
    for (name, text) in BUILT_IN {
        let dialect = load(text);
        let (mut alice, mut bob) = if name == "relay" {
            (joined("a", "b"), joined("b", "a"))
        } else {
            (built_in(name), built_in(name))
        };
        let from = alice.self_id();
        let mut hear = |frames: Vec<String>| -> Vec<Told> {
            let frame = relayed(&only(frames), "a");
            let reading = bob.read(&frame);
            assert_eq!(reading.unknown, None, "{name}: {frame}");
            reading.told
        };
        for description in [offer(), answer()] {
            let told = hear(alice.write(Say::Description(&description)).frames);
            assert_eq!(
                told,
                [Told::Description {
                    from: from.clone(),
                    description
                }],
                "{name}"
            );
        }
        assert_eq!(dialect.trickles(), name != "paste");
        if dialect.trickles() {
            let candidate = candidate();
            let told = hear(
                alice
                    .write(Say::Candidates(slice::from_ref(&candidate)))
                    .frames,
            );
            assert_eq!(
                told,
                [Told::Candidate {
                    from: from.clone(),
                    candidate
                }],
                "{name}"
            );
            let told = hear(alice.write(Say::End).frames);
            assert_eq!(told, [Told::End { from: from.clone() }], "{name}");
            let told = hear(alice.write(Say::Leave).frames);
            assert_eq!(told, [Told::HungUp { peer: from.clone() }], "{name}");
        }
    }
}

#[test]
fn the_relay_is_joined_with_those_who_are_there_already() {
    let mut conversation = built_in("relay");
    let reading =
        conversation.read(r#"{"joined": {"self": "me", "peers": ["me", "other"], "resume": "x"}}"#);
    assert_eq!(
        reading.told,
        [
            Told::Joined,
            Told::RequestOffer {
                peer: some("other")
            }
        ]
    );
    assert_eq!(conversation.self_id(), some("me"));
    assert_eq!(conversation.peer(), some("other"));
    let reading =
        built_in("relay").read(r#"{"joined": {"self": "me", "peers": [], "resume": "x"}}"#);
    assert_eq!(reading.told, [Told::Joined]);
}

#[test]
fn the_relay_notices_who_comes_and_goes_and_what_is_wrong() {
    let mut conversation = built_in("relay");
    let told = conversation.read(r#"{"peer-joined": "b"}"#).told;
    assert_eq!(told, [Told::PeerJoined { peer: some("b") }]);
    assert_eq!(conversation.peer(), some("b"));
    let told = conversation.read(r#"{"peer-left": "b"}"#).told;
    assert_eq!(told, [Told::PeerLeft { peer: some("b") }]);
    assert_eq!(conversation.peer(), None);
    let told = conversation
        .read(r#"{"error": {"code": "room-full", "message": "Full."}}"#)
        .told;
    let error = Told::Error {
        peer: None,
        code: some("room-full"),
        message: some("Full."),
    };
    assert_eq!(told, [error]);
}

#[test]
fn a_seat_is_taken_back_with_the_token_of_the_last_connection() {
    let mut conversation = built_in("relay");
    let first = conversation.connect().expect("filled").expect("a server");
    assert_eq!(first.url, "ws://127.0.0.1:9/rooms/blue%20room");
    conversation.read(r#"{"joined": {"self": "a", "peers": [], "resume": "t/1"}}"#);
    let again = conversation.connect().expect("filled").expect("a server");
    assert_eq!(again.url, "ws://127.0.0.1:9/rooms/blue%20room?resume=t%2F1");
    assert_eq!(
        conversation.self_id(),
        None,
        "only the token outlives the connection"
    );
    conversation.read(r#"{"joined": {"self": "b", "peers": [], "resume": "t2"}}"#);
    let third = conversation.connect().expect("filled").expect("a server");
    assert!(third.url.ends_with("?resume=t2"), "{}", third.url);
    assert_eq!(
        conversation.shown(&third.url),
        "ws://127.0.0.1:9/rooms/blue%20room?resume=…"
    );
}

#[test]
fn a_secret_is_shown_in_no_frame() {
    let mut conversation = built_in("relay");
    let frame = r#"{"joined": {"self": "a", "peers": [], "resume": "t0ken"}}"#;
    conversation.read(frame);
    assert!(!conversation.shown(frame).contains("t0ken"));
}

#[test]
fn an_endpoint_may_hold_holes_and_end_in_a_slash() {
    let url = |endpoint: &str, text: &str| {
        let given = [("endpoint", endpoint), ("room", "a b")];
        Conversation::new(&load(text), &given, 1)
            .connect()
            .map(|t| t.expect("a server").url)
    };
    assert_eq!(
        url("ws://h/any/{room}", RAW),
        Ok("ws://h/any/a%20b".to_owned())
    );
    assert_eq!(url("ws://h/", MATCHBOX), Ok("ws://h/a%20b".to_owned()));
    assert_eq!(url("ws://h/{other}", RAW), Err("other".to_owned()));
    assert_eq!(url("", RAW), Err("endpoint".to_owned()));
}

#[test]
fn nobody_is_told_anything_before_the_addressee_is_known() {
    let mut conversation = built_in("relay");
    let written = conversation.write(Say::Description(&offer()));
    assert_eq!(written.held, some("peer"));
    assert!(written.frames.is_empty());
    assert!(written.rule.is_some());
    let silent = conversation.write(Say::RequestOffer);
    assert_eq!(
        (silent.rule, silent.held),
        (None, None),
        "no rule, so nothing is held"
    );
}

#[test]
fn a_peer_who_hangs_up_can_be_called_again_and_one_who_left_cannot() {
    let mut conversation = joined("a", "b");
    assert!(
        conversation
            .write(Say::Description(&offer()))
            .held
            .is_none()
    );
    let told = conversation
        .read(r#"{"from": "b", "data": {"bye": true}}"#)
        .told;
    assert_eq!(told, [Told::HungUp { peer: some("b") }]);
    assert!(
        conversation
            .write(Say::Description(&offer()))
            .held
            .is_none()
    );
    conversation.read(r#"{"peer-left": "b"}"#);
    assert_eq!(
        conversation.write(Say::Description(&offer())).held,
        some("peer")
    );
}

#[test]
fn during_a_call_another_peer_is_only_news() {
    let mut conversation = joined("a", "b");
    conversation.write(Say::Description(&offer()));
    let frame = r#"{"from": "c", "data": {"description": {"type": "offer", "sdp": "v=0"}}}"#;
    let reading = conversation.read(frame);
    assert_eq!((reading.told, reading.stranger), (vec![], some("c")));
    assert_eq!(conversation.peer(), some("b"));
    let told = conversation.read(r#"{"peer-joined": "c"}"#).told;
    assert_eq!(told, [Told::PeerJoined { peer: some("c") }]);
    conversation.read(r#"{"peer-left": "c"}"#);
    assert_eq!(conversation.peer(), some("b"));
}

#[test]
fn a_notice_inside_an_envelope_is_no_notice() {
    let mut conversation = joined("a", "b");
    let reading = conversation.read(r#"{"from": "b", "data": {"peer-left": "b"}}"#);
    assert!(reading.told.is_empty());
    let unknown = reading.unknown.expect("not understood");
    assert!(unknown.pointer.starts_with("/data"), "{unknown:?}");
}

#[test]
fn every_form_of_an_end_of_candidates_is_one() {
    for end in [
        "null",
        r#""""#,
        r#"{"completed": true}"#,
        r#"{"candidate": ""}"#,
    ] {
        let told = built_in("tabs")
            .read(&format!(r#"{{"candidate": {end}}}"#))
            .told;
        assert_eq!(told, [Told::End { from: None }], "{end}");
    }
}

#[test]
fn candidates_come_out_in_one_form() {
    let text = candidate().candidate;
    let told = |parts: &str| {
        let frame = format!(r#"{{"candidate": {{"candidate": "a={text}"{parts}}}}}"#);
        match built_in("tabs").read(&frame).told.pop() {
            Some(Told::Candidate { candidate, .. }) => candidate,
            other => panic!("{frame}: {other:?}"),
        }
    };
    let bare = told("");
    assert_eq!(bare.candidate, text);
    assert_eq!(bare.sdp_mid, some("0"));
    assert_eq!(told(r#", "sdpMLineIndex": "1""#).sdp_m_line_index, Some(1));
    assert_eq!(
        told(r#", "sdpMid": 2, "usernameFragment": null"#).sdp_mid,
        some("2")
    );
}

#[test]
fn a_pasted_description_is_read_in_its_wrapping_and_bare() {
    let bare = r#"{"type": "answer", "sdp": "v=0\r\ns=-\r\n"}"#;
    let wrapped = format!(r#"{{"webrtc-steps": 1, "description": {bare}}}"#);
    for frame in [bare, &wrapped] {
        let told = built_in("paste").read(frame).told;
        assert_eq!(
            told,
            [Told::Description {
                from: None,
                description: answer()
            }]
        );
    }
    let newer = wrapped.replace(": 1,", ": 2,");
    let unknown = built_in("paste")
        .read(&newer)
        .unknown
        .expect("a version we do not know");
    assert_eq!(
        (unknown.rule, unknown.pointer.as_str()),
        (Some(0), "/webrtc-steps")
    );
}

#[test]
fn the_manuals_first_example_works_as_it_says() {
    let mut conversation = start(MY_SERVER);
    assert_eq!(
        only(conversation.write(Say::Open).frames),
        r#"{"room":"blue room","type":"join"}"#
    );
    let told = conversation
        .read(r#"{"type": "welcome", "id": 7, "others": [9], "x": 1}"#)
        .told;
    assert_eq!(told, [Told::Joined, Told::RequestOffer { peer: some("9") }]);
    let frame = only(conversation.write(Say::Description(&offer())).frames);
    assert_eq!(
        frame,
        r#"{"from":7,"sdp":"v=0\r\ns=-\r\n","to":9,"type":"offer"}"#
    );
    let echo = conversation.read(&frame);
    assert_eq!(echo.unknown.map(|near| near.why), Some(Why::Echo));
    let ice = r#"{"type": "ice", "from": "9", "to": "8", "candidate": null}"#;
    let near = conversation.read(ice).unknown.expect("for somebody else");
    assert_eq!(
        (near.rule, near.pointer.as_str(), near.why),
        (Some(5), "/to", Why::NotForMe)
    );
    let told = conversation.read(&ice.replace("\"8\"", "\"7\"")).told;
    assert_eq!(told, [Told::End { from: some("9") }]);
    let pong = conversation.read(r#"{"type": "ping"}"#);
    assert_eq!(pong.replies, [r#"{"type":"pong"}"#]);
}

#[test]
fn a_raw_document_tells_descriptions_from_candidates_by_their_shape() {
    let mut alice = start(RAW);
    let mut bob = start(RAW);
    let frame = only(alice.write(Say::Description(&offer())).frames);
    assert_eq!(
        bob.read(&frame).told,
        [Told::Description {
            from: None,
            description: offer()
        }]
    );
    let frame = only(alice.write(Say::Candidates(&[candidate()])).frames);
    let told = bob.read(&frame).told;
    assert_eq!(
        told,
        [Told::Candidate {
            from: None,
            candidate: candidate()
        }]
    );
    assert_eq!(bob.read("null").told, [Told::End { from: None }]);
    assert_eq!(bob.read(r#"{"type": "pranswer", "sdp": "v=0"}"#).told, []);
}

#[test]
fn an_optional_key_is_left_out_and_may_be_missing() {
    let mut conversation = start(SAMPLES_CHANNEL);
    let bare = Candidate {
        sdp_m_line_index: None,
        username_fragment: None,
        ..candidate()
    };
    let frame = only(
        conversation
            .write(Say::Candidates(slice::from_ref(&bare)))
            .frames,
    );
    assert!(!frame.contains("sdpMLineIndex"), "{frame}");
    let told = conversation.read(&frame).told;
    assert_eq!(
        told,
        [Told::Candidate {
            from: None,
            candidate: bare
        }]
    );
    let end = only(conversation.write(Say::End).frames);
    assert_eq!(end, r#"{"candidate":null,"type":"candidate"}"#);
    assert_eq!(conversation.read(&end).told, [Told::End { from: None }]);
}

#[test]
fn numbers_stay_numbers_and_conditions_compare_them() {
    let mut conversation = start(GODOT);
    assert_eq!(
        only(conversation.write(Say::Open).frames),
        r#"{"data":"blue room","id":0,"type":0}"#
    );
    conversation.read(r#"{"type": 1, "id": 100}"#);
    let told = conversation
        .read(r#"{"type": 0, "data": "named by the server"}"#)
        .told;
    assert_eq!(told, [Told::Joined]);
    let told = conversation.read(r#"{"type": 2, "id": 1000}"#).told;
    assert_eq!(told, [Told::PeerJoined { peer: some("1000") }]);
    let told = conversation.read(r#"{"type": 2, "id": 99}"#).told;
    assert_eq!(told, [Told::RequestOffer { peer: some("99") }]);
    let frame = only(conversation.write(Say::Candidates(&[candidate()])).frames);
    assert!(frame.contains(r#""id":99"#), "{frame}");
    let told = conversation.read(&frame).told;
    let heard = Candidate {
        username_fragment: None,
        ..candidate()
    };
    assert_eq!(
        told,
        [Told::Candidate {
            from: some("99"),
            candidate: heard
        }]
    );
    assert_eq!(conversation.polite(), Some(false), "the smaller id yields");
}

#[test]
fn candidates_in_a_repeated_element_are_one_batch() {
    let dialect = load(COURSE);
    assert!(dialect.batches() && dialect.trickles());
    let mut conversation = start(COURSE);
    conversation.read(r#"{"data": {"type": "JOIN_ROOM_RESPONSE_SUCCESS", "creatorId": 5}}"#);
    let frame = only(
        conversation
            .write(Say::Candidates(&[candidate(), candidate()]))
            .frames,
    );
    assert_eq!(frame.matches("typ host").count(), 2, "{frame}");
    let me = conversation.self_id().expect("made");
    let back = frame
        .replace(r#""otherUserId":5"#, &format!(r#""otherUserId":"{me}""#))
        .replacen('[', r#"[7, {"candidate": "nonsense"}, "#, 1);
    let told = conversation.read(&back).told;
    assert_eq!(told.len(), 2, "what is no candidate is skipped: {told:?}");
    let gone = "User 5 has been disconnected";
    let told = conversation
        .read(&format!(
            r#"{{"data": {{"type": "DISCONNECT_ROOM_NOTIFICATION", "message": "{gone}"}}}}"#
        ))
        .told;
    assert_eq!(told, [Told::PeerLeft { peer: some("5") }]);
}

#[test]
fn an_envelope_may_be_a_pipe_and_may_differ_by_direction() {
    let mut alice = start(MATCHBOX);
    alice.read(r#"{"IdAssigned": "a"}"#);
    alice.read(r#"{"NewPeer": "b"}"#);
    let frame = only(alice.write(Say::End).frames);
    assert_eq!(
        frame,
        r#"{"Signal":{"data":{"IceCandidate":"null"},"receiver":"b"}}"#
    );
    let mut bob = start(MATCHBOX);
    bob.read(r#"{"IdAssigned": "b"}"#);
    let told = bob
        .read(&frame.replace(r#""receiver":"b""#, r#""sender":"a""#))
        .told;
    assert_eq!(told, [Told::End { from: some("a") }]);
    let forged = bob.read(&frame.replace(r#""receiver""#, r#""sender""#));
    assert_eq!(forged.unknown.map(|near| near.why), Some(Why::Echo));
}

#[test]
fn a_rule_that_came_furthest_says_what_it_missed() {
    let document = r#"{"dialect": "calls", "url": "{endpoint}", "messages": [
        {"read": {"kind": "start", "call": "{call}"}, "means": "joined"},
        {"read": {"kind": "end", "call": "{call}"}, "means": "leave"}]}"#;
    let mut conversation = start(document);
    conversation.read(r#"{"kind": "start", "call": 1}"#);
    let near = conversation
        .read(r#"{"kind": "end", "call": 2}"#)
        .unknown
        .expect("another call");
    assert_eq!((near.rule, near.pointer.as_str()), (Some(1), "/call"));
    assert_eq!(
        near.to_string(),
        "{call} has another value already; {call!} would take the new one"
    );
    let near = conversation
        .read(r#"{"kind": "start"}"#)
        .unknown
        .expect("no call");
    assert_eq!(
        (near.rule, near.pointer.as_str(), near.why),
        (Some(0), "/call", Why::Missing)
    );
    let told = conversation.read(r#"{"kind": "end", "call": "1"}"#).told;
    assert_eq!(told, [Told::PeerLeft { peer: None }], "1 is \"1\"");
}

#[test]
fn the_same_seed_makes_the_same_values() {
    let id = |seed| {
        Conversation::new(&load(TRYSTERO), &GIVEN, seed)
            .self_id()
            .expect("made")
    };
    assert_eq!(id(7), id(7));
    assert_ne!(id(7), id(8));
    let uuid = id(7);
    let dashes: Vec<usize> = uuid.match_indices('-').map(|(at, _)| at).collect();
    assert_eq!((uuid.len(), dashes), (36, vec![8, 13, 18, 23]), "{uuid}");
    assert_eq!(&uuid[14..15], "4");
}

#[test]
fn documents_of_other_servers_load_and_know_how_they_join() {
    for text in ALL {
        let joins = load(text).joins_by_message();
        assert_eq!(joins, text.contains("\"joined\""), "{text}");
    }
}

#[test]
fn what_is_too_large_or_too_deep_is_refused_and_told() {
    let mut conversation = joined("a", "b");
    let why = |reading: Reading| reading.unknown.map(|near| near.why);
    assert_eq!(
        why(conversation.read(&"x".repeat(300 * 1024))),
        Some(Why::TooLong)
    );
    let deep = |levels| format!("{}{}", "[".repeat(levels), "]".repeat(levels));
    assert_eq!(why(conversation.read(&deep(65))), Some(Why::TooDeep));
    assert_eq!(why(conversation.read(&deep(100_000))), Some(Why::NotJson));
    assert_eq!(why(conversation.read(r#"{"joined"#)), Some(Why::NotJson));
    let long = format!(r#"{{"peer-joined": "{}"}}"#, "x".repeat(5000));
    assert_eq!(why(conversation.read(&long)), Some(Why::LongValue));
    let many: Vec<String> = (0..5000).map(|n| format!("\"p{n}\"")).collect();
    let many = format!(
        r#"{{"joined": {{"self": "a", "peers": [{}], "resume": ""}}}}"#,
        many.join(",")
    );
    assert_eq!(conversation.read(&many).told.len(), 1 + 256);
}
