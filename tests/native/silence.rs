//! A healthy run has no diagnosis, however long its people pause; and in a run with a fault the diagnosis is the fault's.

use std::collections::BTreeSet;
use std::fs;

use webrtc_steps_core::diagnosis::Watch;
use webrtc_steps_core::io::Event;

use crate::pair::world::World;
use crate::script;

/// Scenarios in which nothing is wrong with any of the pages.
const HEALTHY: [&str; 16] = [
    "a-relay-lost-after-connecting-disturbs-nothing",
    "a-third-peer-changes-nothing",
    "an-answer-that-comes-twice-is-not-applied-again",
    "an-answerer-who-offers-first-is-the-offerer",
    "an-offer-into-an-empty-room-waits",
    "auto-connects-by-itself",
    "candidates-that-overtake-the-description-are-kept",
    "closing-tells-the-other-side-and-both-can-begin-again",
    "everything-twice-changes-nothing",
    "ice-is-restarted-by-hand",
    "leaving-and-joining-again-ten-times-connects-every-time",
    "signals-carried-by-hand-connect",
    "ten-minutes-in-the-middle-are-a-healthy-run",
    "the-manual-course-connects",
    "thirty-seconds-before-every-click-between-firefoxes",
    "trickle-sends-candidates-as-they-come",
];

#[test]
fn a_healthy_run_has_no_diagnosis_at_any_moment() {
    for name in HEALTHY {
        let world = scenario(name);
        for side in &world.sides {
            let found = rows(&side.events, world.now);
            assert!(found.is_empty(), "{name}, page {}: {found:?}", side.name);
        }
    }
}

#[test]
fn minutes_before_every_click_are_healthy_in_either_browser_and_mode() {
    for browsers in [
        "",
        "a is firefox",
        "b is firefox",
        "a is firefox\nb is firefox",
    ] {
        for mode in ["manual", "trickle"] {
            let deeds = format!(
                "{browsers}\nb joins mode={mode}\nwait 3 min\na joins mode={mode}\nfollow the course pausing 200 s\nwait 5 min\nexpect both open"
            );
            let world = script::world(&deeds).unwrap_or_else(|wrong| panic!("{wrong}"));
            for side in &world.sides {
                let found = rows(&side.events, world.now);
                assert!(
                    found.is_empty(),
                    "{browsers} {mode}, page {}: {found:?}",
                    side.name
                );
            }
        }
    }
}

#[test]
fn what_is_wrong_in_a_scenario_is_what_is_diagnosed() {
    for (name, page, row) in [
        ("an-echo-is-told-and-not-applied", 'a', "S11"),
        ("nothing-leads-through-and-it-is-told", 'a', "S10"),
        ("two-firefoxes-without-a-route-are-told", 'a', "S10"),
        ("a-full-room-is-told", 'c', "full"),
        ("tabs-find-each-other-without-a-server", 'c', "full"),
    ] {
        let world = scenario(name);
        let side = world.sides.iter().find(|side| side.name == page);
        let found = rows(&side.expect("the page is there").events, world.now);
        assert!(found.contains(row), "{name}: {found:?}");
    }
}

#[test]
fn steps_that_were_left_out_are_missed() {
    let begin = "b joins\na joins\na create-peer-connection";
    for (deeds, page, row, step) in [
        (
            "a create-offer\na set-local-description\nwait 2 s",
            'a',
            "S1",
            4,
        ),
        (
            "a add-data-channel\na create-offer\na send-offer\nwait 11 s",
            'a',
            "S2",
            6,
        ),
        (
            "a add-data-channel\na create-offer\na set-local-description\na send-offer\nb create-peer-connection\nb set-remote-description\nb create-answer\nb set-local-description\nb send-answer\na set-remote-description\nwait 11 s",
            'a',
            "S4",
            25,
        ),
    ] {
        let world = script::world(&format!("{begin}\n{deeds}"));
        let world = world.unwrap_or_else(|wrong| panic!("{row}: {wrong}"));
        let side = world.sides.iter().find(|side| side.name == page);
        let mut watch = Watch::new();
        side.expect("the page is there")
            .events
            .iter()
            .for_each(|event| watch.apply(event));
        let found = watch.diagnose(world.now);
        let [first] = found.as_slice() else {
            panic!("{row}: {found:?}");
        };
        assert_eq!((first.row, first.step), (row, Some(step)));
    }
}

fn scenario(name: &str) -> World {
    let folder = concat!(env!("CARGO_MANIFEST_DIR"), "/../tests/native/scenarios");
    let text = fs::read_to_string(format!("{folder}/{name}.txt")).expect("the scenario is there");
    let deeds = text.split("\n----\n").next().unwrap_or_default();
    script::world(deeds).unwrap_or_else(|wrong| panic!("{name}: {wrong}"))
}

/// Every row that was ever diagnosed: judged after each moment's events, and at the end of each silence.
fn rows(events: &[Event], end: f64) -> BTreeSet<&'static str> {
    let mut watch = Watch::new();
    let mut found = BTreeSet::new();
    for (index, event) in events.iter().enumerate() {
        watch.apply(event);
        let next = events.get(index + 1).map_or(end, |next| next.at);
        if next > event.at {
            found.extend(watch.diagnose(event.at).iter().map(|one| one.row));
            found.extend(watch.diagnose(next).iter().map(|one| one.row));
        }
    }
    found
}
