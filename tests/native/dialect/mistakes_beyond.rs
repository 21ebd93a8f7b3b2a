//! Mistakes in what goes beyond the first dialect: repeating, requests, framings, channels, relatives.

use webrtc_steps_core::dialect::Dialect;

use crate::{keys, mistakes, only_mistake, rules};

#[test]
fn repeating_keeps_to_its_forms() {
    let form = r#"every is "5 s", "500 ms" or "{x} s""#;
    for wrong in ["5", "5 m", "0 s", "-1 s", "often", "{x}"] {
        only_mistake(
            &rules(&format!(r#"{{"every": "{wrong}", "send": 1}}"#)),
            &format!("/messages/0/every: {form}"),
        );
    }
    let place = "/messages/0/every: stands alone, or beside offer, request-offer or open";
    only_mistake(
        &rules(r#"{"on": "leave", "every": "5 s", "send": 1}"#),
        place,
    );
    only_mistake(&rules(r#"{"read": 1, "every": "5 s", "send": 1}"#), place);
    only_mistake(
        &rules(r#"{"every": "{pace} s", "send": 1}"#),
        "/messages/0/every: nothing ever fills {pace}; declare it in /variables or read it from a message",
    );
    assert_eq!(
        mistakes(&rules(r#"{"every": "1.5 s", "send": 1}"#)),
        [""; 0]
    );
}

#[test]
fn only_candidates_wait_for_the_answer() {
    only_mistake(
        &rules(r#"{"on": "offer", "send": "{description}", "after": "answer"}"#),
        "/messages/0/after: only a rule that writes candidates can wait for the answer",
    );
    only_mistake(
        &rules(r#"{"on": "candidate", "send": "{candidate}", "after": "offer"}"#),
        r#"/messages/0/after: after is "answer""#,
    );
}

#[test]
fn a_request_goes_where_the_user_said_and_reads_what_can_be_read() {
    let fetch = |fetch: &str| rules(&format!(r#"{{"on": "connect", "fetch": {fetch}}}"#));
    only_mistake(&fetch("{}"), r#"/messages/0/fetch: needs the key "url""#);
    only_mistake(
        &fetch(r#"{"url": "https://example.org/"}"#),
        "/messages/0/fetch/url: must start with {endpoint} or another hole, not with a fixed host",
    );
    only_mistake(
        &fetch(r#"{"url": "{endpoint}/x", "blind": true, "read": "{self}"}"#),
        "/messages/0/fetch: a blind request has no answer to read; drop read or blind",
    );
    only_mistake(
        &fetch(r#"{"url": "{endpoint}/x", "method": "BREW"}"#),
        "/messages/0/fetch/method: method is GET, POST, PUT, PATCH or DELETE",
    );
    only_mistake(
        &fetch(r#"{"url": "{endpoint}/x", "headers": {"a b": "c"}}"#),
        "/messages/0/fetch/headers/a b: must be a header's name",
    );
}

#[test]
fn a_key_with_a_hole_is_one_hole() {
    let key = "a key is plain, or one hole like {room} or {peer}";
    for wrong in ["{room}s", "{room?}", "{candidate}", "{_}"] {
        let document = rules(&format!(r#"{{"read": {{"{wrong}": 1}}}}"#));
        assert!(
            mistakes(&document)
                .iter()
                .any(|mistake| mistake.ends_with(key)),
            "{wrong}"
        );
    }
    assert_eq!(mistakes(&rules(r#"{"read": {"{room}": 1}}"#)), [""; 0]);
}

#[test]
fn base64_carries_a_text() {
    only_mistake(
        &rules(r#"{"on": "open", "send": {"a": {"|base64": {"k": "o"}}}}"#),
        r#"/messages/0/send/a/|base64: base64 carries a text; write {"|base64": {"|json": …}}"#,
    );
}

#[test]
fn a_closing_is_looked_at_only_when_it_is_told() {
    let only = r#"{close.code} has a value only in the if of {"on": "close"}"#;
    only_mistake(
        &rules(r#"{"on": "open", "if": "{close.code} = 1", "send": 1}"#),
        &format!("/messages/0/if: {only}"),
    );
    only_mistake(
        &rules(r#"{"read": {"a": "{close.code}"}}"#),
        &format!("/messages/0/read/a: {only}"),
    );
    let fine = r#"{"on": "close", "if": "{close.code} = 4000", "means": "error"}"#;
    assert_eq!(mistakes(&rules(fine)), [""; 0]);
}

#[test]
fn socket_io_carries_events_and_acknowledgements() {
    let socket_io =
        |rule: &str| rules(rule).replace(r#""messages""#, r#""frames": "socket.io", "messages""#);
    let shape = r#"Socket.IO carries ["name", …], {"id": N, "event": ["name", …]} or {"id": N, "ack": […]}"#;
    only_mistake(
        &socket_io(r#"{"on": "open", "send": {"join": "{room}"}}"#),
        &format!("/messages/0: {shape}"),
    );
    let fine = socket_io(r#"{"on": "open", "send": ["join", "{room}"]}"#);
    assert_eq!(mistakes(&fine), [""; 0]);
    only_mistake(
        &keys(r#""frames": "yaml""#),
        "/frames: frames is json, text, records or socket.io",
    );
}

#[test]
fn a_channel_is_what_the_browser_takes() {
    let channel = |channel: &str| keys(&format!(r#""channels": [{channel}]"#));
    only_mistake(&channel("{}"), r#"/channels/0: needs the key "label""#);
    only_mistake(
        &channel(r#"{"label": "a", "negotiated": true}"#),
        r#"/channels/0: a negotiated channel is "negotiated": true with an "id""#,
    );
    only_mistake(
        &channel(r#"{"label": "a", "negotiated": true, "id": 65535}"#),
        "/channels/0/id: must be a whole number from 0 to 65534",
    );
    only_mistake(
        &channel(r#"{"label": "a", "maxRetransmits": 1, "maxPacketLifeTime": 1}"#),
        "/channels/0: a channel's limit is one of maxRetransmits and maxPacketLifeTime",
    );
}

#[test]
fn a_document_extends_one_that_is_there_and_not_itself() {
    let child =
        |parent: &str| format!(r#"{{"dialect": "child", "extends": "{parent}", "messages": []}}"#);
    only_mistake(
        &child("nobody"),
        r#"/extends: no dialect is named "nobody""#,
    );
    only_mistake(
        &child("/own/parent.json"),
        "/extends: extends is the name of a built-in dialect",
    );
    let circle = Dialect::load_with(&child("a"), &|name| {
        Some(child(if name == "a" { "b" } else { "a" }))
    });
    let found: Vec<String> = circle
        .err()
        .unwrap()
        .iter()
        .map(ToString::to_string)
        .collect();
    assert_eq!(found, ["/extends: extends itself"]);
    let broken = Dialect::load_with(&child("a"), &|_| Some("{".to_owned()));
    let found: Vec<String> = broken
        .err()
        .unwrap()
        .iter()
        .map(ToString::to_string)
        .collect();
    assert_eq!(
        found,
        [r#"/extends: "a" has mistakes itself, the first one not JSON, at line 1, column 1"#]
    );
    let of_parent = Dialect::load_with(&child("a"), &|_| {
        Some(rules(r#"{"on": "open", "sned": 1}, {"on": "opne"}"#))
    });
    let found: Vec<String> = of_parent
        .err()
        .unwrap()
        .iter()
        .map(ToString::to_string)
        .collect();
    assert_eq!(
        found[0],
        r#"/extends: unknown key "sned"; did you mean "send"?"#
    );
}

#[test]
fn a_variable_has_one_source() {
    let variable = |variable: &str| keys(&format!(r#""variables": {{"a": {variable}}}"#));
    only_mistake(
        &variable(r#"{"value": 1, "ask": "What?"}"#),
        "/variables/a: a variable is one of value, make and ask",
    );
    only_mistake(
        &variable(r#"{"ask": "Which?", "choices": ["x", "y"], "default": "z"}"#),
        "/variables/a/choices: default is one of the choices",
    );
    only_mistake(
        &variable(r#"{"value": 1, "default": "z"}"#),
        "/variables/a/default: default is part of a question: add ask",
    );
    only_mistake(&keys(r#""version": 2"#), "/version: version is 1");
}

#[test]
fn envelopes_are_one_level_deep_and_write_one_message() {
    only_mistake(
        &rules(r#"{"read": {"w": "{message?}"}, "means": "joined"}"#),
        r#"/messages/0/read/w: {message} stands only in a rule on or meaning "message""#,
    );
    let envelope = r#"{"read": {"w": "{message}"}, "means": "message"}, {"on": "message", "sends": [{"w": "{message}"}, 1]}"#;
    only_mistake(
        &rules(envelope),
        "/messages/1: an envelope writes one message; use send",
    );
}

#[test]
fn a_request_is_one_that_browsers_make() {
    let fetch = |fetch: &str| rules(&format!(r#"{{"on": "connect", "fetch": {fetch}}}"#));
    only_mistake(
        &fetch(r#"{"url": "{endpoint}/x", "method": "PUT", "blind": true}"#),
        "/messages/0/fetch: a blind request is GET or POST; browsers refuse others",
    );
    only_mistake(
        &fetch(r#"{"url": "{endpoint}/x", "method": "GET", "body": 1}"#),
        "/messages/0/fetch: GET has no body; browsers refuse it",
    );
}
