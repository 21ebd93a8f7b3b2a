//! What is said, in which order and when: held back, repeated, batched, over the channels that are planned.

use serde_json::Value;
use webrtc_steps_core::command::Plain;
use webrtc_steps_core::dialect::Dialect;
use webrtc_steps_core::io::{Input, SignalReport, What};

use super::{
    alone, document, hear, join, kinds, notes, offer, pair, refusals, sent, told, with_raw,
};
use crate::network::{MINUTE, chat, take_course};
use crate::pair::sdp::Engine::{Chromium, Firefox};
use crate::pair::world::World;

pub(super) fn raw() -> String {
    Dialect::built_in("raw").expect("it is built in").to_owned()
}

pub(super) fn rules(rules: &[&str]) -> String {
    let all = with_raw(rules);
    let all: Vec<&str> = all.iter().map(String::as_str).collect();
    document("", &all)
}

#[test]
fn raw_descriptions_over_a_bare_relay_connect_in_every_mode() {
    for mode in ["manual", "trickle", "auto"] {
        for engines in [[Chromium, Chromium], [Firefox, Chromium]] {
            let mut world = World::new(&engines, 3);
            // Who comes first is heard by nobody, and no server keeps anything.
            for (side, role) in ["answerer", "offerer"].into_iter().enumerate() {
                join(&mut world, side, &raw(), &[("mode", mode), ("role", role)]);
                world.wait(100.0);
            }
            take_course(&mut world, |_| 300.0);
            assert!(world.run_until(MINUTE, |world| world.open(0, 1)), "{mode}");
            assert_eq!(chat(&mut world), Ok(()), "{mode}");
            assert_eq!(refusals(&world, 0), [""; 0], "{mode}");
        }
    }
}

#[test]
fn what_lacks_a_value_is_said_in_order_once_the_server_gave_it() {
    let document = document(
        "",
        &[
            r#"{"read": {"session": "{session}"}}"#,
            r#"{"both": {"session": "{session}", "sdp": "{description}"}, "means": ["offer", "answer"]}"#,
            r#"{"both": {"session": "{session}", "ice": "{candidate}"}, "means": ["candidate", "end"]}"#,
        ],
    );
    let mut world = alone(&document, &[]);
    offer(&mut world, 0);
    hear(&mut world, r#"{"nothing": "of interest"}"#);
    assert_eq!(kinds(&world, 0), [""; 0]);
    assert!(!world.sides[0].session.facts().attempt.spoken);
    assert_eq!(notes(&world, 0, "note.held"), 1);
    hear(&mut world, r#"{"session": "s1"}"#);
    assert_eq!(kinds(&world, 0), ["offer", "candidate", "candidate", "end"]);
    assert!(sent(&world, 0).iter().all(|(_, text)| text.contains("s1")));
    assert_eq!(notes(&world, 0, "note.held"), 1);
    hear(&mut world, r#"{"session": "s1"}"#);
    assert_eq!(kinds(&world, 0).len(), 4, "it was said again");
}

#[test]
fn candidates_that_have_to_wait_for_the_answer_wait_on_both_sides() {
    let document = document(
        "",
        &[
            r#"{"both": {"sdp": "{description}"}, "means": ["offer", "answer"]}"#,
            r#"{"both": {"ice": "{candidate}"}, "means": "candidate", "after": "answer"}"#,
        ],
    );
    let mut world = pair(
        &document,
        [
            &[("mode", "auto")],
            &[("mode", "auto"), ("role", "offerer")],
        ],
    );
    assert!(world.run_until(MINUTE, |world| world.open(0, 1)));
    let events = &world.sides[1].events;
    let at = |is_it: &dyn Fn(&What) -> bool| events.iter().position(|event| is_it(&event.what));
    let answer = at(&|what| matches!(what, What::Received { kind: "answer", .. }));
    let candidate = at(&|what| {
        matches!(
            what,
            What::Sent {
                kind: "candidate",
                ..
            }
        )
    });
    assert!(
        answer.is_some() && answer < candidate,
        "{answer:?} {candidate:?}"
    );
    assert_eq!(kinds(&world, 0)[0], "answer");
    assert_eq!(notes(&world, 1, "note.held-answer"), 1);
}

#[test]
fn what_is_repeated_goes_out_while_the_link_is_open() {
    let mut world = alone(&rules(&[r#"{"every": "5 s", "send": {"ping": 1}}"#]), &[]);
    world.wait(21_000.0);
    assert_eq!(kinds(&world, 0), ["repeat"; 4]);
    world.click(0, Plain::Leave);
    world.wait(21_000.0);
    assert_eq!(kinds(&world, 0).len(), 4);
}

#[test]
fn a_batch_goes_once_gathering_has_ended() {
    let document = document(
        "",
        &[
            r#"{"both": {"sdp": "{description}"}, "means": ["offer", "answer"]}"#,
            r#"{"both": {"ice": ["{candidate}", "..."]}, "means": "candidate"}"#,
        ],
    );
    let mut world = pair(
        &document,
        [
            &[("mode", "auto")],
            &[("mode", "auto"), ("role", "offerer")],
        ],
    );
    assert!(world.run_until(MINUTE, |world| world.open(0, 1)));
    for side in 0..2 {
        let frames = sent(&world, side);
        let batches: Vec<&String> = frames
            .iter()
            .filter(|(kind, _)| *kind == "candidate")
            .map(|(_, text)| text)
            .collect();
        assert_eq!(batches.len(), 1, "{frames:?}");
        let batch: Value = serde_json::from_str(batches[0]).expect("it is JSON");
        assert_eq!(batch["ice"].as_array().map(Vec::len), Some(2));
    }
}

#[test]
fn without_a_way_for_candidates_descriptions_wait_for_them() {
    let document = document(
        "",
        &[r#"{"both": {"sdp": "{description}"}, "means": ["offer", "answer"]}"#],
    );
    let mut world = pair(
        &document,
        [
            &[("mode", "auto")],
            &[("mode", "auto"), ("role", "offerer")],
        ],
    );
    assert!(world.run_until(MINUTE, |world| world.open(0, 1)));
    for side in 0..2 {
        let frames = sent(&world, side);
        assert_eq!(frames.len(), 1);
        assert!(frames[0].1.contains("a=candidate:"), "{frames:?}");
    }
}

#[test]
fn planned_channels_replace_the_forms_and_agreed_ones_are_made_on_both_sides() {
    let plan = r#""channels": [{"label": "one", "negotiated": true, "id": 0}, {"label": "two", "negotiated": true, "id": 1}]"#;
    let all = with_raw(&[]);
    let all: Vec<&str> = all.iter().map(String::as_str).collect();
    let document = document(plan, &all);
    for mode in ["manual", "auto"] {
        let fields = |role| [("mode", mode), ("label", "mine"), ("role", role)];
        let mut world = pair(&document, [&fields("answerer"), &fields("offerer")]);
        take_course(&mut world, |_| 300.0);
        assert!(world.run_until(MINUTE, |world| world.open(0, 1)), "{mode}");
        for side in 0..2 {
            let made = |wanted: &str| {
                let is_it = move |what: &What| match what {
                    What::Channel { label, state, .. } => label == wanted && state == "connecting",
                    What::Note { message } => {
                        let about = message.args.iter().any(|(_, value)| value == wanted);
                        message.id == "note.channel-too" && about
                    }
                    _ => false,
                };
                told(&world, side, is_it)
            };
            assert_eq!(
                [made("one"), made("two"), made("mine")],
                [true, true, false],
                "{mode} {side}"
            );
        }
        assert_eq!(chat(&mut world), Ok(()), "{mode}");
    }
}

#[test]
fn an_answerer_who_forgets_the_agreed_channels_is_helped() {
    let plan = r#""channels": [{"label": "one", "negotiated": true, "id": 0}]"#;
    let all = with_raw(&[]);
    let all: Vec<&str> = all.iter().map(String::as_str).collect();
    let mut world = pair(
        &document(plan, &all),
        [&[], &[("mode", "auto"), ("role", "offerer")]],
    );
    for plain in [
        Plain::CreatePeerConnection,
        Plain::SetRemoteDescription,
        Plain::CreateAnswer,
        Plain::SetLocalDescription,
        Plain::SendAnswer,
        Plain::SendCandidates,
    ] {
        world.click(0, plain);
        world.wait(300.0);
    }
    assert!(world.run_until(MINUTE, |world| world.open(0, 1)));
    assert_eq!(notes(&world, 0, "note.channel-agreed"), 1);
}

#[test]
fn servers_that_signaling_names_are_used_and_their_credentials_shown_nowhere() {
    let secret = crate::pair::watch::CREDENTIAL;
    let named = format!(
        r#"{{"ice": [{{"urls": "turn:turn.test", "username": "u", "credential": "{secret}"}}, {{"urls": "turn:nobody.test"}}]}}"#
    );
    let rule = r#"{"read": {"ice": ["{iceServer}", "..."]}, "means": "ice-servers"}"#;
    let mut world = alone(&rules(&[rule]), &[]);
    hear(&mut world, &named);
    assert_eq!(notes(&world, 0, "note.servers-named"), 1);
    assert_eq!(notes(&world, 0, "note.servers-unusable"), 1);
    assert_eq!(world.sides[0].session.facts().run.ice_servers, 1);
    world.click(0, Plain::CreatePeerConnection);
    world.wait(50.0);
    let before = world.configurations.clone();
    assert_eq!(before, ["turn:turn.test"]);
    hear(&mut world, r#"{"ice": [{"urls": "stun:stun.test"}]}"#);
    assert_eq!(world.configurations, ["turn:turn.test", "stun:stun.test"]);
}

#[test]
fn a_closed_link_means_what_the_dialect_says() {
    let rule = r#"{"on": "close", "if": "{close.reason} = full", "means": "error"}"#;
    for (reason, stays) in [("full", false), ("gone", true)] {
        let joined = r#"{"read": "welcome", "means": "joined"}"#;
        let mut world = alone(&rules(&[rule, joined]), &[]);
        let link = world.sides[0].link.as_ref().expect("there is a link").0;
        let (code, reason) = (4000, reason.to_owned());
        let report = SignalReport::Closed { code, reason };
        world.input(0, Input::Signal { link, report });
        assert_eq!(world.sides[0].session.facts().run.begun, stays);
    }
}

#[test]
fn a_server_that_asks_for_answers_without_end_is_not_answered_without_end() {
    let document = document("", &[r#"{"read": "ping", "send": "pong"}"#]);
    let mut world = alone(&document, &[]);
    let link = world.sides[0].link.as_ref().expect("there is a link").0;
    for _ in 0..2_000 {
        let report = SignalReport::Frame(r#""ping""#.to_owned());
        world.input(0, Input::Signal { link, report });
    }
    let replies = sent(&world, 0)
        .iter()
        .filter(|(_, text)| text == r#""pong""#)
        .count();
    assert!((1..=300).contains(&replies), "{replies}");
    assert_eq!(notes(&world, 0, "note.braked"), 1);
    world.wait(1_500.0);
    hear(&mut world, r#""ping""#);
    let later = sent(&world, 0)
        .iter()
        .filter(|(_, text)| text == r#""pong""#)
        .count();
    assert_eq!(later, replies + 1);
}

/// Kind and receiver of what a page sent, kind and sender of what came.
fn ends(world: &World) -> Vec<(&'static str, Option<String>)> {
    let events = world.sides[0].events.iter();
    let ends = events.filter_map(|event| match &event.what {
        What::Sent { kind, to, .. } => Some((*kind, to.clone())),
        What::Received { kind, from, .. } => Some((*kind, from.clone())),
        _ => None,
    });
    ends.collect()
}

#[test]
fn only_what_names_a_peer_or_is_passed_on_goes_further_than_the_endpoint() {
    let document = document(
        r#""variables": {"self": {"make": "uuid"}}"#,
        &[
            r#"{"read": {"here": "{peer}"}, "means": "peer-joined"}"#,
            r#"{"read": {"ping": "{n}"}, "send": {"pong": "{n}"}}"#,
            r#"{"read": {"greets": "{peer}"}, "send": {"greets": "{peer}"}}"#,
            r#"{"read": {"wrong": "{error.message}"}, "means": "error"}"#,
            r#"{"both": {"to": "{to}", "from": "{from}", "d": "{description}"}, "means": ["offer", "answer"]}"#,
            r#"{"both": {"ask": true}, "means": "request-offer"}"#,
            r#"{"on": "leave", "send": "gone"}"#,
        ],
    );
    let mut world = alone(&document, &[("role", "offerer")]);
    for frame in [
        r#"{"here": "ann"}"#,
        r#"{"ping": 1}"#,
        r#"{"greets": "ann"}"#,
        r#"{"wrong": "no"}"#,
        r#"{"nobody": "knows"}"#,
        r#"{"ask": true}"#,
    ] {
        hear(&mut world, frame);
    }
    world.click(0, Plain::Leave);
    let ann = || Some("ann".to_owned());
    assert_eq!(
        ends(&world),
        [
            ("peer-joined", ann()),
            ("notice", None),
            ("reply", None),
            ("notice", None),
            ("reply", ann()),
            ("error", None),
            ("unknown", None),
            ("request-offer", None),
            ("bye", None),
        ]
    );
}
