//! What is shown: no secret in any form, and why something does not fit in words that lead on.

use webrtc_steps_core::dialect::Say;

use crate::given::*;
use crate::protocols::{messages, talk};

/// A document that asks for a secret and sends it on opening.
fn sending(message: &str) -> String {
    messages(&format!(r#"{{"on": "open", "send": {message}}}"#)).replace(
        r#""messages""#,
        r#""variables": {"pw": {"ask": "Password", "secret": true}}, "messages""#,
    )
}

#[test]
fn a_secret_is_blotted_out_in_every_form_it_can_take() {
    for secret in ["swordfish", r#"sword"fi\sh"#, "schwört-fisch?"] {
        let given = [("endpoint", "ws://h"), ("room", "r"), ("pw", secret)];
        for message in [
            r#""{pw}""#,
            r#""basic {pw} end""#,
            r#""{pw|base64}""#,
            r#""Basic {pw|base64}""#,
            r#"{"p": {"|json": {"p": "{pw}"}}}"#,
            r#"{"p": {"|json": {"p": {"|json": ["{pw}"]}}}}"#,
            r#"{"p": {"|base64": {"|json": {"user": "me", "p": "{pw}"}}}}"#,
            r#"{"p": {"|json": {"|base64": {"|json": {"p": "{pw}"}}}}}"#,
        ] {
            let mut talk = talk(&sending(message), &given);
            let frame = only(talk.write(Say::Open).frames);
            let shown = talk.shown(&frame);
            assert!(shown.contains('…'), "{message}: {shown}");
            let decoded = format!("{shown}{}", base64_runs(&shown));
            let heart: String = secret.chars().take(5).collect();
            assert!(!decoded.contains(&heart), "{message}: {shown}");
        }
    }
}

/// Everything in a text that is base64 of some text, decoded by the engine itself.
fn base64_runs(text: &str) -> String {
    let reader = messages(r#"{"read": {"x": "{x|base64}"}}"#);
    let runs = text.split(|c: char| !c.is_ascii_alphanumeric() && !"+/=-_".contains(c));
    runs.filter(|run| run.len() > 3)
        .flat_map(|run| {
            let reading = talk(&reader, &GIVEN).read(&format!(r#"{{"x": "{run}"}}"#));
            reading.captured.into_iter().map(|(_, value)| value)
        })
        .collect()
}

#[test]
fn what_is_no_secret_is_shown_as_it_went() {
    let given = [("endpoint", "ws://h"), ("room", "r"), ("pw", "swordfish")];
    let mut talk = talk(&sending(r#"["{pw}"]"#), &given);
    talk.write(Say::Open);
    for frame in [
        r#"{"sdp":"v=0\r\na=ice-pwd:b3BlbnNlc2FtZQ==\r\n"}"#,
        r#"{"token":"aGVsbG8gd29ybGQ=","n":1}"#,
        "not JSON at all",
    ] {
        assert_eq!(talk.shown(frame), frame);
    }
}

#[test]
fn a_value_that_is_in_the_way_is_named() {
    let mut talk = talk(&messages(r#"{"read": {"call": "{call}"}}"#), &GIVEN);
    talk.read(r#"{"call": "blue"}"#);
    let said = talk
        .read(r#"{"call": "red"}"#)
        .unknown
        .map(|near| near.to_string());
    assert_eq!(
        said.as_deref(),
        Some(r#"{call} has another value already: "blue"; {call!} would take the new one"#)
    );
}

#[test]
fn a_list_of_which_nothing_fits_says_so() {
    let document = messages(
        r#"{"read": [0, "{self}", ["{peer}", "..."]], "means": ["joined", "request-offer"]}"#,
    );
    let mut reading = talk(&document, &GIVEN).read(r#"[0, 72, [[71, "grey"]]]"#);
    let skipped = reading.skipped.take().expect("something was passed over");
    assert_eq!(
        (skipped.pointer.as_str(), skipped.to_string().as_str()),
        ("/2/0", "not an id")
    );
    for fine in ["[0, 72, []]", "[0, 72, [72]]", "[0, 72, [71, [3]]]"] {
        assert_eq!(talk(&document, &GIVEN).read(fine).skipped, None, "{fine}");
    }
}

#[test]
fn what_is_addressed_to_another_in_a_text_says_so() {
    let mut talk = talk(
        r#"{"dialect": "d", "url": "{endpoint}", "frames": "text", "variables": {"self": {"value": "me"}}, "messages": [
            {"both": "SIG|{from}|{to}|offer|{description.sdp}", "means": "offer"}]}"#,
        &GIVEN,
    );
    let said = talk
        .read("SIG|me|bob|offer|v=0")
        .unknown
        .map(|near| near.to_string());
    assert_eq!(said.as_deref(), Some("addressed to somebody else"));
}

#[test]
fn secrets_within_secrets_and_in_http_answers_are_hidden_too() {
    let mut talk = talk(
        &messages(r#"{"read": {"a": "{a!}"}}, {"on": "connect", "fetch": {"url": "{endpoint}/x", "read": {"ok": true}}}"#)
            .replace(r#""messages""#, r#""variables": {"a": {"secret": true}}, "messages""#),
        &GIVEN,
    );
    let id = talk.begin().fetches[0].id;
    let text = r#"{"ok": true, "turn": {"password": "abc"}}"#.to_owned();
    talk.fetched(
        id,
        &webrtc_steps_core::dialect::FetchAnswer::Came {
            status: 200,
            text: text.clone(),
        },
    );
    assert!(!talk.shown(&text).contains("abc"));
    talk.read(r#"{"a": {"user": "me-abcdef", "keys": ["xyzzy"]}}"#);
    let shown = talk.shown(r#"{"a": {"user": "me-abcdef", "keys": ["xyzzy"]}}"#);
    assert!(
        !shown.contains("def") && !shown.contains("xyzzy"),
        "{shown}"
    );
}
