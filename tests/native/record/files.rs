//! A record as a file of our own: what is written opens again, and what is none of it is refused with a sentence.

use serde_json::{Value, json};
use webrtc_steps_core::io::Event;
use webrtc_steps_core::record::{
    About, Format, Keep, LONGEST, MOST_EVENTS, open, read_event, write,
};
use webrtc_steps_core::words::Message;

/// The record of an offerer in Chromium: connected, a line of chat, ICE restarted.
pub(crate) fn offerer() -> Vec<Event> {
    let lines = include_str!("offerer.jsonl").lines();
    lines
        .map(|line| read_event(line).expect("an event"))
        .collect()
}

pub(crate) const ALL: Keep = Keep {
    private: true,
    hosts: true,
};

pub(crate) fn about(keep: Keep) -> About<'static> {
    About {
        made: 1_795_387_075_989.0,
        origin: 1_795_387_071_000.0,
        agent: "Mozilla/5.0 Chrome/156.0.0.0",
        keep,
    }
}

fn refusal(text: &str) -> Message {
    open(text).expect_err("it is refused")
}

fn document(changes: &Value) -> String {
    let text = write(Format::Own, &offerer(), &about(ALL));
    let mut document: Value = serde_json::from_str(&text).expect("JSON");
    for (name, value) in changes.as_object().expect("members") {
        document[name] = value.clone();
    }
    document.to_string()
}

#[test]
fn a_record_opens_as_it_was_saved() {
    let events = offerer();
    let opened = open(&write(Format::Own, &events, &about(ALL))).expect("a record");
    assert_eq!(opened.format, Format::Own);
    assert_eq!(opened.agent, "Mozilla/5.0 Chrome/156.0.0.0");
    assert_eq!(opened.skipped, 0);
    let [run] = opened.runs.as_slice() else {
        panic!("one run, not {}", opened.runs.len())
    };
    assert_eq!(run.origin, 1_795_387_071_000.0);
    // Passwords go in any case.
    assert_eq!(run.events.len(), events.len());
    for (read, saved) in run.events.iter().zip(&events) {
        let (read, saved) = (format!("{read:?}"), format!("{saved:?}"));
        assert!(
            read == saved || saved.contains("ice-pwd"),
            "{read}\n{saved}"
        );
    }
}

#[test]
fn a_record_says_what_it_is_and_what_was_left_out() {
    let text = write(Format::Own, &offerer(), &about(Keep::default()));
    let document: Value = serde_json::from_str(&text).expect("JSON");
    assert_eq!(document["format"], "webrtc-steps-record");
    assert_eq!(document["version"], 1);
    assert_eq!(document["made"], "2026-11-22T22:37:55.989Z");
    let left_out = [
        "passwords",
        "addresses",
        "credentials",
        "chat",
        "hosts",
        "room",
    ];
    assert_eq!(document["leftOut"], json!(left_out));
}

#[test]
fn events_of_a_newer_kind_are_left_out_and_counted() {
    let mut events = vec![json!({"kind": "dance", "at": 1, "attempt": 0, "v": 1})];
    events.extend(offerer().iter().map(webrtc_steps_core::timeline::json));
    let opened = open(&document(&json!({"events": events}))).expect("a record");
    assert_eq!(opened.skipped, 1);
    assert_eq!(opened.runs[0].events.len(), offerer().len());
}

#[test]
fn events_out_of_order_are_put_in_order() {
    let mut events: Vec<Value> = offerer()
        .iter()
        .map(webrtc_steps_core::timeline::json)
        .collect();
    events.reverse();
    let opened = open(&document(&json!({"events": events}))).expect("a record");
    assert!(opened.runs[0].events.is_sorted_by_key(|event| event.at));
}

#[test]
fn another_version_is_refused_and_named() {
    for version in [json!(2), json!("1"), json!(null), json!(1.5)] {
        let refused = refusal(&document(&json!({"version": version})));
        assert_eq!(refused.id, "record.other-version");
        assert_eq!(refused.args[0].1, version.to_string());
    }
}

#[test]
fn another_format_is_refused() {
    for other in ["{}", "[]", "1", "null", r#"{"format":"har","version":1}"#] {
        assert_eq!(refusal(other).id, "record.unknown", "{other}");
    }
    for damaged in ["", "{", "hello", "\u{1f}\u{8b}"] {
        assert_eq!(refusal(damaged).id, "record.not-json", "{damaged}");
    }
    assert_eq!(
        refusal(&document(&json!({"events": []}))).id,
        "record.empty"
    );
    assert_eq!(
        refusal(&document(&json!({"events": {}}))).id,
        "record.empty"
    );
}

#[test]
fn what_is_too_large_is_refused_with_its_size() {
    let refused = refusal(&" ".repeat(LONGEST + 1));
    assert_eq!(refused.id, "record.too-large");
    assert_eq!(refused.args[1].1, "64");
    let refused = refusal(&document(&json!({"events": vec![0; MOST_EVENTS + 1]})));
    assert_eq!(refused.id, "record.too-many");
    assert_eq!(refused.args[0].1, "100001");
}
