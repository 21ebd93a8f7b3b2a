//! The code behind a run: its values are literals whatever stands in them, and its steps are those of the run.

#![allow(
    clippy::expect_used,
    clippy::indexing_slicing,
    clippy::panic,
    reason = "helpers of tests fail the test"
)]

#[path = "behind/hostile.rs"]
mod hostile;

use std::collections::BTreeMap;

use webrtc_steps_core::code::{Language, Run};
use webrtc_steps_core::dialect::Dialect;
use webrtc_steps_core::io::{Chosen, Event, Role, What};
use webrtc_steps_core::step::{Status, Whose};
use webrtc_steps_core::words::{Message, say};

fn catalogue() -> BTreeMap<String, String> {
    let mut words = BTreeMap::new();
    for file in ["en.json", "en/code.json"] {
        let path = format!("{}/../www/words/{file}", env!("CARGO_MANIFEST_DIR"));
        let text = std::fs::read_to_string(path).expect("the catalogue");
        let part: BTreeMap<String, String> = serde_json::from_str(&text).expect("a flat object");
        words.extend(part);
    }
    words
}

/// The sentence of a message, its holes filled.
fn said(message: &Message) -> String {
    let mut sentence = catalogue()
        .get(&*message.id)
        .cloned()
        .unwrap_or_else(|| message.id.to_string());
    for (name, value) in &message.args {
        sentence = sentence.replace(&format!("{{{name}}}"), value);
    }
    sentence
}

fn joining(endpoint: &str, room: &str, dialect: &str) -> What {
    What::Joining {
        endpoint: endpoint.to_owned(),
        room: room.to_owned(),
        mode: "manual".to_owned(),
        dialect: dialect.to_owned(),
        ice_servers: vec![
            "stun:stun.example.org".to_owned(),
            "turn:turn.example.org".to_owned(),
        ],
        vars: Vec::new(),
        hosts: Vec::new(),
        alone: false,
        tells_peers: true,
        relay_only: false,
    }
}

fn role(role: Role) -> What {
    What::Role {
        role: Some(role),
        why: say("role.asked"),
    }
}

fn done(call: &str) -> What {
    What::Done {
        step: None,
        call: call.to_owned(),
        fact: None,
    }
}

fn step(step: u8) -> What {
    What::Step {
        step,
        status: Status::Done,
        whose: Whose::Mine,
        evidence: None,
        fact: Some(say("fact.state").with("state", "have-local-offer")),
    }
}

fn sent(step: u8, kind: &'static str, text: &str) -> What {
    What::Sent {
        step: Some(step),
        kind,
        to: Some("b7e2".to_owned()),
        text: text.to_owned(),
        again: false,
        rule: None,
    }
}

fn chosen(name: &str) -> What {
    let text = Dialect::built_in(name).expect("a built-in dialect");
    let dialect = Dialect::load(text).expect("a sound document");
    What::Dialect(Chosen {
        name: name.to_owned(),
        document: text.to_owned(),
        whole: dialect.whole(),
        ..Chosen::default()
    })
}

fn run(facts: Vec<What>) -> Run {
    let events = facts.into_iter().enumerate();
    let events: Vec<Event> = events
        .map(|(at, what)| Event {
            at: at as f64,
            attempt: 1,
            what,
        })
        .collect();
    Run::of(&events)
}

fn code(run: &Run, step: u8, language: Language) -> String {
    let lines = run.snippet(step, language, &said);
    let lines: Vec<String> = lines
        .iter()
        .map(|line| line.iter().map(|piece| piece.text.as_str()).collect())
        .collect();
    lines.join("\n")
}

#[test]
fn a_step_shows_the_values_of_its_run_and_marks_them() {
    let channel = What::Channel {
        label: "talk".to_owned(),
        options: "ordered: false, maxRetransmits: 3, protocol: a, b".to_owned(),
        state: "connecting".to_owned(),
    };
    let run = run(vec![
        joining("ws://host", "r1", "relay"),
        role(Role::Offerer),
        channel,
        step(4),
    ]);
    let js = code(&run, 4, Language::JavaScript);
    assert!(
        js.contains("\"talk\"")
            && js.contains("maxRetransmits: 3")
            && js.contains("protocol: \"a, b\""),
        "{js}"
    );
    assert!(js.contains("// have-local-offer"), "{js}");
    let rust = code(&run, 4, Language::Rust);
    assert!(
        rust.contains("init.set_ordered(false);\ninit.set_protocol(\"a, b\");")
            || rust.contains("init.set_max_retransmits(3);"),
        "{rust}"
    );
    let lines = run.snippet(4, Language::JavaScript, &said);
    assert!(
        lines
            .iter()
            .flatten()
            .any(|piece| piece.value && piece.text == "\"talk\"")
    );
}

#[test]
fn a_frame_is_shown_as_the_code_that_makes_it() {
    let frame =
        "{\"to\":\"b7e2\",\"data\":{\"description\":{\"type\":\"offer\",\"sdp\":\"v=0\\r\\n\"}}}";
    let run = run(vec![
        joining("ws://host", "r1", "relay"),
        role(Role::Offerer),
        sent(8, "offer", frame),
    ]);
    let js = code(&run, 8, Language::JavaScript);
    assert!(
        js.contains("socket.send(JSON.stringify({")
            && js.contains("to: \"b7e2\"")
            && js.contains("description: description"),
        "{js}"
    );
    let rust = code(&run, 8, Language::Rust);
    assert!(
        rust.contains("json!({") && rust.contains("\"to\": \"b7e2\""),
        "{rust}"
    );
    assert!(!js.contains("v=0"), "{js}");
}

#[test]
fn an_offer_that_came_is_taken_from_where_it_stood() {
    let came = What::Received {
        step: Some(12),
        kind: "offer",
        from: None,
        text: "{\"d\":[7,{\"offer it\":{\"type\":\"offer\",\"sdp\":\"v=0\"}}]}".to_owned(),
        rule: None,
        events: Vec::new(),
        near: None,
        skipped: None,
    };
    let run = run(vec![
        joining("ws://host", "r1", "custom"),
        role(Role::Answerer),
        came,
    ]);
    let js = code(&run, 12, Language::JavaScript);
    assert!(js.contains("JSON.parse(data).d[1][\"offer it\"]"), "{js}");
    assert!(code(&run, 12, Language::Rust).contains("\"/d/1/offer it\""));
}

#[test]
fn every_dialect_has_a_program_that_carries_its_rules() {
    for (name, _) in webrtc_steps_core::dialect::BUILT_IN
        .iter()
        .filter(|(name, _)| !["tabs", "paste"].contains(name))
    {
        let run = run(vec![
            chosen(name),
            joining("ws://host", "r1", name),
            role(Role::Answerer),
        ]);
        let program = run
            .program(&[], &said)
            .unwrap_or_else(|why| panic!("{name}: {}", said(&why)));
        let rules = program
            .text
            .lines()
            .filter(|line| line.starts_with("    { "))
            .count();
        let merged: serde_json::Value = serde_json::from_str(
            &Dialect::load(Dialect::built_in(name).expect("it"))
                .expect("sound")
                .whole(),
        )
        .expect("JSON");
        assert_eq!(
            Some(rules),
            merged["messages"].as_array().map(Vec::len),
            "{name}"
        );
        assert!(!program.text.contains("extends: "), "{name}");
    }
}

#[test]
fn a_program_is_there_for_tabs_and_for_what_is_carried_by_hand() {
    for (endpoint, transport) in [
        ("tabs:", "new BroadcastChannel("),
        ("paste:", "createElement(\"textarea\")"),
        ("ws://host", "new WebSocket("),
    ] {
        let run = run(vec![joining(endpoint, "r1", "relay"), role(Role::Offerer)]);
        let program = run.program(&[], &said).expect("a program");
        assert!(program.text.contains(transport), "{endpoint}");
    }
}

#[test]
fn no_secret_stands_in_a_program() {
    let document = "{\"dialect\":\"d\",\"url\":\"{endpoint}\",\"variables\":{\"token\":{\"ask\":\"Token\",\"secret\":true},\"fixed\":{\"value\":\"s3cret\",\"secret\":true}},\
        \"messages\":[{\"on\":\"open\",\"send\":[\"{token}\",\"{fixed}\"]},{\"both\":\"{description}\",\"means\":[\"offer\",\"answer\"]}]}";
    let dialect = Dialect::load(document).unwrap_or_else(|mistakes| panic!("{mistakes:?}"));
    let chosen = What::Dialect(Chosen {
        name: "custom".to_owned(),
        whole: dialect.whole(),
        ..Chosen::default()
    });
    let run = run(vec![
        chosen,
        joining("ws://host", "r1", "custom"),
        role(Role::Offerer),
    ]);
    let program = run
        .program(&[("token".to_owned(), "s3cret".to_owned())], &said)
        .expect("a program");
    assert!(!program.text.contains("s3cret"));
    assert_eq!(program.fill_in, ["ANSWERS.token", "ICE_SERVERS"]);
    assert!(program.text.contains("credential: \"\""));
}

#[test]
fn the_steps_of_a_program_stand_in_the_order_of_the_run() {
    let calls = [
        "new RTCPeerConnection()",
        "createDataChannel()",
        "createOffer()",
        "setLocalDescription(offer)",
    ];
    let mut facts = vec![joining("ws://host", "r1", "relay"), role(Role::Offerer)];
    facts.extend(calls.map(done));
    facts.extend([
        sent(8, "offer", "{}"),
        sent(25, "candidate", "{}"),
        done("setRemoteDescription(answer)"),
    ]);
    let program = run(facts).program(&[], &said).expect("a program").text;
    let place = |code: &str| {
        program
            .find(code)
            .unwrap_or_else(|| panic!("{code} is missing"))
    };
    assert!(place("  await sayDescription();") < place("  await sayCandidates();"));
    assert!(place("  await sayCandidates();") < place("  const answer = await came(\"answer\");"));
    assert!(!program.contains(&said(&say("code.not-yet"))));
}

#[test]
fn what_a_run_has_not_done_yet_is_in_its_program_and_marked() {
    let run = run(vec![
        joining("ws://host", "r1", "relay"),
        role(Role::Offerer),
        done("new RTCPeerConnection()"),
    ]);
    let program = run.program(&[], &said).expect("a program").text;
    let not_yet = program.find(&said(&say("code.not-yet"))).expect("the mark");
    assert!(program.find("  createPeerConnection();").expect("done") < not_yet);
    assert!(program.find("  addDataChannel();").expect("to do") > not_yet);
}

#[test]
fn there_is_no_program_before_there_is_a_side_to_take() {
    let nobody = run(Vec::new()).program(&[], &said).expect_err("no program");
    assert_eq!(nobody.id, "code.refused.not-joined");
    let nothing = run(vec![joining("ws://host", "r1", "relay")])
        .program(&[], &said)
        .expect_err("no program");
    assert_eq!(nothing.id, "code.refused.no-role");
    let unknown = run(vec![
        joining("ws://host", "r1", "custom"),
        role(Role::Offerer),
    ])
    .program(&[], &said)
    .expect_err("no program");
    assert_eq!(unknown.id, "code.refused.no-document");
}

#[test]
fn the_state_that_a_call_led_to_stays_when_the_state_moves_on() {
    let local = What::Done {
        step: Some(6),
        call: "setLocalDescription(offer)".to_owned(),
        fact: Some(say("fact.state").with("state", "have-local-offer")),
    };
    let later = What::Step {
        step: 6,
        status: Status::Done,
        whose: Whose::Mine,
        evidence: None,
        fact: Some(say("fact.state").with("state", "stable")),
    };
    let run = run(vec![
        joining("ws://host", "r1", "relay"),
        role(Role::Offerer),
        local,
        later,
    ]);
    assert!(code(&run, 6, Language::JavaScript).ends_with("// have-local-offer"));
}
