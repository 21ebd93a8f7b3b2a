//! Promises of the checks on loading: each mistake is found, at its pointer, in words that mend it.

#[path = "dialect/mistakes_beyond.rs"]
mod mistakes_beyond;

use webrtc_steps_core::dialect::Dialect;

/// A document with these rules, and one more that fills the peer.
fn rules(rules: &str) -> String {
    format!(r#"{{"dialect": "d", "url": "{{endpoint}}", "messages": [{rules}]}}"#)
}

/// A document with these keys beside the required ones.
fn keys(keys: &str) -> String {
    format!(r#"{{"dialect": "d", "url": "{{endpoint}}", "messages": [], {keys}}}"#)
}

fn url(url: &str) -> String {
    format!(r#"{{"dialect": "d", "url": {url}, "messages": []}}"#)
}

fn mistakes(document: &str) -> Vec<String> {
    let found = Dialect::load(document).err().unwrap_or_default();
    found.iter().map(ToString::to_string).collect()
}

#[track_caller]
fn only_mistake(document: &str, expected: &str) {
    assert_eq!(mistakes(document), [expected], "{document}");
}

#[test]
fn a_whole_document_is_an_object_with_its_three_keys() {
    only_mistake("{", "not JSON, at line 1, column 1");
    only_mistake("[]", "must be an object");
    assert_eq!(
        mistakes("{}"),
        [
            r#"needs the key "dialect""#,
            r#"needs the key "url""#,
            r#"needs the key "messages""#
        ]
    );
    only_mistake(&" ".repeat(70_000), "bytes of a document: at most 65536");
    let deep = format!(r#""note": {}{}"#, "[".repeat(40), "]".repeat(40));
    only_mistake(&keys(&deep), "levels of nesting: at most 32");
}

#[test]
fn a_misspelt_event_is_one_mistake() {
    only_mistake(
        &rules(r#"{"both": {"sdp": "{description.sdp}"}, "means": "anwser"}"#),
        r#"/messages/0/means: unknown event "anwser"; did you mean "answer"?"#,
    );
}

#[test]
fn an_unknown_key_is_named_with_the_nearest_known() {
    only_mistake(
        &rules(r#"{"on": "open", "sned": 1}"#),
        r#"/messages/0/sned: unknown key "sned"; did you mean "send"?"#,
    );
    only_mistake(&keys(r#""colour": 1"#), r#"/colour: unknown key "colour""#);
    only_mistake(
        &keys(r#""variables": {"a": {"made": "uuid"}}"#),
        r#"/variables/a/made: unknown key "made"; did you mean "make"?"#,
    );
}

#[test]
fn a_url_cannot_choose_its_host() {
    let fixed = "/url: must start with {endpoint} or another hole, not with a fixed host";
    only_mistake(&url(r#""wss://example.org/""#), fixed);
    only_mistake(&url(r#""""#), fixed);
    only_mistake(
        &url(r#""{endpoint}.example.org/""#),
        r#"/url: after {endpoint} comes "/" or "?", so that the host stays"#,
    );
    only_mistake(
        &keys(r#""variables": {"x": {"value": "wss://example.org"}}"#)
            .replace("{endpoint}", "{x}/ws"),
        "/url: {x} has a fixed value; start with {endpoint}",
    );
    only_mistake(
        &url("1"),
        "/url: must be a text, or null for a dialect without a server",
    );
    only_mistake(
        &url(r#""{endpoint}/{seat}""#),
        "/url: nothing ever fills {seat}; declare it in /variables or read it from a message",
    );
    assert_eq!(mistakes(&url(r#""{endpoint}?room={room}""#)), [""; 0]);
    only_mistake(
        &keys(r#""query": 1"#),
        "/query: must be an object of keys, beside a url",
    );
}

#[test]
fn a_text_with_braces_is_a_hole_or_says_so() {
    let text = |text: &str, expected: &str| {
        only_mistake(
            &rules(&format!(r#"{{"read": {{"a": {text}}}}}"#)),
            &format!("/messages/0/read/a: {expected}"),
        );
    };
    text(
        r#""a { b""#,
        "'{' is no part of a hole; write '{{' for a brace",
    );
    text(
        r#""a } b""#,
        "'}' is no part of a hole; write '}}' for a brace",
    );
    text(
        r#""{two words}""#,
        "'{' is no part of a hole; write '{{' for a brace",
    );
    text(
        r#""{\"a\": 1}""#,
        "JSON inside a text; write it as {\"|json\": …}",
    );
    text(r#""{a}{b}""#, "two holes touch; put text between them");
    text(r#""x {a?}""#, "only a whole value can be optional");
    text(
        r#""{a|jsn}""#,
        "unknown pipe |jsn; there are |json, |base64, |number and |text",
    );
    text(
        r#""{candidate.mid}""#,
        "candidate has candidate, sdpMid, sdpMLineIndex, usernameFragment",
    );
    text(r#""{room.name}""#, "{room} has no parts");
    text(
        r#""{endpoint}""#,
        "{endpoint} is the user's; it cannot be read",
    );
    text(
        &format!("\"{}\"", "x".repeat(5000)),
        "bytes of a text: at most 4096",
    );
    assert_eq!(mistakes(&rules(r#"{"read": "a {{ b }}"}"#)), [""; 0]);
}

#[test]
fn a_hole_that_is_written_has_a_value_some_time() {
    only_mistake(
        &rules(r#"{"on": "open", "send": {"id": "{sesionId}"}}, {"read": "{sessionId}"}"#),
        "/messages/0/send/id: nothing ever fills {sesionId}; declare it in /variables or read it from a message",
    );
    only_mistake(
        &rules(r#"{"read": 1, "if": "not {left}"}"#),
        "/messages/0/if: nothing ever fills {left}; declare it in /variables or read it from a message",
    );
    only_mistake(
        &rules(r#"{"on": "open", "send": "{_}"}"#),
        "/messages/0/send: {_} can only be read",
    );
    only_mistake(
        &rules(r#"{"on": "open", "send": "{description}"}"#),
        r#"/messages/0/send: {description} has no value on "open""#,
    );
    only_mistake(
        &rules(r#"{"read": 1, "sends": [1, "{candidate.sdpMid}"]}"#),
        r#"/messages/0/sends/1: {candidate.sdpMid} has no value on "read""#,
    );
    only_mistake(
        &rules(r#"{"both": {"a": "{from}", "b": "{description}"}, "means": "offer"}"#),
        "/messages/0/both/a: nothing ever fills {self}; declare it in /variables or read it from a message",
    );
}

#[test]
fn a_repeated_element_stands_right_and_holds_what_it_can() {
    let rule = |rule: &str, expected: &str| only_mistake(&rules(rule), expected);
    rule(
        r#"{"read": ["...", 1]}"#,
        r#"/messages/0/read/0: "..." stands second and last"#,
    );
    rule(
        r#"{"read": [1, 2, "..."]}"#,
        r#"/messages/0/read/2: "..." stands second and last"#,
    );
    rule(
        r#"{"read": [{"a": "{room}"}, "..."]}"#,
        "/messages/0/read/0/a: {room} cannot be inside a repeated element",
    );
    rule(
        r#"{"on": "open", "send": {"x": [1, "..."]}}"#,
        "/messages/0/send/x: a repeated element that is written needs a {candidate…} hole",
    );
}

#[test]
fn a_rule_has_one_trigger_and_what_it_means_can_be_read() {
    let rule = |rule: &str, expected: &str| {
        only_mistake(&rules(rule), &format!("/messages/0{expected}"));
    };
    rule(r#"{"send": 1}"#, ": needs on, read, both or every");
    rule(r#"{"on": "open", "read": 1}"#, ": one of on, read, both");
    rule(r#"{"both": 1}"#, "/both: both needs means");
    rule(
        r#"{"both": 1, "means": "leave", "send": 1}"#,
        ": both writes its own example; drop send and fetch, or use on and read",
    );
    rule(
        r#"{"on": "open", "send": 1, "sends": [1]}"#,
        "/sends: one of send, sends",
    );
    rule(
        r#"{"read": 1, "means": "offer"}"#,
        "/read: means offer, but the example has no {description…} hole",
    );
    rule(
        r#"{"read": 1, "means": "candidate"}"#,
        "/read: means candidate, but the example has no {candidate…} hole",
    );
    rule(
        r#"{"read": 1, "means": "offre"}"#,
        r#"/means: unknown event "offre"; did you mean "offer"?"#,
    );
    rule(
        r#"{"both": 1, "means": "joined"}"#,
        r#"/means: "joined" can only be read: use read"#,
    );
    rule(
        r#"{"on": ["open", "joined"]}"#,
        r#"/on/1: "joined" can only be read: use read"#,
    );
    rule(
        r#"{"read": 1, "means": "open"}"#,
        r#"/means: "open" can only be told: use on"#,
    );
    rule(
        r#"{"on": "open", "means": "offer"}"#,
        r#": "offer" can only be concluded from a message: use read or both"#,
    );
    rule(
        r#"{"read": 1, "if": "{a"}"#,
        "/if: '{' is no part of a hole; write '{{' for a brace",
    );
    rule(
        r#"{"read": 1, "if": "a"}"#,
        r#"/if: if is "{a} < {b}" (or >, =, !=), "{a}" or "not {a}""#,
    );
}

#[test]
fn a_rule_that_is_never_reached_names_the_one_before_it() {
    only_mistake(
        &rules(
            r#"{"read": {"a": "{x}"}, "means": "joined"}, {"read": {"a": "{x}"}, "means": "leave"}"#,
        ),
        "/messages/1: never reached: /messages/0 takes the same",
    );
    only_mistake(
        &rules(r#"{"on": "open", "send": 1}, {"on": "open", "send": 2}"#),
        "/messages/1: never reached: /messages/0 takes the same",
    );
    let kinds = r#"{"both": "{description}", "means": "offer"}, {"both": "{description}", "means": "answer"}"#;
    assert_eq!(mistakes(&rules(kinds)), [""; 0]);
}

#[test]
fn an_envelope_has_both_halves_and_names_the_peer_once() {
    let reads = r#"{"read": {"from": "{peer}", "data": "{message}"}, "means": "message"}"#;
    let writes = r#"{"on": "message", "send": "{message}"}"#;
    only_mistake(
        &rules(reads),
        r#"/messages: an envelope needs both halves; there is no rule that is on "message""#,
    );
    only_mistake(
        &rules(writes),
        r#"/messages: an envelope needs both halves; there is no rule that reads {message} and means "message""#,
    );
    let inside = r#"{"both": {"me": "{from}", "d": "{description}"}, "means": "offer"}"#;
    let me = r#"{"read": {"id": "{self}"}}"#;
    only_mistake(
        &rules(&[reads, writes, inside, me].join(",")),
        "/messages/2: the envelope names the peer already; drop {from} or {peer}, which the other side could forge",
    );
}

#[test]
fn a_declaration_keeps_to_the_forms_there_are() {
    let variable = |declaration: &str, expected: &str| {
        only_mistake(
            &keys(&format!(r#""variables": {{"a": {declaration}}}"#)),
            expected,
        );
    };
    variable(
        r#"{"make": "text"}"#,
        "/variables/a/make: make is uuid, text N, integer MIN MAX, number, now or count",
    );
    variable(
        r#"{"make": "integer 9 1"}"#,
        "/variables/a/make: make is uuid, text N, integer MIN MAX, number, now or count",
    );
    variable(
        r#"{"per": "year"}"#,
        "/variables/a/per: per is message, call, connection or room",
    );
    variable(
        r#"{"value": []}"#,
        "/variables/a/value: must be a text, a number, true or false",
    );
    variable(
        r#"{"value": 1, "secret": 1}"#,
        "/variables/a/secret: must be true or false",
    );
    variable("1", "/variables/a: must be an object");
    only_mistake(
        &keys(r#""variables": {"room": {"value": 1}}"#),
        "/variables/room: a variable is a name of letters, digits and _ that the language does not use",
    );
    only_mistake(
        &keys(r#""polite": 1"#),
        "/polite: polite is true, false or a condition",
    );
    only_mistake(
        &keys(r#""protocols": 1"#),
        "/protocols: must be a text or a list of texts",
    );
    only_mistake(&keys(r#""protocols": [1]"#), "/protocols/0: must be a text");
}

#[test]
fn all_mistakes_are_listed_at_once() {
    let document = r#"{"dialect": "", "url": "x", "mesages": [], "messages": [1, {"read": "{"}]}"#;
    assert_eq!(
        mistakes(document),
        [
            r#"/mesages: unknown key "mesages"; did you mean "messages"?"#,
            "/url: must start with {endpoint} or another hole, not with a fixed host",
            "/dialect: must be a name",
            "/messages/0: must be an object",
            "/messages/1/read: '{' is no part of a hole; write '{{' for a brace",
        ]
    );
}

#[test]
fn a_document_keeps_to_its_limits() {
    let rule = r#"{"read": 1, "if": "{room} = a"}"#;
    only_mistake(
        &rules(&vec![rule; 129].join(",")),
        "/messages: elements of this list: at most 128",
    );
    let sends = vec!["1"; 17].join(",");
    only_mistake(
        &rules(&format!(r#"{{"on": "open", "sends": [{sends}]}}"#)),
        "/messages/0/sends: elements of this list: at most 16",
    );
    let variables: Vec<_> = (0..65)
        .map(|n| format!(r#""a{n}": {{"value": 1}}"#))
        .collect();
    only_mistake(
        &keys(&format!(r#""variables": {{{}}}"#, variables.join(","))),
        "/variables: variables: at most 64",
    );
    only_mistake(
        &rules(r#"{"read": "{a|json|json|json|json|json}"}"#),
        "/messages/0/read: pipes of a hole: at most 4",
    );
}
