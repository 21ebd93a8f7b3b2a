//! The schema for editors and the engine agree: on every document there is, on every key, on what is wrong.

use std::collections::BTreeSet;

use jsonschema::Validator;
use serde_json::{Value, json};
use webrtc_steps_core::dialect::{BUILT_IN, Dialect, Wrong};

const SCHEMA: &str = include_str!("../../../docs/dialect.schema.json");
/// The engine's own lists, as its source has them.
const SOURCES: [(&str, &str, &str); 5] = [
    (
        "/properties",
        "const KEYS",
        include_str!("../../../core/src/dialect/document.rs"),
    ),
    (
        "/$defs/variable/properties",
        "&[",
        include_str!("../../../core/src/dialect/variable.rs"),
    ),
    (
        "/$defs/fetch/properties",
        "const KEYS",
        include_str!("../../../core/src/dialect/fetch.rs"),
    ),
    (
        "/$defs/channel/properties",
        "const KEYS",
        include_str!("../../../core/src/dialect/channel.rs"),
    ),
    (
        "",
        "const KEYS",
        include_str!("../../../core/src/dialect/rule.rs"),
    ),
];
const EVENTS: &str = include_str!("../../../core/src/dialect/event.rs");

fn schema() -> Value {
    serde_json::from_str(SCHEMA).expect("the schema is JSON")
}

fn validator() -> Validator {
    jsonschema::draft202012::new(&schema()).expect("a schema")
}

#[test]
fn the_schema_is_one_of_its_draft() {
    assert!(jsonschema::draft202012::meta::is_valid(&schema()));
}

#[test]
fn every_document_that_loads_in_the_tests_is_valid() {
    let validator = validator();
    let own = crate::given::ALL.map(|text| ("of the tests", text));
    let manual = crate::manual::documents();
    let manual = manual.iter().map(|text| ("of the manual", text.as_str()));
    for (name, text) in BUILT_IN.into_iter().chain(own).chain(manual) {
        let document: Value = serde_json::from_str(text).expect("JSON");
        let wrong: Vec<String> = validator
            .iter_errors(&document)
            .map(|error| format!("{}: {error}", error.instance_path()))
            .collect();
        assert!(wrong.is_empty(), "{name}: {wrong:?}");
    }
}

#[test]
fn the_keys_of_the_schema_are_those_of_the_engine() {
    let schema = schema();
    for (place, mark, source) in SOURCES {
        let known: BTreeSet<&str> = if place.is_empty() {
            let rules = ["on", "read", "both", "every-rule"];
            let keys = rules
                .iter()
                .flat_map(|rule| keys(&schema, &format!("/$defs/{rule}/properties")));
            keys.collect()
        } else {
            keys(&schema, place).collect()
        };
        assert_eq!(known, listed(source, mark), "{place} {mark}");
    }
}

#[test]
fn the_events_of_the_schema_are_those_of_the_engine() {
    let schema = schema();
    let at = |place: &str| -> BTreeSet<&str> {
        let list = schema.pointer(place).and_then(Value::as_array);
        list.expect("a list")
            .iter()
            .filter_map(Value::as_str)
            .collect()
    };
    let (mut on, mut means, mut both) = (BTreeSet::new(), BTreeSet::new(), BTreeSet::new());
    for row in EVENTS.lines().filter(|line| line.contains(", Side::")) {
        let name = row.split('"').nth(1).expect("a name");
        if row.contains("Side::On)") || row.contains("Side::Both)") {
            on.insert(name);
        }
        if row.contains("Side::Means)") || row.contains("Side::Both)") {
            means.insert(name);
        }
        if row.contains("Side::Both)") {
            both.insert(name);
        }
    }
    let one = |rule: &str, key: &str| at(&format!("/$defs/{rule}/properties/{key}/anyOf/0/enum"));
    assert_eq!(one("on", "on"), on);
    assert_eq!(one("read", "means"), means);
    assert_eq!(one("both", "means"), both);
}

#[test]
fn what_the_schema_refuses_the_engine_refuses_too() {
    let validator = validator();
    for text in WRONG {
        let document: Value = serde_json::from_str(text).expect("JSON");
        assert!(!validator.is_valid(&document), "the schema takes {text}");
        assert!(Dialect::load(text).is_err(), "the engine takes {text}");
    }
    for rule in WRONG_RULES {
        let document = with_rule(rule);
        assert!(!validator.is_valid(&document), "the schema takes {rule}");
        let mistakes = Dialect::load(&document.to_string())
            .err()
            .unwrap_or_default();
        assert!(!mistakes.is_empty(), "the engine takes {rule}");
    }
}

#[test]
fn what_is_odd_and_right_both_take() {
    let validator = validator();
    for rule in ODD_RULES {
        let document = with_rule(rule);
        let mistakes = Dialect::load(&document.to_string())
            .err()
            .unwrap_or_default();
        let mistakes: Vec<String> = mistakes.iter().map(ToString::to_string).collect();
        assert!(mistakes.is_empty(), "{rule}: {mistakes:?}");
        assert!(validator.is_valid(&document), "the schema refuses {rule}");
    }
}

#[test]
fn an_unknown_key_is_the_one_thing_wrong_with_a_document_of_all_keys() {
    let document = json!({
        "dialect": "d", "version": 1, "url": "{endpoint}", "messages": [], "surprise": 1,
    });
    assert!(!validator().is_valid(&document));
    let mistakes = Dialect::load(&document.to_string())
        .err()
        .unwrap_or_default();
    assert!(matches!(mistakes.as_slice(), [one] if matches!(one.wrong, Wrong::UnknownKey(..))));
}

/// All documents that are wrong.
pub(crate) fn wrong() -> impl Iterator<Item = String> {
    let rules = WRONG_RULES.iter().map(|rule| with_rule(rule).to_string());
    WRONG.iter().map(|text| (*text).to_owned()).chain(rules)
}

fn with_rule(rule: &str) -> Value {
    let rule: Value = serde_json::from_str(rule).expect("JSON");
    json!({
        "dialect": "d", "url": "{endpoint}",
        "variables": {"x": {"value": 1}, "self": {"make": "uuid"}},
        "messages": [{"read": {"who": "{peer}"}}, rule],
    })
}

fn keys<'s>(schema: &'s Value, place: &str) -> impl Iterator<Item = &'s str> + use<'s> {
    let object = schema.pointer(place).and_then(Value::as_object);
    object.expect("an object").keys().map(String::as_str)
}

/// The texts in the list that follows a mark.
fn listed<'s>(source: &'s str, mark: &str) -> BTreeSet<&'s str> {
    let (_, after) = source.split_once(mark).expect("the list is there");
    let start = if mark.ends_with('[') {
        Some(after)
    } else {
        after.split_once("= [").map(|(_, list)| list)
    };
    let list = start
        .and_then(|list| list.split_once(']'))
        .expect("its end")
        .0;
    list.split('"').skip(1).step_by(2).collect()
}

const WRONG: [&str; 33] = [
    "[]",
    r#"{"url": "{endpoint}", "messages": []}"#,
    r#"{"dialect": "d", "messages": []}"#,
    r#"{"dialect": "d", "url": "{endpoint}"}"#,
    r#"{"dialect": "", "url": "{endpoint}", "messages": []}"#,
    r#"{"dialect": "d", "url": "wss://example.org", "messages": []}"#,
    r#"{"dialect": "d", "url": "{endpoint}.example.org", "messages": []}"#,
    r#"{"dialect": "d", "url": 1, "messages": []}"#,
    r#"{"dialect": "d", "url": "{endpoint}/{", "messages": []}"#,
    r#"{"dialect": "d", "url": "{endpoint}", "messages": {}}"#,
    r#"{"dialect": "d", "url": "{endpoint}", "messages": [1]}"#,
    r#"{"dialect": "d", "version": 2, "url": "{endpoint}", "messages": []}"#,
    r#"{"dialect": "d", "url": "{endpoint}", "messages": [], "mesages": []}"#,
    r#"{"dialect": "d", "url": "{endpoint}", "messages": [], "frames": "xml"}"#,
    r#"{"dialect": "d", "url": "{endpoint}", "messages": [], "protocols": [1]}"#,
    r#"{"dialect": "d", "url": "{endpoint}", "messages": [], "polite": 1}"#,
    r#"{"dialect": "d", "url": "{endpoint}", "messages": [], "query": 1}"#,
    r#"{"dialect": "d", "url": "{endpoint}", "messages": [], "channels": [{}]}"#,
    r#"{"dialect": "d", "url": "{endpoint}", "messages": [], "channels": [{"label": "a", "id": 1}]}"#,
    r#"{"dialect": "d", "url": "{endpoint}", "messages": [], "channels": [{"label": "a", "negotiated": true}]}"#,
    r#"{"dialect": "d", "url": "{endpoint}", "messages": [], "channels": [{"label": "a", "maxRetransmits": 70000}]}"#,
    r#"{"dialect": "d", "url": "{endpoint}", "messages": [], "channels": [{"label": "a", "maxRetransmits": 1, "maxPacketLifeTime": 1}]}"#,
    r#"{"dialect": "d", "url": "{endpoint}", "messages": [], "variables": []}"#,
    r#"{"dialect": "d", "url": "{endpoint}", "messages": [], "variables": {"room": {"value": 1}}}"#,
    r#"{"dialect": "d", "url": "{endpoint}", "messages": [], "variables": {"a b": {"value": 1}}}"#,
    r#"{"dialect": "d", "url": "{endpoint}", "messages": [], "variables": {"a": {"value": []}}}"#,
    r#"{"dialect": "d", "url": "{endpoint}", "messages": [], "variables": {"a": {"make": "text"}}}"#,
    r#"{"dialect": "d", "url": "{endpoint}", "messages": [], "variables": {"a": {"make": "dice"}}}"#,
    r#"{"dialect": "d", "url": "{endpoint}", "messages": [], "variables": {"a": {"value": 1, "per": "year"}}}"#,
    r#"{"dialect": "d", "url": "{endpoint}", "messages": [], "variables": {"a": {"value": 1, "secret": 1}}}"#,
    r#"{"dialect": "d", "url": "{endpoint}", "messages": [], "variables": {"a": {"value": 1, "ask": "A?"}}}"#,
    r#"{"dialect": "d", "url": "{endpoint}", "messages": [], "variables": {"a": {"default": "b"}}}"#,
    r#"{"dialect": "d", "url": "{endpoint}", "messages": [], "variables": {"a": {"ask": "A?", "choices": "b"}}}"#,
];

const WRONG_RULES: [&str; 41] = [
    "{}",
    r#"{"send": 1}"#,
    r#"{"on": "open", "sned": 1}"#,
    r#"{"on": "opened"}"#,
    r#"{"on": "joined"}"#,
    r#"{"on": "open", "read": 1}"#,
    r#"{"on": "open", "send": 1, "sends": [1]}"#,
    r#"{"on": "open", "sends": 1}"#,
    r#"{"on": "open", "means": "offer"}"#,
    r#"{"on": "open", "after": "answer"}"#,
    r#"{"on": "leave", "every": "5 s"}"#,
    r#"{"on": "open", "every": "often"}"#,
    r#"{"read": 1, "every": "5 s"}"#,
    r#"{"read": 1, "after": "answer"}"#,
    r#"{"read": 1, "means": "open"}"#,
    r#"{"read": 1, "means": 1}"#,
    r#"{"both": 1}"#,
    r#"{"both": 1, "means": "leave", "send": 1}"#,
    r#"{"both": 1, "means": "joined"}"#,
    r#"{"both": 1, "means": "leave", "after": "answer"}"#,
    r#"{"read": "a { b"}"#,
    r#"{"read": "a } b"}"#,
    r#"{"read": "{two words}"}"#,
    r#"{"read": "{a}{b}"}"#,
    r#"{"read": "x {a?}"}"#,
    r#"{"read": "{a|jsn}"}"#,
    r#"{"read": "{a|json|json|json|json|json}"}"#,
    r#"{"read": "{candidate.mid}"}"#,
    r#"{"read": "{room.name}"}"#,
    r#"{"read": {"|jsn": 1}}"#,
    r#"{"read": {"a{b}c": 1}}"#,
    r#"{"read": ["...", 1]}"#,
    r#"{"read": [1, 2, "..."]}"#,
    r#"{"read": 1, "if": "a"}"#,
    r#"{"read": 1, "if": [1]}"#,
    r#"{"on": "open", "fetch": "x"}"#,
    r#"{"on": "open", "fetch": {"method": "GET"}}"#,
    r#"{"on": "open", "fetch": {"url": "https://example.org"}}"#,
    r#"{"on": "open", "fetch": {"url": "{endpoint}", "method": "TAKE"}}"#,
    r#"{"on": "open", "fetch": {"url": "{endpoint}", "blind": true, "read": 1}}"#,
    r#"{"on": "open", "fetch": {"url": "{endpoint}", "headers": {"a b": "c"}}}"#,
];

const ODD_RULES: [&str; 20] = [
    r#"{"read": "a {{ b }} c"}"#,
    r#"{"read": {"|json": {"|base64": "{x!}"}}}"#,
    r#"{"read": {"|": 1, "|json": 2}}"#,
    r#"{"read": {"{peer}": {"a": "{_}"}}, "means": "peers"}"#,
    r#"{"read": {"{x}": []}}"#,
    r#"{"read": {"a{{": "{x}{{"}}"#,
    r#"{"read": [["{peer}", "..."], "{_}"], "means": "peer-joined"}"#,
    r#"{"read": "{x|number|text}", "if": ["{x} != 3", "not {x}", "{x}"]}"#,
    r#"{"read": "{x!|json}", "note": ["any", "thing"]}"#,
    r#"{"read": "{iceServer.urls} {iceServer.credential}", "means": "ice-servers"}"#,
    r#"{"on": ["offer", "answer"], "send": "{description.sdp|base64|json}"}"#,
    r#"{"on": "open", "sends": []}"#,
    r#"{"on": "offer", "every": "{x} s", "send": "{description}"}"#,
    r#"{"on": "close", "if": "{close.code} > 3999", "means": ["closed", "error"]}"#,
    r#"{"on": "open", "fetch": {"url": "{x2}/a", "read": {"x2": "{x2}"}}, "means": "joined"}"#,
    r#"{"on": "connect", "fetch": {"url": "{endpoint}?a={x}", "body": {"a": "{self}"}, "read": ["{description}"]}, "means": "offer"}"#,
    r#"{"every": "1.5 s", "sends": [1, "{x}"], "if": "{peer}"}"#,
    r#"{"every": "1500 ms", "means": "request-offer"}"#,
    r#"{"both": {"c": ["{candidate.candidate}", "..."]}, "means": ["candidate", "end"], "after": "answer"}"#,
    r#"{"both": "{candidate.candidate}|{candidate.sdpMid}", "means": "candidate"}"#,
];
