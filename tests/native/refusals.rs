//! Refusals that are told from recorded facts alone, and the table held to the catalogue.

#![allow(
    clippy::expect_used,
    clippy::indexing_slicing,
    clippy::unwrap_used,
    clippy::panic,
    reason = "helpers of tests fail the test"
)]

use std::collections::{BTreeMap, BTreeSet};

use serde_json::{Value, json};
use webrtc_steps_core::command::Plain;
use webrtc_steps_core::record;
use webrtc_steps_core::refusal::{Explained, Refusals};
use webrtc_steps_core::step::Whose;

const OFFER: &str = "v=0\r\no=- 1 2 IN IP4 127.0.0.1\r\ns=-\r\nt=0 0\r\na=group:BUNDLE 0\r\n\
    m=application 9 UDP/DTLS/SCTP webrtc-datachannel\r\nc=IN IP4 0.0.0.0\r\na=ice-ufrag:mine\r\na=ice-pwd:0123456789\r\n\
    a=fingerprint:sha-256 AA:BB\r\na=setup:actpass\r\na=mid:0\r\na=max-message-size:262144\r\n";

fn catalogue() -> BTreeMap<String, String> {
    let text = include_str!("../../www/words/en/refusals.json");
    serde_json::from_str(text).expect("a flat object")
}

fn event(kind: &str, data: Value) -> Value {
    let mut event = json!({ "v": 1, "at": 8000.0, "attempt": 1, "kind": kind });
    for (name, value) in data.as_object().cloned().unwrap_or_default() {
        event[name] = value;
    }
    event
}

fn refused(call: &str, state: &str, name: &str) -> Value {
    let said = json!({ "id": "doing.call", "args": {} });
    let fault = json!({ "name": name, "message": "in the browser’s words" });
    let what = json!({
        "call": call, "state": state, "fault": fault, "blame": "browser",
        "doing": said, "cause": said, "advice": said, "step": null,
    });
    event("trouble", what)
}

fn done(call: &str) -> Value {
    event("done", json!({ "step": null, "call": call, "fact": null }))
}

fn described(side: &str, kind: &str, sdp: &str) -> Value {
    event(
        "description",
        json!({ "side": side, "type": kind, "sdp": sdp }),
    )
}

fn told(refusals: &mut Refusals, events: &[Value]) -> Option<Explained> {
    let events = events.iter().map(|event| {
        record::event(event).unwrap_or_else(|wrong| panic!("{event} is no event: {wrong}"))
    });
    events.map(|event| refusals.apply(&event)).last().flatten()
}

/// What the last of these events means.
fn found(events: &[Value]) -> Option<Explained> {
    told(&mut Refusals::default(), events)
}

/// The row and the sentences of what the last of these events means.
fn row(events: &[Value]) -> Option<(&'static str, String)> {
    let found = found(events)?;
    let key = found
        .title
        .id
        .trim_start_matches("refusal.")
        .trim_end_matches(".title");
    Some((found.row, key.to_owned()))
}

fn expect(events: &[Value], id: &'static str, key: &str) {
    assert_eq!(row(events), Some((id, key.to_owned())));
}

#[test]
fn every_row_of_part_a_is_in_the_table() {
    let rows: BTreeSet<&str> = Refusals::keys().map(|(row, _)| row).collect();
    let expected: BTreeSet<String> = (1..=35).map(|number| format!("A{number}")).collect();
    let expected: BTreeSet<&str> = expected.iter().map(String::as_str).collect();
    assert_eq!(rows, expected);
}

#[test]
fn every_cause_has_its_sentences_and_every_sentence_its_cause() {
    let words = catalogue();
    let keys: BTreeSet<&str> = Refusals::keys().map(|(_, key)| key).collect();
    for key in &keys {
        for part in ["title", "cause", "remedy"] {
            let id = format!("refusal.{key}.{part}");
            assert!(words.contains_key(&id), "{id}");
        }
    }
    for id in words.keys().filter(|id| id.ends_with(".title")) {
        let key = id.trim_start_matches("refusal.").trim_end_matches(".title");
        assert!(keys.contains(key), "nothing says {id}");
    }
}

#[test]
fn every_hole_of_a_sentence_has_a_value() {
    let explained = found(&[refused("send()", "stable", "TypeError")]).unwrap();
    let known: BTreeSet<&str> = explained
        .title
        .args
        .iter()
        .map(|(name, _)| &**name)
        .collect();
    for (id, sentence) in catalogue() {
        let parts = [".title", ".cause", ".remedy"];
        if !parts.iter().any(|part| id.ends_with(part)) {
            continue;
        }
        for hole in sentence.split('{').skip(1) {
            let name = hole.split('}').next().unwrap_or_default();
            assert!(known.contains(name), "{id}: {{{name}}}");
        }
    }
}

#[test]
fn every_step_that_mends_has_a_name() {
    let words = catalogue();
    for command in [
        Plain::CreatePeerConnection,
        Plain::CreateOffer,
        Plain::CreateAnswer,
        Plain::SetLocalDescription,
        Plain::SetRemoteDescription,
        Plain::SendOffer,
        Plain::SendAnswer,
        Plain::SendCandidates,
        Plain::Close,
        Plain::Leave,
    ] {
        let id = format!("refusal.do.{}", command.name());
        assert!(words.contains_key(&id), "{id}");
    }
}

#[test]
fn a_refusal_is_never_told_by_its_text() {
    let mut worded = refused("createOffer()", "stable", "SomeError");
    worded["fault"]["message"] = "Called in wrong state: stable".into();
    assert_eq!(row(&[worded]), None);
}

#[test]
fn a1_says_how_long_ago_the_answer_was_set() {
    let mut late = refused(
        "setRemoteDescription(answer)",
        "stable",
        "InvalidStateError",
    );
    late["at"] = 16000.0.into();
    let answer = OFFER.replace("actpass", "active");
    let events = [
        described("theirs", "answer", &answer),
        done("setRemoteDescription(answer)"),
        late,
    ];
    let found = found(&events).unwrap();
    assert_eq!(
        (found.row, &*found.title.id),
        ("A1", "refusal.answer-twice.title")
    );
    assert!(found.cause.args.contains(&("ago".into(), "8.0".to_owned())));
    assert_eq!(found.mend, None);
}

#[test]
fn a7_from_recorded_facts_an_outdated_offer_is_told() {
    let events = [
        event(
            "pending",
            json!({ "side": "mine", "type": "offer", "sdp": OFFER, "edited": false }),
        ),
        done("createOffer()"),
        done("addTransceiver()"),
        refused(
            "setLocalDescription(offer)",
            "stable",
            "InvalidModificationError",
        ),
    ];
    expect(&events, "A7", "offer-outdated");
}

#[test]
fn a8_leads_to_whom_the_missing_description_belongs() {
    let refusal = refused("addIceCandidate()", "have-local-offer", "InvalidStateError");
    let offered = done("setLocalDescription(offer)");
    let mend = found(&[offered, refusal.clone()]).unwrap().mend.unwrap();
    assert_eq!(
        (mend.command, mend.whose),
        (Plain::SendAnswer, Whose::Theirs)
    );
    let mend = found(&[refusal]).unwrap().mend.unwrap();
    assert_eq!(
        (mend.command, mend.whose),
        (Plain::SendOffer, Whose::Theirs)
    );
}

#[test]
fn a10_and_a11_name_what_differs() {
    let candidate = |candidate: Value| {
        event(
            "candidate",
            json!({ "side": "theirs", "index": 0, "candidate": candidate }),
        )
    };
    let text = "candidate:1 1 udp 1 192.0.2.1 5000 typ host";
    let before = [
        described("theirs", "offer", OFFER),
        done("setRemoteDescription(offer)"),
    ];
    let with = |one: Value| -> Vec<Value> {
        let refusal = refused("addIceCandidate()", "have-remote-offer", "OperationError");
        before
            .iter()
            .cloned()
            .chain([candidate(one), refusal])
            .collect()
    };
    let old =
        json!({ "candidate": text, "sdpMid": "0", "sdpMLineIndex": 0, "usernameFragment": "old" });
    expect(&with(old), "A11", "candidate-old");
    let other = json!({ "candidate": text, "sdpMid": "7", "sdpMLineIndex": null, "usernameFragment": null });
    expect(&with(other), "A10", "candidate-other-mid");
    let fine =
        json!({ "candidate": text, "sdpMid": "0", "sdpMLineIndex": 0, "usernameFragment": "mine" });
    expect(&with(fine), "A10", "candidate-foreign");
}

#[test]
fn a11_a_candidate_that_a_browser_took_is_told_only_if_it_is_old() {
    let with = |ufrag: &str| {
        let candidate = json!({
            "candidate": "candidate:1 1 udp 1 192.0.2.1 5000 typ host",
            "sdpMid": "0", "sdpMLineIndex": 0, "usernameFragment": ufrag,
        });
        [
            described("theirs", "offer", OFFER),
            done("setRemoteDescription(offer)"),
            event(
                "candidate",
                json!({ "side": "theirs", "index": 0, "candidate": candidate }),
            ),
            event(
                "candidate-fate",
                json!({ "side": "theirs", "index": 0, "fate": "used" }),
            ),
        ]
    };
    expect(&with("old"), "A11", "candidate-old-taken");
    assert_eq!(row(&with("mine")), None);
}

#[test]
fn a27_from_recorded_facts_an_empty_address_is_told() {
    let joining = event(
        "joining",
        json!({
            "endpoint": "tabs:", "room": "blue", "mode": "manual", "dialect": "tabs",
            "iceServers": [""], "vars": [], "hosts": [], "alone": false, "tellsPeers": true, "relayOnly": false,
        }),
    );
    let refusal = refused("new RTCPeerConnection()", "", "SyntaxError");
    expect(&[joining, refusal.clone()], "A27", "server-empty");
    expect(&[refusal], "A27", "server-address");
}

#[test]
fn a34_from_recorded_facts_each_reason_of_a_missing_camera_is_told() {
    let camera = |name| refused("navigator.mediaDevices.getUserMedia()", "", name);
    expect(&[camera("NotFoundError")], "A34", "media-none");
    expect(&[camera("NotAllowedError")], "A34", "media-denied");
    expect(&[camera("NotReadableError")], "A34", "media-busy");
}

#[test]
fn a35_from_recorded_facts_a_camera_withheld_by_the_outer_page_is_told() {
    let mut refusals = Refusals::default();
    refusals.shown_in_a_frame(true);
    let found = told(
        &mut refusals,
        &[refused("getUserMedia()", "", "NotAllowedError")],
    );
    assert_eq!(found.unwrap().row, "A35");
}

#[test]
fn a33_is_not_said_where_cameras_are_there() {
    let page = |secure| {
        event(
            "page",
            json!({ "agent": "", "secure": secure, "hidden": false }),
        )
    };
    let refusal = refused("getUserMedia()", "", "TypeError");
    assert_eq!(row(&[page(true), refusal.clone()]), None);
    expect(&[page(false), refusal], "A33", "media-insecure");
}

#[test]
fn a_refusal_stands_until_the_next_call_and_a_silent_mistake_until_the_attempt_is_over() {
    let mut refusals = Refusals::default();
    let call = |by_page: bool| {
        event(
            "call",
            json!({ "step": null, "call": "createOffer()", "byPage": by_page }),
        )
    };
    told(
        &mut refusals,
        &[refused("createAnswer()", "stable", "InvalidStateError")],
    );
    told(&mut refusals, &[call(true)]);
    assert!(
        refusals.standing().is_some(),
        "the page's own calls answer nothing"
    );
    told(&mut refusals, &[call(false)]);
    assert_eq!(refusals.standing(), None);
    let answer = OFFER.replace("actpass", "active");
    told(
        &mut refusals,
        &[
            described("theirs", "offer", &answer),
            done("setRemoteDescription(offer)"),
            call(false),
        ],
    );
    assert_eq!(refusals.standing().unwrap().row, "A18");
    told(&mut refusals, &[event("attempt-began", json!({}))]);
    assert_eq!(refusals.standing(), None);
}
