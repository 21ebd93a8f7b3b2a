//! What is said, in which order and when: held back, repeated, batched, over the channels that are planned.

use serde_json::Value;
use webrtc_steps_core::command::Plain;
use webrtc_steps_core::dialect::Dialect;
use webrtc_steps_core::io::{Input, Role, SignalReport, What};

use super::{
    BARE, alone, document, hear, join, kinds, notes, offer, pair, refusals, sent, told, with_raw,
};
use crate::network::{MINUTE, chat, take_course};
use crate::pair::sdp::Engine::{Chromium, Firefox};
use crate::pair::world::World;

fn raw() -> String {
    Dialect::built_in("raw").expect("it is built in").to_owned()
}

fn rules(rules: &[&str]) -> String {
    let all = with_raw(rules);
    let all: Vec<&str> = all.iter().map(String::as_str).collect();
    document("", &all)
}

fn role(world: &World, side: usize) -> Option<Role> {
    world.sides[side].session.facts().run.role
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
fn where_nobody_tells_who_is_there_either_can_offer() {
    for offerer in [0, 1] {
        let mut world = pair(&raw(), [&[], &[]]);
        for side in 0..2 {
            assert_eq!(role(&world, side), Some(Role::Answerer));
            let why = |what: &What| matches!(what, What::Role { why, .. } if why.id == "role.nobody-knows");
            assert!(told(&world, side, why));
        }
        offer(&mut world, offerer);
        assert_eq!(role(&world, offerer), Some(Role::Offerer));
        take_course(&mut world, |_| 300.0);
        assert!(world.run_until(MINUTE, |world| world.open(0, 1)));
    }
}

#[test]
fn in_auto_one_click_makes_the_offerer_where_nobody_tells_who_is_there() {
    let mut world = pair(&raw(), [&[("mode", "auto")], &[("mode", "auto")]]);
    world.wait(1_000.0);
    assert!(!world.open(0, 1), "nobody knows that somebody waits");
    world.click(1, Plain::CreateOffer);
    assert!(world.run_until(MINUTE, |world| world.open(0, 1)));
}

/// Everybody hears everything, and takes what is addressed to it; nobody tells who comes or goes.
fn addressed() -> String {
    document(
        r#""variables": {"self": {"ask": "Your name"}, "peer": {"ask": "Whom to call"}, "call": {"make": "text 8", "per": "call"}}"#,
        &[
            r#"{"on": "offer", "send": {"from": "{self}", "to": "{peer}", "call": "{call}", "sdp": "{description}"}}"#,
            r#"{"read": {"from": "{peer}", "to": "{self}", "call": "{call!}", "sdp": {"type": "offer", "sdp": "{description.sdp}"}}, "means": "offer"}"#,
            r#"{"both": {"from": "{from}", "to": "{to}", "call": "{call}", "sdp": "{description}"}, "means": "answer"}"#,
            r#"{"both": {"from": "{from}", "to": "{to}", "call": "{call}", "ice": "{candidate}"}, "means": "candidate"}"#,
        ],
    )
}

#[test]
fn after_a_call_that_ended_without_a_word_the_next_caller_is_answered() {
    let mut world = World::new(&[Chromium; 3], 5);
    let names = [("ann", ""), ("bob", "ann"), ("eve", "ann")];
    for (side, (name, calls)) in names.into_iter().enumerate() {
        let fields = [("mode", "auto"), ("var.self", name), ("var.peer", calls)];
        join(&mut world, side, &addressed(), &fields);
        world.wait(100.0);
        if side > 0 {
            assert!(
                world.run_until(MINUTE, |world| world.open(0, side)),
                "{name}"
            );
            // Its channel closes, and nobody says anything.
            world.crash(side);
            world.run_until(MINUTE, |world| !world.open(0, 0));
            world.wait(MINUTE);
        }
    }
}

#[test]
fn whoever_names_whom_to_call_offers() {
    let asks = r#""variables": {"self": {"ask": "Your name"}, "peer": {"ask": "Whom to call"}}"#;
    let document = document(
        asks,
        &[
            r#"{"both": {"from": "{from}", "to": "{to}", "sdp": "{description}"}, "means": ["offer", "answer"]}"#,
            r#"{"both": {"from": "{from}", "to": "{to}", "ice": "{candidate}"}, "means": ["candidate", "end"]}"#,
        ],
    );
    let mut world = pair(
        &document,
        [
            &[("mode", "auto"), ("var.self", "ann")],
            &[("mode", "auto"), ("var.self", "bob"), ("var.peer", "ann")],
        ],
    );
    assert!(world.run_until(MINUTE, |world| world.open(0, 1)));
    assert_eq!(
        [role(&world, 0), role(&world, 1)],
        [Some(Role::Answerer), Some(Role::Offerer)]
    );
    assert_eq!(chat(&mut world), Ok(()));
    let shared = |what: &What| matches!(what, What::Joining { vars, .. } if !vars.is_empty());
    assert!(
        !told(&world, 1, shared),
        "who somebody is went into the link"
    );
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
fn the_dialect_says_who_yields_when_offers_cross() {
    for polite in [true, false] {
        let document = |polite: bool| {
            let all = with_raw(&[]);
            let all: Vec<&str> = all.iter().map(String::as_str).collect();
            document(&format!(r#""polite": {polite}"#), &all)
        };
        let mut world = World::new(&[Chromium, Chromium], 5);
        join(&mut world, 0, &document(polite), &[]);
        join(&mut world, 1, &document(!polite), &[]);
        world.wait(100.0);
        for plain in [
            Plain::CreatePeerConnection,
            Plain::AddDataChannel,
            Plain::CreateOffer,
            Plain::SetLocalDescription,
            Plain::SendOffer,
        ] {
            world.click(0, plain);
            world.click(1, plain);
            world.wait(4.0);
        }
        world.wait(100.0);
        let yields = usize::from(!polite);
        assert_eq!(role(&world, yields), Some(Role::Answerer), "{polite}");
        assert_eq!(role(&world, 1 - yields), Some(Role::Offerer), "{polite}");
    }
}

#[test]
fn who_is_there_is_told_by_rosters_too() {
    let roster = r#"{"read": {"all": ["{peer}", "..."]}, "means": "peers"}"#;
    let mut world = alone(&rules(&[roster]), &[]);
    assert_eq!(world.sides[0].session.facts().run.peer_present, Some(false));
    hear(&mut world, r#"{"all": ["bob", "carol"]}"#);
    hear(&mut world, r#"{"all": ["carol"]}"#);
    let came = |name: &str| {
        told(
            &world,
            0,
            |what| matches!(what, What::PeerJoined { peer } if peer == name),
        )
    };
    let went = |name: &str| {
        told(
            &world,
            0,
            |what| matches!(what, What::PeerLeft { peer, .. } if peer == name),
        )
    };
    assert_eq!(
        [came("bob"), came("carol"), went("bob"), went("carol")],
        [true, true, true, false]
    );
}

#[test]
fn the_answerer_asks_for_the_offer_where_the_dialect_can() {
    let mut world = pair(
        &rules(&[r#"{"both": {"ready": true}, "means": "request-offer"}"#]),
        [&[("mode", "auto")], &[("mode", "auto")]],
    );
    assert!(world.run_until(MINUTE, |world| world.open(0, 1)));
    assert_eq!(
        [role(&world, 0), role(&world, 1)],
        [Some(Role::Offerer), Some(Role::Answerer)]
    );
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
fn a_server_that_is_the_other_party_needs_no_second_page() {
    let echo = Dialect::built_in("janus-echotest").expect("it is built in");
    let world = alone(echo, &[]);
    assert!(told(&world, 0, |what| matches!(
        what,
        What::Joining { alone: true, .. }
    )));
    let world = alone(&raw(), &[("endpoint", BARE)]);
    assert!(told(&world, 0, |what| matches!(
        what,
        What::Joining { alone: false, .. }
    )));
}
