//! Who is there, who offers and who yields, where the dialect decides it or nobody does.

use webrtc_steps_core::command::Plain;
use webrtc_steps_core::dialect::Dialect;
use webrtc_steps_core::io::{Role, What};

use super::speaking::{raw, rules};
use super::{BARE, alone, document, hear, join, offer, pair, told, with_raw};
use crate::network::{MINUTE, chat, take_course};
use crate::pair::sdp::Engine::Chromium;
use crate::pair::world::World;

fn role(world: &World, side: usize) -> Option<Role> {
    world.sides[side].session.facts().run.role
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
