//! Two peers on a bad network: whatever it does to their signals, they connect, at any speed, and it is never their fault.

use webrtc_steps_core::command::Plain;
use webrtc_steps_core::io::{Input, RtcReport, Side as Whose, StateName, What};
use webrtc_steps_core::step::STEPS;

use crate::pair::sdp::Engine::{self, Chromium, Firefox};
use crate::pair::world::World;
use crate::script::last_lines;

pub(crate) const PAIRINGS: [[Engine; 2]; 4] = [
    [Chromium, Chromium],
    [Chromium, Firefox],
    [Firefox, Chromium],
    [Firefox, Firefox],
];
pub(crate) const MINUTE: f64 = 60_000.0;
const ROOM: [(&str, &str); 2] = [("endpoint", "ws://relay.test"), ("room", "blue")];

/// The second side joins first and answers, unless the fields say otherwise.
fn joined(engines: &[Engine], seed: u64, fields: &[(&str, &str)]) -> World {
    let mut world = World::new(engines, seed);
    join(&mut world, 1, fields);
    world.wait(100.0);
    join(&mut world, 0, fields);
    world
}

pub(crate) fn join(world: &mut World, side: usize, fields: &[(&str, &str)]) {
    let all: Vec<(&str, &str)> = fields.iter().chain(&ROOM).copied().collect();
    world.join(side, &all);
}

/// Who may click on what now: the recommended steps of both.
fn next(world: &World) -> Option<(usize, Plain)> {
    (0..2).find_map(|side| {
        let step = world.sides[side].watch.next()?;
        let row = STEPS.iter().find(|row| row.number == step)?;
        Some((side, row.command?))
    })
}

/// Takes the whole course; `pause` says for the number of a click how long its person thinks before it.
pub(crate) fn take_course(world: &mut World, pause: impl Fn(u32) -> f64) -> u32 {
    for click in 0..40 {
        world.run_until(2_000.0, |world| next(world).is_some());
        if next(world).is_none() {
            return click;
        }
        world.wait(pause(click));
        if let Some((side, command)) = next(world) {
            world.click(side, command);
        }
    }
    panic!("the course does not end");
}

/// Ten minutes before one click, a moment before the others.
fn slow_at(click: u32, slow: u32) -> f64 {
    if click == slow { 10.0 * MINUTE } else { 300.0 }
}

fn troubles(world: &World) -> Vec<String> {
    let events = world.sides.iter().flat_map(|side| &side.events);
    let cause = events.filter_map(|event| match &event.what {
        // An endpoint that is lost before it let us in, or has nobody to pass a signal to, says so.
        What::Trouble(trouble)
            if matches!(
                &*trouble.cause.id,
                "link.no-answer" | "trouble.endpoint-said"
            ) =>
        {
            None
        }
        What::Trouble(trouble) => Some(trouble.cause.id.to_string()),
        _ => None,
    });
    cause.collect()
}

/// Lines go both ways and arrive once, as they are.
pub(crate) fn chat(world: &mut World) -> Result<(), String> {
    for (from, to, text) in [(0, 1, "<b>one</b> & grüße"), (1, 0, "two\nlines")] {
        let heard = |world: &World| {
            let is_it = |what: &What| matches!(what, What::Chat { side: Whose::Theirs, text: line } if line == text);
            world.sides[to]
                .events
                .iter()
                .filter(|event| is_it(&event.what))
                .count()
        };
        let before = heard(world);
        world.command(
            from,
            webrtc_steps_core::command::Command::SendMessage(text.to_owned()),
        );
        world.wait(100.0);
        if heard(world) != before + 1 {
            return Err(format!(
                "{text:?} was heard {} times",
                heard(world) - before
            ));
        }
    }
    Ok(())
}

#[test]
fn every_pairing_connects_in_every_mode() {
    for engines in PAIRINGS {
        for mode in ["manual", "trickle", "auto"] {
            let mut world = joined(&engines, 1, &[("mode", mode)]);
            take_course(&mut world, |_| 300.0);
            assert!(
                world.run_until(MINUTE, |world| world.open(0, 1)),
                "{engines:?} {mode}"
            );
            assert_eq!(chat(&mut world), Ok(()), "{engines:?} {mode}");
            assert_eq!(troubles(&world), [""; 0], "{engines:?} {mode}");
        }
    }
}

#[test]
fn thirty_seconds_before_every_click_connect_in_every_pairing() {
    for engines in PAIRINGS {
        for mode in ["manual", "trickle"] {
            let mut world = joined(&engines, 1, &[("mode", mode)]);
            take_course(&mut world, |_| 30_000.0);
            assert!(
                world.run_until(MINUTE, |world| world.open(0, 1)),
                "{engines:?} {mode}"
            );
            assert_eq!(troubles(&world), [""; 0], "{engines:?} {mode}");
        }
    }
}

#[test]
fn ten_minutes_before_any_one_click_are_a_healthy_run() {
    for engines in PAIRINGS {
        for mode in ["manual", "trickle"] {
            let clicks = take_course(&mut joined(&engines, 1, &[("mode", mode)]), |_| 300.0);
            for slow in 0..clicks {
                let mut world = joined(&engines, 1, &[("mode", mode)]);
                take_course(&mut world, |click| slow_at(click, slow));
                let case = format!("{engines:?} {mode} click {slow}");
                assert!(
                    world.run_until(MINUTE, |world| world.open(0, 1)),
                    "{case}{}",
                    last_lines(&world)
                );
                assert_eq!(troubles(&world), [""; 0], "{case}");
            }
        }
    }
}

#[test]
fn signals_carried_by_hand_connect_with_ten_minutes_before_any_one_click() {
    let fields = |role| [("endpoint", "paste:"), ("role", role)];
    for engines in PAIRINGS {
        for slow in 0..14 {
            let mut world = World::new(&engines, 1);
            world.join(0, &fields("offerer"));
            world.join(1, &fields("answerer"));
            for (turn, (from, to)) in [(0, (0, 1)), (7, (1, 0)), (14, (0, 1))] {
                let pause = |click: u32| slow_at(click + turn, slow);
                take_course(&mut world, pause);
                if turn < 14 {
                    world.wait(pause(6));
                    let text = world.sides[from]
                        .to_carry()
                        .expect("a text to carry")
                        .to_owned();
                    world.command(to, webrtc_steps_core::command::Command::ReadSignal(text));
                }
            }
            assert!(
                world.run_until(MINUTE, |world| world.open(0, 1)),
                "{engines:?} click {slow}"
            );
            assert_eq!(troubles(&world), [""; 0], "{engines:?} click {slow}");
        }
    }
}

#[test]
fn losing_the_relay_at_any_moment_of_the_handshake_only_delays_it() {
    for engines in PAIRINGS {
        for at in (0..400).step_by(11) {
            for (who, noticed) in [(0, true), (1, true), (0, false), (1, false)] {
                let mut world = joined(&engines, 1, &[("mode", "auto")]);
                world.wait(f64::from(at));
                let has_token = world.sides[who].session.facts().run.joined;
                world.lose_socket(who, noticed || !has_token);
                let case = format!("{engines:?} side {who} at {at} ms, noticed: {noticed}");
                assert!(
                    world.run_until(MINUTE, |world| world.open(0, 1)),
                    "{case}{}",
                    last_lines(&world)
                );
                assert_eq!(troubles(&world), [""; 0], "{case}");
                assert_eq!(chat(&mut world), Ok(()), "{case}");
            }
        }
    }
}

#[test]
fn a_relay_that_restarts_at_any_moment_only_delays_it() {
    for engines in PAIRINGS {
        for at in (0..400).step_by(11) {
            let mut world = joined(&engines, 1, &[("mode", "auto")]);
            world.wait(f64::from(at));
            world.stop_relay();
            world.wait(1_000.0);
            world.relay.running = true;
            let case = format!("{engines:?} at {at} ms");
            assert!(
                world.run_until(MINUTE, |world| world.open(0, 1)),
                "{case}{}",
                last_lines(&world)
            );
            world.wait(20_000.0);
            assert!(world.open(0, 1), "{case}: it did not stay open");
            assert_eq!(chat(&mut world), Ok(()), "{case}");
        }
    }
}

#[test]
fn closing_at_any_moment_leaves_nothing_behind() {
    for at in (0..400).step_by(7) {
        for command in [Plain::Close, Plain::Leave] {
            let mut world = joined(&[Chromium, Firefox], 1, &[("mode", "auto")]);
            world.wait(f64::from(at));
            let can =
                command == Plain::Leave || world.sides[0].session.facts().attempt.peer_connection;
            if !can {
                continue;
            }
            world.click(0, command);
            world.wait(1_000.0);
            let case = format!("{command:?} at {at} ms");
            assert!(!world.open(0, 1), "{case}{}", last_lines(&world));
            if command == Plain::Leave {
                join(&mut world, 0, &[("mode", "auto")]);
            } else {
                world.click(0, Plain::CreatePeerConnection);
            }
            assert!(
                world.run_until(MINUTE, |world| world.open(0, 1)),
                "{case}{}",
                last_lines(&world)
            );
            assert_eq!(chat(&mut world), Ok(()), "{case}");
            assert_eq!(troubles(&world), [""; 0], "{case}");
        }
    }
}

#[test]
fn leaving_while_the_connection_is_being_created_closes_it() {
    for command in [Plain::Leave, Plain::Close] {
        let mut world = joined(&[Chromium, Chromium], 1, &[("mode", "manual")]);
        world.wait(100.0);
        world.click(0, Plain::CreatePeerConnection);
        world.click(0, command);
        world.wait(1_000.0);
        let alive = world.sides[0].connection.is_some();
        let known = world.sides[0].session.facts().attempt.peer_connection;
        assert_eq!(alive, known, "{command:?}");
    }
}

#[test]
fn what_comes_late_of_an_older_attempt_changes_nothing() {
    let mut world = joined(&[Chromium, Chromium], 1, &[("mode", "manual")]);
    world.wait(100.0);
    for command in [
        Plain::CreatePeerConnection,
        Plain::AddDataChannel,
        Plain::Close,
        Plain::CreatePeerConnection,
    ] {
        world.click(0, command);
        world.wait(100.0);
    }
    let (events, facts) = (
        world.sides[0].events.len(),
        world.sides[0].session.facts().clone(),
    );
    let (name, value) = (StateName::Connection, "connected".to_owned());
    let late = [
        RtcReport::State { name, value },
        RtcReport::Text("late".to_owned()),
        RtcReport::LocalCandidate(
            world.sides[0]
                .connection
                .as_ref()
                .expect("a connection")
                .speaker
                .candidate(1),
        ),
        RtcReport::GatheringEnded { complete: None },
    ];
    for report in late {
        world.input(0, Input::Rtc { attempt: 1, report });
    }
    assert_eq!(world.sides[0].events.len(), events);
    assert_eq!(world.sides[0].session.facts(), &facts);
}

#[test]
fn two_tabs_connect_whenever_the_second_one_comes() {
    let fields = [("endpoint", "tabs:"), ("room", "blue"), ("mode", "auto")];
    for engines in PAIRINGS {
        for after in (0..900).step_by(25) {
            for seed in 1..4 {
                let mut world = World::new(&engines, seed);
                world.join(0, &fields);
                world.wait(f64::from(after));
                world.join(1, &fields);
                let case = format!("{engines:?} after {after} ms, seed {seed}");
                assert!(
                    world.run_until(5_000.0, |world| world.open(0, 1)),
                    "{case}{}",
                    last_lines(&world)
                );
                assert_eq!(chat(&mut world), Ok(()), "{case}");
                assert_eq!(troubles(&world), [""; 0], "{case}");
            }
        }
    }
}
