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
