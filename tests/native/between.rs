//! The diagram of a pair draws what both did: each message once, from its sender to its receiver, and nothing that is inferred.

use webrtc_steps_core::between::{Between, Entry, Order};
use webrtc_steps_core::diagram::{self, Lane, Part, Shape, Tone, When, Wire};
use webrtc_steps_core::io::{Event, Role, What};

use crate::diagram::words;
use crate::pair::side::Side;
use crate::script;

const COURSE: &str = "b joins mode=manual\na joins mode=manual\nfollow the course\nwait 2 s\na says hello\nb says good day\nwait 1 s";
const TABS: &str = "b joins endpoint=tabs: mode=manual\na joins endpoint=tabs: mode=manual\nfollow the course\nwait 2 s\na says hello\nb says good day\nwait 1 s";
const AUTO: &str = "b joins endpoint=tabs: mode=auto\na joins endpoint=tabs: mode=auto\nwait 5 s\na says hello\nwait 1 s";
const BOTH: [Role; 2] = [Role::Offerer, Role::Answerer];

#[test]
fn every_message_between_the_two_is_one_row_with_its_sending_and_its_coming() {
    for script in [COURSE, TABS, AUTO] {
        let run = Run::of(script);
        let sent = run.count(|what| matches!(what, What::Sent { kind, .. } if negotiates(kind)));
        let came =
            run.count(|what| matches!(what, What::Received { kind, .. } if negotiates(kind)));
        let wires: Vec<_> = run.wires().filter(|(_, wire)| wire.onward).collect();
        assert!(sent > 4 && sent == came, "{sent} {came}");
        assert_eq!(wires.len(), sent, "{script}");
        for (entry, wire) in wires {
            assert!(wire.arrived, "{:?}", entry.row);
            assert!(matches!(wire.from, Lane::Mine | Lane::Theirs));
            let (Some((_, came)), When::At(sent)) = (entry.also, entry.row.when) else {
                panic!("{entry:?}");
            };
            assert!(came >= sent);
        }
    }
}

#[test]
fn a_message_opens_as_its_receiver_got_it() {
    let run = Run::of(COURSE);
    for role in BOTH {
        for event in run.events(role) {
            let What::Received { text, kind, .. } = &event.what else {
                continue;
            };
            if !negotiates(kind) {
                continue;
            }
            let opens = |entry: &&Entry| {
                entry.record == role
                    && diagram::parts(&entry.row, run.events(role))
                        == [Part::Wire(text.as_str().into())]
            };
            assert_eq!(
                run.between.entries().iter().filter(opens).count(),
                1,
                "{text}"
            );
        }
    }
}

#[test]
fn an_offer_carries_the_numbers_of_all_its_steps_and_an_answer_too() {
    let run = Run::of(TABS);
    let steps = |what: &str| {
        let mut wires = run.wires();
        let (entry, wire) = wires
            .find(|(entry, _)| run.says(entry) == what)
            .unwrap_or_else(|| panic!("no {what}"));
        (entry.row.step, wire.endpoint, wire.far, wire.from)
    };
    assert_eq!(steps("offer"), (Some(8), Some(10), Some(12), Lane::Mine));
    assert_eq!(
        steps("answer"),
        (Some(24), Some(23), Some(21), Lane::Theirs)
    );
}

#[test]
fn every_call_candidate_and_trouble_stands_in_the_lane_of_who_made_it() {
    let run = Run::of(COURSE);
    for (role, lane) in [(Role::Offerer, Lane::Mine), (Role::Answerer, Lane::Theirs)] {
        let calls = run
            .events(role)
            .iter()
            .filter(|event| matches!(event.what, What::Call { .. } | What::Candidate { .. }));
        let rows = run.between.entries().iter().filter(|entry| {
            matches!(&entry.row.shape, Shape::Act(of) if *of == lane) && entry.record == role
        });
        assert!(rows.count() >= calls.count());
    }
    let acts = |lane, step| {
        let mut acts = run.between.entries().iter();
        acts.any(|entry| entry.row.shape == Shape::Act(lane) && entry.row.step == Some(step))
    };
    for step in [1, 2, 3, 4, 5, 6, 7, 26] {
        assert!(acts(Lane::Mine, step), "{step}");
    }
    for step in [11, 13, 14, 15, 16, 17, 18, 19, 20] {
        assert!(acts(Lane::Theirs, step), "{step}");
    }
}

#[test]
fn nothing_is_inferred_and_no_row_speaks_of_you_or_the_other_peer() {
    for script in [COURSE, TABS, AUTO] {
        let run = Run::of(script);
        for entry in run.between.entries() {
            let read = run.read(entry);
            assert_ne!(entry.row.tone, Tone::Inferred, "{read}");
            for word in [
                "nferred",
                "the other peer",
                "from you",
                "to you",
                "you:",
                "You are",
                "diagram.",
                "between.",
            ] {
                assert!(!read.contains(word), "{word}: {read}");
            }
            assert!(read.ends_with('.') && read.len() > 8, "{read}");
        }
    }
}

#[test]
fn what_both_do_is_one_row() {
    for script in [COURSE, AUTO] {
        let run = Run::of(script);
        for what in [
            "ICE checks",
            "ICE: a pair works",
            "DTLS handshake",
            "channel “chat” open",
            "selected pair",
            "Direct",
        ] {
            let rows = run.between.entries().iter();
            let rows: Vec<_> = rows.filter(|entry| run.says(entry) == what).collect();
            assert_eq!(rows.len(), 1, "{what}");
            assert!(
                ["Direct", "ICE checks"].contains(&what) || rows[0].also.is_some(),
                "{what}"
            );
        }
    }
    let run = Run::of(COURSE);
    let chat: Vec<_> = run
        .wires()
        .filter(|(entry, _)| run.says(entry) == "text")
        .collect();
    let ways: Vec<_> = chat.iter().map(|(_, wire)| (wire.from, wire.to)).collect();
    assert_eq!(
        ways,
        [(Lane::Mine, Lane::Theirs), (Lane::Theirs, Lane::Mine)]
    );
    for (entry, _) in chat {
        assert!(entry.row.scene.open && entry.also.is_some());
    }
}

#[test]
fn rows_stand_in_the_order_of_their_times_within_three_stages() {
    let run = Run::of(COURSE);
    let times = run
        .between
        .entries()
        .iter()
        .filter_map(|entry| match entry.row.when {
            When::At(at) => Some(at),
            _ => None,
        });
    let times: Vec<f64> = times.collect();
    assert!(times.is_sorted(), "{times:?}");
    let stages = run.between.stages();
    let numbers: Vec<_> = stages.iter().map(|stage| stage.number).collect();
    assert_eq!(numbers, [1, 3, 5]);
    for (place, stage) in stages.iter().enumerate() {
        let entries = run.between.entries();
        assert!(entries[stage.heading].heading);
        let folds = |entry: &&Entry| {
            entry.stage == place && !entry.heading && !entry.stands && entry.row.shape != Shape::Gap
        };
        assert_eq!(entries.iter().filter(folds).count(), stage.rows);
    }
    let standing = run.between.entries().iter().filter(|entry| entry.stands);
    let standing: Vec<_> = standing.map(|entry| run.says(entry)).collect();
    assert_eq!(standing, ["offer", "answer"]);
}

#[test]
fn what_comes_in_batches_is_taken_in_the_order_of_its_times() {
    let run = Run::of(AUTO);
    let whole = run.reads();
    // Each side tells what it has every 150 ms, one of them 70 ms after the other; nothing is taken before it is 200 ms old.
    let (mut order, mut between) = (Order::default(), Between::default());
    let mut told = [0, 0];
    for now in (0..8_000).step_by(10) {
        for (role, (count, late)) in BOTH.into_iter().zip(told.iter_mut().zip([0, 70])) {
            if (now + late) % 150 > 0 {
                continue;
            }
            let new = run.events(role).iter().skip(*count);
            for event in new.take_while(|event| event.at <= f64::from(now)) {
                order.push(role, event.clone());
                *count += 1;
            }
        }
        while let Some((role, event)) = order.next(f64::from(now - 200)) {
            between.apply(role, &event);
        }
    }
    assert!(order.is_empty());
    let batched = Run {
        sides: run.sides,
        between,
    };
    assert_eq!(batched.reads(), whole);
}

#[test]
fn the_next_step_of_each_stands_after_the_last_row_in_its_own_lane() {
    let run = Run::of(
        "b joins mode=manual\na joins mode=manual\na create-peer-connection\na add-data-channel\na create-offer\na set-local-description\na send-offer\nwait 1 s\nb create-peer-connection\nwait 1 s",
    );
    let tail = run.between.tail(run.last());
    let [ghost] = tail.as_slice() else {
        panic!("{tail:?}");
    };
    assert_eq!(run.says(ghost), "ondatachannel");
    assert_eq!(ghost.row.shape, Shape::Act(Lane::Theirs));
    assert_eq!((ghost.row.step, ghost.row.when), (Some(16), When::Next));
    assert_eq!(ghost.record, Role::Answerer);
}

#[test]
fn an_answer_that_is_next_is_drawn_from_right_to_left() {
    let run = Run::of(
        "b joins mode=manual\na joins mode=manual\na create-peer-connection\na add-data-channel\na create-offer\na set-local-description\na send-offer\nwait 1 s\nb create-peer-connection\nb add-data-channel\nb set-remote-description\nb create-answer\nb set-local-description\nwait 1 s",
    );
    let tail = run.between.tail(run.last());
    let ghost = tail.iter().find(|entry| run.says(entry) == "answer");
    let ghost = ghost.unwrap_or_else(|| panic!("{tail:?}"));
    let Shape::Wire(wire) = &ghost.row.shape else {
        panic!("{ghost:?}");
    };
    assert_eq!((wire.from, wire.to), (Lane::Theirs, Lane::Endpoint));
    assert_eq!((ghost.row.step, wire.far), (None, Some(21)));
}

#[test]
fn a_message_that_is_lost_on_purpose_never_comes() {
    let run = Run::of(
        "b joins mode=manual\na joins mode=manual\na disturbs mine offer drop\na create-peer-connection\na add-data-channel\na create-offer\na set-local-description\na send-offer\nwait 1 s",
    );
    let lost = run
        .wires()
        .filter(|(entry, _)| entry.row.disorder == Some("drop"));
    let lost: Vec<_> = lost.collect();
    assert_eq!(lost.len(), 1);
    assert!(!lost[0].1.arrived && lost[0].0.also.is_none());
    assert_eq!(
        run.between.stages().len(),
        1,
        "the answerer has nothing to answer"
    );
}

#[test]
fn a_second_attempt_begins_at_the_first_stage_again() {
    let run = Run::of(
        "b joins mode=manual\na joins mode=manual\nfollow the course\nwait 2 s\na close\nwait 1 s\na create-peer-connection\nwait 1 s",
    );
    let numbers: Vec<_> = run
        .between
        .stages()
        .iter()
        .map(|stage| stage.number)
        .collect();
    assert_eq!(numbers, [1, 3, 5, 1]);
    assert!(!run.between.now().open && run.between.now().mine);
}

#[test]
fn the_picture_of_a_pair_is_xml_with_every_row_and_both_names() {
    let run = Run::of(COURSE);
    let picture = run.between.svg(run.last(), &words());
    let document = roxmltree::Document::parse(&picture).expect("well-formed XML");
    let titles = document
        .descendants()
        .filter(|node| node.tag_name().name() == "title");
    let titles: Vec<_> = titles
        .filter_map(|node| node.text())
        .map(str::to_owned)
        .collect();
    assert_eq!(titles, run.reads());
    for name in ["Offerer", "Endpoint", "Answerer", "in the page, no server"] {
        assert!(picture.contains(name), "{name}");
    }
}

#[test]
fn one_more_event_changes_few_rows_however_long_the_run_is() {
    let run = Run::of(COURSE);
    let mut between = run.between.clone();
    let lines = |role| {
        let mut events = run.events(role).iter().rev();
        let line = events.find(|event| matches!(event.what, What::Chat { .. }));
        line.cloned().expect("a line of chat")
    };
    let said = [lines(Role::Answerer), lines(Role::Offerer)];
    between.take_changed();
    for _ in 0..5_000 {
        for (role, line) in [Role::Answerer, Role::Offerer].into_iter().zip(&said) {
            let before = between.entries().len();
            between.apply(role, line);
            assert!(between.entries().len() - before <= 2);
            assert!(between.take_changed().len() <= 2);
        }
    }
    assert!(between.entries().len() > 5_000 && between.entries().len() < 6_000);
}

/// A run of two on the fake network, told to a pair.
struct Run {
    sides: Vec<Side>,
    between: Between,
}

impl Run {
    /// The first page offers, the second answers.
    fn of(script: &str) -> Self {
        let world = script::world(script).unwrap_or_else(|wrong| panic!("{wrong}"));
        let sides = world.sides;
        let mut order = Order::default();
        for (role, side) in BOTH.into_iter().zip(&sides) {
            for event in &side.events {
                order.push(role, event.clone());
            }
        }
        let mut between = Between::default();
        while let Some((role, event)) = order.next(f64::INFINITY) {
            between.apply(role, &event);
        }
        Self { sides, between }
    }

    fn events(&self, role: Role) -> &[Event] {
        match role {
            Role::Offerer => &self.sides[0].events,
            Role::Answerer => &self.sides[1].events,
        }
    }

    fn count(&self, counts: impl Fn(&What) -> bool) -> usize {
        let both = BOTH.into_iter().flat_map(|role| self.events(role));
        both.filter(|event| counts(&event.what)).count()
    }

    fn wires(&self) -> impl Iterator<Item = (&Entry, &Wire)> {
        self.between
            .entries()
            .iter()
            .filter_map(|entry| match &entry.row.shape {
                Shape::Wire(wire) => Some((entry, wire)),
                _ => None,
            })
    }

    fn says(&self, entry: &Entry) -> String {
        diagram::text(&entry.row.what, &words())
    }

    fn read(&self, entry: &Entry) -> String {
        diagram::sentence(&entry.row, &|at| self.between.clock(at), &words())
    }

    fn reads(&self) -> Vec<String> {
        let entries = self.between.entries().iter();
        entries.map(|entry| self.read(entry)).collect()
    }

    fn last(&self) -> f64 {
        let times = BOTH.into_iter().flat_map(|role| self.events(role));
        times.map(|event| event.at).fold(0.0, f64::max)
    }
}

fn negotiates(kind: &str) -> bool {
    ["offer", "answer", "candidate", "end", "bye"].contains(&kind)
}
