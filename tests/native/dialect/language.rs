//! What examples, holes and rules mean.

use std::slice;

use webrtc_steps_core::dialect::{Conversation, Reading, Say, Told, Why};
use webrtc_steps_core::signal::Candidate;

use crate::given::*;

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
        "{call} has another value already: 1; {call!} would take the new one"
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
