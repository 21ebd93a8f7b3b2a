//! Traps that real servers and clients set, each with its number in the list of those that were seen.

use webrtc_steps_core::dialect::Conversation;

use crate::load;
use crate::transcript::Side;

fn side(name: &str, given: &[(&str, &str)]) -> Side {
    let mut all = vec![("endpoint", "ws://host"), ("room", "r1")];
    all.extend(given);
    let mut side = Side::new(&load(name), &all, 1);
    side.does("connect");
    side
}

fn does(side: &mut Side, lines: &[&str]) -> Vec<String> {
    lines.iter().flat_map(|line| side.does(line)).collect()
}

// Trap 1: the course server compares ids as numbers and drops a message to "111" without a word.
#[test]
fn an_id_is_written_as_the_number_that_it_was_read_as() {
    let mut course = side("course", &[]);
    let lines = does(
        &mut course,
        &[
            r#"< {"data": {"type": "JOIN_ROOM_RESPONSE_SUCCESS", "creatorId": 111}}"#,
            "offer",
        ],
    );
    assert!(lines[2].contains(r#""otherUserId":111"#), "{lines:?}");
}

// Trap 1: Godot's server closes the socket on an id that is a text.
#[test]
fn an_id_that_a_user_picked_is_written_as_the_number_that_the_server_named() {
    let mut godot = side("godot", &[]);
    let lines = does(
        &mut godot,
        &[
            r#"< {"type": 1, "id": 900}"#,
            r#"< {"type": 2, "id": 77}"#,
            "peer 77",
            "offer",
        ],
    );
    assert!(lines[1].contains(r#""id":77"#), "{lines:?}");
}

// Trap 1: Janus answers a session id that came back as a text, or rounded, with error 457.
#[test]
fn an_integer_of_53_bits_comes_back_exactly() {
    let mut janus = side("janus-echotest", &[]);
    let opened = does(&mut janus, &["open"]);
    let create = made(&opened, r#""transaction":""#);
    let attach = janus.does(&format!(
        r#"< {{"janus": "success", "transaction": "{create}", "data": {{"id": 9007199254740991}}}}"#
    ));
    assert!(
        attach[0].contains(r#""session_id":9007199254740991"#),
        "{attach:?}"
    );
}

// Trap 1, the other way: a number that comes as a text is still the same id.
#[test]
fn an_id_that_changes_its_type_on_the_way_is_the_same_id() {
    let mut course = side("course", &[]);
    let me = course.conversation.self_id().expect("made");
    course.does(r#"< {"data": {"type": "JOIN_ROOM_RESPONSE_SUCCESS", "creatorId": 111}}"#);
    let told = course.does(&format!(
        r#"< {{"label": "WEBRTC_PROCESS", "data": {{"type": "OFFER", "offer": {{"type": "offer", "sdp": "v=0"}}, "otherUserId": "{me}"}}}}"#
    ));
    assert_eq!(told, ["~ offer 111 v=0"]);
}

// Trap 2: the course server tells every room when anybody at all disconnects.
#[test]
fn somebody_else_who_leaves_does_not_end_the_call() {
    let mut course = side("course", &[]);
    does(
        &mut course,
        &[
            r#"< {"data": {"type": "JOIN_ROOM_RESPONSE_SUCCESS", "creatorId": 111}}"#,
            "offer",
            r#"< {"data": {"type": "DISCONNECT_ROOM_NOTIFICATION", "message": "User 999 has been disconnected"}}"#,
        ],
    );
    assert_eq!(course.conversation.peer().as_deref(), Some("111"));
    let told = course.does(
        r#"< {"data": {"type": "DISCONNECT_ROOM_NOTIFICATION", "message": "User 111 has been disconnected"}}"#,
    );
    assert_eq!(told, ["~ leave 111"]);
}

// Trap 2: some servers tell the one who left that it left.
#[test]
fn our_own_id_in_a_notice_is_nobody() {
    let mut relay = side("relay", &[]);
    relay.does(r#"< {"joined": {"self": "me", "peers": ["other"], "resume": "t"}}"#);
    for notice in [
        r#"< {"peer-left": "me"}"#,
        r#"< {"peer-joined": "me"}"#,
        r#"< {"from": "me", "data": {"bye": true}}"#,
    ] {
        let lines = relay.does(notice);
        assert!(
            lines.iter().all(|line| line.starts_with("unknown")),
            "{notice}: {lines:?}"
        );
    }
    assert_eq!(relay.conversation.peer().as_deref(), Some("other"));
}

// Trap 2: the list of those who are there may hold ourselves, learnt from the same message.
#[test]
fn we_are_not_among_those_who_are_there_already() {
    let mut relay = side("relay", &[]);
    let told =
        relay.does(r#"< {"joined": {"self": "me", "peers": ["me", "other"], "resume": "t"}}"#);
    assert_eq!(told, ["~ joined", "~ request-offer other"]);
    let mut gstreamer = side("gstreamer", &[]);
    gstreamer.does(r#"< {"type": "welcome", "peerId": "me"}"#);
    let status = gstreamer.does(
        r#"< {"type": "peerStatusChanged", "roles": ["producer"], "meta": {}, "peerId": "me"}"#,
    );
    assert!(status.is_empty(), "{status:?}");
}

// Trap 3: Janus sends its candidates before its answer.
#[test]
fn candidates_before_the_answer_are_told_as_they_come() {
    let mut janus = janus();
    let told = janus.does(r#"< {"janus": "trickle", "sender": 2, "candidate": {"sdpMid": "0", "sdpMLineIndex": 0, "candidate": "candidate:1 1 udp 1 192.0.2.1 9 typ host"}}"#);
    assert_eq!(told.len(), 1, "{told:?}");
    assert!(told[0].starts_with("~ candidate"), "{told:?}");
}

// Trap 3: the room server of AppRTC may hand out the candidates before the offer.
#[test]
fn candidates_before_the_offer_are_told_as_they_come() {
    let mut apprtc = side("apprtc", &[]);
    let told = apprtc.does(r#"http 200 {"result": "SUCCESS", "params": {"client_id": "b", "is_initiator": "false", "wss_url": "wss://c/ws", "pc_config": "{}", "messages": ["{\"type\": \"candidate\", \"label\": 0, \"id\": \"0\", \"candidate\": \"candidate:1 1 udp 1 192.0.2.1 9 typ host\"}", "{\"type\": \"offer\", \"sdp\": \"v=0\"}"]}}"#);
    assert!(told[0].starts_with("~ candidate"), "{told:?}");
    assert_eq!(told[1], "~ offer v=0");
}

// Trap 3: the course's page throws away what comes before it has a connection, and never looks at it again.
#[test]
fn candidates_for_the_course_wait_until_the_answer_was_exchanged() {
    let mut course = side("course", &[]);
    let before = does(
        &mut course,
        &[
            r#"< {"data": {"type": "JOIN_ROOM_RESPONSE_SUCCESS", "creatorId": 111}}"#,
            "offer",
            "candidates",
        ],
    );
    assert_eq!(before.last().map(String::as_str), Some("held answer"));
    let me = course.conversation.self_id().expect("made");
    course.does(&format!(
        r#"< {{"label": "WEBRTC_PROCESS", "data": {{"type": "ANSWER", "answer": {{"type": "answer", "sdp": "v=0"}}, "otherUserId": {me}}}}}"#
    ));
    let after = course.does("candidates");
    assert_eq!(
        after[0].matches("candidate:1").count(),
        2,
        "one message: {after:?}"
    );
}

// Trap 4: only a mid or only an index (gst-plugins-rs keeps that alone), only an index, neither, their types swapped, and an a= before.
#[test]
fn every_shape_of_a_candidate_comes_out_so_that_a_browser_takes_it() {
    let shapes = [
        (r#""sdpMid": "1""#, "mid 1 line -"),
        (r#""sdpMLineIndex": 1"#, "mid - line 1"),
        (r#""sdpMLineIndex": "1""#, "mid - line 1"),
        (r#""sdpMid": 1, "sdpMLineIndex": "1""#, "mid 1 line 1"),
        (r#""sdpMid": null, "sdpMLineIndex": null"#, "mid 0 line -"),
        (r#""x": 1"#, "mid 0 line -"),
    ];
    for (parts, expected) in shapes {
        let mut raw = side("raw", &[]);
        let told = raw.does(&format!(
            r#"< {{"candidate": "a=candidate:1 1 udp 2122260223 192.0.2.1 5000 typ host", {parts}}}"#
        ));
        assert_eq!(told, [format!("~ candidate {expected} ufrag -")], "{parts}");
    }
}

// Trap 5: topics send everything back to the one who said it.
#[test]
fn our_own_broadcast_is_no_peer() {
    for name in ["y-webrtc", "trystero-relay"] {
        let mut relay = side(name, &[]);
        let mut frames = does(&mut relay, &["open"]);
        relay.conversation.set_peer(Some("other"));
        frames.extend(does(&mut relay, &["offer", "answer", "candidate", "end"]));
        relay.conversation.set_peer(None);
        for frame in frames.iter().filter_map(|frame| frame.strip_prefix("> ")) {
            let echo = frame.replacen(r#""type":"publish""#, r#""clients":2,"type":"publish""#, 1);
            let lines = relay.does(&format!("< {echo}"));
            assert!(
                lines.iter().all(|line| line.starts_with("unknown")),
                "{name}: {frame}: {lines:?}"
            );
        }
        assert_eq!(relay.conversation.peer(), None, "{name}");
    }
}

// Trap 5: on a relay without ids an echo of our own offer looks like theirs; with ids it never does.
#[test]
fn an_echo_is_named_as_one_where_the_sender_is_named() {
    let mut relay = side("trystero-relay", &[]);
    let hello = does(&mut relay, &["open"]);
    let hello = hello[1].replacen("> ", "< ", 1);
    assert_eq!(
        relay.does(&hello),
        ["unknown /payload/from: names ourselves as the sender"]
    );
}

// Trap 6: a tracker sends an offer to whoever is there, and to nobody if nobody is.
#[test]
fn an_offer_into_an_empty_room_yields_to_the_one_that_comes() {
    let mut tracker = side("bittorrent-tracker", &[]);
    does(&mut tracker, &["open", "offer"]);
    assert_eq!(tracker.conversation.polite(), Some(true));
    let lines = does(
        &mut tracker,
        &[
            r#"< {"action": "announce", "offer": {"type": "offer", "sdp": "v=0"}, "offer_id": "theirs", "peer_id": "other", "info_hash": "r1"}"#,
            "answer",
        ],
    );
    assert_eq!(lines[0], "~ offer other v=0");
    assert!(
        lines[1].contains(r#""offer_id":"theirs""#),
        "answered as theirs: {lines:?}"
    );
}

// Trap 6: PeerServer keeps an offer for five seconds and then says that nobody took it.
#[test]
fn an_offer_that_nobody_took_is_told_and_can_be_made_again() {
    let mut peerjs = side("peerjs", &[("self", "me"), ("peer", "late")]);
    let first = does(&mut peerjs, &[r#"< {"type": "OPEN"}"#, "offer"]);
    let told = peerjs.does(r#"< {"type": "EXPIRE", "src": "late", "dst": "me"}"#);
    assert_eq!(told, ["~ error late | - | -", "~ leave late"]);
    let second = peerjs.does("offer");
    assert_ne!(
        made(&first, r#""connectionId":""#),
        made(&second, r#""connectionId":""#),
        "another call"
    );
}

// Trap 7: Godot's server names the lobby, after it has named us and the others.
#[test]
fn a_room_that_the_server_names_is_the_room() {
    let mut godot = side("godot", &[("side", "create")]);
    assert_eq!(godot.conversation.room().as_deref(), Some("r1"));
    does(
        &mut godot,
        &[
            "open",
            r#"< {"type": 1, "id": 1}"#,
            r#"< {"type": 0, "id": 0, "data": "cS9HvdNRTgHg2kwb"}"#,
        ],
    );
    assert_eq!(
        godot.conversation.room().as_deref(),
        Some("cS9HvdNRTgHg2kwb")
    );
}

// Trap 7: a server may call us something else than we did, and does so with every discovery.
#[test]
fn a_name_that_the_server_corrects_is_our_name() {
    let mut signal = side("simple-signal", &[]);
    signal.does(r#"< 40{"sid": "first"}"#);
    signal.does(r#"< 42["simple-signal[discover]", {"id": "second"}]"#);
    assert_eq!(signal.conversation.self_id().as_deref(), Some("second"));
    let echo = signal.does(r#"< 42["simple-signal[offer]", {"sessionId": "s", "initiator": "second", "signal": {"type": "offer", "sdp": "v=0"}}]"#);
    assert!(echo[0].starts_with("unknown"), "{echo:?}");
}

// Trap 8: Janus answers creating and attaching with the same shape; only the transaction tells them apart.
#[test]
fn two_answers_of_one_shape_are_told_apart_by_what_was_asked() {
    let mut janus = side("janus-echotest", &[]);
    let create = made(&janus.does("open"), r#""transaction":""#);
    let stray = r#"< {"janus": "success", "transaction": "of somebody else", "data": {"id": 5}}"#;
    assert!(janus.does(stray)[0].starts_with("unknown"));
    let success = |transaction: &str, id: u8| {
        format!(
            r#"< {{"janus": "success", "transaction": "{transaction}", "data": {{"id": {id}}}}}"#
        )
    };
    let attach = janus.does(&success(&create, 1));
    assert!(attach[0].contains(r#""janus":"attach""#), "{attach:?}");
    let again = janus.does(&success(&create, 1));
    assert_eq!(again.len(), 1, "it is the same answer still: {again:?}");
    let transaction = made(&attach, r#""transaction":""#);
    let attached = janus.does(&success(&transaction, 2));
    assert_eq!(attached, ["~ joined", "~ request-offer"]);
    let offer = janus.does("offer");
    assert!(offer[0].contains(r#""handle_id":2"#), "{offer:?}");
    assert!(offer[0].contains(r#""session_id":1"#), "{offer:?}");
}

// Trap 9: a server that finds no subprotocol may close, or worse.
#[test]
fn the_subprotocol_goes_with_every_connection() {
    let mut janus = Conversation::new(
        &load("janus-videocall"),
        &[("endpoint", "ws://host"), ("self", "a")],
        1,
    );
    for _ in 0..2 {
        janus.begin();
        let target = janus.target().expect("filled").expect("a server");
        assert_eq!(target.protocols, ["janus-protocol"]);
    }
}

// Trap 10: PeerServer says OPEN only once to the same id and token; whoever was given the id must still find the page there.
#[test]
fn a_page_comes_back_to_peerserver_under_its_id_without_being_told() {
    let mut peerjs = side("peerjs", &[]);
    peerjs.does("connect");
    let token = |lines: Vec<String>| made(&lines, "token=");
    let first = token(peerjs.does("http 200 id-of-mine"));
    assert_eq!(peerjs.does("open"), [""; 0], "a first OPEN is waited for");
    assert_eq!(peerjs.does(r#"< {"type": "OPEN"}"#), ["~ joined"]);
    let again = peerjs.does("connect");
    assert!(again.concat().contains("id=id-of-mine"), "{again:?}");
    assert_eq!(token(again), first);
    assert_eq!(peerjs.does("open"), ["~ joined"]);
}

// Trap 10, where the server takes a seat back by a token of its own: that one is kept.
#[test]
fn a_seat_is_asked_back_with_the_token_that_the_server_gave() {
    let mut relay = side("relay", &[]);
    relay.does(r#"< {"joined": {"self": "me", "peers": [], "resume": "t0k"}}"#);
    assert_eq!(relay.does("connect"), ["url ws://host/rooms/r1?resume=t0k"]);
}

// Trap 3 and 6 together: whatever the order, what came is told once and nothing of it is lost.
#[test]
fn a_batch_of_messages_is_told_in_its_order() {
    let mut apprtc = side("apprtc", &[]);
    let reading = apprtc.does(r#"http 200 {"result": "SUCCESS", "params": {"client_id": "b", "is_initiator": "false", "wss_url": "wss://c/ws", "pc_config": "{}", "messages": ["{\"type\": \"offer\", \"sdp\": \"v=0\"}", "no JSON", "{\"type\": \"bye\"}"]}}"#);
    assert_eq!(reading[0], "~ offer v=0");
    assert!(
        reading.iter().any(|line| line.starts_with("~ leave")),
        "{reading:?}"
    );
}

fn janus() -> Side {
    let mut janus = side("janus-echotest", &[]);
    let create = made(&janus.does("open"), r#""transaction":""#);
    let attach = janus.does(&format!(
        r#"< {{"janus": "success", "transaction": "{create}", "data": {{"id": 1}}}}"#
    ));
    let attach = made(&attach, r#""transaction":""#);
    janus.does(&format!(
        r#"< {{"janus": "success", "transaction": "{attach}", "data": {{"id": 2}}}}"#
    ));
    janus.does("offer");
    janus
}

/// What was made up after these words.
fn made(lines: &[String], after: &str) -> String {
    let text = lines.iter().find_map(|line| line.split_once(after));
    let (_, rest) = text.expect("it is there");
    rest.split(['"', '&']).next().unwrap_or_default().to_owned()
}
