//! The diagram draws what happened, all of it and nothing else; what did not happen is drawn as such.

mod said;

pub(crate) use said::words;
use webrtc_steps_core::diagram::{self, Diagram, Inside, Lane, Part, Row, Shape, Tone, When};
use webrtc_steps_core::io::{Event, Side, What};

use crate::pair::side;
use crate::script;

const COURSE: &str = "b joins mode=manual\na joins mode=manual\nfollow the course\nwait 2 s\na says hello\nb says good day\nwait 1 s";

#[test]
fn every_frame_has_a_row_that_opens_with_its_whole_text() {
    for_both(COURSE, |side, drawn| {
        for (place, event) in side.events.iter().enumerate() {
            let (What::Sent { text, .. } | What::Received { text, .. }) = &event.what else {
                continue;
            };
            let row = of_event(drawn, place);
            assert!(matches!(row.shape, Shape::Wire(_)), "{row:?}");
            assert_eq!(
                diagram::parts(row, &side.events),
                [Part::Wire(text.as_str().into())]
            );
        }
    });
}

#[test]
fn every_candidate_call_and_line_of_chat_has_a_row() {
    for_both(COURSE, |side, drawn| {
        for (place, event) in side.events.iter().enumerate() {
            let drawn_itself = matches!(
                event.what,
                What::Candidate { .. } | What::Call { .. } | What::Chat { .. }
            );
            if drawn_itself {
                of_event(drawn, place);
            }
        }
    });
}

#[test]
fn a_time_in_the_background_is_one_row_however_often_one_goes_to_and_fro() {
    let page = |at: f64, hidden| Event {
        at,
        attempt: 1,
        what: What::Page {
            agent: String::new(),
            secure: true,
            hidden,
        },
    };
    let fetched = |at| Event {
        at,
        attempt: 1,
        what: What::RoomNamed { room: "r".into() },
    };
    let mut drawn = Diagram::default();
    for (at, hidden) in [
        (1000.0, true),
        (1200.0, false),
        (1300.0, true),
        (1900.0, false),
    ] {
        drawn.apply(&page(at, hidden));
    }
    assert_eq!(drawn.rows().len(), 1, "{:?}", drawn.rows());
    assert_eq!(said(&drawn.rows()[0]), "The page was in the background");
    // Something happened in between: the next time is a row of its own, and stands where it began.
    drawn.apply(&fetched(2000.0));
    drawn.apply(&page(2100.0, true));
    let away = drawn.rows().last().map(said);
    assert_eq!(away.as_deref(), Some("The page went into the background"));
    drawn.apply(&fetched(2200.0));
    drawn.apply(&page(2300.0, false));
    assert_eq!(drawn.rows().len(), 4, "{:?}", drawn.rows());
    assert_eq!(said(&drawn.rows()[2]), "The page was in the background");
}

#[test]
fn a_call_that_made_or_set_a_description_opens_with_its_lines() {
    for_both(COURSE, |side, drawn| {
        let calls = [
            "createOffer()",
            "createAnswer()",
            "setLocalDescription(offer)",
            "setLocalDescription(answer)",
            "setRemoteDescription(offer)",
            "setRemoteDescription(answer)",
        ];
        let mut seen = 0;
        for row in drawn.rows() {
            if !calls.contains(&said(row).as_str()) {
                continue;
            }
            seen += 1;
            let parts = diagram::parts(row, &side.events);
            let [Part::Lines(sdp)] = parts.as_slice() else {
                panic!("{row:?} opens with {parts:?}");
            };
            assert!(sdp.starts_with("v=0"), "{sdp}");
        }
        assert_eq!(seen, 3);
    });
}

#[test]
fn rows_stand_in_the_order_of_their_events_and_never_share_one() {
    for_both(COURSE, |_, drawn| {
        let numbers: Vec<_> = drawn.rows().iter().filter_map(|row| row.event).collect();
        let mut sorted = numbers.clone();
        sorted.sort_unstable();
        assert_eq!(numbers, sorted);
        assert!(numbers.len() > 30, "{numbers:?}");
    });
}

#[test]
fn what_the_other_side_did_is_drawn_as_inferred_and_said_so() {
    for_both(COURSE, |_, drawn| {
        let inferred = drawn.rows().iter().filter(|row| row.tone == Tone::Inferred);
        let inferred: Vec<_> = inferred.collect();
        assert!(!inferred.is_empty());
        for row in inferred {
            assert_eq!(row.shape, Shape::Act(Lane::Theirs));
            assert!(matches!(&row.inside, Inside::Steps(steps) if !steps.is_empty()));
            assert!(
                read(row, drawn).contains("Inferred"),
                "{}",
                read(row, drawn)
            );
        }
        for row in drawn.rows() {
            if matches!(&row.shape, Shape::Wire(wire) if wire.onward) {
                assert!(
                    read(row, drawn).contains("inferred"),
                    "{}",
                    read(row, drawn)
                );
            }
        }
    });
}

#[test]
fn every_row_reads_as_a_sentence_with_its_time() {
    for_both(COURSE, |_, drawn| {
        for row in drawn.rows() {
            let sentence = read(row, drawn);
            let timed = matches!(row.when, When::At(_));
            assert!(!timed || sentence.starts_with("0:"), "{sentence}");
            assert!(sentence.ends_with('.') && sentence.len() > 8, "{sentence}");
            assert!(!sentence.contains("diagram."), "no words: {sentence}");
            // Whoever speaks to the page names a row by what is to be seen of it (WCAG 2.5.3).
            let [what, fact] = [&row.what, &row.fact].map(|text| diagram::text(text, &words()));
            let seen = [what, fact].map(|text| text.trim_end_matches('.').to_owned());
            let seen: Vec<_> = seen.into_iter().filter(|text| !text.is_empty()).collect();
            assert!(sentence.contains(&seen.join(", ")), "{seen:?}: {sentence}");
        }
    });
}

#[test]
fn once_the_channel_is_open_the_rows_say_that_the_two_talk_directly() {
    for_both(COURSE, |side, drawn| {
        for (place, event) in side.events.iter().enumerate() {
            if let What::Chat { .. } = event.what {
                let row = of_event(drawn, place);
                assert!(row.scene.open);
                let Shape::Wire(wire) = &row.shape else {
                    panic!("{row:?}")
                };
                assert!(!wire.onward && wire.from != Lane::Endpoint && wire.to != Lane::Endpoint);
            }
        }
    });
}

#[test]
fn the_next_step_is_drawn_after_the_last_row() {
    let script = "b joins mode=manual\na joins mode=manual\na create-peer-connection\na add-data-channel\na create-offer\na set-local-description\nwait 1 s";
    let drawn = draw(&world(script)[0].events);
    let tail = drawn.tail(last(&drawn));
    let [ghost] = tail.as_slice() else {
        panic!("{tail:?}")
    };
    assert_eq!((ghost.tone, ghost.step), (Tone::Ghost, Some(8)));
    assert_eq!(said(ghost), "offer");
    assert!(matches!(ghost.inside, Inside::Event(_)));
    assert_eq!(ghost.event, None);
}

#[test]
fn candidates_that_were_never_sent_are_drawn_as_a_gap_and_two_arrows() {
    // The offerer takes the answer before sending its candidates; the answerer leaves its own out.
    let script = "b joins mode=manual\na joins mode=manual\na create-peer-connection\na add-data-channel\na create-offer\na set-local-description\na send-offer\nb create-peer-connection\nb add-data-channel\nb set-remote-description\nb create-answer\nb set-local-description\nb send-answer\na set-remote-description\nwait 1 s";
    let drawn = draw(&world(script)[0].events);
    let tones = |now| -> Vec<_> { drawn.tail(now).iter().map(|row| row.tone).collect() };
    assert_eq!(tones(last(&drawn) + 500.0), [Tone::Ghost]);
    let stuck = drawn.tail(last(&drawn) + 60_000.0);
    let shown: Vec<_> = stuck.iter().map(said).collect();
    assert_eq!(shown, ["1 min 0 s, nothing", "your candidates", "theirs"]);
    assert_eq!(stuck[1].step, Some(25));
    assert!(matches!(&stuck[2].shape, Shape::Wire(wire) if wire.far == Some(22)));
    assert!(stuck[1..].iter().all(|row| row.when == When::Never));
}

#[test]
fn a_pause_of_people_is_a_quiet_gap_and_no_alarm() {
    let script = "b joins mode=manual\na joins mode=manual\nfollow the course pausing 30 s\nwait 1 min\nexpect both open";
    for_both(script, |_, drawn| {
        let gaps = drawn.rows().iter().filter(|row| row.shape == Shape::Gap);
        assert!(gaps.clone().count() > 2);
        for gap in gaps {
            assert_eq!((gap.tone, gap.event), (Tone::Seen, None));
            assert!(said(gap).ends_with("s, nothing"), "{}", said(gap));
        }
        assert!(
            drawn
                .tail(last(drawn) + 600_000.0)
                .iter()
                .all(|row| row.tone != Tone::Never)
        );
    });
}

#[test]
fn a_refusal_stands_in_the_row_of_its_call_with_the_browsers_words() {
    let script = "b joins mode=manual\na joins mode=manual\na browser refuses createDataChannel TypeError\na create-peer-connection\na add-data-channel\nwait 1 s";
    let events = world(script).swap_remove(0).events;
    let drawn = draw(&events);
    let refused: Vec<_> = drawn.rows().iter().filter(|row| row.opened).collect();
    let [row] = refused.as_slice() else {
        panic!("{refused:?}")
    };
    assert_eq!(said(row), "createDataChannel()");
    assert_eq!((row.tone, row.code, row.kept), (Tone::Bad, true, true));
    assert!(matches!(
        events[row.event.unwrap() - 1].what,
        What::Call { .. }
    ));
    let parts = diagram::parts(row, &events);
    let [Part::Trouble(trouble, true)] = parts.as_slice() else {
        panic!("{parts:?}")
    };
    assert_eq!(trouble.fault.as_ref().unwrap().name, "TypeError");
    assert!(read(row, &drawn).contains("refused, TypeError"));
}

#[test]
fn faults_on_purpose_are_drawn_where_they_happen() {
    let script = "b joins mode=manual\na joins mode=manual\na disturbs mine offer drop\na create-peer-connection\na add-data-channel\na create-offer\na set-local-description\na send-offer\nwait 1 s";
    let events = world(script).swap_remove(0).events;
    let drawn = draw(&events);
    let hit: Vec<_> = drawn
        .rows()
        .iter()
        .filter(|row| row.disorder.is_some())
        .collect();
    let [row] = hit.as_slice() else {
        panic!("{hit:?}")
    };
    assert_eq!((row.disorder, said(row).as_str()), (Some("drop"), "offer"));
    assert!(read(row, &drawn).contains("dropped"));
    let parts = diagram::parts(row, &events);
    assert!(matches!(parts.as_slice(), [Part::Wire(text)] if text.contains("v=0")));
    assert!(
        drawn
            .rows()
            .iter()
            .any(|row| said(row) == "Faults on purpose")
    );
}

#[test]
fn servers_have_a_lane_and_what_they_were_asked_is_inferred() {
    let script = "b joins mode=manual\na joins mode=manual ice-servers=stun:stun.example.org:3478\na browser misses stun:stun.example.org:3478\na create-peer-connection\na add-data-channel\na create-offer\na set-local-description\nwait 2 s";
    let events = world(script).swap_remove(0).events;
    let drawn = draw(&events);
    assert!(drawn.now().servers);
    let asked = drawn
        .rows()
        .iter()
        .find(|row| said(row) == "asks for an address");
    assert_eq!(asked.map(|row| row.tone), Some(Tone::Inferred));
    assert!(read(asked.unwrap(), &drawn).contains("stun:stun.example.org:3478"));
}

#[test]
fn a_picture_is_xml_with_every_row_whatever_the_texts_hold() {
    let mut events = world(COURSE).swap_remove(0).events;
    for event in &mut events {
        match &mut event.what {
            What::PeerJoined { peer } => *peer = "</title><script>&\u{1}\u{fffe}\"'".into(),
            What::Joining { endpoint, .. } => *endpoint = "ws://<&>\u{0}]]>".into(),
            _ => {}
        }
    }
    let drawn = draw(&events);
    let picture = diagram::svg(&drawn, last(&drawn), &words());
    let document = roxmltree::Document::parse(&picture).expect("well-formed XML");
    let root = document.root_element();
    assert_eq!(root.tag_name().name(), "svg");
    assert_eq!(
        root.tag_name().namespace(),
        Some("http://www.w3.org/2000/svg")
    );
    let titles: Vec<_> = document
        .descendants()
        .filter(|node| node.has_tag_name(("http://www.w3.org/2000/svg", "title")))
        .filter_map(|node| node.text())
        .collect();
    let expected: Vec<_> = drawn.rows().iter().map(|row| read(row, &drawn)).collect();
    let plain = |text: &String| -> String {
        let held = |sign: &char| !matches!(sign, '\0'..='\u{1f}' | '\u{fffe}' | '\u{ffff}');
        text.chars().filter(held).collect()
    };
    assert_eq!(titles, expected.iter().map(plain).collect::<Vec<_>>());
    let known = [
        "svg", "g", "title", "text", "tspan", "rect", "circle", "line", "path",
    ];
    for node in document.descendants().filter(roxmltree::Node::is_element) {
        assert!(known.contains(&node.tag_name().name()), "{node:?}");
    }
}

#[test]
fn one_more_event_changes_at_most_two_rows_however_long_the_run_is() {
    let mut events = world(COURSE).swap_remove(0).events;
    let line = events
        .iter()
        .find(|event| {
            matches!(
                event.what,
                What::Chat {
                    side: Side::Mine,
                    ..
                }
            )
        })
        .cloned()
        .expect("a line of chat");
    events.extend(std::iter::repeat_n(line, 10_000));
    let mut drawn = Diagram::default();
    for event in &events {
        let before = drawn.rows().len();
        drawn.apply(event);
        let added = drawn.rows().len() - before;
        assert!(added <= 3 && drawn.take_changed().len() <= 3);
    }
    assert!(drawn.rows().len() > 10_000);
}

fn world(script: &str) -> Vec<side::Side> {
    let world = script::world(script).unwrap_or_else(|wrong| panic!("{wrong}"));
    world.sides
}

fn for_both(script: &str, check: impl Fn(&side::Side, &Diagram)) {
    for side in world(script).iter().take(2) {
        check(side, &draw(&side.events));
    }
}

fn draw(events: &[Event]) -> Diagram {
    let mut diagram = Diagram::default();
    for event in events {
        diagram.apply(event);
    }
    diagram
}

fn of_event(drawn: &Diagram, place: usize) -> &Row {
    let mut rows = drawn.rows().iter();
    let found = rows.find(|row| row.event == Some(place + 1));
    found.unwrap_or_else(|| panic!("event {} has no row", place + 1))
}

fn last(drawn: &Diagram) -> f64 {
    match drawn.rows().last().map(|row| row.when) {
        Some(When::At(at)) => at,
        other => panic!("{other:?}"),
    }
}

fn read(row: &Row, drawn: &Diagram) -> String {
    diagram::sentence(row, &|at| drawn.clock(at), &words())
}

fn said(row: &Row) -> String {
    diagram::text(&row.what, &words())
}
