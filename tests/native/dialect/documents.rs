//! What the built-in documents say and read.

use std::slice;

use webrtc_steps_core::dialect::{BUILT_IN, Conversation, Say, Told};

use crate::given::*;

#[test]
fn every_document_of_this_project_says_back_what_it_was_told() {
    for (name, text) in BUILT_IN.into_iter().take(3) {
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
