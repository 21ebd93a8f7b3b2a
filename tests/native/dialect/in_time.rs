//! What happens beside the frames and in time: requests, repeating, waiting for the answer.

use webrtc_steps_core::dialect::{FetchAnswer, Say, Told};

use crate::given::*;
use crate::protocols::{messages, talk};

fn came(status: u16, text: &str) -> FetchAnswer {
    FetchAnswer::Came {
        status,
        text: text.to_owned(),
    }
}

#[test]
fn what_is_fetched_first_fills_the_address() {
    let mut talk = talk(
        r#"{"dialect": "d", "url": "{endpoint}/ws?id={self}", "messages": [
            {"on": "connect", "if": "not {self}", "fetch": {"url": "{endpoint}/id", "read": "{self}"}}]}"#,
        &GIVEN,
    );
    let begun = talk.begin();
    let [fetch] = &begun.fetches[..] else {
        panic!("{begun:?}");
    };
    assert_eq!(
        (fetch.method.as_str(), fetch.url.as_str()),
        ("GET", "http://127.0.0.1:9/id")
    );
    assert_eq!(talk.target(), Err("self".to_owned()));
    assert_eq!(talk.fetched(fetch.id, &came(200, "abc-1")).told, []);
    assert_eq!(
        talk.target().unwrap().unwrap().url,
        "ws://127.0.0.1:9/ws?id=abc-1"
    );
    assert_eq!(
        talk.fetched(fetch.id, &came(200, "again")).told,
        [],
        "answered once"
    );
}

#[test]
fn a_request_that_fails_says_so() {
    let document = r#"{"dialect": "d", "url": "{endpoint}", "messages": [
        {"on": "connect", "fetch": {"url": "{endpoint}/join/{room}", "body": {"user": 1}, "read": {"result": "SUCCESS"}}, "means": "joined"}]}"#;
    for (answer, status) in [
        (came(404, "no such room"), Some(404)),
        (came(200, r#"{"result":"FULL"}"#), Some(200)),
        (FetchAnswer::Failed("Failed to fetch".to_owned()), None),
    ] {
        let mut talk = talk(document, &GIVEN);
        let begun = talk.begin();
        let fetch = &begun.fetches[0];
        assert_eq!(fetch.url, "http://127.0.0.1:9/join/blue%20room");
        assert_eq!(fetch.body.as_deref(), Some(r#"{"user":1}"#));
        assert_eq!(
            fetch.headers,
            [("content-type".to_owned(), "application/json".to_owned())]
        );
        let reading = talk.fetched(fetch.id, &answer);
        let [Told::Refused { status: told, .. }] = &reading.told[..] else {
            panic!("{reading:?}");
        };
        assert_eq!(*told, status);
    }
    let mut talk = talk(document, &GIVEN);
    let id = talk.begin().fetches[0].id;
    assert_eq!(
        talk.fetched(id, &came(200, r#"{"result":"SUCCESS"}"#)).told,
        [Told::Joined]
    );
}

#[test]
fn keep_alives_come_at_their_pace_and_stop_with_the_socket() {
    let mut talk = talk(
        &messages(
            r#"{"every": "5 s", "send": "beat"}, {"every": "{pace} s", "send": "other"}, {"read": {"pace": "{pace!}"}}"#,
        ),
        &GIVEN,
    );
    talk.at(1_000.0);
    assert_eq!(talk.next_turn(), None, "nothing before the opening");
    talk.write(Say::Open);
    assert_eq!(talk.next_turn(), Some(6_000.0));
    talk.at(5_999.0);
    assert_eq!(talk.turn().frames, [""; 0]);
    talk.at(6_000.0);
    assert_eq!(talk.turn().frames, [r#""beat""#]);
    talk.read(r#"{"pace": 2}"#);
    assert_eq!(talk.turn().frames, [r#""other""#], "its interval is over");
    assert_eq!(talk.next_turn(), Some(8_000.0));
    let (code, reason) = (1006, "");
    talk.write(Say::Close { code, reason });
    assert_eq!(talk.next_turn(), None);
}

#[test]
fn an_offer_is_repeated_until_it_is_answered() {
    let mut talk = talk(
        &messages(
            r#"{"both": "{description}", "means": "offer", "every": "3 s"}, {"read": "{description}", "means": "answer"}"#,
        ),
        &GIVEN,
    );
    talk.write(Say::Open);
    let frame = only(talk.write(Say::Description(&offer())).frames);
    talk.at(3_000.0);
    assert_eq!(talk.turn().frames, [frame]);
    assert_eq!(talk.next_turn(), Some(6_000.0));
    talk.read(r#"{"type": "answer", "sdp": "v=0 x"}"#);
    assert_eq!(talk.next_turn(), None);
}

#[test]
fn candidates_can_wait_for_the_answer() {
    let document = messages(
        r#"{"both": "{description}", "means": ["offer", "answer"]},
           {"both": {"ice": ["{candidate}", "..."]}, "means": "candidate", "after": "answer"}"#,
    );
    let one = [candidate()];
    let mut offerer = talk(&document, &GIVEN);
    offerer.write(Say::Description(&offer()));
    assert_eq!(offerer.write(Say::Candidates(&one)).held, some("answer"));
    offerer.read(r#"{"type": "answer", "sdp": "v=0 x"}"#);
    assert_eq!(offerer.write(Say::Candidates(&one)).frames.len(), 1);
    let mut answerer = talk(&document, &GIVEN);
    answerer.read(r#"{"type": "offer", "sdp": "v=0 x"}"#);
    assert_eq!(answerer.write(Say::Candidates(&one)).held, some("answer"));
    answerer.write(Say::Description(&answer()));
    assert_eq!(answerer.write(Say::Candidates(&one)).frames.len(), 1);
}

#[test]
fn a_request_that_a_frame_causes_is_made_once_and_its_events_happen_once() {
    let document = messages(
        r#"{"read": {"ticket": "{t!}"}, "send": "thanks", "fetch": {"url": "{endpoint}/use/{t}", "read": {"peers": ["{peer}", "..."]}}, "means": "peers"}"#,
    );
    let mut talk = talk(&document, &GIVEN);
    let reading = talk.read(r#"{"ticket": "7"}"#);
    assert_eq!((reading.told.len(), reading.fetches.len()), (0, 1));
    let answer = came(200, r#"{"peers": ["bob"]}"#);
    let answered = talk.fetched(reading.fetches[0].id, &answer);
    assert_eq!(answered.told, [Told::Peers(vec!["bob".to_owned()])]);
    assert_eq!((answered.fetches.len(), answered.replies.len()), (0, 0));
}

#[test]
fn what_a_frame_means_is_not_said_again_by_an_answer_that_nobody_reads() {
    let document = messages(
        r#"{"read": {"list": ["{peer}", "..."]}, "fetch": {"url": "{endpoint}/seen"}, "means": "peers"}"#,
    );
    let mut talk = talk(&document, &GIVEN);
    let reading = talk.read(r#"{"list": ["bob"]}"#);
    assert_eq!(reading.told, [Told::Peers(vec!["bob".to_owned()])]);
    assert_eq!(talk.fetched(reading.fetches[0].id, &came(200, "")).told, []);
}

#[test]
fn more_requests_than_can_wait_are_held_and_not_lost() {
    let mut talk = talk(
        &messages(
            r#"{"on": "candidate", "fetch": {"url": "{endpoint}/c", "body": "{candidate}"}}"#,
        ),
        &GIVEN,
    );
    let one = [candidate()];
    let mut first = None;
    for _ in 0..64 {
        let written = talk.write(Say::Candidates(&one));
        first = first.or(written.fetches.first().map(|fetch| fetch.id));
        assert!(written.went());
    }
    assert!(talk.write(Say::Candidates(&one)).held.is_some());
    talk.fetched(first.expect("a request"), &came(200, ""));
    assert!(talk.write(Say::Candidates(&one)).went());
}

#[test]
fn values_are_made_for_headers_and_for_the_query_too() {
    let mut talk = talk(
        r#"{"dialect": "d", "url": "{endpoint}", "query": {"n": "{n}"}, "variables": {"n": {"make": "count"}, "id": {"make": "text 4", "per": "message"}},
            "messages": [{"on": "open", "fetch": {"url": "{endpoint}/x", "headers": {"X-Id": "{id}"}}}]}"#,
        &GIVEN,
    );
    assert_eq!(talk.connect().unwrap().unwrap().url, "ws://127.0.0.1:9?n=1");
    assert_eq!(talk.write(Say::Open).fetches.len(), 1);
}

#[test]
fn what_a_server_gave_is_an_address_without_holes() {
    let mut talk = talk(
        r#"{"dialect": "d", "url": "{ws}/go", "variables": {"pw": {"value": "swordfish", "secret": true}},
            "messages": [{"on": "connect", "fetch": {"url": "{endpoint}/x", "read": {"ws": "{ws}"}}}]}"#,
        &GIVEN,
    );
    let id = talk.begin().fetches[0].id;
    talk.fetched(id, &came(200, r#"{"ws": "wss://h/{pw}"}"#));
    assert_eq!(talk.target().unwrap().unwrap().url, "wss://h/{pw}/go");
}

#[test]
fn another_namespace_of_socket_io_is_not_ours() {
    let mut talk = talk(
        r#"{"dialect": "d", "url": "{endpoint}", "frames": "socket.io", "messages": [{"on": "open", "send": ["hi"]}]}"#,
        &GIVEN,
    );
    assert_eq!(talk.read(r#"40/other,{"sid":"x"}"#).told, []);
    assert_eq!(talk.read(r#"40{"sid":"x"}"#).told, [Told::Joined]);
}
