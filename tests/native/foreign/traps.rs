//! Traps that real servers set, as a whole session meets them; their numbers are those of the list of traps seen.

use serde_json::json;
use webrtc_steps_core::dialect::{Dialect, FetchAnswer};
use webrtc_steps_core::io::{Input, SignalReport, What};

use super::{BARE, kinds, sent, told};
use crate::network::{MINUTE, chat};
use crate::pair::sdp::Engine::{Chromium, Firefox};
use crate::pair::world::World;

/// Two rooms of a server that passes frames on: what one page says, the other hears only if the test brings it.
const ROOMS: [&str; 2] = ["ws://bare.test/any/blue", "ws://bare.test/any/red"];

fn join(world: &mut World, side: usize, dialect: &str, fields: &[(&str, &str)]) {
    let text = Dialect::built_in(dialect).expect("it is built in");
    let own = [
        ("endpoint", BARE),
        ("room", "blue"),
        ("mode", "auto"),
        ("dialect", "custom"),
        ("dialect-document", text),
    ];
    let all: Vec<(&str, &str)> = fields.iter().chain(&own).copied().collect();
    world.join(side, &all);
    world.wait(100.0);
}

fn hear(world: &mut World, side: usize, frame: &str) {
    let link = world.sides[side].link.as_ref().expect("there is a link").0;
    let report = SignalReport::Frame(frame.to_owned());
    world.input(side, Input::Signal { link, report });
    world.wait(10.0);
}

/// Brings the last description of one page to the other, its candidates before it.
fn bring_candidates_first(world: &mut World, from: usize) {
    let mut frames = sent(world, from);
    frames.sort_by_key(|(kind, _)| *kind != "candidate");
    for (_, frame) in frames {
        hear(world, 1 - from, &frame);
    }
}

// Trap 3: candidates come before the offer, before there is a peer connection, and before the answer.
#[test]
fn candidates_before_what_they_belong_to_are_kept_for_it() {
    for engines in [[Chromium, Firefox], [Firefox, Chromium]] {
        let mut world = World::new(&engines, 9);
        for (side, role) in ["answerer", "offerer"].into_iter().enumerate() {
            let fields = [("endpoint", ROOMS[side]), ("role", role)];
            join(&mut world, side, "raw", &fields);
        }
        world.wait(1_000.0);
        assert!(kinds(&world, 1).contains(&"candidate"));
        assert_eq!(kinds(&world, 0), [""; 0], "nobody brought it yet");
        bring_candidates_first(&mut world, 1);
        world.wait(1_000.0);
        assert!(kinds(&world, 0).contains(&"answer"));
        bring_candidates_first(&mut world, 0);
        assert!(world.run_until(MINUTE, |world| world.open(0, 1)));
        assert_eq!(chat(&mut world), Ok(()));
    }
}

// Trap 6: an offer that was made while nobody was there is lost; the one who comes later gets it all the same.
#[test]
fn an_offer_that_nobody_heard_is_said_again_to_the_one_who_comes() {
    let mut world = World::new(&[Chromium, Chromium], 9);
    join(&mut world, 0, "samples-channel", &[("role", "offerer")]);
    world.wait(2_000.0);
    join(&mut world, 1, "samples-channel", &[]);
    assert!(world.run_until(MINUTE, |world| world.open(0, 1)));
    assert_eq!(chat(&mut world), Ok(()));
}

// Traps 1 to 3: the course's ids are numbers, nobody names the sender, and anybody's leaving is told to everybody.
#[test]
fn the_course_connects_and_is_not_disturbed_by_those_who_leave() {
    let mut world = World::new(&[Chromium, Chromium], 9);
    world.answers.push(("create-room", FetchAnswer::Blind));
    for (side, what) in ["create", "join"].into_iter().enumerate() {
        join(&mut world, side, "course", &[("var.side", what)]);
    }
    let ids = [0, 1].map(|side| own_id(&world, side));
    let joined = json!({"data": {"type": "JOIN_ROOM_NOTIFY", "joinUserId": ids[1]}});
    hear(&mut world, 0, &joined.to_string());
    let joined = json!({"data": {"type": "JOIN_ROOM_RESPONSE_SUCCESS", "creatorId": ids[0]}});
    hear(&mut world, 1, &joined.to_string());
    assert!(world.run_until(MINUTE, |world| world.open(0, 1)));
    for side in 0..2 {
        let gone = "User 999 has been disconnected";
        let notice = json!({"data": {"type": "DISCONNECT_ROOM_NOTIFICATION", "message": gone}});
        hear(&mut world, side, &notice.to_string());
        let other = ids[1 - side].to_string();
        let left = |what: &What| matches!(what, What::PeerLeft { peer, .. } if *peer == other);
        assert!(!told(&world, side, left));
    }
    assert_eq!(chat(&mut world), Ok(()));
}

/// The number by which a page connected.
fn own_id(world: &World, side: usize) -> u32 {
    let (_, id) = world.addresses[side].split_once("userId=").expect("an id");
    id.parse().expect("a number")
}
