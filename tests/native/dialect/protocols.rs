//! What protocols need beyond the first dialect: framings, lives of values, keys, relatives.

use std::slice;

use webrtc_steps_core::dialect::{Conversation, Dialect, Say, Told};

use crate::given::*;

pub(crate) fn talk(document: &str, given: &[(&str, &str)]) -> Conversation {
    Conversation::new(&load(document), given, 7)
}

pub(crate) fn messages(messages: &str) -> String {
    format!(r#"{{"dialect": "d", "url": "{{endpoint}}", "messages": [{messages}]}}"#)
}

#[test]
fn a_text_frame_is_written_and_read_as_it_is() {
    let mut talk = talk(
        r#"{"dialect": "d", "url": "{endpoint}", "frames": "text", "variables": {"self": {"value": "17"}}, "messages": [
            {"on": "open", "send": "HELLO {self}"},
            {"read": "HELLO", "means": "joined"},
            {"read": "ROOM_PEER_JOINED {peer}", "means": "peer-joined"},
            {"both": {"sdp": "{description}"}, "means": ["offer", "answer"]}]}"#,
        &GIVEN,
    );
    assert_eq!(talk.write(Say::Open).frames, ["HELLO 17"]);
    assert_eq!(talk.read("HELLO").told, [Told::Joined]);
    let told = talk.read("ROOM_PEER_JOINED bob").told;
    assert_eq!(told, [Told::PeerJoined { peer: some("bob") }]);
    let frame = only(talk.write(Say::Description(&offer())).frames);
    assert!(frame.starts_with(r#"{"sdp":{"#), "{frame}");
}

#[test]
fn records_share_a_frame() {
    let mut talk = talk(
        r#"{"dialect": "d", "url": "{endpoint}", "frames": "records", "messages": [
            {"on": "open", "send": {"protocol": "json", "version": 1}},
            {"read": {"type": 6}, "send": {"type": 6}},
            {"read": {"joined": "{peer}"}, "means": "peer-joined"}]}"#,
        &GIVEN,
    );
    let opening = "{\"protocol\":\"json\",\"version\":1}\u{1e}";
    assert_eq!(talk.write(Say::Open).frames, [opening]);
    let reading = talk.read("{\"type\":6}\u{1e}{\"joined\":\"bob\"}\u{1e}");
    assert_eq!(reading.replies, ["{\"type\":6}\u{1e}"]);
    assert_eq!(reading.told, [Told::PeerJoined { peer: some("bob") }]);
}

#[test]
fn socket_io_is_greeted_pinged_and_acknowledged() {
    let mut talk = talk(
        r#"{"dialect": "d", "url": "{endpoint}", "frames": "socket.io",
            "variables": {"joinId": {"make": "count"}}, "messages": [
            {"on": "open", "send": {"id": "{joinId}", "event": ["join", "{room}"]}},
            {"read": {"connect": {"sid": "{self}"}}},
            {"read": {"id": "{joinId}", "ack": [{"ok": true, "peers": ["{peer}", "..."]}]}, "means": ["joined", "request-offer"]},
            {"on": "offer", "send": ["offer", "{peer}", "{description.sdp}"]},
            {"read": ["bye", "{peer}"], "means": "leave"}]}"#,
        &GIVEN,
    );
    assert_eq!(
        talk.write(Say::Open).frames,
        [""; 0],
        "the socket is not the session yet"
    );
    assert_eq!(
        talk.read(r#"0{"sid":"x","pingInterval":25000}"#).replies,
        ["40"]
    );
    assert_eq!(talk.read("2").replies, ["3"]);
    let reading = talk.read(r#"40{"sid":"me"}"#);
    assert_eq!(reading.replies, [r#"421["join","blue room"]"#]);
    assert_eq!(talk.self_id(), some("me"));
    let reading = talk.read(r#"431[{"ok":true,"peers":["me","bob"]}]"#);
    assert_eq!(
        reading.told,
        [Told::Joined, Told::RequestOffer { peer: some("bob") }]
    );
    let frame = only(talk.write(Say::Description(&offer())).frames);
    assert!(frame.starts_with(r#"42["offer","bob","v=0"#), "{frame}");
    assert_eq!(
        talk.read(r#"42["bye","bob"]"#).told,
        [Told::PeerLeft { peer: some("bob") }]
    );
    for other in ["", "9", "42", "43[]", "451-[1]", "42nonsense", "44", "4é"] {
        assert!(talk.read(other).unknown.is_some(), "{other:?}");
    }
}

#[test]
fn a_value_lives_for_a_message_a_call_or_a_connection() {
    let mut talk = talk(
        r#"{"dialect": "d", "url": "{endpoint}", "variables": {
            "each": {"make": "count", "per": "message"}, "call": {"make": "text 8", "per": "call"},
            "seat": {"make": "text 8"}, "peer": {"value": "bob"}}, "messages": [
            {"on": "request-offer", "send": {"each": "{each}", "call": "{call}", "seat": "{seat}"}},
            {"on": "leave", "send": "bye"}]}"#,
        &GIVEN,
    );
    let mut said = || -> serde_json::Value {
        serde_json::from_str(&only(talk.write(Say::RequestOffer).frames)).unwrap()
    };
    let (first, second) = (said(), said());
    assert_eq!((&first["each"], &second["each"]), (&1.into(), &2.into()));
    assert_eq!(first["call"], second["call"]);
    talk.write(Say::Leave);
    let mut said = || -> serde_json::Value {
        serde_json::from_str(&only(talk.write(Say::RequestOffer).frames)).unwrap()
    };
    let third = said();
    assert_ne!(third["call"], first["call"], "a new call");
    assert_eq!(third["seat"], first["seat"]);
    talk.begin();
    let frame = only(talk.write(Say::RequestOffer).frames);
    assert!(
        !frame.contains(first["seat"].as_str().unwrap()),
        "a new connection"
    );
}

#[test]
fn what_the_user_is_asked_has_a_default_and_can_be_left_empty() {
    let document = r#"{"dialect": "d", "url": "{endpoint}/{stream?}", "query": {"s": "{stream?}"},
        "variables": {"stream": {"ask": "Stream", "default": "cam"}}, "messages": []}"#;
    assert!(
        Dialect::load(document).is_err(),
        "a part of a text cannot be optional"
    );
    let document = document.replace("/{stream?}", "");
    let url = |given: &[(&str, &str)]| talk(&document, given).connect().unwrap().unwrap().url;
    let endpoint = ("endpoint", "ws://h");
    assert_eq!(url(&[endpoint]), "ws://h?s=cam");
    assert_eq!(url(&[endpoint, ("stream", "door")]), "ws://h?s=door");
    assert_eq!(url(&[endpoint, ("stream", "")]), "ws://h");
    let asks = load(&document);
    assert_eq!(asks.asks()[0].question, "Stream");
}

#[test]
fn a_key_can_be_the_room_or_every_peer() {
    let mut talk = talk(
        &messages(
            r#"{"on": "open", "send": {"{room}": {"hello": "{self}"}}}, {"read": {"{room}": {"you": "{self}", "clientList": {"{peer}": {"name": "{_}"}}}}, "means": "peers"}"#,
        ),
        &[("endpoint", "ws://h"), ("room", "r"), ("self", "me")],
    );
    assert_eq!(talk.write(Say::Open).frames, [r#"{"r":{"hello":"me"}}"#]);
    let roster =
        r#"{"r": {"you": "me", "clientList": {"bob": {"name": 1}, "me": {"name": 2}, "eve": {}}}}"#;
    assert_eq!(
        talk.read(roster).told,
        [Told::Peers(vec!["bob".to_owned()])]
    );
    assert!(
        talk.read(&roster.replace(r#""r""#, r#""other""#))
            .unknown
            .is_some()
    );
}

#[test]
fn stun_and_turn_servers_are_read_and_their_credentials_hidden() {
    let mut talk = talk(
        &messages(
            r#"{"read": {"type": "join", "pc_config": {"|json": {"iceServers": ["{iceServer?}", "..."]}}}, "means": "ice-servers"},
            {"read": {"stun": "{iceServer.urls}", "key": "{iceServer.credential?}"}, "means": "ice-servers"}"#,
        ),
        &GIVEN,
    );
    let inner = r#"{"iceServers":[{"urls":["turn:h"],"username":"u","credential":"topsecret"},{"urls":"http://evil"},7]}"#;
    let frame = format!(
        r#"{{"type": "join", "pc_config": {}}}"#,
        serde_json::Value::from(inner)
    );
    let told = talk.read(&frame).told;
    let [Told::IceServers(servers)] = &told[..] else {
        panic!("{told:?}");
    };
    assert_eq!(servers.len(), 1);
    assert_eq!(servers[0].urls, ["turn:h"]);
    assert_eq!(servers[0].credential, some("topsecret"));
    assert!(!talk.shown(&frame).contains("topsecret"));
    assert!(matches!(
        &talk.read(r#"{"stun": "stun:h:3478"}"#).told[..],
        [Told::IceServers(servers)] if servers[0].urls == ["stun:h:3478"]
    ));
    assert!(talk.read(r#"{"stun": "ftp:h"}"#).unknown.is_some());
}

#[test]
fn base64_is_read_in_either_alphabet() {
    let mut talk = talk(
        &messages(
            r#"{"both": {"payload": "{description|json|base64}"}, "means": ["offer", "answer"]}"#,
        ),
        &GIVEN,
    );
    let frame = only(talk.write(Say::Description(&offer())).frames);
    let told = talk.read(&frame).told;
    assert_eq!(
        told,
        [Told::Description {
            from: None,
            description: offer()
        }]
    );
    let url_safe = frame.replace('+', "-").replace('/', "_").replace('=', "");
    assert_eq!(talk.read(&url_safe).told.len(), 1);
    assert!(talk.read(r#"{"payload": "%%%"}"#).unknown.is_some());
}

#[test]
fn a_closing_can_mean_that_the_peer_left_or_an_error() {
    let document = messages(
        r#"{"on": "close", "if": "{close.reason} = Room host has disconnected", "means": "leave"},
           {"on": "close", "if": "{close.code} = 4000", "means": "error"}"#,
    );
    let mut talk = talk(&document, &[("endpoint", "ws://h"), ("peer", "bob")]);
    let mut close = |code, reason| talk.write(Say::Close { code, reason }).told;
    assert_eq!(
        close(4000, "Room host has disconnected"),
        [Told::PeerLeft { peer: some("bob") }]
    );
    assert_eq!(
        close(4000, "Lobby does not exists"),
        [Told::Error {
            peer: None,
            code: some("4000"),
            message: some("Lobby does not exists")
        }]
    );
    assert_eq!(close(1006, ""), []);
}

#[test]
fn a_relative_differs_where_it_says_so() {
    let mut talk = talk(
        Dialect::built_in("course-variant").unwrap(),
        &[("endpoint", "ws://h"), ("room", "r"), ("side", "join")],
    );
    talk.connect().unwrap();
    talk.write(Say::Open);
    let reading =
        talk.read(r#"{"label":"x","data":{"type":"ROOM_JOIN_RESPONSE_SUCCESS","creatorId":111}}"#);
    assert_eq!(reading.told[0], Told::Joined, "{reading:?}");
    let frame = only(talk.write(Say::Description(&offer())).frames);
    assert!(
        frame.contains(r#""label":"WEBRTC_SERVER""#) && frame.contains(r#""otherUserId":111"#),
        "{frame}"
    );
}

#[test]
fn an_unbound_conversation_reads_what_was_said_to_somebody_else() {
    let document = messages(
        r#"{"read": {"to": "{to}", "from": "{from}", "hello": true}, "means": "peer-joined"}"#,
    )
    .replace(
        r#""messages""#,
        r#""variables": {"self": {"make": "uuid"}}, "messages""#,
    );
    let frame = r#"{"to": "me", "from": "bob", "hello": true}"#;
    let dialect = load(&document);
    assert!(
        Conversation::new(&dialect, &GIVEN, 7)
            .read(frame)
            .unknown
            .is_some()
    );
    assert_eq!(Conversation::unbound(&dialect).read(frame).told.len(), 1);
}

#[test]
fn under_another_document_what_is_known_stays_known() {
    let talk = talk(
        &messages(r#"{"read": {"you": "{self}"}, "means": "joined"}"#),
        &GIVEN,
    );
    let mut talk = talk;
    talk.read(r#"{"you": "me"}"#);
    let other = load(&messages(
        r#"{"read": {"me": "{self}"}}, {"both": {"by": "{from}", "c": "{candidate}"}, "means": "candidate"}"#,
    ));
    let mut under = talk.under(&other);
    assert!(
        under
            .read(r#"{"by": "me", "c": "candidate:1 x"}"#)
            .unknown
            .is_some(),
        "an echo"
    );
    assert_eq!(
        under
            .read(r#"{"by": "bob", "c": "candidate:1 x"}"#)
            .told
            .len(),
        1
    );
    let frames = under
        .write(Say::Candidates(slice::from_ref(&candidate())))
        .frames;
    assert!(only(frames).contains(r#""by":"me""#));
}

#[test]
fn a_number_is_taken_when_it_is_needed() {
    let mut talk = talk(
        r#"{"dialect": "d", "url": "{endpoint}", "variables": {"dial": {"make": "count"}, "hello": {"make": "count"}},
            "messages": [{"on": "open", "send": ["hello", "{hello}"]}, {"on": "request-offer", "send": ["dial", "{dial}"]}]}"#,
        &GIVEN,
    );
    assert_eq!(talk.write(Say::Open).frames, [r#"["hello",1]"#]);
    assert_eq!(talk.write(Say::RequestOffer).frames, [r#"["dial",2]"#]);
    assert_eq!(
        talk.write(Say::RequestOffer).frames,
        [r#"["dial",2]"#],
        "it lives on"
    );
    talk.begin();
    assert_eq!(talk.write(Say::RequestOffer).frames, [r#"["dial",1]"#]);
}

#[test]
fn a_credential_is_hidden_even_in_a_frame_that_nothing_reads() {
    let mut talk = talk(&messages(r#"{"read": {"type": "x"}}"#), &GIVEN);
    let frame = r#"{"type": "servers", "list": [{"turnCredential": "hunter2"}], "auth": {"password": "swordfish"}}"#;
    assert!(talk.read(frame).unknown.is_some());
    let shown = talk.shown(frame);
    assert!(
        !shown.contains("hunter2") && !shown.contains("swordfish"),
        "{shown}"
    );
}
